"""Claims of a block to deals. The partition does not depend on the order in which claims come.

Claims of one text and group stay together, and groups of one text stay apart: the reader says so, and only an analyst
overrules it. Units of one weapon are compared pair by pair, each with its neighbours in time; those that score high on
average are one deal. Units that name no weapon ("the missiles") are put together by their noun, and join a deal only
where one alone can be meant.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from reports.resolution.judging import Bunches, settle
from reports.resolution.linkage import Marks, link
from reports.resolution.nouns import noun_fits, noun_key, weapon_key
from reports.resolution.records import Evidence, Method, Verdict
from reports.resolution.score import gap_of, score
from reports.resolution.units import Unit, units_of

Group = list[Unit]


def cluster(claims: Sequence[Evidence], method: Method, verdicts: Sequence[Verdict] = ()) -> list[tuple[Evidence, ...]]:
    """The claims of a block, partitioned into deals; within a deal and among deals in a fixed order."""
    settled = settle(verdicts)
    units = units_of(claims, settled.apart)
    bunches = _bunches(units, settled.together)
    named: dict[str, Group] = defaultdict(list)
    generic: dict[str, Group] = defaultdict(list)
    for unit, (weapon, noun) in zip(units, _names(units, bunches), strict=True):
        (named[weapon] if weapon else generic[noun]).append(unit)
    numbers = {id(unit): number for number, unit in enumerate(units)}

    def linked(group: Group) -> list[Group]:
        return _link(group, method, [bunches.of(numbers[id(unit)]) for unit in group] if settled.together else None)

    deals = [group for weapon in sorted(named) for group in linked(named[weapon])]
    nouns = [group for noun in sorted(generic) for group in linked(generic[noun])]
    return [
        tuple(claim for unit in sorted(group, key=lambda unit: unit.order) for claim in unit.claims)
        for group in _join(deals, nouns, method)
    ]


def _bunches(units: Sequence[Unit], together: Iterable[frozenset[str]]) -> Bunches:
    """Which units (by number) analysts said to be one deal."""
    bunches = Bunches()
    groups = list(together)
    if groups:
        holder = {claim.id: number for number, unit in enumerate(units) for claim in unit.claims}
        for group in groups:
            bunches.join({holder[claim] for claim in group if claim in holder})
    return bunches


def _names(units: Sequence[Unit], bunches: Bunches) -> list[tuple[str, str]]:
    """What each unit names: (weapon, noun). Of units that are one deal, what the first with a weapon names."""
    own = [(weapon_key(unit.voice), noun_key(unit.voice.weapon_text)) for unit in units]
    shared: dict[int, tuple[str, str]] = {}
    for group in bunches.groups():
        shared |= dict.fromkeys(group, next((own[n] for n in sorted(group) if own[n][0]), own[min(group)]))
    return [shared.get(number, name) for number, name in enumerate(own)]


def _link(units: Group, method: Method, bunch: Sequence[int] | None = None) -> list[Group]:
    """Units of one weapon, compared with at most `neighbours` later ones each, as deals.

    `bunch` names for each what it belongs with by an analyst's word.
    """
    pairs = (
        (left, right, score(one, units[right], method).value)
        for left, one in enumerate(units)
        for right in range(left + 1, min(left + 1 + method.neighbours, len(units)))
        if one.text != units[right].text
    )
    together: dict[int, list[int]] = defaultdict(list)
    for number, name in enumerate(bunch or ()):
        together[name].append(number)
    groups = link([unit.marks for unit in units], pairs, method.same_deal, together.values())
    return [[units[number] for number in group] for group in groups]


def _join(deals: list[Group], nouns: list[Group], method: Method) -> list[Group]:
    """The deals, with each group of generic units in the one deal that it can mean; those with none stay deals."""
    guests: dict[int, list[Group]] = defaultdict(list)
    alone: list[Group] = []
    marks = [_marks(deal) for deal in deals]
    for group in nouns:
        homes = [
            number
            for number, deal in enumerate(deals)
            if not _marks(group).object_to(marks[number]) and _may_mean(group, deal, method)
        ]
        if len(homes) == 1:
            guests[homes[0]].append(group)
        else:
            alone.append(group)
    for number, groups in guests.items():
        texts = [unit.text for group in groups for unit in group]
        if len(set(texts)) < len(texts) or _quarrel(groups):
            alone += groups  # one text, or an analyst, tells two of them apart: they cannot both be this deal
        else:
            deals[number] = [*deals[number], *(unit for group in groups for unit in group)]
    return deals + alone


def _marks(group: Group) -> Marks:
    return Marks.of(unit.marks for unit in group)


def _quarrel(groups: Sequence[Group]) -> bool:
    marks = [_marks(group) for group in groups]
    return any(one.object_to(Marks.of(marks[number + 1 :])) for number, one in enumerate(marks))


def _may_mean(group: Group, deal: Group, method: Method) -> bool:
    """Whether each unit is near in time to a unit of the deal, and its noun fits."""
    return all(any(_near(unit.voice, member.voice, method) for member in deal) for unit in group)


def _near(voice: Evidence, other: Evidence, method: Method) -> bool:
    gap = gap_of(voice, other)
    return gap is not None and gap <= method.near and noun_fits(voice.weapon_text, other.kind)
