"""The words of supply and who fills which role of them: a sentence as a row of marks, and the cues that it gives.

A sentence becomes a row of *marks*: parties, weapons, numbers, sums, triggers (verbs and nouns of supply, from
`data/roles.csv`) and the words between. From the row come *cues*: named facts such as "the party is what the
preposition 'to' leads to, right of a noun of giving". A cue decides nothing; the weigher adds up what cues are worth.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reports.choices import NameKind
from reports.extraction import tables
from reports.extraction.mentions import MoneyMention, PartyMention, QuantityMention, Sentence, WeaponMention

_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])*\.?(?<!\.)|['’]s\b|n['’]t\b|\d[\d,.]*\d|\w|[^\w\s]", re.UNICODE)
_PREPOSITIONS = frozenset(
    [
        "to",
        "from",
        "for",
        "by",
        "with",
        "of",
        "between",
        "against",
        "in",
        "at",
        "on",
        "into",
        "through",
        "via",
        "under",
        "over",
        "after",
        "before",
        "than",
        "as",
        "among",
        "including",
        "despite",
        "without",
        "towards",
        "toward",
        "since",
        "until",
        "within",
        "near",
        "off",
        "outside",
        "inside",
        "and",
    ]
) - {"and"}
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "get", "got", "gets"])
_HAVE = frozenset(["has", "have", "had", "having"])
_MODAL = frozenset(["could", "may", "might", "would", "should", "can"])
_FUTURE = frozenset(["will", "shall", "to"])
_NOT = frozenset(["not", "n't", "n’t", "no", "never", "nor", "without", "neither", "cannot"])
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "our",
        "this",
        "that",
        "these",
        "those",
        "any",
        "such",
        "some",
        "each",
        "another",
        "first",
        "second",
        "third",
        "last",
        "of",
        "in",
        "for",
        "on",
        "under",
        "new",
        "proposed",
        "planned",
        "possible",
    ]
)
_SKIPPED = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "our",
        "neighbouring",
        "neighboring",
        "several",
        "other",
        "both",
        "arms-hungry",
        "fellow",
        "nearby",
        "then",
        "his",
        "countries",
        "country",
        "government",
        "state",
    ]
)
_CLAUSE = frozenset(
    [
        "who",
        "which",
        "that",
        "whose",
        "while",
        "when",
        "where",
        "but",
        "after",
        "before",
        "because",
        "as",
        "if",
        "although",
        "though",
    ]
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of supply: its lemma, its frame (what kind of act), and its form (act, pas, ing, noun, ...)."""

    lemma: str
    frame: str
    form: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of a sentence. `kind`: P party, W weapon, Q number, M money, T trigger, w word, x other."""

    start: int
    end: int
    low: str
    kind: str
    ref: int = -1  # index into the mentions of its kind
    trigger: Trigger | None = None


@dataclass(frozen=True)
class RoleTable:
    """The triggers by their written form: verb forms and nouns, and phrases by their first word."""

    verbs: dict[str, tuple[str, str, str]]  # form -> lemma, frame, shape (base, s, ed, ing)
    nouns: dict[str, tuple[str, str]]
    particles: dict[str, frozenset[str]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@cache
def load() -> RoleTable:
    """Reads `data/roles.csv` and `data/phrases.csv`."""
    verbs: dict[str, tuple[str, str, str]] = {}
    nouns: dict[str, tuple[str, str]] = {}
    particles: dict[str, frozenset[str]] = {}
    for row in tables.rows("roles"):
        lemma, frame = row["lemma"], row["frame"]
        for form, shape in _forms(lemma, [word for word in row["irregular"].split("|") if word]):
            verbs.setdefault(form, (lemma, frame, shape))
        for noun in row["nouns"].split("|"):
            if noun:
                nouns[noun] = (lemma, frame)
        if row["particles"]:
            particles[lemma] = frozenset(row["particles"].split("|"))
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in tables.rows("phrases"):
        words = tuple(_TOKEN.findall(row["phrase"].lower()))
        phrases.setdefault(words[0], []).append((words, row["frame"]))
    return RoleTable(
        verbs,
        nouns,
        particles,
        {first: tuple(sorted(options, key=lambda o: -len(o[0]))) for first, options in phrases.items()},
    )


def _forms(lemma: str, irregular: list[str]) -> Iterator[tuple[str, str]]:
    yield lemma, "base"
    yield (
        (
            lemma[:-1] + "ies"
            if re.search(r"[^aeiou]y$", lemma)
            else lemma + ("es" if re.search(r"(s|sh|ch|x|z)$", lemma) else "s")
        ),
        "s",
    )
    stem = lemma.removesuffix("e")
    doubled = lemma + lemma[-1] if re.search(r"(?:^|[^aeiou])[aeiou][bdgmnpt]$|fer$|cel$", lemma) else stem
    for base in {stem, doubled}:
        yield base + "ing", "ing"
    if irregular:
        for form in irregular:
            yield form, "ed"
    elif re.search(r"[^aeiou]y$", lemma):
        yield lemma[:-1] + "ied", "ed"
    else:
        for base in {stem, doubled}:
            yield base + "ed", "ed"


def marks_of(
    sentence: Sentence,
    parties: Sequence[tuple[int, PartyMention]],
    weapons: Sequence[tuple[int, WeaponMention]],
    quantities: Sequence[tuple[int, QuantityMention]],
    sums: Sequence[tuple[int, MoneyMention]],
    table: RoleTable,
) -> tuple[Mark, ...]:
    """The sentence as a row of marks. Mentions come with their index in the whole text's list."""
    spans: list[Mark] = []
    for kind, mentions in (("W", weapons), ("P", parties), ("M", sums), ("Q", quantities)):
        for index, mention in mentions:
            start, end = mention.span.start, mention.span.end
            if kind != "P" and any(start < mark.end and mark.start < end for mark in spans):
                continue
            if kind == "P" and any(start < mark.end and mark.start < end and mark.kind != "P" for mark in spans):
                continue
            spans.append(Mark(start, end, "", kind, index))
    spans.sort(key=lambda mark: (mark.start, mark.ref))
    marks: list[Mark] = []
    offset = sentence.span.start
    position = 0
    for span in [*spans, None]:
        stop = span.start - offset if span else len(sentence.text)
        if stop > position:
            for found in _TOKEN.finditer(sentence.text, position, stop):
                low = found.group().lower().replace("’", "'")
                kind = "w" if low[0].isalpha() or low[0] == "'" else "x"
                marks.append(Mark(offset + found.start(), offset + found.end(), low, kind))
        if span:
            marks.append(span)
            position = max(position, span.end - offset)
    return tuple(_with_triggers(marks, table))


