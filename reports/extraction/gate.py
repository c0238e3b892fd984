"""Whether a text is worth reading: one pass over the raw text. Most news has no arms transfer in it."""

from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from reports.extraction import tables
from reports.extraction.lexicon import Lexicon
from reports.extraction.names import fold


@dataclass(frozen=True)
class Gate:
    """Opens for a text that names a weapon or arms at a word's beginning, and an act of supply."""

    weapons: tuple[str, ...]
    acts: tuple[str, ...]

    @cached_property
    def _automata(self) -> tuple[AhoCorasick, AhoCorasick]:
        kind = MatchKind.Standard
        return AhoCorasick(self.weapons, matchkind=kind), AhoCorasick(self.acts, matchkind=kind)

    def opens(self, content: str) -> bool:
        """True where both are there. Linear in the text."""
        folded = fold(content)
        return all(
            any(
                not start or not folded[start - 1].isalnum()
                for _, start, _ in automaton.find_matches_as_indexes(folded)
            )
            for automaton in self._automata
        )


def build(lexicon: Lexicon) -> Gate:
    """A gate for the catalogue's weapons and the reader's words of supply."""
    acts = {row["lemma"] for row in tables.rows("roles")}
    for row in tables.rows("roles"):
        acts |= {word for column in ("irregular", "nouns") for word in row[column].split("|") if word}
    return Gate(tuple(sorted(lexicon.spellings)), tuple(sorted(acts)))
