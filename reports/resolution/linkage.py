"""Scored pairs to groups: average linkage over a sparse graph, with pairs that must stay apart.

The two groups whose pairs score highest on average are put together, again and again, until no average reaches the
threshold. Members that must stay apart keep their groups apart. Equal averages are taken in the order of the members,
so the result depends on the pairs alone.
"""

import heapq
from collections.abc import Hashable, Iterable, Sequence


def link(apart: Sequence[Hashable], pairs: Iterable[tuple[int, int, float]], threshold: float) -> list[list[int]]:
    """Groups of the members 0, 1, ..., each and all in order.

    `apart` gives each member a label; members of one label never share a group. `pairs` gives (left, right, score) of
    those pairs that were looked at, each once: what was not looked at counts neither way. Takes time in proportion to
    the number of pairs, but for logarithms: of two groups the one with fewer neighbours is taken into the other.
    """
    members: dict[int, list[int]] = {number: [number] for number in range(len(apart))}
    labels: dict[int, set[Hashable]] = {number: {label} for number, label in enumerate(apart)}
    near: dict[int, dict[int, tuple[float, int]]] = {number: {} for number in members}
    for left, right, score in pairs:
        near[left][right] = near[right][left] = (score, 1)
    heap = [
        (-total / count, left, right)
        for left, others in near.items()
        for right, (total, count) in others.items()
        if left < right and total / count >= threshold
    ]
    heapq.heapify(heap)
    while heap:
        average, left, right = heapq.heappop(heap)
        entry = near[left].get(right) if left in members and right in members else None
        if entry is None or -entry[0] / entry[1] != average or not labels[left].isdisjoint(labels[right]):
            continue
        kept, gone = (left, right) if len(near[left]) >= len(near[right]) else (right, left)
        members[kept] += members.pop(gone)
        labels[kept] |= labels.pop(gone)
        for other in _add_up(near, kept, gone):
            total, count = near[kept][other]
            if total / count >= threshold:
                heapq.heappush(heap, (-total / count, min(kept, other), max(kept, other)))
    return sorted(sorted(group) for group in members.values())


def _add_up(near: dict[int, dict[int, tuple[float, int]]], kept: int, gone: int) -> list[int]:
    """Add the pairs of a group that is gone to those of the group that it went into; the neighbours that it had."""
    moved = []
    for other, (total, count) in near.pop(gone).items():
        del near[other][gone]
        if other != kept:
            total_before, count_before = near[kept].get(other, (0.0, 0))
            near[kept][other] = near[other][kept] = (total_before + total, count_before + count)
            moved.append(other)
    return moved
