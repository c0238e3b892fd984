"""The catalogue's names as one index, and what each of them means. Built once per catalogue snapshot."""

from dataclasses import dataclass

from reports.catalogue.load import Catalogue
from reports.catalogue.variants import alternatives
from reports.choices import Category, NameKind, PartyKind, Unit
from reports.extraction.names import Name, NameIndex, fold
from reports.records import PartyRef


@dataclass(frozen=True, slots=True)
class PartyTarget:
    """What a party's name means. A maker that stands for several states has one target each."""

    party: PartyRef
    form: NameKind
    organisation: str = ""
    person: str = ""
    terms: tuple[tuple[str, str], ...] = ()  # when the person held office for the party: from, to


@dataclass(frozen=True, slots=True)
class WeaponTarget:
    """What a weapon's name means; `noun` is the generic noun, empty for a designation; `root` heads its family."""

    designation: str | None
    family: str | None
    root: str
    category: Category
    description: str
    noun: str = ""
    unit: Unit = Unit.PIECE


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The index of every name, with the targets that the keys of its names point to."""

    index: NameIndex
    parties: dict[str, tuple[PartyTarget, ...]]
    weapons: dict[str, WeaponTarget]
    origins: dict[str, frozenset[str]]  # root designation -> codes of the states that it comes from
    reach: dict[str, int]  # party code -> how many designations come from it
    spellings: frozenset[str]  # of weapons and generic nouns, folded, with hyphens, with blanks and without


def plural(noun: str) -> str:
    """The plural of a generic noun: "battery" -> "batteries", "aircraft" -> "aircraft"."""
    if noun.endswith(("craft", "ammunition", "artillery", "arms", "equipment", "weaponry")):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    return noun + "s"


def build(catalogue: Catalogue) -> Lexicon:
    """Collects the names of parties, organisations, officials, weapons and generic nouns."""
    names: list[Name] = []
    parties: dict[str, tuple[PartyTarget, ...]] = {}
    weapons: dict[str, WeaponTarget] = {}
    _add_parties(catalogue, names, parties)
    _add_weapons(catalogue, names, weapons)
    _add_generics(catalogue, names, weapons)
    origins: dict[str, set[str]] = {}
    reach: dict[str, int] = {}
    for weapon in catalogue.weapons:
        origins.setdefault(catalogue.family_root(weapon.designation), set()).update(weapon.origin)
        for code in weapon.origin:
            reach[code] = reach.get(code, 0) + 1
    return Lexicon(
        NameIndex(names),
        parties,
        weapons,
        {root: frozenset(codes) for root, codes in origins.items()},
        reach,
        _spellings(names),
    )


def _spellings(names: list[Name]) -> frozenset[str]:
    folded = {fold(name.text) for name in names if name.key[:2] in ("w:", "g:")}
    return frozenset(
        spelling for name in folded for spelling in (name, name.replace("-", " "), name.replace("-", "")) if spelling
    )


def _add_parties(catalogue: Catalogue, names: list[Name], targets: dict[str, tuple[PartyTarget, ...]]) -> None:
    refs = {party.code: PartyRef(party.code, party.name) for party in catalogue.parties}
    # "Brussels" is the European Union before it is Belgium, as in `Catalogue.party_by_name`.
    for party in sorted(catalogue.parties, key=lambda party: party.kind is not PartyKind.BODY):
        for form, texts in (
            (NameKind.NAME, (party.name, party.official_name)),
            (NameKind.ALIAS, party.aliases),
            (NameKind.DEMONYM, party.demonyms),
            (NameKind.METONYM, party.metonyms),
        ):
            key = f"p:{party.code}:{form}"
            targets[key] = (PartyTarget(refs[party.code], form),)
            for text in filter(None, texts):
                proper = any(char.isupper() for char in text)
                names.append(Name(text, key, proper=proper, context=text in party.context, plural=False))
    for organisation in catalogue.organisations:
        codes = [code for code in organisation.parties if code in refs]
        if not codes:
            continue
        key = f"o:{organisation.name}"
        targets[key] = tuple(PartyTarget(refs[code], NameKind.ALIAS, organisation.name) for code in codes)
        spellings = (organisation.name, *organisation.aliases, *organisation.former_names)
        names += [
            Name(text, key, context=text in organisation.context, plural=False) for text in dict.fromkeys(spellings)
        ]
    # The latest office first: who has gone from a state to a body speaks for the body where no date tells.
    for official in sorted(catalogue.officials, key=lambda official: official.valid_from, reverse=True):
        if official.party in refs:
            key = f"f:{official.party}:{official.name}"
            held = targets[key][0].terms if key in targets else ()
            terms = (*held, (official.valid_from, official.valid_to))
            targets[key] = (PartyTarget(refs[official.party], NameKind.ALIAS, person=official.name, terms=terms),)
            names += [Name(text, key, plural=False) for text in (official.name, *official.aliases) if " " in text]


def _add_weapons(catalogue: Catalogue, names: list[Name], targets: dict[str, WeaponTarget]) -> None:
    for weapon in catalogue.weapons:
        key = f"w:{weapon.designation}"
        targets[key] = WeaponTarget(
            weapon.designation,
            weapon.family or weapon.designation,
            catalogue.family_root(weapon.designation),
            weapon.category,
            weapon.description,
        )
        written = (weapon.designation, *weapon.aliases, *weapon.nato_name)
        texts = dict.fromkeys(text for name in written for text in (name, *alternatives(name)))
        names += [
            Name(
                text,
                key,
                context=text in weapon.context or _ship_name(weapon.category, text),
                variant=text[-1:].isdigit(),
            )
            for text in texts
            if text
        ]


def _ship_name(category: Category, text: str) -> bool:
    """Classes of ships are named after persons, places and stars: "Ming", "Lucas", "Daphne"."""
    return category is Category.SHIPS and text.replace(" ", "").isalpha()


def _add_generics(catalogue: Catalogue, names: list[Name], targets: dict[str, WeaponTarget]) -> None:
    for generic in catalogue.generics:
        key = f"g:{generic.noun}"
        unit = Unit(generic.unit or "piece")
        targets[key] = WeaponTarget(None, None, "", Category(generic.category), fold(generic.noun), generic.noun, unit)
        names += [
            Name(text, key, proper=text.isupper(), context=generic.context, plural=False)
            for text in sorted({generic.noun, plural(generic.noun)})
        ]
