"""Many readers and resolvers at once: nobody waits in a ring, and the deals are those of one alone."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connections

from reports.models import Claim, Deal, DirtyBlock
from reports.services.redaction import redact_article
from reports.services.resolving import resolve_dirty
from tests.services.newsroom import NOW, furnish, read_as, resolve, store, told

WEAPONS = ("MiG-29", "S-300", "Su-30", "X-100")
pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs: Callable[[], Any]) -> None:
    """Run the jobs at once, each on a connection of its own; what one raises is raised here."""
    problems: list[BaseException] = []
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            job()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def news(count: int) -> list[Any]:
    """Stored texts, each of which names all weapons, so that all touch the same blocks."""
    texts = []
    for number in range(count):
        day = date(2013, 1, 1 + number)
        body = f"Report {number} names {', '.join(WEAPONS)}."
        texts.append(store(f"Arms for Damascus {number}", body, day=day).article.text)
    return texts


def read(text: Any, reader: str = "reader 1") -> None:
    content = text.content
    read_as(text, [told(w, of=content, on=w, deal=n) for n, w in enumerate(WEAPONS)], reader=reader)


def work_through(texts: list[Any]) -> None:
    for text in texts:
        read(text)
        resolve_dirty()


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_at_once_give_the_deals_of_one(workers: int) -> None:
    furnish()
    texts = news(8)
    parts = [texts[number::workers] for number in range(workers)]
    together(*[lambda part=part: work_through(part) for part in parts])
    resolve()
    assert not DirtyBlock.objects.exists()
    assert not Claim.objects.filter(deal=None).exists()
    assert Deal.objects.count() == len(WEAPONS)
    assert {deal.texts_count for deal in Deal.objects.all()} == {8}


def test_reading_again_while_others_resolve_and_take_down_loses_nothing() -> None:
    furnish()
    texts = news(6)
    work_through(texts)
    resolve()
    article = texts[0].articles.get()

    def reread() -> None:
        for number in range(4):
            for text in texts[1:]:
                read(text, f"reader {number}")

    def keep_resolving() -> None:
        for _ in range(25):
            resolve_dirty()

    together(reread, keep_resolving, keep_resolving, lambda: redact_article(public_id=article.public_id, now=NOW))
    resolve()
    assert not Claim.objects.filter(deal=None).exists()
    assert {deal.texts_count for deal in Deal.objects.exclude(weapon=None)} == {6}
