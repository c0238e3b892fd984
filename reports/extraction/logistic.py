"""A linear model read from JSON: weights by feature name, pure Python, no numerical library."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reports.extraction.tables import DATA


@dataclass(frozen=True, slots=True)
class Weigher:
    """Logistic weights by class (the one class "yes" for a yes-or-no question), and the threshold for "yes"."""

    weights: Mapping[str, Mapping[str, float]]
    bias: Mapping[str, float]
    threshold: float = 0.5

    @staticmethod
    @cache
    def shipped(name: str) -> "Weigher":
        """The weights of `data/<name>.json`. Raises FileNotFoundError where they were not made."""
        raw = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
        return Weigher(raw["weights"], raw["bias"], raw.get("threshold", 0.5))

    def score(self, features: Mapping[str, float], label: str = "yes") -> float:
        """The log-odds of a class."""
        weights = self.weights[label]
        return self.bias[label] + sum(value * weights.get(name, 0.0) for name, value in features.items())

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely "yes" is, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.score(features)))))

    def best(self, features: Mapping[str, float]) -> str:
        """The class with the highest score."""
        return max(self.bias, key=lambda label: self.score(features, label))
