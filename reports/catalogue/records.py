"""What the catalogue holds: one frozen record a row of its CSV files."""

from dataclasses import dataclass

from reports.choices import Category, OrganisationKind, PartyKind, SourceKind, Unit, Unroca


@dataclass(frozen=True, slots=True)
class Party:
    """A state, a non-state group or an international body, with the names that news uses for it.

    `code` is ISO 3166-1 alpha-2 for a state of today, else a slug. `context` holds those of its names that are also
    something else. Dates are as written: YYYY, YYYY-MM or YYYY-MM-DD; empty where open.
    """

    code: str
    alpha3: str
    name: str
    official_name: str
    kind: PartyKind
    region: str
    country: tuple[str, ...]
    valid_from: str
    valid_to: str
    successor: tuple[str, ...]
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]
    context: frozenset[str]

    @property
    def nouns(self) -> tuple[str, ...]:
        """Its name, official name and aliases."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.official_name, *self.aliases))))


@dataclass(frozen=True, slots=True)
class Official:
    """Who held an office of a party, and when."""

    party: str
    name: str
    role: str
    valid_from: str
    valid_to: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeaponType:
    """A designation. `family` is the designation that it is a variant of; empty where it is the root of its family."""

    designation: str
    family: str
    category: Category
    unroca: Unroca | None
    description: str
    makers: tuple[str, ...]
    origin: tuple[str, ...]
    aliases: tuple[str, ...]
    nato_name: str
    context: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """Its designation, aliases and NATO reporting name."""
        return tuple(dict.fromkeys(filter(None, (self.designation, *self.aliases, self.nato_name))))


@dataclass(frozen=True, slots=True)
class Generic:
    """A generic noun, singular; `context` where it is often no weapon ("vehicle")."""

    noun: str
    category: Category
    unit: Unit
    context: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """A maker, export agency, service or ministry, and the parties that it stands for (several for a joint one)."""

    name: str
    parties: tuple[str, ...]
    kind: OrganisationKind
    aliases: tuple[str, ...]
    former_names: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.former_names)))


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news source or official bulletin."""

    name: str
    domain: str
    country: str
    language: str
    kind: SourceKind
    aliases: tuple[str, ...]
