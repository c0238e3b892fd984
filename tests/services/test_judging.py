"""An analyst's word holds: through new readings, against scores, until it is undone; and nothing of it is lost."""

import threading
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections

from reports.choices import Cause, RelationKind, Reliability, Stage
from reports.models import Change, Claim, Deal, Dispute, Judgement, LedgerEntry, Relation, Source, Text
from reports.records import Quantity, Span
from reports.services import judging
from reports.services.rebuilding import rebuild
from reports.services.refusals import Contradiction, Gone, Refused, Standing
from tests.services.newsroom import NOW, read_as, report, resolve, said, store, told

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def bob(db: None) -> User:
    return User.objects.create_user("bob")


def two_contracts() -> tuple[str, str]:
    """Two deals, years apart, with other numbers."""
    report("First jets", "Text one.", "MiG-29", day=date(2007, 1, 1), quantity=Quantity(12, 12))
    report("Second jets", "Text two.", "MiG-29", day=date(2013, 1, 1), quantity=Quantity(36, 36))
    resolve()
    first, second = Deal.objects.order_by("first_reported")
    return first.public_id, second.public_id


def one_deal() -> Deal:
    report("Jets for Syria", "Text one.", "MiG-29", quantity=Quantity(24, 24))
    report("Syria buys jets", "Text two.", "MiG-29", quantity=Quantity(24, 24))
    resolve()
    return Deal.objects.get()


def key_in(title: str) -> str:
    return Claim.objects.get(text__content__startswith=title, statement=None).key


def reread(title: str, weapon: str = "MiG-29", reader: str = "reader 2", **more: Any) -> None:
    text = Text.objects.get(content__startswith=title)
    read_as(text, [told(weapon, of=text.content, on=title, **more)], reader=reader)
    resolve()


def shown() -> list[tuple[Any, ...]]:
    """All that deals show, but when they were last written."""
    hidden = ("id", "updated_at")
    names = [field.attname for field in Deal._meta.concrete_fields if field.attname not in hidden]
    rows: list[Any] = sorted(Deal.objects.values_list(*names), key=repr)
    rows += sorted(Dispute.objects.values_list("deal__public_id", "field", "closed_by", "sides__claim__key"))
    rows += sorted(Claim.objects.values_list("key", "deal__public_id", "block"), key=repr)
    return rows


def test_two_deals_that_are_said_to_be_one_are_one_and_the_other_id_forwards(ann: User) -> None:
    deals = two_contracts()
    judging.judge_same(deals=deals, author=ann, reason="one contract, reported twice")
    deal = Deal.objects.get()
    assert (deal.texts_count, deal.review) == (2, "reviewed")
    (gone,) = set(deals) - {deal.public_id}
    assert LedgerEntry.objects.get(pk=gone).forwards_to_id == deal.public_id
    assert Change.objects.filter(cause=Cause.JUDGEMENT).exists()


def test_one_deal_that_is_said_to_be_two_is_two_and_stays_so_after_a_new_reading(ann: User) -> None:
    one_deal()
    judging.judge_claims_different(
        claims=[key_in("Jets for Syria")], others=[key_in("Syria buys jets")], author=ann, reason="two contracts"
    )
    assert Deal.objects.count() == 2
    reread("Syria buys jets", quantity=Quantity(24, 24), stage=Stage.DELIVERED)
    assert Deal.objects.count() == 2
    assert not Judgement.objects.filter(orphaned=True).exists()
    assert rebuild().changed == 0


def test_claims_that_the_reader_put_into_one_group_can_be_told_apart(ann: User) -> None:
    article = store("Moscow sells jets", "More jets were sold, a minister said.").article
    content = article.text.content
    read_as(
        article.text,
        [told("MiG-29", of=content, on="Moscow sells jets"), told("MiG-29", of=content, on="More jets", statement=0)],
        [said("Test", of=content, on="More jets were sold, a minister said.")],
    )
    resolve()
    assert Deal.objects.count() == 1
    one, other = Claim.objects.order_by("pk")
    judging.judge_claims_different(claims=[one.key], others=[other.key], author=ann, reason="another lot")
    assert Deal.objects.count() == 2


