"""The stance of a statement: announces, confirms, denies, declines, criticises, supports, warns or comments.

The verb of attribution says much (data/speech_verbs.csv: its group), the words of the content the rest
(data/stance.csv, data/stance_phrases.csv); `weigher.py` and the encoder weigh them.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from reports.extraction import tables
from reports.extraction.persons import Voice
from reports.extraction.quotation import Quoted
from reports.extraction.speech import lexicon
from reports.extraction.words import Word

if TYPE_CHECKING:
    from reports.extraction.attribution import Cue

_WORD_VALUE = 0.3  # single words weigh less than kinds of words
# Groups of verbs that say little by themselves: the content decides.
_NEUTRAL = frozenset(
    [
        "say",
        "according",
        "note",
        "report",
        "insist",
        "stress",
        "write",
        "call",
        "run_on",
        "quoted_subject",
        "explain",
        "state",
        "claim",
        "hope",
        "think",
        "express",
        "promise",
        "account",
        "label",
        "quoted_as",
        "citing",
    ]
)


@cache
def _cues() -> tuple[dict[str, set[str]], re.Pattern[str], dict[str, set[str]]]:
    """Whole words by kind, a pattern of stems, and the kinds of each stem."""
    exact: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    for row in tables.rows("stance"):
        target, word = (stems, row["cue"][:-1]) if row["cue"].endswith("*") else (exact, row["cue"])
        target.setdefault(word, set()).add(row["kind"])
    longest = sorted(stems, key=lambda stem: (-len(stem), stem))
    return exact, re.compile("|".join(map(re.escape, longest))), stems


@cache
def _phrases() -> Mapping[str, re.Pattern[str]]:
    """For each kind of phrase a pattern of its phrases."""
    kinds: dict[str, list[str]] = {}
    for row in tables.rows("stance_phrases"):
        kinds.setdefault(row["kind"], []).append(re.escape(row["phrase"]))
    return {kind: re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE) for kind, phrases in kinds.items()}


def _kinds(word: str) -> set[str]:
    exact, pattern, stems = _cues()
    found = set(exact.get(word, ()))
    stem = pattern.match(word)
    return found | stems[stem.group()] if stem else found


def features(words: Sequence[Word], cue: "Cue", voice: Voice, quote: Quoted, text: str) -> dict[str, float]:
    """Named features of a statement (its sentence is `text`): who speaks, with which verb, in what words."""
    group = cue.verb.group if cue.verb is not None else cue.kind
    found: dict[str, float] = {
        f"kind:{voice.kind}": 1.0,
        f"cue:{cue.kind}": 1.0,
        f"group:{group}": 1.0,
        f"group:{group}:{voice.kind}": 0.5,
        f"speaks:{voice.speaks}": 1.0,
        f"quote:{quote.words >= 3}": 1.0,
        f"length:{min(len(words) // 12, 4)}": 0.5,
    }
    if cue.verb is not None:
        found[f"lemma:{cue.verb.lemma}"] = 0.5
    if cue.negated:
        found["negated"] = 1.0
        found[f"negated:{group}"] = 1.0
    if voice.party is not None:
        found["party"] = 1.0
    lows = {word.low.replace("’", "'") for word in words if not word.mark}
    if any(char.isdigit() for char in text):
        found["number"] = 1.0
    if lows & {"no", "not", "never"} or "n't" in text or "n’t" in text:
        found["negation"] = 1.0
    verbs = lexicon().verbs
    counts: Counter[str] = Counter()
    for low in lows:
        found[f"word:{low if low.isalpha() else '#'}"] = _WORD_VALUE
        counts.update(_kinds(low))
        if low in verbs:
            found[f"any:{verbs[low].group}"] = 0.7
    for kind, count in counts.items():
        found[f"has:{kind}"] = 1.0
        found[f"count:{kind}"] = min(count, 4) / 2
        if group in _NEUTRAL:
            found[f"neutral:{kind}"] = min(count, 3) / 2
    found["tone"] = max(-1.0, min(1.0, (counts["praise"] - counts["blame"]) / 2))
    for kind, pattern in _phrases().items():
        if pattern.search(text):
            found[f"phrase:{kind}"] = 1.5
    return found
