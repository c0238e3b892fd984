"""Finds the catalogue's names in a text in one pass, however they are spelled.

A name is compared by its letters and digits alone: case, accents, hyphens, blanks and slashes do not count, so that
"MiG -29 M/M2", "MiG-29M/M2" and "Mig 29M/M2" are one. What was dropped is checked afterwards: a match starts and ends
at a word boundary, breaks between letters only where the name does, and (for a proper name) begins with a capital.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’ʼ′"), "'") | dict.fromkeys(map(ord, "“”«»″"), '"')
_PLAIN = _DASHES | _QUOTES | {0xA0: " ", 0x202F: " ", 0x2009: " "}
_BETWEEN = frozenset("-./'\" ()\n")  # what may stand between the parts of a name
_LONGEST_BREAK = 3


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """One lower-case character for one: accents off where the base is a single letter."""
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if len(base) == 1 else char


def fold(text: str) -> str:
    """Lower case, without accents, dashes and quotation marks made plain; as long as the text."""
    text = text.translate(_PLAIN)
    if text.isascii():
        return text.lower()
    return "".join(char.lower() if char.isascii() else _plain(char) for char in text)


def squeeze(folded: str) -> tuple[str, list[int]]:
    """The letters and digits of a folded text, and where each stands."""
    places = [place for place, char in enumerate(folded) if char.isalnum()]
    return "".join([folded[place] for place in places]), places


@dataclass(frozen=True, slots=True)
class Name:
    """A name to look for. `proper`: it begins with a capital; `context`: it is also something else.

    `plural`: an "s" may follow. `variant`: a designation, which letters or a block number may follow ("F-16" + "C/D").
    """

    text: str
    key: str  # what it names, in the words of whoever made the index
    proper: bool = True
    context: bool = False
    plural: bool = True
    variant: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: `start` and `end` in the text, the names of that spelling."""

    start: int
    end: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    names: tuple[Name, ...]
    breaks: frozenset[int]
    whole: bool  # one of the names is written without a break: "US" beside "U.S."


class NameIndex:
    """All names in one automaton. Built once per catalogue snapshot; finds in time linear in the text."""

    def __init__(self, names: Iterable[Name]) -> None:
        spellings: dict[str, list[Name]] = {}
        breaks: dict[str, set[int]] = {}
        whole: set[str] = set()
        for name in names:
            squeezed, places = squeeze(fold(name.text))
            if len(squeezed) < 2:
                continue
            spellings.setdefault(squeezed, []).append(name)
            gaps = {k for k in range(1, len(places)) if places[k] - places[k - 1] > 1}
            breaks.setdefault(squeezed, set()).update(gaps)
            if not gaps:
                whole.add(squeezed)
        self._keys = list(spellings)
        self._spellings = [_Spelling(tuple(spellings[key]), frozenset(breaks[key]), key in whole) for key in self._keys]
        self._automaton = AhoCorasick(self._keys, matchkind=MatchKind.Standard) if self._keys else None

    def find(self, text: str) -> tuple[Hit, ...]:
        """The names in a text, longest first where they overlap, in order."""
        if self._automaton is None:
            return ()
        folded = fold(text)
        squeezed, places = squeeze(folded)
        best: list[Hit] = sorted(self._accepted(text, folded, squeezed, places), key=lambda h: (h.start, -h.end))
        kept: list[Hit] = []
        for hit in best:
            if kept and hit.start < kept[-1].end:
                if hit.end - hit.start > kept[-1].end - kept[-1].start:
                    kept[-1] = hit
                continue
            kept.append(hit)
        return tuple(kept)

    def _accepted(self, text: str, folded: str, squeezed: str, places: list[int]) -> Iterator[Hit]:
        if self._automaton is None:
            return
        for number, first, last in self._automaton.find_matches_as_indexes(squeezed, overlapping=True):
            start, end = places[first], places[last - 1] + 1
            if start and folded[start - 1].isalnum():
                continue
            spelling = self._spellings[number]
            names = spelling.names
            if end < len(folded) and folded[end].isalnum():
                end = _tail(text, folded, end, names)
                if not end:
                    continue
            unbroken = places[last - 1] - start == last - first - 1
            if unbroken and not spelling.whole and squeezed[first:last].isalpha():
                continue  # "Ignat" is no I-Gnat
            if not _breaks_fit(folded, places, first, last, spelling.breaks):
                continue
            capital = text[start].isupper() or (text[start].isdigit())
            fitting = tuple(name for name in names if capital or not name.proper or _code_like(text[start:end]))
            if fitting:
                yield Hit(start, end, fitting)


def _code_like(found: str) -> bool:
    """A designation in small letters is still one where it has a hyphen and a digit: "f-16"."""
    return "-" in found and any(char.isdigit() for char in found) and found[0].isalpha()


def _tail(text: str, folded: str, end: int, names: tuple[Name, ...]) -> int:
    """Where a name ends that letters follow without a break (a plural, a variant); 0 if it is no name."""
    stop = end
    while stop < len(folded) and folded[stop].isalnum():
        stop += 1
    tail = text[end:stop]
    if any(name.plural for name in names) and (tail == "s" or (tail == "es" and text[end - 1] in "shxz")):
        return stop
    if tail == "S" and text[max(0, end - 3) : end].isupper() and any(name.plural for name in names):
        return stop
    if any(name.variant for name in names) and text[end - 1].isdigit() and len(tail) <= 5:
        core = tail.removesuffix("s")
        if core and core[0].isalpha() and (core.isupper() or core.upper() == core or len(core) == 1):
            return stop
    return 0


def _breaks_fit(folded: str, places: list[int], first: int, last: int, breaks: frozenset[int]) -> bool:
    for k in range(first + 1, last):
        gap = places[k] - places[k - 1]
        if gap == 1:
            continue
        between = folded[places[k - 1] + 1 : places[k]]
        if gap - 1 > _LONGEST_BREAK or not _BETWEEN.issuperset(between) or "\n\n" in between:
            return False
        if k - first in breaks:
            continue
        mixed = folded[places[k - 1]].isdigit() != folded[places[k]].isdigit()
        if mixed and (last - first > 3 or " " not in between):
            continue
        if between in ("-", ".", "/") and (between == "." or last - first <= 6):
            continue
        return False
    return True