@pytest.mark.parametrize("kind", ["same", "different", "reject", "correct", "accept", "add", "relate", "grade"])
def test_a_judgement_that_is_undone_was_never_there(ann: User, bob: User, kind: str) -> None:
    deals = two_contracts()
    report("Six jets denied", "Text three.", "MiG-29", day=date(2013, 2, 1), quantity=Quantity(30, 30))
    resolve()
    before = shown()
    key = key_in("Second jets")
    text = Text.objects.get(content__startswith="First jets")
    match kind:
        case "same":
            made = judging.judge_same(deals=deals, author=ann, reason="one")
        case "different":
            made = judging.judge_different(deals=deals, author=ann, reason="two")
        case "reject":
            made = judging.reject_claim(claim=key, author=ann, reason="history")
        case "accept":
            made = judging.accept_claim(claim=key, author=ann)
        case "correct":
            made = judging.correct_field(claim=key, field="recipient", value="IN", author=ann, reason="India")
        case "add":
            claim = {"supplier": "RU", "recipient": "SY", "weapon": {"designation": "S-300"}, "stage": "ordered"}
            made = judging.add_claim(text=text.hash, span=Span(0, 5), claim=claim, author=ann, reason="missed")
        case "relate":
            made = judging.relate(deal=deals[1], other=deals[0], kind=RelationKind.FOLLOW_ON, author=ann, reason="x")
        case _:
            made = judging.grade_claim(claim=key, credibility=1, author=ann, reason="seen")
    assert shown() != before or kind in ("relate", "grade")
    judging.undo(judgement=made.public_id, author=bob, now=NOW)
    resolve()
    assert shown() == before
    assert not Relation.objects.exists()
    assert not Claim.objects.filter(credibility=1).exists()
    kept = Judgement.objects.get()
    assert (kept.author, kept.undone_by) == (ann, bob)
    with pytest.raises(Standing, match="bob undid it"):
        judging.undo(judgement=made.public_id, author=ann, now=NOW)


def test_a_rejected_claim_is_no_evidence_and_stays_rejected_after_a_new_reading(ann: User) -> None:
    report("Only jets", "Text.", "MiG-29")
    resolve()
    judging.reject_claim(claim=key_in("Only jets"), author=ann, reason="history")
    assert not Deal.objects.exists()
    reread("Only jets", "MiG-29M/M2", stage=Stage.DELIVERED)
    assert not Deal.objects.exists()


def test_a_judgement_on_one_weapon_of_a_sentence_says_nothing_of_another(ann: User) -> None:
    report("Jets and missiles", "Text.", "MiG-29")
    resolve()
    made = judging.reject_claim(claim=key_in("Jets and missiles"), author=ann, reason="history")
    reread("Jets and missiles", "S-300")
    assert Deal.objects.get().weapon_text == "S-300"
    made.refresh_from_db()
    assert made.orphaned
    reread("Jets and missiles", "MiG-29", reader="reader 3")
    assert not Deal.objects.exists()
    made.refresh_from_db()
    assert not made.orphaned


@pytest.mark.parametrize(
    ("field", "value", "column", "wanted"),
    [
        ("quantity", {"min": 36, "max": 36}, "quantity_min", 36),
        ("stage", "delivered", "stage", "delivered"),
        ("halt", "cancelled", "status", "cancelled"),
        ("mode", "aid", "mode", "aid"),
        ("value", {"amount": "500000000", "currency": "usd"}, "value_currency", "USD"),
        (
            "ordered",
            {"start": "2012-01-01", "end": "2012-12-31", "precision": "year"},
            "ordered_start",
            date(2012, 1, 1),
        ),
        ("weapon", {"designation": "MiG-29M/M2"}, "weapon_text", "MiG-29M/M2"),
        ("weapon", {"text": "howitzers", "category": "artillery"}, "block", "RU>SY:artillery"),
    ],
)
def test_a_corrected_field_goes_before_all_others(ann: User, field: str, value: Any, column: str, wanted: Any) -> None:
    report("Jets for Syria", "Text one.", "MiG-29", quantity=Quantity(24, 24))
    resolve()
    judging.correct_field(claim=key_in("Jets for Syria"), field=field, value=value, author=ann, reason="misread")
    deal = Deal.objects.get()
    assert getattr(deal, column) == wanted
    if field in ("quantity", "value", "ordered"):
        assert deal.chosen[field]["rule"] == "judgement"
    reread("Jets for Syria", quantity=Quantity(20, 20))
    assert getattr(Deal.objects.get(), column) == wanted


