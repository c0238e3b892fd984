"""The queue at work, with real workers, and what happens when a worker, the broker or the database goes away."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from reports.choices import WorkState
from reports.models import Claim, Deal, DirtyBlock, Reading, Work
from reports.services.rebuilding import rebuild
from reports.services.resolving import resolve_dirty
from reports.services.sweeping import PATIENCE, sweep
from tests.services.newsroom import deals, furnish, store

PROJECT = Path(__file__).resolve().parent.parent
TITLE = "Moscow to deliver MiG-29 jets to Damascus"
BODY = (
    "Russia will deliver {number} MiG-29 fighter jets to Syria under a contract signed in 2007, Rosoboronexport said."
)
pytestmark = [pytest.mark.django_db(transaction=True)]


@contextlib.contextmanager
def started(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the test's own, which it may kill."""
    command = [sys.executable, "-m", "celery", "-A", "armstrack", "worker", "-Q", "live,bulk", "-c", "1"]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def flush() -> None:
    import redis
    from django.conf import settings

    path = settings.CELERY_BROKER_URL.removeprefix("redis+socket://").partition("?")[0]
    with redis.Redis(unix_socket_path=path) as broker:
        broker.flushall()


@pytest.fixture
def quiet(transactional_db: None, services: Any) -> Iterator[None]:
    """The queue is empty before and after."""
    flush()
    yield
    flush()


def until(done: Callable[[], bool], patience: float = 90.0) -> None:
    deadline = time.monotonic() + patience
    while not done():
        assert time.monotonic() < deadline, dict(Work.objects.values_list("text", "state"))
        time.sleep(0.1)


def read_count() -> int:
    return Work.objects.filter(state=WorkState.READ).count()


def take_in(count: int) -> None:
    """News of a few deals, which wait in batches."""
    furnish()
    for number in range(2, 2 + count):
        store(f"{TITLE}: {number}", BODY.format(number=number), locator=f"{number}.txt")
    Work.objects.update(enqueued_at=timezone.now())


def whole() -> bool:
    """Whether each text has a current reading with its claims, or none and no claim at all."""
    current = set(Reading.objects.filter(current=True).values_list("text", flat=True))
    read = set(Work.objects.filter(state=WorkState.READ).values_list("text", flat=True))
    return current == read and set(Claim.objects.values_list("text", flat=True)) <= current


def test_a_folder_becomes_deals(worker: Any, tmp_path: Path, capsys: Any) -> None:
    furnish()
    for number in (10, 12):
        (tmp_path / f"{number}.txt").write_text(f"{TITLE}\n\n{BODY.format(number=number)}\n")
    call_command("ingest", str(tmp_path), "--wait", "--published", "2013-05-31")
    worker.wait_idle()
    assert capsys.readouterr().out.splitlines()[-1] == "2 new articles, 0 known, 0 failed"
    deal = Deal.objects.get()
    assert (deal.supplier and deal.supplier.code, deal.recipient and deal.recipient.code) == ("RU", "SY")
    assert (deal.weapon_text, deal.texts_count) == ("MiG-29", 2)
    before = deals()
    call_command("ingest", str(tmp_path), "--wait")
    worker.wait_idle()
    assert capsys.readouterr().out.splitlines()[-1] == "0 new articles, 2 known, 0 failed"
    assert deals() == before
    assert rebuild().changed == 0


def test_reextract_reads_again_in_the_bulk_queue(worker: Any, capsys: Any) -> None:
    take_in(3)
    worker.wait_idle()
    before = deals()
    call_command("reextract", "--older")
    assert capsys.readouterr().out == "0 texts wait to be read again.\n"
    call_command("reextract", "--all")
    worker.wait_idle()
    assert Reading.objects.filter(current=True).count() == 3
    assert Reading.objects.count() == 6
    assert deals() == before


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(
    quiet: None, worker_environment: dict[str, str]
) -> None:
    take_in(60)
    with started(worker_environment) as process:
        until(lambda: read_count() >= 5)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert read_count() < 60
    assert whole()
    assert Work.objects.filter(state=WorkState.LEASED).count() <= 1
    # its lease runs out, and so does the broker's patience
    past = timezone.now() - PATIENCE * 2
    Work.objects.exclude(state=WorkState.READ).update(enqueued_at=past)
    Work.objects.filter(state=WorkState.LEASED).update(lease_until=past)
    with started(worker_environment):
        sweep(now=timezone.now())
        until(lambda: read_count() == 60 and not DirtyBlock.objects.exists())
    assert whole()
    assert not Claim.objects.filter(deal=None).exists()
    assert rebuild().changed == 0


def test_what_the_broker_forgot_is_read_after_a_sweep(quiet: None, worker_environment: dict[str, str]) -> None:
    take_in(5)
    flush()
    with started(worker_environment):
        assert sweep(now=timezone.now()) == 0
        assert sweep(now=timezone.now() + PATIENCE + timedelta(seconds=1)) == 5
        until(lambda: read_count() == 5)
        flush()
        sweep(now=timezone.now() + PATIENCE * 2)
        until(lambda: not DirtyBlock.objects.exists())
    assert not Claim.objects.filter(deal=None).exists()


def test_a_broker_that_is_away_loses_no_document(quiet: None, services: Any) -> None:
    services.redis.stop()
    try:
        take_in(2)
    finally:
        services.redis.start()
    assert Work.objects.filter(state=WorkState.WAITING).count() == 2
    assert sweep(now=timezone.now() + PATIENCE * 2) == 2


def test_a_database_that_restarts_under_a_worker_costs_nothing(
    quiet: None, services: Any, worker_environment: dict[str, str]
) -> None:
    take_in(60)
    with started(worker_environment):
        until(lambda: read_count() >= 5)
        connection.close()
        services.postgres.stop()
        services.postgres.start()
        until(lambda: read_count() == 60 and not DirtyBlock.objects.exists())
    assert whole()
    assert not Work.objects.filter(state=WorkState.FAILED).exists()
    while resolve_dirty():
        pass
    assert not Claim.objects.filter(deal=None).exists()
