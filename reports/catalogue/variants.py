"""Spelling variants by rule: what a name may look like in print, and the key under which all of them are found."""

import re
import unicodedata

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
# Letters that have no decomposition in Unicode, by what a keyboard without them writes.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
_THE = re.compile(r"^\s*the\s+(?=\S)", re.IGNORECASE)
_SEAM = re.compile(r"(?<=[^\W\d_])[-\s]?(?=\d)|(?<=\d)[-\s](?=[^\W\d_])")
_SLASHED_PREFIX = re.compile(r"^([A-Z])/([A-Z])(?=-?\d)")
_BEFORE_SLASH = re.compile(r"\s+(?=[A-Z]\d?/)")  # "MiG-29 M/M2"
_CLASS = re.compile(r"[-\s](?:class|Class)$")


def plain_dashes(text: str) -> str:
    """Every Unicode dash as a hyphen, every run of blanks as one blank."""
    return " ".join(text.translate(_DASHES).split())


def fold(name: str) -> str:
    """The key of a name: letters, digits and "+" alone, lower case, without accents or a leading "the".

    "MiG-29 M/M2", "MiG 29M/M2" and "Mig29M/M2" have one key. Empty where the name has no letter or digit.
    """
    # Nearly all names are ASCII, and bytes are folded several times as fast as characters.
    key = name.encode().translate(_LOWER, _DROPPED).decode() if name.isascii() else name.translate(_KEYS)
    return key[3:] if key.startswith("the") and _THE.match(name) else key


class _Keys(dict[int, str | None]):
    """What each character adds to a key, worked out when it is first met. None, not "", keeps `translate` quick."""

    def __missing__(self, code: int) -> str | None:
        bare = "".join(char for char in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(char))
        plain = "".join(_PLAIN.get(char, char) for char in bare.casefold())
        key = self[code] = "".join(char for char in plain if char.isalnum() or char == "+") or None
        return key


_KEYS = _Keys()
_ASCII = bytes(range(128))
_LOWER = bytes(range(256)).lower()
_DROPPED = bytes(code for code in _ASCII if _KEYS[code] is None)


def singular(name: str) -> str:
    """The name without a plural "s": "Leopards", "MiG-29s", "Class" stays."""
    if len(name) > 3 and name[-1] in "sS" and name[-2] not in "sS'’" and (name[-1] == "s" or name[-2].isdigit()):
        return name[:-1]
    return name


def alternatives(name: str) -> tuple[str, ...]:
    """Other names that a rule makes of one, each with a key of its own.

    "F/A-18" is also F-18 and A-18's twin FA-18 (which folds alike); "Gowind-class" is also "Gowind".
    """
    name = plain_dashes(name)
    found = [_CLASS.sub("", name), _SLASHED_PREFIX.sub(r"\1", name)]
    return tuple(dict.fromkeys(other for other in found if other != name))


def variants(name: str) -> tuple[str, ...]:
    """How a name may be spelled, itself first: joints between letters and digits, "F/A-", "the", plural.

    Case and accents are not varied: compare by `fold`.
    """
    base = _THE.sub("", plain_dashes(name))
    spellings: dict[str, None] = {plain_dashes(name): None, base: None}
    for form in (base, *alternatives(base), _SLASHED_PREFIX.sub(r"\1\2", base)):
        for spelling in (*_jointed(form), *_jointed(_BEFORE_SLASH.sub("", form))):
            spellings[spelling] = None
    for spelling in list(spellings):
        if spelling and spelling[-1].isalnum() and not spelling.endswith(("s", "S")):
            spellings[f"{spelling}s"] = None
    return tuple(filter(None, spellings))


def _jointed(name: str) -> tuple[str, ...]:
    """The name as it is, and with a hyphen, a blank or nothing where its letters first meet its digits."""
    return (name, *(_SEAM.sub(joint, name, count=1) for joint in ("-", " ", "")))
