"""Whether a deal has gone silent: what a clock adds to its picture."""

from dataclasses import dataclass
from datetime import date, timedelta

from reports.choices import Halt, Stage

PATIENCE = timedelta(days=2 * 365)
STALLED = "stalled"
OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Clock:
    """Today, and after how much silence a deal that is not finished counts as stalled."""

    today: date
    patience: timedelta = PATIENCE


def standing(stage: Stage, halt: Halt | None, last_reported: date | None, due: date | None, clock: Clock) -> str:
    """`overdue` where an announced delivery passed in silence, `stalled` after a long silence, else nothing.

    What is delivered or halted is neither: it is finished, or its silence has a name.
    """
    if halt or stage is Stage.DELIVERED or last_reported is None:
        return ""
    if due is not None and last_reported <= due < clock.today:
        return OVERDUE
    return STALLED if clock.today - last_reported > clock.patience else ""
