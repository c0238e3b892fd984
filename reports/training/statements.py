"""Which of the possible statements of a labelled text are statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.extraction.attribution import Candidate
from reports.scoring import plain, speaker_right


@dataclass(frozen=True, slots=True)
class Labelled:
    """A candidate with what the labels say: True, False or None (not usable), and the label of the statement it is."""

    candidate: Candidate
    right: bool | None
    label: Mapping[str, Any] | None


def label_candidates(candidates: Sequence[Candidate], labels: Sequence[Mapping[str, Any]]) -> list[Labelled]:
    """Each candidate with what the labels of its text say of it."""
    right: list[bool | None] = [False] * len(candidates)
    of: list[Mapping[str, Any] | None] = [None] * len(candidates)
    for label in labels:
        words = plain(label["contains"])
        here = [k for k, candidate in enumerate(candidates) if words in plain(candidate.sentence.text)]
        spoken = [k for k in here if speaker_right(label, {"speaker": candidates[k].voice.name})]
        for k in spoken:
            right[k], of[k] = True, label
        if not spoken and len(here) == 1 and not right[here[0]]:
            right[here[0]] = None  # a statement, but the voice was read wrong: teaches neither way
    return [Labelled(*row) for row in zip(candidates, right, of, strict=True)]