def test_a_corrected_party_moves_the_claim_to_the_deals_of_that_party(ann: User) -> None:
    report("Jets", "Text one.", "MiG-29", supplier="US", quantity=Quantity(24, 24))
    report("Russian jets", "Text two.", "MiG-29", supplier="RU", quantity=Quantity(24, 24))
    resolve()
    assert Deal.objects.count() == 2
    judging.correct_field(claim=key_in("Jets\n"), field="supplier", value="RU", author=ann, reason="misread")
    deal = Deal.objects.get()
    assert (deal.supplier and deal.supplier.code, deal.texts_count) == ("RU", 2)
    reread("Jets\n"[:-1], supplier="RU", quantity=Quantity(24, 24))  # the reader learnt it
    assert Deal.objects.get().texts_count == 2
    assert not Judgement.objects.filter(orphaned=True).exists()


def test_an_unknown_supplier_is_filled_by_a_later_report_when_an_analyst_says_so(ann: User) -> None:
    report("Jets arrive", "Text one.", "MiG-29", supplier=None)
    report("Russian jets", "Text two.", "MiG-29", supplier="RU")
    resolve()
    one, other = Deal.objects.values_list("public_id", flat=True)
    judging.judge_same(deals=(one, other), author=ann, reason="the same jets")
    deal = Deal.objects.get()
    assert (deal.supplier and deal.supplier.code, deal.texts_count, deal.block) == ("RU", 2, "RU>SY:aircraft")
    reread("Jets arrive", supplier=None, stage=Stage.DELIVERED)
    assert Deal.objects.get().texts_count == 2


