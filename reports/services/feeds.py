"""Feeds that poll themselves: conditional GET, one article an item, a growing pause after failures."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from reports.fetch.client import get
from reports.fetch.errors import FetchError
from reports.fetch.feed import FeedItem, read_feed
from reports.fetch.page import fetch_page
from reports.fetch.policy import FetchPolicy
from reports.models import Article, Failure, Feed, Source
from reports.services.catalogue import source_of
from reports.services.intake import keep_failure, store_document

INTERVAL = timedelta(minutes=30)
LONGEST_PAUSE = timedelta(days=1)
MOST_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll brought: new articles, items that failed, and what was wrong with the feed, if anything."""

    new: int = 0
    failed: int = 0
    problem: str = ""


def fetch_policy() -> FetchPolicy:
    """The limits of fetching, with the hosts that the settings vouch for."""
    return FetchPolicy(allowed_hosts=frozenset(settings.FETCH_ALLOWED_HOSTS))


def add_feed(*, url: str, source: Source | None = None) -> Feed:
    """Follow a feed, after reading it once, so that a mistyped address is refused at once.

    Raises:
        FetchError: it does not answer, or is no feed.
    """
    answer = get(url, fetch_policy())
    read_feed(answer.body, url=answer.url, content_type=answer.content_type)
    domain = (urlsplit(url).hostname or "").removeprefix("www.")
    feed, _ = Feed.objects.get_or_create(url=url, defaults={"source": source or source_of(domain=domain, name=domain)})
    return feed


def take_due_feeds(*, now: datetime) -> list[int]:
    """Active feeds that are due, each given once: its next poll moves on, so that no two workers poll one feed."""
    due = Q(next_poll_at=None) | Q(next_poll_at__lte=now)
    waiting = Feed.objects.filter(due, active=True).order_by("next_poll_at").values_list("pk", flat=True)
    return [
        feed for feed in waiting if Feed.objects.filter(due, pk=feed, active=True).update(next_poll_at=now + INTERVAL)
    ]


def poll_feed(*, feed_id: int, now: datetime) -> Polled | None:
    """Fetch a feed if it changed, and store the page of each new item. None where the feed is gone or paused."""
    feed = Feed.objects.filter(pk=feed_id, active=True).select_related("source").first()
    if feed is None:
        return None
    policy = fetch_policy()
    try:
        answer = get(feed.url, policy, etag=feed.etag or None, last_modified=feed.last_modified or None)
        if answer.not_modified:
            return _polled(feed, now, Polled())
        read = read_feed(answer.body, url=answer.url, content_type=answer.content_type)
    except FetchError as error:
        return _failed(feed, now, error)
    result = _take_in(feed, read.items, policy, now)
    feed.etag, feed.last_modified = answer.etag[:500], answer.last_modified[:200]
    return _polled(feed, now, Polled(result.new, result.failed, read.problem))


def _take_in(feed: Feed, items: tuple[FeedItem, ...], policy: FetchPolicy, now: datetime) -> Polled:
    new = failed = 0
    for item in items:
        if not item.url or _known(item.url):
            continue
        try:
            document = fetch_page(item.url, policy)
            # the item's own address is its locator, so that it is known again wherever it redirects to
            document = replace(document, locator=item.url, published=document.published or item.published)
            store_document(document=document, now=now, source=feed.source, feed=feed)
            new += 1
        except FetchError as error:
            keep_failure(locator=item.url, error=error.about(item.url), feed=feed)
            failed += 1
    return Polled(new, failed)


def _known(url: str) -> bool:
    """Whether an item was taken in, or failed so often that it is left alone."""
    return (
        Article.objects.filter(Q(locator=url) | Q(url=url)).exists()
        or Failure.objects.filter(locator=url, attempts__gte=MOST_ATTEMPTS).exists()
    )


def _polled(feed: Feed, now: datetime, result: Polled) -> Polled:
    feed.polled_at, feed.next_poll_at, feed.failures = now, now + INTERVAL, 0
    feed.problem = result.problem[:500]
    feed.save()
    return result


def _failed(feed: Feed, now: datetime, error: FetchError) -> Polled:
    feed.failures += 1
    pause = min(INTERVAL * 2 ** min(feed.failures, 10), LONGEST_PAUSE)
    if error.retry_after:
        pause = max(pause, timedelta(seconds=min(error.retry_after, LONGEST_PAUSE.total_seconds())))
    feed.polled_at, feed.next_poll_at, feed.problem = now, now + pause, error.message[:500]
    feed.save()
    return Polled(problem=error.message)
