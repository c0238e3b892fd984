"""What the encoder's vectors say: small layers in plain numpy, with the weights that training wrote.

Mirrors `reports/training/network.py`, which explains the parts; tests hold the two together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

NOWHERE = -4.0  # the score of a party or an item without a mention in the windows
_GAPS = (2, 5, 12)


@dataclass(frozen=True)
class Heads:
    """The layers by name."""

    weights: Mapping[str, Array]

    def linear(self, name: str, x: Array) -> Array:
        """A linear layer."""
        y: Array = x @ self.weights[f"{name}.weight"].T
        bias = self.weights.get(f"{name}.bias")
        return y if bias is None else y + bias

    def single(self, name: str, x: Array) -> Array:
        """One hidden layer over one vector: [n, W] -> [n, outputs]."""
        return self.linear(f"{name}.2", np.maximum(self.linear(f"{name}.0", x), 0.0))

    def between(self, name: str, left: Array, right: Array, apart: NDArray[np.int64]) -> Array:
        """Scores of pairs: [n, W], [m, W], distance buckets [n, m] -> [n, m, outputs]."""
        hidden = np.maximum(
            self.linear(f"{name}.left", left)[:, None]
            + self.linear(f"{name}.right", right)[None]
            + self.weights[f"{name}.apart.weight"][apart],
            0.0,
        )
        product = self.linear(f"{name}.left2", left)[:, None] * self.linear(f"{name}.right2", right)[None] / 8
        return self.linear(f"{name}.out", np.concatenate([hidden, product], -1))

    @cached_property
    def triple(self) -> tuple[Array, float]:
        """The weights of a triple's features and their bias."""
        return self.weights["triple.weight"][0], float(self.weights["triple.bias"][0])


def logsumexp(scores: Array, axis: int) -> Array:
    """log of the sum of exponentials along an axis."""
    top = scores.max(axis=axis, keepdims=True)
    found: Array = np.squeeze(top, axis) + np.log(np.exp(scores - top).sum(axis=axis))
    return found


def pooled(scores: Array, left: Array, right: Array) -> Array:
    """Scores of mentions [n, m] as scores of what they are mentions of, by membership left [I, n] and right [C, m]."""
    top = float(scores.max()) if scores.size else 0.0
    mass = left @ np.exp(scores - top) @ right.T
    count = left.sum(1)[:, None] * right.sum(1)[None]
    found: Array = np.log(mass + 1e-12) + top - 0.5 * np.log(np.maximum(count, 1.0))
    return np.where(count > 0, found, NOWHERE).astype(np.float32)


def bucket(sentence: int, token: int, other: int, place: int) -> int:
    """How far one mention (sentence, token) is from another, as one of 24 numbers."""
    if sentence == other:
        size = sum(abs(token - place) > limit for limit in _GAPS)
        return size + (4 if place > token else 0)
    apart = max(-4, min(4, other - sentence))
    start = 8 if apart > 0 else 12
    return start + abs(apart) - 1 + (8 if sentence == 0 or other == 0 else 0)


def distances(places: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """The buckets between places (sentence, token) and others: [n, m]."""
    return np.array([[bucket(*one, *other) for other in others] for one in places], np.int64).reshape(
        len(places), len(others)
    )


def triple_features(supplier: Array, recipient: Array, relation: Array, item: Array, together: Array) -> Array:
    """What a triple is weighed by: [I, C, C, features].

    supplier and recipient are [I, C], relation [C, C], item [I], together [I, C, C].
    """
    clip = 8.0
    count = supplier.shape[1]
    s, r = supplier.clip(-clip, clip), recipient.clip(-clip, clip)
    big = (s.shape[0], count, count)

    def ahead(scores: Array) -> Array:
        if count < 2:
            return np.zeros_like(scores)
        best = scores.max(1, keepdims=True)
        rest = scores.copy()
        rest[np.arange(len(scores)), scores.argmax(1)] = -clip
        second = rest.max(1, keepdims=True)
        lead: Array = np.where(scores >= best, scores - second, scores - best).clip(-clip, clip)
        return lead

    giving, getting = np.broadcast_to(s[:, :, None], big), np.broadcast_to(r[:, None, :], big)
    least = np.minimum(giving, getting)
    between = np.broadcast_to(relation.clip(-clip, clip)[None], big)
    parts = [
        giving,
        getting,
        least,
        np.broadcast_to(ahead(s)[:, :, None], big),
        np.broadcast_to(ahead(r)[:, None, :], big),
        np.broadcast_to(s[:, None, :] + r[:, :, None], big) / 2,
        between,
        np.broadcast_to(item.clip(-clip, clip)[:, None, None], big),
        np.minimum(together, 3.0),
        (together > 0).astype(np.float32),
        np.broadcast_to(least.max(0, keepdims=True), big) if len(s) else least,
        np.minimum(least, between),
    ]
    found: Array = np.stack(parts, -1).astype(np.float32)
    return found
