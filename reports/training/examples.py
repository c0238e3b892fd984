"""A labelled text as numbers: what the network is shown, and what it should say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from reports.extraction.attribution import find_candidates
from reports.extraction.candidates import item_cues, role_cues, together
from reports.extraction.config import Names
from reports.extraction.fields import counts, prices, stage_cues
from reports.extraction.impression import MOST_ITEMS, MOST_PARTIES, STANCES, STATUSES, item_keys, party_keys
from reports.extraction.scene import Scene
from reports.scoring import STATUS, code, quantity_right, value_right
from reports.training.corpus import Lesson, fitting_items, matches, plays
from reports.training.statements import label_candidates

_RARE = 4
BAGS = ("role", "pair", "status", "quantity", "value", "voice", "manner", "allegiance")

Bag = tuple[list[int], list[float]]


@dataclass
class Vocabulary:
    """The cues of each bag by number; 0 is padding."""

    names: dict[str, dict[str, int]]

    def bag(self, name: str, cues: dict[str, float]) -> Bag:
        """The known ones of the cues, as numbers and values."""
        table = self.names[name]
        known = [(table[cue], value) for cue, value in cues.items() if cue in table]
        return [number for number, _ in known], [value for _, value in known]

    @property
    def sizes(self) -> dict[str, int]:
        return {name: len(table) + 1 for name, table in self.names.items()}


@dataclass
class Choice:
    """Options of which some are right: for an item, the keys of mentions with their cues."""

    item: int
    options: list[tuple[tuple[str, int], dict[str, float]]]
    right: list[bool]  # with "none" last


@dataclass
class Spoken:
    """A possible statement: its sentence, its features, whether it is one (None: teaches neither way), its stance."""

    sentence: int
    features: dict[str, float]
    manner: dict[str, float]
    right: bool | None
    stance: int  # -1 where it is none
    options: dict[int, dict[str, float]]  # the parties that it may speak for, by number, with their features
    party: int  # the one it speaks for, -1 none, -2 not taught


@dataclass
class Example:
    """What a lesson asks: cells of roles, triples, fields and statements. The last column of a role is "none"."""

    lesson: Lesson
    codes: tuple[str, ...]
    items: list[list[tuple[str, int]]]
    parties: list[list[tuple[str, int]]]
    role_cues: dict[tuple[int, int], dict[str, float]]
    pair_cues: list[dict[str, float]]
    supplier: np.ndarray
    recipient: np.ndarray
    unsure: np.ndarray  # items that may be meant, but are not the best name
    triples: np.ndarray
    together: np.ndarray
    statuses: list[tuple[int, int, int, dict[str, float], list[float]]] = field(default_factory=list)
    quantities: list[Choice] = field(default_factory=list)
    values: list[Choice] = field(default_factory=list)
    statements: list[tuple[int, int, int]] = field(default_factory=list)  # sentence, stance, party (-1 none, -2 open)
    voices: list["Spoken"] = field(default_factory=list)


def example(lesson: Lesson, config: Names) -> Example:
    """The example that a lesson makes."""
    scene = lesson.scene
    codes = scene.codes[:MOST_PARTIES]
    items = list(range(min(len(scene.items), MOST_ITEMS)))
    cues = role_cues(scene, config.lexicon)
    made = Example(
        lesson,
        codes,
        item_keys(scene),
        party_keys(scene, codes),
        {(item, number): cues[item, one] for item in items for number, one in enumerate(codes)},
        [item_cues(scene, item) for item in items],
        np.zeros((len(items), len(codes) + 1), np.float32),
        np.zeros((len(items), len(codes) + 1), np.float32),
        np.zeros(len(items), np.float32),
        np.zeros((len(items), len(codes) + 1, len(codes) + 1), np.float32),
        together(scene, len(items), codes),
    )
    _deals(made, lesson, items)
    _statements(made, lesson)
    return made


def _deals(made: Example, lesson: Lesson, items: Sequence[int]) -> None:
    scene = lesson.scene
    known = set(items)
    for match in matches(lesson):
        if match.item not in known:
            continue
        deal = match.deal
        givers = [n for n, one in enumerate(made.codes) if plays(deal, "supplier", one)]
        getters = [n for n, one in enumerate(made.codes) if plays(deal, "recipient", one)]
        none = len(made.codes)
        givers = givers or ([none] if not deal["supplier"] else [])
        getters = getters or ([none] if not deal["recipient"] else [])
        made.supplier[match.item, givers] = 1
        made.recipient[match.item, getters] = 1
        for s in givers:
            for r in getters:
                made.triples[match.item, s, r] = 1
        for other in fitting_items(scene, deal):
            if other != match.item and other in known:
                made.unsure[other] = 1
        if givers and getters:
            _fields(made, scene, match.item, givers[0], getters[0], deal)
    for item in known:
        if made.supplier[item].any() or made.recipient[item].any():
            made.unsure[item] = 0


def _fields(made: Example, scene: Scene, item: int, giver: int, getter: int, deal: dict[str, Any]) -> None:
    supplier = made.codes[giver] if giver < len(made.codes) else ""
    recipient = made.codes[getter] if getter < len(made.codes) else ""
    accepted = {STATUS[status] for status in deal.get("status_ok") or [deal["status"]]}
    main = STATUS[deal["status"]]
    target = [0.8 * (name == main) + 0.2 * (name in accepted) / len(accepted) for name in STATUSES]
    made.statuses.append((item, giver, getter, stage_cues(scene, item, supplier, recipient), target))
    options = counts(scene, item, supplier, recipient)
    right = [
        bool(deal.get("quantity"))
        and quantity_right(deal, {"quantity": {"min": one.quantity.min, "max": one.quantity.max}})
        for one in options
    ]
    made.quantities.append(
        Choice(item, [(("Q", one.quantity.span.start), one.cues) for one in options], [*right, not any(right)])
    )
    sums = prices(scene, item, supplier, recipient)
    good = [
        bool(deal.get("value"))
        and value_right(
            {**deal, "value_scope": None},
            {"value": {"amount": float(one.money.amount), "currency": one.money.currency}},
        )
        for one in sums
    ]
    made.values.append(Choice(item, [(("M", one.money.span.start), one.cues) for one in sums], [*good, not any(good)]))


def _statements(made: Example, lesson: Lesson) -> None:
    scene = lesson.scene
    for statement in lesson.label["statements"]:
        at = scene.content.find(statement["contains"])
        if at < 0:
            continue
        sentence = next((s.index for s in scene.sentences if s.span.start <= at < s.span.end), None)
        if sentence is None:
            continue
        country = code(statement.get("country")) if statement.get("country") else None
        party = -1
        if country:
            party = next((n for n, one in enumerate(made.codes) if code(one) == country), -2)
        made.statements.append((sentence, STANCES.index(statement["stance"]), party))
    found = find_candidates(scene.sentences, scene.parties, None, scene.weapons)
    for one in label_candidates(found, lesson.label["statements"]):
        stance = STANCES.index(one.label["stance"]) if one.label else -1
        features, manner = dict(one.candidate.features), dict(one.candidate.stance_features)
        options = {
            made.codes.index(option): dict(its) for option, its in one.candidate.options.items() if option in made.codes
        }
        party = -2
        if one.label and options:
            country = code(one.label["country"]) if one.label.get("country") else None
            party = next((n for n in options if code(made.codes[n]) == country), -2) if country else -1
        made.voices.append(Spoken(one.candidate.sentence.index, features, manner, one.right, stance, options, party))


def vocabulary(examples: Iterable[Example]) -> Vocabulary:
    """The cues that enough examples have."""
    seen: dict[str, Counter[str]] = {name: Counter() for name in BAGS}
    for one in examples:
        for name, cues in _all_cues(one):
            seen[name].update(cues.keys())
    return Vocabulary(
        {
            name: {cue: number for number, cue in enumerate(sorted(c for c, n in table.items() if n >= _RARE), start=1)}
            for name, table in seen.items()
        }
    )


def _all_cues(one: Example) -> Iterator[tuple[str, dict[str, float]]]:
    for cues in one.role_cues.values():
        yield "role", cues
    for cues in one.pair_cues:
        yield "pair", cues
    for _, _, _, cues, _ in one.statuses:
        yield "status", cues
    for voice in one.voices:
        yield "voice", voice.features
        yield "manner", voice.manner
        for its in voice.options.values():
            yield "allegiance", its
    for name, choices in (("quantity", one.quantities), ("value", one.values)):
        for choice in choices:
            for _, cues in choice.options:
                yield name, cues
