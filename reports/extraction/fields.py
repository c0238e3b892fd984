"""What a text says of a deal besides who, what and whom: how many, how much, how far it has come."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.choices import Unit
from reports.extraction.mentions import MoneyMention, QuantityMention
from reports.extraction.quantities import unit_of
from reports.extraction.roles import Mark, acts, polarity_of
from reports.extraction.scene import Scene
from reports.records import Span

_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)
_COUNTS_ALONE = frozenset(
    ["of", "more", "have", "had", "were", "are", "will", ".", ",", "arrived", "to", "others", "in"]
)
_EACH = frozenset(["each", "apiece", "per", "piece"])
_WORTH = frozenset(
    ["worth", "valued", "value", "cost", "costs", "costing", "price", "priced", "estimated", "total", "for", "at"]
)


@dataclass(frozen=True)
class Counted:
    """A number that may be the deal's quantity, with its cues."""

    quantity: QuantityMention
    cues: dict[str, float]


@dataclass(frozen=True)
class Priced:
    """A sum that may be the deal's value, with its cues."""

    money: MoneyMention
    cues: dict[str, float]


def counts(scene: Scene, item: int, supplier: str, recipient: str) -> list[Counted]:
    """The numbers that may count an item in a deal between two parties."""
    found: dict[tuple[int | None, int | None], Counted] = {}
    seen = list(_tied(scene, item))
    largest = max((q.min or q.max or 0 for q, _, _ in seen), default=0)
    for quantity, number, cues in seen:
        codes = {scene.parties[mark.ref].party.code for mark in scene.marks[number] if mark.kind == "P"}
        table = dict.fromkeys(cues, 1.0)
        table[f"both{(supplier in codes) + (recipient in codes)}"] = 1.0
        if number == 0:
            table["title"] = 1.0
        size = quantity.min or quantity.max or 0
        table["largest" if size == largest else "smaller"] = 1.0
        if size == 1:
            table["one"] = 1.0
        if size > 1000:
            table["thousands"] = 1.0
        key = (quantity.min, quantity.max)
        if key in found:
            merged = dict.fromkeys({*found[key].cues, *table}, 1.0) | {"again": 1.0}
            found[key] = Counted(found[key].quantity, merged)
        else:
            if not found:
                table["foremost"] = 1.0
            found[key] = Counted(quantity, table)
    only = {f"of{min(len(found), 3)}": 1.0}
    return [Counted(one.quantity, one.cues | only) for one in found.values()]


def _tied(scene: Scene, item: int) -> Iterator[tuple[QuantityMention, int, list[str]]]:
    """The numbers bound to an item, with the sentence and the cues of the bond."""
    own = set(scene.items[item].own)
    main = max(range(len(scene.items)), key=lambda k: len(scene.items[k].mentions))
    for number, marks in enumerate(scene.marks):
        mine = [at for at, m in enumerate(marks) if m.kind == "W" and scene.item_of[m.ref] == item]
        used: set[int] = set()
        for at in mine:
            near = _before(scene, marks, at)
            if near is not None:
                used.add(near)
                yield (
                    _with_unit(scene, marks, near, at),
                    number,
                    [*_around(marks, near), "before", "own" if marks[at].ref in own else "noun"],
                )
                continue
            if (single := _single(scene, marks, at)) is not None:
                yield single, number, ["article", "own" if marks[at].ref in own else "noun", *_around(marks, at)]
            if (after := _after(scene, marks, at)) is not None:
                yield after, number, ["after"]
        if (total := _sum(scene, marks, sorted(used))) is not None:
            yield total, number, ["sum"]
        if item == main or mine:
            yield from _loose(scene, number, mine, used)


def _loose(
    scene: Scene, number: int, mine: list[int], used: set[int]
) -> Iterator[tuple[QuantityMention, int, list[str]]]:
    """The numbers of a sentence that count without a noun beside them: "12 have arrived", "the first of six"."""
    marks = scene.marks[number]
    if not mine and any(mark.kind == "W" for mark in marks):
        return
    for at, mark in enumerate(marks):
        if mark.kind != "Q" or at in used or (at and marks[at - 1].low in _MONTHS):
            continue
        quantity = scene.quantities[mark.ref]
        following = marks[at + 1] if at + 1 < len(marks) else None
        if _is_year(quantity) or (quantity.min is None and quantity.max is None):
            continue
        after = following.low if following else ""
        if following and following.kind == "W":
            continue
        if after in _COUNTS_ALONE or mine:
            here = "mine" if mine else "none"
            yield quantity, number, ["loose", f"loose:{after}", f"loose:{here}", *_around(marks, at)]


def _after(scene: Scene, marks: tuple[Mark, ...], at: int) -> QuantityMention | None:
    """The number right after a weapon, as lists give it: "SU-27 fighter aircraft 12 units"."""
    if at + 1 >= len(marks) or marks[at + 1].kind != "Q":
        return None
    ends = at + 2 >= len(marks) or marks[at + 2].low in ("units", "pieces", ",", ".", ";", "and", ")")
    quantity = scene.quantities[marks[at + 1].ref]
    return quantity if ends and not _is_year(quantity) else None


