from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from reports.choices import Bound, DateOf, DisputeField, Halt, Polarity, Precision, Role, Stage, Unit, ValueBasis
from reports.records import Money, When
from reports.resolution.disputes import find_disputes, number
from reports.resolution.records import Evidence, Method
from tests.resolution.telling import DAY, pieces, told, year

METHOD = Method()
SOON = DAY + timedelta(days=60)
MUCH_LATER = DAY + timedelta(days=900)
DENIED = {"polarity": Polarity.DENIED}
AUTUMN = When(
    date(2013, 9, 1),
    date(2013, 11, 30),
    Precision.SEASON,
    Bound.NOT_BEFORE,
    of=DateOf.DELIVERY,
    text="no earlier than autumn",
)

LATE_EVENT = year(2014, bound=Bound.NOT_BEFORE)


def fields(*claims: Evidence) -> list[DisputeField]:
    return [conflict.field for conflict in find_disputes(claims, METHOD)]


def said(text: str, speaker: str, party: str | None, **more: Any) -> Evidence:
    return told(text, speaker=speaker, speaker_party=party, start=50, **more)


@pytest.mark.parametrize(
    "denial",
    [
        pytest.param(said("b", "minister", "RU", **DENIED), id="the supplier denies it"),
        pytest.param(said("a", "minister", "SY", **DENIED), id="the recipient, in the same article"),
        pytest.param(said("b", "an official", None, **DENIED), id="someone of no known side"),
        pytest.param(told("b", **DENIED), id="another article"),
        pytest.param(said("b", "bank", "IR", others=((Role.FINANCIER, "IR"),), **DENIED), id="who pays for it"),
    ],
)
def test_a_denial_of_what_another_asserts_is_a_dispute_of_existence(denial: Evidence) -> None:
    assert fields(told("a"), denial) == [DisputeField.EXISTENCE]


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param([told("a"), said("b", "ministry", "US", **DENIED)], id="an outsider criticises"),
        pytest.param([said("a", "minister", "RU", **DENIED)], id="nobody asserts it"),
        pytest.param(
            [told("a", polarity=Polarity.POSSIBLE), said("b", "minister", "RU", **DENIED)], id="only possible"
        ),
        pytest.param([said("a", "x", "RU"), said("b", "x", "RU", **DENIED)], id="one and the same speaker"),
        pytest.param(
            [told("a"), said("b", "x", "RU", **DENIED), said("c", "y", "RU", published=SOON)], id="admitted later"
        ),
        pytest.param([told("a", published=MUCH_LATER), said("b", "x", "RU", **DENIED)], id="denied long before"),
        pytest.param([told("a"), told("b", published=SOON, halt=Halt.CANCELLED)], id="cancelled later: an update"),
        pytest.param(
            [told("a", halt=Halt.CANCELLED), said("b", "x", "RU", **DENIED)], id="it halted, so it will not come"
        ),
    ],
)
def test_what_is_no_denial_of_an_assertion_is_no_dispute(claims: list[Evidence]) -> None:
    assert fields(*claims) == []


