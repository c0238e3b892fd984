"""`manage.py train_statements`: fits the weights of attribution from the labelled text in the repository."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from reports.catalogue.load import load_catalogue
from reports.extraction.config import default_config
from reports.extraction.logistic import Weigher
from reports.extraction.tables import DATA
from reports.training.statements import fit_allegiances, fit_stances, fit_statements, lessons
from reports.training.weights_file import write_weights

LABELS = Path("tests/data/graded")


class Command(BaseCommand):
    help = "Fits the weights that find statements (needs requirements-train.txt). Never reads held-back articles."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--labels", type=Path, default=LABELS, help="folder with dev.jsonl, heldback.txt, passages.jsonl, text/"
        )
        parser.add_argument("--out", type=Path, default=DATA, help="folder that the weights go to")

    def handle(self, *args: Any, **options: Any) -> None:
        config = default_config(load_catalogue())

        def read() -> list[Any]:
            return lessons(options["labels"], config, watch=lambda rows: tqdm(list(rows), desc="reading", unit="text"))

        # The voices' parties are features of the other two models, so they are fitted first and the texts read again.
        self._write(options["out"], "allegiance_weights", fit_allegiances(read()))
        Weigher.shipped.cache_clear()
        texts = read()
        self._write(options["out"], "statement_weights", fit_statements(texts))
        self._write(options["out"], "stance_weights", fit_stances(texts))

    def _write(self, folder: Path, name: str, weights: dict[str, Any]) -> None:
        path = folder / f"{name}.json"
        write_weights(path, weights)
        self.stdout.write(f"{path}: {sum(map(len, weights['weights'].values()))} weights")
