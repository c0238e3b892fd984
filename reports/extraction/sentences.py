"""Splits a canonical text into sentences, with exact offsets.

The title is sentence 0 of paragraph 0; every other line is a paragraph. Inside a line a sentence ends at `.`, `!`, `?`
or `…`, with the quotation marks and brackets that close after it, where a new sentence can begin. Abbreviations
("Lt. Col.", "Dec. 29", "U.S.") are told apart by a table: some never end a sentence, some not before a number, some
only before a word that opens sentences. One pass of one regular expression over the text: linear on any input.
"""

import re
from functools import cache

from reports.extraction import tables
from reports.extraction.mentions import Sentence
from reports.records import Span

# Where a sentence may end: the stop, what closes after it, blanks, and what may open before the next word.
_STOP = re.compile(
    r"""
    (?P<mark> [.!?…]{1,6} )
    (?P<close> ["'”’»)\]]{0,4} )
    [ \t\u00a0]+
    (?= (?P<open> ["'“‘«(\[]{0,3} ) (?P<next> [^\W_] ) )
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\s\"“”‘(\[]*\Z")
_NEXT_WORD = re.compile(r"[\w'’]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_SPEECH_TAG = re.compile(  # `"Fire!" Lavrov said`: the mark inside the quotation ends no sentence
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|added|told|wrote)\b"
)
_BULLET = re.compile(r"[-–—•*·▪●►]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+")

_SHORT_WORDS = frozenset(
    [
        "no",
        "so",
        "up",
        "it",
        "us",
        "we",
        "me",
        "he",
        "in",
        "on",
        "by",
        "do",
        "go",
        "to",
        "of",
        "is",
        "be",
        "tv",
        "uk",
        "un",
        "eu",
        "uae",
        "ok",
        "pm",
        "mp",
        "ii",
        "iv",
    ]
)
_LOOK_BACK = 24  # no abbreviation of the table is longer
_LOOK_AHEAD = 80


@cache
def _abbreviations() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in tables.rows("abbreviations")}


@cache
def _starters() -> frozenset[str]:
    return tables.words("sentence_starters")


def split(content: str) -> tuple[Sentence, ...]:
    """The sentences of a canonical text (title, blank line, body), in order.

    Spans are disjoint, ordered, without blanks at either end, and cover every character that is not a blank. A text
    of one line is a title alone.
    """
    sentences: list[Sentence] = []
    paragraph = -1
    start = 0
    for line in content.split("\n"):
        if line.strip():
            paragraph += 1
            title = paragraph == 0
            cuts = [] if title else _cuts(line)
            for begin, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
                text = line[begin:end]
                lead = len(text) - len(text.lstrip())
                text = text.strip()
                if text:
                    at = start + begin + lead
                    sentences.append(Sentence(len(sentences), paragraph, Span(at, at + len(text)), text, title))
        start += len(line) + 1
    return tuple(sentences)


def _cuts(line: str) -> list[int]:
    """Where new sentences begin inside a line, as offsets into it."""
    bullet = _BULLET.match(line)
    body = bullet.end() if bullet else 0
    return [stop.end() for stop in _STOP.finditer(line, body) if _ends(line, stop)]


def _ends(line: str, stop: re.Match[str]) -> bool:
    """Whether the stop ends its sentence."""
    mark, close, opened, first = stop["mark"], stop["close"], stop["open"], stop["next"]
    ahead = line[stop.end() : stop.end() + _LOOK_AHEAD]
    if not (first.isupper() or first.isdigit() or opened or (first.isalpha() and not first.islower())):
        return False  # a small letter goes on: `"...?" he asked`
    if mark[0] in "!?":
        return not (close and _SPEECH_TAG.match(ahead))
    if opened and first.islower() and not close:
        return mark == "." and not _abbreviated(line, stop, ahead)
    if mark != ".":
        return mark[0] == "…" or first.isupper() or bool(opened)
    return not _abbreviated(line, stop, ahead)


def _abbreviated(line: str, stop: re.Match[str], ahead: str) -> bool:
    """Whether the full stop belongs to an abbreviation that does not end the sentence here."""
    if stop["close"] and stop["close"][0] in ')]"”»':
        return False
    back = line[max(0, stop.start() - _LOOK_BACK) : stop.start()]
    found = _LAST_WORD.search(back)
    word = found.group() if found else ""
    low = word.lower()
    kind = _abbreviations().get(low)
    capital = bool(word) and word[0].isupper()
    follower = _NEXT_WORD.search(ahead)
    opens = bool(follower) and follower is not None and follower.group().lower() in _starters()
    if kind == "title":
        return capital or low not in {"min", "m", "sun", "st", "al", "sec", "ed"}
    if kind == "number":
        if low == "no" and not capital:
            return False
        if low in {"mar", "may", "c", "m", "p", "art"} and not capital:
            return stop["next"].isdigit()
        return stop["next"].isdigit() or (capital and not opens and not low.startswith("no"))
    if kind == "end" or (_INITIALS.match(word) and "." in word):
        return not opens and stop["next"].isalpha() and not stop["open"]
    if len(word) == 2 and capital and word.isalpha() and not opens and low not in _SHORT_WORDS:
        return stop["next"].isalpha()  # "Kh. Batbileg", "Yu. Borisov"
    # A single initial: "S. Korea", "J. Smith"; "I" and vitamins aside, one capital letter ends few sentences.
    return len(word) == 1 and word.isupper() and stop["next"].isalpha() and not (opens and word != "S")