class TestAddedClaims:
    CLAIM = {
        "supplier": "RU",
        "recipient": "SY",
        "weapon": {"designation": "S-300"},
        "stage": "delivered",
        "quantity": {"min": 4, "max": 4, "unit": "battery"},
    }

    def test_a_span_that_the_reader_missed_is_a_claim_after_every_reading(self, ann: User) -> None:
        report("Jets for Syria", "And four batteries of missiles.", "MiG-29")
        resolve()
        text = Text.objects.get()
        span = Span(text.content.index("four"), text.length)
        made = judging.add_claim(text=text.hash, span=span, claim=self.CLAIM, author=ann, reason="missed")
        for reader in ("reader 2", "reader 3"):
            deal = Deal.objects.get(weapon_text="S-300")
            assert (deal.stage, deal.quantity_min, deal.quantity_unit) == ("delivered", 4, "battery")
            assert deal.claims.get().added_by == made
            reread("Jets for Syria", reader=reader)
        assert LedgerEntry.objects.count() == 2

    def test_words_outside_any_text_are_kept_with_their_translation_and_no_reader_reads_them(self, ann: User) -> None:
        words = judging.Words("Photograph of a harbour", "Четыре батареи", "Four batteries", outlet="a photographer")
        judging.add_words(words=words, claim=self.CLAIM, now=NOW, author=ann, reason="the crates are labelled")
        deal = Deal.objects.get()
        claim = deal.claims.get()
        span = claim.spans.get()
        assert claim.text.content[span.start : span.end] == "Четыре батареи\n\nTranslation: Four batteries"
        assert claim.text.work.state == "set_aside"

    @pytest.mark.parametrize(
        ("span", "more", "words"),
        [
            (Span(0, 10_000), {}, "outside the text"),
            (Span(3, 3), {}, "outside the text"),
            (Span(0, 4), {"supplier": "XX"}, "no party XX"),
            (Span(0, 4), {"weapon": {"designation": "X-Wing"}}, "no such designation"),
            (Span(0, 4), {"stage": "sold"}, "no stage"),
            (Span(0, 4), {"quantity": {"min": 9, "max": 3}}, "min is over max"),
            (Span(0, 4), {"colour": "red"}, "no field"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, ann: User, span: Span, more: dict[str, Any], words: str) -> None:
        report("Jets for Syria", "Text.", "MiG-29")
        text = Text.objects.get()
        with pytest.raises(Refused, match=words):
            judging.add_claim(text=text.hash, span=span, claim=self.CLAIM | more, author=ann, reason="missed")
        assert not Judgement.objects.exists()


class TestRefusals:
    def test_a_deal_is_not_merged_with_itself(self, ann: User) -> None:
        deal = one_deal().public_id
        with pytest.raises(Refused, match="merged with itself"):
            judging.judge_same(deals=(deal, deal), author=ann, reason="?")

    def test_a_claim_that_no_longer_exists_is_named(self, ann: User) -> None:
        one_deal()
        with pytest.raises(Gone, match="no claim 0000"):
            judging.reject_claim(claim="0000", author=ann, reason="?")

    def test_a_deal_that_was_merged_says_where_it_is(self, ann: User) -> None:
        deals = two_contracts()
        judging.judge_same(deals=deals, author=ann, reason="one")
        left = Deal.objects.get().public_id
        (gone,) = set(deals) - {left}
        with pytest.raises(Gone, match=f"it is {left} now"):
            judging.relate(deal=gone, other=left, kind=RelationKind.OPTION_OF, author=ann, reason="?")

    def test_a_second_analyst_hears_of_the_first(self, ann: User, bob: User) -> None:
        one_deal()
        key = key_in("Jets for Syria")
        made = judging.correct_field(claim=key, field="quantity", value={"min": 36}, author=ann, reason="misread")
        with pytest.raises(Standing, match=f"ann decided on it already, judgement {made.public_id}"):
            judging.correct_field(claim=key, field="quantity", value={"min": 30}, author=bob, reason="no")
        judging.correct_field(claim=key, field="stage", value="delivered", author=bob, reason="another field")
        assert Judgement.objects.count() == 2

    def test_same_and_different_never_close_a_ring(self, ann: User) -> None:
        for number, year in enumerate((2001, 2007, 2013)):
            report(f"Jets {number}", "Text.", "MiG-29", day=date(year, 1, 1), quantity=Quantity(10 + 9 * number, None))
        report("Other jets", "Text.", "MiG-29", day=date(2019, 1, 1), quantity=Quantity(1, 2))
        resolve()
        keys = [Claim.objects.get(text__content__startswith=f"Jets {number}").key for number in range(3)]

        def same(one: str, other: str) -> Judgement:
            return judging.judge_claims_same(claims=[one], others=[other], author=ann, reason="one")

        def different(one: str, other: str) -> Judgement:
            return judging.judge_claims_different(claims=[one], others=[other], author=ann, reason="two")

        first = same(keys[0], keys[1])
        apart = different(keys[1], keys[2])
        with pytest.raises(Contradiction, match=apart.public_id):
            same(keys[0], keys[2])
        judging.undo(judgement=apart.public_id, author=ann, now=NOW)
        same(keys[0], keys[2])
        with pytest.raises(Contradiction, match=first.public_id):
            different(keys[1], keys[2])
        with pytest.raises(Standing):
            same(keys[1], keys[2])
        assert Deal.objects.filter(texts_count=3).count() == 1

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("colour", "red", "no field"),
            ("stage", "sold", "no stage"),
            ("quantity", {}, "needs a min or a max"),
            ("quantity", {"min": -1}, "a number from 0"),
            ("value", {"amount": "x", "currency": "USD"}, "no value"),
            ("value", {"amount": 5, "currency": "dollars"}, "three letters"),
            ("supplier", "XX", "no party XX"),
            ("weapon", {"text": "", "category": "ships"}, "designation, or words"),
            ("ordered", {"start": "2013-02-30"}, "no ordered"),
            ("ordered", {"start": "2013-02-03", "end": "2012-01-01"}, "ends before"),
        ],
    )
    def test_a_value_that_is_none_is_refused_in_one_sentence(
        self, ann: User, field: str, value: Any, words: str
    ) -> None:
        one_deal()
        with pytest.raises(Refused, match=words):
            judging.correct_field(claim=key_in("Jets for Syria"), field=field, value=value, author=ann, reason="x")
        assert not Judgement.objects.exists()

    def test_a_judgement_needs_a_reason(self, ann: User) -> None:
        one_deal()
        with pytest.raises(Refused, match="needs a reason"):
            judging.reject_claim(claim=key_in("Jets for Syria"), author=ann, reason="  ")

    def test_to_accept_and_to_reject_exclude_one_another(self, ann: User, bob: User) -> None:
        one_deal()
        judging.accept_claim(claim=key_in("Jets for Syria"), author=ann)
        with pytest.raises(Contradiction, match="says the contrary"):
            judging.reject_claim(claim=key_in("Jets for Syria"), author=bob, reason="no")


