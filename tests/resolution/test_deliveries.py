"""What arrived, counted once: "10 so far" and "10 more" are 20."""

from datetime import date, timedelta
from typing import Any

import pytest

from reports.choices import Bound, Counting, DateOf, Halt, Polarity, Precision, QuantityOf, Stage, Unit
from reports.records import When
from reports.resolution.counting import counting_of
from reports.resolution.deliveries import arrivals, arrived, due
from reports.resolution.records import Evidence
from reports.resolution.standing import Clock, standing
from tests.resolution.telling import DAY, pieces, told

TOTAL, MORE = Counting.RUNNING_TOTAL, Counting.INCREMENT


def came(text: str, number: int | None, counting: Counting | None = None, days: int = 0, **more: Any) -> Evidence:
    given: dict[str, Any] = {"stage": Stage.DELIVERING, "published": DAY + timedelta(days=days)} | more
    if number is not None:
        given.setdefault("quantity", pieces(number, of=QuantityOf.DELIVERED))
    return told(text, counting=counting, **given)


def month(year: int, number: int, **more: Any) -> When:
    end = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    return When(date(year, number, 1), end, Precision.MONTH, **({"of": DateOf.DELIVERY} | more))


@pytest.mark.parametrize(
    ("claims", "rows", "total"),
    [
        ([], 0, None),
        ([came("a", 10)], 1, 10),
        ([came("a", 10, TOTAL), came("b", 10, MORE, 30)], 2, 20),
        ([came("a", 10), came("b", 20, TOTAL, 30)], 2, 20),
        ([came("a", 10), came("b", 10, None, 3)], 1, 10),  # two report one delivery
        ([came("a", 10, None, 0, dates=(month(2013, 5),)), came("b", 10, None, 90, dates=(month(2013, 8),))], 2, 20),
        ([came("a", 24, TOTAL, 30), came("b", 4, MORE, 60), came("c", 20, TOTAL, 0)], 3, 28),
        ([came("a", 4, None, quantity=pieces(4, of=QuantityOf.DELIVERED, unit=Unit.BATTERY))], 1, None),
        ([came("a", 10, stage=Stage.ORDERED)], 0, None),
        ([came("a", 10, halt=Halt.SUSPENDED)], 0, None),
        ([came("a", 10, polarity=Polarity.DENIED)], 0, None),
        ([came("a", None, dates=(month(2013, 5),))], 1, None),  # a day without a number is a delivery
    ],
)
def test_each_delivery_is_a_row_and_their_sum_counts_nothing_twice(
    claims: list[Evidence], rows: int, total: int | None
) -> None:
    found = arrivals(sorted(claims, key=lambda claim: claim.order))
    assert (len(found), arrived(found, Unit.PIECE)) == (rows, total)


@pytest.mark.parametrize(
    ("sentence", "number", "counting"),
    [
        ("Poland has received 10 tanks so far.", "10", TOTAL),
        ("A total of 28 tanks have arrived.", "28", TOTAL),
        ("India now has 24 of the jets.", "24", TOTAL),
        ("Another ten jets landed on Friday.", "ten", MORE),
        ("Ten more jets landed on Friday.", "Ten", MORE),
        ("Ten more jets landed, bringing the total to 20.", "Ten", MORE),
        ("Ten more jets landed, bringing the total to 20.", "20", TOTAL),
        ("The first batch of 10 howitzers arrived.", "10", MORE),
        ("Six jets landed on Friday.", "Six", None),
        ("", "", None),
    ],
)
def test_the_words_say_how_a_number_counts(sentence: str, number: str, counting: Counting | None) -> None:
    assert counting_of(sentence, number) is counting


@pytest.mark.parametrize(
    ("claims", "day"),
    [
        ([told("a", dates=(month(2014, 3),))], date(2014, 3, 31)),
        ([told("a", dates=(month(2014, 3, bound=Bound.NOT_BEFORE),))], None),
        ([told("a", dates=(month(2012, 3),))], None),  # what lay behind it was no announcement
        ([told("a", dates=(month(2014, 3),)), told("b", dates=(month(2015, 6),))], date(2015, 6, 30)),
        ([told("a", dates=(month(2014, 3),), stage=Stage.DELIVERED)], None),
        ([told("a", dates=(month(2014, 3),), polarity=Polarity.POSSIBLE)], None),
    ],
)
def test_an_announced_arrival_is_due(claims: list[Evidence], day: date | None) -> None:
    assert due(claims) == day


@pytest.mark.parametrize(
    ("stage", "halt", "reported", "by", "said"),
    [
        (Stage.ORDERED, None, date(2013, 1, 1), None, ""),
        (Stage.ORDERED, None, date(2010, 1, 1), None, "stalled"),
        (Stage.ORDERED, None, date(2013, 1, 1), date(2013, 6, 1), "overdue"),
        (Stage.DELIVERING, None, date(2013, 8, 1), date(2013, 6, 1), ""),  # it was heard of since
        (Stage.ORDERED, None, date(2013, 1, 1), date(2014, 6, 1), ""),
        (Stage.DELIVERED, None, date(2001, 1, 1), None, ""),
        (Stage.ORDERED, Halt.SUSPENDED, date(2001, 1, 1), date(2002, 1, 1), ""),
        (Stage.ORDERED, None, None, None, ""),
    ],
)
def test_silence_is_told_by_the_clock(
    stage: Stage, halt: Halt | None, reported: date | None, by: date | None, said: str
) -> None:
    assert standing(stage, halt, reported, by, Clock(date(2013, 12, 31))) == said
