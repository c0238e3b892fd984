"""Scored pairs to groups: average linkage over a sparse graph, with pairs that must stay apart or together.

The two groups whose pairs score highest on average are put together, again and again, until no average reaches the
threshold. Equal averages are taken in the order of the members, so the result depends on the pairs alone.
"""

import heapq
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """What a member bears, and what no member of its group may bear. Of two members either both or neither object."""

    bears: frozenset[Hashable] = frozenset()
    bars: frozenset[Hashable] = frozenset()

    @classmethod
    def of(cls, marks: Iterable["Marks"]) -> "Marks":
        """What a group of members bears and bars."""
        listed = list(marks)
        return cls(frozenset().union(*(m.bears for m in listed)), frozenset().union(*(m.bars for m in listed)))

    def object_to(self, other: "Marks") -> bool:
        return not self.bears.isdisjoint(other.bars)


def link(
    marks: Sequence[Marks],
    pairs: Iterable[tuple[int, int, float]],
    threshold: float,
    together: Iterable[Sequence[int]] = (),
) -> list[list[int]]:
    """Groups of the members 0, 1, ..., each and all in order.

    Members whose `marks` object to one another share no group; those that are `together` share one whatever their
    marks. `pairs` gives (left, right, score) of those pairs that were looked at, each once: what was not looked at
    counts neither way. Takes time in proportion to the number of pairs, but for logarithms: of two groups the one with
    fewer neighbours is taken into the other.
    """
    members: dict[int, list[int]] = {number: [number] for number in range(len(marks))}
    bears = {number: set(mark.bears) for number, mark in enumerate(marks)}
    bars = {number: set(mark.bars) for number, mark in enumerate(marks)}
    near: dict[int, dict[int, tuple[float, int]]] = {number: {} for number in members}
    for left, right, score in pairs:
        near[left][right] = near[right][left] = (score, 1)

    def put_together(kept: int, gone: int) -> list[int]:
        members[kept] += members.pop(gone)
        bears[kept] |= bears.pop(gone)
        bars[kept] |= bars.pop(gone)
        return _add_up(near, kept, gone)

    for bunch in together:
        for gone in bunch[1:]:
            put_together(bunch[0], gone)
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
        if entry is None or -entry[0] / entry[1] != average or not bears[left].isdisjoint(bars[right]):
            continue
        kept, gone = (left, right) if len(near[left]) >= len(near[right]) else (right, left)
        for other in put_together(kept, gone):
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
