"""Sums of money in a text: "$1.65bn", "SEK 20 billion", "Rs 60,000 crore", "P18.9-B", "1.2 billion euros"."""

import re
from collections.abc import Collection
from decimal import Decimal
from functools import cache

from reports.extraction import tables
from reports.extraction.mentions import MoneyMention, Sentence
from reports.extraction.quantities import parse_number
from reports.records import Span

_MAGNITUDES = {
    "thousand": 3, "k": 3, "lakh": 5, "lakhs": 5, "million": 6, "millions": 6, "mln": 6, "mn": 6, "mio": 6, "m": 6,
    "crore": 7, "crores": 7, "cr": 7, "billion": 9, "billions": 9, "bln": 9, "bn": 9, "b": 9,
    "trillion": 12, "trn": 12, "tn": 12, "lakh crore": 12,
}  # fmt: skip


@cache
def _symbols() -> dict[str, str]:
    return {symbol: row["code"] for row in tables.rows("currencies") for symbol in row["symbols"].split("|") if symbol}


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The currencies that a word may mean, in the table's order."""
    found: dict[str, tuple[str, ...]] = {}
    for row in tables.rows("currencies"):
        for word in row["words"].split("|"):
            for form in (word.lower(), word.lower() + "s"):
                found[form] = (*found.get(form, ()), row["code"])
    return found


@cache
def _countries() -> dict[str, frozenset[str]]:
    return {row["code"]: frozenset(row["countries"].split("|")) for row in tables.rows("currencies")}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    def alternatives(words: Collection[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    magnitude = alternatives(_MAGNITUDES)
    digits = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    spelled = (
        r"half\ a|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    )
    to = rf"(?:\s?(?:-|–|to|and)\s?(?:[$€£]\s?)?(?P<last>{digits}))?"
    before = re.compile(  # symbols in their case ("Rs", "P"), magnitudes in any ("B", "Billion")
        rf"""(?<![\w$€£])(?P<symbol>{alternatives(_symbols())})\s?(?P<number>{digits}){to}
        (?:[\s-]{{0,2}}(?P<magnitude>(?i:{magnitude}))(?!\w))?""",
        re.VERBOSE,
    )
    after = re.compile(
        rf"""(?<![\w.,$€£])(?P<number>{digits}|{spelled}){to}
        (?:[\s-]{{0,2}}(?P<magnitude>{magnitude})(?!\w))?[\s-]{{1,2}}(?:of\s)?(?P<word>{alternatives(_words())})(?!\w)""",
        re.VERBOSE | re.IGNORECASE,
    )
    return before, after


def find_money(sentence: Sentence, countries: Collection[str] = ()) -> tuple[MoneyMention, ...]:
    """The sums of a sentence, in order. `countries`: the parties of the text, which tell one crown from another."""
    if not any(char.isdigit() for char in sentence.text) and "illion" not in sentence.text:
        return ()
    before, after = _patterns()
    found: list[MoneyMention] = []
    for match in before.finditer(sentence.text):
        if match["symbol"][-1].isalpha() and len(match["symbol"]) == 1 and not match["magnitude"]:
            continue  # "P 18" or "R 4" without a magnitude is no sum
        found.append(_mention(sentence, match, _symbols()[match["symbol"]]))
    taken = [(mention.span.start, mention.span.end) for mention in found]
    for match in after.finditer(sentence.text):
        start, end = sentence.span.start + match.start(), sentence.span.start + match.end()
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        if not match["magnitude"] and not match["number"][0].isdigit():
            continue
        found.append(_mention(sentence, match, _currency(match["word"].lower(), countries)))
    return tuple(sorted(found, key=lambda mention: mention.span.start))


def _mention(sentence: Sentence, match: re.Match[str], currency: str) -> MoneyMention:
    number = match["number"].lower()
    if number[0].isdigit():
        amount = Decimal(number.replace(",", ""))
    elif number == "half a":
        amount = Decimal("0.5")
    else:
        amount = Decimal(1 if number in ("a", "an") else parse_number(number) or 1)
    if match["magnitude"]:
        amount *= Decimal(10) ** _MAGNITUDES[match["magnitude"].lower()]
    start = sentence.span.start
    return MoneyMention(
        Span(start + match.start(), start + match.end()), sentence.index, match.group(), amount, currency
    )


def _currency(word: str, countries: Collection[str]) -> str:
    choices = _words()[word]
    return next((code for code in choices if _countries()[code] & set(countries)), choices[0])
