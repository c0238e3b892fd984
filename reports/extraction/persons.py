"""Who can speak: reads noun phrases as voices, and keeps the cast of an article.

A *voice* is a person ("Foreign Minister Sergei Lavrov"), an organisation, a state, a medium, a document or a
description ("a Pentagon spokesman"), with its role and the party it speaks for. `find_persons` gives the persons that
an article names with what they are; a `Cast` leads surnames, pronouns and "the minister" to what they stand for.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.choices import NameKind
from reports.extraction.mentions import PartyMention, PersonMention, Sentence
from reports.extraction.quotation import Quoted, quoted
from reports.extraction.speech import Lexicon, PersonNoun, lexicon
from reports.extraction.words import Word, words_of
from reports.records import PartyRef, Span

_PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "abu",
        "de",
        "del",
        "della",
        "der",
        "di",
        "du",
        "da",
        "dos",
        "la",
        "le",
        "van",
        "von",
        "ter",
        "ten",
        "y",
        "e",
        "zu",
        "ul",
        "ur",
    ]
)
_COMPANY_WORDS = frozenset(
    [
        "group",
        "systems",
        "aerospace",
        "inc",
        "ltd",
        "llc",
        "plc",
        "corp",
        "corporation",
        "international",
        "industries",
        "company",
        "co",
        "aviation",
        "shipyard",
        "shipyards",
        "shipbuilding",
        "dynamics",
        "technologies",
        "technology",
        "holdings",
        "holding",
        "gmbh",
        "ag",
        "sa",
        "spa",
        "ab",
        "oyj",
        "aeronautics",
        "helicopters",
        "helicopter",
        "aircraft",
        "electronics",
        "armament",
        "armaments",
        "arms",
        "works",
        "enterprises",
        "solutions",
        "bofors",
        "boeing",
        "lockheed",
        "martin",
        "raytheon",
        "airbus",
        "naval",
        "marine",
    ]
)
_BODY_WORDS = frozenset(
    [
        "ministry",
        "department",
        "office",
        "agency",
        "command",
        "council",
        "committee",
        "commission",
        "force",
        "forces",
        "army",
        "navy",
        "corps",
        "guard",
        "house",
        "senate",
        "congress",
        "parliament",
        "government",
        "administration",
        "embassy",
        "bureau",
        "party",
        "movement",
        "front",
        "alliance",
        "union",
        "league",
        "organization",
        "organisation",
        "institute",
        "center",
        "centre",
        "foundation",
        "network",
        "watch",
        "international",
        "association",
        "board",
        "university",
        "academy",
        "service",
        "services",
        "staff",
        "court",
        "secretariat",
        "directorate",
        "police",
        "customs",
        "bundeswehr",
    ]
)
_LOOSE_BODIES = frozenset(
    ["force", "service", "party", "watchdog", "group", "organisation", "organization", "agency", "side"]
)
_DIPLOMATS = frozenset(["embassy", "ambassador", "attache", "attaché", "envoy", "consulate", "consul"])
LONGEST = 3_000  # characters; what is longer is no sentence of news and attributes nothing
_MEMORY = 200  # voices that a pronoun can reach back over
_PHRASE_WORDS = 40
_FIRST_PERSON = frozenset(["i", "we", "you", "our", "my"])
_NAME_WORDS = 5
_ROLE_WORDS = 14


@dataclass(frozen=True, slots=True)
class Voice:
    """One that can speak, read from a noun phrase.

    `name` is what to call it, `kind` a kind of noun (see `PersonNoun`) or person, name (capitals of unknown sort),
    acronym, state, organisation, pronoun. `head` is its head word, small. `speaks` is for whom: state, company, none.
    `start` and `end` count words of its sentence. `outright`: the party stands in the phrase itself.
    """

    name: str
    role: str
    party: PartyRef | None
    kind: str
    head: str
    speaks: str
    plural: bool
    start: int
    end: int
    definite: bool = False
    outright: bool = False

    @property
    def human(self) -> bool:
        """Whether "he" or "she" can stand for it."""
        return not self.plural and self.kind in ("person", "name", "office", "staff", "soldier", "lawmaker",
                                                  "executive", "source", "outsider", "people")  # fmt: skip


class PartyIndex:
    """The party mentions of one sentence, by word."""

    def __init__(self, words: Sequence[Word], mentions: Sequence[PartyMention], offset: int) -> None:
        self._at: dict[int, PartyMention] = {}
        for mention in mentions:
            start, end = mention.span.start - offset, mention.span.end - offset
            first = max(0, bisect_right(words, start, key=lambda word: word.start) - 1)
            for index in range(first, len(words)):
                word = words[index]
                if word.start >= end:
                    break
                if start < word.end and not word.mark:
                    self._at[index] = mention

    def at(self, index: int) -> PartyMention | None:
        """The mention that covers a word."""
        return self._at.get(index)

    def first(self, start: int, end: int) -> PartyMention | None:
        """The first mention in a range of words."""
        return next((self._at[index] for index in range(start, end) if index in self._at), None)


def read_voice(
    words: Sequence[Word], start: int, end: int, index: PartyIndex, lex: Lexicon | None = None
) -> Voice | None:
    """The voice that the words from `start` to `end` (exclusive) name, or None where nothing there can speak."""
    lex = lex or lexicon()
    start = max(start, end - _PHRASE_WORDS)
    start = _skip_lead(words, start, end, lex)
    while end > start and (words[end - 1].mark or lex.function.get(words[end - 1].low) in ("adverb", "time")):
        end -= 1
    if start >= end:
        return None
    if any(word.low.replace("’", "'").partition("'")[0] in _FIRST_PERSON for word in words[start:end]):
        return None  # a transcript's "I've", "our countries": nobody that a report attributes to
    if end - start == 1 and lex.function.get(words[start].low) == "pronoun":
        low = words[start].low
        return Voice(low, "", None, "pronoun", low, "none", low in ("they", "we"), start, end)
    definite = words[start].low == "the"
    stop = _first_preposition(words, start, end, lex)
    if stop == start:
        return None
    if stop < end and words[stop].low == "of" and _measures(words[stop - 1], lex):
        inner = read_voice(words, stop + 1, end, index, lex)
        return replace(inner, start=start, name=_text(words, start, end)) if inner and inner.kind != "person" else inner
    head = stop - 1
    if words[head].mark:
        return None
    voice = _named(words, start, head, end, index, lex)
    if voice is None:
        noun_at = next((k for k in range(head, start - 1, -1) if words[k].low in lex.nouns), None)
        if noun_at is None or (head - noun_at > 1 and stop == end):
            return None
        voice = _described(words, start, noun_at, end, lex.nouns[words[noun_at].low], index)
    return replace(voice, definite=definite)


def _named(words: Sequence[Word], start: int, head: int, end: int, index: PartyIndex, lex: Lexicon) -> Voice | None:
    """A voice whose head segment ends in capitals: a person, state, organisation, medium, or an office of that name."""
    if not (words[head].capital or words[head].text[0].isdigit() or _particle(words[head])):
        return None
    first = head
    while first > start and (
        words[first - 1].capital
        or (_particle(words[first - 1]) and first - 1 > start)
        or (
            words[first - 1].low == "and"
            and first - 1 > start
            and words[first - 2].capital
            and _body_like(words, first)
        )
    ):
        first -= 1
    run = _text(words, first, head + 1)
    bare = run.lower().removeprefix("the ")
    if bare in lex.media:
        return Voice(run, "", None, "media", bare, "none", False, start, end)
    noun = lex.nouns.get(words[head].low)
    mention = index.at(head)
    if noun is not None and not (mention and mention.organisation):
        return _described(words, start, head, end, noun, index)
    if mention is not None and (mention.form != NameKind.DEMONYM or words[head].low.endswith("s")):
        before = index.at(head - 1) if head > start else None
        covered = head
        while covered > start and index.at(covered - 1) is mention:
            covered -= 1
        prefix_noun = next((words[k].low for k in range(covered - 1, start - 1, -1) if words[k].low in lex.nouns), "")
        if mention.person:
            role = _strip_article(_text(words, start, covered))
            return Voice(
                mention.person, role, mention.party, "person", _last(mention.person), "state", False, start, end
            )
        if not prefix_noun and before in (None, mention):
            kind = "organisation" if mention.organisation else "state"
            speaks = "company" if mention.organisation else "state"
            name = _text(words, covered, head + 1)
            return Voice(name, "", mention.party, kind, name.lower(), speaks, False, start, end, outright=True)
    begin = first
    while begin < head + 1 and (
        words[begin].low in lex.titles
        or words[begin].low.split("-")[0] in lex.titles
        or words[begin].possessive
        or (words[begin].low in lex.nouns and begin < head)
        or (index.at(begin) is not None and begin < head and index.at(begin) is not mention)
        or lex.function.get(words[begin].low) in ("determiner", "preposition")
        or (begin == first and lex.function.get(words[begin].low) == "time")
    ):
        begin += 1
    if begin > head or head + 1 - begin > _NAME_WORDS + 1:
        return None
    titled = begin > start and any(
        words[k].low in lex.titles or (words[k].low in lex.nouns and lex.nouns[words[k].low].kind != "media")
        for k in range(max(start, begin - 4), begin)
    )
    name = _text(words, begin, head + 1)
    lows = {word.low for word in words[begin : head + 1]}
    party = index.first(start, end)
    ref = party.party if party else None
    role = _strip_article(_text(words, start, begin))
    tail = words[head].low
    if lows & _COMPANY_WORDS or (mention and mention.organisation):
        return Voice(name, role, ref, "organisation", tail, "company", False, start, end, outright=ref is not None)
    if tail in _BODY_WORDS or lows & {"ministry", "department", "agency", "council"}:
        return Voice(name, "", ref, "body", tail, "state", False, start, end, outright=ref is not None)
    if not titled and begin == head and name.isupper() and len(name) > 1:
        return Voice(name, "", ref, "acronym", tail, "state", False, start, end, outright=ref is not None)
    nouns = [lex.nouns[words[k].low] for k in range(start, begin) if words[k].low in lex.nouns]
    if nouns and nouns[-1].kind == "media":
        return Voice(name, "", None, "media", tail, "none", False, start, end)
    speaks = nouns[-1].speaks if nouns else ("state" if titled else "none")
    if not titled and head + 1 < end and words[head + 1].low == "of":  # "Pat Finn of the Department of ..."
        role = _strip_article(_text(words, head + 2, end))
        speaks = "state"
    kind = "person" if titled else "name"
    return Voice(name, role, ref, kind, tail, speaks, False, start, end, outright=ref is not None)


def _described(words: Sequence[Word], start: int, at: int, end: int, noun: PersonNoun, index: PartyIndex) -> Voice:
    """A voice that is only described: "a Pentagon spokesman", "officials at the embassy", "the ministry"."""
    plural = noun.plural and words[at].low != noun.word
    mention = index.first(start, at + 1) or index.first(at + 1, _posted_at(words, start, end))
    party = mention.party if mention else None
    stop = next((k for k in range(at + 1, min(end, at + 10)) if words[k].mark), min(end, at + 10))
    name = _strip_article(_text(words, start, stop))
    return Voice(name, "", party, noun.kind, noun.word, noun.speaks, plural, start, end, outright=party is not None)


def _posted_at(words: Sequence[Word], start: int, end: int) -> int:
    """Where "in Juba" or "to Kenya" begins: a diplomat does not speak for the state that receives them."""
    if not any(words[k].low in _DIPLOMATS for k in range(start, end)):
        return end
    return next((k for k in range(start, end) if words[k].low in ("in", "to")), end)


def apposition(
    words: Sequence[Word], start: int, end: int, index: PartyIndex, lex: Lexicon
) -> tuple[str, PartyRef | None, str]:
    """What an apposition (the words between two commas) says of a person: role, party, `speaks`; role "" if nothing."""
    if end - start > _ROLE_WORDS or start >= end:
        return "", None, ""
    begin = start
    while begin < end and lex.function.get(words[begin].low) in ("determiner", "adverb"):
        begin += 1
    stop = _first_preposition(words, begin, end, lex)
    if begin >= stop or any(lex.function.get(word.low) in ("auxiliary", "modal") for word in words[begin:stop]):
        return "", None, ""
    if words[begin].low in ("who", "which"):
        return "", None, ""
    nouns = [lex.nouns[word.low] for word in words[begin:stop] if word.low in lex.nouns]
    nouns = [noun for noun in nouns if noun.kind in ("office", "staff", "soldier", "lawmaker", "executive", "outsider")]
    if not nouns:
        return "", None, ""
    mention = index.first(start, _posted_at(words, start, end))
    return _strip_article(_text(words, start, end)), mention.party if mention else None, nouns[-1].speaks


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the body made ready: its words, which of them are quoted, its parties, and the persons it names."""

    sentence: Sentence
    quote: Quoted
    words: tuple[Word, ...]
    index: PartyIndex
    persons: tuple[Voice, ...]


