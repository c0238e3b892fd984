"""Further parties of a deal in their roles, and deals of which one side is not named."""

import pytest

from reports.choices import Missing, Role
from reports.extraction.config import ReaderConfig
from reports.extraction.reader import read
from reports.records import ClaimRecord


def deals(sentence: str, config: ReaderConfig) -> tuple[ClaimRecord, ...]:
    return read(f"News of the day\n\n{sentence}", published=None, config=config).deals


@pytest.mark.parametrize(
    ("sentence", "supplier", "others"),
    [
        (
            "Germany approved Poland's request to send 14 Leopard 2 tanks to Ukraine.",
            "PL",
            {(Role.AUTHORISER, "DE")},
        ),
        (
            "Poland will send 14 Leopard 2 tanks to Ukraine, a transfer approved by Germany.",
            "PL",
            {(Role.AUTHORISER, "DE")},
        ),
        (
            "Egypt will receive 24 Rafale fighters from France, paid for by Saudi Arabia.",
            "FR",
            {(Role.FINANCIER, "SA")},
        ),
        ("Germany delivered 14 Leopard 2 tanks to Ukraine.", "DE", set()),
    ],
)
def test_further_parties_have_their_roles(
    sentence: str, supplier: str, others: set[tuple[Role, str]], config: ReaderConfig
) -> None:
    found = [deal for deal in deals(sentence, config) if deal.supplier and deal.supplier.code == supplier]
    assert [{(other.role, other.party.code) for other in deal.others} for deal in found] == [others]


def test_a_joint_supplier_has_no_deal_of_its_own(config: ReaderConfig) -> None:
    (deal,) = deals("Germany and the Netherlands will jointly supply Ukraine with 100 Leopard 1 tanks.", config)
    assert deal.supplier and len(deal.others) == 1
    assert {deal.supplier.code, deal.others[0].party.code} == {"DE", "NL"}
    assert deal.others[0].role is Role.CO_SUPPLIER


@pytest.mark.parametrize(
    ("sentence", "recipient", "missing"),
    [
        ("Indonesia has ordered 12 Su-35 fighter jets, the air force said.", "ID", Missing.NOT_STATED),
        ("Ukraine has received two Patriot batteries from several countries.", "UA", Missing.SEVERAL),
        ("Ukraine has received two Patriot batteries from an undisclosed supplier.", "UA", Missing.SAID_UNKNOWN),
    ],
)
def test_a_supplier_that_is_not_named_is_none(
    sentence: str, recipient: str, missing: Missing, config: ReaderConfig
) -> None:
    (deal,) = deals(sentence, config)
    assert deal.supplier is None
    assert deal.recipient and deal.recipient.code == recipient
    assert deal.supplier_missing is missing


def test_an_unnamed_customer_is_none(config: ReaderConfig) -> None:
    (deal,) = deals("Israel Aerospace Industries has sold Barak 8 missiles to an undisclosed customer in Asia.", config)
    assert deal.supplier and deal.supplier.code == "IL"
    assert (deal.recipient, deal.recipient_missing) == (None, Missing.SAID_UNKNOWN)


@pytest.mark.parametrize(
    "sentence",
    [
        "India test-fired a BrahMos missile on Monday after an order for new ships.",
        "The air force of Indonesia operates 12 Su-35 fighter jets.",
        "Indonesia may order Su-35 fighter jets one day.",
    ],
)
def test_arms_of_ones_own_are_no_deal(sentence: str, config: ReaderConfig) -> None:
    assert not deals(sentence, config)
