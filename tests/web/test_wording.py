"""How figures read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from reports.web import wording


@dataclass
class Figures:
    quantity_min: int | None = None
    quantity_max: int | None = None
    quantity_approximate: bool = False
    quantity_unit: str = "piece"
    quantity_text: str = ""
    value_amount: Decimal | None = None
    value_currency: str = ""
    value_scope: str = ""


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (Figures(), ""),
        (Figures(quantity_text="dozens"), "dozens"),
        (Figures(36, 36), "36"),
        (Figures(36, 36, quantity_approximate=True), "about 36"),
        (Figures(11, None), "at least 11"),
        (Figures(None, 50), "up to 50"),
        (Figures(10, 12), "10 to 12"),
        (Figures(2, 2, quantity_unit="battery"), "2 batteries"),
        (Figures(1, 1, quantity_unit="battery"), "1 battery"),
        (Figures(5000, 5000, quantity_unit="round"), "5,000 rounds"),
    ],
)
def test_a_quantity_reads_with_its_bounds_and_unit(figures: Figures, words: str) -> None:
    assert wording.quantity(figures) == words


@pytest.mark.parametrize(
    ("amount", "scope", "words"),
    [
        ("1500000000", "item", "USD 1.5 billion"),
        ("1500000000", "package", "USD 1.5 billion for the package"),
        ("430000000", "item", "USD 430 million"),
        ("12345", "item", "USD 12,345"),
        ("2000000000000", "item", "USD 2 trillion"),
    ],
)
def test_a_value_reads_in_words(amount: str, scope: str, words: str) -> None:
    assert wording.value(Figures(value_amount=Decimal(amount), value_currency="USD", value_scope=scope)) == words


@pytest.mark.parametrize(
    ("start", "precision", "words"),
    [
        (None, "", ""),
        (date(2013, 5, 31), "day", "31 May 2013"),
        (date(2013, 5, 1), "month", "May 2013"),
        (date(2013, 4, 1), "quarter", "quarter 2 of 2013"),
        (date(2013, 1, 1), "year", "2013"),
        (date(2010, 1, 1), "decade", "the 2010s"),
    ],
)
def test_a_date_reads_in_its_precision(start: date | None, precision: str, words: str) -> None:
    assert wording.period(start, start, precision) == words
