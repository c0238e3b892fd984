"""Celery tasks, thin: ids in, one service call, a retry policy. A row that is gone is a quiet end.

Every task is safe to run twice. PostgreSQL going away, or two workers in each other's way, is retried with growing
pauses; what is lost all the same is found by the sweeper.
"""

from typing import Any

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisConnectionError

from reports.services.feeds import poll_feed as poll
from reports.services.feeds import take_due_feeds
from reports.services.queue import enqueue_feed
from reports.services.reading import current_reader, read_text
from reports.services.resolving import resolve_dirty
from reports.services.sweeping import sweep as sweep_work

PASSING: dict[str, Any] = {
    "autoretry_for": (OperationalError, InterfaceError, RedisConnectionError),
    "retry_backoff": 1,
    "retry_backoff_max": 60,
    "retry_jitter": True,
    "max_retries": 12,
}


@shared_task(bind=True, **PASSING)
def read_texts(self: Task[..., None], texts: list[int]) -> None:
    """Read texts that wait. A retry, which keeps the id of its task, takes up the lease that it had."""
    close_old_connections()
    config = current_reader()
    for text_id in texts:
        read_text(text_id=text_id, now=timezone.now(), config=config, holder=self.request.id or "")


@shared_task(**PASSING)
def resolve_blocks() -> None:
    """Resolve dirty blocks until none is left that is free."""
    close_old_connections()
    while resolve_dirty():
        pass


@shared_task(**PASSING)
def sweep() -> None:
    """Enqueue again what waits or was lost, and resolve what stayed dirty."""
    close_old_connections()
    sweep_work(now=timezone.now())


@shared_task(**PASSING)
def poll_feeds() -> None:
    """Ask for each feed that is due to be polled."""
    close_old_connections()
    for feed in take_due_feeds(now=timezone.now()):
        enqueue_feed(feed=feed)


@shared_task(**PASSING)
def poll_feed(feed: int) -> None:
    """Poll one feed and take in its new items."""
    close_old_connections()
    poll(feed_id=feed, now=timezone.now())
