"""Adds up what cues are worth: linear models whose weights come from labelled text (`manage.py train_reader`).

A model is a table from cue to weight; a score is the sum over the cues that are there, and so says why.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "data" / "weights.json"
BIAS = "bias"

Cues = Mapping[str, float]


@dataclass(frozen=True)
class Weights:
    """Models by name, each a table from cue to weight; `thresholds` by what they decide."""

    models: dict[str, dict[str, float]] = field(default_factory=dict)
    thresholds: dict[str, float] = field(default_factory=dict)

    def score(self, model: str, cues: Cues) -> float:
        """The log-odds that the model gives to the cues; 0 where there is no such model."""
        table = self.models.get(model)
        if table is None:
            return 0.0
        get = table.get
        return get(BIAS, 0.0) + sum([get(cue, 0.0) * value for cue, value in cues.items()])

    def reasons(self, model: str, cues: Cues, count: int = 3) -> tuple[str, ...]:
        """The cues that spoke most strongly for it."""
        table = self.models.get(model, {})
        worth = sorted(((table.get(cue, 0.0) * value, cue) for cue, value in cues.items()), reverse=True)
        return tuple(cue for weight, cue in worth[:count] if weight > 0)

    def best(self, prefix: str, cues: Cues, seen: Mapping[str, float]) -> tuple[str, float]:
        """The class of the models `prefix/CLASS` that scores highest, with its share (softmax).

        `seen` is the encoder's part of each class's score, and says which classes there are.
        """
        scores = {name: part + self.score(f"{prefix}/{name}", cues) for name, part in seen.items()}
        top = max(scores, key=lambda name: scores[name])
        total = sum(math.exp(score - scores[top]) for score in scores.values())
        return top, 1 / total


def probability(score: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load(path: Path = PATH) -> Weights:
    """The weights in the repository; none where the file is not there yet."""
    if not path.exists():
        return Weights()
    read = json.loads(path.read_text(encoding="utf-8"))
    return Weights(read["models"], read["thresholds"])
