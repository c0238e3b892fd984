"""A takedown leaves no word behind, and keeps everything else."""

import json
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import models

from reports.choices import Category, DateOf, Precision, Role, WorkState
from reports.models import Article, Change, Claim, Deal, Judgement, LedgerKey, Statement, Text, Work
from reports.records import PartyInRole, PartyRef, Quantity, Span, When
from reports.services import judging
from reports.services.intake import keep_failure
from reports.services.reading import read_text
from reports.services.redaction import redact_article
from reports.services.resolving import resolve_dirty
from tests.services.newsroom import NOW, read_as, report, resolve, said, store, told

pytestmark = pytest.mark.usefixtures("world")

# None of these words stands anywhere but in the text that is taken down.
TITLE = "Quellor buys zanthic missiles"
BODY = "Moscow will sell a wuthering of brisant missiles, Oskar Vandrell, a plinth keeper, told Gazzetta Mumblor."
WORDS = ("quellor", "zanthic", "wuthering", "brisant", "vandrell", "plinth", "mumblor", "squibmaker", "hushmonth")


def disputed_article() -> Article:
    """An article whose words stand in claims, statements, dates, disputes, deals, the log and the ledger."""
    article = store(TITLE, BODY, locator="a.txt").article
    content = article.text.content
    maker = PartyInRole(Role.PRODUCER, PartyRef("RU", "Russia"), "Squibmaker")
    autumn = When(date(2013, 9, 1), date(2013, 9, 30), Precision.MONTH, of=DateOf.DELIVERY, text="Hushmonth")
    several = Quantity(None, None, text="a wuthering")
    claims = [
        told("brisant missiles", of=content, on=BODY, quantity=several, others=(maker,), dates=(autumn,)),
        told("zanthic missiles", of=content, on=TITLE, deal=1),
        told("zanthic missiles", of=content, on=BODY, deal=1, statement=0),
    ]
    claims[1] = told("zanthic missiles", of=content, on=TITLE, deal=1, disputed=True)
    statement = said("Oskar Vandrell", of=content, on=BODY, role="plinth keeper", via="Gazzetta Mumblor", deals=(0, 1))
    read_as(article.text, claims, [statement])
    article.text.readings.update(unresolved=["zanthic"])
    resolve()
    return article


