"""Documents come in once, whoever brings them and however often."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from reports.choices import Cause, WorkState
from reports.fetch.errors import FetchError, Reason
from reports.models import Article, Change, Claim, Deal, DirtyBlock, Failure, Text, Work
from reports.records import Document
from reports.services.intake import keep_failure, store_document
from tests.services.newsroom import NOW, furnish, report, resolve, store

TITLE, BODY = "Jets for Damascus", "Russia will sell Syria ten jets."


@pytest.mark.django_db
class TestStoring:
    def test_the_same_document_twice_changes_nothing(self) -> None:
        first = store(TITLE, BODY)
        again = store(TITLE, BODY)
        assert (first.new_text, first.new_article) == (True, True)
        assert (again.new_text, again.new_article) == (False, False)
        assert again.article == first.article
        assert (Text.objects.count(), Article.objects.count(), Work.objects.count()) == (1, 1, 1)

    def test_one_text_at_two_places_is_two_articles(self) -> None:
        store(TITLE, BODY, locator="one.txt")
        second = store(TITLE, BODY, locator="two.txt")
        assert (second.new_text, second.new_article) == (False, True)
        assert (Text.objects.count(), Article.objects.count()) == (1, 2)

    def test_other_words_at_the_same_place_are_a_revision(self) -> None:
        first = store(TITLE, BODY, locator="a.txt").article
        second = store(TITLE, "Russia will sell Syria twelve jets.", locator="a.txt").article
        first.refresh_from_db()
        assert (first.revision, first.superseded) == (1, True)
        assert (second.revision, second.superseded) == (2, False)

    def test_a_correction_taken_back_makes_the_first_words_current_again(self) -> None:
        first = store(TITLE, BODY, locator="a.txt").article
        second = store(TITLE, "Russia will sell Syria twelve jets.", locator="a.txt").article
        back = store(TITLE, BODY, locator="a.txt").article
        second.refresh_from_db()
        assert back == first
        assert (back.revision, back.superseded, second.superseded) == (3, False, True)

    def test_what_waits_is_put_on_the_queue_after_the_commit(
        self, django_capture_on_commit_callbacks: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent: list[Any] = []
        monkeypatch.setattr("celery.current_app.send_task", lambda task, **more: sent.append((task, more["args"])))
        with django_capture_on_commit_callbacks(execute=True):
            text = store(TITLE, BODY).article.text
            assert sent == []
        assert sent == [("reports.tasks.read_texts", [[text.pk]])]

    def test_an_empty_document_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"empty\.txt: holds no text"):
            store_document(document=Document("", " \n ", "empty.txt"), now=NOW)
        assert not Text.objects.exists()

    @pytest.mark.parametrize(
        ("first", "second", "waits"),
        [
            (date(2013, 6, 1), date(2013, 5, 1), True),
            (date(2013, 6, 1), date(2013, 7, 1), False),
            (None, date(2013, 7, 1), True),
        ],
        ids=["earlier", "later", "the first known"],
    )
    def test_a_text_is_read_again_by_an_earlier_day(self, first: date | None, second: date, waits: bool) -> None:
        text = store(TITLE, BODY, day=first, locator="one.txt").article.text
        Work.objects.update(state=WorkState.READ)
        store(TITLE, BODY, day=second, locator="two.txt")
        assert (text.work.__class__.objects.get(text=text).state == WorkState.WAITING) is waits


class TestCorrections:
    def test_a_corrected_text_is_no_evidence_any_more(self, world: None) -> None:
        report(TITLE, "Moscow sells ten MiG-29 jets to Damascus.", "MiG-29", locator="a.txt")
        resolve()
        report(TITLE, "Moscow sells S-300 missiles to Damascus.", "S-300", locator="a.txt")
        resolve()
        assert [deal.weapon_text for deal in Deal.objects.all()] == ["S-300"]
        assert Claim.objects.get(weapon_text="MiG-29").deal is None
        assert set(Change.objects.filter(new__isnull=True).values_list("cause", flat=True)) == {Cause.SOURCE_CORRECTED}

    def test_one_more_article_of_a_text_is_one_more_article_of_its_deals(self, world: None) -> None:
        report(TITLE, BODY, "MiG-29", locator="one.txt")
        resolve()
        store(TITLE, BODY, locator="two.txt")
        assert DirtyBlock.objects.exists()
        resolve()
        deal = Deal.objects.get()
        assert (deal.articles_count, deal.texts_count, deal.origins_count) == (2, 1, 1)


class TestFailures:
    def test_a_failure_counts_up_and_goes_when_the_document_comes(self, db: None) -> None:
        error = FetchError(Reason.TIMEOUT, "a.txt: no answer within 5 seconds")
        for _ in range(3):
            failure = keep_failure(locator="a.txt", error=error)
        failure.refresh_from_db()
        assert (failure.reason, failure.attempts) == ("timeout", 3)
        store(TITLE, BODY, locator="a.txt")
        assert not Failure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_threads_that_store_the_same_make_one_text_and_one_article() -> None:
    furnish()
    problems: list[BaseException] = []
    gate = threading.Barrier(6)

    def work() -> None:
        try:
            gate.wait(10)
            for number in range(5):
                store(f"{TITLE} {number}", BODY)
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert (Text.objects.count(), Article.objects.count(), Work.objects.count()) == (5, 5, 5)
