"""The sample corpus comes in through the worker and goes without a trace."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from reports.catalogue.load import load_catalogue
from reports.choices import WorkState
from reports.models import Article, Deal, LedgerEntry, Source, Story, Text, Work
from reports.services.catalogue import sync_catalogue
from reports.services.sample import has_sample, load_sample, remove_sample, sample_source, still_waiting
from tests.services.newsroom import NOW, deals, furnish, read_as, report, resolve, said, store, told

SAID = "Rosoboronexport said so on Friday in Moscow, in words that stand in this report alone, and nowhere else at all."
COPIED = (
    "Russia has sold Syria twelve jets, and their pilots are being trained in Krasnodar, where the winter is mild and "
    "the sky is wide. The price was not given by either side, nor was a day."
)


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models(include_auto_created=True)}


def sample_report(title: str, body: str, weapon: str) -> Text:
    text = store(title, body, locator=f"sample:{title}", source=sample_source()).article.text
    claims = [told(weapon, of=text.content, on=title), told(weapon, of=text.content, on=title, statement=0)]
    read_as(text, claims, [said("Rosoboronexport", of=text.content, on=title)])
    return text


@pytest.mark.usefixtures("world")
class TestRemoval:
    def test_what_only_the_sample_brought_leaves_no_trace(self) -> None:
        before = rows()
        sample_report("Moscow sells MiG-29 jets", SAID, "MiG-29")
        sample_report("Moscow sells S-300 missiles", "To Damascus.", "S-300")
        resolve()
        assert has_sample()
        assert Deal.objects.filter(is_sample=True).count() == 2
        assert remove_sample() == 2
        assert rows() == before
        assert not has_sample()

    def test_what_others_brought_stays(self) -> None:
        report("Damascus waits for its MiG-29s", "They are late.", "MiG-29")
        resolve()
        alone = deals()
        sample_report("Moscow sells MiG-29 jets", SAID, "MiG-29")
        resolve()
        assert Deal.objects.get().is_sample
        remove_sample()
        assert deals() == alone
        assert not Deal.objects.get().is_sample
        assert LedgerEntry.objects.get().retired_at is None

    def test_a_text_that_another_source_has_too_stays_without_the_mark(self) -> None:
        text = sample_report("Moscow sells MiG-29 jets", SAID, "MiG-29")
        store("Moscow sells MiG-29 jets", SAID, locator="real.txt")
        resolve()
        remove_sample()
        assert Text.objects.get() == text
        assert not Deal.objects.get().is_sample
        assert Deal.objects.get().articles_count == 1

    def test_a_copy_keeps_a_story(self) -> None:
        sample_report("Moscow sells MiG-29 jets", COPIED, "MiG-29")
        copy = report("Jets for Damascus", COPIED, "MiG-29").text
        resolve()
        assert Deal.objects.get().origins_count == 2
        remove_sample()
        assert Story.objects.get().root == copy
        assert Deal.objects.get().origins_count == 1

    def test_nothing_to_remove_is_said(self, capsys: Any) -> None:
        call_command("sample", "--remove")
        assert capsys.readouterr().out == "There is none.\n"
        assert not Source.objects.filter(is_sample=True).exists()


@pytest.mark.django_db(transaction=True)
def test_it_comes_in_through_the_worker(worker: Any, capsys: Any) -> None:
    sync_catalogue(catalogue=load_catalogue())
    call_command("sample", "--load")
    worker.wait_idle(120)
    texts = Text.objects.count()
    assert texts > 100
    assert Work.objects.filter(state=WorkState.READ).count() == texts
    assert Deal.objects.filter(is_sample=True).count() == Deal.objects.count() > 100
    assert f"{Article.objects.count()} articles, {texts} texts" in capsys.readouterr().out
    before = deals()
    assert still_waiting(texts=load_sample(now=NOW)) == 0
    assert deals() == before
    call_command("sample", "--remove")
    assert (Article.objects.count(), Text.objects.count(), Deal.objects.count()) == (0, 0, 0)
    assert LedgerEntry.objects.count() == 0


@pytest.mark.django_db
def test_loading_says_how_far_it_is() -> None:
    furnish()
    heard: list[tuple[int, int]] = []
    load_sample(now=NOW, stored=lambda done, total: heard.append((done, total)))
    assert heard == [(n, len(heard)) for n in range(1, len(heard) + 1)]
    assert has_sample()