def words_anywhere(words: tuple[str, ...]) -> list[str]:
    """Where a word of the text stands, in any column of text or JSON of any table."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.values_list(*columns) if columns else ():
            told = json.dumps(row, default=str).lower()
            found += [f"{model.__name__}: {word} in {told[:200]}" for word in words if word in told]
    return found


def test_the_words_of_the_text_are_nowhere() -> None:
    article = disputed_article()
    tables = {entry.split(":")[0] for entry in words_anywhere(WORDS)}
    assert tables >= {"Article", "Change", "Claim", "ClaimDate", "ClaimParty", "Deal", "LedgerKey"}
    assert tables >= {"Reading", "Speaker", "Statement", "Text"}
    assert redact_article(public_id=article.public_id, now=NOW) == 1
    assert words_anywhere(WORDS) == []


def test_the_words_of_a_retired_deal_go_too() -> None:
    article = disputed_article()
    read_as(article.text, [], reader="reader 2")
    resolve()
    assert not Deal.objects.exists()
    redact_article(public_id=article.public_id, now=NOW)
    assert words_anywhere(WORDS) == []


def test_offsets_hash_and_lines_stay() -> None:
    article = disputed_article()
    before = Text.objects.get()
    spans = list(Claim.objects.values_list("spans__start", "spans__end"))
    redact_article(public_id=article.public_id, now=NOW)
    after = Text.objects.get()
    assert (after.hash, after.length, len(after.content)) == (before.hash, before.length, len(before.content))
    assert after.content.count("\n") == before.content.count("\n")
    assert after.content.strip() == ""
    assert list(Claim.objects.values_list("spans__start", "spans__end")) == spans


def test_a_tombstone_stays_with_what_is_no_word() -> None:
    article = disputed_article()
    ids = set(Deal.objects.values_list("public_id", flat=True))
    redact_article(public_id=article.public_id, now=NOW)
    article.refresh_from_db()
    assert (article.redacted_at, article.title) == (NOW, "")
    assert Work.objects.get().state == WorkState.SET_ASIDE
    assert set(Deal.objects.values_list("public_id", flat=True)) == ids
    assert set(Deal.objects.values_list("supplier__code", "recipient__code", "category")) == {
        ("RU", "SY", Category.MISSILES)
    }
    assert Statement.objects.get().party is not None


def test_all_articles_of_the_text_are_taken_down() -> None:
    article = disputed_article()
    store(TITLE, BODY, locator="b.txt")
    assert redact_article(public_id=article.public_id, now=NOW) == 2
    assert not Article.objects.filter(redacted_at=None).exists()


def test_another_text_keeps_its_words() -> None:
    other = report("Damascus waits for MiG-29 jets", "The pilots train in Krasnodar.", "MiG-29")
    resolve()
    redact_article(public_id=disputed_article().public_id, now=NOW)
    assert Text.objects.get(pk=other.text_id).content.endswith("Krasnodar.")
    assert Deal.objects.filter(weapon_text="MiG-29").exists()
    assert Change.objects.filter(field="reported", old__isnull=True, new="MiG-29").exists()


def test_who_is_quoted_elsewhere_keeps_the_name_that_stands_there() -> None:
    article = disputed_article()
    other = store("Another report", "Oskar Vandrell spoke again.").article
    read_as(other.text, [], [said("Oskar Vandrell", of=other.text.content, on="Oskar Vandrell spoke again.")])
    redact_article(public_id=article.public_id, now=NOW)
    assert Statement.objects.get(text=other.text).speaker.name == "Oskar Vandrell"


def test_the_same_words_again_stay_blank() -> None:
    article = disputed_article()
    redact_article(public_id=article.public_id, now=NOW)
    again = store(TITLE, BODY, locator="c.txt")
    assert (again.new_text, again.new_article, again.article.redacted_at) == (False, True, NOW)
    assert read_text(text_id=again.article.text_id, now=NOW) is None
    while resolve_dirty():
        pass
    assert words_anywhere(WORDS) == []


def test_twice_changes_nothing() -> None:
    article = disputed_article()
    redact_article(public_id=article.public_id, now=NOW)
    before = (Change.objects.count(), list(Deal.objects.values()), list(LedgerKey.objects.values()))
    assert redact_article(public_id=article.public_id, now=NOW) == 1
    assert (Change.objects.count(), list(Deal.objects.values()), list(LedgerKey.objects.values())) == before


def test_a_failure_at_its_place_goes_too() -> None:
    from reports.fetch.errors import FetchError, Reason
    from reports.models import Failure

    article = disputed_article()
    keep_failure(locator="a.txt", error=FetchError(Reason.MALFORMED, "a.txt: line 1: zanthic"))
    redact_article(public_id=article.public_id, now=NOW)
    assert not Failure.objects.exists()


def test_the_command_says_what_it_did(capsys: Any) -> None:
    article = disputed_article()
    call_command("redact", article.public_id)
    assert capsys.readouterr().out == "The text was taken down, for 1 article.\n"
    with pytest.raises(CommandError, match="there is no article nothing"):
        call_command("redact", "nothing")


def test_judgements_stay_without_the_words_that_they_took() -> None:
    article = disputed_article()
    ann = User.objects.create_user("ann")
    weapon = {"text": "brisant missiles", "category": "missiles"}
    claim = {"supplier": "RU", "recipient": "IN", "weapon": weapon, "stage": "ordered"}
    judging.add_claim(text=article.text.hash, span=Span(0, 7), claim=claim, author=ann, reason="missed")
    key = Claim.objects.filter(weapon_text="zanthic missiles").values_list("key", flat=True)[0]
    judging.correct_field(claim=key, field="weapon", value=weapon, author=ann, reason="misread")
    assert {entry.split(":")[0] for entry in words_anywhere(WORDS)} >= {"Judgement", "JudgementAnchor"}
    redact_article(public_id=article.public_id, now=NOW)
    assert words_anywhere(WORDS) == []
    assert Judgement.objects.filter(orphaned=False).count() == 2
