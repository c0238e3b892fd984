"""Spelling variants by rule, so that no row lists them: MiG-29 M/M2, MiG 29M, Mig29; F/A-18, F-18, FA18; plurals."""

import re
import unicodedata
from functools import lru_cache

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣-", "-"))
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "ʼ": "'"})
_JOIN = re.compile(r"(?<=[A-Za-z])[- ](?=\d)|(?<=\d)[- ](?=[A-Za-z])")
_SLASHED = re.compile(r"^([A-Z])/([A-Z])-?(\d.*)$")


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """The key under which a name is looked up: no case, accents, dashes, blanks, points or leading article.

    >>> fold("the MiG–29 M/M2") == fold("Mig29M/M2")
    True
    """
    plain = unicodedata.normalize("NFKD", name.translate(_DASHES).translate(_QUOTES))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower().strip()
    plain = plain.removeprefix("the ")
    return re.sub(r"[\s\-.']+", "", plain)


def plain_dashes(name: str) -> str:
    """The name with each Unicode dash as a hyphen and each curly quote straight; its length is kept."""
    return name.translate(_DASHES).translate(_QUOTES)


def variants(name: str) -> tuple[str, ...]:
    """The spellings under which a designation may stand in a text, itself first.

    Hyphen, blank or nothing where letters meet digits; the letters of "F/A-18" apart or one alone; a plural "s".
    """
    name = plain_dashes(name).strip()
    spellings = [name]
    slashed = _SLASHED.match(name)
    if slashed:
        first, second, rest = slashed.groups()
        spellings += [f"{first}{second}-{rest}", f"{first}-{rest}"]
    spellings += [
        _JOIN.sub(mark, spelling) for spelling in list(spellings) for mark in ("-", " ", "") if _JOIN.search(spelling)
    ]
    spellings += [spelling.replace("-", " ") for spelling in list(spellings) if "-" in spelling]
    found = dict.fromkeys(spellings)
    return tuple(found) + tuple(plural for spelling in found if (plural := _plural(spelling)) not in found)


def _plural(word: str) -> str:
    return word if word.lower().endswith("s") else word + "s"
