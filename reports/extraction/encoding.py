"""A text as the encoder sees it: neutral names, windows of tokens, and a place in them for each mention.

The encoder is to learn who plays which role, not which countries sell arms. So each state becomes one of a fixed row
of states, form for form ("Moscow" -> "Nairobi", "Russian" -> "Kenyan"), each weapon a code word and its category
("MiG-29M/M2" -> "alpha aircraft"). Where no order of the row is given, states take their stand-ins by appearance;
training deals them at random.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tokenizers import Tokenizer

from reports.choices import NameKind
from reports.extraction import tables
from reports.extraction.roles import Mark
from reports.extraction.scene import Scene

TOKENIZER = Path(__file__).parent / "data" / "tokenizer.json"
WINDOW = 320  # tokens
_MOST_WINDOWS = 24
_START, _END = 101, 102  # [CLS] and [SEP] of the tokenizer


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the windows: tokens `start` to `end` (exclusive) of one window."""

    window: int
    start: int
    end: int


@dataclass(frozen=True)
class Encoded:
    """The windows of a text, and the places in them of its mentions by (kind, start in the text), and of its sentences.

    Kinds are those of marks: P party, W weapon, Q number, M money.
    """

    windows: tuple[tuple[int, ...], ...]
    mentions: dict[tuple[str, int], Place]
    sentences: dict[int, Place]


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    kind: str = ""
    start: int = -1


@cache
def tokenizer() -> Tokenizer:
    """The encoder's own way of cutting text into tokens."""
    found = Tokenizer.from_file(str(TOKENIZER))
    found.no_padding()
    found.no_truncation()
    return found


@cache
def stand_ins() -> tuple[tuple[str, str, str], ...]:
    """The states that take the place of others: name, demonym, capital."""
    return tuple((row["name"], row["demonym"], row["capital"]) for row in tables.rows("stand_ins"))


@cache
def code_words() -> tuple[str, ...]:
    """The words that take the place of designations."""
    return tuple(row["word"] for row in tables.rows("code_words"))


@cache
def _nouns() -> dict[str, str]:
    return {row["category"]: row["noun"] for row in tables.rows("category_nouns")}


def encode(scene: Scene, order: Sequence[int] = (), words: Sequence[int] = ()) -> Encoded:
    """The text in windows. `order` and `words` permute the stand-ins and the code words."""
    cut = [_tokens(list(_pieces(scene, marks, order, words))) for marks in _rows(scene)]
    windows: list[tuple[int, ...]] = []
    mentions: dict[tuple[str, int], Place] = {}
    places: dict[int, Place] = {}
    number = 0
    title = cut[0][0][: WINDOW // 4] if cut else []
    while number < len(cut) and len(windows) < _MOST_WINDOWS:
        tokens = [_START]
        if number:
            before = cut[number - 1][0][-WINDOW // 5 :]
            tokens += [*title, _END, *(before if number > 1 else [])]
        first = True
        while number < len(cut) and (first or len(tokens) + len(cut[number][0]) < WINDOW):
            ids, spans = cut[number]
            base = len(tokens)
            ids = ids[: WINDOW - 2]
            tokens += ids
            if ids:
                places[number] = Place(len(windows), base, base + len(ids))
            for key, (start, end) in spans.items():
                if start < len(ids):
                    mentions[key] = Place(len(windows), base + start, base + min(end, len(ids)))
            number += 1
            first = False
        windows.append((*tokens, _END))
    return Encoded(tuple(windows), mentions, places)


def _rows(scene: Scene) -> Iterator[tuple[int, tuple[Mark, ...]]]:
    yield from enumerate(scene.marks)


def _pieces(
    scene: Scene, row: tuple[int, tuple[Mark, ...]], order: Sequence[int], words: Sequence[int]
) -> Iterator[_Piece]:
    """A sentence as stretches of plain text and of replaced mentions."""
    number, marks = row
    sentence = scene.sentences[number]
    at = sentence.span.start
    end = at + len(sentence.text)
    last = len(marks)
    here = 0
    while here < last:
        mark = marks[here]
        if mark.kind not in "PWQM":
            here += 1
            continue
        same = [mark]
        while here + 1 < last and marks[here + 1].start == mark.start and marks[here + 1].kind == mark.kind:
            here += 1
            same.append(marks[here])
        here += 1
        if mark.start > at:
            yield _Piece(scene.content[at : mark.start])
        yield _Piece(_replaced(scene, same, order, words), mark.kind, mark.start)
        at = max(at, mark.end)
    if at < end:
        yield _Piece(scene.content[at:end])


def _replaced(scene: Scene, marks: Sequence[Mark], order: Sequence[int], words: Sequence[int]) -> str:
    mark = marks[0]
    surface = scene.content[mark.start : mark.end]
    if mark.kind == "P":
        return " and ".join(_party(scene, one.ref, surface, order) for one in marks)
    if mark.kind == "W":
        mention = scene.weapons[mark.ref]
        if mention.generic:
            return surface
        item = scene.item_of[mark.ref]
        word = code_words()[(words[item % len(words)] if words else item) % len(code_words())]
        return f"{word} {_nouns().get(mention.category.value, 'weapon')}"
    return surface


def _party(scene: Scene, ref: int, surface: str, order: Sequence[int]) -> str:
    mention = scene.parties[ref]
    code = mention.party.code
    if not (len(code) == 2 and code.isupper()):
        return surface
    at = scene.codes.index(code)
    name, demonym, capital = stand_ins()[(order[at % len(order)] if order else at) % len(stand_ins())]
    if mention.organisation:
        return f"{demonym} firm"
    if mention.person:
        return f"{demonym} leader"
    if mention.form is NameKind.DEMONYM:
        return demonym
    return capital if mention.form is NameKind.METONYM else name


def _tokens(pieces: Sequence[_Piece]) -> tuple[list[int], dict[tuple[str, int], tuple[int, int]]]:
    """The tokens of a sentence, and where its mentions stand in them."""
    ids: list[int] = []
    spans: dict[tuple[str, int], tuple[int, int]] = {}
    texts = [piece.text for piece in pieces]
    for piece, encoding in zip(pieces, tokenizer().encode_batch(texts, add_special_tokens=False), strict=True):
        if piece.kind and encoding.ids:
            spans[piece.kind, piece.start] = (len(ids), len(ids) + len(encoding.ids))
        ids += encoding.ids
    return ids, spans
