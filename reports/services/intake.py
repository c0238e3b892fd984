"""Documents come in: each text once, each appearance as an article, each failure with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import F

from reports.choices import Cause, WorkState
from reports.fetch.errors import FetchError
from reports.models import Article, Claim, Failure, Feed, Source, Text, Work
from reports.records import Document, content_hash
from reports.services.catalogue import source_of
from reports.services.queue import enqueue, enqueue_resolution
from reports.services.resolving import mark_dirty


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document."""

    article: Article
    new_text: bool
    new_article: bool


def store_document(
    *, document: Document, now: datetime, source: Source | None = None, feed: Feed | None = None, bulk: bool = False
) -> Stored:
    """Store a document's text (once) and its article, and put the text on the queue after the commit.

    The same document twice changes nothing. Other words at the same locator are a revision, which supersedes the
    earlier one. Safe while others store the same.

    Raises:
        ValueError: the document holds no text.
    """
    content = document.content
    if not content:
        raise ValueError(f"{document.locator}: holds no text")
    source = source or source_of(domain=_domain(document.url), name=document.outlet or "files")
    for attempt in (1, 2, 3):
        try:
            with transaction.atomic():
                return _store(document, content, source, feed, now, bulk)
        except IntegrityError:
            if attempt == 3:
                raise
    raise AssertionError("unreachable")


def _store(document: Document, content: str, source: Source, feed: Feed | None, now: datetime, bulk: bool) -> Stored:
    digest = content_hash(content)
    title = content.partition("\n\n")[0] if document.title.strip() else ""
    text, new_text = Text.objects.get_or_create(
        hash=digest,
        defaults={"content": content, "length": len(content), "title_length": len(title)},
    )
    if new_text:
        Work.objects.create(text=text, enqueued_at=now, bulk=bulk)
        enqueue(texts=[text.pk], bulk=bulk)
    locator = document.locator[:1000]
    Failure.objects.filter(locator=locator).delete()
    revisions = list(Article.objects.filter(source=source, locator=locator))
    article = next((revision for revision in revisions if revision.text_id == text.pk), None)
    if article and not article.superseded:
        return Stored(article, new_text, new_article=False)
    last = max((revision.revision for revision in revisions), default=0)
    outdated = [revision.text_id for revision in revisions if not revision.superseded]
    if outdated:
        Article.objects.filter(source=source, locator=locator, superseded=False).update(superseded=True)
    is_known = article is not None
    if article:  # what was corrected once was put back
        article.revision, article.superseded = last + 1, False
        article.save(update_fields=["revision", "superseded"])
    else:
        article = Article.objects.create(
            text=text,
            source=source,
            locator=locator,
            url=document.url if len(document.url) <= 1000 else "",
            title="" if text.redacted_at else title[:500],
            revision=last + 1,
            published_at=document.published,
            retrieved_at=now,
            feed=feed,
            redacted_at=text.redacted_at,
        )
    if not new_text:
        _appears_again(text, article, now, bulk)
    if outdated:
        _mark(outdated, Cause.SOURCE_CORRECTED)
    return Stored(article, new_text, new_article=not is_known)


def _appears_again(text: Text, article: Article, now: datetime, bulk: bool) -> None:
    """A further article may give a text an earlier day, by which it is read again; and it gives its deals one more."""
    others = Article.objects.filter(text=text, published_at__isnull=False).exclude(pk=article.pk)
    first = others.order_by("published_at").values_list("published_at", flat=True).first()
    if article.published_at and (first is None or article.published_at.date() < first.date()):
        Work.objects.filter(text=text, state=WorkState.READ).update(state=WorkState.WAITING, enqueued_at=now)
        enqueue(texts=[text.pk], bulk=bulk)
    _mark([text.pk], Cause.NEW_REPORT)


def _mark(texts: Sequence[int], cause: Cause) -> None:
    blocks = set(Claim.objects.filter(text__in=texts).values_list("block", flat=True))
    if blocks:
        mark_dirty(blocks=blocks, cause=cause)
        enqueue_resolution()


def _domain(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def keep_failure(*, locator: str, error: FetchError, feed: Feed | None = None) -> Failure:
    """Keep what could not be taken in, with its reason; again at the same locator counts up."""
    failure, new = Failure.objects.update_or_create(
        locator=locator[:1000], defaults={"reason": error.reason, "detail": error.message[:500], "feed": feed}
    )
    if not new:
        Failure.objects.filter(pk=failure.pk).update(attempts=F("attempts") + 1)
    return failure
