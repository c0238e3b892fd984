"""What a judgement is about, told by text, sentence and roles, and found again among the claims of a new reading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.resolution.nouns import weapon_key
from reports.resolution.records import Evidence, Key


@dataclass(frozen=True, slots=True)
class Anchor:
    """The claim that was decided on. `speaker` is empty for the article's own voice; `family` where none was known.

    `also` are the roles that the decision itself gave it: a reader that learns of the error reads those.
    """

    key: Key
    speaker: str = ""
    family: str = ""
    also: str = ""


def find(anchor: Anchor, claims: Iterable[Evidence]) -> Evidence | None:
    """The claim of the current reading that the anchor means, or None.

    The sentences overlap by half of the shorter one, an article's own voice is no speaker's, the parties are the same
    and the weapon is the same or of one family: a sentence may carry several transfers, and a judgement on one says
    nothing of the others.
    """
    fits = [(weight, claim) for claim in claims if (weight := _weight(anchor, claim))]
    return max(fits, key=lambda fit: (fit[0], [-ord(c) for c in fit[1].id]))[1] if fits else None


def _weight(anchor: Anchor, claim: Evidence) -> tuple[int, ...] | None:
    """How well a claim fits, or None where it does not."""
    key, old = claim.key, anchor.key
    if key.text_hash != old.text_hash or bool(claim.speaker) != bool(anchor.speaker):
        return None
    common = min(key.end, old.end) - max(key.start, old.start)
    if 2 * common < min(key.end - key.start, old.end - old.start) or common <= 0:
        return None
    if key.roles == old.roles:
        likeness = 3
    elif anchor.also and _plain(key.roles) == _plain(anchor.also):
        likeness = 2
    elif _akin(anchor, claim):
        likeness = 1
    else:
        return None
    return (likeness, (claim.speaker or "") == anchor.speaker, common, -(key.end - key.start))


def _akin(anchor: Anchor, claim: Evidence) -> bool:
    parties, _, weapon = _plain(anchor.key.roles).partition(":")
    new_parties, _, new_weapon = _plain(claim.key.roles).partition(":")
    if parties != new_parties:
        return False
    family = anchor.family or weapon
    return new_weapon == weapon or (claim.family or weapon_key(claim) or new_weapon) == family


def _plain(roles: str) -> str:
    """Roles without the number of a second lot in one sentence."""
    return roles.partition("#")[0]


def matched(anchors: Sequence[Anchor], claims: Sequence[Evidence]) -> list[str | None]:
    """For each anchor the id of the claim that it means, if there is one."""
    return [found.id if (found := find(anchor, claims)) else None for anchor in anchors]
