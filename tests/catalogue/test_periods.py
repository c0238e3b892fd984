"""Periods of dates that are only as precise as somebody knew them."""

import pytest

from reports.catalogue.periods import overlap, within


@pytest.mark.parametrize(
    ("day", "start", "end", "inside"),
    [
        ("2013-05-06", "2012", "2014", True),
        ("2013-05-06", "", "", True),
        ("2013-05-06", "2013-05", "", True),
        ("2013-05-06", "2013-06", "", False),
        ("2013-05-06", "2010", "2013-05", True),
        ("2013-05-06", "2010", "2013-05-05", False),
        ("2013-05-06", "", "2012", False),
        ("2013-05", "2013-05-20", "", True),
        ("2013", "2013-05-20", "2013-06", True),
    ],
)
def test_a_day_lies_in_a_period_as_far_as_the_dates_tell(day: str, start: str, end: str, inside: bool) -> None:
    assert within(day, start, end) is inside


@pytest.mark.parametrize(
    ("first", "second", "overlapping"),
    [
        (("2001", "2005"), ("2005-03", ""), False),
        (("2001", "2005-03"), ("2005-03-14", ""), False),
        (("2001", "2005-03"), ("2005-02", "2010"), True),
        (("", ""), ("1990", "1991"), True),
        (("1990", "1991"), ("1992", ""), False),
    ],
)
def test_a_period_follows_another_in_its_last_day_month_or_year(
    first: tuple[str, str], second: tuple[str, str], overlapping: bool
) -> None:
    assert overlap(*first, *second) is overlapping
    assert overlap(*second, *first) is overlapping