def _sum(scene: Scene, marks: tuple[Mark, ...], used: list[int]) -> QuantityMention | None:
    """ "24 F-16C and 8 F-16D": 32, where one sentence counts two variants of one thing."""
    parts = [scene.quantities[marks[at].ref] for at in used]
    if len(parts) < 2 or any(part.min is None or part.min != part.max for part in parts):
        return None
    total = sum(part.min or 0 for part in parts)
    return replace(parts[0], min=total, max=total, text=" + ".join(part.text for part in parts))


def _before(scene: Scene, marks: tuple[Mark, ...], at: int) -> int | None:
    """The number that stands before a weapon and counts it."""
    for back in range(at - 1, max(-1, at - 8), -1):
        mark = marks[back]
        if mark.kind == "Q":
            return None if _is_year(scene.quantities[mark.ref]) or (back and marks[back - 1].low in _MONTHS) else back
        if mark.kind in "WM" or mark.low in (".", ";", ":", "to", "from", "for", "with", "in", "by", "and", "(", "on"):
            return None
        if mark.trigger is not None and mark.trigger.form not in ("noun", "phrase", "part", "pas"):
            return None
    return None


def _is_year(quantity: QuantityMention) -> bool:
    return (
        quantity.min is not None
        and 1940 <= quantity.min <= 2060
        and quantity.text.strip()[-4:].isdigit()
        and "," not in quantity.text
    )


def _with_unit(scene: Scene, marks: tuple[Mark, ...], number: int, weapon: int) -> QuantityMention:
    quantity = scene.quantities[marks[number].ref]
    words = [mark.low for mark in marks[number + 1 : weapon]]
    words += re.findall(r"[a-z]+", scene.weapons[marks[weapon].ref].text.lower())[-1:]
    units = [unit for word in words if (unit := unit_of(word)) is not None]
    return replace(quantity, unit=units[0]) if units else quantity


def _single(scene: Scene, marks: tuple[Mark, ...], at: int) -> QuantityMention | None:
    """ "a Patriot battery", "another frigate": one."""
    mention = scene.weapons[marks[at].ref]
    if mention.text.endswith("s") and not mention.text.endswith("ss"):
        return None
    for back in range(at - 1, max(-1, at - 4), -1):
        mark = marks[back]
        if mark.low in ("a", "an"):
            start = mark.start
            return QuantityMention(Span(start, mark.end), mention.sentence, mark.low, 1, 1, False, Unit.PIECE)
        if mark.kind not in "wPT" or mark.low in ("the", "of", "to", "from", "for", "with", "in", "and"):
            return None
    return None


def _around(marks: tuple[Mark, ...], at: int) -> Iterator[str]:
    previous = marks[at - 1] if at else None
    if previous is not None:
        yield f"prev:{previous.low or previous.kind}"
    if at + 1 < len(marks):
        yield f"next:{marks[at + 1].low or marks[at + 1].kind}"
    triggers = acts(marks)
    before = [trigger for place, trigger in triggers if place < at][-1:]
    after = [trigger for place, trigger in triggers if place >= at][:1]
    for tag, near in (("b", before), ("a", after)):
        for trigger in near:
            yield f"{tag}:{trigger.frame}.{trigger.form}"
            yield f"{tag}:{trigger.frame}"


def prices(scene: Scene, item: int, supplier: str, recipient: str) -> list[Priced]:
    """The sums that may be the value of a deal."""
    found: dict[tuple[object, str], Priced] = {}
    largest = max((money.amount for money in scene.sums), default=None)
    for index, money in enumerate(scene.sums):
        at = next((k for k, m in enumerate(scene.marks[money.sentence]) if m.kind == "M" and m.ref == index), None)
        if at is None:
            continue
        cues = [
            *_price_place(scene, item, money),
            *_price_words(scene, money.sentence, at),
            *_price_parties(scene, money.sentence, supplier, recipient),
            *(["largest"] if money.amount == largest else []),
            *(["first"] if index == 0 else []),
        ]
        table = dict.fromkeys(cues, 1.0)
        key = (money.amount, money.currency)
        if key in found:
            found[key] = Priced(found[key].money, {**found[key].cues, **table, "again": 1.0})
        else:
            found[key] = Priced(money, table)
    only = {f"of{min(len(found), 3)}": 1.0, f"article items{min(len(scene.items), 5)}": 1.0}
    return [Priced(one.money, one.cues | only) for one in found.values()]


def _price_place(scene: Scene, item: int, money: MoneyMention) -> Iterator[str]:
    """Where a sum stands in the text against the item."""
    number = money.sentence
    items = {scene.item_of[mark.ref] for mark in scene.marks[number] if mark.kind == "W"}
    yield "item here" if item in items else "others here" if items else "no item here"
    yield f"items{min(len(items), 3)}"
    places = {scene.weapons[index].sentence for index in scene.items[item].mentions}
    yield f"away{min(min((abs(number - place) for place in places), default=9), 4)}"
    main = max(range(len(scene.items)), key=lambda k: len(scene.items[k].mentions))
    near = _nearness(scene, item, money.span.start)
    yield f"nearest:{near}"
    yield "main" if item == main else "not main"
    yield f"main:{item == main}:{near}"
    if number == 0:
        yield "title"
    if money.amount < 1_000_000:
        yield "small"


