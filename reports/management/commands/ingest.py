"""manage.py ingest PATH|URL...: files, folders and web pages in, to be read by the worker."""

import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from reports.fetch.errors import FetchError
from reports.fetch.files import read_file, walk
from reports.fetch.page import fetch_page
from reports.models import Source
from reports.records import Document
from reports.services.feeds import fetch_policy
from reports.services.intake import keep_failure, store_document
from reports.services.sample import still_waiting

SILENCE = 60.0  # seconds without progress after which nobody seems to be working


class Command(BaseCommand):
    help = "Store articles from files (.txt .md .html .json .jsonl), folders or web pages; the worker reads them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("places", nargs="+", metavar="PATH|URL")
        parser.add_argument("--source", help="slug of the source that they are of")
        parser.add_argument(
            "--published", type=_day, help="day of publication where the document gives none: YYYY-MM-DD"
        )
        parser.add_argument("--wait", action="store_true", help="wait until the worker has read them")

    def handle(self, *args: Any, **options: Any) -> None:
        source = self._source(options["source"])
        texts: list[int] = []
        new = known = failed = 0
        with tqdm(unit="document", desc="ingest") as bar:
            for locator, found in _documents(options["places"]):
                bar.update()
                if isinstance(found, FetchError):
                    error = found.about(locator)
                    keep_failure(locator=locator, error=error)
                    bar.write(error.message, file=sys.stderr)
                    failed += 1
                    continue
                stored = store_document(document=_dated(found, options["published"]), now=timezone.now(), source=source)
                texts.append(stored.article.text_id)
                new, known = new + stored.new_article, known + (not stored.new_article)
        if options["wait"]:
            self._wait(texts)
        self.stdout.write(f"{new} new articles, {known} known, {failed} failed")
        if failed:
            raise CommandError(f"{failed} could not be taken in; each is kept with its reason", returncode=1)

    @staticmethod
    def _wait(texts: list[int]) -> None:
        moved, last = time.monotonic(), len(texts) + 1
        while left := still_waiting(texts=texts):
            if left < last:
                moved, last = time.monotonic(), left
            if time.monotonic() - moved > SILENCE:
                raise CommandError(f"{left} texts wait, and no worker reads them: is one running (manage.py up)?")
            time.sleep(0.2)

    @staticmethod
    def _source(slug: str | None) -> Source | None:
        if slug is None:
            return None
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            raise CommandError(f"there is no source with the slug “{slug}”; the admin lists them under Sources")
        return source


def _day(words: str) -> datetime:
    try:
        return datetime.fromisoformat(words).replace(tzinfo=UTC)
    except ValueError:
        raise ArgumentTypeError(f"“{words}” is no day; write it as YYYY-MM-DD") from None


def _dated(document: Document, published: datetime | None) -> Document:
    if document.published or published is None:
        return document
    return Document(
        document.title, document.body, document.locator, document.url, published, document.outlet, document.language
    )


def _documents(places: list[str]) -> Iterator[tuple[str, Document | FetchError]]:
    """Each document of each place, or the error in its place."""
    for place in places:
        if place.startswith(("http://", "https://")):
            try:
                yield place, fetch_page(place, fetch_policy())
            except FetchError as error:
                yield place, error
            continue
        try:
            for path in walk(Path(place)):
                for found in read_file(path):
                    yield str(path), found
        except FetchError as error:
            yield place, error
