"""`redact` takes a text down for all its articles, once and for all."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.models import Article, Text
from tests.services.newsroom import report, store

pytestmark = pytest.mark.usefixtures("world")
BODY = "Moscow sells MiG-29 jets."


def redact(capsys: Any, article: str) -> str:
    call_command("redact", article)
    return str(capsys.readouterr().out.strip())


def test_the_words_go_for_each_article_of_the_text(capsys: Any) -> None:
    article = report("Jets for Syria", BODY, "MiG-29")
    store("Jets for Syria", BODY, locator="elsewhere.txt")
    length = len(article.text.content)
    assert redact(capsys, article.public_id) == "The text was taken down, for 2 articles."
    content = Text.objects.get().content
    assert (len(content), content.strip()) == (length, "")
    assert set(Article.objects.values_list("title", flat=True)) == {""}


def test_twice_says_the_same(capsys: Any) -> None:
    article = report("Jets for Syria", BODY, "MiG-29")
    assert redact(capsys, article.public_id) == redact(capsys, article.public_id)


def test_an_article_that_is_not_there_is_named(capsys: Any) -> None:
    with pytest.raises(CommandError, match="there is no article nowhere1"):
        redact(capsys, "nowhere1")
