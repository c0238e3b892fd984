"""Reads about articles: the list, and one article's text with what was read from it marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Prefetch, QuerySet

from reports.models import Article, Claim, Statement, Work


def articles() -> QuerySet[Article]:
    """Every article with its source and how many deals its text reports, newest first."""
    return (
        Article.objects.select_related("source", "source__country", "text", "text__work")
        .annotate(deals_count=Count("text__claims__deal", distinct=True))
        .order_by("-published_at", "-id")
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that carries a claim or a statement: `anchor` names it in the page."""

    start: int
    end: int
    kind: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks; `gap` where words are left out before it."""

    text: str
    kinds: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article with its text in segments and what was read from it."""

    article: Article
    paragraphs: tuple[tuple[Segment, ...], ...]
    full_text: bool
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    copies: tuple[Article, ...]
    work: Work | None


def article_view(article: Article, *, full_text: bool) -> ArticleView:
    """The article's page; without `full_text` only the sentences that carry evidence are in it."""
    claims = tuple(
        Claim.objects.filter(text=article.text_id)
        .select_related("supplier", "recipient", "weapon", "deal", "statement__speaker")
        .prefetch_related("spans", "others__party")
        .order_by("group", "id")
    )
    statements = tuple(
        Statement.objects.filter(text=article.text_id)
        .select_related("speaker", "party")
        .prefetch_related(Prefetch("deals"))
        .order_by("start")
    )
    body_start = article.text.title_length
    marks = [
        *(
            Mark(span.start, span.end, "claim", f"claim-{claim.pk}")
            for claim in claims
            if claim.statement_id is None
            for span in claim.spans.all()
        ),
        *(Mark(item.start, item.end, "statement", f"statement-{item.public_id}") for item in statements),
    ]
    return ArticleView(
        article=article,
        paragraphs=paragraphs(segments(article.text.content, marks, body_start, full_text=full_text)),
        full_text=full_text,
        claims=claims,
        statements=statements,
        copies=tuple(
            Article.objects.filter(text=article.text_id).exclude(pk=article.pk).select_related("source").order_by("id")
        ),
        work=Work.objects.filter(text=article.text_id).first(),
    )


def segments(content: str, marks: Sequence[Mark], start: int = 0, *, full_text: bool = True) -> list[Segment]:
    """`content` from `start` on, cut wherever a mark begins or ends; unmarked runs become gaps without `full_text`.

    Marks may overlap and nest. The texts of the segments, in order, are the content (or, of it, what is marked).
    """
    edges = sorted(
        {start, len(content), *(max(start, e) for m in marks for e in (m.start, m.end) if e <= len(content))}
    )
    result: list[Segment] = []
    gap = False
    for left, right in pairwise(edges):
        over = [mark for mark in marks if mark.start <= left and right <= mark.end]
        blank = not content[left:right].strip()
        if over or full_text or (blank and not gap):
            kinds = tuple(sorted({mark.kind for mark in over}))
            result.append(Segment(content[left:right], kinds, tuple(mark.anchor for mark in over), gap))
            gap = False
        else:
            gap = True
    if gap:
        result.append(Segment("", gap=True))
    return result


def paragraphs(runs: Iterable[Segment]) -> tuple[tuple[Segment, ...], ...]:
    """The segments grouped by paragraph (a line break in the text), blank ones dropped."""
    grouped: list[list[Segment]] = [[]]
    for run in runs:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                grouped.append([])
            grouped[-1].append(Segment(line, run.kinds, run.anchors, run.gap and number == 0))
    return tuple(tuple(group) for group in grouped if any(item.text.strip() or item.gap for item in group))
