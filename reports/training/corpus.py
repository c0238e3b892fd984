"""Labelled text as the reader sees it: articles and passages with their labels, surveyed once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from reports.extraction.config import Names
from reports.extraction.reference import Item
from reports.extraction.scene import Scene, survey
from reports.extraction.sentences import split
from reports.records import canonical
from reports.scoring import code, read_labels, weapon_right

_STATES = frozenset(
    [
        "US",
        "RU",
        "CN",
        "FR",
        "DE",
        "GB",
        "IT",
        "ES",
        "SE",
        "TR",
        "IL",
        "IN",
        "PK",
        "IR",
        "SA",
        "AE",
        "EG",
        "JP",
        "KR",
        "KP",
        "TW",
        "AU",
        "PL",
        "UA",
        "GR",
        "BR",
        "VE",
        "NG",
        "ET",
        "KE",
        "ZA",
        "PH",
        "VN",
        "ID",
        "SY",
        "IQ",
    ]
)
_TURNS = 4
_BEST_FIRST = {"designation": 0, "unknown": 1, "generic": 2, "umbrella": 3}


@dataclass(frozen=True)
class Lesson:
    """A labelled text. `article`: a whole article, against a short passage."""

    id: str
    article: bool
    label: dict[str, Any]
    scene: Scene


@dataclass(frozen=True)
class Match:
    """A labelled deal with the item of the text that it is about."""

    deal: dict[str, Any]
    item: int


def lessons(folder: Path, config: Names, progress: Callable[[Iterable[Any]], Iterable[Any]] = iter) -> list[Lesson]:
    """The articles of a folder of labels that are not held back (dev.jsonl, articles/), and its passages."""
    held = set((folder / "heldback.txt").read_text(encoding="utf-8").split())
    labels = [(True, label) for label in read_labels(folder / "dev.jsonl") if label["id"] not in held]
    for file in sorted((folder / "articles").glob("*.jsonl")):
        labels += [(True, label) for label in read_labels(file)]
    labels += [(False, label) for label in read_labels(folder / "passages.jsonl")]
    labels += [(False, label) for label in no_transfer(folder / "no_transfer.txt", config)]
    return list(_surveyed(folder, progress(labels), config))


def limit_lessons(folder: Path, config: Names) -> list[Lesson]:
    """The articles by which limits are set: never trained on (limits.jsonl)."""
    return list(_surveyed(folder, [(True, label) for label in read_labels(folder / "limits.jsonl")], config))


def no_transfer(path: Path, config: Names) -> Iterator[dict[str, Any]]:
    """Everyday news without a transfer: each line (title|body) told of several pairs of states, {A}, {a} and {B}."""
    lines = path.read_text(encoding="utf-8").splitlines()
    states = [party for party in config.catalogue.parties if party.code in _STATES and party.demonyms]
    for number, line in enumerate(lines):
        title, _, body = line.partition("|")
        for turn in range(_TURNS):
            one = states[(number * 7 + turn * 11) % len(states)]
            other = states[(number * 5 + turn * 3 + 1) % len(states)]
            if one.code == other.code:
                continue
            names = {"A": one.name, "a": one.demonyms[0], "B": other.name}
            text = f"{title.format(**names)}\n\n{body.format(**names)}"
            yield {"id": f"none-{number}-{turn}", "text": text, "relevant": False, "deals": [], "statements": []}


def _surveyed(folder: Path, labels: Iterable[tuple[bool, dict[str, Any]]], config: Names) -> Iterator[Lesson]:
    for article, label in labels:
        if "text" not in label:
            title, _, body = (folder / "text" / f"{label['id']}.txt").read_text(encoding="utf-8").partition("\n")
            content = canonical(title, body)
        else:
            title, line, body = label["text"].partition("\n")
            content = canonical(title, body) if line else canonical("News", title)
        yield Lesson(
            label["id"], article, label, survey(content, split(content), config.lexicon, config.roles, _day(label))
        )


def _day(label: dict[str, Any]) -> date | None:
    """The day of publication that a label gives."""
    try:
        return date.fromisoformat(label.get("published") or "")
    except ValueError:
        return None


def matches(lesson: Lesson) -> list[Match]:
    """Each labelled deal with the item it is most likely about; deals whose weapon was not found are left out."""
    found: list[Match] = []
    for deal in lesson.label["deals"]:
        fitting = fitting_items(lesson.scene, deal)
        if fitting:
            found.append(Match(deal, min(fitting, key=lambda item: _preference(lesson.scene.items[item]))))
    return found


def fitting_items(scene: Scene, deal: dict[str, Any]) -> list[int]:
    """The items of a text that a labelled deal may be about."""
    return [item for item in range(len(scene.items)) if _is(scene, item, deal)]


def _preference(item: Item) -> tuple[int, int]:
    return _BEST_FIRST[item.sort], -len(item.mentions)


def _is(scene: Scene, item: int, deal: dict[str, Any]) -> bool:
    thing = scene.items[item]
    generic = {**deal, "generic": deal.get("generic", True)}
    for index in thing.own or thing.mentions:
        mention = scene.weapons[index]
        names = {"designation": mention.designation, "text": mention.text, "family": mention.family}
        if weapon_right(generic, {"weapon": names}):
            return True
    return False


def plays(deal: dict[str, Any], role: str, party: str) -> bool:
    """Whether a party is one of those that a label accepts in a role."""
    return party in {code(one) for one in deal[role]} or any(code(party) == code(one) for one in deal[role])
