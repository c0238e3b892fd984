"""Whether a sentence denies a transfer: that it was agreed or made, or that it ever will be.

A negation alone denies nothing: "no warship was ever bought so quickly", "would not say how many", "denied that the
jets were faulty". What counts is named in `data/denials.csv` by kind:

- `verb`: a verb of denial before an act of supply ("denied that a contract existed") or a report (`told`);
- `charge`: a verb that turns away a report, and only a report ("dismissed the claim");
- `untrue`: what a report is called ("baseless");
- else an act of supply that is itself negated, with its thing beside it ("has never sold them any missiles").
"""

from collections.abc import Sequence
from functools import cache

from reports.extraction import tables
from reports.extraction.roles import Mark
from reports.extraction.scene import Scene

_SUPPLY = frozenset({"contract", "give", "get", "order", "sign", "receive", "pledge", "smuggle", "lease"})
_AGREED = frozenset(
    {"contract", "deal", "order", "sell", "purchase", "acquire", "transfer"}
)  # "no contract", "no sale"
_VERBS = _SUPPLY - {"receive"}
_NOT = frozenset({"not", "n't", "never"})
_STOPS = frozenset({";", ".", ":", "but", "while", "although", "though", "because"})
_QUOTES = frozenset('"“”')
_CONTENT = frozenset({"that", "of", "about", "in"})  # what a report says follows them
_AWAY = frozenset({"for", "of", "on", "about", "with", "in", "under"})
_REACH = 14  # marks after a verb of denial that may be what it denies


@cache
def _kind(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in tables.rows("denials") if row["kind"] == kind)


@cache
def _untrue() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row["word"].split()) for row in tables.rows("denials") if row["kind"] == "untrue")


def denies(scene: Scene, number: int, item: int, supplier: str, recipient: str) -> bool:
    """Whether a sentence denies the transfer of an item between two parties (codes)."""
    marks = scene.marks[number]
    lows = [mark.low for mark in marks]
    if any(tuple(lows[at : at + len(words)]) == words for words in _untrue() for at in range(len(lows))):
        return True
    for at, mark in enumerate(marks):
        if mark.low in _kind("verb") or mark.low in _kind("charge") or _rules_out(marks, at):
            if _is_turned(lows, at):
                continue
            denied = [one for one in _clause(marks, at + 1) if one.low not in _QUOTES]
            if _is_report(denied):
                return True
            tells = mark.low not in _kind("charge") or _told(denied) is not None
            if tells and _supplies(denied) and not _other_pair(scene, denied, supplier, recipient):
                return True
        elif mark.trigger is not None and _negated(scene, marks, at, item):
            return not _other_pair(scene, marks[max(0, at - 8) : at + 9], supplier, recipient)
    return False


def _rules_out(marks: Sequence[Mark], at: int) -> bool:
    trigger = marks[at].trigger
    return trigger is not None and trigger.lemma == "rule" and at + 1 < len(marks) and marks[at + 1].low == "out"


def _is_turned(lows: Sequence[str], at: int) -> bool:
    """ "Did not deny", "neither confirmed nor denied"."""
    return not {*_NOT, "nor", "neither", "or", "cannot"}.isdisjoint(lows[max(0, at - 3) : at])


def _clause(marks: Sequence[Mark], start: int) -> Sequence[Mark]:
    """The marks from a place to the end of its clause."""
    end = next((at for at in range(start, min(len(marks), start + _REACH)) if marks[at].low in _STOPS), start + _REACH)
    return marks[start:end]


def _told(marks: Sequence[Mark]) -> int | None:
    """Where a report stands that is what is denied: "a newspaper report that Egypt has ordered jets"."""
    return next((at for at, mark in enumerate(marks[:5]) if mark.low in _kind("told")), None)


def _is_report(marks: Sequence[Mark]) -> bool:
    """Whether a report is denied whose content stands elsewhere: "denied the reports"."""
    at = _told(marks)
    if at is None or any(mark.low == "that" for mark in marks[:at]):
        return False
    return at + 1 == len(marks) or marks[at + 1].low not in _CONTENT


def _supplies(marks: Sequence[Mark]) -> bool:
    """Whether an act of supply, or having what was supplied, is among the marks."""
    things = any(mark.kind == "W" or mark.low in _kind("object") for mark in marks)
    for mark in marks:
        if mark.trigger is not None and mark.trigger.frame in _SUPPLY:
            return True
        if things and mark.low in _kind("having"):
            return True
    return False


def _other_pair(scene: Scene, marks: Sequence[Mark], supplier: str, recipient: str) -> bool:
    """Whether the marks name parties, but other ones: "denied that Ukraine sold the tanks to Sudan" is not of Kenya."""
    codes = {scene.parties[mark.ref].party.code for mark in marks if mark.kind == "P"}
    strange = codes - {supplier, recipient}
    return bool(strange) and recipient not in codes


def _negated(scene: Scene, marks: Sequence[Mark], at: int, item: int) -> bool:
    """Whether the act of supply at a place is itself denied, for the item or for arms of any kind."""
    trigger = marks[at].trigger
    if trigger is None or trigger.frame not in _VERBS:
        return False
    before = [mark.low for mark in marks[max(0, at - 5) : at]]
    clause = _clause(marks, at + 1)
    if any(mark.low in _kind("open") for mark in clause) or not _kind("plea").isdisjoint(before):
        return False
    if _is_none(before):
        return trigger.lemma in _AGREED
    if trigger.form in ("noun", "phrase"):
        return False
    if not _kind("ability").isdisjoint(before[-4:]):
        return False
    gap = list(before)
    while gap and gap[-1] in _kind("between"):
        gap.pop()
    if not gap or gap[-1] not in _NOT:
        return False
    passive = {"be", "been", "being"} & set(before[-3:])
    near = marks[max(0, at - 7) : at] if passive else _object(clause)
    return any(_is_thing(scene, mark, item) for mark in near)


def _object(clause: Sequence[Mark]) -> Sequence[Mark]:
    """What directly follows a verb, up to a preposition that leads away from it ("a date for the delivery")."""
    end = next((at for at, mark in enumerate(clause) if mark.low in _AWAY), len(clause))
    return clause[:end]


def _is_none(before: Sequence[str]) -> bool:
    """ "No contract", "no new contracts", "no such deal"."""
    return before[-1:] == ["no"] or (before[-2:-1] == ["no"] and before[-1] in ("such", "new", "arms", "weapons"))


def _is_thing(scene: Scene, mark: Mark, item: int) -> bool:
    if mark.kind == "W":
        thing = scene.item_of[mark.ref]
        return thing == item or scene.items[thing].sort == "umbrella"
    return mark.low in _kind("object")