def read_lines(sentences: Sequence[Sentence], parties: Sequence[PartyMention]) -> list[Line]:
    """The sentences of the body, without the title and without what is too long to be a sentence of news."""
    lex = lexicon()
    by_sentence: dict[int, list[PartyMention]] = {}
    for mention in parties:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    lines: list[Line] = []
    for sentence, quote in zip(sentences, quoted(sentences), strict=True):
        if sentence.title or len(sentence.text) > LONGEST:
            continue
        words = words_of(sentence, quote)
        index = PartyIndex(words, by_sentence.get(sentence.index, ()), sentence.span.start)
        lines.append(Line(sentence, quote, words, index, tuple(persons_in(words, index, lex))))
    return lines


def find_persons(sentences: Sequence[Sentence], parties: Sequence[PartyMention]) -> list[PersonMention]:
    """The persons of an article where it says what they are: title, office or apposition beside the name."""
    return persons_of(read_lines(sentences, parties))


def persons_of(lines: Sequence[Line]) -> list[PersonMention]:
    """The persons that lines name, as mentions."""
    found: list[PersonMention] = []
    for line in lines:
        at = line.sentence.span.start
        for voice in line.persons:
            span = Span(at + line.words[voice.start].start, at + line.words[voice.end - 1].end)
            found.append(PersonMention(span, line.sentence.index, voice.name, voice.role, voice.party))
    return found


