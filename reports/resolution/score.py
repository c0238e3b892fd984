"""How much speaks for two units being about one deal; the number keeps its reasons.

Both name one weapon, one supplier and one recipient: that counts 1. What else is said adds to it or takes from it.
"""

from dataclasses import dataclass
from datetime import timedelta

from reports.choices import STAGE_ORDER, DateOf, Stage
from reports.records import When
from reports.resolution.nouns import weapon_key
from reports.resolution.quantities import disagree, may_be_part, numbered, same
from reports.resolution.records import Evidence, Method
from reports.resolution.units import Unit

ARRIVING = STAGE_ORDER[Stage.DELIVERING]
ALLOWED = STAGE_ORDER[Stage.SELECTED]
FINISHED = STAGE_ORDER[Stage.DELIVERED]
CONTRACT = STAGE_ORDER[Stage.ORDERED]


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for one deal, and why."""

    value: float
    reasons: tuple[str, ...]


def score(one: Unit, other: Unit, method: Method) -> Score:
    """The score of two units of one weapon in different texts; the order of the two does not matter."""
    first, second = (one.voice, other.voice) if one.order <= other.order else (other.voice, one.voice)
    gap = gap_of(first, second)
    apart = gap is None or gap > method.near
    points = [
        (1.0, "same supplier, recipient and weapon"),
        (2.0, "same story") if first.story == second.story else None,
        _time(gap, method),
        _variant(first, second),
        _quantity(first, second, method, apart=apart),
        _value(first, second, apart=apart),
        _order_date(first, second, method),
        _course(first, second) if gap and apart else None,
        (-0.6, "named by a noun alone, at another time") if gap and apart and not weapon_key(first) else None,
    ]
    said = [point for point in points if point]
    return Score(sum(number for number, _ in said), tuple(reason for _, reason in said))


def gap_of(first: Evidence, second: Evidence) -> timedelta | None:
    """The time between two reports; None where a day is not known."""
    if first.published is None or second.published is None:
        return None
    return abs(second.published - first.published)


def _time(gap: timedelta | None, method: Method) -> tuple[float, str] | None:
    if gap is None:
        return None
    if gap <= method.near:
        return 0.5, f"reported within {method.near.days} days"
    if gap <= method.far:
        return None
    return (-0.6, "years apart") if gap <= method.very_far else (-0.9, "many years apart")


def _variant(first: Evidence, second: Evidence) -> tuple[float, str] | None:
    """Two variants of one family: a family name beside a variant says nothing."""
    family = first.family
    if family is None or family in (first.designation, second.designation):
        return None
    return (0.2, "same variant") if first.designation == second.designation else (-0.3, "another variant")


def _quantity(first: Evidence, second: Evidence, method: Method, *, apart: bool) -> tuple[float, str] | None:
    one, other = first.quantity, second.quantity
    if one is None or other is None or not numbered(one) or not numbered(other):
        return None
    if same(one, other):
        return 1.0, "same quantity"
    if not disagree(one, other, method):
        return (0.3, "quantities fit") if one.unit == other.unit and one.of == other.of else None
    if _part(first, second) or _part(second, first):
        return -0.3, "another quantity, which may be a part of the other"
    # at one time two numbers for one deal are a dispute; at another time they are another deal
    return (-1.2, "another quantity, another time") if apart else (-0.3, "another quantity")


def _part(batch: Evidence, whole: Evidence) -> bool:
    """Whether the one number may be how many of the other have arrived."""
    arriving = STAGE_ORDER[batch.stage] >= ARRIVING
    return bool(arriving and batch.quantity and whole.quantity and may_be_part(batch.quantity, whole.quantity))


def _value(first: Evidence, second: Evidence, *, apart: bool) -> tuple[float, str] | None:
    one, other = first.value, second.value
    if one is None or other is None or (one.currency, one.scope) != (other.currency, other.scope):
        return None
    if one.amount == other.amount:
        return 1.0, "same value"
    return (-0.4, "another value, another time") if apart else (-0.2, "another value")


def _order_date(first: Evidence, second: Evidence, method: Method) -> tuple[float, str] | None:
    one, other = _ordered(first), _ordered(second)
    if one is None or other is None:
        return None
    if one.start <= other.end and other.start <= one.end:
        return 0.8, "same date of order"
    distance = max(one.start - other.end, other.start - one.end)
    return (-1.0, "ordered at another time") if distance > method.near else None


def _ordered(claim: Evidence) -> When | None:
    return next((when for when in claim.dates if when.of is DateOf.ORDER), None)


def _course(first: Evidence, second: Evidence) -> tuple[float, str] | None:
    """Whether the later report, a good while after, goes on where the earlier one stood, or begins anew."""
    before, after = STAGE_ORDER[first.stage], STAGE_ORDER[second.stage]
    if before >= FINISHED and after <= CONTRACT and not second.halt:
        return -1.0, "the earlier one was delivered, this one begins"
    if ALLOWED <= before <= CONTRACT and not first.halt and after >= ARRIVING:
        return 0.2, "the delivery follows the order"
    return None
