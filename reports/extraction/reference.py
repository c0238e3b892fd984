"""What the weapons of a text are: mentions gathered into items, "the jets" led to the designation they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from reports.choices import Category
from reports.extraction import tables
from reports.extraction.lexicon import Lexicon
from reports.extraction.mentions import Sentence, WeaponMention
from reports.extraction.names import fold, squeeze
from reports.extraction.weapons import head_noun, singular

_DEFINITE = ("the ", "these ", "those ", "this ", "that ", "its ", "their ", "both ", "such ", "'s ", "’s ", "all ")
_FAR = 3  # sentences
_VAGUE = frozenset(["military", "weapon", "weapons", "defence", "defense", "arms", "lethal", "war", "army"])


@dataclass
class Item:
    """One thing that may be transferred: its mentions (indexes, in order).

    `sort` is how it is named: designation, unknown, generic, umbrella.
    """

    key: str
    sort: str
    category: Category
    description: str
    mentions: list[int] = field(default_factory=list)
    own: list[int] = field(default_factory=list)  # the mentions by its own name, not by a noun that stands for it


@cache
def _anaphors() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    return {
        row["head"]: (frozenset(row["categories"].split("|")), tuple(filter(None, row["descriptions"].split("|"))))
        for row in tables.rows("anaphors")
    }


@cache
def umbrellas() -> frozenset[str]:
    """Nouns that stand for arms of any kind: "weapons", "equipment"."""
    return tables.words("umbrellas", "head")


def gather(
    content: str, mentions: Sequence[WeaponMention], sentences: Sequence[Sentence], lexicon: Lexicon
) -> tuple[Item, ...]:
    """The items of a text, in order of appearance."""
    items: dict[str, Item] = {}
    owner: dict[int, str] = {}
    for index, mention in enumerate(mentions):
        if mention.generic:
            continue
        key, category, description = _identity(mention, lexicon)
        sort = "designation" if mention.designation else "unknown"
        item = items.setdefault(key, Item(key, sort, category, description))
        owner[index] = key
        item.own.append(index)
    for index, mention in enumerate(mentions):
        if mention.generic:
            referred = _refer(content, index, mentions, items, owner)
            key = referred or "g:" + _phrase_key(mention)
            if referred is None:
                key = "g:" + _phrase_key(mention)
                sort = "umbrella" if _is_umbrella(mention) else "generic"
                items.setdefault(key, Item(key, sort, mention.category, _phrase_key(mention))).own.append(index)
            owner[index] = key
    for index in sorted(owner):
        items[owner[index]].mentions.append(index)
    return tuple(sorted(items.values(), key=lambda item: item.mentions[0]))


def _identity(mention: WeaponMention, lexicon: Lexicon) -> tuple[str, Category, str]:
    if mention.designation:
        target = lexicon.weapons[f"w:{mention.designation}"]
        return f"w:{target.root}", target.category, fold(target.description)
    capitals = [word for word in mention.text.split() if not word.islower()] or mention.text.split()
    core = capitals[:-1] if len(capitals) > 1 and singular(fold(capitals[-1])) in _anaphors() else capitals
    return (
        "u:" + squeeze(fold(" ".join(core)))[0].removesuffix("s").removesuffix("clas"),
        mention.category,
        fold(mention.text),
    )


def _phrase_key(mention: WeaponMention) -> str:
    words = fold(mention.text).replace("-", " ").split()
    return " ".join([*words[:-1], singular(words[-1])])


def _is_umbrella(mention: WeaponMention) -> bool:
    """ "weapons", "military equipment"; but "air defence system" is a thing of its own."""
    words = fold(mention.text).replace("-", " ").split()
    return head_noun(mention) in umbrellas() and (len(words) == 1 or words[0] in _VAGUE)


def fits(head: str, item: Item) -> bool:
    """Whether a noun can stand for an item: "jet" for a fighter aircraft."""
    if item.sort == "umbrella":
        return False
    rule = _anaphors().get(head)
    if rule is None:
        return head in item.description.split()
    categories, descriptions = rule
    if item.sort != "designation" and item.category is Category.OTHER:
        return True
    if item.category.value not in categories:
        return False
    return not descriptions or any(word in item.description for word in descriptions)


def _refer(
    content: str,
    index: int,
    mentions: Sequence[WeaponMention],
    items: dict[str, Item],
    owner: dict[int, str],
) -> str | None:
    """The key of the item that a generic noun stands for, if it stands for one."""
    mention = mentions[index]
    head = head_noun(mention)
    key = "g:" + _phrase_key(mention)
    if _is_umbrella(mention):
        return key if key in items else None
    before = content[max(0, mention.span.start - 8) : mention.span.start].lower()
    definite = before.endswith(_DEFINITE) or any(before.endswith(word.strip() + " ") for word in ("aircraft's",))
    bare = len(fold(mention.text).replace("-", " ").split()) == 1
    fitting = [other for other in items.values() if fits(head, other) and other.key != key]
    specific = [other for other in fitting if other.sort in ("designation", "unknown")]
    title = mention.sentence == 0
    beside = {owner.get(k) for k in range(len(mentions)) if k != index and mentions[k].sentence == mention.sentence}
    if title and specific and not any(other.key in beside for other in specific):
        return min(specific, key=lambda other: other.own[0]).key
    if not definite and any(other.key in beside for other in specific):
        return key if key in items else None
    if len(specific) == 1 and (definite or bare or _near(mention, specific[0], mentions)):
        return specific[0].key
    if key in items and not (definite and bare and specific):
        return key
    earlier = [other for other in fitting if other.own and other.own[0] < index] if (definite or bare) else []
    if not definite:
        earlier = [other for other in earlier if other.sort == "generic" or len(specific) == 1]
    if earlier:
        return max(earlier, key=lambda other: max(k for k in [*other.own, *_owned(owner, other.key)] if k < index)).key
    return None


def _near(mention: WeaponMention, item: Item, mentions: Sequence[WeaponMention]) -> bool:
    """Whether a noun with words of its own ("military transport helicopters") stands where the item is told of."""
    return any(abs(mentions[index].sentence - mention.sentence) <= _FAR for index in item.own)


def _owned(owner: dict[int, str], key: str) -> list[int]:
    return [index for index, name in owner.items() if name == key]
