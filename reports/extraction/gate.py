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
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick([*self.weapons, *self.acts], matchkind=MatchKind.Standard)

    def opens(self, content: str) -> bool:
        """True where both are there. Linear in the text."""
        folded = fold(content)
        limit = len(self.weapons)
        weapon = act = False
        for number, start, _ in self._automaton.find_matches_as_indexes(folded):
            if start and folded[start - 1].isalnum():
                continue
            if number < limit:
                weapon = True
            else:
                act = True
            if weapon and act:
                return True
        return False


def build(lexicon: Lexicon) -> Gate:
    """A gate for the catalogue's weapons and the reader's words of supply."""
    weapons = {fold(target.noun) for target in lexicon.weapons.values() if target.noun}
    weapons |= {fold(target.designation) for target in lexicon.weapons.values() if target.designation}
    acts = {row["lemma"] for row in tables.rows("roles")}
    return Gate(tuple(sorted(weapons)), tuple(sorted(acts)))
