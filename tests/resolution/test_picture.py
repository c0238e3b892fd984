from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.choices import DateOf, DisputeField, Halt, Mode, Polarity, QuantityOf, Role, Stage, ValueScope
from reports.records import Money
from reports.resolution.picture import picture
from reports.resolution.records import Evidence, Method, Picture
from tests.resolution.telling import DAY, generic, pieces, told, year

METHOD = Method()
SOON = DAY + timedelta(days=60)
LATER = DAY + timedelta(days=500)


def show(*claims: Evidence) -> Picture:
    return picture(claims, METHOD)


def said(text: str, speaker: str, party: str | None, **more: Any) -> Evidence:
    return told(text, speaker=speaker, speaker_party=party, start=50, **more)


REPORT = told("a", number=1)
SECOND = told("b", number=2)
HEARSAY = said("c", "sources", "US", number=3, speaker_named=False)
PARTY = said("d", "Minister", "RU", number=4)
OFFICIAL = told("e", number=5, official=True)
OUTSIDER = said("f", "Expert", "US", number=2)


@pytest.mark.parametrize(
    ("claims", "number", "rule", "origins"),
    [
        ([HEARSAY, REPORT], 1, "independent_report", 1),
        ([HEARSAY, REPORT, PARTY], 4, "named_party", 1),
        ([HEARSAY, REPORT, PARTY, OFFICIAL], 5, "official_document", 1),
        ([REPORT, SECOND, OUTSIDER], 2, "independent_report", 2),  # more origins beat fewer
        ([told("z", number=7, published=SOON), REPORT], 7, "independent_report", 1),  # the newest breaks a tie
        ([told("z", number=7, published=SOON), REPORT, told("y", number=1)], 1, "independent_report", 2),
        ([told("z", number=7, story="a"), told("y", number=7, story="a"), REPORT], 7, "independent_report", 1),
        ([said("d", "Minister", "RU", number=4, polarity=Polarity.POSSIBLE), REPORT], 1, "independent_report", 1),
        ([said("d", "Minister", "RU", number=4, polarity=Polarity.DENIED), REPORT], 1, "independent_report", 1),
        ([told("z", number=7, polarity=Polarity.POSSIBLE)], 7, "independent_report", 1),
    ],
)
def test_the_best_claim_gives_the_number_by_a_rule_that_is_kept(
    claims: list[Evidence], number: int, rule: str, origins: int
) -> None:
    for order in (claims, claims[::-1]):
        shown = show(*order)
        assert shown.quantity and shown.quantity.min == number
        assert (shown.chosen["quantity"].rule, shown.chosen["quantity"].origins) == (rule, origins)


def test_no_one_says_how_many() -> None:
    shown = show(told("a", quantity=pieces((None, None), text="dozens")))
    assert shown.quantity is None
    assert "quantity" not in shown.chosen


def test_how_many_arrived_is_not_how_many_were_ordered() -> None:
    batch = told("a", quantity=pieces(4, of=QuantityOf.DELIVERED), stage=Stage.DELIVERING)
    assert show(batch).quantity is None
    assert [arrival.quantity.min for arrival in show(batch, told("b", number=36)).arrivals if arrival.quantity] == [4]


def test_a_sum_of_the_item_goes_before_the_sum_of_a_package() -> None:
    package = said("a", "Minister", "RU", value=Money(Decimal(9), "USD", ValueScope.PACKAGE))
    assert show(package).value == package.value
    assert show(package, told("b", sum_=2)).value == told("b", sum_=2).value


@pytest.mark.parametrize(
    ("claims", "stage"),
    [
        ([told("a"), told("b", stage=Stage.DELIVERING, published=SOON)], Stage.DELIVERING),
        ([told("a"), told("b", stage=Stage.REQUESTED, published=SOON, halt=Halt.SUSPENDED)], Stage.ORDERED),
        ([told("a"), said("a", "x", "RU", stage=Stage.DELIVERED)], Stage.ORDERED),  # the article's own voice
        ([told("a"), told("b", stage=Stage.DELIVERED, polarity=Polarity.POSSIBLE)], Stage.ORDERED),
        ([told("a", stage=Stage.OFFERED, polarity=Polarity.POSSIBLE)], Stage.OFFERED),
        ([said("a", "x", "RU", stage=Stage.LICENSED, polarity=Polarity.DENIED)], Stage.LICENSED),
    ],
)
def test_the_stage_is_the_furthest_that_is_asserted(claims: list[Evidence], stage: Stage) -> None:
    assert show(*claims).stage is stage


def test_a_disputed_stage_counts_only_as_far_as_both_sides_go() -> None:
    shown = show(told("a", stage=Stage.ORDERED), told("b", stage=Stage.NEGOTIATING, published=SOON))
    assert [dispute.field for dispute in shown.disputes] == [DisputeField.STAGE]
    assert shown.disputed
    assert shown.stage is Stage.NEGOTIATING


