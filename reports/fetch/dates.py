"""Dates of publication as files, feeds and pages write them, to aware times in UTC."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def parse_date(written: str) -> datetime | None:
    """The time that an ISO 8601 or RFC 5322 date means; UTC where no zone is given, midnight where no time is.

    Nothing for an empty string; ValueError for what is no date. Nothing is guessed: `05/06/2013` is no date.
    """
    written = written.strip()
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        try:
            moment = parsedate_to_datetime(written)
        except (ValueError, IndexError, OverflowError):
            raise ValueError(f"{written[:60]!r} is not a date") from None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{written[:60]!r} is not a date") from None
