from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reports.catalogue.load import load_catalogue
from reports.choices import Category, Halt, Role, Stage, ValueScope
from reports.cluster_scoring import BCubed, b_cubed, keys_to_score, labelled_claims, partition, stories_of
from reports.records import canonical
from reports.resolution.records import Method
from reports.scoring import read_labels

GRADED = Path(__file__).parent / "data" / "graded"


def label(name: str, *deals: dict[str, Any], published: str | None = "2013-05-31") -> dict[str, Any]:
    """A labelled article; a deal is Russia to Syria, MiG-29, ordered, but for what is given."""
    plain = {"key": "k", "supplier": ["RU"], "recipient": ["SY"], "weapon": ["MiG-29"], "status": "ordered"}
    return {"id": name, "published": published, "deals": [plain | deal for deal in deals]}


@pytest.mark.parametrize(
    ("given", "precision", "recall"),
    [
        ({"a": 1, "b": 1, "c": 2}, 1.0, 1.0),
        ({"a": 1, "b": 1, "c": 1}, (2 / 3 + 2 / 3 + 1 / 3) / 3, 1.0),
        ({"a": 1, "b": 2, "c": 3}, 1.0, (1 / 2 + 1 / 2 + 1) / 3),
        ({"a": 1, "b": 2, "z": 2}, 1.0, 1 / 2),  # only what both know is scored
        ({}, 1.0, 1.0),
    ],
)
def test_b_cubed_is_the_mean_share_of_right_company(given: dict[str, int], precision: float, recall: float) -> None:
    found = b_cubed({"a": "k", "b": "k", "c": "l"}, given)
    assert found.precision == pytest.approx(precision)
    assert found.recall == pytest.approx(recall)


def test_the_figures_are_said_in_one_line() -> None:
    assert str(BCubed(0.984, 0.97, 3)) == "B-cubed precision 0.98 recall 0.97"


def test_only_pairs_that_two_articles_report_are_scored() -> None:
    labels = [label("a", {}, {"recipient": ["IR"]}), label("b", {"weapon": ["Su-30"], "key": "l"})]
    assert keys_to_score(labels) == {"a#0": "k", "b#0": "l"}


def test_a_label_is_a_claim_with_the_weapon_as_the_article_spells_it() -> None:
    deal = {
        "supplier": ["RU", "BY"],
        "weapon": ["Mikoyan MiG-29", "MiG-29s"],
        "quantity": {"min": 11, "max": None},
        "value": {"amount": 5, "currency": "USD"},
        "value_scope": "package",
        "status": "cancelled",
    }
    (claim,) = labelled_claims([label("a", deal)], {"a": "Jets\n\nSyria wanted MiG-29s."}, load_catalogue())
    assert (claim.weapon_text, claim.family, claim.category) == ("MiG-29s", "MiG-29", Category.AIRCRAFT)
    assert (claim.supplier, claim.others) == ("RU", ((Role.CO_SUPPLIER, "BY"),))
    assert (claim.stage, claim.halt) == (Stage.NEGOTIATING, Halt.CANCELLED)
    assert claim.quantity and (claim.quantity.min, claim.quantity.max) == (11, None)
    assert claim.value and (claim.value.amount, claim.value.scope) == (Decimal(5), ValueScope.PACKAGE)


def test_copies_are_one_story() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    assert stories_of({"a": f"One\n\n{words}", "b": f"Two\n\n{words}", "c": "Three\n\nSomething else altogether."}) == {
        "a": "a",
        "b": "a",
        "c": "c",
    }


def test_labelled_deals_come_together_as_well_as_before() -> None:
    """The floor under the figures that `manage.py evaluate --clusters --oracle` prints."""
    labels = read_labels(GRADED / "dev.jsonl")
    contents = {}
    for one in labels:
        title, _, body = (GRADED / "text" / f"{one['id']}.txt").read_text(encoding="utf-8").partition("\n")
        contents[one["id"]] = canonical(title, body)
    found = b_cubed(keys_to_score(labels), partition(labelled_claims(labels, contents, load_catalogue()), Method()))
    assert found.precision >= 0.96
    assert found.recall >= 0.96
