from collections.abc import Sequence
from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from reports.resolution.linkage import Marks, link


def texts(letters: Sequence[str]) -> list[Marks]:
    """Members of these texts: those of one text never share a group."""
    return [Marks(frozenset(letter), frozenset(letter)) for letter in letters]


def test_what_scores_high_is_one_group_and_what_was_not_compared_counts_neither_way() -> None:
    assert link(texts("abcd"), [(0, 1, 1.0), (2, 3, 0.2)], 0.5) == [[0, 1], [2], [3]]


def test_members_of_one_label_never_share_a_group_however_they_are_bridged() -> None:
    # 0 and 2 are of one text; 1 would fit both: the better pair has it
    assert link(texts("aba"), [(0, 1, 1.0), (1, 2, 0.9)], 0.5) == [[0, 1], [2]]


def test_an_average_below_the_threshold_keeps_groups_apart_though_one_pair_is_above() -> None:
    assert link(texts("abc"), [(0, 1, 2.0), (1, 2, 0.7), (0, 2, -1.0)], 0.5) == [[0, 1], [2]]


def test_groups_join_when_their_average_reaches_the_threshold() -> None:
    assert link(texts("abc"), [(0, 1, 2.0), (1, 2, 0.7), (0, 2, 0.3)], 0.5) == [[0, 1, 2]]


def test_equal_scores_go_to_the_first_members() -> None:
    assert link(texts("abb"), [(0, 1, 1.0), (0, 2, 1.0)], 0.5) == [[0, 1], [2]]


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([-1.0, 0.0, 0.4, 0.5, 1.0, 1.5]),
)


@given(st.lists(st.sampled_from("abcdef"), min_size=8, max_size=8), PAIRS, st.randoms())
def test_the_order_of_the_pairs_changes_nothing_and_each_member_has_one_group(
    labels: list[str], pairs: dict[tuple[int, int], float], chance: Random
) -> None:
    listed = [(left, right, score) for (left, right), score in pairs.items()]
    groups = link(texts(labels), listed, 0.5)
    assert sorted(number for group in groups for number in group) == list(range(8))
    for group in groups:
        assert len({labels[number] for number in group}) == len(group)
    chance.shuffle(listed)
    assert link(texts(labels), listed, 0.5) == groups


def test_no_member_makes_no_group() -> None:
    assert link(texts(""), [], 0.5) == []


def test_the_same_triangle_in_any_order_is_the_same() -> None:
    pairs = [(0, 1, 1.0), (1, 2, 0.6), (0, 2, 0.6)]
    assert {str(link(texts("abc"), order, 0.5)) for order in permutations(pairs)} == {"[[0, 1, 2]]"}


def test_what_is_said_to_be_together_is_whatever_the_scores_and_texts_say() -> None:
    assert link(texts("aab"), [(0, 2, -1.0), (1, 2, 2.0)], 0.5, [(0, 1)]) == [[0, 1, 2]]
    assert link(texts("aab"), [(0, 2, -1.0), (1, 2, 1.5)], 0.5, [(0, 1)]) == [[0, 1], [2]]


def test_what_is_told_apart_stays_apart_through_others() -> None:
    one, other = Marks(frozenset("1"), frozenset("2")), Marks(frozenset("2"), frozenset("1"))
    pairs = [(0, 1, 2.0), (1, 2, 1.0), (0, 2, 2.0)]
    assert link([one, Marks(), other], pairs, 0.5) == [[0, 1], [2]]
