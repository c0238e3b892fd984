"""Who says what: finds the attributed sentences of an article, with speaker, role, party, stance.

A *cue* is a place that attributes: a verb of speech with its subject before or after it, "according to", "as saying",
a refusal to comment, a label with a colon, a quotation that runs on. Rules propose (sentence, voice) pairs with named
features; their weights and what the encoder sees decide which are statements that bear on arms transfers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from reports.choices import Stance
from reports.extraction import stance as stances
from reports.extraction import weigher
from reports.extraction.allegiance import Allegiance, undecided
from reports.extraction.impression import STANCES, Impression
from reports.extraction.mentions import PartyMention, PersonMention, Sentence, WeaponMention
from reports.extraction.persons import (
    Cast,
    Line,
    PartyIndex,
    Voice,
    apposition,
    persons_of,
    read_lines,
    read_voice,
)
from reports.extraction.quotation import Quoted
from reports.extraction.relevance import bearing
from reports.extraction.speech import Lexicon, SpeechVerb, lexicon
from reports.extraction.weigher import Weights, probability
from reports.extraction.words import Word
from reports.records import StatementRecord

_NOUN_BEFORE = frozenset(
    ["the", "a", "an", "this", "his", "her", "its", "their", "our", "any", "such", "no", "of", "these", "those"]
)
_WITHHELD = frozenset(
    [
        "say",
        "comment",
        "elaborate",
        "specify",
        "disclose",
        "give",
        "provide",
        "confirm",
        "deny",
        "discuss",
        "reveal",
        "identify",
        "name",
        "go",
        "drawn",
        "explain",
        "release",
        "respond",
        "reply",
        "answer",
        "divulge",
        "speak",
        "detail",
    ]
)
_MODALS = frozenset(["would", "could", "did", "does", "do", "will", "can"])
_OUTLET_CUES = frozenset(["reportedly", "allegedly"])
_FIRST_PERSON = frozenset(["we", "i", "our", "us", "my"])
VOICE, MANNER = "voice", "manner"  # the models: is it a statement, which stance has it
_WORD_VALUE = 0.3  # single words weigh less than constructions
_MAX_SUBJECT = 30
_MAX_INSERTED = 3  # phrases between commas that may stand between a subject and its verb
_CAPITAL = re.compile(r"(?<=[\w,] )[A-Z][\w-]+")


Mention = TypeVar("Mention", PartyMention, WeaponMention)


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in a sentence that attributes it to a voice. `kind` names the construction; `at` is the cue's word."""

    kind: str
    at: int
    verb: SpeechVerb | None
    voice: Voice
    side: str
    negated: bool = False
    modal: bool = False
    passive: bool = False
    via: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible statement: a sentence, who may speak it, and what speaks for and against it."""

    sentence: Sentence
    cue: Cue
    voice: Voice
    quote: Quoted
    features: Mapping[str, float] = field(default_factory=dict)
    stance_features: Mapping[str, float] = field(default_factory=dict)
    via: str = ""
    options: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def find_statements(
    sentences: Sequence[Sentence],
    parties: Sequence[PartyMention],
    persons: Sequence[PersonMention] | None = None,
    weapons: Sequence[WeaponMention] = (),
    seen: Impression | None = None,
) -> list[StatementRecord]:
    """The statements of an article that bear on arms transfers or arms supply policy, in order; `deals` is empty.

    One statement is one attributed sentence of one speaker. The article is taken to be about arms: on irrelevant
    articles the caller drops them. Never raises on any text; linear in its length.
    """
    weights = weigher.load()
    limit = weights.thresholds.get(VOICE, 0.5)
    by_sentence: dict[int, list[tuple[float, Candidate]]] = {}
    for candidate in find_candidates(sentences, parties, persons, weapons, seen):
        heard = float(seen.spoken[candidate.sentence.index, 0]) if seen is not None else 0.0
        score = probability(heard + weights.score(VOICE, candidate.features))
        if score >= limit:
            by_sentence.setdefault(candidate.sentence.index, []).append((score, candidate))
    records: list[StatementRecord] = []
    for scored in by_sentence.values():
        for _, candidate in _distinct(scored):
            records.append(_record(candidate, seen, weights))
    return records


def _distinct(scored: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """The best candidate of each speaker of a sentence, in order of their cues; at most two.

    A medium beside another speaker only passes on what that speaker says: it becomes the `via`.
    """
    media = [candidate for _, candidate in scored if candidate.voice.kind == "media"]
    if media and len(media) < len(scored):
        via = media[0].voice.name
        scored = [
            (score, replace(candidate, via=candidate.via or via))
            for score, candidate in scored
            if candidate.voice.kind != "media"
        ]
    best: dict[str, tuple[float, Candidate]] = {}
    for score, candidate in scored:
        key = candidate.voice.name.lower().split()[-1] if candidate.voice.name.split() else ""
        if key not in best or best[key][0] < score:
            best[key] = (score, candidate)
    ranked = sorted(best.values(), key=lambda pair: -pair[0])[:2]
    return sorted(ranked, key=lambda pair: pair[1].cue.at)


def _record(candidate: Candidate, seen: Impression | None, weights: Weights) -> StatementRecord:
    voice = candidate.voice
    manner = seen.stance(candidate.sentence.index) if seen is not None else dict.fromkeys(STANCES, 0.0)
    return StatementRecord(
        speaker=voice.name,
        role=voice.role,
        party=voice.party,
        stance=Stance(weights.best(MANNER, candidate.stance_features, manner)[0]),
        quote=candidate.quote.words >= 3,
        via=candidate.via,
        span=candidate.sentence.span,
    )


def find_candidates(
    sentences: Sequence[Sentence],
    parties: Sequence[PartyMention],
    persons: Sequence[PersonMention] | None = None,
    weapons: Sequence[WeaponMention] = (),
    seen: Impression | None = None,
) -> list[Candidate]:
    """Every sentence with a voice that may speak it, with features. The title is never one."""
    lines = read_lines(sentences, parties)
    cast = Cast(list(persons) if persons is not None else persons_of(lines), capitals=_inner_capitals(sentences))
    home = Allegiance(sentences, parties)
    makers = _grouped(mention for mention in parties if mention.organisation)
    armed = _grouped(weapons)
    bearings = [bearing(sentence.text) + (sentence.index in armed) for sentence in sentences]
    result: list[Candidate] = []
    previous: Candidate | None = None
    for line in lines:
        number = line.sentence.index
        found = _candidates_of(line, cast, home, armed.get(number, ()), seen)
        for candidate in found:
            features = _features(
                candidate, line.words, bearings[number], bearings[number - 1] if number else 0.0, previous, len(found)
            )
            manner = stances.features(line.words, candidate.cue, candidate.voice, line.quote, line.sentence.text)
            result.append(replace(candidate, features=features, stance_features=manner))
        for voice in line.persons:
            cast.see(voice)
        for mention in makers.get(number, ()):
            cast.see(_maker(mention))
        for candidate in found:
            if candidate.cue.kind != "run_on":
                cast.speak(candidate.voice)
                home.spoke(candidate.voice)
        previous = result[-1] if found else previous
    return result


def _candidates_of(
    line: Line, cast: Cast, home: Allegiance, weapons: Sequence[WeaponMention], seen: Impression | None
) -> list[Candidate]:
    """The candidates of one sentence, without features; notes who is its subject."""
    lex, weights = lexicon(), weigher.load()
    words, index, quote, sentence = line.words, line.index, line.quote, line.sentence
    cues = _merge(find_cues(words, index, quote, lex))
    subject = _clause_subject(words, index, lex)
    if subject is not None and subject.kind not in ("pronoun", "document"):
        acting = cast.resolve(subject)
        if acting is not None and _stands(acting, words, cast):
            cast.act(home.settle(acting, sentence, weights, seen))
    found: list[Candidate] = []
    for cue in cues:
        if not _stands(cue.voice, words, cast) or _is_thing(cue.voice, words, weapons, sentence):
            continue
        voice = cast.resolve(cue.voice, tag=_is_tag(words, cue))
        if voice is None or voice.kind == "pronoun" or not voice.name:
            continue
        voice = _joined(voice, words, index, lex, cast)
        options = home.options(voice, sentence) if undecided(voice) else {}
        voice = home.settle(voice, sentence, weights, seen)
        found.append(Candidate(sentence, cue, voice, quote, via=cue.via, options=options))
    if not found and quote.words >= 3 and cast.last is not None:
        found.append(Candidate(sentence, Cue("run_on", 0, None, cast.last, "none"), cast.last, quote))
    return found


def _maker(mention: PartyMention) -> Voice:
    """An organisation of the catalogue that is named, as a voice that "the company" may stand for."""
    name = mention.organisation
    return Voice(name, "", mention.party, "organisation", name.lower(), "company", False, 0, 0, outright=True)


def _joined(voice: Voice, words: Sequence[Word], index: PartyIndex, lex: Lexicon, cast: Cast) -> Voice:
    """An office that stands as apposition after a name ("Thomas de Maiziere, the defence minister") as that person."""
    if voice.kind not in ("office", "staff", "soldier", "lawmaker", "executive", "outsider") or voice.start < 2:
        return voice
    if voice.start >= len(words) or words[voice.start - 1].text != ",":
        return voice
    named = _ending_at(words, voice.start - 2, index, lex)
    if named is None or named.kind not in ("person", "name") or not _stands(named, words, cast):
        return voice
    known = cast.resolve(named) or named
    return replace(
        known, kind="person", role=known.role or voice.name, party=known.party or voice.party, speaks=voice.speaks
    )


def _inner_capitals(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The words that are written with a capital inside a sentence somewhere in the article."""
    return frozenset(word for sentence in sentences if not sentence.title for word in _CAPITAL.findall(sentence.text))


