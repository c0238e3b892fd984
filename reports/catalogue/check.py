"""What is wrong with a catalogue that loads: the questions that one row alone cannot answer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from reports.catalogue.load import Catalogue
from reports.catalogue.records import REGIONS, Office, Official, Party, WeaponType
from reports.catalogue.variants import fold
from reports.choices import Unroca

# Offices that one person holds at a time; a party may have several of the others.
_SINGLE = frozenset({Office.HEAD_OF_GOVERNMENT, Office.FOREIGN_MINISTER, Office.DEFENCE_MINISTER})

_UNROCA = frozenset(member.value for member in Unroca)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the table, the key of the row, and what is wrong with it."""

    table: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.table}: {self.key}: {self.reason}"


def check(catalogue: Catalogue) -> list[Problem]:
    """Every problem of a catalogue, table by table; empty where it is sound."""
    checks: tuple[Callable[[Catalogue], Iterator[Problem]], ...] = (
        _parties,
        _party_names,
        _officials,
        _offices,
        _weapons,
        _weapon_names,
        _organisations,
        _outlets,
    )
    return [problem for one in checks for problem in one(catalogue)]


def _parties(catalogue: Catalogue) -> Iterator[Problem]:
    for party in catalogue.parties:
        for code in (*party.country, *party.successor):
            if catalogue.party(code) is None:
                yield Problem("parties", party.code, f"there is no party {code}")
        if party.region and party.region not in REGIONS:
            yield Problem("parties", party.code, f"unknown region {party.region!r}")
        yield from _dates("parties", party.code, party.valid_from, party.valid_to)
        yield from _stray_context("parties", party.code, party.context, _names_of_party(party))
        if party.code in _chain(party.code, lambda code: _successors(catalogue, code)):
            yield Problem("parties", party.code, "is its own successor")


def _party_names(catalogue: Catalogue) -> Iterator[Problem]:
    owners: dict[str, list[Party]] = defaultdict(list)
    for party in catalogue.parties:
        for key in {fold(name) for name in _names_of_party(party)} - {fold(name) for name in party.context}:
            owners[key].append(party)
    for key, parties in owners.items():
        # A name may pass from one party to the next, as Germany's did.
        ordered = sorted(parties, key=lambda party: party.valid_from)
        for first, second in pairwise(ordered):
            if _overlap(first.valid_from, first.valid_to, second.valid_from, second.valid_to):
                yield Problem("parties", second.code, f"shares the name {key!r} with {first.code}; one needs context")


def _officials(catalogue: Catalogue) -> Iterator[Problem]:
    for official in catalogue.officials:
        if catalogue.party(official.party) is None:
            yield Problem("officials", official.name, f"there is no party {official.party}")
        yield from _dates("officials", official.name, official.valid_from, official.valid_to)


def _offices(catalogue: Catalogue) -> Iterator[Problem]:
    offices: dict[tuple[str, str], list[Official]] = defaultdict(list)
    for official in catalogue.officials:
        offices[official.party, official.role].append(official)
    for (party, role), held in offices.items():
        ordered = sorted(held, key=lambda official: official.valid_from)
        for first, second in pairwise(ordered):
            twice = first.name == second.name
            if (twice or role in _SINGLE) and _overlap(
                first.valid_from, first.valid_to, second.valid_from, second.valid_to
            ):
                yield Problem("officials", second.name, f"is {role} of {party} at the same time as {first.name}")


def _weapons(catalogue: Catalogue) -> Iterator[Problem]:
    makers = {organisation.name for organisation in catalogue.organisations}
    for weapon in catalogue.weapons:
        key = weapon.designation
        if weapon.family and catalogue.weapon(weapon.family) is None:
            yield Problem("weapons", key, f"there is no family {weapon.family}")
        if key in _chain(key, lambda name: _family(catalogue, name)):
            yield Problem("weapons", key, "is a variant of itself")
        if weapon.unroca and weapon.unroca not in _UNROCA:
            yield Problem("weapons", key, f"unknown UNROCA category {weapon.unroca!r}")
        for maker in weapon.makers:
            if maker not in makers:
                yield Problem("weapons", key, f"there is no organisation {maker}")
        for code in weapon.origin:
            if catalogue.party(code) is None:
                yield Problem("weapons", key, f"there is no party {code}")
        yield from _stray_context("weapons", key, weapon.context, _names_of_weapon(weapon))