def persons_in(words: Sequence[Word], index: PartyIndex, lex: Lexicon) -> list[Voice]:
    """The persons that a sentence names together with what they are."""
    found: list[Voice] = []
    at = 0
    while at < len(words):
        if not (words[at].capital and not words[at].mark):
            at += 1
            continue
        end = at + 1
        while (
            end < len(words)
            and (
                words[end].capital
                or (
                    _particle(words[end])
                    and ("-" in words[end].text or (end + 1 < len(words) and words[end + 1].capital))
                )
            )
            and not words[end].mark
            and not words[end - 1].possessive
        ):
            end += 1
        start = _phrase_start(words, at, lex)
        voice = read_voice(words, start, end, index, lex)
        if voice is not None and voice.kind in ("person", "name"):
            after = _apposed(words, end, index, lex)
            before = _apposed_before(words, start, index, lex)
            role, party, speaks = after if after[0] else before
            if voice.kind == "person" or role:
                tokens = len(voice.name.split())
                if voice.kind == "person" or tokens >= 2:
                    found.append(
                        replace(
                            voice,
                            kind="person",
                            role=voice.role or role,
                            party=voice.party or party,
                            speaks=voice.speaks if voice.role else (speaks or voice.speaks),
                        )
                    )
        at = end
    return found