def _with_triggers(marks: list[Mark], table: RoleTable) -> list[Mark]:
    out: list[Mark] = []
    skip = 0
    for at, mark in enumerate(marks):
        if skip:
            skip -= 1
            out.append(mark)
            continue
        trigger = None
        if mark.kind == "w":
            trigger, length = _phrase(marks, at, table)
            if trigger is None:
                trigger = _word(marks, at, table)
            elif length > 1:
                skip = length - 1
        if trigger is None:
            out.append(mark)
        else:
            out.append(Mark(mark.start, mark.end, mark.low, "T", -1, trigger))
    return out


def _phrase(marks: list[Mark], at: int, table: RoleTable) -> tuple[Trigger | None, int]:
    for words, frame in table.phrases.get(marks[at].low, ()):
        if tuple(mark.low for mark in marks[at : at + len(words)]) == words:
            return Trigger(" ".join(words), frame, "phrase"), len(words)
    return None, 0


def _word(marks: list[Mark], at: int, table: RoleTable) -> Trigger | None:
    low = marks[at].low
    before = [mark.low for mark in marks[max(0, at - 4) : at]]
    last = before[-1] if before else ""
    verb, noun = table.verbs.get(low), table.nouns.get(low)
    if verb and noun:
        nominal = last in _DETERMINERS or last == "'s" or (at > 0 and marks[at - 1].kind in "WQM")
        if verb[2] == "base" and (last in _FUTURE | _MODAL | {"not"} or last in ("n't", "they", "we", "i")):
            nominal = False
        elif verb[2] == "s" and at > 0 and marks[at - 1].kind == "P" and at + 1 < len(marks):
            nominal = marks[at + 1].low in ("to", "from", "of", "for", "with", ".", ",")
        elif verb[2] == "base":
            nominal = True
        if nominal:
            verb = None
        else:
            noun = None
    if verb:
        lemma, frame, shape = verb
        if lemma in table.particles:
            near = {mark.low for mark in marks[at + 1 : at + 7]}
            if not near & table.particles[lemma]:
                return None
        return Trigger(lemma, frame, _form(marks, at, shape, before))
    if noun:
        return Trigger(noun[0], noun[1], "noun")
    return None


