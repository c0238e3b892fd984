from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.choices import Stage
from reports.resolution.cluster import cluster
from reports.resolution.records import Evidence, Method
from tests.resolution.telling import DAY, generic, told

METHOD = Method()
LATER = date(2016, 1, 1)


def partition(*claims: Evidence) -> list[set[str]]:
    """The deals as sets of the texts that tell of them, with the group where it is not the first."""
    named = [{f"{claim.key.text_hash}{claim.group or ''}" for claim in deal} for deal in cluster(list(claims), METHOD)]
    return sorted(named, key=sorted)


def test_reports_of_one_weapon_at_one_time_are_one_deal() -> None:
    assert partition(told("a"), told("b"), told("c", number=12)) == [{"a", "b", "c"}]


def test_claims_of_one_group_stay_together_though_a_speaker_gives_another_number() -> None:
    claims = [told("a", number=24), told("a", number=99, start=50, speaker="s")]
    assert [len(deal) for deal in cluster(claims, METHOD)] == [2]


def test_two_deals_that_one_text_tells_apart_stay_apart_whatever_others_say() -> None:
    claims = [told("a", number=36), told("a", group=1, number=126), told("b"), told("c", number=126)]
    assert partition(*claims) == [{"a", "b"}, {"a1", "c"}]


def test_copies_of_a_text_with_two_deals_pair_up() -> None:
    claims = [told(text, group=group, number=12 + group, story="s") for text in "abc" for group in (0, 1)]
    assert partition(*claims) == [{"a", "b", "c"}, {"a1", "b1", "c1"}]


def test_a_report_without_a_number_does_not_chain_two_contracts_together() -> None:
    claims = [told("a", number=24), told("b", published=LATER, number=30), told("c", published=LATER)]
    assert partition(*claims) == [{"a"}, {"b", "c"}]


def test_a_follow_on_contract_is_a_deal_of_its_own() -> None:
    claims = [
        told("a", number=18, stage=Stage.DELIVERED),
        told("b", number=12, stage=Stage.NEGOTIATING, published=LATER),
        told("c", number=12, published=LATER + timedelta(days=90)),
    ]
    assert partition(*claims) == [{"a"}, {"b", "c"}]


def test_a_batch_that_arrives_belongs_to_its_contract() -> None:
    claims = [told("a", number=36), told("b", number=8, stage=Stage.DELIVERING, published=LATER)]
    assert partition(*claims) == [{"a", "b"}]


def test_a_variant_and_its_family_are_one_deal() -> None:
    assert partition(told("a", designation="MiG-29M/M2"), told("b")) == [{"a", "b"}]


def test_two_families_are_two_deals() -> None:
    assert partition(told("a"), told("b", designation="Su-30", family="Su-30")) == [{"a"}, {"b"}]


def test_a_generic_noun_joins_the_one_deal_that_it_can_mean() -> None:
    claims = [told("a", kind="fighter aircraft"), generic("b", "the jets")]
    assert partition(*claims) == [{"a", "b"}]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([told("c", designation="Su-30", family="Su-30", kind="fighter aircraft")], id="two can be meant"),
        pytest.param([generic("a", "the jets", group=1)], id="a text tells them apart"),
    ],
)
def test_a_generic_noun_stays_alone_where_it_is_not_clear_which_deal_is_meant(others: list[Evidence]) -> None:
    found = partition(told("a", kind="fighter aircraft"), generic("b", "the jets"), *others)
    assert not any({"a", "b"} <= deal for deal in found)


def test_a_generic_noun_stays_alone_where_its_noun_does_not_fit_or_the_time_is_another() -> None:
    claims = [told("a", kind="fighter aircraft"), generic("b", "helicopters"), generic("c", "jets", published=LATER)]
    assert partition(*claims) == [{"a"}, {"b"}, {"c"}]


def test_the_missiles_of_another_year_are_other_missiles_unless_a_number_says_so() -> None:
    assert partition(generic("a", "missiles"), generic("b", "the missiles")) == [{"a", "b"}]
    assert partition(generic("a", "missiles"), generic("b", "missiles", published=LATER)) == [{"a"}, {"b"}]
    claims = [generic("a", "missiles", number=120), generic("b", "missiles", published=LATER, number=120)]
    assert partition(*claims) == [{"a", "b"}]


def test_two_nouns_of_one_text_do_not_both_join_one_deal() -> None:
    claims = [told("a"), generic("b", "jets"), generic("b", "planes", group=1)]
    assert partition(*claims) == [{"a"}, {"b"}, {"b1"}]


def test_no_claims_make_no_deals() -> None:
    assert cluster([], METHOD) == []


WEAPONS = st.sampled_from([("MiG-29", "MiG-29"), ("MiG-29M/M2", "MiG-29"), ("Su-30", "Su-30"), (None, None)])


@st.composite
def blocks(draw: st.DrawFn) -> list[Evidence]:
    """Claims of a few texts with up to three groups each, of a few weapons, numbers, days and stages."""
    claims = []
    for text in range(draw(st.integers(1, 7))):
        published = draw(st.sampled_from([None, DAY, DAY + timedelta(days=100), LATER, date(2022, 1, 1)]))
        story = f"s{draw(st.integers(0, 3))}"
        for group in range(draw(st.integers(1, 3))):
            designation, family = draw(WEAPONS)
            claims.append(
                told(
                    f"t{text}",
                    group=group,
                    story=story,
                    published=published,
                    designation=designation,
                    family=family,
                    weapon_text=designation or draw(st.sampled_from(["jets", "helicopters", "the planes"])),
                    kind="fighter aircraft" if designation else "",
                    stage=draw(st.sampled_from([Stage.NEGOTIATING, Stage.ORDERED, Stage.DELIVERED])),
                    number=draw(st.sampled_from([None, 12, 24, (11, None)])),
                )
            )
    return claims


@given(blocks(), st.randoms())
def test_any_order_of_arrival_gives_the_same_deals(claims: list[Evidence], chance: Random) -> None:
    first = cluster(claims, METHOD)
    assert sorted(claim.id for deal in first for claim in deal) == sorted(claim.id for claim in claims)
    chance.shuffle(claims)
    assert cluster(claims, METHOD) == first


@given(blocks())
def test_no_deal_holds_two_groups_of_one_text(claims: list[Evidence]) -> None:
    for deal in cluster(claims, METHOD):
        units = {claim.unit for claim in deal}
        assert len({text for text, _ in units}) == len(units)
