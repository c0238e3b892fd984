"""Which public id each newly computed deal gets: the one whose last claims overlap it most.

By text, span and roles, never by row, for a new reading replaces rows. An id whose claims all went to another deal
forwards to it; one whose claims went to several lists them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.resolution.records import Key


@dataclass(frozen=True, slots=True)
class Identities:
    """`ids` in the order of the clusters (None: mint one); where each retired id leads, as numbers of clusters."""

    ids: tuple[str | None, ...]
    forwards: Mapping[str, int]
    splits: Mapping[str, tuple[int, ...]]


def assign(
    clusters: Sequence[frozenset[Key]],
    last: Mapping[str, frozenset[Key]],
    former: Mapping[str, frozenset[Key]] | None = None,
) -> Identities:
    """Give each cluster of claims at most one of the ids that held such claims before, each id to at most one.

    `former` are claims that an id held until a merge or a split took them: they weigh less than those that it held
    last, and bring an id back where what parted or joined them is undone.
    """
    by_text: dict[str, list[tuple[str, Key, bool]]] = defaultdict(list)
    for held, is_last in ((last, True), (former or {}, False)):
        for public_id, keys in held.items():
            for key in keys:
                by_text[key.text_hash].append((public_id, key, is_last))
    overlap: dict[tuple[str, int], int] = defaultdict(int)
    for number, keys in enumerate(clusters):
        for key in keys:
            for public_id, old, is_last in by_text[key.text_hash]:
                overlap[public_id, number] += matches(key, old) if is_last else min(1, matches(key, old))
    ids: list[str | None] = [None] * len(clusters)
    taken: set[str] = set()
    for (public_id, number), _ in sorted(overlap.items(), key=lambda item: (-item[1], item[0])):
        if overlap[public_id, number] and public_id not in taken and ids[number] is None:
            ids[number] = public_id
            taken.add(public_id)
    heirs: dict[str, list[int]] = defaultdict(list)
    for (public_id, number), size in overlap.items():
        if size and public_id not in taken:
            heirs[public_id].append(number)
    return Identities(
        ids=tuple(ids),
        forwards={public_id: numbers[0] for public_id, numbers in heirs.items() if len(numbers) == 1},
        splits={public_id: tuple(sorted(numbers)) for public_id, numbers in heirs.items() if len(numbers) > 1},
    )


def matches(key: Key, old: Key) -> int:
    """How well two claims match: their spans must overlap; then 4 for the same roles, 2 for the same parties, 1 for
    the same weapon. A sentence may carry several deals, so overlap alone says nothing.
    """
    if key.text_hash != old.text_hash or key.start >= old.end or old.start >= key.end:
        return 0
    if key.roles == old.roles:
        return 4
    (parties, weapon), (old_parties, old_weapon) = key.roles.split(":", 1), old.roles.split(":", 1)
    return 2 if parties == old_parties else 1 if weapon == old_weapon else 0
