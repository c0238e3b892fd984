"""Deals of which the text names one side only: "an undisclosed customer", or a buyer and no seller.

Strict, for most sentences about arms are no deals: the thing has a designation, an act of supply stands next to it,
the side that is named plays its role beyond doubt, and nothing in the text could be the other side.
"""

import re
from collections.abc import Sequence
from functools import cache

from reports.choices import Missing
from reports.extraction import tables
from reports.extraction.candidates import Candidate, Scores
from reports.extraction.roles import acts, polarity_of
from reports.extraction.scene import Scene
from reports.extraction.weigher import probability

_SURE = 0.7  # how likely the side that is named must be in its role
_UNLIKELY = 0.15  # how likely any other party may be the side that is missing
_GETS = frozenset({"order", "contract", "get", "receive"})
_GIVES = frozenset({"give", "contract"})
_REACH = 6  # marks between an act and the thing


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    kinds: dict[str, list[str]] = {}
    for row in tables.rows("missing"):
        kinds.setdefault(row["kind"], []).append(re.escape(row["phrase"]))
    return {kind: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for kind, words in kinds.items()}


def reason(scene: Scene, item: int) -> Missing:
    """Why a side of an item's deal is not named: it is said to be unknown, there are several, or nothing is said."""
    texts = [scene.sentences[number].text for number in sorted(_places(scene, item))]
    for kind, pattern in _phrases().items():
        if any(pattern.search(text) for text in texts):
            return Missing(kind)
    return Missing.NOT_STATED


def one_sided(scene: Scene, scores: Scores, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The deals with one side only, of items that are in no deal yet."""
    taken = {candidate.item for candidate in chosen}
    found: list[Candidate] = []
    for item, thing in enumerate(scene.items):
        if item in taken or thing.sort != "designation":
            continue
        sides = {code: pair for (of, code), pair in scores.items() if of == item and code}
        if not sides:
            continue
        if _acted(scene, item, _GETS) and (code := _only(sides, 1)):
            found.append(Candidate(item, "", code, {}, 0.0, sides[code][1], sides[code][1]))
        elif (
            reason(scene, item) is not Missing.NOT_STATED and _acted(scene, item, _GIVES) and (code := _only(sides, 0))
        ):
            found.append(Candidate(item, code, "", {}, sides[code][0], 0.0, sides[code][0]))
    return found


def _only(sides: dict[str, tuple[float, float]], role: int) -> str:
    """The party that surely plays a role (0 supplier, 1 recipient) while no other could play the other; else ""."""
    best = max(sides, key=lambda code: sides[code][role])
    if probability(sides[best][role]) < _SURE:
        return ""
    others = [pair[1 - role] for code, pair in sides.items() if code != best]
    return "" if any(probability(score) > _UNLIKELY for score in others) else best


def _places(scene: Scene, item: int) -> set[int]:
    return {scene.weapons[index].sentence for index in scene.items[item].mentions}


def _acted(scene: Scene, item: int, frames: frozenset[str]) -> bool:
    """Whether an act of these frames stands before the item, not far from it, and is told as a fact."""
    for number in _places(scene, item):
        marks = scene.marks[number]
        mine = [at for at, mark in enumerate(marks) if mark.kind == "W" and scene.item_of[mark.ref] == item]
        for at, trigger in acts(marks):
            told = trigger.frame in frames and polarity_of(marks, at) in ("plain", "future")
            if told and any(0 < place - at <= _REACH for place in mine):
                return True
    return False
