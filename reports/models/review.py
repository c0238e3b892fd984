"""The review queue keeps only who looks at what, and what was left for later; what waits is computed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.choices import Subject, labels
from reports.models.constraints import one_of


class Review(models.Model):
    """One thing that an analyst looks at, or has done with. No row: nobody has yet."""

    subject = models.CharField(max_length=12, choices=labels(Subject))
    key = models.CharField(max_length=120, help_text="survives a new reading and a rebuild")
    analyst = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews")
    lease_until = models.DateTimeField(null=True, blank=True, help_text="until then it is offered to nobody else")
    done_at = models.DateTimeField(null=True, blank=True)
    skipped = models.BooleanField(default=False, help_text="passed over, by this analyst or for good")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "key"], name="review_once"),
            one_of("review_subject_known", "subject", Subject),
            models.CheckConstraint(
                name="review_leased_or_done", condition=Q(lease_until__isnull=False) | Q(done_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.key}"
