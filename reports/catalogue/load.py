"""Loads the catalogue: CSV files, plus what analysts added, as one immutable snapshot with its hash."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from reports.catalogue.additions import (
    Additions,
    with_organisation_names,
    with_party_names,
    with_weapon_names,
)
from reports.catalogue.periods import within
from reports.catalogue.records import (
    CatalogueError,
    Generic,
    Office,
    Official,
    Organisation,
    Outlet,
    Party,
    WeaponType,
)
from reports.catalogue.variants import alternatives, fold
from reports.choices import Category, Missing, OrganisationKind, PartyKind, SourceKind, Unit

DATA = Path(__file__).parent / "data"

# Letters and digits, which name a thing without the word that follows: "1L119" of "1L119 Nebo", "AN/TPS-80".
_CODE = re.compile(r"(?=.*\d)(?=.*[A-Z])[\w/-]+$")
_SHORT = 3
_CALIBRE = re.compile(r"\d+mm$")

_Row = TypeVar("_Row")
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True)
class Catalogue:
    """What the world is called. `snapshot` is the first 8 hex digits of the SHA-256 of all that went in.

    `missing` holds the phrases that stand where a party should ("unknown recipient(s)", "multiple sellers").
    """

    parties: tuple[Party, ...] = ()
    officials: tuple[Official, ...] = ()
    weapons: tuple[WeaponType, ...] = ()
    generics: tuple[Generic, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    missing: Mapping[str, Missing] | None = None
    snapshot: str = ""

    def party(self, code: str) -> Party | None:
        """The party of a code ("RU", "houthis")."""
        return self._parties.get(code)

    def weapon(self, designation: str) -> WeaponType | None:
        """The weapon of exactly this designation."""
        return self._weapons.get(designation)

    def family_root(self, designation: str) -> str:
        """The designation at the root of a weapon's family; itself where it has none or is unknown."""
        seen = {designation}
        while (row := self._weapons.get(designation)) and row.family in self._weapons and row.family not in seen:
            designation = row.family
            seen.add(designation)
        return designation

    def party_by_name(self, name: str) -> Party | None:
        """The party of a name, alias, demonym or metonym; names before demonyms before metonyms.

        A capital that is also the seat of a body means the body: "Brussels" decides on embargoes as the European Union.
        """
        return _named(self._party_names, name)

    def party_of_person(self, name: str, on: str = "") -> Party | None:
        """The party that an official of this name spoke for on a day, YYYY-MM-DD; without a day, spoke for last.

        Where nobody of the name held an office on the day, the party of the office that came last before, else first.
        """
        offices = self._offices.get(fold(name), ())
        begun = [office for office in offices if not on or office.valid_from <= on]
        held = [office for office in begun if on and within(on, office.valid_from, office.valid_to)]
        for office in (*reversed(held), *reversed(begun), *offices):
            return self.party(office.party)
        return None

    def weapon_by_name(self, name: str) -> WeaponType | None:
        """The weapon of a designation, alias or NATO reporting name, however spelled; designations come first."""
        return _named(self._weapon_names, name)

    def weapon_by_short_name(self, name: str) -> WeaponType | None:
        """The only weapon that is called so where its kind, its maker or a word after its code goes without saying.

        Lists of weapons write so; in running text such a name is too short to count.
        """
        return _named(self._short_names, name)

    def generic(self, noun: str) -> Generic | None:
        """The generic entry of a noun in the singular, however spelled."""
        return _named(self._generics, noun)

    def organisation_by_name(self, name: str) -> Organisation | None:
        """The organisation of a name, alias or former name."""
        return self._organisation_names.get(fold(name))

    def outlet(self, domain_or_name: str) -> Outlet | None:
        """The outlet of a domain (also a subdomain of it) or a name."""
        domain = domain_or_name.casefold().removeprefix("www.")
        while "." in domain:
            if found := self._domains.get(domain):
                return found
            domain = domain.partition(".")[2]
        return self._outlet_names.get(fold(domain_or_name))

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {party.code: party for party in self.parties}

    @cached_property
    def _weapons(self) -> dict[str, WeaponType]:
        return {weapon.designation: weapon for weapon in self.weapons}

    @cached_property
    def _party_names(self) -> dict[str, Party]:
        # A state of today comes before a former one of the same name.
        rows = sorted(self.parties, key=lambda party: bool(party.valid_to))
        bodies_first = sorted(rows, key=lambda party: party.kind is not PartyKind.BODY)
        return _index(
            (
                *((party.name, party) for party in rows),
                *((name, party) for party in rows for name in (party.official_name, *party.aliases)),
                *((party.code, party) for party in rows if party.code.islower()),
                *((party.alpha3, party) for party in rows),
                *((name, party) for party in rows for name in party.demonyms),
                *((name, party) for party in bodies_first for name in party.metonyms),
            )
        )

    @cached_property
    def _offices(self) -> dict[str, list[Official]]:
        offices: dict[str, list[Official]] = {}
        for official in sorted(self.officials, key=lambda official: official.valid_from):
            for key in {fold(name) for name in (official.name, *official.aliases)}:
                offices.setdefault(key, []).append(official)
        return offices

    @cached_property
    def _weapon_names(self) -> dict[str, WeaponType]:
        listed = [(weapon.designation, weapon) for weapon in self.weapons]
        listed += [(name, weapon) for weapon in self.weapons for name in (*weapon.aliases, *weapon.nato_name)]
        made = [(other, weapon) for name, weapon in listed for other in alternatives(name)]
        return _index((*listed, *made))

    @cached_property
    def _short_names(self) -> dict[str, WeaponType]:
        found: dict[str, dict[str, WeaponType]] = {}
        for weapon in self.weapons:
            for name in (weapon.designation, *weapon.aliases):
                for short in self._shortened(name):
                    for spelling in (short, *alternatives(short)):
                        found.setdefault(fold(spelling), {}).setdefault(self.family_root(weapon.designation), weapon)
        return {
            key: weapon
            for key, weapons in found.items()
            for weapon in weapons.values()
            if len(weapons) == 1 and len(key) > 1 and key not in self._weapon_names and not _CALIBRE.match(key)
        }

    def _shortened(self, name: str) -> Iterator[str]:
        """A name without its kind ("Amga sonar"), without its maker ("Soltam K6"), its code ("1L119 Nebo")."""
        words = name.split(" ")
        if len(words) > 1 and len(words[0]) > _SHORT and _CODE.match(words[0]):
            yield words[0]
        for count in range(1, len(words)):
            if self.generic(" ".join(words[count:])):
                yield " ".join(words[:count])
            if self.organisation_by_name(" ".join(words[:count])):
                yield " ".join(words[count:])

    @cached_property
    def _generics(self) -> dict[str, Generic]:
        return _index((generic.noun, generic) for generic in self.generics)

    @cached_property
    def _organisation_names(self) -> dict[str, Organisation]:
        rows = self.organisations
        return _index(
            (
                *((row.name, row) for row in rows),
                *((name, row) for row in rows for name in (*row.aliases, *row.former_names)),
            )
        )

    @cached_property
    def _outlet_names(self) -> dict[str, Outlet]:
        return _index((name, row) for row in self.outlets for name in (row.name, *row.aliases))

    @cached_property
    def _domains(self) -> dict[str, Outlet]:
        listed = {alias: row for row in self.outlets for alias in row.aliases if "." in alias and " " not in alias}
        return listed | {row.domain: row for row in self.outlets if row.domain}


