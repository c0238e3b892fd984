"""Which texts copy one another: near-duplicate hashing (MinHash with bands), then the true overlap of their words.

Marks of an agency, datelines and an outlet's suffix in the title do not hinder.
"""

import re
from collections.abc import Iterable

from rensa import RMinHash

SHINGLE = 4
BRIEF = 12  # a body of fewer words is told apart by its title too
PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
COPY = 0.6  # share of common shingles from which two texts are one story

_MARK = re.compile(r"\((?:[A-Z][\w.&' -]{1,25})\)\s*[-–—]?")
_WORD = re.compile(r"\w+")


def shingles(content: str) -> frozenset[str]:
    """The runs of four words of a text's body, lower case, without marks in brackets.

    The title counts only where there is hardly a body: else every text that says "Read more" were one story.
    """
    _, _, body = content.partition("\n\n")
    words = _words(body)
    if len(words) < BRIEF:
        words = _words(content)
    if len(words) <= SHINGLE:
        return frozenset([" ".join(words)]) if words else frozenset()
    return frozenset(" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_MARK.sub(" ", text))]


def bands(content: str) -> tuple[int, ...]:
    """Signed 64-bit numbers; two texts that share one may be copies, two that share none are hardly."""
    found = shingles(content)
    if not found:
        return ()
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update(sorted(found))
    digest = sketch.digest()
    return tuple(_band(number, digest[number * ROWS : (number + 1) * ROWS]) for number in range(BANDS))


def _band(number: int, rows: Iterable[int]) -> int:
    mixed = number + 1
    for row in rows:
        mixed = (mixed * 0x9E3779B97F4A7C15 + row + 1) & 0xFFFFFFFFFFFFFFFF
    return mixed - (1 << 64) if mixed >= 1 << 63 else mixed


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter text's shingles that the other has too: a truncated copy is a copy."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
