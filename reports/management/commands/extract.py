"""`manage.py extract FILE...`: what the reader finds in files, as JSON Lines. Touches no database."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from reports.catalogue.load import load_catalogue
from reports.extraction.config import default_config
from reports.extraction.output import as_dict
from reports.extraction.reader import read
from reports.fetch.errors import FetchError
from reports.fetch.files import read_file, read_stream
from reports.records import Document, canonical


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--published: {text!r} is no date (YYYY-MM-DD)") from error


class Command(BaseCommand):
    help = (
        "Reads files and prints their deals and statements as JSON Lines, one object per file. '-' is standard input."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--title", help="the title, where the file's first line is none")
        parser.add_argument("--published", type=_day, help="the day of publication, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        config = default_config(load_catalogue())
        failed = 0
        files: list[str] = options["files"]
        for name in tqdm(files, desc="reading", unit="file", disable=len(files) < 20 or not sys.stderr.isatty()):
            for document in self._documents(name):
                if isinstance(document, FetchError):
                    self.stderr.write(f"{name}: {document}")
                    failed += 1
                    continue
                content = _content(document, options["title"])
                published = options["published"] or (document.published.date() if document.published else None)
                reading = read(content, published=published, config=config)
                self.stdout.write(json.dumps(as_dict(reading, name, content), ensure_ascii=False))
        if failed:
            raise SystemExit(1)

    def _documents(self, name: str) -> Iterator[Document | FetchError]:
        return read_stream(sys.stdin.buffer, "-") if name == "-" else read_file(Path(name))


def _content(document: Document, title: str | None) -> str:
    """The canonical text. With --title the file is all body."""
    if title is None:
        return document.content
    body = f"{document.title}\n\n{document.body}" if document.title else document.body
    return canonical(title, body)
