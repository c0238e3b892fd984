from decimal import Decimal

import pytest

from reports.extraction.mentions import Sentence
from reports.extraction.money import find_money
from reports.records import Span


def sums(text: str, *countries: str) -> list[tuple[Decimal, str]]:
    sentence = Sentence(0, 0, Span(0, len(text)), text)
    return [(money.amount, money.currency) for money in find_money(sentence, countries)]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("worth $1.65bn", "1650000000", "USD"),
        ("SEK 20 billion", "20000000000", "SEK"),
        ("Rs 60,000 crore", "600000000000", "INR"),
        ("Rs. 4,168 crore", "41680000000", "INR"),
        ("A$ 1.5 million", "1500000", "AUD"),
        ("C$500 million", "500000000", "CAD"),
        ("NT$36.5 billion", "36500000000", "TWD"),
        ("the P18.9-B deal", "18900000000", "PHP"),
        ("430 million CFA francs", "430000000", "XAF"),
        ("some 1.2 billion euros", "1200000000", "EUR"),
        ("the 2.3-billion-euro purchase", "2300000000", "EUR"),
        ("half a billion dollars", "500000000", "USD"),
        ("€5.2bn for both", "5200000000", "EUR"),
        ("$53,000", "53000", "USD"),
    ],
)
def test_sums_are_read_in_every_form(text: str, amount: str, currency: str) -> None:
    assert sums(text) == [(Decimal(amount), currency)]


@pytest.mark.parametrize(("country", "currency"), [("CZ", "CZK"), ("SE", "SEK"), ("DK", "DKK"), ("NO", "NOK")])
def test_the_parties_of_a_text_tell_one_crown_from_another(country: str, currency: str) -> None:
    assert sums("almost 20 billion crowns", country) == [(Decimal(20_000_000_000), currency)]


@pytest.mark.parametrize("text", ["an R 4 car", "24 F-16s", "the P 3 site", ""])
def test_letters_and_numbers_are_no_sums(text: str) -> None:
    assert sums(text) == []
