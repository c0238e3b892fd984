"""Which party could be supplier or recipient of which item: the cues of the whole text for each, and for each pair."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reports.extraction.heads import Array
from reports.extraction.impression import MOST_ITEMS, MOST_PARTIES, Impression
from reports.extraction.lexicon import Lexicon
from reports.extraction.roles import acts, party_cues, polarity_of
from reports.extraction.scene import Scene
from reports.extraction.weigher import Weights

SUPPLIER, RECIPIENT, PAIR = "supplier", "recipient", "pair"
_MOST_NAMED = 25  # parties or weapons in one sentence
_UNLIKELY = -4.0  # log-odds below which a triple is no candidate


RoleCues = dict[tuple[int, str], dict[str, float]]
Scores = dict[tuple[int, str], tuple[float, float]]


@dataclass(frozen=True)
class Candidate:
    """A possible deal: an item, a supplier and a recipient by code, its cues and the score of each step.

    A code is empty where the text names no such party.
    """

    item: int
    supplier: str
    recipient: str
    cues: dict[str, float]
    supplier_score: float
    recipient_score: float
    score: float


def role_cues(scene: Scene, lexicon: Lexicon) -> RoleCues:
    """For each item and party the cues for a role, over all sentences of the text."""
    cues: dict[tuple[int, str], dict[str, float]] = {}
    codes = scene.codes[:MOST_PARTIES]
    items = range(min(len(scene.items), MOST_ITEMS))
    whole = _document_cues(scene, lexicon)
    for item in items:
        for code in codes:
            cues[item, code] = dict(whole[code])
            for cue in _origin_cues(scene, item, code, lexicon):
                cues[item, code][cue] = 1.0
    for number in range(len(scene.marks)):
        _add_together(scene, number, cues)
        _add_beside(scene, number, cues)
    return cues


def _add_together(scene: Scene, number: int, cues: dict[tuple[int, str], dict[str, float]]) -> None:
    """The cues of a sentence for the parties and items that it names together."""
    marks = scene.marks[number]
    title = scene.sentences[number].title
    weapon_at = [at for at, mark in enumerate(marks) if mark.kind == "W"][:_MOST_NAMED]
    here = {scene.item_of[marks[at].ref] for at in weapon_at}
    for at in _party_places(scene, number):
        code = scene.parties[marks[at].ref].party.code
        for item in sorted(here):
            table = cues.get((item, code))
            if table is None:
                continue
            own = [place for place in weapon_at if scene.item_of[marks[place].ref] == item]
            near = min(own, key=lambda place: abs(place - at))
            for cue in party_cues(marks, at, near, scene.parties):
                table[cue] = 1.0
                if title:
                    table["title|" + cue] = 1.0
            table["together"] = min(table.get("together", 0.0) + 1.0, 3.0)


def _add_beside(scene: Scene, number: int, cues: dict[tuple[int, str], dict[str, float]]) -> None:
    """The cues of a sentence for items that it does not name, but may go on about."""
    marks = scene.marks[number]
    here = {scene.item_of[mark.ref] for mark in marks if mark.kind == "W"}
    places = _party_places(scene, number)
    for item in sorted(_nearby(scene, number) - here) if places else ():
        for at in places:
            table = cues.get((item, scene.parties[marks[at].ref].party.code))
            if table is not None:
                for cue in party_cues(marks, at, None, scene.parties):
                    table["next|" + cue] = 1.0
                table["beside"] = min(table.get("beside", 0.0) + 1.0, 3.0)


def _party_places(scene: Scene, number: int) -> list[int]:
    return [at for at, mark in enumerate(scene.marks[number]) if mark.kind == "P"][:_MOST_NAMED]


def _nearby(scene: Scene, number: int) -> set[int]:
    """The items that a sentence may go on about: of the two sentences before it, of the one after, and of the title."""
    sentences = {number - 2, number - 1, number + 1, 0}
    return {scene.item_of[index] for index, mention in enumerate(scene.weapons) if mention.sentence in sentences}


def _document_cues(scene: Scene, lexicon: Lexicon) -> dict[str, dict[str, float]]:
    counts = Counter(mention.party.code for mention in scene.parties)
    ranked = [code for code, _ in counts.most_common()]
    states = len(counts)
    cues: dict[str, dict[str, float]] = {}
    for code in scene.codes:
        mentions = [mention for mention in scene.parties if mention.party.code == code]
        reach = lexicon.reach.get(code, 0)
        size = "none" if reach == 0 else "few" if reach < 15 else "some" if reach < 60 else "many"
        rank = min(ranked.index(code), 3)
        table = {
            f"doc:rank{rank}": 1.0,
            f"doc:rank{rank}of{min(states, 5)}": 1.0,
            f"doc:reach:{size}": 1.0,
            f"doc:{'state' if len(code) == 2 and code.isupper() else 'other'}": 1.0,
        }
        if any(mention.sentence == 0 for mention in mentions):
            table["doc:title"] = 1.0
        if any(mention.organisation for mention in mentions):
            table["doc:organisation"] = 1.0
            if all(mention.organisation for mention in mentions):
                table["doc:organisation only"] = 1.0
        if code in scene.dateline:
            table["doc:dateline"] = 1.0
        if counts[code] == 1:
            table["doc:once"] = 1.0
        cues[code] = table
    return cues


def _origin_cues(scene: Scene, item: int, code: str, lexicon: Lexicon) -> Iterator[str]:
    key = scene.items[item].key
    origins = lexicon.origins.get(key[2:]) if key.startswith("w:") else None
    if not origins:
        yield "origin:unknown"
    elif code in origins:
        yield "origin:yes"
    else:
        yield "origin:no"
        yield "origin:no:named" if origins & set(scene.codes) else "origin:no:absent"


def item_cues(scene: Scene, item: int) -> dict[str, float]:
    """What speaks for an item being transferred at all: its sort, where it stands, and the acts around it."""
    thing = scene.items[item]
    cues: dict[str, float] = {f"item:{thing.sort}": 1.0, f"item:category:{thing.category}": 1.0}
    specific = any(other.sort in ("designation", "unknown") for other in scene.items)
    if thing.sort in ("umbrella", "generic"):
        cues[f"item:{thing.sort}:{'with' if specific else 'without'} specific"] = 1.0
        others = sum(other.sort != "umbrella" for other in scene.items)
        cues[f"item:{thing.sort}:{min(others, 3)} others"] = 1.0
    cues[f"item:count{min(len(thing.mentions), 4)}"] = 1.0
    cues[f"item:of{min(len(scene.items), 6)}"] = 1.0
    first = min(scene.weapons[index].sentence for index in thing.mentions)
    cues[f"item:first{'0' if first == 0 else '1' if first == 1 else '2' if first < 4 else 'late'}"] = 1.0
    for index in thing.mentions:
        number = scene.weapons[index].sentence
        marks = scene.marks[number]
        at = next((k for k, mark in enumerate(marks) if mark.kind == "W" and mark.ref == index), None)
        if at is None:
            continue
        if (at and marks[at - 1].kind == "Q") or (at > 1 and marks[at - 2].kind == "Q"):
            cues["item:counted"] = 1.0
        triggers = acts(marks)
        before = [act for act in triggers if act[0] < at][-1:]
        after = [act for act in triggers if act[0] > at][:1]
        for tag, near in (("before", before), ("after", after)):
            for k, trigger in near:
                cues[f"item:{tag}:{trigger.frame}.{trigger.form}"] = 1.0
                cues[f"item:{tag}:{trigger.frame}:{polarity_of(marks, k)}"] = 1.0
        for _, trigger in triggers:
            cues[f"item:any:{trigger.frame}"] = 1.0
        if at:
            cues[f"item:word:{marks[at - 1].low or marks[at - 1].kind}"] = 1.0
        if at + 1 < len(marks):
            cues[f"item:next:{marks[at + 1].low or marks[at + 1].kind}"] = 1.0
    return cues


def role_scores(scene: Scene, cues: RoleCues, seen: Impression, weights: Weights) -> Scores:
    """For each item and party how likely (log-odds) the party is the item's supplier, and its recipient.

    Party "" stands for none named.
    """
    found: Scores = {}
    for item in range(len(seen.giving)):
        for at, code in enumerate(seen.codes):
            table = cues[item, code]
            found[item, code] = (
                float(seen.giving[item, at]) + weights.score(SUPPLIER, table),
                float(seen.getting[item, at]) + weights.score(RECIPIENT, table),
            )
        found[item, ""] = (float(seen.absent[item, 0]), float(seen.absent[item, 1]))
    return found


def candidates(scene: Scene, scores: Scores, seen: Impression, weights: Weights) -> list[Candidate]:
    """Every possible deal of the text with its score (log-odds), best first. One side may be none, not both."""
    items = len(seen.giving)
    if not items or not seen.codes:
        return []
    codes = (*seen.codes, "")
    giving = np.array([[scores[item, code][0] for code in codes] for item in range(items)], np.float32)
    getting = np.array([[scores[item, code][1] for code in codes] for item in range(items)], np.float32)
    things = [item_cues(scene, item) for item in range(items)]
    worth = np.array([weights.score(PAIR, table) for table in things], np.float32)
    triples = seen.triples(giving, getting, together(scene, items, seen.codes)) + worth[:, None, None]
    return listed(codes, giving, getting, triples, things)


def listed(
    codes: Sequence[str], giving: Array, getting: Array, triples: Array, things: Sequence[dict[str, float]]
) -> list[Candidate]:
    """The triples that are not too unlikely, best first; `codes` ends with "", and nobody gives to themselves."""
    found = [
        Candidate(
            item,
            codes[giver],
            codes[getter],
            things[item],
            float(giving[item, giver]),
            float(getting[item, getter]),
            float(triples[item, giver, getter]),
        )
        for item, giver, getter in np.argwhere(triples > _UNLIKELY).tolist()
        if giver != getter
    ]
    return sorted(found, key=lambda candidate: -candidate.score)


def together(scene: Scene, items: int, codes: Sequence[str]) -> Array:
    """In how many sentences of an item both parties are named: [items, parties + 1, parties + 1]."""
    found = np.zeros((items, len(codes) + 1, len(codes) + 1), np.float32)
    number = {one: at for at, one in enumerate(codes)}
    named = [
        sorted({number[c] for m in marks if m.kind == "P" and (c := scene.parties[m.ref].party.code) in number})
        for marks in scene.marks
    ]
    for item in range(items):
        for sentence in {scene.weapons[index].sentence for index in scene.items[item].mentions}:
            here = named[sentence]
            if here:
                found[np.ix_([item], here, here)] += 1
    return found
