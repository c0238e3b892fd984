"""manage.py redact ARTICLE: a takedown."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reports.services.redaction import redact_article


class Command(BaseCommand):
    help = "Blank an article's text, for all its articles, and the words of its evidence everywhere. Cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("article", help="public id, as in the address of its page")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = redact_article(public_id=options["article"], now=timezone.now())
        except LookupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"The text was taken down, for {count} article{'s' if count != 1 else ''}.")
