"""Which parts of each sentence stand inside quotation marks, carried over from sentence to sentence.

Double quotation marks may stay open over several sentences of a paragraph; a paragraph closes them (news opens them
again at the next). Single ones are taken as quotation only where they open before a word and close after one inside
the same sentence, so that apostrophes do not count.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reports.extraction.mentions import Sentence

_DOUBLE = re.compile("[\"“”„«»]|(?<!\\w)''|''(?!\\w)")
_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)(?:[^'‘’\"“”\n]|(?<=\w)['’](?=\w)){3,600}['’](?!\w)")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What of a sentence is quoted: stretches as offsets into the sentence, and how the quotation runs at its ends."""

    stretches: tuple[tuple[int, int], ...]
    words: int
    opens_inside: bool
    closes_inside: bool

    def covers(self, offset: int) -> bool:
        """Whether a character of the sentence stands inside quotation marks."""
        at = bisect_right(self.stretches, (offset, sys.maxsize)) - 1
        return at >= 0 and offset < self.stretches[at][1]


def quoted(sentences: Sequence[Sentence]) -> tuple[Quoted, ...]:
    """For each sentence, what of it is quoted; `opens_inside`: it begins inside a quotation that was open already."""
    result: list[Quoted] = []
    inside = False
    paragraph = -1
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            paragraph, inside = sentence.paragraph, False
        text = sentence.text
        opened = inside
        stretches: list[tuple[int, int]] = []
        start = 0
        for mark in _DOUBLE.finditer(text):
            closing = mark.group() in "”»" or (inside and mark.group() not in "“„«")
            if closing and inside:
                stretches.append((start, mark.start()))
                inside = False
            elif not closing:
                start, inside = mark.end(), True
        if inside:
            stretches.append((start, len(text)))
        if not stretches:
            stretches = [(single.start() + 1, single.end() - 1) for single in _SINGLE.finditer(text)]
        count = sum(len(_WORD.findall(text, begin, end)) for begin, end in stretches)
        result.append(Quoted(tuple(stretches), count, opened, inside))
    return tuple(result)
