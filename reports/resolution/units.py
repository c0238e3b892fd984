"""What one text says of one transfer: the unit that clustering puts together with others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reports.resolution.records import Evidence


@dataclass(frozen=True, slots=True)
class Unit:
    """The claims of one group of one text, in the order of the text. `voice` speaks for them."""

    claims: tuple[Evidence, ...]
    voice: Evidence

    @property
    def text(self) -> str:
        """The hash of the text that it stands in."""
        return self.voice.key.text_hash

    @property
    def order(self) -> tuple[object, ...]:
        """A total order that depends on what is said alone, never on rows or arrival."""
        voice = self.voice
        return (voice.day, voice.key.text_hash, voice.key.start, voice.group)


def units_of(claims: Sequence[Evidence]) -> list[Unit]:
    """Claims grouped by text and group, in their total order."""
    grouped: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for claim in claims:
        grouped[claim.unit].append(claim)
    return sorted(map(_unit, grouped.values()), key=lambda unit: unit.order)


def _unit(claims: Sequence[Evidence]) -> Unit:
    ordered = tuple(sorted(claims, key=lambda claim: claim.order))
    # every group of a reading has the article's own claim; the first speaks where a reader left it out
    return Unit(ordered, next((claim for claim in ordered if claim.of_article), ordered[0]))