@pytest.mark.parametrize(
    ("later", "halt"),
    [
        ({"stage": Stage.ORDERED}, Halt.SUSPENDED),  # only a mention of the past
        ({"stage": Stage.DELIVERING}, None),
        ({"stage": Stage.DELIVERING, "polarity": Polarity.POSSIBLE}, Halt.SUSPENDED),
        ({"stage": Stage.DELIVERING, "published": DAY}, Halt.SUSPENDED),  # no later report
        ({"stage": Stage.ORDERED, "halt": Halt.CANCELLED}, Halt.CANCELLED),
    ],
)
def test_the_newest_halt_stands_until_the_deal_goes_on(later: dict[str, Any], halt: Halt | None) -> None:
    assert show(told("a", halt=Halt.SUSPENDED), told("b", **({"published": SOON} | later))).halt is halt


def test_the_weapon_is_named_as_closely_as_any_report_names_it() -> None:
    shown = show(told("a"), told("b", designation="MiG-29M/M2"), generic("c", "the jets"))
    assert (shown.designation, shown.family, shown.weapon_text) == ("MiG-29M/M2", "MiG-29", "MiG-29M/M2")


def test_a_deal_that_no_one_names_keeps_the_words() -> None:
    shown = show(generic("c", "patrol boats"))
    assert (shown.designation, shown.family, shown.weapon_text) == (None, None, "patrol boats")


def test_each_status_is_a_milestone_at_its_first_report() -> None:
    shown = show(
        told("b", published=SOON, halt=Halt.SUSPENDED),
        told("a", stage=Stage.NEGOTIATING),
        told("c", published=SOON + timedelta(days=1), halt=Halt.SUSPENDED),
        told("d", published=LATER, stage=Stage.DELIVERED),
    )
    assert [(step.status, step.reported_on) for step in shown.milestones] == [
        ("negotiating", DAY),
        ("suspended", SOON),
        ("delivered", LATER),
    ]


def test_copies_are_texts_but_one_origin_and_a_speaker_is_an_origin_wherever_quoted() -> None:
    shown = show(
        told("a", story="s"), told("b", story="s"), said("a", "x", "RU", story="s"), said("c", "x", "RU", story="t")
    )
    assert (shown.texts, shown.origins) == (3, 2)


def test_an_article_that_only_repeats_a_speaker_is_no_origin_of_its_own() -> None:
    shown = show(told("a", source="x"), told("b", source="x"), said("c", "x", "RU"))
    assert shown.origins == 1


def test_the_picture_gathers_roles_days_mode_and_order_date() -> None:
    shown = show(
        told("a", mode=Mode.SALE, others=((Role.FINANCIER, "SA"),), ordered=2012),
        told("b", published=SOON, others=((Role.AUTHORISER, "DE"),), mode=Mode.SALE, sample=True),
        told("c", published=None, mode=Mode.AID, confidence=0.4),
    )
    assert shown.others == ((Role.AUTHORISER, "DE"), (Role.FINANCIER, "SA"))
    assert (shown.first_reported, shown.last_reported) == (DAY, SOON)
    assert (shown.mode, shown.sample, shown.confidence) == (Mode.SALE, True, 0.9)
    assert shown.ordered and shown.ordered.start == date(2012, 1, 1)


def test_a_day_of_arrival_is_a_delivery_once() -> None:
    arriving = {"stage": Stage.DELIVERED, "dates": (year(2014, DateOf.DELIVERY),)}
    shown = show(told("a", **arriving), told("b", **arriving), told("c", dates=(year(2014, DateOf.DELIVERY),)))
    assert len(shown.arrivals) == 1


@st.composite
def clusters(draw: st.DrawFn) -> list[Evidence]:
    """Claims on one deal with everything that a picture chooses among."""
    claims = []
    for number in range(draw(st.integers(1, 6))):
        speaker = draw(st.sampled_from([None, "x", "y"]))
        claims.append(
            told(
                f"t{number}",
                story=draw(st.sampled_from("st")),
                published=draw(st.sampled_from([None, DAY, SOON, LATER])),
                stage=draw(st.sampled_from(list(Stage))),
                halt=draw(st.sampled_from([None, Halt.SUSPENDED, Halt.CANCELLED])),
                polarity=draw(st.sampled_from(list(Polarity))),
                number=draw(st.sampled_from([None, 12, 24])),
                sum_=draw(st.sampled_from([None, 100, 200])),
                ordered=draw(st.sampled_from([None, 2006, 2010])),
                speaker=speaker,
                speaker_party=draw(st.sampled_from([None, "RU", "US"])) if speaker else None,
            )
        )
    return claims


@given(clusters())
def test_the_rows_that_hold_the_claims_do_not_change_the_picture(claims: list[Evidence]) -> None:
    renamed = [replace(claim, id=f"{99 - number}") for number, claim in enumerate(claims)]
    first, second = show(*claims), show(*renamed)
    assert [claim.key for claim in first.claims] == [claim.key for claim in second.claims]
    keys = [{claim.id: claim.key for claim in shown.claims} for shown in (first, second)]
    told_by = [
        {name: ids[choice.claim] for name, choice in shown.chosen.items()}
        for ids, shown in zip(keys, (first, second), strict=True)
    ]
    assert told_by[0] == told_by[1]


@given(clusters(), st.randoms())
def test_the_order_of_the_claims_does_not_change_the_picture(claims: list[Evidence], chance: Random) -> None:
    first = show(*claims)
    chance.shuffle(claims)
    assert show(*claims) == first
    assert first.disputed is bool(first.disputes)