def _form(marks: list[Mark], at: int, shape: str, before: list[str]) -> str:
    if shape == "ed":
        if any(word in _BE for word in before[-3:]):
            return "pas"
        if any(word in _HAVE for word in before[-3:]):
            return "act"
        following = marks[at + 1] if at + 1 < len(marks) else None
        if following is not None and following.low in ("by", "from", "to", "in", "for", "as"):
            return "part"
        if (at and marks[at - 1].kind == "W") or (at and marks[at - 1].low in (",", "the", "of")):
            return "part"
        return "act"
    if shape == "ing":
        return "ing"
    return "act"


def slot(marks: Sequence[Mark], at: int, parties: Sequence[PartyMention]) -> tuple[str, str]:
    """How a party stands in its sentence: its attribute (what it is bound to) and its preposition.

    Attributes: `plain`; `ofT`, `ofW`, `ofP` (adjective or possessive of a trigger noun, a weapon, a party); `agent`
    (of another noun: "Russian officials"); `made`, `bound` ("Russian-made", "Egypt-bound"). Without one: `bare`.
    """
    attribute = _attribute(marks, at, parties[marks[at].ref])
    preposition, here = "bare", at - 1
    steps = 0
    while here >= 0 and steps < 5:
        mark = marks[here]
        if mark.low in _PREPOSITIONS:
            preposition = mark.low
            break
        if mark.kind == "P" and mark.start == marks[at].start:
            here -= 1
            continue
        if mark.kind == "P" and steps <= 1 and here < at - 1:
            return attribute, slot(marks, here, parties)[1]  # "to Poland and Romania"
        if (
            mark.kind in "PT"
            or mark.low in (".", ";", ":", "(", '"', "“", "who", "which", "that")
            or mark.low in _CLAUSE
        ):
            break
        if mark.kind == "W" and attribute != "plain":
            break
        here -= 1
        steps += 1
    return attribute, preposition


_MADE = frozenset(["made", "built", "designed", "produced", "manufactured", "developed", "origin", "supplied", "era"])


def _attribute(marks: Sequence[Mark], at: int, party: PartyMention) -> str:
    here = at + 1
    while here < len(marks) and marks[here].start == marks[at].start:
        here += 1
    rest = marks[here : here + 6]
    if len(rest) > 1 and rest[0].low == "-" and (rest[1].low in _MADE or rest[1].low == "bound"):
        return "bound" if rest[1].low == "bound" else "made"
    if rest and rest[0].low in ("'s", "'"):
        return _bound_to(rest[1:])
    return _bound_to(rest[:5]) if party.form is NameKind.DEMONYM else _next_to(rest)


def _next_to(rest: Sequence[Mark]) -> str:
    """What a name (no adjective) is bound to: what stands right after it ("US missiles")."""
    if rest and rest[0].kind == "W":
        return "ofW"
    following = rest[0].trigger if rest else None
    return "ofT" if following is not None and following.form == "noun" else "plain"


def _bound_to(rest: Sequence[Mark]) -> str:
    """What an adjective or possessive is bound to: the first noun of supply, weapon or party in its phrase."""
    for mark in rest:
        if mark.kind == "W":
            return "ofW"
        if mark.kind == "T":
            return _of_trigger(mark, rest[0])
        if mark.kind == "P":
            return "ofP"
        if mark.kind == "x" or mark.low in _PREPOSITIONS or mark.low in _CLAUSE:
            break
    if rest and rest[0].kind in "wQ" and rest[0].low not in _PREPOSITIONS | _BE | _HAVE:
        return "agent"
    return "plain"


def _of_trigger(mark: Mark, first: Mark) -> str:
    if mark.trigger is not None and mark.trigger.form in ("noun", "phrase"):
        return "ofT"
    return "agent" if mark.start > first.start else "plain"


