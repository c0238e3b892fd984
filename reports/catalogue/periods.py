"""Periods between two dates that are written YYYY, YYYY-MM or YYYY-MM-DD; an empty date is open."""


def overlap(start: str, end: str, other_start: str, other_end: str) -> bool:
    """Whether two periods share more than the day, month or year in which one follows the other."""
    return not _before(end, other_start) and not _before(other_end, start)


def within(day: str, start: str, end: str) -> bool:
    """Whether a day (or month, or year) lies in a period, as far as the dates tell; both of its ends belong to it."""
    return _shared(start, day) <= _shared(day, start) and (not end or _shared(day, end) <= _shared(end, day))


def _before(end: str, start: str) -> bool:
    return bool(end and start) and _shared(end, start) <= _shared(start, end)


def _shared(date: str, other: str) -> str:
    """A date, no more precise than the other."""
    return date[: len(other)]
