"""All that was found in a text before anyone asks who supplies what to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.extraction.lexicon import Lexicon
from reports.extraction.mentions import MoneyMention, PartyMention, QuantityMention, Sentence, WeaponMention
from reports.extraction.money import find_money
from reports.extraction.parties import dateline_end, find_parties
from reports.extraction.quantities import find_quantities
from reports.extraction.reference import Item, gather
from reports.extraction.roles import Mark, RoleTable, marks_of
from reports.extraction.weapons import find_weapons

# A text that names more than this is no news article; the bounds keep the time of reading linear in its length.
_MOST_HITS = 4_000
_MOST_MARKS = 250


@dataclass(frozen=True)
class Scene:
    """The mentions of a text, its sentences as rows of marks, and its items. Indexes point into the tuples."""

    content: str
    sentences: tuple[Sentence, ...]
    parties: tuple[PartyMention, ...]
    weapons: tuple[WeaponMention, ...]
    quantities: tuple[QuantityMention, ...]
    sums: tuple[MoneyMention, ...]
    marks: tuple[tuple[Mark, ...], ...]
    items: tuple[Item, ...]
    dateline: frozenset[str]  # codes of the parties named in the dateline

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The parties of the text by code, in order of appearance."""
        return tuple(dict.fromkeys(mention.party.code for mention in self.parties))

    @cached_property
    def item_of(self) -> dict[int, int]:
        """Weapon mention -> item."""
        return {mention: index for index, item in enumerate(self.items) for mention in item.mentions}


def survey(
    content: str, sentences: Sequence[Sentence], lexicon: Lexicon, roles: RoleTable, published: date | None = None
) -> Scene:
    """Finds everything that has a name, a number or a price, and gathers the weapons into items."""
    hits = lexicon.index.find(content)[:_MOST_HITS]
    found = find_parties(content, hits, sentences, lexicon, published)
    ends = {sentence.index: dateline_end(sentence) for sentence in sentences if sentence.paragraph <= 1}
    in_dateline = {index for index, mention in enumerate(found) if mention.span.start < ends.get(mention.sentence, 0)}
    parties = tuple(mention for index, mention in enumerate(found) if index not in in_dateline)
    weapons = find_weapons(content, hits, sentences, lexicon)
    codes = {mention.party.code for mention in found}
    quantities = tuple(q for sentence in sentences for q in find_quantities(sentence))
    sums = tuple(m for sentence in sentences for m in find_money(sentence, codes))
    shelves: list[
        tuple[
            list[tuple[int, PartyMention]],
            list[tuple[int, WeaponMention]],
            list[tuple[int, QuantityMention]],
            list[tuple[int, MoneyMention]],
        ]
    ] = [([], [], [], []) for _ in sentences]
    for index, party in enumerate(parties):
        shelves[party.sentence][0].append((index, party))
    for index, weapon in enumerate(weapons):
        shelves[weapon.sentence][1].append((index, weapon))
    for index, quantity in enumerate(quantities):
        shelves[quantity.sentence][2].append((index, quantity))
    for index, money in enumerate(sums):
        shelves[money.sentence][3].append((index, money))
    marks = tuple(
        marks_of(sentence, *shelf, roles)[:_MOST_MARKS] for sentence, shelf in zip(sentences, shelves, strict=True)
    )
    items = gather(content, weapons, sentences, lexicon)
    return Scene(
        content,
        tuple(sentences),
        parties,
        weapons,
        quantities,
        sums,
        marks,
        items,
        frozenset(found[index].party.code for index in in_dateline),
    )