def test_a_denial_after_an_assertion_of_the_same_side_stands() -> None:
    claims = [said("a", "x", "RU"), told("b"), said("c", "y", "RU", published=SOON, **DENIED)]
    assert fields(*claims) == [DisputeField.EXISTENCE]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"number": 24}, {"number": 36}, [DisputeField.QUANTITY]),
        ({"number": (11, None)}, {"number": 36}, []),
        ({"number": 24}, {"number": 36, "published": MUCH_LATER}, []),
        ({"number": 24}, {"number": 36, "story": "a"}, []),
        ({"number": 24}, {"number": 36, "polarity": Polarity.POSSIBLE}, []),
        ({"number": 126, "stage": Stage.REQUESTED}, {"number": 36, "published": SOON}, []),
        ({"number": 36}, {"number": 8, "stage": Stage.DELIVERING, "published": SOON}, []),
        ({"number": 36}, {"number": 48, "stage": Stage.DELIVERING, "published": SOON}, [DisputeField.QUANTITY]),
        ({"quantity": pieces(3, unit=Unit.BATTERY)}, {"quantity": pieces(12, unit=Unit.LAUNCHER)}, []),
        ({"sum_": 1_000}, {"sum_": 2_000}, [DisputeField.VALUE]),
        ({"sum_": 1_000}, {"sum_": 1_050}, []),
        ({"sum_": 1_000}, {"value": Money(Decimal(2_000), "USD", basis=ValueBasis.NOTIFIED_CEILING)}, []),
        ({"ordered": 2006}, {"ordered": 2007}, [DisputeField.DATE]),
        ({"ordered": 2006}, {"ordered": 2006}, []),
        ({"stage": Stage.DELIVERING}, {"dates": (AUTUMN,)}, [DisputeField.DATE]),
        ({"dates": (year(2012, DateOf.DELIVERY),)}, {"dates": (AUTUMN,)}, [DisputeField.DATE]),
        ({"dates": (year(2014, DateOf.DELIVERY),)}, {"dates": (AUTUMN,)}, []),
        ({"stage": Stage.DELIVERING, "dates": (AUTUMN,)}, {"stage": Stage.DELIVERING, "dates": (AUTUMN,)}, []),
        ({"stage": Stage.DELIVERED}, {"stage": Stage.DELIVERING, "dates": (LATE_EVENT,)}, [DisputeField.DATE]),
        ({"stage": Stage.DELIVERED}, {"stage": Stage.ORDERED, "dates": (LATE_EVENT,)}, []),
        ({"stage": Stage.DELIVERING, "halt": Halt.SUSPENDED}, {"dates": (AUTUMN,)}, []),
        ({"stage": Stage.ORDERED}, {"stage": Stage.NEGOTIATING, "published": SOON}, [DisputeField.STAGE]),
        ({"stage": Stage.NEGOTIATING}, {"stage": Stage.ORDERED, "published": SOON}, []),
        ({"stage": Stage.ORDERED}, {"stage": Stage.DELIVERED, "published": SOON}, []),
        (
            {"stage": Stage.ORDERED},
            {"stage": Stage.NEGOTIATING, "published": SOON, "halt": Halt.SUSPENDED},
            [],
        ),
    ],
)
def test_a_conflict_is_told_from_a_refinement_an_update_and_another_measure(
    one: dict[str, Any], other: dict[str, Any], found: list[DisputeField]
) -> None:
    claims = [told("a", **one), told("b", **other)]
    assert fields(*claims) == found
    assert fields(*reversed(claims)) == found


def test_the_sides_of_a_dispute_are_those_that_exclude_one_another_in_words() -> None:
    claims = [told("a", number=24), told("b", number=(20, 30)), told("c", number=36)]
    (dispute,) = find_disputes(claims, METHOD)
    assert {side.claim[0]: side.value for side in dispute.sides} == {"a": "24", "b": "20 to 30", "c": "36"}


def test_an_arrival_before_the_day_that_another_names_is_told_in_its_words() -> None:
    (dispute,) = find_disputes([told("a", stage=Stage.DELIVERING), told("b", dates=(AUTUMN,))], METHOD)
    assert [side.value for side in dispute.sides] == ["delivering", "ordered: no earlier than autumn"]


def test_an_article_and_those_whom_it_quotes_tell_one_story_of_how_far_it_is() -> None:
    own = told("a", disputed=True, stage=Stage.NEGOTIATING)
    assert fields(own, said("a", "spokesman", "RU", stage=Stage.ORDERED)) == []
    assert fields(own, told("b", stage=Stage.ORDERED)) == [DisputeField.STAGE]


def test_to_say_that_it_was_cancelled_denies_nothing() -> None:
    denial = said("b", "spokesman", "RU", **DENIED)
    assert fields(told("a"), denial) == [DisputeField.EXISTENCE]
    assert fields(told("a"), replace(denial, halt=Halt.CANCELLED)) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (pieces(1200), "1,200"),
        (pieces((11, None)), "at least 11"),
        (pieces((None, 50)), "at most 50"),
        (pieces((6, 42)), "6 to 42"),
        (pieces(3, unit=Unit.BATTERY), "3 (battery)"),
        (pieces((0, 4)), "0 to 4"),
    ],
)
def test_a_number_is_said_with_its_bounds_and_unit(given: Any, words: str) -> None:
    assert number(given) == words
