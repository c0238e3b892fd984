"""What is wrong with a catalogue that loads: the questions that one row alone cannot answer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from reports.catalogue.load import Catalogue
from reports.catalogue.periods import overlap
from reports.catalogue.records import REGIONS, Office, Official, Organisation, Party, WeaponType
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
        _officials,
        _offices,
        _weapons,
        _organisations,
        _outlets,
        _names,
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
            if (twice or role in _SINGLE) and overlap(
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


def _organisations(catalogue: Catalogue) -> Iterator[Problem]:
    for row in catalogue.organisations:
        for code in row.parties:
            if catalogue.party(code) is None:
                yield Problem("organisations", row.name, f"there is no party {code}")
        yield from _stray_context("organisations", row.name, row.context, _names_of_organisation(row))


@dataclass(frozen=True, slots=True)
class _Owner:
    """A row that has a name for its own: the name is not in the row's `context`."""

    table: str
    key: str
    name: str
    start: str = ""
    end: str = ""


def _names(catalogue: Catalogue) -> Iterator[Problem]:
    """Names that two rows share, of one table or of two: all but one must list it in `context`."""
    owners: dict[str, list[_Owner]] = defaultdict(list)
    for owner in _owners(catalogue):
        owners[fold(owner.name)].append(owner)
    for key, rows in owners.items():
        for first, second in combinations(sorted(rows, key=lambda row: row.start), 2):
            if first.table == "officials" == second.table:
                reason = "two people, or one in two spellings"
            else:
                reason = "one needs context"
            if (first.table, first.key) != (second.table, second.key) and not _told_apart(first, second):
                other = first.key if first.table == second.table else f"{first.key} ({first.table})"
                yield Problem(second.table, second.key, f"shares the name {key!r} with {other}; {reason}")


def _told_apart(one: _Owner, other: _Owner) -> bool:
    """Whether a reader can tell which of two rows a name means.

    By its time: a name may pass from one party to the next, as Germany's did, and a person to another's office. By its
    capital: a designation has one, a noun has none ("Light Combat Aircraft", "light combat aircraft").
    """
    if not overlap(one.start, one.end, other.start, other.end):
        return True
    nouns = [owner.name for owner in (one, other) if owner.table == "generics"]
    proper = [owner.name for owner in (one, other) if owner.table != "generics"]
    return len(nouns) == 1 and nouns[0].islower() and proper[0][0].isupper()


def _owners(catalogue: Catalogue) -> Iterator[_Owner]:
    for party in catalogue.parties:
        for name in _for_its_own(_names_of_party(party), party.context):
            yield _Owner("parties", party.code, name, party.valid_from, party.valid_to)
    for organisation in catalogue.organisations:
        for name in _for_its_own(_names_of_organisation(organisation), organisation.context):
            yield _Owner("organisations", organisation.name, name)
    for weapon in catalogue.weapons:
        for name in _for_its_own(_names_of_weapon(weapon), weapon.context):
            yield _Owner("weapons", weapon.designation, name)
    # Each spelling of a noun has a row; they are one where they mean one thing.
    nouns = {(fold(row.noun), row.category, row.unit): row.noun for row in catalogue.generics if not row.context}
    for noun in nouns.values():
        yield _Owner("generics", noun, noun)
    for official in catalogue.officials:
        person = f"{official.name} of {official.party}"
        for name in _for_its_own((official.name, *official.aliases), ()):
            yield _Owner("officials", person, name, official.valid_from, official.valid_to)


def _for_its_own(names: Iterable[str], context: Iterable[str]) -> Iterator[str]:
    """The names of a row that need no context, one of each key."""
    keys = {fold(name): name for name in names}
    for key in keys.keys() - {fold(name) for name in context}:
        yield keys[key]


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


def _names_of_organisation(row: Organisation) -> tuple[str, ...]:
    return (row.name, *row.aliases, *row.former_names)


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
