"""Reads about statements and speakers. The words of a statement are a span of its text, never a copy."""

from django.db.models import Count, F, Prefetch, QuerySet
from django.db.models.functions import Substr

from reports.models import Article, Speaker, Statement, Text


def statements() -> QuerySet[Statement]:
    """Every statement with its `words`, speaker, party and deals, newest text first."""
    return (
        Statement.objects.select_related("speaker", "party")
        .annotate(words=Substr("text__content", F("start") + 1, F("end") - F("start")))
        .prefetch_related(
            "deals__supplier",
            "deals__recipient",
            Prefetch("text", Text.objects.defer("content")),
            Prefetch("text__articles", Article.objects.select_related("source")),
        )
        .order_by("-text_id", "start")
    )


def speakers() -> QuerySet[Speaker]:
    """Every speaker with the number of statements, the most quoted first."""
    return (
        Speaker.objects.select_related("party")
        .annotate(statements_count=Count("statements"))
        .order_by("-statements_count", "name")
    )
