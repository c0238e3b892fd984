"""Which weapon words mean: a designation that no catalogue knows, or a noun that may mean several weapons."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reports.resolution.records import Evidence

_NOUNS = Path(__file__).parent / "data" / "nouns.csv"
# "M1A2 SEPv3", "Leopard-2 A4", "D30": letters, then digits, is what a designation cannot do without.
_DESIGNATION = re.compile(r"\b([A-Za-z]+)[ -]?(\d+)")
_CLASS = re.compile(r"\b([\w'’]+)[ -]class\b", re.IGNORECASE)


def weapon_key(claim: Evidence) -> str:
    """The family that a claim names, or the designation that no catalogue knows, however it is spelled.

    Empty for a generic noun: "missiles", "155mm shells".
    """
    if claim.family or claim.designation:
        return claim.family or claim.designation or ""
    if ship := _CLASS.search(claim.weapon_text):
        return f"{ship[1]}-class".lower()
    if found := _DESIGNATION.search(claim.weapon_text):
        return f"{found[1]}{found[2]}".lower()
    return ""


def noun_key(text: str) -> str:
    """The head of a generic noun phrase, singular: "Patrol Boats" and "patrol boat" are one."""
    head = text.lower().split()[-1] if text.split() else ""
    return head if head.endswith("ss") else head.removesuffix("s")


def noun_fits(text: str, kind: str) -> bool:
    """Whether a generic phrase may mean a weapon of this kind ("fighter aircraft"); so it may where that is unknown."""
    if not kind:
        return True
    head = noun_key(text)
    words = {noun_key(word) for word in re.split(r"[\s/-]+", kind)}
    return bool(words & {head, *_means().get(head, ())})


@cache
def _means() -> Mapping[str, tuple[str, ...]]:
    with _NOUNS.open(encoding="utf-8", newline="") as lines:
        return {row["noun"]: tuple(noun_key(word) for word in row["means"].split()) for row in csv.DictReader(lines)}
