"""Reads the catalogue's CSV files into one immutable snapshot. Pure: a folder in, records out."""

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from reports.catalogue.records import Generic, Official, Organisation, Outlet, Party, WeaponType
from reports.catalogue.variants import fold
from reports.choices import Category, OrganisationKind, PartyKind, SourceKind, Unit, Unroca

DATA = Path(__file__).parent / "data"
FILES = ("parties", "officials", "weapons", "generics", "organisations", "outlets")

Row = Mapping[str, str]
Made = TypeVar("Made")
Word = TypeVar("Word", bound=StrEnum)


class CatalogueError(ValueError):
    """A row that cannot be read: which file, which line, and why."""


@dataclass(frozen=True, slots=True)
class Additions:
    """What analysts added to the files: more names of parties, weapons and organisations, and whole rows."""

    parties: tuple[Party, ...] = ()
    weapons: tuple[WeaponType, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    party_names: tuple[tuple[str, str], ...] = ()
    weapon_names: tuple[tuple[str, str], ...] = ()
    organisation_names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Everything that the world is called, with lookups. `snapshot` names exactly this content."""

    parties: tuple[Party, ...]
    officials: tuple[Official, ...]
    weapons: tuple[WeaponType, ...]
    generics: tuple[Generic, ...]
    organisations: tuple[Organisation, ...]
    outlets: tuple[Outlet, ...]
    snapshot: str = field(default="")

    def party(self, code: str) -> Party | None:
        """The party with this code."""
        return self._parties.get(code)

    def weapon(self, designation: str) -> WeaponType | None:
        """The weapon with this very designation."""
        return self._weapons.get(designation)

    def organisation(self, name: str) -> Organisation | None:
        """The organisation with this name, alias or former name."""
        return self._organisations.get(fold(name))

    def party_by_name(self, name: str) -> Party | None:
        """The party that has this name or alias (no demonym, no metonym)."""
        return self._party_names.get(fold(name))

    def weapon_by_name(self, name: str) -> WeaponType | None:
        """The weapon whose designation, alias or NATO name this is, however it is hyphenated."""
        return self._weapon_names.get(fold(name))

    def generic(self, noun: str) -> Generic | None:
        """The generic noun, in the singular."""
        return self._generics.get(noun.lower())

    def family_root(self, designation: str) -> str:
        """The designation at the root of the family tree; itself where it has no family or is unknown."""
        seen = {designation}
        weapon = self.weapon(designation)
        while weapon and weapon.family and weapon.family not in seen:
            designation = weapon.family
            seen.add(designation)
            weapon = self.weapon(designation)
        return designation

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {party.code: party for party in self.parties}

    @cached_property
    def _weapons(self) -> dict[str, WeaponType]:
        return {weapon.designation: weapon for weapon in self.weapons}

    @cached_property
    def _organisations(self) -> dict[str, Organisation]:
        return {fold(name): item for item in reversed(self.organisations) for name in item.names}

    @cached_property
    def _party_names(self) -> dict[str, Party]:
        return {fold(name): party for party in reversed(self.parties) for name in party.nouns}

    @cached_property
    def _weapon_names(self) -> dict[str, WeaponType]:
        found = {fold(name): weapon for weapon in reversed(self.weapons) for name in weapon.names}
        return found | {fold(weapon.designation): weapon for weapon in reversed(self.weapons)}

    @cached_property
    def _generics(self) -> dict[str, Generic]:
        return {generic.noun.lower(): generic for generic in self.generics}


def load_catalogue(folder: Path | None = None, additions: Additions | None = None) -> Catalogue:
    """The catalogue of `folder` (by default the files that come with armstrack) plus what analysts added.

    Raises:
        CatalogueError: a row cannot be read; the message names file, line and reason.
    """
    folder = folder or DATA
    more = additions or Additions()
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / f"{name}.csv").read_bytes())
    digest.update(repr(more).encode() if additions else b"")
    return Catalogue(
        parties=_merge(_read(folder, "parties", _party), more.parties, more.party_names, _name_party),
        officials=_read(folder, "officials", _official),
        weapons=_merge(_read(folder, "weapons", _weapon), more.weapons, more.weapon_names, _name_weapon),
        generics=_read(folder, "generics", _generic),
        organisations=_merge(
            _read(folder, "organisations", _organisation),
            more.organisations,
            more.organisation_names,
            _name_organisation,
        ),
        outlets=_read(folder, "outlets", _outlet),
        snapshot=digest.hexdigest()[:8],
    )


def _read(folder: Path, name: str, make: Callable[[Row], Made]) -> tuple[Made, ...]:
    return tuple(_rows(folder / f"{name}.csv", make))


def _rows(path: Path, make: Callable[[Row], Made]) -> Iterator[Made]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, restkey="", restval="")
        for row in reader:
            if "" in row:
                raise CatalogueError(f"{path.name}, line {reader.line_num}: more cells than the header has columns")
            try:
                yield make(row)
            except (KeyError, ValueError) as problem:
                reason = f"no column {problem}" if isinstance(problem, KeyError) else str(problem)
                raise CatalogueError(f"{path.name}, line {reader.line_num}: {reason}") from problem


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _required(row: Row, column: str) -> str:
    value = row[column].strip()
    if not value:
        raise ValueError(f"{column} is empty")
    return value


def _one_of(words: type[Word], row: Row, column: str) -> Word:
    value = _required(row, column)
    try:
        return words(value)
    except ValueError:
        raise ValueError(f"{column} is “{value}”, not one of {', '.join(words)}") from None


def _party(row: Row) -> Party:
    return Party(
        code=_required(row, "code"),
        alpha3=row["alpha3"],
        name=_required(row, "name"),
        official_name=row["official_name"],
        kind=_one_of(PartyKind, row, "kind"),
        region=row["region"],
        country=_several(row["country"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        successor=_several(row["successor"]),
        aliases=_several(row["aliases"]),
        demonyms=_several(row["demonyms"]),
        metonyms=_several(row["metonyms"]),
        context=frozenset(_several(row["context"])),
    )


def _official(row: Row) -> Official:
    return Official(
        party=_required(row, "party"),
        name=_required(row, "name"),
        role=_required(row, "role"),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        aliases=_several(row["aliases"]),
    )


def _weapon(row: Row) -> WeaponType:
    return WeaponType(
        designation=_required(row, "designation"),
        family=row["family"].strip(),
        category=_one_of(Category, row, "category"),
        unroca=_one_of(Unroca, row, "unroca") if row["unroca"].strip() else None,
        description=row["description"],
        makers=_several(row["makers"]),
        origin=_several(row["origin"]),
        aliases=_several(row["aliases"]),
        nato_name=row["nato_name"].strip(),
        context=frozenset(_several(row["context"])),
    )


def _generic(row: Row) -> Generic:
    unit = row["unit"].strip()
    return Generic(
        noun=_required(row, "noun"),
        category=_one_of(Category, row, "category"),
        unit=_one_of(Unit, row, "unit") if unit else Unit.PIECE,
        context=row["context"].strip() == "yes",
    )


def _organisation(row: Row) -> Organisation:
    return Organisation(
        name=_required(row, "name"),
        parties=_several(_required(row, "parties")),
        kind=_one_of(OrganisationKind, row, "kind"),
        aliases=_several(row["aliases"]),
        former_names=_several(row["former_names"]),
    )


def _outlet(row: Row) -> Outlet:
    return Outlet(
        name=_required(row, "name"),
        domain=row["domain"].strip(),
        country=row["country"].strip(),
        language=row["language"].strip(),
        kind=_one_of(SourceKind, row, "kind"),
        aliases=_several(row["aliases"]),
    )


def _merge(
    rows: tuple[Made, ...],
    added: tuple[Made, ...],
    names: tuple[tuple[str, str], ...],
    name_it: Callable[[Made, Mapping[str, tuple[str, ...]]], Made],
) -> tuple[Made, ...]:
    more: dict[str, tuple[str, ...]] = {}
    for key, name in names:
        more[key] = (*more.get(key, ()), name)
    return tuple(name_it(row, more) for row in (*rows, *added)) if more else (*rows, *added)


def _name_party(party: Party, more: Mapping[str, tuple[str, ...]]) -> Party:
    return replace(party, aliases=party.aliases + more.get(party.code, ()))


def _name_weapon(weapon: WeaponType, more: Mapping[str, tuple[str, ...]]) -> WeaponType:
    return replace(weapon, aliases=weapon.aliases + more.get(weapon.designation, ()))


def _name_organisation(item: Organisation, more: Mapping[str, tuple[str, ...]]) -> Organisation:
    return replace(item, aliases=item.aliases + more.get(item.name, ()))
