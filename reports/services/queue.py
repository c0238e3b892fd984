"""Putting work on the queue, after the commit, by the names of tasks: the tasks call the services, never the reverse.

A broker that is away loses nothing: the work rows say what waits, and the sweeper enqueues it again.
"""

import logging
from collections.abc import Sequence
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
BATCH = 20


def enqueue(*, texts: Sequence[int], bulk: bool = False) -> None:
    """Ask for texts to be read, once the transaction has committed."""
    for start in range(0, len(texts), BATCH):
        _after_commit("reports.tasks.read_texts", [list(texts[start : start + BATCH])], bulk)


def enqueue_resolution(*, bulk: bool = False) -> None:
    """Ask for the dirty blocks to be resolved, once the transaction has committed."""
    _after_commit("reports.tasks.resolve_blocks", [], bulk)


def enqueue_feed(*, feed: int) -> None:
    """Ask for a feed to be polled."""
    _after_commit("reports.tasks.poll_feed", [feed], bulk=False)


def _after_commit(task: str, arguments: list[object], bulk: bool) -> None:
    transaction.on_commit(partial(_send, task, arguments, "bulk" if bulk else "live"))


def _send(task: str, arguments: list[object], queue: str) -> None:
    try:
        current_app.send_task(task, args=arguments, queue=queue, retry=False)
    except (OperationalError, OSError) as problem:
        logger.warning("the broker is away (%s): the sweeper will enqueue %s again", problem, task)
