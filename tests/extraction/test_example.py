"""The example of the design: a Syrian delegation in Moscow, two deals, both disputed, a dozen statements."""

from datetime import date
from pathlib import Path

import pytest

from reports.extraction.config import ReaderConfig
from reports.extraction.reader import read
from reports.records import ClaimRecord, ReadingRecord

ARTICLE = Path(__file__).parents[2] / "reports" / "sample" / "articles" / "syria-mig29-2013.txt"


@pytest.fixture(scope="module")
def reading(config: ReaderConfig) -> ReadingRecord:
    return read(ARTICLE.read_text(encoding="utf-8").strip(), published=date(2013, 5, 31), config=config)


def deal(reading: ReadingRecord, family: str) -> ClaimRecord:
    (found,) = (claim for claim in reading.deals if claim.weapon.family == family)
    return found


def test_two_deals_and_no_more_are_read(reading: ReadingRecord) -> None:
    assert {claim.weapon.family for claim in reading.deals} == {"MiG-29", "S-300"}
    assert all(claim.supplier and claim.supplier.code == "RU" for claim in reading.deals)
    assert all(claim.recipient and claim.recipient.code == "SY" for claim in reading.deals)


def test_the_jets_are_more_than_ten_being_negotiated_and_disputed(reading: ReadingRecord) -> None:
    jets = deal(reading, "MiG-29")
    assert jets.quantity
    assert (jets.quantity.min, jets.quantity.max) == (11, None)
    assert (jets.status, jets.disputed) == ("negotiating", True)


def test_the_missiles_are_being_delivered_and_disputed(reading: ReadingRecord) -> None:
    missiles = deal(reading, "S-300")
    assert (missiles.status, missiles.disputed) == ("delivering", True)


def test_its_speakers_are_heard(reading: ReadingRecord) -> None:
    speakers = " ".join(statement.speaker for statement in reading.statements)
    assert len(reading.statements) >= 10
    assert all(name in speakers for name in ("Korotkov", "Lavrov", "Assad", "MiG spokesman", "Washington"))
