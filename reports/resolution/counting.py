"""Whether a number of arrivals counts by itself or with all that came before: "10 more" or "10 so far"."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.choices import Counting

_WORDS = Path(__file__).parent / "data" / "counting.csv"
_NEAR = 4  # words between the number and what counts it


@dataclass(frozen=True, slots=True)
class _Cue:
    pattern: re.Pattern[str]
    where: str
    counting: Counting


def counting_of(sentence: str, number: str) -> Counting | None:
    """How the number, as written in the sentence, counts; None where no words say so.

    What stands at the number ("another ten", "ten more") goes before what stands anywhere ("so far").
    """
    before, found, after = sentence.partition(number) if number else (sentence, "", "")
    near_before = " ".join(before.split()[-_NEAR:])
    near_after = " ".join(after.split()[:2])
    places = {"before": near_before if found else sentence, "after": near_after, "sentence": sentence}
    said = [cue for cue in _cues() if cue.pattern.search(places[cue.where])]
    closest = [cue for cue in said if cue.where != "sentence" and cue.counting is Counting.INCREMENT]
    if closest:
        return Counting.INCREMENT
    return said[0].counting if said else None


@cache
def _cues() -> tuple[_Cue, ...]:
    with _WORDS.open(encoding="utf-8", newline="") as lines:
        return tuple(
            _Cue(re.compile(rf"\b{re.escape(row['words'])}\b", re.IGNORECASE), row["where"], Counting(row["counting"]))
            for row in csv.DictReader(lines)
        )
