"""manage.py reextract: texts are read again, in the bulk queue."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reports.models import Text
from reports.services.queue import enqueue
from reports.services.reading import article_texts, ask_for_rereading, texts_by_older_readers


class Command(BaseCommand):
    help = "Let the worker read texts again. The news goes before: this has a queue of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--all", action="store_true", help="every text")
        what.add_argument("--older", action="store_true", help="texts last read by another version of the reader")
        what.add_argument("--article", help="the text of one article, by its public id")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["article"]:
            texts = article_texts(public_id=options["article"])
            if not texts:
                raise CommandError(f"there is no article {options['article']}")
        elif options["older"]:
            texts = texts_by_older_readers()
        else:
            texts = list(Text.objects.filter(redacted_at=None).values_list("pk", flat=True))
        asked = ask_for_rereading(texts=texts, now=timezone.now())
        enqueue(texts=texts, bulk=True)
        self.stdout.write(f"{asked} texts wait to be read again.")