def _phrase_start(words: Sequence[Word], at: int, lex: Lexicon) -> int:
    """Where the noun phrase of the capitals at `at` begins: small titles stand before ("then defence minister X")."""
    start = at
    while start > 0:
        word = words[start - 1]
        if word.mark or (word.low in lex.verbs and word.low not in lex.nouns):
            break
        if word.capital or word.low in lex.titles or word.low in lex.nouns or word.possessive:
            start -= 1
        elif lex.function.get(word.low) == "determiner":
            start -= 1
            break
        else:
            break
        if at - start > 8:
            break
    return start


def _apposed(words: Sequence[Word], end: int, index: PartyIndex, lex: Lexicon) -> tuple[str, PartyRef | None, str]:
    """The apposition after a name: `, Russia's foreign minister,` or `(foreign minister)`."""
    if end >= len(words) or words[end].low not in (",", "("):
        return "", None, ""
    stop = end + 1
    while (
        stop < len(words)
        and stop - end <= _ROLE_WORDS
        and words[stop].low not in (",", ".", ";", ")", '"', "“", "”", ":")
    ):
        if words[stop].low in lex.verbs and words[stop].low not in lex.nouns and not words[stop].capital:
            break
        stop += 1
    return apposition(words, end + 1, stop, index, lex)


