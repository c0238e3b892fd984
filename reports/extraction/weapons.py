"""Weapon mentions: designations of the catalogue, generic nouns, and unknown designations by their shape."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from reports.choices import Category
from reports.extraction import tables
from reports.extraction.lexicon import Lexicon, WeaponTarget
from reports.extraction.mentions import Sentence, WeaponMention
from reports.extraction.names import Hit, fold
from reports.extraction.parties import place
from reports.records import Span

_MOST_NAMES = 12
_MOST_SHAPES = 200
_SERVICES = frozenset(["upgrade", "modernisation", "modernization", "overhaul", "refit", "refurbishment"])
_WORD = re.compile(r"[^\W\d_]+")
# Letters and digits in one word: "Korkut-25", "T-129", "AN/TPQ-36", "K9A1".
_SHAPE = re.compile(
    r"(?<![\w$€£/-])(?:[A-Z]{1,3}/)?[A-Z][A-Za-z]{0,11}-\d{1,4}[A-Z]{0,3}\d?(?:/[A-Z]\d?)*(?![\w%])"
    r"|(?<![\w$€£/-])[A-Z]{1,4}\d{1,4}[A-Z]{0,2}\d?(?![\w%])"
)
_EVENT = re.compile(r"-(?:19|20)\d\d$")  # "Zapad-2021": an event and its year
_VARIANT = re.compile(
    r"(?:[ /-](?:[A-Z]{1,3}\d?|Block[ -]?\d+\+?|Mk\.?[ -]?[\dIV]+\w?|[IVX]{1,4}\+?)(?:/[A-Z]\d?)*)+(?![\w-])"
)
_CAPITALS = re.compile(
    r"(?:(?:[A-Z][\w’'-]*|[A-Z]+\d[\w-]*|\d{1,4}[A-Z]*|[IVX]+|Mk\.?)(?:[ -](?=[A-Z\dI])|(?=-class)|\s$|$)){1,4}$"
)


@cache
def _no_weapon_after() -> frozenset[str]:
    return tables.words("not_weapons")


@cache
def _no_shape() -> tuple[str, ...]:
    return tuple(tables.words("not_designations"))


@cache
def _no_capital() -> frozenset[str]:
    return tables.words("not_names")


def find_weapons(
    content: str, hits: Sequence[Hit], sentences: Sequence[Sentence], lexicon: Lexicon
) -> tuple[WeaponMention, ...]:
    """The weapons named in the text, in order. What stands close together as one phrase is one mention."""
    placed = place(hits, sentences)
    kept: list[WeaponMention] = []
    ends = {hit.end for hit in hits}
    taken: list[tuple[int, int]] = [(hit.start, hit.end) for hit, _ in placed]
    sure = _sure(content, placed, lexicon)
    for hit, sentence in placed:
        target = next((lexicon.weapons[name.key] for name in hit.names if name.key in lexicon.weapons), None)
        if target is None:
            continue
        if any(name.key in lexicon.parties for name in hit.names) and not content.startswith("-class", hit.end):
            continue  # "Berlin" is a seat of government before it is a ship
        context = all(name.context for name in hit.names if name.key in lexicon.weapons)
        if context and not target.noun and target.root not in sure and not _in_context(content, hit, sentence):
            continue
        mention = _mention(content, hit, sentence, target, ends)
        if mention is not None:
            _join(content, kept, mention)
    kept += _by_shape(content, sentences, taken)
    kept += _again(content, sentences, kept, taken)
    return tuple(sorted(kept, key=lambda mention: mention.span.start))


def _sure(content: str, placed: Sequence[tuple[Hit, Sentence]], lexicon: Lexicon) -> frozenset[str]:
    """The families that are named beyond doubt somewhere in the text: there, a name that is also a word is theirs."""
    found: set[str] = set()
    for hit, sentence in placed:
        for name in hit.names:
            target = lexicon.weapons.get(name.key)
            if target is not None and not target.noun and (not name.context or _in_context(content, hit, sentence)):
                found.add(target.root)
    return frozenset(found)


def _mention(content: str, hit: Hit, sentence: Sentence, target: WeaponTarget, ends: set[int]) -> WeaponMention | None:
    start, end = hit.start, hit.end
    after = content[end : min(sentence.span.end, end + 40)]
    if not target.noun:
        if (found := _VARIANT.match(after)) and not re.match(
            r"[ -][A-Z]{1,3}\s", found.group() + " " if len(found.group()) < 3 else ""
        ):
            end += found.end() if content[end - 1].isdigit() or "lock" in found.group() or "Mk" in found.group() else 0
        if after.startswith("-class"):
            end += 6
        return WeaponMention(
            Span(start, end), sentence.index, content[start:end], target.designation, target.family, target.category
        )
    if target.category is Category.SERVICES and target.noun.split()[-1] not in _SERVICES:
        return None
    follower = _WORD.match(after.lstrip(" -")) if after[:1] in (" ", "-") else None
    if follower and (
        follower.group().lower() in _no_weapon_after() or (after[0] == "-" and not after.startswith("-class"))
    ):
        return None
    if content[max(0, start - 5) : start].lower().endswith(("anti-", "non-")):
        return None
    lead = _name_before(content, start, sentence, ends)
    unknown = lead < start
    return WeaponMention(
        Span(lead, end), sentence.index, content[lead:end], None, None, target.category, not unknown, unknown
    )


_COUNTED = re.compile(
    r"(?:\d[\d,.]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|hundred|more|several|additional))"
    r"\s(?:[\w'’-]+\s){0,2}$"
)
_NOUN_NEXT = re.compile(
    r"[ -](?:\w+[ -]){0,2}?(?:missile|tank|jet|fighter|aircraft|helicopter|vehicle|launcher|system|batter|frigate|boat"
    r"|radar|gun|drone|round|rocket|bomb|torpedo|turret|howitzer|corvette|submarine|trainer|destroyer|vessel|ship|carrier)"
)


def _in_context(content: str, hit: Hit, sentence: Sentence) -> bool:
    """Whether a name that is also something else stands for the weapon: a number, a weapon noun or "-class" is near."""
    before = content[max(sentence.span.start, hit.start - 30) : hit.start].lower()
    after = content[hit.end : min(sentence.span.end, hit.end + 40)].lower()
    plural = content[hit.end - 1] == "s" and not hit.names[0].text.endswith("s")
    return bool(after.startswith("-class") or plural or _COUNTED.search(before) or _NOUN_NEXT.match(after))


def _name_before(content: str, start: int, sentence: Sentence, ends: set[int]) -> int:
    """Where a capitalised name directly before a generic noun begins: "Belharra" of "Belharra frigates"."""
    window_start = max(sentence.span.start, start - 40)
    window = content[window_start:start]
    if not window.endswith((" ", "-")) or sentence.title:
        return start
    found = _CAPITALS.search(window.rstrip())
    if not found:
        return start
    lead = window_start + found.start()
    cut = max((end for end in ends if lead < end <= start), default=0)
    if cut:
        lead = cut + len(content[cut:start]) - len(content[cut:start].lstrip(" -’'s"))
    name = content[lead:start].strip()
    first = name.split(" ")[0].split("-")[0]
    if lead == sentence.span.start or not name or len(name) < 3:
        return start
    if first.lower() in _no_capital() or (not first[0].isupper() and not first[0].isdigit()) or name[0].isdigit():
        return start
    return lead


def _join(content: str, kept: list[WeaponMention], mention: WeaponMention) -> None:
    """A noun right after a name or another noun belongs to it: "F-16" + "fighter jets", "missile" + "boats"."""
    if kept and kept[-1].sentence == mention.sentence:
        last = kept[-1]
        between = content[last.span.end : mention.span.start]
        if between in (" ", "-") and mention.designation is None and (last.designation or last.generic or last.unknown):
            span = Span(last.span.start, mention.span.end)
            category = last.category if last.designation or last.unknown else mention.category
            if category is Category.OTHER:
                category = last.category
            kept[-1] = WeaponMention(
                span,
                last.sentence,
                content[span.start : span.end],
                last.designation,
                last.family,
                category,
                last.generic and not last.unknown and not mention.unknown,
                last.unknown or (mention.unknown and not last.designation),
            )
            return
        if between in (" ", " (", ' "', " “") and last.designation and mention.designation:
            span = Span(last.span.start, mention.span.end)  # "M88A2 Hercules", "S-70i Black Hawk": one thing, two names
            kept[-1] = replace(last, span=span, text=content[span.start : span.end])
            return
    kept.append(mention)


def _again(
    content: str, sentences: Sequence[Sentence], known: Sequence[WeaponMention], taken: Sequence[tuple[int, int]]
) -> list[WeaponMention]:
    """Later mentions of an unknown name by itself: "Marders" after "Marder infantry fighting vehicles"."""
    found: list[WeaponMention] = []
    cores: dict[str, WeaponMention] = {}
    for mention in known:
        words = [word for word in mention.text.split() if word[:1].isupper()]
        core = " ".join(words).removesuffix("-class")
        if mention.unknown and len(core) >= 4 and core != mention.text and len(cores) < _MOST_NAMES:
            cores.setdefault(core, mention)
    if not cores:
        return []
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(cores, key=len, reverse=True))) + r")s?\b")
    busy = [*taken, *((mention.span.start, mention.span.end) for mention in known)]
    for sentence in sentences:
        for match in pattern.finditer(sentence.text):
            if len(found) >= _MOST_SHAPES:
                return found
            begin, end = sentence.span.start + match.start(), sentence.span.start + match.end()
            if not any(start < end and begin < stop for start, stop in busy):
                category = cores[match.group(1)].category
                found.append(
                    WeaponMention(Span(begin, end), sentence.index, match.group(), None, None, category, False, True)
                )
    return found


def _by_shape(content: str, sentences: Sequence[Sentence], taken: Sequence[tuple[int, int]]) -> list[WeaponMention]:
    found: list[WeaponMention] = []
    starts = sorted(taken)
    for sentence in sentences:
        for match in _SHAPE.finditer(sentence.text):
            if len(found) >= _MOST_SHAPES:
                return found
            begin, end = sentence.span.start + match.start(), sentence.span.start + match.end()
            if any(start < end and begin < stop for start, stop in starts) or fold(match.group()).startswith(
                _no_shape()
            ):
                continue
            if _EVENT.search(match.group()):
                continue
            found.append(
                WeaponMention(Span(begin, end), sentence.index, match.group(), None, None, Category.OTHER, False, True)
            )
    return found


def head_noun(mention: WeaponMention) -> str:
    """The last word of the mention in the singular: "fighter jets" -> "jet"."""
    words = _WORD.findall(fold(mention.text))
    return singular(words[-1]) if words else ""


def singular(word: str) -> str:
    """The singular of a noun, by rule: "batteries" -> "battery"."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "sses")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "arms", "us")):
        return word[:-1]
    return word
