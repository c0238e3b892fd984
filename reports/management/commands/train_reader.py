"""`manage.py train_reader`: fits the reader's weights from the labelled text in the repository."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from reports.catalogue.load import load_catalogue
from reports.extraction.config import default_config
from reports.extraction.weigher import PATH
from reports.training.corpus import lessons
from reports.training.fit import fit
from reports.training.weights_file import write_weights

LABELS = Path("tests/data/graded")


class Command(BaseCommand):
    help = (
        "Fits the reader's weights from labelled text (needs requirements-train.txt). Never reads held-back articles."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--labels", type=Path, default=LABELS, help="folder with dev.jsonl, heldback.txt, passages.jsonl, text/"
        )
        parser.add_argument("--out", type=Path, default=PATH, help="where the weights go")

    def handle(self, *args: Any, **options: Any) -> None:
        config = default_config(load_catalogue())
        learned = lessons(options["labels"], config, lambda rows: tqdm(list(rows), desc="reading", unit="text"))
        weights, report = fit(learned, config)
        write_weights(options["out"], {"models": weights.models, "thresholds": weights.thresholds})
        for line in report:
            self.stdout.write(line)