def acts(marks: Sequence[Mark]) -> list[tuple[int, Trigger]]:
    """The triggers of a sentence with their places, in order."""
    return [(at, mark.trigger) for at, mark in enumerate(marks) if mark.trigger is not None]


def polarity_of(marks: Sequence[Mark], at: int) -> str:
    """How a trigger is said: `not`, `modal`, `future`, `if`, or `plain`."""
    words = [mark.low for mark in marks[max(0, at - 6) : at]]
    for word in reversed(words):
        if word in (",", ";", "."):
            break
        if word in _NOT:
            return "not"
    near = words[-4:]
    if any(word in _MODAL for word in near):
        return "modal"
    if any(word in ("if", "unless", "whether") for word in words):
        return "if"
    if any(word in ("will", "shall", "'ll") for word in near) or (near and near[-1] == "to"):
        return "future"
    return "plain"


def _bucket(count: int) -> str:
    return str(count) if count < 2 else "2"


def party_cues(
    marks: Sequence[Mark], party_at: int, weapon_at: int | None, parties: Sequence[PartyMention]
) -> Iterator[str]:
    """The cues that one sentence gives for one party (and one weapon in it, if any) about who plays which role."""
    me = parties[marks[party_at].ref]
    attribute, preposition = slot(marks, party_at, parties)
    place = f"{attribute}.{preposition}"
    if weapon_at is not None:
        side = "<" if party_at < weapon_at else ">"
        low, high = sorted((party_at, weapon_at))
        between = marks[low + 1 : high]
        others = len({parties[m.ref].party.code for m in between if m.kind == "P"} - {me.party.code})
        weapons = sum(m.kind == "W" for m in between)
        verbs = [m.trigger.frame for m in between if m.trigger is not None]
        yield f"W:{place}:{side}"
        yield f"W:{preposition}:{side}:{_bucket(others)}"
        yield f"W:{attribute}:{side}:{_bucket(others)}:{_bucket(weapons)}"
        if attribute in ("ofW", "made"):
            yield f"W:{attribute}:{side}:near{_bucket(others + weapons)}"
        yield f"between:{side}:{preposition}:{'+'.join(verbs[:2]) or '-'}"
        if len(between) <= 3:
            yield f"touch:{attribute}:{side}:{preposition}"
    triggers = acts(marks)
    if not triggers:
        yield f"T:none:{place}"
        return
    chosen = [("near", min(triggers, key=lambda act: abs(act[0] - party_at)))]
    if weapon_at is not None:
        chosen.append(("gov", min(triggers, key=lambda act: abs(act[0] - weapon_at))))
        chosen += [("before", act) for act in triggers if act[0] < weapon_at][-1:]
    for tag, (at, trigger) in chosen:
        yield from _trigger_cues(tag, marks, party_at, at, trigger, parties, attribute, preposition)
    for at, trigger in triggers:
        side = "<" if party_at < at else ">"
        yield f"any:{trigger.frame}:{preposition}:{side}"


def _trigger_cues(
    tag: str,
    marks: Sequence[Mark],
    party_at: int,
    at: int,
    trigger: Trigger,
    parties: Sequence[PartyMention],
    attribute: str,
    preposition: str,
) -> Iterator[str]:
    place = f"{attribute}.{preposition}"
    side = "<" if party_at < at else ">"
    low, high = sorted((party_at, at))
    code = parties[marks[party_at].ref].party.code
    rank = _bucket(len({parties[m.ref].party.code for m in marks[low + 1 : high] if m.kind == "P"} - {code}))
    form = trigger.form
    yield f"{tag}:{trigger.frame}.{form}:{place}:{side}"
    yield f"{tag}:{trigger.frame}.{form}:{preposition}:{side}:{rank}"
    yield f"{tag}:{trigger.frame}.{form}:{attribute}:{side}:{rank}"
    yield f"{tag}:{trigger.frame}:{preposition}:{side}"
    yield f"{tag}:{trigger.lemma}.{form}:{preposition}:{side}"
    if side == "<" and preposition == "bare":
        yield f"{tag}:subject:{trigger.frame}.{form}:{rank}"
