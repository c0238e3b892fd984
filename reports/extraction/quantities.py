"""Numbers of pieces in a sentence: "more than 10", "up to 50", "two dozen", "between 20 and 30", "twenty-four (24)"."""

import re
from functools import cache

from reports.choices import QuantityOf, Unit
from reports.extraction import tables
from reports.extraction.mentions import QuantityMention, Sentence
from reports.records import Span

_LARGEST = 100_000_000


@cache
def _values() -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in tables.rows("number_words")}


@cache
def _cues() -> dict[str, str]:
    return {row["cue"]: row["meaning"] for row in tables.rows("quantity_cues")}


@cache
def _units() -> dict[str, Unit]:
    return {row["word"]: Unit(row["unit"]) for row in tables.rows("units")}


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    word = _any([word for word in _values() if word != "million"])
    spelled = rf"(?:(?:half\ an?|an?|several|{word})[\ -](?:and\ )?)?(?:{word})(?:[\ -](?:and\ )?(?:{word})){{0,3}}"
    number = (
        rf"(?:\d{{1,3}}(?:,\d{{2,3}})+|\d{{1,7}}(?:\.\d+(?=\ (?:million|thousand)))?"
        rf"(?:\ (?:million|thousand|dozen|hundred))?|{spelled})"
    )
    return re.compile(
        rf"""
        (?<![\w.,$€£₹-])
        (?: (?P<cue>{_any(list(_cues()))}) \s+ )?
        (?: between \s+ (?P<low>{number}) \s+ and \s+ (?P<high>{number})
          | (?P<first>{number}) (?: \s? (?:to|-|–|or) \s? (?P<last>{number}) )? )
        (?: \s \( (?P<again>\d[\d,]*) \) )?
        (?: \s (?P<open>or\ more|plus)\b )?
        (?! [\w%] | [.,]\d | \s?(?:per\ cent|percent|%) | [’']\w | /\d )
        | (?<!\w) (?P<vague>{_any([row["word"] for row in tables.rows("vague_numbers")])}) (?!\w)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def parse_number(text: str) -> int | None:
    """The value of "1,500", "twenty-four", "half a dozen", "2.5 million"; None where the text is no number."""
    low = text.lower().replace(",", "").strip()
    if low.isdigit():
        return int(low)
    total, current, seen = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", low):
        if word in ("a", "an", "and"):
            continue
        if word == "half":
            current, seen = 0.5, True
        elif re.fullmatch(r"\d+(?:\.\d+)?", word):
            current, seen = current + float(word), True
        elif word in _values():
            value, seen = _values()[word], True
            if value in (100, 12, 20) and word in ("hundred", "dozen", "score"):
                current = (current or 1) * value
            elif value >= 1000:
                total, current = total + (current or 1) * value, 0.0
            else:
                current += value
        else:
            return None
    return int(total + current) if seen else None


def find_quantities(sentence: Sentence) -> tuple[QuantityMention, ...]:
    """The numbers of a sentence that could count pieces, in order (years and sums of money are told apart later)."""
    if not sentence.text:
        return ()
    return tuple(
        mention for found in _pattern().finditer(sentence.text) if (mention := _mention(sentence, found)) is not None
    )


def _mention(sentence: Sentence, found: re.Match[str]) -> QuantityMention | None:
    start = sentence.span.start
    span = Span(start + found.start(), start + found.end())
    text = found.group()
    if found["vague"]:
        return QuantityMention(span, sentence.index, text, None, None, True, Unit.PIECE)
    low = parse_number(found["low"] or found["first"])
    high = parse_number(found["high"] or found["last"] or "") if found["high"] or found["last"] else low
    if low is None or high is None or max(low, high) > _LARGEST or max(low, high) == 0:
        return None
    if found["last"] and high < low:
        high = low
    cue = _cues().get(" ".join((found["cue"] or "").lower().split()), "")
    minimum: int | None = low
    maximum: int | None = high
    match cue:
        case "over":
            minimum, maximum = low + 1, None
        case "least":
            maximum = None
        case "most":
            minimum = None if found["last"] is None and found["high"] is None else low
        case "under":
            minimum, maximum = None, high - 1
    if found["open"]:
        maximum = None
    return QuantityMention(span, sentence.index, text, minimum, maximum, cue == "about", Unit.PIECE, QuantityOf.ORDERED)


def unit_of(word: str) -> Unit | None:
    """The unit that a word is: "batteries" is battery; None if it is none."""
    return _units().get(word.lower())