def _weapon_names(catalogue: Catalogue) -> Iterator[Problem]:
    owners: dict[str, list[WeaponType]] = defaultdict(list)
    for weapon in catalogue.weapons:
        for key in {fold(name) for name in _names_of_weapon(weapon)} - {fold(name) for name in weapon.context}:
            owners[key].append(weapon)
    for key, weapons in owners.items():
        for other in weapons[1:]:
            reason = f"shares the name {key!r} with {weapons[0].designation}; one needs context"
            yield Problem("weapons", other.designation, reason)


def _organisations(catalogue: Catalogue) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for row in catalogue.organisations:
        for code in row.parties:
            if catalogue.party(code) is None:
                yield Problem("organisations", row.name, f"there is no party {code}")
        for key in {fold(name) for name in (row.name, *row.aliases, *row.former_names)}:
            if owners.setdefault(key, row.name) != row.name:
                yield Problem("organisations", row.name, f"shares the name {key!r} with {owners[key]}")


def _outlets(catalogue: Catalogue) -> Iterator[Problem]:
    domains: dict[str, str] = {}
    for row in catalogue.outlets:
        if row.country and catalogue.party(row.country) is None:
            yield Problem("outlets", row.name, f"there is no party {row.country}")
        if row.domain and domains.setdefault(row.domain, row.name) != row.name:
            yield Problem("outlets", row.name, f"shares the domain {row.domain} with {domains[row.domain]}")


def _names_of_party(party: Party) -> tuple[str, ...]:
    names = (party.name, party.official_name, *party.aliases, *party.demonyms, *party.metonyms)
    return tuple(filter(None, names))


def _names_of_weapon(weapon: WeaponType) -> tuple[str, ...]:
    return (weapon.designation, *weapon.aliases, *weapon.nato_name)


def _successors(catalogue: Catalogue, code: str) -> tuple[str, ...]:
    party = catalogue.party(code)
    return party.successor if party else ()


def _family(catalogue: Catalogue, designation: str) -> tuple[str, ...]:
    weapon = catalogue.weapon(designation)
    return (weapon.family,) if weapon and weapon.family else ()


def _chain(start: str, following: Callable[[str], Iterable[str]]) -> set[str]:
    """Everything that can be reached from a key, the key itself only by a loop."""
    reached: set[str] = set()
    waiting = list(following(start))
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting.extend(following(key))
    return reached


def _stray_context(table: str, key: str, context: Iterable[str], names: Iterable[str]) -> Iterator[Problem]:
    known = {fold(name) for name in names}
    for word in context:
        if fold(word) not in known:
            yield Problem(table, key, f"context {word!r} is none of its names")


def _dates(table: str, key: str, start: str, end: str) -> Iterator[Problem]:
    for date in filter(None, (start, end)):
        year, *rest = date.split("-")
        limits = zip(rest, (12, 31), strict=False)
        fits = all(len(part) == 2 and part.isdecimal() and 1 <= int(part) <= most for part, most in limits)
        if len(year) != 4 or not year.isdecimal() or len(rest) > 2 or not fits:
            yield Problem(table, key, f"{date!r} is no date (YYYY, YYYY-MM or YYYY-MM-DD)")
    if start and end and end < start[: len(end)]:
        yield Problem(table, key, f"ends ({end}) before it begins ({start})")


def _overlap(start: str, end: str, other_start: str, other_end: str) -> bool:
    """Whether two periods share more than the day, month or year in which one follows the other."""

    def ends_before(end: str, start: str) -> bool:
        shorter = min(len(end), len(start))
        return bool(end and start) and end[:shorter] <= start[:shorter]

    return not ends_before(end, other_start) and not ends_before(other_end, start)
