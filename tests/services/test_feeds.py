"""Feeds are polled against a real server: once an item, no more than needed, and ever more rarely while they fail."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.fetch.errors import FetchError
from reports.models import Article, Failure, Feed
from reports.services import feeds
from reports.services.feeds import INTERVAL, LONGEST_PAUSE, MOST_ATTEMPTS, add_feed, poll_feed, take_due_feeds
from tests.fetch.serving import Site, serving
from tests.services.newsroom import NOW

PAGE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>Russia has signed a contract to deliver twelve MiG-29 fighter jets to Syria, officials in Moscow said on Friday.</p>
<p>The first of them are to arrive in Damascus next year, and pilots are being trained in the meantime.</p>
<p>Number {title} of the reports that this test serves has no other purpose than to be told apart.</p>
</article></body></html>"""
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(running: Site, settings: Any) -> Site:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    running.answers.clear()
    running.asked.clear()
    return running


def publish(site: Site, *items: str, broken: str = "", **headers: Any) -> str:
    """Serve a feed of items, each with its page; the address of the feed."""
    entries = []
    for item in items:
        url = site.reply(f"/{item}", PAGE.format(title=item).encode(), content_type="text/html; charset=utf-8")
        entries.append(f"<item><title>{item}</title><link>{url}</link></item>")
    body = f"<rss version='2.0'><channel><title>News</title>{''.join(entries)}</channel></rss>{broken}"
    return site.reply("/feed", body.encode(), content_type="application/rss+xml", **headers)


def asked(site: Site) -> list[str]:
    """What was asked for since the last look."""
    paths = [path for path, _ in site.asked]
    site.asked.clear()
    return paths


def test_each_new_item_is_fetched_once(site: Site) -> None:
    feed = add_feed(url=publish(site, "one", "two"))
    asked(site)
    first = poll_feed(feed_id=feed.pk, now=NOW)
    assert first is not None
    assert (first.new, first.failed, sorted(asked(site))) == (2, 0, ["/feed", "/one", "/two"])
    publish(site, "one", "two", "three")
    second = poll_feed(feed_id=feed.pk, now=NOW)
    assert second is not None
    assert (second.new, asked(site)) == (1, ["/feed", "/three"])
    assert Article.objects.filter(feed=feed).count() == 3


def test_what_did_not_change_is_not_sent_again(site: Site) -> None:
    feed = add_feed(url=publish(site, "one", ETag='"v1"'))
    poll_feed(feed_id=feed.pk, now=NOW)
    site.reply("/feed", status=304)
    site.asked.clear()
    polled = poll_feed(feed_id=feed.pk, now=NOW)
    assert polled is not None
    assert (polled.new, polled.problem) == (0, "")
    assert [headers.get("If-None-Match") for _, headers in site.asked] == ['"v1"']
    feed.refresh_from_db()
    assert (feed.etag, feed.failures, feed.next_poll_at) == ('"v1"', 0, NOW + INTERVAL)


def test_a_malformed_feed_gives_what_can_be_read(site: Site) -> None:
    feed = add_feed(url=publish(site, "one"))
    publish(site, "one", "two", broken="<item><broken")
    polled = poll_feed(feed_id=feed.pk, now=NOW)
    assert polled is not None
    assert polled.new == 2


def test_a_feed_that_fails_is_polled_ever_more_rarely(site: Site) -> None:
    feed = add_feed(url=publish(site, "one"))
    site.reply("/feed", status=500)
    pauses = []
    for _ in range(9):
        poll_feed(feed_id=feed.pk, now=NOW)
        feed.refresh_from_db()
        assert feed.next_poll_at is not None
        pauses.append(feed.next_poll_at - NOW)
    assert pauses[:3] == [INTERVAL * 2, INTERVAL * 4, INTERVAL * 8]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    assert (feed.failures, "500" in feed.problem) == (9, True)
    publish(site, "one")
    poll_feed(feed_id=feed.pk, now=NOW)
    feed.refresh_from_db()
    assert (feed.failures, feed.problem, feed.next_poll_at) == (0, "", NOW + INTERVAL)