def _index(names: Iterable[tuple[str, _Row]]) -> dict[str, _Row]:
    """Rows by the keys of their names, and by the names as they are written; the first row of a key has it."""
    index: dict[str, _Row] = {}
    written: dict[str, _Row] = {}
    for name, row in names:
        key = fold(name)
        if key:
            written[name] = index.setdefault(key, row)
    return written | index


def _named(index: dict[str, _Row], name: str) -> _Row | None:
    """The row of a name as it is written, or however it is spelled."""
    return index.get(name) or index.get(fold(name))


def load_catalogue(folder: Path | None = None, additions: Additions | None = None) -> Catalogue:
    """The catalogue of a folder of CSV files (by default the one that armstrack ships), with what analysts added.

    A file that is not there holds no rows; an empty or absent optional cell is empty. Raises CatalogueError, with
    file, line and reason, where a row is malformed: a cell too many, no key, a key twice, a word that is no choice.
    """
    source = _Folder(folder or DATA)
    added = additions or Additions()
    parties = _joined(source.read("parties", "code", _party), added.parties, lambda row: row.code)
    weapons = _joined(source.read("weapons", "designation", _weapon), added.weapons, lambda row: row.designation)
    organisations = _joined(
        source.read("organisations", "name", _organisation), added.organisations, lambda row: row.name
    )
    return Catalogue(
        parties=with_party_names(parties, added.party_names),
        officials=source.read("officials", "", _official),
        weapons=with_weapon_names(weapons, added.weapon_names),
        generics=_joined(source.read("generics", "noun", _generic), added.generics, lambda row: row.noun),
        organisations=with_organisation_names(organisations, added.organisation_names),
        outlets=_joined(source.read("outlets", "name", _outlet), added.outlets, lambda row: row.name),
        missing=dict(source.read("missing_parties", "phrase", _missing)),
        snapshot=source.snapshot(additions),
    )


def _joined(rows: tuple[_Row, ...], added: tuple[_Row, ...], key: Callable[[_Row], str]) -> tuple[_Row, ...]:
    return tuple({key(row): row for row in (*rows, *added)}.values())


