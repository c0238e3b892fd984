"""What every page knows."""

from django.http import HttpRequest

from reports.models import Source


def sample_banner(_request: HttpRequest) -> dict[str, bool]:
    """Whether sample data is there, which every page then says."""
    return {"has_sample": Source.objects.filter(is_sample=True, articles__isnull=False).exists()}
