from datetime import date
from typing import Any

import pytest

from reports.choices import Halt, Stage
from reports.resolution.records import Method
from reports.resolution.score import score
from reports.resolution.units import units_of
from tests.resolution.telling import told

METHOD = Method()
LATER = date(2016, 1, 1)
MUCH_LATER = date(2021, 1, 1)


@pytest.mark.parametrize(
    ("first", "second", "one_deal", "reason"),
    [
        ({}, {}, True, "reported within 180 days"),
        ({}, {"published": LATER}, True, "same supplier, recipient and weapon"),
        ({}, {"published": MUCH_LATER}, False, "many years apart"),
        ({"number": 24}, {"number": 24, "published": MUCH_LATER}, True, "same quantity"),
        ({"number": 24}, {"number": 36}, True, "another quantity"),
        ({"number": 24}, {"number": 36, "published": LATER}, False, "another quantity, another time"),
        ({"number": (11, None)}, {"number": 36, "published": LATER}, True, "quantities fit"),
        (
            {"number": 24},
            {"number": 6, "stage": Stage.DELIVERING, "published": LATER},
            True,
            "another quantity, which may be a part of the other",
        ),
        ({"sum_": 500}, {"sum_": 500, "published": MUCH_LATER}, True, "same value"),
        ({"stage": Stage.DELIVERED}, {"published": LATER}, False, "the earlier one was delivered, this one begins"),
        (
            {"stage": Stage.DELIVERED},
            {"published": LATER, "halt": Halt.SUSPENDED},
            True,
            "same supplier, recipient and weapon",
        ),
        ({}, {"published": date(2016, 9, 1), "stage": Stage.DELIVERED}, True, "the delivery follows the order"),
        ({"ordered": 2007}, {"ordered": 2007, "published": MUCH_LATER}, True, "same date of order"),
        ({"ordered": 2007}, {"ordered": 2011, "published": LATER}, False, "ordered at another time"),
        ({"story": "x"}, {"story": "x", "number": 3}, True, "same story"),
        ({"designation": "MiG-29SMT"}, {"designation": "MiG-29K"}, True, "another variant"),
    ],
)
def test_a_pair_is_one_deal_or_not_and_says_why(
    first: dict[str, Any], second: dict[str, Any], one_deal: bool, reason: str
) -> None:
    one, other = units_of([told("a", **first), told("b", **second)])
    found = score(one, other, METHOD)
    assert (found.value >= METHOD.same_deal) is one_deal
    assert reason in found.reasons


def test_the_order_of_a_pair_does_not_matter() -> None:
    one, other = units_of([told("a", stage=Stage.DELIVERED), told("b", published=LATER, number=3)])
    assert score(one, other, METHOD) == score(other, one, METHOD)
