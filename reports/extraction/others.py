"""Who else has a part in a deal: who must allow it, pays for it, makes the arms, or gives or gets them together.

Plain patterns over the marks of the sentences that name the item; a party that is already supplier or recipient
has no other role.
"""

from collections.abc import Iterator, Sequence

from reports.choices import Role
from reports.extraction.roles import Mark, polarity_of
from reports.extraction.scene import Scene

_AUX = frozenset({"has", "have", "had", "will", "would", "also", "agreed", "to", "is", "being", "been"})
_TOGETHER = frozenset({"jointly", "together", "joint"})
_GIVES = frozenset({"give", "pledge", "offer", "contract"})
_GETS = frozenset({"get", "order", "receive", "contract", "sign", "select", "request"})
_JOINS = frozenset({"and", ","})


def others_of(scene: Scene, item: int, supplier: str, recipient: str) -> list[tuple[Role, str]]:
    """The further parties (codes) of a deal with their roles, each party once, in order of the text."""
    found: dict[str, Role] = {}
    for number in sorted({scene.weapons[index].sentence for index in scene.items[item].mentions}):
        marks = scene.marks[number]
        for role, code in (*_joint(scene, marks, supplier, recipient), *_beside(scene, marks, item)):
            if code not in (supplier, recipient):
                found.setdefault(code, role)
    return [(role, code) for code, role in found.items()]


def _code(scene: Scene, marks: Sequence[Mark], at: int) -> str:
    """The party at a place; "" where there is none."""
    if not 0 <= at < len(marks) or marks[at].kind != "P":
        return ""
    return scene.parties[marks[at].ref].party.code


def _beside(scene: Scene, marks: Sequence[Mark], item: int) -> Iterator[tuple[Role, str]]:
    """Authorisers, financiers and producers."""
    for at, mark in enumerate(marks):
        if mark.trigger is None or polarity_of(marks, at) in ("not", "if", "modal"):
            continue
        frame, form = mark.trigger.frame, mark.trigger.form
        role = {"approve": Role.AUTHORISER, "pay": Role.FINANCIER}.get(frame)
        if role is not None:
            acting = form != "pas" and (role is Role.AUTHORISER or _pays_for(marks, at))
            party = _by(scene, marks, at) or (_before(scene, marks, at) if acting else "")
            if party:
                yield role, party
        elif frame == "build" and form != "noun":
            party = _made_in(scene, marks, at, item)
            if party:
                yield Role.PRODUCER, party


def _by(scene: Scene, marks: Sequence[Mark], at: int) -> str:
    """The party after "by": "approved by Germany", "paid for by Norway", "approval from Berlin"."""
    after = [mark.low for mark in marks[at + 1 : at + 3]]
    if after[:1] in (["by"], ["from"]):
        return _code(scene, marks, at + 2)
    return _code(scene, marks, at + 3) if after == ["for", "by"] else ""


def _before(scene: Scene, marks: Sequence[Mark], at: int) -> str:
    """The party that acts: "Germany has approved", "German approval"."""
    place = at - 1
    while place >= 0 and (marks[place].low in _AUX or marks[place].low == "'s"):
        place -= 1
    return _code(scene, marks, place)


def _pays_for(marks: Sequence[Mark], at: int) -> bool:
    """Whether arms are what is paid for: "paid for the jets", "financed 100 tanks"."""
    return marks[at].low != "cost" and any(mark.kind == "W" for mark in marks[at + 1 : at + 5])


def _made_in(scene: Scene, marks: Sequence[Mark], at: int, item: int) -> str:
    """The maker's state: "American-made F-16 jets", "jets built by Dassault"; the item stands next to it."""
    if at > 1 and marks[at - 1].low == "-":
        return _code(scene, marks, at - 2) if _is_item(scene, marks[at + 1 : at + 2], item) else ""
    return _by(scene, marks, at) if _is_item(scene, marks[max(0, at - 1) : at], item) else ""


def _is_item(scene: Scene, marks: Sequence[Mark], item: int) -> bool:
    return any(mark.kind == "W" and scene.item_of[mark.ref] == item for mark in marks)


def _joint(scene: Scene, marks: Sequence[Mark], supplier: str, recipient: str) -> Iterator[tuple[Role, str]]:
    """Who gives or gets together with the supplier or the recipient: "Germany and Norway will jointly supply"."""
    told = next((at for at, mark in enumerate(marks) if mark.low in _TOGETHER), None)
    if told is None:
        return
    act = next((mark.trigger.frame for mark in marks[told + 1 : told + 4] if mark.trigger), "")
    row = [mark for mark in marks if mark.low != "the"]
    for at in range(2, len(row)):
        pair = _code(scene, row, at - 2), _code(scene, row, at)
        if row[at - 1].low not in _JOINS or not all(pair):
            continue
        for one, other in (pair, pair[::-1]):
            if act in _GIVES and one == supplier:
                yield Role.CO_SUPPLIER, other
            elif act in _GETS and one == recipient:
                yield Role.CO_RECIPIENT, other
            elif act == "build" and one == supplier:
                yield Role.PRODUCER, other
