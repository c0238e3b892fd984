"""How credible a claim is on the Admiralty scale, from who else says so. The machine never gives a 1."""

from collections.abc import Mapping, Sequence

from reports.choices import Polarity
from reports.resolution.records import Conflict, Evidence

PROBABLE, POSSIBLE, DOUBTFUL, IMPROBABLE, UNKNOWN = 2, 3, 4, 5, 6


def credibilities(claims: Sequence[Evidence], disputes: Sequence[Conflict]) -> Mapping[str, int]:
    """Of each claim of a deal: 2 where two further origins say the same, 3 where one does, 6 where none does.

    4 where an open dispute contradicts it; 5 where it stands on the wrong side of one that was closed.
    """
    origins: dict[Polarity, set[str]] = {}
    for claim in claims:
        origins.setdefault(claim.polarity, set()).add(claim.origin)
    doubted = {side.claim for conflict in disputes if conflict.open for side in conflict.sides}
    lost = {
        side.claim
        for conflict in disputes
        if conflict.upheld
        for side in conflict.sides
        if side.value != conflict.upheld
    }
    found = {}
    for claim in claims:
        others = len(origins[claim.polarity]) - 1
        if claim.id in doubted:
            found[claim.id] = DOUBTFUL
        elif claim.id in lost:
            found[claim.id] = IMPROBABLE
        else:
            found[claim.id] = PROBABLE if others > 1 else POSSIBLE if others else UNKNOWN
    return found
