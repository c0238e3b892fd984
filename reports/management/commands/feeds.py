"""manage.py feeds add URL | list | poll | remove URL: the feeds that armstrack follows."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reports.fetch.errors import FetchError
from reports.models import Feed
from reports.services.feeds import add_feed, poll_feed


class Command(BaseCommand):
    help = "Follow RSS and Atom feeds. The scheduler polls them by itself; `poll` does it now."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("add", help="follow a feed").add_argument("url")
        what.add_parser("list", help="the feeds, and how each does")
        what.add_parser("poll", help="poll all of them now, or one").add_argument("url", nargs="?")
        what.add_parser("remove", help="follow a feed no more; its articles stay").add_argument("url")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["what"]:
            case "add":
                self._add(options["url"])
            case "list":
                self._list()
            case "poll":
                self._poll(options["url"])
            case "remove":
                self._feed(options["url"]).delete()

    def _add(self, url: str) -> None:
        try:
            feed = add_feed(url=url)
        except FetchError as error:
            raise CommandError(error.about(url).message) from error
        self.stdout.write(f"following {feed.url} for {feed.source}")

    def _list(self) -> None:
        for feed in Feed.objects.select_related("source"):
            state = "active" if feed.active else "paused"
            polled = f"polled {feed.polled_at:%Y-%m-%d %H:%M}" if feed.polled_at else "not polled yet"
            problem = f", {feed.failures} failures in a row: {feed.problem}" if feed.failures else ""
            self.stdout.write(f"{feed.url} ({feed.source}): {state}, {polled}{problem}")
        if not Feed.objects.exists():
            self.stdout.write("no feeds yet: manage.py feeds add URL")

    def _poll(self, url: str | None) -> None:
        failed = 0
        for feed in [self._feed(url)] if url else Feed.objects.filter(active=True):
            polled = poll_feed(feed_id=feed.pk, now=timezone.now())
            if polled is None:
                continue
            self.stdout.write(f"{feed.url}: {polled.new} new, {polled.failed} failed {polled.problem}".rstrip())
            failed += bool(polled.problem and not polled.new) + polled.failed
        if failed:
            raise CommandError(f"{failed} failed; each is kept with its reason")

    @staticmethod
    def _feed(url: str) -> Feed:
        feed = Feed.objects.filter(url=url).first()
        if feed is None:
            raise CommandError(f"no feed {url} is followed; `feeds list` shows them")
        return feed
