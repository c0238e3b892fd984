"""What waits too long, or was lost, is enqueued again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from reports.choices import Cause, WorkState
from reports.models import DirtyBlock, Work
from reports.services.resolving import mark_dirty
from reports.services.sweeping import PATIENCE, sweep
from tests.services.newsroom import NOW, store

OLD = NOW - PATIENCE - timedelta(seconds=1)
YOUNG = NOW - PATIENCE + timedelta(seconds=1)


@pytest.fixture
def sent(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> Callable[[], list[tuple[str, Any, str]]]:
    """Sweeps, and gives the messages that were sent: (task, arguments, queue)."""
    messages: list[tuple[str, Any, str]] = []
    monkeypatch.setattr(
        "celery.current_app.send_task", lambda task, args, queue, **_: messages.append((task, args, queue))
    )

    def sweeps() -> list[tuple[str, Any, str]]:
        messages.clear()
        with django_capture_on_commit_callbacks(execute=True):
            sweep(now=NOW)
        return list(messages)

    return sweeps


@pytest.mark.parametrize(
    ("state", "enqueued", "lease", "again"),
    [
        (WorkState.WAITING, None, None, True),
        (WorkState.WAITING, OLD, None, True),
        (WorkState.WAITING, YOUNG, None, False),
        (WorkState.LEASED, OLD, OLD, True),
        (WorkState.LEASED, OLD, NOW + PATIENCE, False),
        (WorkState.READ, OLD, None, False),
        (WorkState.FAILED, OLD, None, False),
        (WorkState.SET_ASIDE, OLD, None, False),
    ],
)
def test_what_is_enqueued_again(
    world: None, sent: Any, state: WorkState, enqueued: datetime | None, lease: datetime | None, again: bool
) -> None:
    text = store("Jets", "Ten of them.").article.text
    Work.objects.update(state=state, enqueued_at=enqueued, lease_until=lease)
    assert sent() == ([("reports.tasks.read_texts", [[text.pk]], "live")] if again else [])
    assert sent() == []  # it is given its time again


def test_bulk_work_goes_to_its_own_queue_in_batches(world: None, sent: Any) -> None:
    for number in range(25):
        store(f"Jets {number}", "Ten of them.", bulk=True)
    Work.objects.update(enqueued_at=OLD)
    messages = sent()
    assert {queue for _, _, queue in messages} == {"bulk"}
    assert [len(args[0]) for _, args, _ in messages] == [20, 5]


@pytest.mark.parametrize(("since", "again"), [(OLD, True), (YOUNG, False)])
def test_blocks_left_dirty_are_resolved_again(world: None, sent: Any, since: datetime, again: bool) -> None:
    mark_dirty(blocks=["RU>SY:aircraft"], cause=Cause.NEW_REPORT)
    DirtyBlock.objects.update(since=since)
    assert sent() == ([("reports.tasks.resolve_blocks", [], "live")] if again else [])
