"""Verdicts, corrections and rejections, applied to claims; anchors, found again."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.choices import Category, Polarity, Stage
from reports.resolution.anchors import Anchor, find
from reports.resolution.cluster import cluster
from reports.resolution.credibility import credibilities
from reports.resolution.deals import pictures
from reports.resolution.disputes import find_disputes
from reports.resolution.judging import NamedWeapon, apply, settle
from reports.resolution.records import NONE, Correction, Evidence, Judgements, Method, Verdict
from tests.resolution.telling import generic, pieces, told

METHOD = Method()


def verdict(name: str, one: Evidence, other: Evidence, *, same: bool, made: int = 0) -> Verdict:
    return Verdict(name, same, frozenset([one.id]), frozenset([other.id]), made)


def texts(*claims: Evidence, verdicts: tuple[Verdict, ...] = ()) -> list[str]:
    """The deals, each as the texts of its claims."""
    groups = cluster(claims, METHOD, verdicts)
    return sorted("".join(sorted({claim.key.text_hash for claim in group})) for group in groups)


A, B, C = (told(name, number=24) for name in "abc")
FAR = told("d", number=99, designation="Su-30", family="Su-30", weapon_text="Su-30")


@pytest.mark.parametrize(
    ("verdicts", "deals"),
    [
        ((), ["abc", "d"]),
        ((verdict("1", A, B, same=False),), ["ac", "b", "d"]),
        ((verdict("1", A, FAR, same=True),), ["abcd"]),
        ((verdict("1", A, FAR, same=True), verdict("2", FAR, B, same=False)), ["ad", "bc"]),
    ],
)
def test_a_verdict_goes_before_every_score(verdicts: tuple[Verdict, ...], deals: list[str]) -> None:
    assert texts(A, B, C, FAR, verdicts=verdicts) == deals


def test_groups_of_one_text_are_one_deal_where_an_analyst_says_so() -> None:
    one, other = told("a", number=12), told("a", number=36, group=1)
    assert texts(one, other) == ["a", "a"]
    assert texts(one, other, verdicts=(verdict("1", one, other, same=True),)) == ["a"]


def test_a_noun_joins_no_deal_that_an_analyst_told_it_from() -> None:
    jets = generic("e", "jets")
    assert texts(A, jets) == ["ae"]
    assert texts(A, jets, verdicts=(verdict("1", A, jets, same=False),)) == ["a", "e"]


def test_a_noun_names_the_weapon_of_the_deal_that_an_analyst_put_it_in() -> None:
    jet, missiles = replace(A, kind="fighter aircraft"), generic("e", "missiles")
    assert texts(jet, missiles) == ["a", "e"]
    assert texts(jet, missiles, verdicts=(verdict("1", jet, missiles, same=True),)) == ["ae"]


def test_of_verdicts_that_contradict_one_another_the_newest_holds_and_the_others_are_named() -> None:
    old, new = verdict("1", A, B, same=True, made=1), verdict("2", A, B, same=False, made=2)
    assert settle([old, new]).set_aside == {"1"}
    assert settle([replace(old, made=3), new]).set_aside == {"2"}
    ring = [verdict("1", A, B, same=True, made=1), verdict("2", B, C, same=True, made=2)]
    assert settle([*ring, verdict("3", A, C, same=False, made=3)]).set_aside == {"1"}


CLAIMS = [told(name, number=number) for name, number in zip("abcdef", (24, 24, 36, 24, 12, 36), strict=True)]
PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()).filter(lambda p: p[0] != p[1]))


@given(PAIRS, st.randoms())
def test_no_order_of_claims_or_verdicts_changes_the_deals_and_what_holds_is_kept(
    pairs: list[tuple[int, int, bool]], chance: Random
) -> None:
    verdicts = [
        verdict(str(number), CLAIMS[one], CLAIMS[other], same=same, made=number)
        for number, (one, other, same) in enumerate(pairs)
    ]
    deals = cluster(CLAIMS, METHOD, verdicts)
    home = {claim.id: number for number, group in enumerate(deals) for claim in group}
    aside = settle(verdicts).set_aside
    for told_so in verdicts:
        if told_so.id not in aside:
            (one,), (other,) = told_so.one, told_so.other
            assert (home[one] == home[other]) is told_so.same
    shuffled = chance.sample(CLAIMS, len(CLAIMS))
    assert cluster(shuffled, METHOD, chance.sample(verdicts, len(verdicts))) == deals


class TestApplying:
    OWN = told("a", number=12)
    SPEAKER = told("a", speaker="minister", start=2)

    def test_nothing_decided_is_nothing_changed(self) -> None:
        assert apply([self.OWN, self.SPEAKER], NONE).claims == (self.OWN, self.SPEAKER)

    def test_a_claim_of_the_article_takes_those_that_repeat_it_along_and_a_speaker_none(self) -> None:
        rejected = Judgements(rejected=frozenset([self.OWN.id]))
        assert apply([self.OWN, self.SPEAKER], rejected).claims == ()
        rejected = Judgements(rejected=frozenset([self.SPEAKER.id]))
        assert apply([self.OWN, self.SPEAKER], rejected).claims == (self.OWN,)

    def test_a_corrected_party_or_weapon_holds_for_the_unit_and_another_field_for_its_claim(self) -> None:
        weapon = NamedWeapon("howitzers", Category.ARTILLERY)
        corrections = (
            Correction(self.OWN.id, "supplier", "US"),
            Correction(self.OWN.id, "weapon", weapon),
            Correction(self.OWN.id, "quantity", pieces(36)),
        )
        own, speaker = apply([self.OWN, self.SPEAKER], Judgements(corrections=corrections)).claims
        assert (own.supplier, own.weapon_text, own.quantity) == ("US", "howitzers", pieces(36))
        assert (speaker.supplier, speaker.category, speaker.quantity) == ("US", Category.ARTILLERY, None)
        assert own.judged == {"supplier", "weapon", "quantity"}

    def test_a_judgement_gives_the_value_whatever_others_say(self) -> None:
        official = told("b", number=24, official=True)
        (shown,) = pictures(
            [self.OWN, official], Judgements(corrections=(Correction(self.OWN.id, "quantity", pieces(36)),))
        )
        assert (shown.quantity, shown.chosen["quantity"].rule) == (pieces(36), "judgement")


ANCHOR = Anchor(told("a").key, family="MiG-29")


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, True),
        ({"start": 4}, True),  # five of nine characters
        ({"start": 6}, False),
        ({"designation": "MiG-29M/M2"}, True),
        ({"designation": "S-300", "family": "S-300"}, False),
        ({"supplier": "US"}, False),
        ({"speaker": "minister"}, False),
    ],
)
def test_an_anchor_finds_its_claim_by_sentence_voice_parties_and_weapon(more: dict[str, Any], found: bool) -> None:
    assert (find(ANCHOR, [told("a", **more)]) is not None) is found
    assert find(ANCHOR, [told("b", **more)]) is None


def test_a_correction_that_the_reader_has_learnt_is_found_too() -> None:
    anchor = replace(ANCHOR, also="US>SY:MiG-29")
    assert find(anchor, [told("a", supplier="US")])
    both = [told("a", supplier="US"), told("a")]
    assert (found := find(anchor, both)) and found.supplier == "RU"


@pytest.mark.parametrize(
    ("claims", "grades"),
    [
        ([told("a")], [6]),
        ([told("a"), told("b")], [3, 3]),
        ([told("a"), told("b"), told("c")], [2, 2, 2]),
        ([told("a"), told("b", story="a")], [6, 6]),  # a copy confirms nothing
        ([told("a", number=12), told("b", number=36)], [4, 4]),
        ([told("a", number=12), told("b", number=36, added=True)], [5, 3]),
        ([told("a"), told("b", polarity=Polarity.DENIED, speaker="x", speaker_party="US")], [6, 6]),
        ([told("a", stage=Stage.DELIVERED), told("b")], [3, 3]),
    ],
)
def test_a_claim_is_as_credible_as_independent_origins_make_it(claims: list[Evidence], grades: list[int]) -> None:
    found = credibilities(claims, find_disputes(claims, METHOD))
    assert [found[claim.id] for claim in claims] == grades
