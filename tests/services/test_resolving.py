"""Deals follow their claims, keep their ids, and say what changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from reports.choices import Cause, DateOf, Polarity, Precision, QuantityOf, Stage
from reports.models import (
    Change,
    Claim,
    Deal,
    Delivery,
    DirtyBlock,
    Dispute,
    DisputeSide,
    LedgerEntry,
    LedgerKey,
    Milestone,
    Statement,
)
from reports.records import Quantity, When
from reports.resolution.deals import pictures
from reports.services import resolving
from reports.services.evidence import claims_of
from reports.services.ledger import mint_ids
from reports.services.rebuilding import rebuild
from reports.services.resolving import mark_dirty, resolve_blocks, resolve_dirty
from tests.services.newsroom import deals, read_as, report, resolve, said, store, told

BLOCK = "RU>SY:aircraft"
pytestmark = pytest.mark.usefixtures("world")


def everything() -> list[list[tuple[Any, ...]]]:
    """Every computed row, without its key and its time of writing."""
    rows = []
    for model in (Deal, Milestone, Delivery, Dispute, DisputeSide, LedgerEntry, LedgerKey, Change):
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in ("id", "updated_at")]
        rows.append(sorted(model._default_manager.values_list(*names), key=repr))
    rows.append(sorted(Statement.deals.through.objects.values_list("statement_id", "deal_id")))
    return rows


def two_reports() -> None:
    number = Quantity(12, 12, text="12")
    article = store("Moscow sells MiG-29 jets to Syria", "Syria denies that it gets 12 jets.").article
    read_as(
        article.text,
        [
            told("MiG-29", of=article.text.content, on="Moscow sells MiG-29 jets", quantity=number),
            told("MiG-29", of=article.text.content, on="12 jets", statement=0, polarity=Polarity.DENIED),
        ],
        [said("Mr Minister", of=article.text.content, on="Syria denies that it gets 12 jets.")],
    )
    arrived = When(date(2013, 6, 1), date(2013, 6, 30), Precision.MONTH, of=DateOf.DELIVERY)
    report(
        "First MiG-29 jets reach Syria",
        "Six are there.",
        "MiG-29M/M2",
        day=date(2013, 7, 1),
        stage=Stage.DELIVERING,
        quantity=Quantity(6, 6, of=QuantityOf.DELIVERED, text="six"),
        dates=(arrived,),
    )


class TestResolving:
    def test_the_claims_of_two_texts_are_one_deal_with_its_parts(self) -> None:
        two_reports()
        resolve()
        deal = Deal.objects.get()
        assert (deal.weapon_text, deal.stage, deal.quantity_min, deal.texts_count) == (
            "MiG-29M/M2",
            "delivering",
            12,
            2,
        )
        assert [(step.status, step.reported_on) for step in deal.milestones.all()] == [
            ("ordered", date(2013, 5, 31)),
            ("delivering", date(2013, 7, 1)),
        ]
        assert [(item.quantity_min, item.start) for item in deal.deliveries.all()] == [(6, date(2013, 6, 1))]
        assert [item.field for item in deal.disputes.all()] == ["existence"]
        assert deal.statements.count() == 1
        assert Claim.objects.exclude(deal=deal).count() == 0

    def test_again_changes_nothing_and_logs_nothing(self) -> None:
        two_reports()
        resolve()
        before = everything()
        assert resolve_blocks(blocks=[BLOCK], cause=Cause.METHOD_CHANGE) == [BLOCK]
        assert everything() == before

    def test_again_writes_nothing(self, django_assert_max_num_queries: Any) -> None:
        two_reports()
        resolve()
        with django_assert_max_num_queries(25) as queries:
            resolve_blocks(blocks=[BLOCK], cause=Cause.METHOD_CHANGE)
        written = [q["sql"] for q in queries.captured_queries if q["sql"].startswith(("INSERT", "DELETE"))]
        assert written == []

    def test_queries_grow_neither_with_deals_nor_with_blocks(self, django_assert_max_num_queries: Any) -> None:
        for number in range(8):
            report(f"X-{number}0 missiles sold", "Text.", f"X-{number}0")
        for recipient in ("IN", "PL", "US"):
            report(f"Missiles for {recipient}", "Text.", "X-100", recipient=recipient)
        with django_assert_max_num_queries(40):
            resolve()
        assert Deal.objects.count() == 11

    def test_a_clean_block_is_left_alone(self) -> None:
        assert resolve_blocks(blocks=[BLOCK]) == []

    def test_a_mark_that_moves_during_the_work_stays(self, monkeypatch: pytest.MonkeyPatch) -> None:
        two_reports()
        later = timezone.now() + timedelta(seconds=5)

        def meanwhile(*given: Any) -> Any:
            DirtyBlock.objects.filter(block=BLOCK).update(since=later)
            return pictures(*given)

        monkeypatch.setattr(resolving, "pictures", meanwhile)
        assert resolve_blocks(blocks=[BLOCK]) == [BLOCK]
        assert DirtyBlock.objects.get().since == later

    def test_one_block_that_fails_keeps_no_other_waiting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        report("MiG-29 jets sold", "Text.", "MiG-29")
        report("S-300 missiles sold", "Text.", "S-300")

        def breaks(*, blocks: list[str]) -> Any:
            if BLOCK in blocks:
                raise ValueError("cannot be")
            return claims_of(blocks=blocks)

        monkeypatch.setattr(resolving, "claims_of", breaks)
        assert resolve_dirty() == 1
        assert [deal.weapon_text for deal in Deal.objects.all()] == ["S-300"]
        assert DirtyBlock.objects.get().block == BLOCK

    def test_a_database_that_goes_away_is_left_to_the_task(self, monkeypatch: pytest.MonkeyPatch) -> None:
        report("MiG-29 jets sold", "Text.", "MiG-29")

        def away(**_: Any) -> Any:
            raise OperationalError("server closed the connection")

        monkeypatch.setattr(resolving, "claims_of", away)
        with pytest.raises(OperationalError):
            resolve_dirty()

    def test_marking_again_moves_the_mark_and_its_cause(self) -> None:
        mark_dirty(blocks=["a", "b", "a"], cause=Cause.NEW_REPORT)
        first = DirtyBlock.objects.get(block="a").since
        mark_dirty(blocks=["a"], cause=Cause.TAKEDOWN)
        again = DirtyBlock.objects.get(block="a")
        assert again.since > first
        assert (again.cause, DirtyBlock.objects.count()) == (Cause.TAKEDOWN, 2)


class TestIds:
    def test_an_id_survives_a_reading_with_shifted_spans(self) -> None:
        text = store("Moscow sells MiG-29 jets to Syria", "Twelve of them.").article.text
        read_as(text, [told("MiG-29", of=text.content, on="MiG-29 jets")])
        resolve()
        before = Deal.objects.get().public_id
        read_as(text, [told("MiG-29M/M2", of=text.content, on="Moscow sells MiG-29 jets")], reader="reader 2")
        resolve()
        assert Deal.objects.get().public_id == before
        assert set(Change.objects.filter(field="weapon_text").values_list("old", "new", "cause")) == {
            ("MiG-29", "MiG-29M/M2", Cause.READER_UPGRADE)
        }

    def test_an_id_follows_its_claims_into_another_block(self) -> None:
        text = store("Moscow sells jets to Syria", "MiG-29s, that is.").article.text
        read_as(text, [told("MiG-29", of=text.content, on="Moscow sells jets", recipient=None)])
        resolve()
        before = Deal.objects.get().public_id
        read_as(text, [told("MiG-29", of=text.content, on="Moscow sells jets")], reader="reader 2")
        resolve()
        after = Deal.objects.get()
        assert after.recipient is not None
        entry = LedgerEntry.objects.get(public_id=before)
        assert after.public_id == before or entry.forwards_to_id == after.public_id

    def test_a_merged_id_forwards(self) -> None:
        old = report("MiG-29 jets for Syria", "The old ones wear out.", "MiG-29", day=date(2005, 1, 1))
        new = report("Damascus buys again", "Moscow is pleased.", "MiG-29", day=date(2013, 1, 1))
        resolve()
        assert Deal.objects.count() == 2
        ids = dict(Claim.objects.values_list("text", "deal__public_id"))
        new.published_at = old.published_at
        new.save()
        mark_dirty(blocks=[BLOCK], cause=Cause.SOURCE_CORRECTED)
        resolve()
        kept = Deal.objects.get().public_id
        (gone,) = set(ids.values()) - {kept}
        entry = LedgerEntry.objects.get(public_id=gone)
        assert (entry.forwards_to_id, entry.retired_at is not None) == (kept, True)

    def test_a_split_leaves_the_id_with_the_larger_part(self) -> None:
        titles = ("Damascus buys jets", "Moscow sells MiG-29s", "A contract is signed")
        many = [report(title, "Text.", "MiG-29", day=date(2013, 1, n)) for n, title in enumerate(titles, 1)]
        resolve()
        before = Deal.objects.get().public_id
        many[0].published_at = many[0].published_at and many[0].published_at.replace(year=2003)
        many[0].save()
        mark_dirty(blocks=[BLOCK], cause=Cause.SOURCE_CORRECTED)
        resolve()
        held = {deal.public_id: deal.claims.count() for deal in Deal.objects.all()}
        assert held[before] == 2
        assert sorted(held.values()) == [1, 2]

    def test_two_lots_in_one_sentence_keep_an_id_each(self) -> None:
        text = store("Russia sells two lots of MiG-29 jets", "Text.").article.text
        on = "two lots of MiG-29 jets"
        lots = [
            told("MiG-29", of=text.content, on=on, deal=0, quantity=Quantity(10, 10, text="ten")),
            told("MiG-29", of=text.content, on=on, deal=1, quantity=Quantity(24, 24, text="24")),
        ]
        read_as(text, lots)
        resolve()
        before = {deal.public_id: deal.quantity_min for deal in Deal.objects.all()}
        assert sorted(before.values(), key=str) == [10, 24]
        read_as(text, lots, reader="reader 2")
        resolve()
        assert {deal.public_id: deal.quantity_min for deal in Deal.objects.all()} == before

    def test_a_deal_whose_claims_vanish_is_retired_and_its_id_comes_back_with_them(self) -> None:
        text = store("Moscow sells MiG-29 jets to Syria", "Text.").article.text
        claims = [told("MiG-29", of=text.content, on="MiG-29 jets")]
        read_as(text, claims)
        resolve()
        before = Deal.objects.get().public_id
        read_as(text, [], reader="reader 2")
        resolve()
        assert not Deal.objects.exists()
        entry = LedgerEntry.objects.get(public_id=before)
        assert (entry.forwards_to, entry.retired_at is not None) == (None, True)
        read_as(text, claims, reader="reader 3")
        resolve()
        assert Deal.objects.get().public_id == before
        assert LedgerEntry.objects.get(public_id=before).retired_at is None

    def test_minted_ids_are_new_and_in_the_ledger(self) -> None:
        ids = mint_ids(20)
        assert len(set(ids)) == 20
        assert LedgerEntry.objects.filter(public_id__in=ids).count() == 20
        assert mint_ids(0) == []


class TestLog:
    def test_a_new_deal_is_reported(self) -> None:
        report("Moscow sells MiG-29 jets", "Text.", "MiG-29")
        resolve()
        assert set(Change.objects.values_list("field", "old", "new", "cause")) == {
            ("reported", None, "MiG-29", Cause.NEW_REPORT),
            ("stage", None, "ordered", Cause.NEW_REPORT),
        }

    def test_what_changes_is_logged_with_its_day(self) -> None:
        report("Moscow sells MiG-29 jets", "Text.", "MiG-29")
        resolve()
        last = Change.objects.latest("pk").pk
        report("MiG-29 jets arrive", "Text.", "MiG-29", day=date(2013, 8, 1), stage=Stage.DELIVERED)
        resolve()
        change = Change.objects.get(pk__gt=last)
        assert (change.field, change.old, change.new) == ("stage", "ordered", "delivered")
        assert change.published_at is not None
        assert change.published_at.date() == date(2013, 8, 1)
        assert change.transaction > 0


class TestRebuilding:
    def test_after_ingest_it_changes_nothing(self) -> None:
        two_reports()
        report("S-300 missiles sold", "Text.", "S-300")
        report("Missiles sold", "Text.", "missiles", recipient=None)
        resolve()
        before = everything()
        heard: list[tuple[int, int]] = []
        result = rebuild(done=lambda number, total: heard.append((number, total)))
        assert (result.blocks, result.changed, result.came, result.went) == (3, 0, 0, 0)
        assert heard == [(3, 3)]
        assert everything() == before

    def test_it_says_what_came_and_what_went(self) -> None:
        report("S-300 missiles sold", "Text.", "S-300")
        two_reports()
        resolve()
        before = deals()
        Claim.objects.filter(weapon_text="S-300").delete()
        result = rebuild()
        assert (result.came, result.went) == (0, 1)
        assert set(deals()) < set(before)