def test_relations_follow_their_deals(ann: User) -> None:
    first, second = two_contracts()
    judging.relate(deal=second, other=first, kind=RelationKind.FOLLOW_ON, author=ann, reason="the next contract")
    relation = Relation.objects.get()
    assert (relation.deal.public_id, relation.other.public_id, relation.kind) == (second, first, "follow_on")
    with pytest.raises(Standing):
        judging.relate(deal=second, other=first, kind=RelationKind.FOLLOW_ON, author=ann, reason="again")
    reread("First jets", "MiG-29M/M2", quantity=Quantity(12, 12))
    assert Relation.objects.get().other.weapon_text == "MiG-29M/M2"


def test_grades_of_sources_go_back_to_what_they_were(ann: User) -> None:
    report("Jets", "Text.", "MiG-29")
    source = Source.objects.get()

    def grade(reliability: Reliability) -> Judgement:
        return judging.grade_source(source=source.slug, reliability=reliability, author=ann, reason="known")

    first, second = grade(Reliability.B), grade(Reliability.C)
    seen = []
    for made in (second, first):
        judging.undo(judgement=made.public_id, author=ann, now=NOW)
        seen.append(Source.objects.get().reliability)
    assert seen == ["B", "F"]


def test_a_rejected_side_closes_the_dispute_which_stays_readable(ann: User) -> None:
    report("Twelve jets", "Text one.", "MiG-29", quantity=Quantity(12, 12))
    report("Thirty jets", "Text two.", "MiG-29", quantity=Quantity(30, 30))
    resolve()
    assert Deal.objects.get().disputed
    judging.reject_claim(claim=key_in("Thirty jets"), author=ann, reason="another country's jets")
    deal = Deal.objects.get()
    dispute = deal.disputes.get()
    assert (deal.disputed, dispute.open, dispute.closed_by) == (False, False, "a judgement")
    assert {side.value for side in dispute.sides.all()} == {"12", "30"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_hears_of_the_other() -> None:
    one_deal()
    key = key_in("Jets for Syria")
    people = [User.objects.create_user(name) for name in ("ann", "bob")]
    told_them: list[str] = []
    gate = threading.Barrier(2)

    def decide(author: User, number: int) -> None:
        try:
            gate.wait(10)
            judging.correct_field(claim=key, field="quantity", value={"min": number}, author=author, reason="x")
            told_them.append("kept")
        except Standing as problem:
            told_them.append(str(problem).split(" ")[1])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(who, number)) for number, who in enumerate(people, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told_them) == ["decided", "kept"]
    assert Judgement.objects.count() == 1
    assert Deal.objects.get().quantity_min in (30, 31)
