"""The rows of the catalogue: frozen, as the CSV files in `data/` give them.

Dates are strings as written: YYYY, YYYY-MM or YYYY-MM-DD; empty is open. `context` holds those of a row's names that
are also something else, and that count only near other cues.
"""

from dataclasses import dataclass
from enum import StrEnum

from reports.choices import Category, OrganisationKind, PartyKind, SourceKind, Unit


class CatalogueError(ValueError):
    """A file of the catalogue that cannot be used: says which file, which line, and why."""


class Office(StrEnum):
    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    FOREIGN_MINISTER = "foreign_minister"
    DEFENCE_MINISTER = "defence_minister"
    MILITARY_CHIEF = "military_chief"
    OTHER = "other"


# The sub-regions of the UN's standard M49, under which states are listed.
REGIONS = frozenset(
    {
        "Australia and New Zealand",
        "Caribbean",
        "Central America",
        "Central Asia",
        "Eastern Africa",
        "Eastern Asia",
        "Eastern Europe",
        "Melanesia",
        "Micronesia",
        "Middle Africa",
        "Northern Africa",
        "Northern America",
        "Northern Europe",
        "Polynesia",
        "South America",
        "South-eastern Asia",
        "Southern Africa",
        "Southern Asia",
        "Southern Europe",
        "Western Africa",
        "Western Asia",
        "Western Europe",
        "Antarctica",
    }
)


@dataclass(frozen=True, slots=True)
class Party:
    """A state, a non-state group or an international body.

    `code` is ISO 3166-1 alpha-2 for a state of today, else a lower-case slug. `country` holds the codes of the
    states that a group or a rival government sits in; `successor` of those that a former state became. `control` names
    the towns and regions that a rival government holds, or held while it lasted.
    """

    code: str
    name: str
    kind: PartyKind
    alpha3: str = ""
    official_name: str = ""
    region: str = ""
    country: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    successor: tuple[str, ...] = ()
    control: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Official:
    """A person in an office of a party, from when to when."""

    party: str
    name: str
    role: Office
    valid_from: str = ""
    valid_to: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeaponType:
    """A designation. `family` is the designation that it is a variant of, empty for the root of a family.

    `makers` are names of organisations, `origin` the codes of the parties that it comes from.
    """

    designation: str
    category: Category
    family: str = ""
    unroca: str = ""
    description: str = ""
    makers: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    nato_name: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Generic:
    """A generic noun in the singular ("patrol boat"); `context`: it often is no weapon ("vehicle")."""

    noun: str
    category: Category
    unit: Unit = Unit.PIECE
    context: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """A maker, export agency, service or ministry; `parties` are the codes that it stands for."""

    name: str
    parties: tuple[str, ...]
    kind: OrganisationKind
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news source or official bulletin. `country` is a party code, `language` ISO 639-1."""

    name: str
    domain: str
    country: str
    language: str
    kind: SourceKind
    aliases: tuple[str, ...] = ()
