"""Claims for tests of resolution: `told` makes one with what a test is about, and something plain for the rest."""

from datetime import date
from decimal import Decimal
from typing import Any

from reports.choices import Category, DateOf, Precision, QuantityOf, Stage, Unit
from reports.records import Money, Quantity, When
from reports.resolution.records import Evidence, Key

DAY = date(2013, 5, 31)


def told(text: str, **more: Any) -> Evidence:
    """A claim of text `text`: Russia to Syria, MiG-29, ordered; group 0; published on DAY.

    `number`, `sum_` and `ordered` are short for a quantity in pieces, a value in dollars and a date of order.
    """
    group = more.pop("group", 0)
    start = more.pop("start", 10 * group)
    number, amount, ordered = more.pop("number", None), more.pop("sum_", None), more.pop("ordered", None)
    given: dict[str, Any] = {
        "id": f"{text}/{group}/{start}/{more.get('speaker') or ''}",
        "group": group,
        "published": DAY,
        "story": text,
        "supplier": "RU",
        "recipient": "SY",
        "category": Category.AIRCRAFT,
        "weapon_text": "MiG-29",
        "designation": "MiG-29",
        "family": "MiG-29",
        "stage": Stage.ORDERED,
        "confidence": 0.9,
    } | more
    if number is not None:
        given["quantity"] = pieces(number)
    if amount is not None:
        given["value"] = Money(Decimal(amount), "USD")
    if ordered is not None:
        given["dates"] = (year(ordered, DateOf.ORDER),)
    roles = f"{given['supplier'] or '?'}>{given['recipient'] or '?'}:{given['designation'] or given['weapon_text']}"
    return Evidence(key=Key(text, start, start + 9, roles), **given)


def generic(text: str, words: str, **more: Any) -> Evidence:
    """A claim that names no weapon: "the missiles"."""
    return told(text, weapon_text=words, designation=None, family=None, **more)


def pieces(number: int | tuple[int | None, int | None], **more: Any) -> Quantity:
    """A number, or its bounds, of pieces."""
    low, high = number if isinstance(number, tuple) else (number, number)
    return Quantity(low, high, **({"unit": Unit.PIECE, "of": QuantityOf.ORDERED} | more))


def year(number: int, of: DateOf = DateOf.EVENT, **more: Any) -> When:
    """A whole year as a date."""
    return When(date(number, 1, 1), date(number, 12, 31), Precision.YEAR, of=of, **more)
