"""Whom a voice speaks for where its own words do not say: "the defence minister", "the army", "Col. Padilla".

Every state that the article names is an option with named features (how often and where it is named, as what, who spoke
last); what the features are worth and what the encoder sees choose one, or leave the voice without a party.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reports.choices import NameKind
from reports.extraction import tables
from reports.extraction.impression import Impression
from reports.extraction.mentions import PartyMention, Sentence
from reports.extraction.persons import Voice
from reports.extraction.speech import lexicon
from reports.extraction.weigher import Weights
from reports.records import PartyRef

ALLEGIANCE = "allegiance"  # the model: does the voice speak for this state
_DATELINE = re.compile(r"\s[-–—]+\s|:\s|\)\s")
_NEXT_WORDS = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*\Z")
_HEAD = 4  # a party within the first characters of a sentence leads it
_WORD = re.compile(r"[\w-]+")
_OFFICIAL = frozenset(
    ["government", "defence", "defense", "ministry", "army", "military", "security", "navy", "official", "force"]
)
_INDEPENDENTS = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(tables.words('independents'))))})\b")
_INTERNATIONAL = frozenset({"un", "icc"})  # bodies that speak for no state


class Allegiance:
    """The states of an article, as options for its voices."""

    def __init__(self, sentences: Sequence[Sentence], parties: Sequence[PartyMention]) -> None:
        self._refs: dict[str, PartyRef] = {}
        self._counts: Counter[str] = Counter()
        self._manned: Counter[str] = Counter()
        self._before: dict[str, Counter[str]] = {}
        self._title: set[str] = set()
        self._sequence: list[tuple[int, str]] = []
        self._title_head: set[str] = set()
        self._dateline: set[str] = set()
        self._leads: dict[str, set[int]] = {}
        self._places: dict[str, list[int]] = {}
        self._forms: Counter[tuple[str, str]] = Counter()
        self._paragraph = {sentence.index: sentence.paragraph for sentence in sentences}
        texts = {sentence.index: sentence for sentence in sentences}
        nouns = lexicon().nouns
        first = next((sentence for sentence in sentences if not sentence.title), None)
        for mention in parties:
            code = mention.party.code
            if len(code) != 2 and code != "eu":
                continue
            self._refs.setdefault(code, mention.party)
            self._counts[code] += 1
            self._places.setdefault(code, []).append(mention.sentence)
            self._sequence.append((mention.sentence, code))
            self._forms[code, mention.form.value] += 1
            sentence = texts[mention.sentence]
            if sentence.title:
                self._title.add(code)
            at = mention.span.start - sentence.span.start
            end = mention.span.end - sentence.span.start
            opening = sentence is first and at < 40 and mention.form == NameKind.METONYM
            if opening and _DATELINE.search(sentence.text, end, min(len(sentence.text), end + 45)):
                self._dateline.add(code)
            following = [word.lower() for word in _NEXT_WORDS.findall(sentence.text[end : end + 40])[:4]]
            if any(word in nouns for word in following[: 3 if following[:1] == ["s"] else 2]):
                self._manned[code] += 1
            before = _LAST_WORD.search(sentence.text[max(0, at - 14) : at])
            word = before.group(1).lower() if before else ""
            if word in ("from", "to", "for", "in", "with", "against", "by", "of", "on"):
                self._before.setdefault(code, Counter())[word] += 1
            if at <= _HEAD and mention.form != NameKind.DEMONYM and not sentence.title:
                self._leads.setdefault(code, set()).add(sentence.index)
            if at <= _HEAD and sentence.title:
                self._title_head.add(code)
        for places in self._places.values():
            places.sort()
        self._sequence.sort()
        self._order = list(self._refs)
        self._introduced: dict[str, int] = {}
        self._last: str | None = None
        self._known: dict[str, str] = {}

    def options(self, voice: Voice, sentence: Sentence) -> dict[str, dict[str, float]]:
        """For each state of the article the features that speak for and against it as the voice's party."""
        ranked = [code for code, _ in self._counts.most_common()]
        total = sum(self._counts.values())
        result: dict[str, dict[str, float]] = {}
        nearest = bisect_left(self._sequence, (sentence.index + 1, ""))
        for rank, code in enumerate(ranked[:8]):
            count = self._counts[code]
            features = {
                "share": count / total,
                f"rank:{min(rank, 3)}": 1.0,
                f"speaks:{voice.speaks}": 1.0,
                f"kind:{voice.kind}": 1.0,
                f"rank:{min(rank, 2)}:{voice.kind}": 1.0,
                f"manned:{min(self._manned[code], 3)}": 1.0,
                "manned_share": self._manned[code] / max(1, sum(self._manned.values())),
                f"order:{min(self._order.index(code), 3)}": 1.0,
                f"options:{min(len(ranked), 4)}": 1.0,
            }
            if code in self._title:
                features["title"] = 1.0
            if code in self._dateline:
                features["dateline"] = 1.0
            for word, times in self._before.get(code, Counter()).items():
                features[f"before:{word}"] = times / count
            for form in NameKind:
                if self._forms[code, form.value]:
                    features[f"form:{form.value}"] = self._forms[code, form.value] / count
            leads = self._leads.get(code, set())
            features["leads"] = len(leads) / max(1, sum(map(len, self._leads.values())))
            introduced = self._introduced.get(voice.name, sentence.index)
            if introduced in leads:
                features["leads_here"] = 1.0
            if introduced - 1 in leads:
                features["leads_before"] = 1.0
            if code in self._title_head:
                features["title_head"] = 1.0
            places = self._places[code]
            here = bisect_left(places, sentence.index)
            if _has(places, introduced):
                features["introduced"] = 1.0
            elif _has(places, introduced - 1) or _has(places, introduced + 1):
                features["near_introduced"] = 1.0
            if voice.name in self._known:
                features["known" if self._known[voice.name] == code else "known_other"] = 1.0
            if _has(places, sentence.index):
                features["here"] = 1.0
            if _has(places, sentence.index - 1):
                features["sentence_before"] = 1.0
            if here and self._paragraph[places[here - 1]] == sentence.paragraph:
                features["paragraph"] = 1.0
            if nearest and self._sequence[nearest - 1][1] == code:
                features["nearest"] = 1.0
            if self._last == code:
                features["spoke_last"] = 1.0
            result[code] = features
        return result

    def settle(self, voice: Voice, sentence: Sentence, weights: Weights, seen: Impression | None) -> Voice:
        """The voice with its party: its own where its words say so, the likeliest state, or none."""
        if (voice.party is not None and voice.party.code in _INTERNATIONAL) or _independent(voice):
            return replace(voice, party=None)
        if voice.party is not None:
            return voice
        told, none = seen.allegiance(sentence.index) if seen is not None else ({}, 0.0)
        scored = {
            code: told.get(code, 0.0) + weights.score(ALLEGIANCE, found)
            for code, found in self.options(voice, sentence).items()
        }
        best = max(scored, key=lambda code: scored[code], default=None)
        self._introduced.setdefault(voice.name, sentence.index)
        if best is None or scored[best] <= none:
            return voice
        return replace(voice, party=self._refs[best])

    def spoke(self, voice: Voice) -> None:
        """A voice with a party has spoken."""
        if voice.party is not None and voice.party.code in self._refs:
            self._last = voice.party.code
            self._known.setdefault(voice.name, voice.party.code)


def _has(places: Sequence[int], place: int) -> bool:
    """Whether a sorted list has a number."""
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place


def undecided(voice: Voice) -> bool:
    """Whether the party of a voice is for the model to say."""
    return voice.party is None and not _independent(voice)


def _independent(voice: Voice) -> bool:
    """Whether a voice speaks for no state: media, experts, organisations, sources that are nobody's."""
    if voice.kind == "media" or (voice.speaks == "none" and voice.kind in ("outsider", "agency", "person")):
        return True
    words = _WORD.findall(f"{voice.name} {voice.role}".lower())
    if voice.kind == "source" and voice.party is None:
        return not any(word in _OFFICIAL for word in words)
    return bool(_INDEPENDENTS.search(" ".join(words)))
