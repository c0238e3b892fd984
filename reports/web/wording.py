"""How figures read in words: a row (deal or claim) in, words out.

The only place that knows how the pages say things.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from reports.choices import Halt, Stage, Tier

NOT_STATED = "not stated"

STATUS_WORDS: dict[str, str] = {
    Stage.CONSIDERED: "considered",
    Stage.REQUESTED: "requested",
    Stage.OFFERED: "offered",
    Stage.NEGOTIATING: "under negotiation",
    Stage.INTENT: "letter of intent",
    Stage.SELECTED: "selected",
    Stage.PLEDGED: "pledged",
    Stage.NOTIFIED: "notified to parliament",
    Stage.LICENSED: "approved",
    Stage.ORDERED: "ordered",
    Stage.DELIVERING: "being delivered",
    Stage.DELIVERED: "delivered",
    Halt.SUSPENDED: "suspended",
    Halt.CANCELLED: "cancelled",
    Halt.REFUSED: "refused",
    Halt.LAPSED: "lapsed",
    Halt.SEIZED: "seized on the way",
}

# one sign a tier, so that colour is never the only one
TIER_SIGNS: dict[str, str] = {
    Tier.TALK: "○",
    Tier.AUTHORISED: "◔",
    Tier.CONTRACTED: "◑",
    Tier.DELIVERED: "●",
    Tier.STOPPED: "✕",
}

MISSING_WORDS = {"not_stated": "not stated", "said_unknown": "said to be unknown", "several": "several"}

SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Row(Protocol):
    """What a deal and a claim have in common here."""

    quantity_min: int | None
    quantity_max: int | None
    quantity_approximate: bool
    quantity_unit: str
    quantity_text: str
    value_amount: Decimal | None
    value_currency: str
    value_scope: str


def quantity(row: Row) -> str:
    """A number with its bounds and unit ("at least 11", "2 batteries"), or the text's own words where it gives none."""
    low, high = row.quantity_min, row.quantity_max
    if low is None and high is None:
        return row.quantity_text
    if low == high:
        number = f"about {low:,}" if row.quantity_approximate else f"{low:,}"
    elif high is None:
        number = f"at least {low:,}"
    elif low is None:
        number = f"up to {high:,}"
    else:
        number = f"{low:,} to {high:,}"
    unit = "" if row.quantity_unit in ("", "piece") else f" {_plural(row.quantity_unit, 1 if low == high == 1 else 2)}"
    return number + unit


def _plural(word: str, number: int) -> str:
    if number == 1:
        return word
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def value(row: Row) -> str:
    """ "USD 1.5 billion", with "for the package" where the sum is for several deals together."""
    if row.value_amount is None:
        return ""
    words = f"{row.value_currency} {_amount(row.value_amount)}"
    return f"{words} for the package" if row.value_scope == "package" else words


def _amount(amount: Decimal) -> str:
    for size, word in SCALES:
        if amount >= size:
            scaled = f"{amount / size:.2f}".rstrip("0").rstrip(".")
            return f"{scaled} {word}"
    return f"{amount:,.0f}"


def status(word: str) -> str:
    return STATUS_WORDS.get(word, word.replace("_", " "))


def tier_sign(word: str) -> str:
    return TIER_SIGNS.get(word, "")


def plain(word: str) -> str:
    """A word of a vocabulary without its underscores."""
    return str(word).replace("_", " ")


def missing(word: str) -> str:
    return MISSING_WORDS.get(word, NOT_STATED)


def period(start: date | None, end: date | None, precision: str) -> str:
    """A date in the precision that was reported: "31 May 2013", "May 2013", "2013"."""
    if start is None:
        return ""
    match precision:
        case "day":
            return f"{start.day} {MONTHS[start.month - 1]} {start.year}"
        case "month":
            return f"{MONTHS[start.month - 1]} {start.year}"
        case "quarter":
            return f"quarter {(start.month + 2) // 3} of {start.year}"
        case "season":
            return f"{MONTHS[start.month - 1]} to {MONTHS[(end or start).month - 1]} {(end or start).year}"
        case "decade":
            return f"the {start.year}s"
    return str(start.year)


def certainty(confidence: float) -> str:
    """The reader's confidence in a word; the API gives the number."""
    if confidence >= 0.8:
        return "high"
    return "medium" if confidence >= 0.5 else "low"


def deal_sentence(deal: Any) -> str:
    """One sentence that says a deal: supplier, recipient, how many of what, how far."""
    supplier = deal.supplier.name if deal.supplier else f"A supplier {missing(deal.supplier_missing)}"
    recipient = deal.recipient.name if deal.recipient else f"a recipient {missing(deal.recipient_missing)}"
    weapon = deal.weapon.designation if deal.weapon else deal.weapon_text
    number = quantity(deal)
    what = f"{number} × {weapon}" if number and number[-1].isdigit() else f"{weapon} ({number})" if number else weapon
    worth = f", {value(deal)}" if deal.value_amount is not None else ""
    return f"{supplier} to {recipient}: {what}{worth}"