def test_a_server_that_asks_for_a_pause_gets_it(site: Site) -> None:
    feed = add_feed(url=publish(site, "one"))
    site.reply("/feed", status=429, Retry_After="36000")
    poll_feed(feed_id=feed.pk, now=NOW)
    feed.refresh_from_db()
    assert feed.next_poll_at == NOW + timedelta(hours=10)


def test_an_item_that_fails_is_kept_tried_again_and_given_up(site: Site) -> None:
    feed = add_feed(url=publish(site, "one"))
    site.reply("/one", status=404)
    for _ in range(MOST_ATTEMPTS):
        polled = poll_feed(feed_id=feed.pk, now=NOW)
        assert polled is not None
        assert polled.failed == 1
    failure = Failure.objects.get()
    assert (failure.locator, failure.reason, failure.attempts) == (site.url("/one"), "http_status", MOST_ATTEMPTS)
    assert failure.detail.count(site.url("/one")) == 1
    asked(site)
    poll_feed(feed_id=feed.pk, now=NOW)
    assert asked(site) == ["/feed"]


def test_an_item_that_failed_comes_in_later(site: Site) -> None:
    feed = add_feed(url=publish(site, "one"))
    site.reply("/one", status=503)
    poll_feed(feed_id=feed.pk, now=NOW)
    publish(site, "one")
    poll_feed(feed_id=feed.pk, now=NOW)
    assert (Article.objects.count(), Failure.objects.count()) == (1, 0)


@pytest.mark.parametrize("path", ["/none", "/page"])
def test_what_is_no_feed_is_refused_at_once(site: Site, path: str) -> None:
    site.reply("/none", status=404)
    site.reply("/page", b"<html><body>no feed</body></html>", content_type="text/html")
    with pytest.raises(FetchError):
        add_feed(url=site.url(path))
    assert not Feed.objects.exists()


def test_a_due_feed_is_given_to_one_worker(site: Site) -> None:
    feed = add_feed(url=publish(site, "one"))
    assert take_due_feeds(now=NOW) == [feed.pk]
    assert take_due_feeds(now=NOW) == []
    assert take_due_feeds(now=NOW + INTERVAL) == [feed.pk]
    Feed.objects.update(active=False)
    assert take_due_feeds(now=NOW + INTERVAL * 3) == []
    assert poll_feed(feed_id=feed.pk, now=NOW) is None


def test_the_limits_of_fetching_are_those_of_the_settings(settings: Any) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["intranet.example"]
    assert feeds.fetch_policy().allowed_hosts == {"intranet.example"}


class TestCommand:
    def test_a_feed_is_followed_listed_polled_and_left(self, site: Site, capsys: Any) -> None:
        url = publish(site, "one")
        call_command("feeds", "list")
        call_command("feeds", "add", url)
        call_command("feeds", "poll")
        call_command("feeds", "list")
        call_command("feeds", "remove", url)
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "no feeds yet: manage.py feeds add URL"
        assert lines[1] == f"following {url} for 127.0.0.1"
        assert lines[2] == f"{url}: 1 new, 0 failed"
        assert "active, polled 2" in lines[3]
        assert (Feed.objects.count(), Article.objects.count()) == (0, 1)

    def test_what_fails_is_said_and_ends_in_error(self, site: Site) -> None:
        with pytest.raises(CommandError, match="is followed"):
            call_command("feeds", "poll", "https://nowhere.example/feed")
        site.reply("/none", status=404)
        with pytest.raises(CommandError, match="404"):
            call_command("feeds", "add", site.url("/none"))
        call_command("feeds", "add", publish(site, "one"))
        site.reply("/one", status=404)
        with pytest.raises(CommandError, match="1 failed; each is kept with its reason"):
            call_command("feeds", "poll")
