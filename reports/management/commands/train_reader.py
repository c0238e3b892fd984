"""`manage.py train_reader`: trains the reader from the labelled text in the repository."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from reports.catalogue.load import load_catalogue
from reports.extraction.config import names
from reports.extraction.encoder import HEADS, MODEL
from reports.extraction.weigher import PATH
from reports.training.corpus import lessons, limit_lessons

LABELS = Path("tests/data/graded")


class Command(BaseCommand):
    help = (
        "Trains the reader from labelled text (needs requirements-train.txt; about an hour on two cores). "
        "Never reads held-back articles."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--labels", type=Path, default=LABELS, help="folder with the labelled text")
        parser.add_argument("--epochs", type=int, default=5, help="how often each article is shown")
        parser.add_argument("--keep", type=Path, help="file to keep the network in after each showing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from reports.training.course import course  # noqa: PLC0415  what it imports is there for training only
        except ImportError as error:
            raise CommandError(
                f"{error}; install what training needs: pip install -r requirements-train.txt"
            ) from error
        catalogue = names(load_catalogue())
        learned = lessons(options["labels"], catalogue, lambda rows: tqdm(list(rows), desc="reading", unit="text"))
        report = course(
            learned,
            limit_lessons(options["labels"], catalogue),
            catalogue,
            epochs=options["epochs"],
            keep=options["keep"],
            progress=lambda rows: tqdm(rows, desc="learning", unit="batch"),
            tell=self.stdout.write,
            encoder=MODEL,
            heads=HEADS,
            weights=PATH,
        )
        for line in report:
            self.stdout.write(line)
