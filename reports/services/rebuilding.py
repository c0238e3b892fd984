"""Everything that is computed, computed again: a few blocks at a time, in small transactions, while the site is up."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.choices import Cause
from reports.models import Change, Claim, Deal
from reports.services.resolving import resolve_surely


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many blocks there were, and what changed: fields changed, deals that came, deals that went."""

    blocks: int
    changed: int
    came: int
    went: int


def rebuild(*, cause: Cause = Cause.METHOD_CHANGE, done: Callable[[int, int], None] = lambda n, total: None) -> Rebuilt:
    """Compute the deals of every block that has claims or deals. `done` hears (blocks done, of how many)."""
    blocks = sorted(
        set(Claim.objects.order_by().values_list("block", flat=True).distinct())
        | set(Deal.objects.order_by().values_list("block", flat=True).distinct())
    )
    last = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    resolve_surely(blocks=blocks, cause=cause, done=lambda number: done(number, len(blocks)))
    changes = Change.objects.filter(pk__gt=last, cause=cause)
    reported = changes.filter(field="reported")
    return Rebuilt(
        blocks=len(blocks),
        changed=changes.exclude(field="reported").count(),
        came=reported.filter(old__isnull=True).count(),
        went=reported.filter(new__isnull=True).count(),
    )
