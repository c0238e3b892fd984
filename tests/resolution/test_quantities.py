from decimal import Decimal
from typing import Any

import pytest

from reports.choices import QuantityOf, Unit, ValueBasis, ValueScope
from reports.records import Money, Quantity
from reports.resolution.quantities import disagree, may_be_part, numbered, same, sums_disagree
from reports.resolution.records import Method
from tests.resolution.telling import pieces

METHOD = Method()


@pytest.mark.parametrize(
    ("one", "other", "exclude"),
    [
        (pieces(24), pieces(36), True),
        (pieces(24), pieces(24), False),
        (pieces((11, None)), pieces(36), False),  # more than ten, then 36: a refinement
        (pieces((11, None)), pieces(10), True),
        (pieces((None, 50)), pieces(48), False),
        (pieces((None, 50)), pieces(60), True),
        (pieces((6, 42)), pieces(24), False),
        (pieces(36, approximate=True), pieces(38), False),
        (pieces(36, approximate=True), pieces(48), True),
        (pieces(3, unit=Unit.BATTERY), pieces(24, unit=Unit.LAUNCHER), False),
        (pieces(36), pieces(12, of=QuantityOf.DELIVERED), False),
        (Quantity(None, None, text="dozens"), pieces(36), False),
    ],
)
def test_two_numbers_exclude_one_another_where_none_fits_both(one: Quantity, other: Quantity, exclude: bool) -> None:
    assert disagree(one, other, METHOD) is exclude
    assert disagree(other, one, METHOD) is exclude


def test_a_vague_word_is_no_number() -> None:
    assert not numbered(Quantity(None, None, text="dozens"))
    assert not numbered(None)
    assert numbered(pieces((11, None)))


def test_the_same_number_has_the_same_bounds_and_unit() -> None:
    assert same(pieces(24), pieces(24, text="two dozen"))
    assert not same(pieces(24), pieces((24, None)))
    assert not same(pieces(24), pieces(24, unit=Unit.ROUND))


@pytest.mark.parametrize(
    ("batch", "whole", "part"),
    [(4, 36, True), (36, 4, False), (36, 36, False), ((None, 4), (11, None), True), ((4, None), 4, False)],
)
def test_a_smaller_number_may_be_a_part(batch: Any, whole: Any, part: bool) -> None:
    assert may_be_part(pieces(batch), pieces(whole)) is part


@pytest.mark.parametrize(
    ("other", "exclude"),
    [
        (Money(Decimal(1_480), "USD"), False),  # rounding
        (Money(Decimal(2_000), "USD"), True),
        (Money(Decimal(2_000), "EUR"), False),
        (Money(Decimal(2_000), "USD", ValueScope.PACKAGE), False),
        (Money(Decimal(2_000), "USD", basis=ValueBasis.NOTIFIED_CEILING), False),
    ],
)
def test_two_sums_exclude_one_another_on_one_basis_alone(other: Money, exclude: bool) -> None:
    assert sums_disagree(Money(Decimal(1_500), "USD"), other, METHOD) is exclude