def _next_class(words: Sequence[Word], at: int) -> str:
    """What follows a verb of speech, coarsely."""
    if at + 1 >= len(words):
        return "end"
    word = words[at + 1]
    if word.quoted or word.text in ('"', "“", "‘"):
        return "quote"
    if word.mark:
        return "mark"
    if word.low in (
        "that",
        "to",
        "for",
        "of",
        "on",
        "by",
        "about",
        "in",
        "as",
        "it",
        "out",
        "the",
        "a",
        "an",
        "at",
        "against",
    ):
        return word.low
    return "capital" if word.capital else "other"


def _is_tag(words: Sequence[Word], cue: Cue) -> bool:
    """Whether the cue is a tag set off from what is said: `..., it said`."""
    start = cue.voice.start
    return start > 0 and (words[start - 1].text in (",", '"', "”", "’", "—", "–"))


def _is_thing(voice: Voice, words: Sequence[Word], weapons: Sequence[WeaponMention], sentence: Sentence) -> bool:
    """Whether what looks like a name is a weapon or a designation."""
    if voice.kind not in ("name", "acronym") or voice.end > len(words) or voice.end < 1:
        return False
    head = words[voice.end - 1]
    if any(letter.isdigit() for letter in voice.name):
        return True
    at = sentence.span.start + head.start
    return any(weapon.span.start <= at < weapon.span.end for weapon in weapons)


