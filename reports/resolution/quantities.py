"""When two numbers, or two sums, agree, refine one another, or exclude one another."""

from decimal import Decimal

from reports.records import Money, Quantity
from reports.resolution.records import Method


def numbered(quantity: Quantity | None) -> bool:
    """Whether it is a number at all ("dozens" is none)."""
    return quantity is not None and (quantity.min is not None or quantity.max is not None)


def comparable(one: Quantity, other: Quantity) -> bool:
    """Units neither add nor dispute across each other; ordered and delivered are two things."""
    return numbered(one) and numbered(other) and one.unit == other.unit and one.of == other.of


def same(one: Quantity, other: Quantity) -> bool:
    """Whether both give the same number with the same bounds."""
    return comparable(one, other) and (one.min, one.max) == (other.min, other.max)


def disagree(one: Quantity, other: Quantity, method: Method) -> bool:
    """Whether no number fits both: "more than 10" and 36 do, 24 and 36 do not; "about" gives a tenth of play."""
    if not comparable(one, other):
        return False
    low, high = _bounds(one, method)
    other_low, other_high = _bounds(other, method)
    return (high is not None and other_low is not None and other_low > high) or (
        other_high is not None and low is not None and low > other_high
    )


def may_be_part(batch: Quantity, whole: Quantity) -> bool:
    """Whether the first is a smaller number in the same unit: how many of the second have arrived so far, it may be."""
    most = batch.max if batch.max is not None else batch.min
    least = whole.min if whole.min is not None else whole.max
    return most is not None and least is not None and most < least and batch.unit == whole.unit


def _bounds(quantity: Quantity, method: Method) -> tuple[Decimal | None, Decimal | None]:
    play = method.quantity_tolerance if quantity.approximate else Decimal(0)
    low = None if quantity.min is None else Decimal(quantity.min) * (1 - play)
    high = None if quantity.max is None else Decimal(quantity.max) * (1 + play)
    return low, high


def sums_disagree(one: Money, other: Money, method: Method) -> bool:
    """Whether two sums of one currency, scope and basis are further apart than rounding explains."""
    if (one.currency, one.scope, one.basis) != (other.currency, other.scope, other.basis):
        return False
    return abs(one.amount - other.amount) > method.value_tolerance * max(one.amount, other.amount)