def _apposed_before(
    words: Sequence[Word], start: int, index: PartyIndex, lex: Lexicon
) -> tuple[str, PartyRef | None, str]:
    """The apposition before a name: `The defence minister, Hulusi Akar, ...`."""
    if start < 2 or words[start - 1].low != ",":
        return "", None, ""
    begin = start - 1
    while begin > 0 and start - begin <= _ROLE_WORDS and not words[begin - 1].mark:
        word = words[begin - 1]
        if word.low in lex.verbs and word.low not in lex.nouns:
            break
        begin -= 1
        if word.low in ("the", "that", "and"):
            break
    return apposition(words, begin, start - 1, index, lex)


class Cast:
    """Who has been on stage so far, so that "Lavrov", "he", "the minister" and "the ministry" find their bearer."""

    def __init__(self, people: Sequence[PersonMention], capitals: frozenset[str] = frozenset()) -> None:
        self._people: dict[str, PersonMention] = {}
        for person in people:
            key = _last(person.name)
            known = self._people.get(key)
            if known is None:
                self._people[key] = person
                continue
            longer, other = (person, known) if len(person.name.split()) > len(known.name.split()) else (known, person)
            role, party = longer.role or other.role, longer.party or other.party
            self._people[key] = replace(longer, role=role, party=party)
        self._first = {
            person.name.split()[0].lower(): person for person in self._people.values() if person.name.split()
        }
        self._capitals = capitals
        self._spoken: deque[Voice] = deque(maxlen=_MEMORY)
        self._seen: deque[Voice] = deque(maxlen=_MEMORY)
        self._stage: deque[Voice] = deque(maxlen=_MEMORY)

    def knows(self, surname: str) -> bool:
        """Whether a person of this surname (small) is named with an office in the article."""
        return surname in self._people or surname in self._first

    def capital(self, word: str) -> bool:
        """Whether a word is written with a capital inside a sentence of the article."""
        return word in self._capitals

    def see(self, voice: Voice) -> None:
        """Somebody is named."""
        self._seen.append(voice)

    def speak(self, voice: Voice) -> None:
        """Somebody has spoken."""
        self._spoken.append(voice)
        self._seen.append(voice)
        self._stage.append(voice)

    def act(self, voice: Voice) -> None:
        """Somebody is the subject of a sentence."""
        self._seen.append(voice)
        self._stage.append(voice)

    @property
    def last(self) -> Voice | None:
        """Who spoke last."""
        return self._spoken[-1] if self._spoken else None

    def resolve(self, voice: Voice, tag: bool = False) -> Voice | None:
        """The voice with the name, role and party of whom it stands for; None where a pronoun stands for nobody.

        `tag`: the voice stands in a tag (`..., it said`), so that a pronoun leads to who spoke rather than who acted.
        """
        if voice.kind == "pronoun":
            return self._pronoun(voice, tag)
        if voice.kind in ("person", "name"):
            return self._person(voice)
        if voice.kind in ("acronym", "organisation", "state") and voice.name.isupper() and len(voice.name) > 2:
            return self._acronym(voice)
        if voice.definite or voice.kind in ("document", "office") or not voice.outright:
            return self._definite(voice)
        return voice

    def _pronoun(self, voice: Voice, tag: bool) -> Voice | None:
        if voice.head in ("he", "she"):
            people = [v for v in self._stage if v.human and (v.kind != "name" or " " in v.name)]
            fits = people or [v for v in self._seen if v.human]
        elif voice.head == "it":
            bodies = [v for v in self._spoken if not v.human and not v.plural]
            actors = [v for v in self._stage if not v.human and not v.plural]
            fits = (bodies or actors) if tag else actors
            fits = fits or [v for v in self._seen if not v.human and not v.plural]
        elif voice.head == "they":
            fits = (
                [v for v in self._stage if v.plural] or [v for v in self._seen if v.plural] or list(self._spoken)[-1:]
            )
        else:
            fits = []
        return replace(fits[-1], start=voice.start, end=voice.end) if fits else None

    def _acronym(self, voice: Voice) -> Voice:
        """The body whose initials the acronym is, where the article names one."""
        letters = voice.name.lower()
        for other in reversed(self._seen):
            initials = "".join(word[0].lower() for word in other.name.split() if word[0].isupper())
            if len(letters) > 1 and initials.endswith(letters) and other.kind != "person":
                return replace(other, start=voice.start, end=voice.end)
        return voice

    def _person(self, voice: Voice) -> Voice:
        known = self._people.get(_last(voice.name))
        if known is None and " " not in voice.name:
            known = self._first.get(voice.name.lower())
        if known is None:
            earlier = next(
                (v for v in reversed(self._seen) if v.kind in ("person", "name") and _last(v.name) == voice.head), None
            )
            if earlier is None:
                return voice
            longer = earlier if len(earlier.name) > len(voice.name) else voice
            return replace(voice, name=longer.name, kind=earlier.kind, role=voice.role or earlier.role,
                           party=voice.party or earlier.party, speaks=earlier.speaks)  # fmt: skip
        name = known.name if len(known.name) > len(voice.name) else voice.name
        return replace(
            voice,
            name=name,
            kind="person",
            role=voice.role or known.role,
            party=voice.party or known.party,
            speaks=voice.speaks if voice.speaks != "none" else "state",
        )

    def _definite(self, voice: Voice) -> Voice:
        """ "The minister", "the ministry", "the statement": the latest that fits, else the voice itself."""
        if voice.kind == "document":
            fits = [v for v in self._spoken if v.kind in ("body", "organisation", "acronym", "agency", "company")]
            fits = fits or [v for v in self._spoken if v.kind in ("state", "media")]
            if voice.outright or not fits or not voice.definite:
                return voice
            return replace(voice, name=f"{fits[-1].name} {voice.head}", party=fits[-1].party, speaks=fits[-1].speaks)
        words = voice.name.lower().split()
        if words[:1] == ["same"] or words[:2] == ["the", "same"]:
            unnamed = [v for v in self._spoken if v.kind == voice.kind or v.kind in ("source", "staff")]
            if unnamed:
                return replace(unnamed[-1], start=voice.start, end=voice.end)
        if words[:1] in (["its"], ["their"]) and voice.kind in ("staff", "office"):
            owners = [
                v for v in self._stage if v.kind in ("state", "body", "organisation", "company", "agency", "acronym")
            ]
            if owners:
                owner = owners[-1]
                name = f"{owner.name} {' '.join(voice.name.split()[1:])}"
                speaks = voice.speaks if owner.speaks == "none" else owner.speaks
                return replace(voice, name=name, party=voice.party or owner.party, speaks=speaks)
        same = [v for v in self._seen if v.head == voice.head and v.plural == voice.plural and v.kind == voice.kind]
        if voice.kind in ("office", "staff", "soldier", "lawmaker", "executive", "outsider") and not voice.plural:
            lex = lexicon()
            wanted = {w for w in voice.name.lower().split() if w in lex.nouns or lex.titles.get(w) == "modifier"}
            people = [
                v
                for v in self._seen
                if v.kind == "person"
                and wanted <= set(v.role.lower().replace("-", " ").split())
                and (not voice.outright or v.party == voice.party or v.party is None)
            ]
            if people and voice.definite:
                return replace(people[-1], party=people[-1].party or voice.party, start=voice.start, end=voice.end)
            if voice.head in ("leader", "president", "chief", "minister") and voice.definite and voice.outright:
                heads = [v for v in self._seen if v.kind == "person" and v.party == voice.party and v.role]
                if heads and voice.head == "leader":
                    return replace(heads[-1], start=voice.start, end=voice.end)
        if voice.kind == "media" and voice.definite:
            same = [v for v in self._seen if v.kind == "media"] or same
        if voice.kind in ("company", "agency") and voice.definite and not same:
            kinds = (
                ("organisation", "name") if voice.kind == "company" else ("acronym", "body", "agency", "organisation")
            )
            same = [v for v in self._seen if v.kind in kinds]
        if voice.head in _LOOSE_BODIES and voice.definite and not same and not voice.outright:
            same = [v for v in self._spoken if v.kind in ("body", "organisation", "acronym", "name", "agency")]
        if same and not voice.outright:
            latest = same[-1]
            name = latest.name if voice.definite else voice.name
            return replace(voice, name=name, role=voice.role or latest.role, party=latest.party, speaks=latest.speaks)
        return voice


