"""From a name as a list or a person writes it to the row that it means. Names inside running text are the reader's."""

import re
from collections.abc import Iterator

from reports.catalogue.load import Catalogue
from reports.catalogue.records import Generic, Party, WeaponType
from reports.catalogue.variants import alternatives, fold, plain_dashes, singular
from reports.choices import Missing

_STARS = re.compile(r"[*†‡\s]+$")
_BRACKETS = re.compile(r"^(?P<outer>.+?)\s*\((?P<inner>[^()]*)\)$")
_SHORTEST = 3  # letters and digits that a part of a name must have to stand for the whole
_CUT = re.compile(r"-|\s|/|\(|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)|(?<=[a-z0-9])(?=[A-Z])")
# What may follow a stem to make a variant of it: letters, a mark, a block or version number, a size.
_SUFFIX = re.compile(r"^\(\w+\)|^[-\s/.]*(?:[A-Za-z+]{1,6}\d{0,3}[A-Za-z+]{0,3}|\d{1,4}[A-Za-z+]{0,3})(?:[-\s/.+].*)?$")


def resolve_designation(catalogue: Catalogue, text: str) -> WeaponType | Generic | None:
    """The weapon of a designation, else the generic noun that it is, else None.

    Tried in order: the whole name in any spelling; a generic noun ("aircraft engines"); the name as lists shorten it
    ("Amga" for the Amga sonar) or with a maker before it ("Denel G-5"); the parts of a double name ("FGM-148
    Javelin", "Lawrence/Crosley"); the stem, where what follows is a variant's suffix ("MiG-29SMT": MiG-29). A part that
    is also an ordinary word never stands for the whole.
    """
    text = plain_dashes(text)
    for name in _spellings(text):
        if weapon := catalogue.weapon_by_name(name):
            return weapon
    for noun in (text, singular(text)):
        if generic := catalogue.generic(noun):
            return generic
    for name in (text, *_without_maker(catalogue, text)):
        if weapon := catalogue.weapon_by_name(name) or catalogue.weapon_by_short_name(name):
            return weapon
    for part in (*_parts(text), *_stems(text)):
        weapon = catalogue.weapon_by_name(part)
        if weapon is None and any(char.isdigit() for char in part):
            weapon = catalogue.weapon_by_short_name(part)
        if weapon and not _needs_context(weapon, part):
            return weapon
    return None


def _without_maker(catalogue: Catalogue, text: str) -> Iterator[str]:
    words = text.split()
    for count in range(1, len(words)):
        if catalogue.organisation_by_name(" ".join(words[:count])):
            yield " ".join(words[count:])


def resolve_party(catalogue: Catalogue, text: str) -> Party | Missing | None:
    """The party of a name, also as registers write it: "Hezbollah (Lebanon)*", "African Union**".

    A phrase for a party that is not known, or for several at once, gives the word for it and no party:
    "unknown recipient(s)" is `said_unknown`, "multiple sellers" is `several`. None where nothing fits.
    """
    text = _STARS.sub("", plain_dashes(text))
    if found := catalogue.party(text) or catalogue.party_by_name(text):
        return found
    if catalogue.missing and (meaning := catalogue.missing.get(fold(text))):
        return meaning
    bracketed = _BRACKETS.match(text)
    return catalogue.party_by_name(bracketed["outer"]) if bracketed else None


def _spellings(text: str) -> Iterator[str]:
    for name in dict.fromkeys((text, singular(text))):
        yield name
        yield from alternatives(name)


def _parts(text: str) -> Iterator[str]:
    """Leading words, longest first; then what follows the first word; then what stands on either side of a slash."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        yield " ".join(words[:count])
    for start in range(1, len(words)):
        yield " ".join(words[start:])
    if "/" in text:
        yield from text.split("/")


def _stems(text: str) -> Iterator[str]:
    """What is left when a variant's suffix is cut off, longest first; digits are never cut in two."""
    for place in sorted({match.start() for match in _CUT.finditer(text)}, reverse=True):
        stem, suffix = text[:place], text[place:]
        plausible = any(char.isdigit() for char in stem) or len(stem) > _SHORTEST
        if plausible and _SUFFIX.match(suffix):
            yield stem


def _needs_context(weapon: WeaponType, name: str) -> bool:
    key = fold(name)
    return len(key) < _SHORTEST or any(fold(word) == key for word in weapon.context)