def _price_words(scene: Scene, number: int, at: int) -> Iterator[str]:
    """The words and acts around a sum."""
    marks = scene.marks[number]
    for _, trigger in acts(marks):
        yield f"act:{trigger.frame}"
    yield from (f"word:{m.low}" for m in marks[max(0, at - 4) : at] if m.kind == "w" and len(m.low) > 2)
    yield from (f"then:{m.low}" for m in marks[at + 1 : at + 4] if m.kind == "w" and len(m.low) > 2)
    yield from _around(marks, at)
    near = {mark.low for mark in marks[max(0, at - 5) : at]} | {mark.low for mark in marks[at + 1 : at + 4]}
    yield from (f"near:{word}" for word in near & (_EACH | _WORTH))
    if near & _EACH:
        yield "each"
    if (at and marks[at - 1].kind == "M") or (at > 1 and marks[at - 2].kind == "M"):
        yield "second currency"


def _price_parties(scene: Scene, number: int, supplier: str, recipient: str) -> Iterator[str]:
    codes = {scene.parties[mark.ref].party.code for mark in scene.marks[number] if mark.kind == "P"}
    yield f"both{(supplier in codes) + (recipient in codes)}"
    if codes and not codes & {supplier, recipient}:
        yield "other parties"


def _nearness(scene: Scene, item: int, place: int) -> str:
    """Whether an item is the last named before a place in the text, the first after it in its sentence, or neither."""
    before = [index for index, mention in enumerate(scene.weapons) if mention.span.start < place]
    last = scene.item_of[before[-1]] if before else None
    if last == item:
        return "last"
    after = next((scene.item_of[k] for k, mention in enumerate(scene.weapons) if mention.span.start >= place), None)
    if after == item:
        return "first after"
    return "earlier" if any(scene.item_of[index] == item for index in before[-4:]) else "far"


def stage_cues(scene: Scene, item: int, supplier: str, recipient: str, only: int | None = None) -> dict[str, float]:
    """What the text says of how far the transfer of an item has come: each act near it, how it is said, and where.

    With `only`, what that one sentence says.
    """
    cues: dict[str, float] = {}
    places = {scene.weapons[index].sentence for index in scene.items[item].mentions}
    last = len(scene.sentences) - 1
    wide = set(places)
    for place in places:
        wide |= {place + 1, place - 1}
    wide = wide | {0, 1} if only is None else {only}
    if only is not None:
        places = {only}
    for number in sorted(n for n in wide if 0 <= n <= last):
        marks = scene.marks[number]
        codes = {scene.parties[mark.ref].party.code for mark in marks if mark.kind == "P"}
        own = number in places
        both = supplier in codes and recipient in codes
        prefix = "" if own else "near|"
        tags = [prefix]
        if number == 0:
            tags.append("title|")
        if own and both:
            tags.append("both|")
        if own and (supplier in codes or recipient in codes):
            tags.append("one|")
        if own:
            cues.update(dict.fromkeys(_wording(scene, marks, item), 1.0))
        for at, mark in enumerate(marks):
            if mark.trigger is None:
                continue
            trigger = mark.trigger
            how = polarity_of(marks, at)
            for tag in tags:
                cues[f"{tag}{trigger.frame}.{trigger.form}.{how}"] = 1.0
                cues[f"{tag}{trigger.frame}.{how}"] = 1.0
                cues[f"{tag}{trigger.lemma}"] = 1.0
            if own:
                cues[f"{trigger.lemma}.{trigger.form}.{how}"] = 1.0
    return cues


def _wording(scene: Scene, marks: tuple[Mark, ...], item: int) -> Iterator[str]:
    """The words of a sentence one by one and in pairs, and the acts next to the item with the word before them."""
    lows = [mark.low or mark.kind for mark in marks]
    for at, low in enumerate(lows):
        if len(low) > 3:
            yield f"word:{low}"
        if at:
            yield f"pair:{lows[at - 1]} {low}"
    mine = [at for at, m in enumerate(marks) if m.kind == "W" and scene.item_of[m.ref] == item]
    for place in mine[:2]:
        before = [act for act in acts(marks) if act[0] < place][-1:]
        after = [act for act in acts(marks) if act[0] > place][:1]
        for tag, near in (("before", before), ("after", after)):
            for at, trigger in near:
                how = polarity_of(marks, at)
                yield f"{tag}:{trigger.frame}.{trigger.form}.{how}"
                yield f"{tag}:{trigger.lemma}.{trigger.form}"
                yield f"{tag}:{trigger.frame}:{lows[at - 1] if at else ''}"
