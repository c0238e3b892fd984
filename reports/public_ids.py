"""Short ids that can be quoted in print, in place of row numbers.

Crockford's base 32 (no I, L, O, U), lower case. A minted id is random; a derived one follows from what it names, so
that a new reading of the same sentence gives the same id.
"""

import hashlib
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 8


def mint() -> str:
    """A new random id of 8 characters (40 bits); the database holds it unique."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def derive(*parts: object, length: int = 12) -> str:
    """The id of 12 characters (60 bits) that follows from `parts`, always the same for the same parts."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest(), "big")
    digits = []
    for _ in range(length):
        number, rest = divmod(number, 32)
        digits.append(ALPHABET[rest])
    return "".join(digits)
