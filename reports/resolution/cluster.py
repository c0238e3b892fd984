"""Claims of a block to deals. The partition does not depend on the order in which claims come.

Claims of one text and group stay together, and groups of one text stay apart: the reader says so. Units of one weapon
are compared pair by pair, each with its neighbours in time; those that score high on average are one deal. Units that
name no weapon ("the missiles") are put together by their noun, and join a deal only where one alone can be meant.
"""

from collections import defaultdict
from collections.abc import Sequence

from reports.resolution.linkage import link
from reports.resolution.nouns import noun_fits, noun_key, weapon_key
from reports.resolution.records import Evidence, Method
from reports.resolution.score import gap_of, score
from reports.resolution.units import Unit, units_of

Group = list[Unit]


def cluster(claims: Sequence[Evidence], method: Method) -> list[tuple[Evidence, ...]]:
    """The claims of a block, partitioned into deals; within a deal and among deals in a fixed order."""
    named: dict[str, Group] = defaultdict(list)
    generic: dict[str, Group] = defaultdict(list)
    for unit in units_of(claims):
        if weapon := weapon_key(unit.voice):
            named[weapon].append(unit)
        else:
            generic[noun_key(unit.voice.weapon_text)].append(unit)
    deals = [group for weapon in sorted(named) for group in _link(named[weapon], method)]
    nouns = [group for noun in sorted(generic) for group in _link(generic[noun], method)]
    return [
        tuple(claim for unit in sorted(group, key=lambda unit: unit.order) for claim in unit.claims)
        for group in _join(deals, nouns, method)
    ]


def _link(units: Group, method: Method) -> list[Group]:
    """Units of one weapon, compared with at most `neighbours` later ones each, as deals."""
    pairs = (
        (left, right, score(one, units[right], method).value)
        for left, one in enumerate(units)
        for right in range(left + 1, min(left + 1 + method.neighbours, len(units)))
        if one.text != units[right].text
    )
    groups = link([unit.text for unit in units], pairs, method.same_deal)
    return [[units[number] for number in group] for group in groups]


def _join(deals: list[Group], nouns: list[Group], method: Method) -> list[Group]:
    """The deals, with each group of generic units in the one deal that it can mean; those with none stay deals."""
    guests: dict[int, list[Group]] = defaultdict(list)
    alone: list[Group] = []
    for group in nouns:
        homes = [number for number, deal in enumerate(deals) if _may_mean(group, deal, method)]
        if len(homes) == 1:
            guests[homes[0]].append(group)
        else:
            alone.append(group)
    for number, groups in guests.items():
        texts = [unit.text for group in groups for unit in group]
        if len(set(texts)) < len(texts):
            alone += groups  # one text tells two of them apart, so they cannot both be this deal
        else:
            deals[number] = [*deals[number], *(unit for group in groups for unit in group)]
    return deals + alone


def _may_mean(group: Group, deal: Group, method: Method) -> bool:
    """Whether each unit is near in time to a unit of the deal, its noun fits, and no text tells the two apart."""
    if {unit.text for unit in group} & {unit.text for unit in deal}:
        return False
    return all(any(_near(unit.voice, member.voice, method) for member in deal) for unit in group)


def _near(voice: Evidence, other: Evidence, method: Method) -> bool:
    gap = gap_of(voice, other)
    return gap is not None and gap <= method.near and noun_fits(voice.weapon_text, other.kind)
