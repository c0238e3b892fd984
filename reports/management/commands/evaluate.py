"""`manage.py evaluate`: how well the reader reads labelled articles; the held-back third is reported apart."""

import sys
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from reports.catalogue.load import load_catalogue
from reports.cluster_scoring import (
    Label,
    b_cubed,
    keys_to_score,
    labelled_claims,
    partition,
    published,
    read_claims,
)
from reports.extraction.config import default_config
from reports.extraction.output import as_dict
from reports.extraction.reader import read
from reports.records import canonical
from reports.resolution.records import Method
from reports.scoring import Score, read_labels

GRADED = Path("tests/data/graded")


class Command(BaseCommand):
    help = "Scores the reader against labelled articles (by default the graded ones of the repository)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--gold", type=Path, default=GRADED / "dev.jsonl", help="labels, JSON Lines")
        parser.add_argument("--text", type=Path, default=GRADED / "text", help="folder of <id>.txt")
        parser.add_argument("--errors", action="store_true", help="list the errors (never those of held-back articles)")
        parser.add_argument("--tags", action="store_true", help="the figures for each tag too")
        parser.add_argument(
            "--clusters", action="store_true", help="how well what is read becomes deals, instead: B-cubed figures"
        )
        parser.add_argument("--oracle", action="store_true", help="with --clusters: of the labels, not of what is read")

    def handle(self, *args: Any, **options: Any) -> None:
        gold, folder = options["gold"], options["text"]
        try:
            labels = read_labels(gold)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        listed = gold.parent / "heldback.txt"
        held = set(listed.read_text(encoding="utf-8").split()) if listed.exists() else set()
        if options["clusters"]:
            self._clusters(labels, folder, held, oracle=options["oracle"])
            return
        config = default_config(load_catalogue())
        whole = {False: Score(), True: Score()}
        tags: dict[str, Score] = {}
        for label in tqdm(labels, desc="reading", unit="article", disable=not sys.stderr.isatty()):
            content = _content(folder, label)
            answer = as_dict(read(content, published=None, config=config), label["id"], content)
            whole[label["id"] in held].add(label, answer)
            for tag in label.get("tags") or ():
                tags.setdefault(tag, Score()).add(label, answer)
        if options["errors"]:
            for line in whole[False].errors:
                self.stdout.write(line)
        for is_held, score in whole.items():
            if score.counts["deals wanted"] or score.counts["relevant wanted"]:
                self.stdout.write("held back:" if is_held else "to work on:" if held else "all:")
                self.stdout.write(score.table())
                self.stdout.write("\n".join(score.reliability()) + "\n")
        if options["tags"]:
            for tag, score in sorted(tags.items(), key=lambda pair: -pair[1].counts["deals wanted"]):
                deals, statements = score.figures("deals")[2], score.figures("statements")[2]
                wanted = score.counts["deals wanted"]
                self.stdout.write(f"{tag:24s} deals F1 {deals:.3f} ({wanted})  statements F1 {statements:.3f}")

    def _clusters(self, labels: Sequence[Label], folder: Path, held: AbstractSet[str], *, oracle: bool) -> None:
        """Prints the B-cubed figures of what is not held back, of what is, and of all."""
        catalogue = load_catalogue()
        contents = {label["id"]: _content(folder, label) for label in labels}
        if oracle:
            given = partition(labelled_claims(labels, contents, catalogue), Method())
        else:
            config = default_config(catalogue)
            readings = {
                label["id"]: read(contents[label["id"]], published=published(label), config=config)
                for label in tqdm(labels, desc="reading", unit="article", disable=not sys.stderr.isatty())
            }
            claims, found = read_claims(labels, contents, readings)
            deals = partition(claims, Method())
            given = {item: deals[claim] for item, claim in found.items()}
        wanted = keys_to_score(labels)
        if held:
            kept_back = {item: key for item, key in wanted.items() if item.partition("#")[0] in held}
            open_to_all = {item: key for item, key in wanted.items() if item not in kept_back}
            self.stdout.write(f"to work on: {b_cubed(open_to_all, given)}")
            self.stdout.write(f"held back: {b_cubed(kept_back, given)}")
        self.stdout.write(str(b_cubed(wanted, given)))


def _content(folder: Path, label: Label) -> str:
    """The canonical text of a labelled article: in the label, or in a file of the folder. A passage has no title."""
    text = label.get("text")
    if text is None:
        try:
            text = (folder / f"{label['id']}.txt").read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError(f"the text of {label['id']} cannot be read: {error}") from error
    title, line, body = str(text).partition("\n")
    return canonical(title, body) if line else canonical("News", title)
