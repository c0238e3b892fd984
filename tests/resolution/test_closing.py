"""What closes a dispute, and what never does."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reports.choices import Polarity
from reports.resolution.disputes import find_disputes
from reports.resolution.records import Evidence, Method
from tests.resolution.telling import DAY, pieces, told


def claim(text: str, number: int, days: int = 0, **more: Any) -> Evidence:
    return told(text, number=number, published=DAY + timedelta(days=days), **more)


def closing(*claims: Evidence) -> str:
    (dispute,) = find_disputes(claims, Method())
    return f"{dispute.closed_by}: {dispute.upheld}" if dispute.closed_by else ""


SIDES = (claim("a", 12), claim("b", 36, 1))


@pytest.mark.parametrize(
    ("later", "by"),
    [
        (None, ""),
        (claim("c", 36, 9), "a second origin: 36"),
        (claim("c", 36, 9, story="b"), ""),  # a copy is repetition
        (claim("c", 36, 1), ""),  # not after the last that says otherwise
        (claim("c", 36, 9, speaker="somebody", speaker_named=False), ""),  # hearsay against a report
        (claim("c", 36, 9, official=True), "an official document: 36"),
        (claim("c", 12, 9, official=True), "an official document: 12"),
        (claim("c", 36, -9, official=True), "a second origin: 36"),  # the document is older than what contradicts it
        (claim("c", 36, 9, added=True), "a judgement: 36"),
        (claim("c", 36, 9, judged=frozenset({"quantity"})), "a judgement: 36"),
        (claim("c", 36, 9, judged=frozenset({"stage"})), "a second origin: 36"),
    ],
)
def test_an_analyst_a_document_or_a_second_origin_closes_it_and_repetition_never(
    later: Evidence | None, by: str
) -> None:
    assert closing(*SIDES, *([later] if later else [])) == by


def test_a_document_older_than_what_contradicts_it_closes_nothing() -> None:
    document = claim("c", 36, -9, official=True)
    assert closing(document, claim("a", 12)) == ""


def test_two_analysts_who_disagree_leave_it_open() -> None:
    assert closing(claim("a", 12, added=True), claim("b", 36, added=True)) == ""


def test_more_origins_on_the_other_side_keep_it_open() -> None:
    assert closing(*SIDES, claim("c", 12, 2), claim("d", 36, 9)) == ""


def test_what_a_party_denies_a_newspaper_does_not_settle() -> None:
    denial = told("b", speaker="minister", speaker_party="RU", polarity=Polarity.DENIED)
    reports = [told("a"), told("c", published=date(2013, 7, 1)), told("d", published=date(2013, 8, 1))]
    (dispute,) = find_disputes([denial, *reports], Method())
    assert dispute.open
    confirmed = told("e", speaker="president", speaker_party="SY", published=date(2013, 9, 1))
    (dispute,) = find_disputes([denial, *reports, confirmed], Method())
    assert dispute.closed_by == "a second origin"


def test_what_an_analyst_corrected_or_rejected_is_closed_and_stays_readable() -> None:
    one, other = SIDES
    corrected = replace(other, quantity=pieces(12), judged=frozenset({"quantity"}))
    for left in ([one, corrected], [one]):
        (dispute,) = find_disputes(left, Method(), SIDES)
        assert (dispute.closed_by, {side.value for side in dispute.sides}) == ("a judgement", {"12", "36"})
