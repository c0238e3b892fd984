"""An RSS or Atom feed to its items: what can be read of it, and what was wrong with the rest."""

import calendar
import contextlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

import feedparser
import lxml.etree
import lxml.html

from reports.fetch.client import media_type
from reports.fetch.errors import FetchError, Reason, one_line
from reports.fetch.policy import MEGABYTE

FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
)
MAX_FEED = 4 * MEGABYTE
# Counted as "<"; feeds have some thousands. Parsing takes a minute on what a hostile four megabytes can hold.
MAX_TAGS = 100_000
MAX_ITEMS = 500
_MAX_SUMMARY = 5_000


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry. `url` is absolute; `guid` is what the feed calls the entry, or its `url`; `summary` is plain text."""

    title: str
    url: str
    published: datetime | None = None
    summary: str = ""
    guid: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as far as it could be read; `problem` is one line where that was not all of it."""

    title: str
    items: tuple[FeedItem, ...]
    language: str = ""
    problem: str = ""


def read_feed(data: bytes, *, url: str = "", content_type: str = "") -> Feed:
    """The items of a feed, at most MAX_ITEMS, in its order. Relative links are taken from `url`.

    Raises FetchError (too_large, empty, malformed) where it is no feed at all.
    """
    where = url or "the feed"
    if len(data) > MAX_FEED:
        raise FetchError(Reason.TOO_LARGE, f"{where} has {len(data):,} bytes, more than {MAX_FEED:,}")
    if (tags := data.count(b"<")) > MAX_TAGS:
        raise FetchError(Reason.TOO_LARGE, f"{where} has {tags:,} tags, more than {MAX_TAGS:,}")
    if not data.strip():
        raise FetchError(Reason.EMPTY, f"{where} is empty")
    headers = {"content-type": content_type} if content_type else {}
    headers |= {"content-location": url} if url else {}
    try:
        # A file object: feedparser would open a bare string as an address or a file.
        parsed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except Exception as error:  # a parser of hostile input: whatever it trips over, the caller hears one thing
        raise FetchError(Reason.MALFORMED, f"{where} cannot be taken apart: {type(error).__name__}") from error
    if not parsed.get("version") and not parsed.entries:
        page = data[:2000].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        what = "is a web page, not a feed" if page or "html" in media_type(content_type) else "is not a feed"
        raise FetchError(Reason.MALFORMED, f"{where} {what}")
    items: dict[str, FeedItem] = {}
    lost = 0
    for entry in parsed.entries[:MAX_ITEMS]:
        item = _item(entry, url)
        if item is None:
            lost += 1
        else:
            items.setdefault(item.url, item)
    problems = [
        f"not well formed: {one_line(str(parsed.get('bozo_exception', '')), 120)}" if _broken(parsed) else "",
        f"{lost} of its items have no address" if lost else "",
        f"{len(parsed.entries):,} items, of which the first {MAX_ITEMS} are kept"
        if len(parsed.entries) > MAX_ITEMS
        else "",
    ]
    return Feed(
        title=_plain(parsed.feed.get("title"), 300),
        items=tuple(items.values()),
        language=one_line(str(parsed.feed.get("language") or ""), 35),
        problem="; ".join(filter(None, problems)),
    )


def _broken(parsed: Mapping[str, object]) -> bool:
    """Whether something was lost: a header that names another charset or type than the feed is in costs nothing."""
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return bool(parsed.get("bozo")) and not isinstance(parsed.get("bozo_exception"), harmless)


def _item(entry: dict[str, object], base: str) -> FeedItem | None:
    """An entry with an address that can be visited, or nothing."""
    guid = one_line(str(entry.get("id") or ""), 500)
    # A guid that is an address is the entry's own page (RSS: isPermaLink) where no link says otherwise.
    for candidate in (entry.get("link"), guid):
        try:
            url = urljoin(base, str(candidate or "").strip())
        except ValueError:
            continue
        if candidate and url.lower().startswith(("http://", "https://")) and url.isprintable() and len(url) <= 2000:
            summary = _plain(entry.get("summary"), _MAX_SUMMARY)
            return FeedItem(_plain(entry.get("title"), 500), url, _published(entry), summary, guid or url)
    return None


def _published(entry: dict[str, object]) -> datetime | None:
    for key in ("published_parsed", "updated_parsed"):
        # In UTC already. Asked past feedparser's own `get`, which stands in one for the other and warns.
        moment = dict.get(entry, key)
        if isinstance(moment, tuple):
            try:
                return datetime.fromtimestamp(calendar.timegm(moment), UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _plain(value: object, limit: int) -> str:
    """The words of a text that may be HTML, on one line."""
    text = str(value or "").strip()
    if "<" in text or "&" in text:
        with contextlib.suppress(lxml.etree.LxmlError, ValueError, AssertionError):
            text = str(lxml.html.fromstring(f"<div>{text[:100_000]}</div>").text_content())
    return one_line(text, limit)
