"""What analysts add to the catalogue: rows, and names of rows that are there already."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.catalogue.records import Generic, Organisation, Outlet, Party, WeaponType
from reports.choices import NameKind


@dataclass(frozen=True, slots=True)
class AddedName:
    """A further name of a row. `key` is its code, designation or name; `kind` matters for parties alone."""

    key: str
    name: str
    kind: NameKind = NameKind.ALIAS
    context: bool = False


@dataclass(frozen=True, slots=True)
class Additions:
    """Rows and names that join the CSV files. A row with the key of a CSV row replaces it.

    Names whose row is not there are left out: their row went from the catalogue, and the reader must still start.
    """

    parties: tuple[Party, ...] = ()
    weapons: tuple[WeaponType, ...] = ()
    generics: tuple[Generic, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    party_names: tuple[AddedName, ...] = ()
    weapon_names: tuple[AddedName, ...] = ()
    organisation_names: tuple[AddedName, ...] = ()


_PARTY_FIELDS = {NameKind.DEMONYM: "demonyms", NameKind.METONYM: "metonyms"}


def with_party_names(parties: Iterable[Party], names: Iterable[AddedName]) -> tuple[Party, ...]:
    """The parties with the added names among their aliases, demonyms and metonyms."""
    rows = {party.code: party for party in parties}
    for added in names:
        party = rows.get(added.key)
        if party is None:
            continue
        match _PARTY_FIELDS.get(added.kind):
            case "demonyms":
                party = replace(party, demonyms=_with(party.demonyms, added.name))
            case "metonyms":
                party = replace(party, metonyms=_with(party.metonyms, added.name))
            case _:
                party = replace(party, aliases=_with(party.aliases, added.name))
        rows[added.key] = replace(party, context=_with(party.context, added.name)) if added.context else party
    return tuple(rows.values())


def with_weapon_names(weapons: Iterable[WeaponType], names: Iterable[AddedName]) -> tuple[WeaponType, ...]:
    """The weapons with the added names among their aliases."""
    rows = {weapon.designation: weapon for weapon in weapons}
    for added in names:
        weapon = rows.get(added.key)
        if weapon is not None:
            weapon = replace(weapon, aliases=_with(weapon.aliases, added.name))
            rows[added.key] = replace(weapon, context=_with(weapon.context, added.name)) if added.context else weapon
    return tuple(rows.values())


def with_organisation_names(rows: Iterable[Organisation], names: Iterable[AddedName]) -> tuple[Organisation, ...]:
    """The organisations with the added names among their aliases."""
    organisations = {row.name: row for row in rows}
    for added in names:
        row = organisations.get(added.key)
        if row is not None:
            row = replace(row, aliases=_with(row.aliases, added.name))
            organisations[added.key] = replace(row, context=_with(row.context, added.name)) if added.context else row
    return tuple(organisations.values())


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)
