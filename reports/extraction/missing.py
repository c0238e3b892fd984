"""Deals of which the text names one side only: "an undisclosed customer", or a buyer and no seller.

Strict, for most sentences about arms are no deals: the thing has a designation, an act of supply stands next to it,
the side that is named plays its role beyond doubt, and nothing in the text could be the other side.
"""

import re
from functools import cache

from reports.choices import Missing
from reports.extraction import tables
from reports.extraction.scene import Scene

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


def _places(scene: Scene, item: int) -> set[int]:
    return {scene.weapons[index].sentence for index in scene.items[item].mentions}
