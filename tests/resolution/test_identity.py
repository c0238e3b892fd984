from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.resolution.identity import assign, matches
from reports.resolution.records import Key

A = Key("a", 0, 50, "RU>SY:MiG-29")
B = Key("b", 0, 50, "RU>SY:MiG-29")
C = Key("c", 0, 50, "RU>SY:MiG-29")


@pytest.mark.parametrize(
    ("key", "weight"),
    [
        (A, 4),
        (Key("a", 10, 60, "RU>SY:MiG-29"), 4),  # a new reading may shift the span
        (Key("a", 0, 50, "RU>SY:MiG-29M/M2"), 2),
        (Key("a", 0, 50, "UA>SY:MiG-29"), 1),
        (Key("a", 0, 50, "UA>SY:S-300"), 0),
        (Key("a", 50, 90, "RU>SY:MiG-29"), 0),
        (B, 0),
    ],
)
def test_claims_match_by_span_and_roles(key: Key, weight: int) -> None:
    assert matches(A, key) == matches(key, A) == weight


def test_a_deal_keeps_the_id_that_held_its_claims_and_a_new_one_gets_none() -> None:
    found = assign([frozenset({A}), frozenset({C})], {"one": frozenset({A, B})})
    assert found.ids == ("one", None)
    assert not found.forwards
    assert not found.splits


def test_of_two_ids_that_merge_the_larger_stays_and_the_other_forwards() -> None:
    found = assign([frozenset({A, B, C})], {"one": frozenset({A}), "two": frozenset({B, C})})
    assert found.ids == ("two",)
    assert found.forwards == {"one": 0}


def test_an_id_that_is_split_goes_to_the_larger_part() -> None:
    found = assign([frozenset({C}), frozenset({A, B})], {"one": frozenset({A, B, C})})
    assert found.ids == (None, "one")


def test_an_id_whose_claims_go_to_several_others_lists_them() -> None:
    more, further = Key("x", 0, 50, "RU>SY:MiG-29"), Key("y", 0, 50, "RU>SY:MiG-29")
    last = {"one": frozenset({A, B}), "two": frozenset({A, more}), "three": frozenset({B, further})}
    found = assign([frozenset({A, more}), frozenset({B, further})], last)
    assert found.ids == ("two", "three")
    assert found.splits == {"one": (0, 1)}


KEYS = st.builds(Key, st.sampled_from("ab"), st.just(0), st.just(9), st.sampled_from(["R>S:x", "R>S:y", "R>T:x"]))
SETS = st.frozensets(KEYS, min_size=1, max_size=4)


@given(st.lists(SETS, max_size=5), st.dictionaries(st.sampled_from(["p", "q", "r", "s"]), SETS), st.randoms())
def test_no_id_is_given_twice_and_the_order_of_the_ledger_does_not_matter(
    clusters: list[frozenset[Key]], last: dict[str, frozenset[Key]], chance: Random
) -> None:
    found = assign(clusters, last)
    given_ids = [public_id for public_id in found.ids if public_id]
    assert len(set(given_ids)) == len(given_ids)
    assert not set(given_ids) & (found.forwards.keys() | found.splits.keys())
    entries = list(last.items())
    chance.shuffle(entries)
    assert assign(clusters, dict(entries)) == found
