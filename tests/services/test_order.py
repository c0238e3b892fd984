"""Whatever order the news arrives in, and however often it is resolved meanwhile, the deals are the same."""

import random
from datetime import date
from typing import Any

import pytest

from reports.choices import Polarity, Stage
from reports.models import Article, Change, Claim, Deal, Story, Text
from reports.records import Quantity
from tests.services.newsroom import read_as, resolve, said, store, told

COPY = " ".join(f"word{number}" for number in range(80))
TEXTS: list[tuple[str, date | None, list[dict[str, Any]]]] = [
    ("ordered", date(2013, 5, 1), [{"weapon": "MiG-29M/M2", "number": 24}]),
    ("copied", date(2013, 5, 2), [{"weapon": "MiG-29", "number": 24}]),
    ("copied again", date(2013, 5, 2), [{"weapon": "MiG-29", "number": 24}]),
    ("two contracts", date(2016, 2, 1), [{"weapon": "MiG-29", "number": 24}, {"weapon": "MiG-29", "number": 12}]),
    ("the second", date(2016, 3, 1), [{"weapon": "MiG-29", "number": 12, "stage": Stage.NEGOTIATING}]),
    ("no number", date(2016, 3, 9), [{"weapon": "MiG-29", "stage": Stage.DELIVERING}]),
    ("no day", None, [{"weapon": "Su-30", "number": 30}]),
    ("another number", date(2014, 1, 1), [{"weapon": "Su-30", "number": 36}]),
    ("denied", date(2014, 1, 9), [{"weapon": "Su-30", "number": 30}, {"weapon": "S-300"}]),
]
pytestmark = pytest.mark.usefixtures("world")


def arrive(name: str, day: date | None, claims: list[dict[str, Any]]) -> None:
    """An article of the list: its last claim is also denied by a speaker where its name says so."""
    body = COPY if name.startswith("copied") else " ".join(f"{name}{number}" for number in range(40))
    text = store(name, f"{body} First, second, Damascus.", day=day).article.text
    records = []
    for deal, given in enumerate(claims):
        fields = {name: value for name, value in given.items() if name not in ("weapon", "number")}
        if "number" in given:
            fields["quantity"] = Quantity(given["number"], given["number"])
        records.append(told(given["weapon"], of=text.content, on=("First", "second")[deal], deal=deal, **fields))
    statements = []
    if name == "denied":
        statements = [said("Test", of=text.content, on="Damascus")]
        records.append(told("Su-30", of=text.content, on="Damascus", deal=0, statement=0, polarity=Polarity.DENIED))
    read_as(text, records, statements)


def picture() -> dict[frozenset[str], tuple[Any, ...]]:
    """Each deal as the keys of its claims, and all that it shows but its id."""
    hidden = ("id", "public_id", "updated_at", "package_id")
    names = [field.attname for field in Deal._meta.concrete_fields if field.attname not in hidden]
    found = {}
    for deal in Deal.objects.all():
        shown = tuple(str(getattr(deal, name)) for name in names)
        parts = (
            sorted(deal.milestones.values_list("status", "reported_on", "claim__key")),
            sorted(deal.disputes.values_list("field", "sides__claim__key", "sides__value")),
        )
        found[frozenset(Claim.objects.filter(deal=deal).values_list("key", flat=True))] = (shown, parts)
    return found


def forget() -> None:
    """Everything that has been read is gone."""
    Article.objects.all().delete()
    Story.objects.all().delete()
    Text.objects.all().delete()
    Deal.objects.all().delete()
    Change.objects.all().delete()


def test_any_order_of_arrival_gives_the_same_deals() -> None:
    for text in TEXTS:
        arrive(*text)
    resolve()
    wanted = picture()
    assert len(wanted) == 4
    for seed in range(4):
        forget()
        chance = random.Random(seed)
        for text in chance.sample(TEXTS, len(TEXTS)):
            arrive(*text)
            if chance.random() < 0.6:
                resolve()
        resolve()
        assert picture() == wanted, f"order {seed}"
