"""Claims of a block to deals. The partition does not depend on the order in which claims come.

Claims of one text and group stay together (the reader says they are about one transfer): such a unit has the weapon,
day, quantity and value of its article's own voice. Units of one weapon are compared pair by pair, each within reach of
its neighbours in time; the score keeps its reasons; what scores high enough is linked, and what is linked is one deal.
A unit that names no weapon ("the missiles") joins a deal only where one deal can be meant.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from reports.choices import STAGE_ORDER, Stage
from reports.resolution.quantities import disagree, same
from reports.resolution.records import Evidence, Method

FINISHED = STAGE_ORDER[Stage.DELIVERED]
CONTRACT = STAGE_ORDER[Stage.ORDERED]


@dataclass(frozen=True, slots=True)
class Unit:
    """What one text says of one transfer."""

    claims: tuple[Evidence, ...]

    @property
    def voice(self) -> Evidence:
        """The article's own claim, which every group of a reading has; else the first."""
        return next((claim for claim in self.claims if claim.of_article), self.claims[0])

    @property
    def order(self) -> tuple[object, ...]:
        """A total order that depends on what is said alone."""
        voice = self.voice
        return (voice.day, voice.key.text_hash, voice.key.start, voice.group)


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for one deal, and why."""

    value: float
    reasons: tuple[str, ...]


def cluster(claims: Sequence[Evidence], method: Method) -> list[tuple[Evidence, ...]]:
    """The claims of a block, partitioned into deals; within a deal and among deals in a fixed order."""
    units = _units(claims)
    named: dict[str, list[Unit]] = defaultdict(list)
    generic: list[Unit] = []
    for unit in units:
        weapon = weapon_key(unit.voice)
        if weapon:
            named[weapon].append(unit)
        else:
            generic.append(unit)
    groups = [group for weapon in sorted(named) for group in _link(named[weapon], method)]
    homeless: dict[str, list[Unit]] = defaultdict(list)
    joined: dict[int, list[Unit]] = defaultdict(list)
    for unit in generic:
        home = _only_home(unit, groups, method)
        if home is None:
            homeless[noun_key(unit.voice.weapon_text)].append(unit)
        else:
            joined[home].append(unit)
    merged = [group + joined[number] for number, group in enumerate(groups)]
    merged += [group for noun in sorted(homeless) for group in _link(homeless[noun], method)]
    return [tuple(claim for unit in sorted(group, key=_order) for claim in unit.claims) for group in merged]


def _order(unit: Unit) -> tuple[object, ...]:
    return unit.order


def _units(claims: Sequence[Evidence]) -> list[Unit]:
    grouped: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for claim in claims:
        grouped[claim.unit].append(claim)
    units = [Unit(tuple(sorted(group, key=lambda claim: (claim.key.start, claim.id)))) for group in grouped.values()]
    return sorted(units, key=_order)


def weapon_key(claim: Evidence) -> str:
    """The family that a claim names, or the designation that no catalogue knows; empty for a generic noun."""
    if claim.family or claim.designation:
        return claim.family or claim.designation or ""
    return claim.weapon_text.lower() if any(letter.isdigit() for letter in claim.weapon_text) else ""


def noun_key(text: str) -> str:
    """The head of a generic noun phrase, singular: "Patrol Boats" and "patrol boat" are one."""
    head = text.lower().split()[-1] if text.split() else ""
    return head.removesuffix("s")


def _link(units: list[Unit], method: Method) -> list[list[Unit]]:
    """Units of one weapon, linked pair by pair with at most `neighbours` later ones, as connected components."""
    root = list(range(len(units)))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for left, one in enumerate(units):
        for right in range(left + 1, min(left + 1 + method.neighbours, len(units))):
            if score(one, units[right], method).value >= method.same_deal:
                first, second = sorted((find(left), find(right)))
                root[second] = first
    groups: dict[int, list[Unit]] = defaultdict(list)
    for number, unit in enumerate(units):
        groups[find(number)].append(unit)
    return list(groups.values())


def score(one: Unit, other: Unit, method: Method) -> Score:
    """How much speaks for `one` and `other` (the later) being about one deal; they name one weapon and one pair."""
    first, second = one.voice, other.voice
    points: list[tuple[float, str]] = [(1.0, "same supplier, recipient and weapon")]
    if first.story == second.story:
        points.append((3.0, "same story"))
    if first.key.text_hash == second.key.text_hash:
        points.append((-3.0, "one text tells them apart"))
    gap = _gap(first, second)
    if gap is not None:
        points.append(_by_gap(gap, method))
        if gap > method.near and _begins_anew(first, second):
            points.append((-1.0, "the earlier one was delivered, this one begins"))
    if first.quantity and second.quantity:
        if same(first.quantity, second.quantity):
            points.append((1.0, "same quantity"))
        elif gap is not None and gap > method.near and disagree(first.quantity, second.quantity, method):
            points.append((-0.6, "another quantity, another time"))
    if first.value and second.value and first.value.currency == second.value.currency:
        if first.value.amount == second.value.amount:
            points.append((1.0, "same value"))
        elif gap is not None and gap > method.near:
            points.append((-0.3, "another value, another time"))
    return Score(sum(number for number, _ in points), tuple(reason for number, reason in points if number))


def _gap(first: Evidence, second: Evidence) -> timedelta | None:
    if first.published is None or second.published is None:
        return None
    return abs(second.published - first.published)


def _by_gap(gap: timedelta, method: Method) -> tuple[float, str]:
    if gap <= method.near:
        return 0.5, f"within {method.near.days} days"
    if gap <= method.far:
        return 0.0, ""
    return (-0.6, "years apart") if gap <= method.very_far else (-1.2, "many years apart")


def _begins_anew(first: Evidence, second: Evidence) -> bool:
    return STAGE_ORDER[first.stage] >= FINISHED and STAGE_ORDER[second.stage] <= CONTRACT


def _only_home(unit: Unit, groups: list[list[Unit]], method: Method) -> int | None:
    """The one group that a generic unit can mean: in its own text if any is there, else within reach in time."""
    voice = unit.voice
    own = [
        n
        for n, group in enumerate(groups)
        if any(voice.key.text_hash == claim.key.text_hash for u in group for claim in u.claims)
    ]
    if own:
        return None  # the same text names a weapon apart from this one
    near = [n for n, group in enumerate(groups) if any(_reachable(voice, member.voice, method) for member in group)]
    return near[0] if len(near) == 1 else None


def _reachable(voice: Evidence, other: Evidence, method: Method) -> bool:
    gap = _gap(voice, other)
    return gap is not None and gap <= method.near and noun_fits(voice, other)


def noun_fits(voice: Evidence, other: Evidence) -> bool:
    """Whether a generic noun may mean the other's weapon: they share a category, which their block already says."""
    return voice.category == other.category
