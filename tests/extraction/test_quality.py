"""The reader does not read worse than it did: F1 on the held-back third against the committed floor."""

import json
from pathlib import Path

import pytest

from reports.extraction.config import ReaderConfig
from reports.extraction.output import as_dict
from reports.extraction.reader import read
from reports.records import canonical
from reports.scoring import Score, read_labels

GRADED = Path(__file__).parents[1] / "data" / "graded"
FLOOR = json.loads((GRADED / "floor.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def score(config: ReaderConfig) -> Score:
    held = set((GRADED / "heldback.txt").read_text(encoding="utf-8").split())
    total = Score()
    for label in read_labels(GRADED / "dev.jsonl"):
        if label["id"] in held:
            title, _, body = (GRADED / "text" / f"{label['id']}.txt").read_text(encoding="utf-8").partition("\n")
            content = canonical(title, body)
            total.add(label, as_dict(read(content, published=None, config=config), label["id"], content))
    return total


@pytest.mark.parametrize("figure", FLOOR["f1"])
def test_f1_on_the_held_back_third_keeps_above_the_floor(score: Score, figure: str) -> None:
    assert score.figures(figure)[2] >= FLOOR["f1"][figure]


@pytest.mark.parametrize("part", FLOOR["right"])
def test_fields_of_right_deals_and_statements_keep_above_the_floor(score: Score, part: str) -> None:
    of = "deals right" if part in ("status", "quantity", "value") else "statements right"
    assert (score.share(f"{part} right", of) or 0.0) >= FLOOR["right"][part]