def _skip_lead(words: Sequence[Word], start: int, end: int, lex: Lexicon) -> int:
    """Past marks, conjunctions, adverbs, and a leading phrase of time or place, to where the subject begins."""
    ago = next((k for k in range(start, min(end, start + 6)) if words[k].low == "ago"), None)
    if ago is not None:
        start = ago + 1
    while start < end:
        word = words[start]
        kind = lex.function.get(word.low)
        if (
            word.mark
            or kind in ("conjunction", "adverb", "time", "subordinator", "auxiliary")
            or word.low in ("and", "said")
        ):
            start += 1
        elif kind == "preposition" and word.low != "of":
            after = _after_lead(words, start, end, lex)
            if after >= end:
                return end
            start = after
        elif word.low.isdigit() or (word.low.endswith("ly") and not word.capital):
            start += 1
        else:
            return start
    return start


def _after_lead(words: Sequence[Word], start: int, end: int, lex: Lexicon) -> int:
    """Where the subject begins after a leading preposition: past times, else at the last noun phrase of the range."""
    at = start + 1
    while at < end and (lex.function.get(words[at].low) == "time" or words[at].low[:1].isdigit()):
        at += 1
    if at > start + 1:
        return at
    starts = [
        k
        for k in range(start + 2, end)
        if lex.function.get(words[k].low) in ("determiner", "pronoun")
        or (
            words[k].capital
            and not words[k - 1].capital
            and lex.function.get(words[k - 1].low) not in ("preposition", "determiner")
        )
    ]
    return starts[-1] if starts else end


