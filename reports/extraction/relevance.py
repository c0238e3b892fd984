"""How much a sentence bears on arms transfers: words of arms and of deals, from data/bearing.csv."""

import re
from functools import cache

from reports.extraction import tables

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@cache
def _kinds() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in tables.rows("bearing")}


def bearing(text: str) -> float:
    """0 for none, 1 for words of arms or of deals, 2 for both."""
    kinds = _kinds()
    return float(len({kinds[word] for word in _WORD.findall(text.lower()) if word in kinds}))
