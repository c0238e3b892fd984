"""The words of a sentence, as attribution and persons look at them."""

import re
from dataclasses import dataclass

from reports.extraction.mentions import Sentence
from reports.extraction.quotation import Quoted

_WORD = re.compile(
    r"""
    (?:[^\W\d_]\.){1,4}(?=[\s,'’)]|$)        # U.S.  J.
    | [^\W_]+(?:[.&/’'‘-][^\W_]+)*(?:\.|(?<=s)['’](?=\s\w))?   # Jean-Yves, O'Hanlon, Russia's, ministers', Lt.
    | \S                                     # one mark
    """,
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"['’]s?\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: `start`, `end` are offsets into its sentence; `low` is small, without possessive and stop."""

    text: str
    low: str
    start: int
    end: int
    quoted: bool
    possessive: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def mark(self) -> bool:
        """Whether it is a punctuation mark."""
        return not self.text[0].isalnum()


_KEEP_STOP = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "adm",
        "sen",
        "rep",
        "gov",
        "prof",
        "brig",
        "cmdr",
        "st",
        "hon",
        "no",
        "jr",
        "sr",
        "amb",
        "rtd",
        "atty",
        "engr",
        "cdr",
    ]
)


def words_of(sentence: Sentence, quoted: Quoted) -> tuple[Word, ...]:
    """The words and marks of a sentence in order. A final full stop is a mark of its own."""
    found: list[Word] = []
    text = sentence.text
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        inside = bool(quoted.stretches) and quoted.covers(start)
        stop = len(word) > 1 and word[-1] == "." and word.count(".") == 1 and word[:-1].lower() not in _KEEP_STOP
        stop = stop and (len(word) > 2 or end == len(text))
        if stop:
            word, end = word[:-1], end - 1
        cut = _POSSESSIVE.search(word) if "'" in word or "’" in word else None
        bare = word[: cut.start()] if cut and len(word) > 2 else word
        possessive = bare is not word and (word[-1] == "s" or bare[-1:] == "s")
        low = bare.lower()
        if low[-1] == "." and len(low) > 1:
            low = low.replace(".", "")
        found.append(Word(word, low, start, end, inside, possessive))
        if stop:
            found.append(Word(".", ".", end, end + 1, inside, False))
    return tuple(found)