def _first_preposition(words: Sequence[Word], start: int, end: int, lex: Lexicon) -> int:
    """The first word from `start` that ends the head segment of a noun phrase: a preposition or mark."""
    for k in range(start, end):
        if words[k].mark or (lex.function.get(words[k].low) == "preposition" and not words[k].capital):
            return k
    return end


def _measures(word: Word, lex: Lexicon) -> bool:
    """Whether "... of" only counts what follows: "one of the sources", "a number of officials"."""
    return lex.function.get(word.low) == "determiner" or word.low in (
        "number", "group", "handful", "series", "couple", "pair", "dozens", "majority", "bulk", "lot", "scores"
    )  # fmt: skip


def _particle(word: Word) -> bool:
    """Whether a small word is part of a name: "bin", "van", "el-Sisi"."""
    return word.low in _PARTICLES or ("-" in word.text and word.low.split("-")[0] in _PARTICLES)


def _body_like(words: Sequence[Word], at: int) -> bool:
    return words[at].low in _BODY_WORDS or words[at].low in ("exports", "industry", "security", "defense", "defence")


def _strip_article(text: str) -> str:
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        if text.startswith(article):
            return text[len(article) :]
    return text


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].lower().removesuffix("'s").removesuffix("’s") if name.split() else ""


def _text(words: Sequence[Word], start: int, end: int) -> str:
    """The words as running text."""
    parts: list[str] = []
    for k in range(start, end):
        if parts and (words[k].start > words[k - 1].end):
            parts.append(" ")
        parts.append(words[k].text)
    text = "".join(parts).strip(" ,;:-")
    if end > start and words[end - 1].possessive:
        text = text.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")
    return text
