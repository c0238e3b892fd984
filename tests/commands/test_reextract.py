"""`reextract` lets texts be read again, in the queue that never holds up the news."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reports.choices import WorkState
from reports.extraction.reader import reader_version
from reports.models import Article, Reading, Work
from reports.services.reading import current_reader, read_text
from tests.services.newsroom import NOW, report, store

pytestmark = pytest.mark.usefixtures("world")


def reextract(capsys: Any, *options: str) -> str:
    call_command("reextract", *options)
    return str(capsys.readouterr().out.strip())


def waiting() -> set[str]:
    """The titles of the articles whose texts wait to be read in bulk."""
    texts = Work.objects.filter(state=WorkState.WAITING, bulk=True).values("text")
    return set(Article.objects.filter(text__in=texts).values_list("title", flat=True))


@pytest.fixture
def news() -> dict[str, Article]:
    """Three articles: read by an older reader, by the reader of today, and not yet at all."""
    older = report("Jets for Syria", "Moscow sells MiG-29 jets.", "MiG-29")
    today = store("Missiles for Syria", "Moscow sells S-300 missiles to Damascus.").article
    read_text(text_id=today.text_id, now=NOW)
    unread = store("More for Syria", "Moscow sells Su-30 jets to Damascus.").article
    return {"older": older, "today": today, "unread": unread}


def test_one_article_is_read_again(news: dict[str, Article], capsys: Any) -> None:
    assert reextract(capsys, "--article", news["today"].public_id) == "1 texts wait to be read again."
    assert waiting() == {"Missiles for Syria"}


def test_those_of_older_readers_are_read_again_until_none_is_left(news: dict[str, Article], capsys: Any) -> None:
    reextract(capsys, "--older")
    assert waiting() == {"Jets for Syria", "More for Syria"}
    for text in Work.objects.values_list("text", flat=True):
        read_text(text_id=text, now=NOW)
    assert reextract(capsys, "--older") == "0 texts wait to be read again."
    readers = Reading.objects.filter(current=True).values_list("reader", flat=True)
    assert set(readers) == {reader_version(current_reader())}


def test_all_are_read_again_but_what_was_taken_down(news: dict[str, Article], capsys: Any) -> None:
    call_command("redact", news["older"].public_id)
    capsys.readouterr()
    assert reextract(capsys, "--all") == "2 texts wait to be read again."
    assert waiting() == {"Missiles for Syria", "More for Syria"}


def test_a_text_that_a_worker_is_reading_is_left_to_it(news: dict[str, Article], capsys: Any) -> None:
    Work.objects.filter(text=news["today"].text).update(
        state=WorkState.LEASED, lease_until=timezone.now() + timedelta(minutes=5)
    )
    assert reextract(capsys, "--article", news["today"].public_id) == "0 texts wait to be read again."
    assert Work.objects.get(text=news["today"].text).state == WorkState.LEASED


def test_an_article_that_is_not_there_is_named(capsys: Any) -> None:
    with pytest.raises(CommandError, match="there is no article nowhere1"):
        reextract(capsys, "--article", "nowhere1")