class _Cells:
    """The cells of one row; what is absent is empty, what is no choice is an error that names the line."""

    __slots__ = ("_cells", "_file", "_line")

    def __init__(self, cells: Mapping[str, str], file: str, line: int) -> None:
        self._cells, self._file, self._line = cells, file, line

    def text(self, column: str) -> str:
        return self._cells.get(column, "")

    def needed(self, column: str) -> str:
        if value := self._cells.get(column):
            return value
        raise self.error(f"{column} is empty")

    def several(self, column: str) -> tuple[str, ...]:
        value = self._cells.get(column)
        if not value:
            return ()
        if "|" not in value:
            return (value,)
        return tuple(dict.fromkeys(filter(None, map(str.strip, value.split("|")))))

    def choice(self, column: str, kind: type[_Choice], default: _Choice | None = None) -> _Choice:
        value = self._cells.get(column, "")
        if not value and default is not None:
            return default
        try:
            return kind(value)
        except ValueError:
            known = " ".join(member.value for member in kind)
            raise self.error(f"{column} is {value!r}, which is none of: {known}") from None

    def error(self, reason: str) -> CatalogueError:
        return CatalogueError(f"{self._file}, line {self._line}: {reason}")


class _Folder:
    """Reads the files of one folder, and remembers what it read for the snapshot's hash."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._hash = hashlib.sha256()

    def read(self, name: str, key: str, make: Callable[[_Cells], _Row]) -> tuple[_Row, ...]:
        file = f"{name}.csv"
        path = self._path / file
        try:
            raw = path.read_bytes() if path.exists() else b""
            text = raw.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{file}: cannot be read: {error}") from error
        self._hash.update(f"{name}\0{len(raw)}\0".encode() + raw)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows: list[_Row] = []
        seen: dict[str, int] = {}
        try:
            header = next(reader, [])
            if header and key and key not in header:
                raise CatalogueError(f"{file}, line 1: there is no column {key}")
            for written in reader:
                cells = [cell.strip() for cell in written]
                if not any(cells):
                    continue
                line = reader.line_num
                row = _Cells(dict(zip(header, cells, strict=False)), file, line)
                if len(cells) > len(header):
                    raise row.error(f"{len(cells)} cells under {len(header)} columns")
                if key and (first := seen.setdefault(row.needed(key), line)) != line:
                    raise row.error(f"{row.text(key)} stands on line {first} already")
                rows.append(make(row))
        except csv.Error as error:
            raise CatalogueError(f"{file}, line {reader.line_num}: {error}") from error
        return tuple(rows)

    def snapshot(self, additions: Additions | None) -> str:
        digest = self._hash.copy()
        if additions is not None and additions != Additions():
            digest.update(repr(additions).encode())
        return digest.hexdigest()[:8]


def _party(row: _Cells) -> Party:
    return Party(
        code=row.needed("code"),
        name=row.needed("name"),
        kind=row.choice("kind", PartyKind),
        alpha3=row.text("alpha3"),
        official_name=row.text("official_name"),
        region=row.text("region"),
        country=row.several("country"),
        valid_from=row.text("valid_from"),
        valid_to=row.text("valid_to"),
        successor=row.several("successor"),
        control=row.several("control"),
        aliases=row.several("aliases"),
        demonyms=row.several("demonyms"),
        metonyms=row.several("metonyms"),
        context=row.several("context"),
    )


def _official(row: _Cells) -> Official:
    return Official(
        party=row.needed("party"),
        name=row.needed("name"),
        role=row.choice("role", Office),
        valid_from=row.text("valid_from"),
        valid_to=row.text("valid_to"),
        aliases=row.several("aliases"),
    )


def _weapon(row: _Cells) -> WeaponType:
    return WeaponType(
        designation=row.needed("designation"),
        category=row.choice("category", Category),
        family=row.text("family"),
        unroca=row.text("unroca"),
        description=row.text("description"),
        makers=row.several("makers"),
        origin=row.several("origin"),
        aliases=row.several("aliases"),
        nato_name=row.several("nato_name"),
        context=row.several("context"),
    )


def _generic(row: _Cells) -> Generic:
    return Generic(
        noun=row.needed("noun"),
        category=row.choice("category", Category),
        unit=row.choice("unit", Unit, Unit.PIECE),
        context=bool(row.text("context")),
    )


def _organisation(row: _Cells) -> Organisation:
    return Organisation(
        name=row.needed("name"),
        parties=row.several("parties"),
        kind=row.choice("kind", OrganisationKind),
        aliases=row.several("aliases"),
        former_names=row.several("former_names"),
        context=row.several("context"),
    )


def _outlet(row: _Cells) -> Outlet:
    return Outlet(
        name=row.needed("name"),
        domain=row.text("domain").casefold(),
        country=row.text("country"),
        language=row.text("language"),
        kind=row.choice("kind", SourceKind),
        aliases=row.several("aliases"),
    )


def _missing(row: _Cells) -> tuple[str, Missing]:
    return fold(row.needed("phrase")), row.choice("meaning", Missing)
