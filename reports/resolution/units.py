"""What one text says of one transfer: the unit that clustering puts together with others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.resolution.linkage import Marks
from reports.resolution.records import Evidence

PLAIN = Marks()


@dataclass(frozen=True, slots=True)
class Unit:
    """The claims of one group of one text, in the order of the text. `voice` speaks for them.

    `marks` keep it apart from other units of its text, and from those that an analyst told apart.
    """

    claims: tuple[Evidence, ...]
    voice: Evidence
    marks: Marks = PLAIN

    @property
    def text(self) -> str:
        """The hash of the text that it stands in."""
        return self.voice.key.text_hash

    @property
    def order(self) -> tuple[object, ...]:
        """A total order that depends on what is said alone, never on rows or arrival."""
        voice = self.voice
        return (voice.day, voice.key.text_hash, voice.key.start, voice.group, *voice.order)


def units_of(
    claims: Sequence[Evidence], apart: Iterable[tuple[str, frozenset[str], frozenset[str]]] = ()
) -> list[Unit]:
    """Claims grouped by text and group, in their total order.

    `apart` gives (name, ids of claims of the one side, of the other) of verdicts that two transfers are meant. One that
    runs through a group makes two units of it.
    """
    sides: dict[str, dict[str, int]] = defaultdict(dict)  # claim: verdict: side
    for name, one, other in apart:
        for side, ids in enumerate((one, other)):
            for number in ids:
                sides[number][name] = side
    grouped: dict[object, list[Evidence]] = defaultdict(list)
    for claim in claims:
        grouped[claim.unit].append(claim)
    parts = (part for group in grouped.values() for part in (_parts(group, sides) if sides else [group]))
    return sorted((_unit(part, sides) for part in parts), key=lambda unit: unit.order)


def _parts(group: list[Evidence], sides: dict[str, dict[str, int]]) -> list[list[Evidence]]:
    """A group, cut in two where a verdict has claims of it on both sides. What is on no side stays with the first."""
    parts = [group]
    names = sorted({name for claim in group for name in sides.get(claim.id, ())})
    for name in names:
        cut: list[list[Evidence]] = []
        for part in parts:
            second = [claim for claim in part if sides.get(claim.id, {}).get(name) == 1]
            both = second and any(sides.get(claim.id, {}).get(name) == 0 for claim in part)
            cut += [[claim for claim in part if claim not in second], second] if both else [part]
        parts = cut
    return parts


def _unit(claims: Sequence[Evidence], sides: dict[str, dict[str, int]]) -> Unit:
    ordered = tuple(sorted(claims, key=lambda claim: claim.order))
    # every group of a reading has the article's own claim; the first speaks where a reader left it out
    voice = next((claim for claim in ordered if claim.of_article), ordered[0])
    text = voice.key.text_hash
    told = {item for claim in ordered for item in sides.get(claim.id, {}).items()} if sides else ()
    bears = frozenset([text, *told])
    bars = frozenset([text, *((name, 1 - side) for name, side in told)])
    return Unit(ordered, voice, Marks(bears, bars))
