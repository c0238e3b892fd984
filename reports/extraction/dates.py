"""Dates in a sentence, with their precision and bounds; relative ones count from the day of publication."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from reports.choices import Bound, DateBasis, DateOf, Precision
from reports.extraction.mentions import DateMention, Sentence
from reports.records import Span, When

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?:19|20)\d\d"
_PATTERN = re.compile(
    rf"""
    (?P<bound> \b(?:no\ earlier\ than|not\ before|not\ until|from|starting\ in|after|as\ of|by|before
        |no\ later\ than|until)\s+)?
    (?P<edge> (?:the\ )?(?:end\ of|late|early|mid-|beginning\ of|start\ of)\s*(?:the\ )?)?
    (?:
        (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})(?:,?\s+(?P<y1>{_YEAR}))?
      | (?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>{_YEAR}))?
      | (?P<m3>{_MONTH})\s+(?P<y3>{_YEAR})
      | (?P<season>spring|summer|autumn|fall|winter)(?:\s+(?:of\s+)?(?P<y4>{_YEAR}))?
      | (?P<quarter>first|second|third|fourth)\ quarter(?:\s+of\s+(?P<y5>{_YEAR}))?
      | (?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)
      | (?P<relative>last|this|next|the\ end\ of\ the)\s+(?P<unit>week|month|year)
      | (?P<day>today|yesterday|tomorrow)
      | (?<![\d,$€£-])(?P<y6>{_YEAR})(?![\d,-])
      | \bin\ (?P<m7>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d)
    )
    """,
    re.VERBOSE,
)


def find_dates(sentence: Sentence, published: date | None) -> tuple[DateMention, ...]:
    """The dates of a sentence, in order. Relative ones are left out where the day of publication is not known."""
    return tuple(_mentions(sentence, published))


def dates_near(sentence: Sentence, published: date | None, of: DateOf) -> tuple[When, ...]:
    """The dates of a sentence as dates of an event of a claim."""
    return tuple(
        When(m.when.start, m.when.end, m.when.precision, m.when.bound, m.when.basis, of, m.when.text)
        for m in find_dates(sentence, published)
    )


def _mentions(sentence: Sentence, published: date | None) -> Iterator[DateMention]:
    for match in _PATTERN.finditer(sentence.text):
        period = _period(match, published)
        if period is None:
            continue
        start, end, precision, basis = period
        if (match["edge"] or "").startswith(("the end", "end", "late")) and precision is Precision.YEAR:
            start = date(end.year, 10, 1)
        span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
        when = When(start, end, precision, _bound(match["bound"]), basis, DateOf.EVENT, match.group().strip())
        yield DateMention(span, sentence.index, when)


def _bound(words: str | None) -> Bound:
    low = (words or "").lower().strip()
    if low in ("by", "before", "no later than", "until"):
        return Bound.NOT_AFTER
    return Bound.NOT_BEFORE if low and low != "as of" else Bound.EXACT


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


Period = tuple[date, date, Precision, DateBasis]


def _period(match: re.Match[str], published: date | None) -> Period | None:
    for read in (_day, _month_period, _part_of_year):
        try:
            found = read(match, published)
        except ValueError:
            return None  # 31 February, or a month without a year and without a day of publication
        if found is not None:
            return found
    return _relative(match, published) if published is not None else None


def _basis(year: str | None) -> DateBasis:
    return DateBasis.STATED if year else DateBasis.INFERRED


def _day(match: re.Match[str], published: date | None) -> Period | None:
    for day, month, year in (("d1", "m1", "y1"), ("d2", "m2", "y2")):
        if match[day]:
            number = int(match[year]) if match[year] else _nearest_year(_month(match[month]), published)
            one = date(number, _month(match[month]), int(match[day]))
            return one, one, Precision.DAY, _basis(match[year])
    return None


def _month_period(match: re.Match[str], published: date | None) -> Period | None:
    name = match["m3"] or match["m7"]
    if not name:
        return None
    year = int(match["y3"]) if match["y3"] else _nearest_year(_month(name), published)
    return *_month_of(year, _month(name)), Precision.MONTH, _basis(match["y3"])


def _part_of_year(match: re.Match[str], published: date | None) -> Period | None:
    if match["y6"]:
        return date(int(match["y6"]), 1, 1), date(int(match["y6"]), 12, 31), Precision.YEAR, DateBasis.STATED
    if not match["season"] and not match["quarter"]:
        return None
    stated = match["y4"] or match["y5"]
    year = int(stated) if stated else _nearest_year(1, published)
    if match["season"]:
        month, precision = _SEASONS[match["season"]], Precision.SEASON
    else:
        month = 1 + 3 * ("first", "second", "third", "fourth").index(match["quarter"])
        precision = Precision.QUARTER
    first = date(year, month, 1)
    return first, first + relativedelta(months=3) - timedelta(1), precision, _basis(stated)


def _relative(match: re.Match[str], published: date) -> Period | None:
    inferred = DateBasis.INFERRED
    if match["weekday"]:
        back = (published.weekday() - _DAYS.index(match["weekday"].lower())) % 7
        one = published - timedelta(back)
        return one, one, Precision.DAY, inferred
    if match["day"]:
        one = published + timedelta({"today": 0, "yesterday": -1, "tomorrow": 1}[match["day"].lower()])
        return one, one, Precision.DAY, inferred
    step = {"last": -1, "this": 0, "next": 1}.get(match["relative"].lower(), 0)
    if match["unit"] == "year":
        year = published.year + step
        return date(year, 1, 1), date(year, 12, 31), Precision.YEAR, inferred
    if match["unit"] == "month":
        there = published + relativedelta(months=step)
        return *_month_of(there.year, there.month), Precision.MONTH, inferred
    if match["unit"] == "week":
        monday = published - timedelta(published.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6), Precision.DAY, inferred
    return None


def _month_of(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, first + relativedelta(months=1) - timedelta(1)


def _nearest_year(month: int, published: date | None) -> int:
    if published is None:
        raise ValueError("a month without its year needs a day of publication")
    return published.year - 1 if month > published.month + 6 else published.year