def _stands(voice: Voice, words: Sequence[Word], cast: Cast) -> bool:
    """Whether a single capital word at the head of a sentence is a name, not just its first word."""
    if voice.kind not in ("name", "acronym") or " " in voice.name or voice.start > 0:
        return True
    return cast.knows(voice.head) or cast.capital(voice.name)


def _grouped(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    """Mentions by their sentence."""
    grouped: dict[int, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.sentence, []).append(mention)
    return grouped


def _merge(cues: list[Cue]) -> list[Cue]:
    """Without the weak cues where there is a strong one."""
    strong = [cue for cue in cues if cue.kind != "quoted_subject"]
    return strong or cues


def find_cues(words: Sequence[Word], index: PartyIndex, quote: Quoted, lex: Lexicon) -> list[Cue]:
    """The cues of a sentence, in order. Words inside quotation marks attribute nothing."""
    cues: list[Cue] = []
    count = len(words)
    for at, word in enumerate(words):
        if word.quoted or word.mark:
            continue
        low = word.low
        if low == "according" and at + 1 < count and words[at + 1].low == "to":
            _add(cues, "according", at, None, _after(words, at + 2, index, lex), "right")
        elif low == "saying" and at and words[at - 1].low == "as":
            _add_quoted_as(cues, words, at, index, lex)
        elif low == "citing":
            _add(cues, "citing", at, None, _after(words, at + 1, index, lex), "right")
        elif low == "words" and at >= 2 and words[at - 1].low == "the" and words[at - 2].low == "in":
            _add(cues, "words_of", at, None, _after(words, at + 2, index, lex), "right")
        elif low in ("words", "account", "view", "opinion", "version", "reckoning") and at and words[at - 1].possessive:
            _add(cues, "account", at, None, _before(words, at - 1, index, lex, possessive=True)[0], "left")
        elif (
            low in ("account", "view", "words", "estimate", "reckoning")
            and at + 1 < count
            and words[at + 1].low == "of"
            and (any(word.low in ("by", "in", "on") for word in words[max(0, at - 2) : at]))
        ):
            _add(cues, "account", at, None, _after(words, at + 2, index, lex), "right")
        elif low in (
            "comment",
            "reply",
            "response",
            "answer",
            "details",
            "information",
            "particulars",
            "figures",
        ) and _no_before(words, at):
            giver = _giver(words, at)
            if giver is not None:
                _add(cues, "no_comment", at, None, _before(words, giver, index, lex)[0], "left")
            else:
                _add(cues, "no_comment", at, None, _after_from(words, at + 1, index, lex), "right")
        elif low in ("reached", "available", "contacted") and _cannot(words, at):
            voice, _ = _before(words, at, index, lex)
            _add(cues, "unreached", at, None, voice, "left")
        elif low in (
            "accusation",
            "claim",
            "denial",
            "warning",
            "statement",
            "announcement",
            "remarks",
            "comments",
        ) and (at + 1 < count and words[at + 1].low == "by"):
            _add(cues, "noun_by", at, lex.verbs.get(_verb_of(low)), _after(words, at + 2, index, lex), "right")
        elif low in _WITHHELD and _refused(words, at):
            _add(cues, "refused", at, lex.verbs.get("declined"), _before(words, at, index, lex)[0], "left")
        elif low in lex.verbs and not _is_noun(words, at, lex):
            cue = _verb_cue(words, at, lex.verbs[low], index, lex)
            if cue is not None:
                cues.append(cue)
    if words and not cues:
        colon = next((k for k, word in enumerate(words[:12]) if word.text == ":" and not word.quoted), None)
        if colon is not None and colon + 1 < count:
            voice = read_voice(words, 0, colon, index, lex)
            if voice is not None and voice.kind not in ("pronoun", "document"):
                cues.append(Cue("label", colon, None, voice, "left"))
    if quote.words >= 2 and not quote.opens_inside:
        voice = _clause_subject(words, index, lex)
        if voice is not None and not any(cue.voice.name == voice.name for cue in cues):
            cues.append(Cue("quoted_subject", voice.end, None, voice, "left"))
    return cues


def _add(cues: list[Cue], kind: str, at: int, verb: SpeechVerb | None, voice: Voice | None, side: str) -> None:
    if voice is not None:
        cues.append(Cue(kind, at, verb, voice, side))


def _verb_of(noun: str) -> str:
    return {"accusation": "accused", "claim": "claimed", "denial": "denied", "warning": "warned"}.get(noun, "said")


def _verb_cue(words: Sequence[Word], at: int, verb: SpeechVerb, index: PartyIndex, lex: Lexicon) -> Cue | None:
    """The cue of a verb of speech, with its subject; None where nothing that can speak is its subject."""
    following = words[at + 1].low if at + 1 < len(words) else ""
    if verb.frame == "ruleout" and following != "out":
        return None
    if verb.frame == "tag" and verb.lemma == "go_on" and following != "on":
        return None
    if verb.frame == "speak" and following not in ("of", "about", "to", "for"):
        return None
    if verb.frame == "letknow" and "known" not in [word.low for word in words[at + 1 : at + 6]]:
        return None
    if verb.frame == "makeclear" and not ({"clear", "known", "plain"} & {word.low for word in words[at + 1 : at + 4]}):
        return None
    if verb.frame == "point" and following not in ("out", "to"):
        return None
    if verb.frame == "quote" and "saying" in [word.low for word in words[at + 1 : at + 16]]:
        return None  # "quoted as saying" is a cue of its own
    if verb.frame == "put" and following not in ("the", "it", "its"):
        return None
    if verb.frame == "learn" and "from" not in [word.low for word in words[at + 1 : at + 4]]:
        voice, _ = _before(words, at, index, lex)
        return Cue("learned", at, verb, voice, "left") if voice is not None and voice.kind == "media" else None
    quote_tag = (
        at == 0 or words[at - 1].text in (",", '"', "”", "’", "'", "—", "–", "-") or words[at - 1].low in ("so", "as")
    )
    voice, flags, side = None, frozenset[str](), "right"
    if verb.frame in ("say", "that", "tag") and quote_tag and not verb.form.endswith("ing"):
        voice = _inverted(words, at, index, lex)
    if voice is None:
        voice, flags = _before(words, at, index, lex)
        side = "left"
    if voice is None and verb.form.endswith("ing"):
        voice, side = _clause_subject(words, index, lex), "clause"
    if voice is None and at and words[at - 1].low == "and":
        voice, side = _clause_subject(words, index, lex), "clause"
    if voice is None and "passive" in flags and following == "by":
        voice, side = _after(words, at + 2, index, lex), "agent"
        flags = flags - {"passive"}
    if voice is None:
        return None
    return Cue("verb", at, verb, voice, side, "negated" in flags, "modal" in flags, "passive" in flags)


def _inverted(words: Sequence[Word], at: int, index: PartyIndex, lex: Lexicon) -> Voice | None:
    """The subject that follows its verb: `..., said two sources`; not what is said (`X, the envoy, said he would`)."""
    voice = _after(words, at + 1, index, lex)
    if voice is None or voice.end >= len(words):
        return voice
    following = words[voice.end]
    if following.mark or lex.function.get(following.low) in ("time", "subordinator", "preposition", "adverb"):
        return voice
    return voice if following.low in ("in", "on", "at", "and") or following.low.endswith("ing") else None


def _is_noun(words: Sequence[Word], at: int, lex: Lexicon) -> bool:
    """Whether a form that may be a verb of speech is a noun or participle here ("the reports", "its promised")."""
    if at == 0:
        return words[at].low not in ("said", "asked") and not words[at].low.endswith("ing")
    before = words[at - 1]
    if before.low in _NOUN_BEFORE or (before.possessive and words[at].low.endswith("s")):
        return True
    return before.low in ("press", "media", "news", "intelligence", "police") and words[at].low in ("reports", "claims")


def _before(
    words: Sequence[Word], at: int, index: PartyIndex, lex: Lexicon, possessive: bool = False
) -> tuple[Voice | None, frozenset[str]]:
    """The subject of the verb at `at`, looking left, and what stands between (negated, modal, passive)."""
    flags: set[str] = set()
    k = at - 1
    if possessive:
        k = at
    timed = False
    while k >= 0:
        low = words[k].low
        kind = lex.function.get(low)
        if words[k].quoted or (words[k].mark and words[k].text != ")"):
            break
        if low in ("not", "never", "nor", "neither") or low.endswith(("n't", "n’t")):
            flags.add("negated")
            if low in ("nor", "neither"):
                k -= 1
                continue
        if kind == "modal":
            flags.add("modal")
        if low in ("was", "were", "been", "be", "is", "are", "being") and k == at - 1:
            flags.add("passive")
        if kind in ("adverb", "auxiliary", "modal") or (low.endswith("ly") and not words[k].capital):
            k -= 1
        elif kind == "time" or (low.isdigit() and timed):
            timed = True
            k -= 1
        elif timed and low in ("on", "in", "last", "this", "at", "earlier", "of", "the", "late", "early", "next"):
            k -= 1
        elif low in ("to", "and") and at - k <= 8:
            if low == "to":
                flags.add("infinitive")
                k = _past_governor(words, k - 1, lex)
            else:
                k = -1
        else:
            break
    if k < 0:
        return None, frozenset(flags)
    if words[k].low in ("who", "which", "that") and k >= 1:
        k -= 1
        while k >= 0 and words[k].text in (",", "-", "–", "—"):
            k -= 1
    return _ending_at(words, k, index, lex), frozenset(flags)


def _past_governor(words: Sequence[Word], k: int, lex: Lexicon) -> int:
    """Past the verb that governs an infinitive: "went on [to say]", "was at pains [to stress]"."""
    steps = 0
    while k >= 0 and steps < 5 and not words[k].mark and not words[k].capital:
        low = words[k].low
        if low in lex.nouns or lex.function.get(low) in ("pronoun", "determiner", "subordinator"):
            break
        k -= 1
        steps += 1
    return k


def _ending_at(words: Sequence[Word], k: int, index: PartyIndex, lex: Lexicon, depth: int = 0) -> Voice | None:
    """The voice whose noun phrase, with its apposition or inserted phrase, ends at word `k`."""
    if k < 0 or words[k].quoted or depth > _MAX_INSERTED:
        return None
    if words[k].text == ")":
        while k >= 0 and words[k].text != "(":
            k -= 1
        k -= 1
    if k >= 0 and words[k].text in (",", "—", "–", "-"):
        comma = k
        opening = comma - 1
        while opening >= 0 and comma - opening <= _MAX_SUBJECT and words[opening].text not in (",", "—", "–", "-"):
            if words[opening].text in ('"', "“", "”", ";", ":"):
                return None
            opening -= 1
        if opening <= 0 or comma - opening > _MAX_SUBJECT:
            # "Thomas de Maiziere, the defence minister, ..." needs both commas; a sentence may begin with its subject.
            return None
        voice = _ending_at(words, opening - 1, index, lex, depth + 1)
        role, party, speaks = apposition(words, opening + 1, comma, index, lex)
        if voice is None:
            return read_voice(words, opening + 1, comma, index, lex)
        if voice.kind in ("person", "name") and role:
            return replace(voice, kind="person", role=voice.role or role, party=voice.party or party, speaks=speaks,
                           outright=voice.outright or party is not None)  # fmt: skip
        if voice.kind in ("company", "agency", "media", "body") and role == "" and not voice.plural:
            inner = read_voice(words, opening + 1, comma, index, lex)
            if inner is not None and inner.kind in ("organisation", "name", "acronym", "media", "body"):
                sort = "media" if voice.kind == "media" else "organisation"
                return replace(inner, kind=sort, party=inner.party or voice.party, speaks=voice.speaks,
                               start=voice.start, end=comma)  # fmt: skip
        if voice.kind in ("office", "staff", "soldier", "lawmaker", "executive", "outsider"):
            inner = read_voice(words, opening + 1, comma, index, lex)
            if inner is not None and inner.kind in ("name", "person"):
                return replace(inner, kind="person", role=inner.role or voice.name, party=inner.party or voice.party,
                               speaks=voice.speaks, start=voice.start, end=comma)  # fmt: skip
        return voice
    start = k
    while start >= 0 and k - start <= _MAX_SUBJECT:
        word = words[start]
        kind = lex.function.get(word.low)
        if word.quoted or (word.mark and word.text not in ("'", "&", "/")):
            break
        if kind in ("subordinator", "conjunction", "auxiliary", "modal") and not word.capital:
            break
        if (
            word.low in lex.verbs
            and not word.capital
            and word.low not in lex.nouns
            and start != k
            and not _is_noun(words, start, lex)
        ):
            break
        if word.low == "and" and not _coordinates(words, start, lex):
            break
        start -= 1
    return read_voice(words, start + 1, k + 1, index, lex)


def _coordinates(words: Sequence[Word], at: int, lex: Lexicon) -> bool:
    """Whether "and" joins two parts of one noun phrase: "Finnish and German officials", "Lockheed and MBDA"."""
    if at == 0 or at + 1 >= len(words):
        return False
    left, right = words[at - 1], words[at + 1]
    return (left.capital or left.low in lex.nouns) and (right.capital or right.low in lex.nouns)


def _after(words: Sequence[Word], at: int, index: PartyIndex, lex: Lexicon) -> Voice | None:
    """The voice whose noun phrase begins at word `at`, with its apposition."""
    while at < len(words) and (lex.function.get(words[at].low) in ("adverb", "time") or words[at].text == ","):
        at += 1
    if at >= len(words) or words[at].quoted or words[at].mark:
        return None
    first = words[at]
    kind = lex.function.get(first.low)
    near = any(word.low in lex.nouns for word in words[at : at + 3])
    if kind == "pronoun" or not (first.capital or kind == "determiner" or near or first.low in lex.titles):
        return None
    end = at
    while end < len(words) and end - at <= 16:
        word = words[end]
        kind = lex.function.get(word.low)
        if word.quoted or (word.mark and word.text not in ("'", "&", "/")):
            break
        if kind in ("subordinator", "conjunction", "auxiliary", "modal", "pronoun", "time") and not word.capital:
            break
        if kind == "time" or (word.low in ("during", "after", "before", "via", "by") and end > at):
            break
        if (
            word.low in ("in", "on", "at")
            and end + 1 < len(words)
            and (
                words[end + 1].low in ("a", "an", "an", "his", "her", "its", "their", "comments", "remarks")
                or lex.function.get(words[end + 1].low) == "time"
            )
        ):
            break
        if word.low in lex.verbs and word.low not in lex.nouns and end > at and not word.capital:
            break
        if word.low == "and" and not _coordinates(words, end, lex):
            break
        end += 1
    voice = read_voice(words, at, end, index, lex)
    if voice is None:
        return None
    if voice.kind in ("person", "name") and end < len(words) and words[end].text == ",":
        stop = end + 1
        while stop < len(words) and words[stop].text not in (",", ".", ";", '"', "“", "”", ":") and stop - end < 15:
            if lex.function.get(words[stop].low) in ("auxiliary", "modal"):
                break
            stop += 1
        role, party, speaks = apposition(words, end + 1, stop, index, lex)
        if role:
            return replace(voice, kind="person", role=voice.role or role, party=voice.party or party, speaks=speaks)
    if (
        voice.kind in ("office", "staff", "lawmaker", "executive", "outsider", "soldier")
        and end < len(words)
        and words[end].text == ","
    ):
        inner = (
            read_voice(words, end + 1, min(end + 4, len(words)), index, lex)
            if end + 1 < len(words) and words[end + 1].capital
            else None
        )
        if inner is not None and inner.kind in ("name", "person"):
            return replace(
                inner,
                kind="person",
                role=inner.role or voice.name,
                party=inner.party or voice.party,
                speaks=voice.speaks,
            )
    return voice


def _after_from(words: Sequence[Word], at: int, index: PartyIndex, lex: Lexicon) -> Voice | None:
    """The voice of "no comment [was available] from the ministry"."""
    for k in range(at, min(at + 8, len(words))):
        if words[k].low in ("from", "by") and not words[k].quoted:
            return _after(words, k + 1, index, lex)
    return None


def _giver(words: Sequence[Word], at: int) -> int | None:
    """The verb of "made no comment", "gave no details", before the noun at `at`."""
    for k in range(at - 1, max(-1, at - 6), -1):
        if words[k].low in (
            "made",
            "gave",
            "had",
            "offered",
            "provided",
            "issued",
            "gives",
            "offers",
            "give",
            "offering",
            "giving",
        ):
            return k
    return None


def _no_before(words: Sequence[Word], at: int) -> bool:
    return any(word.low in ("no", "without") for word in words[max(0, at - 3) : at])


def _refused(words: Sequence[Word], at: int) -> bool:
    """Whether the verb at `at` is what somebody would not do: "would not say", "did not elaborate", "declined to"."""
    near = [word.low for word in words[max(0, at - 4) : at]]
    if "not" in near or "neither" in near or "nor" in near or any(low.endswith(("n't", "n’t")) for low in near):
        return any(low.replace("’", "'").removesuffix("n't") in _MODALS for low in near)
    return False


def _cannot(words: Sequence[Word], at: int) -> bool:
    return any(
        word.low in ("not", "couldn't", "wasn't", "weren't", "unavailable") for word in words[max(0, at - 5) : at]
    )


def _add_quoted_as(cues: list[Cue], words: Sequence[Word], at: int, index: PartyIndex, lex: Lexicon) -> None:
    """ "X was quoted by M as saying", "M quoted X as saying", "M cited X as saying"."""
    for k in range(at - 2, max(-1, at - 20), -1):
        if words[k].low in ("quoted", "cited", "reported", "quotes", "quoting", "cites"):
            passive = k > 0 and any(
                word.low in ("was", "were", "is", "are", "been") for word in words[max(0, k - 2) : k]
            )
            if passive:
                voice, _ = _before(words, k, index, lex)
                by = _after(words, k + 2, index, lex) if k + 1 < at and words[k + 1].low in ("by", "in") else None
                if voice is not None:
                    cues.append(Cue("quoted_as", at, lex.verbs.get("said"), voice, "left", via=by.name if by else ""))
            else:
                voice = _after(words, k + 1, index, lex)
                medium, _ = _before(words, k, index, lex)
                if voice is None and k + 1 < at and lex.function.get(words[k + 1].low) == "pronoun":
                    nominative = {"him": "he", "her": "she", "them": "they"}.get(words[k + 1].low, "it")
                    voice = Voice(nominative, "", None, "pronoun", nominative,
                                  "none", False, k + 1, k + 2)  # fmt: skip
                if voice is not None:
                    cues.append(
                        Cue("quoted_as", at, lex.verbs.get("said"), voice, "right", via=medium.name if medium else "")
                    )
            return


def _clause_subject(words: Sequence[Word], index: PartyIndex, lex: Lexicon) -> Voice | None:
    """The subject of the sentence: the first noun phrase that can speak, before its first verb."""
    end = 0
    commas = 0
    while end < len(words) and end < 28:
        word = words[end]
        kind = lex.function.get(word.low)
        if word.quoted or word.text in ('"', "“", ";", ":"):
            break
        if end > 0 and (
            kind in ("auxiliary", "modal")
            or (word.low in lex.verbs and word.low not in lex.nouns and not _is_noun(words, end, lex))
        ):
            break
        if word.text == ",":
            commas += 1
        end += 1
    start = 0
    if commas:
        first = next(k for k in range(end) if words[k].text == ",")
        voice = _ending_at(words, first - 1, index, lex) if first else None
        if voice is not None and voice.start == 0:
            return voice
        if lex.function.get(words[0].low) in ("preposition", "subordinator", "time", "adverb"):
            start = first + 1
        elif voice is not None:
            return voice
        else:
            return None
    return read_voice(words, start, end, index, lex) or read_voice(
        words, start, _phrase_end(words, start, end, lex), index, lex
    )


def _phrase_end(words: Sequence[Word], start: int, end: int, lex: Lexicon) -> int:
    """Where the noun phrase that begins a clause ends, before the first small word that no table knows (its verb)."""
    at = start
    while at < end and (words[at].mark or lex.function.get(words[at].low) in ("adverb", "time", "conjunction")):
        at += 1
    while at < end:
        word = words[at]
        known = word.capital or word.possessive or word.low in lex.nouns or word.low in lex.titles
        if (
            not known
            and lex.function.get(word.low) not in ("determiner", "pronoun")
            and word.low not in ("of", "for", "and")
        ):
            break
        at += 1
    while at > start and lex.function.get(words[at - 1].low) in ("preposition", "determiner"):
        at -= 1
    return at


def _features(
    candidate: Candidate,
    words: Sequence[Word],
    here: float,
    before: float,
    previous: Candidate | None,
    rivals: int,
) -> dict[str, float]:
    """Named features of a candidate, each 0 to 1 or a small number."""
    cue, voice, quote, sentence = candidate.cue, candidate.voice, candidate.quote, candidate.sentence
    lows = {word.low for word in words if not word.quoted}
    inside = {word.low for word in words if word.quoted}
    features: dict[str, float] = {
        f"cue:{cue.kind}": 1.0,
        f"kind:{voice.kind}": 1.0,
        f"was:{cue.voice.kind}": 1.0,
        f"side:{cue.side}": 1.0,
        f"quote:{min(quote.words // 3, 4)}": 1.0,
        f"bearing:{min(int(here), 3)}": 1.0,
        f"bearing_before:{min(int(before), 2)}": 1.0,
        f"paragraph:{min(sentence.paragraph, 3)}": 1.0,
        f"rivals:{min(rivals, 3)}": 1.0,
    }
    if cue.verb is not None:
        form = "ing" if cue.verb.form.endswith("ing") else "s" if cue.verb.form.endswith("s") else "base"
        features[f"group:{cue.verb.group}"] = 1.0
        features[f"frame:{cue.verb.frame}"] = 1.0
        features[f"form:{form}"] = 1.0
        features[f"frame_kind:{cue.verb.frame}:{voice.kind}"] = 1.0
        following = words[cue.at + 1].low if cue.at + 1 < len(words) else ""
        features[f"lemma:{cue.verb.lemma}"] = 1.0
        features[f"next:{cue.verb.frame}:{_next_class(words, cue.at)}"] = 1.0
        features[f"group_quote:{cue.verb.group}:{quote.words >= 3}"] = 1.0
        features[f"group_side:{cue.verb.group}:{cue.side}"] = 1.0
        near = [word.low for word in words[max(0, cue.at - 3) : cue.at]]
        if near[-2:] == ["yet", "to"]:
            features["yet_to"] = 1.0
        if near and near[-1] == "had":
            features["had"] = 1.0
        if _is_tag(words, cue):
            features["tag"] = 1.0
        if following == "that":
            features["that"] = 1.0
        if following == "to":
            features["to"] = 1.0
        if following == "to" and cue.verb.group in ("promise", "decline", "think"):
            features[f"to:{cue.verb.group}"] = 1.0
    for name in ("negated", "modal", "passive"):
        if getattr(cue, name):
            features[name] = 1.0
    features[f"kind_quote:{voice.kind}:{quote.words >= 3}"] = 1.0
    features[f"length:{min(len(words) // 10, 4)}"] = 1.0
    features[f"at:{min(4 * cue.at // max(1, len(words)), 3)}"] = 1.0
    if inside & _FIRST_PERSON:
        features["first_person"] = 1.0
    for word in lows:
        features[f"word:{word}"] = _WORD_VALUE
    if lows & _OUTLET_CUES:
        features["reportedly"] = 1.0
    if quote.opens_inside:
        features["opens_inside"] = 1.0
    if voice.plural:
        features["plural"] = 1.0
    if voice.party is None:
        features["no_party"] = 1.0
    if previous is not None and previous.sentence.index == sentence.index - 1:
        features["after_statement"] = 1.0
        if previous.voice.name == voice.name:
            features["same_speaker"] = 1.0
    return features
