"""`rebuild` computes what is there already, and mends what is not."""

from typing import Any

import pytest
from django.core.management import call_command

from reports.models import Change, Deal, LedgerEntry
from tests.services.newsroom import deals, report, resolve

pytestmark = pytest.mark.usefixtures("world")


def rebuild(capsys: Any) -> str:
    call_command("rebuild")
    return str(capsys.readouterr().out.strip())


def test_after_ingest_it_changes_nothing(capsys: Any) -> None:
    report("Moscow sells jets", "Syria gets MiG-29 jets.", "MiG-29")
    report("Moscow sells missiles", "Syria gets S-300 missiles.", "S-300")
    resolve()
    before, changes = deals(), Change.objects.count()
    assert rebuild(capsys) == "2 blocks: 0 deals came, 0 went, 0 fields changed"
    assert deals() == before
    assert Change.objects.count() == changes


def test_what_was_lost_comes_back_under_its_id_and_what_no_claim_carries_goes(capsys: Any) -> None:
    report("Moscow sells jets", "Syria gets MiG-29 jets.", "MiG-29")
    resolve()
    Deal.objects.update(stage="considered", status="considered", tier="talk")
    LedgerEntry.objects.create(public_id="astray00")
    stray = Deal.objects.get()
    before, stray.pk, stray.public_id, stray.block = stray.public_id, None, "astray00", "FR>IN:ships"
    stray.save()
    assert rebuild(capsys) == "2 blocks: 0 deals came, 1 went, 1 fields changed"
    assert [(deal.public_id, deal.stage) for deal in Deal.objects.all()] == [(before, "ordered")]
    assert list(Change.objects.filter(cause="method_change").values_list("field", flat=True)) == ["reported", "stage"]


def test_nothing_read_is_nothing_rebuilt(capsys: Any) -> None:
    assert rebuild(capsys) == "0 blocks: 0 deals came, 0 went, 0 fields changed"
