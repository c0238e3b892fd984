"""What arrived: one row a reported delivery, and how many that makes."""

from collections.abc import Sequence
from datetime import date

from reports.choices import STAGE_ORDER, Bound, Counting, DateOf, Polarity, QuantityOf, Stage, Unit
from reports.records import Quantity
from reports.resolution.quantities import numbered
from reports.resolution.records import Arrival, Evidence

ARRIVED = frozenset({Stage.DELIVERING, Stage.DELIVERED})


def arrivals(claims: Sequence[Evidence]) -> tuple[Arrival, ...]:
    """The reported deliveries, each with a number or a date, in the order of their reports.

    The same number in the same period is one delivery, however many report it. `claims` come in their order.
    """
    found: dict[object, Arrival] = {}
    for claim in claims:
        if claim.stage not in ARRIVED or claim.polarity is not Polarity.ASSERTED or claim.halt:
            continue
        when = next((date for date in claim.dates if date.of is DateOf.DELIVERY), None)
        number = claim.quantity if claim.quantity and claim.quantity.of is QuantityOf.DELIVERED else None
        if when or numbered(number):
            total = claim.counting is Counting.RUNNING_TOTAL
            key = (when and (when.start, when.end), number and (number.min, number.max, number.unit), total)
            found.setdefault(key, Arrival(claim.id, number, when, total, claim.published))
    return tuple(found.values())


def arrived(found: Sequence[Arrival], unit: Unit) -> int | None:
    """How many have arrived at least, by deliveries in the order of their days: "10 so far" and "10 more" are 20.

    A running total says all that came before it; an increment adds to it. Only numbers in `unit` are added.
    """
    total: int | None = None
    for arrival in sorted(found, key=_day):
        number = _least(arrival.quantity, unit)
        if number is not None:
            total = max(total or 0, number) if arrival.running_total else (total or 0) + number
    return total


def _day(arrival: Arrival) -> tuple[date, bool]:
    """When it counts: the end of its period, else the day of the report. Of one day, a total comes after a part."""
    return (arrival.when.end if arrival.when else arrival.reported_on or date.min, arrival.running_total)


def _least(quantity: Quantity | None, unit: Unit) -> int | None:
    if quantity is None or quantity.unit is not unit:
        return None
    return quantity.min if quantity.min is not None else quantity.max


def due(claims: Sequence[Evidence]) -> date | None:
    """The last day by which an arrival is announced that is not reported yet; "not before" announces none.

    A claim that has it arrived announces nothing, and what is denied or only possible neither.
    """
    days = [
        when.end
        for claim in claims
        if claim.polarity is Polarity.ASSERTED and STAGE_ORDER[claim.stage] < STAGE_ORDER[Stage.DELIVERED]
        for when in claim.dates
        if when.of is DateOf.DELIVERY and when.bound is not Bound.NOT_BEFORE
        if claim.published is None or when.end > claim.published
    ]
    return max(days, default=None)
