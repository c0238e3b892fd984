"""The layers over the encoder: pooling of mentions, buckets of distance, and what a triple is weighed by."""

import numpy as np
import pytest

from reports.extraction.heads import NOWHERE, bucket, distances, logsumexp, pooled, triple_features


def ones(*rows: list[float]) -> np.ndarray:
    return np.array(rows, np.float32)


def test_one_mention_each_keeps_its_score() -> None:
    assert pooled(ones([1.5]), ones([1.0]), ones([1.0])).tolist() == [[1.5]]


def test_the_best_of_many_mentions_counts_most() -> None:
    found = pooled(ones([4.0, -3.0], [-2.0, -5.0]), ones([1.0, 1.0]), ones([1.0, 0.0], [0.0, 1.0]))
    assert found[0, 0] == pytest.approx(4.0, abs=0.5)
    assert found[0, 1] < 0


def test_who_is_not_mentioned_gets_the_score_of_nowhere() -> None:
    assert pooled(ones([1.0]), ones([1.0]), ones([0.0])).tolist() == [[NOWHERE]]


@pytest.mark.parametrize(
    ("here", "there", "number"),
    [
        ((1, 5), (1, 6), 4),  # right after
        ((1, 5), (1, 4), 0),  # right before
        ((1, 5), (1, 50), 7),
        ((1, 5), (2, 0), 8),
        ((2, 5), (1, 0), 12),
        ((9, 5), (0, 0), 23),  # far before, in the title
    ],
)
def test_distances_fall_into_buckets(here: tuple[int, int], there: tuple[int, int], number: int) -> None:
    assert bucket(*here, *there) == number


def test_all_buckets_are_within_the_table() -> None:
    places = [(sentence, token) for sentence in range(8) for token in range(0, 40, 7)]
    table = distances(places, places)
    assert table.min() >= 0
    assert table.max() < 24


def test_logsumexp_is_stable() -> None:
    assert logsumexp(ones([1000.0, 1000.0]), 1)[0] == pytest.approx(1000.0 + np.log(2))


def test_a_triple_is_weighed_by_how_far_each_is_ahead() -> None:
    features = triple_features(
        ones([3.0, 1.0]), ones([-1.0, 2.0]), np.zeros((2, 2), np.float32), np.zeros(1, np.float32),
        np.zeros((1, 2, 2), np.float32),
    )  # fmt: skip
    assert features.shape == (1, 2, 2, 12)
    giving, getting, least, ahead_giving, ahead_getting = features[0, 0, 1, :5]
    assert (giving, getting, least, ahead_giving, ahead_getting) == (3.0, 2.0, 2.0, 2.0, 3.0)
