"""Where claims on one deal cannot all be true.

A refinement ("dozens", then 36), an update (ordered in May, delivered in June), another unit or another basis is none.
Repetition never closes a dispute.
"""

from collections.abc import Callable, Sequence
from itertools import combinations

from reports.choices import STAGE_ORDER, Bound, DateOf, DisputeField, Polarity, Stage
from reports.records import Quantity, When
from reports.resolution.quantities import disagree, sums_disagree
from reports.resolution.records import Conflict, Evidence, Method, Side

ARRIVING = STAGE_ORDER[Stage.DELIVERING]


def find_disputes(claims: Sequence[Evidence], method: Method) -> tuple[Conflict, ...]:
    """The disputes among the claims of one deal, at most one a field."""
    found = [
        _existence(claims),
        _pairs(
            claims,
            method,
            DisputeField.QUANTITY,
            "No number fits both, in the same unit and at about the same time.",
            lambda one, other: bool(one.quantity and other.quantity and disagree(one.quantity, other.quantity, method)),
            lambda claim: _number(claim.quantity),
        ),
        _pairs(
            claims,
            method,
            DisputeField.VALUE,
            "The sums are further apart than rounding explains, on the same basis.",
            lambda one, other: bool(one.value and other.value and sums_disagree(one.value, other.value, method)),
            lambda claim: f"{claim.value.currency} {claim.value.amount:,.0f}" if claim.value else "",
        ),
        _pairs(
            claims,
            method,
            DisputeField.DATE,
            "One says that it has arrived, or will by a day; the other, that it will not before a later one.",
            _dates_exclude,
            _arrival_words,
        ),
    ]
    disputes = [conflict for conflict in found if conflict]
    if not disputes:
        disputes = [conflict for conflict in [_told_as_disputed(claims)] if conflict]
    return tuple(disputes)


def _existence(claims: Sequence[Evidence]) -> Conflict | None:
    """Someone denies what another asserts."""
    denied = [claim for claim in claims if claim.polarity is Polarity.DENIED]
    asserted = [claim for claim in claims if claim.polarity is not Polarity.DENIED]
    if not denied or not any(claim.origin not in {item.origin for item in denied} for claim in asserted):
        return None
    sides = [Side(claim.id, str(claim.polarity)) for claim in (*asserted, *denied)]
    return Conflict(DisputeField.EXISTENCE, "One asserts the transfer, another denies it.", tuple(sides))


def _pairs(
    claims: Sequence[Evidence],
    method: Method,
    field: DisputeField,
    why: str,
    exclude: Callable[[Evidence, Evidence], bool],
    words: Callable[[Evidence], str],
) -> Conflict | None:
    """The claims of which some two exclude one another, by different origins and at about the same time."""
    involved: dict[str, Side] = {}
    told = [claim for claim in claims if claim.polarity is not Polarity.DENIED]
    for one, other in combinations(told, 2):
        if one.origin != other.origin and _same_time(one, other, method) and exclude(one, other):
            for claim in (one, other):
                involved[claim.id] = Side(claim.id, words(claim))
    return Conflict(field, why, tuple(involved.values())) if involved else None


def _same_time(one: Evidence, other: Evidence, method: Method) -> bool:
    if one.published is None or other.published is None:
        return one.key.text_hash == other.key.text_hash
    return abs(one.published - other.published) <= method.dispute_window


def _dates_exclude(one: Evidence, other: Evidence) -> bool:
    return _excludes(one, other) or _excludes(other, one)


def _excludes(early: Evidence, late: Evidence) -> bool:
    """Whether `late` says "not before" a day by which `early` says that it has arrived or will have."""
    if early.polarity is not Polarity.ASSERTED:
        return False
    floor = next((when for when in late.dates if when.of is DateOf.DELIVERY and when.bound is Bound.NOT_BEFORE), None)
    if floor is None:
        return False
    stated = [when.end for when in early.dates if when.of is DateOf.DELIVERY and when.bound is not Bound.NOT_BEFORE]
    arrived = [early.published] if STAGE_ORDER[early.stage] >= ARRIVING and early.published else []
    return any(day < floor.start for day in (*stated, *arrived))


def _arrival_words(claim: Evidence) -> str:
    when = next((date for date in claim.dates if date.of is DateOf.DELIVERY), None)
    if when is None:
        return str(claim.stage)
    return f"{_bound(when)}{when.text or when.start.isoformat()}"


def _bound(when: When) -> str:
    return {Bound.NOT_BEFORE: "not before ", Bound.NOT_AFTER: "by "}.get(when.bound, "")


def _number(quantity: Quantity | None) -> str:
    if quantity is None:
        return ""
    low, high = quantity.min, quantity.max
    words = f"{low:,}" if low is not None and low == high else f"{low or '…'} to {high or '…'}"
    return words if quantity.unit == "piece" else f"{words} ({quantity.unit})"


def _told_as_disputed(claims: Sequence[Evidence]) -> Conflict | None:
    """An article itself says that its sources contradict one another, where no field shows it yet."""
    units = {claim.unit for claim in claims if claim.disputed and claim.of_article}
    sides = [Side(claim.id, claim.halt or str(claim.stage)) for claim in claims if claim.unit in units]
    if len(sides) < 2:
        return None
    return Conflict(DisputeField.STAGE, "The sources of one article contradict one another.", tuple(sides))
