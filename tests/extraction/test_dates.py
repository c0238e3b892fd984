from datetime import date

import pytest

from reports.choices import Bound, Precision
from reports.extraction.dates import find_dates
from reports.extraction.mentions import Sentence
from reports.records import Span, When

FRIDAY = date(2013, 5, 31)


def when(text: str, published: date | None = FRIDAY) -> list[When]:
    return [found.when for found in find_dates(Sentence(0, 0, Span(0, len(text)), text), published)]


@pytest.mark.parametrize(
    ("text", "start", "precision", "bound"),
    [
        ("on Thursday", date(2013, 5, 30), Precision.DAY, Bound.EXACT),
        ("on May 3, 2012", date(2012, 5, 3), Precision.DAY, Bound.EXACT),
        ("on 5 June", date(2013, 6, 5), Precision.DAY, Bound.EXACT),
        ("in September 2015", date(2015, 9, 1), Precision.MONTH, Bound.EXACT),
        ("no earlier than autumn", date(2013, 9, 1), Precision.SEASON, Bound.NOT_BEFORE),
        ("by the end of 2025", date(2025, 10, 1), Precision.YEAR, Bound.NOT_AFTER),
        ("next year", date(2014, 1, 1), Precision.YEAR, Bound.EXACT),
        ("in the second quarter of 2014", date(2014, 4, 1), Precision.QUARTER, Bound.EXACT),
    ],
)
def test_dates_keep_their_precision_and_bound(text: str, start: date, precision: Precision, bound: Bound) -> None:
    (found,) = when(text)
    assert (found.start, found.precision, found.bound) == (start, precision, bound)


def test_relative_dates_are_left_out_without_a_day_of_publication() -> None:
    assert when("on Thursday", None) == []


@pytest.mark.parametrize("text", ["on 31 February 2013", "about 1,500 jets"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert when(text) == []
