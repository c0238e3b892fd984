"""The sweeper: PostgreSQL is the truth and Redis may lose everything, so what waits too long is enqueued again."""

from datetime import datetime, timedelta

from django.db.models import Q

from reports.choices import WorkState
from reports.models import DirtyBlock, Work
from reports.services.queue import enqueue, enqueue_resolution

PATIENCE = timedelta(minutes=2)
MOST_AT_ONCE = 5_000


def sweep(*, now: datetime) -> int:
    """Enqueue texts that wait too long or whose lease ran out, and blocks left dirty. How many texts."""
    lost = Q(state=WorkState.WAITING) | Q(state=WorkState.LEASED, lease_until__lt=now)
    patient = Q(enqueued_at=None) | Q(enqueued_at__lt=now - PATIENCE)
    rows = list(Work.objects.filter(lost & patient).order_by("enqueued_at").values_list("text", "bulk")[:MOST_AT_ONCE])
    Work.objects.filter(text__in=[text for text, _ in rows]).update(enqueued_at=now)
    for bulk in (False, True):
        enqueue(texts=[text for text, is_bulk in rows if is_bulk is bulk], bulk=bulk)
    if DirtyBlock.objects.filter(since__lt=now - PATIENCE).exists():
        enqueue_resolution()
    return len(rows)
