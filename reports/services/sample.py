"""The sample corpus: sent through the queue like any article, marked as sample everywhere, taken out at once."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from reports.choices import Cause, Origin, SourceKind, WorkState
from reports.fetch.files import read_file
from reports.models import (
    Article,
    Change,
    Claim,
    Deal,
    Judgement,
    JudgementAnchor,
    LedgerEntry,
    LedgerKey,
    Source,
    Speaker,
    Statement,
    Text,
    Work,
)
from reports.records import Document
from reports.services.intake import store_document
from reports.services.resolving import mark_dirty, resolve_surely, take_claims
from reports.services.stories import leave_stories

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
SOURCE = {
    "name": "armstrack sample corpus",
    "kind": SourceKind.SAMPLE,
    "is_sample": True,
    "language": "en",
    "origin": Origin.ANALYST,
}


def sample_source() -> Source:
    """The source that every article of the sample corpus has, and nothing else."""
    source, _ = Source.objects.get_or_create(slug="armstrack-sample-corpus", defaults=SOURCE)
    return source


def load_sample(*, now: datetime, stored: Callable[[int, int], None] = lambda done, total: None) -> list[int]:
    """Store the sample corpus and put it on the queue; the pks of its texts. `stored` hears (done, total)."""
    source = sample_source()
    with (SAMPLE / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    texts = []
    for number, row in enumerate(rows, 1):
        (found,) = read_file(SAMPLE / "articles" / f"{row['id']}.txt")
        if not isinstance(found, Document):
            raise found
        published = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
        document = Document(found.title, found.body, f"sample:{row['id']}", published=published, language="en")
        texts.append(store_document(document=document, now=now, source=source).article.text_id)
        stored(number, len(rows))
    return texts


def still_waiting(*, texts: list[int]) -> int:
    """How many of some texts are not read yet."""
    return Work.objects.filter(text__in=texts, state__in=(WorkState.WAITING, WorkState.LEASED)).count()


def has_sample() -> bool:
    """Whether sample data is there."""
    return Article.objects.filter(source__is_sample=True).exists()


def remove_sample() -> int:
    """Take out the sample articles, the texts that only they have, and what was read from those. How many articles.

    Deals that nothing else supports vanish with them, and with their ids and history; the others are computed anew.
    """
    with transaction.atomic():
        articles = Article.objects.filter(source__is_sample=True)
        texts = set(articles.values_list("text", flat=True))
        count = articles.count()
        articles.delete()
        orphans = texts - set(Article.objects.filter(text__in=texts).values_list("text", flat=True))
        blocks = take_claims(texts=texts)
        moved = leave_stories(texts=orphans)
        blocks |= set(Claim.objects.filter(text__in=moved).values_list("block", flat=True))
        hashes = list(Text.objects.filter(pk__in=orphans).values_list("hash", flat=True))
        speakers = set(Statement.objects.filter(text__in=orphans).values_list("speaker", flat=True))
        anchored = Judgement.objects.filter(anchors__text_hash__in=hashes)
        elsewhere = JudgementAnchor.objects.exclude(text_hash__in=hashes)
        anchored.exclude(pk__in=elsewhere.values("judgement")).delete()
        Text.objects.filter(pk__in=orphans).delete()
        Speaker.objects.filter(pk__in=speakers, statements=None).delete()
        mark_dirty(blocks=blocks, cause=Cause.SOURCE_RETRACTED)
    # not left to the worker: the ids that it retires are taken out of the ledger below
    resolve_surely(blocks=blocks, cause=Cause.SOURCE_RETRACTED)
    with transaction.atomic():
        _forget(hashes)
        Source.objects.filter(is_sample=True, articles=None).delete()
    return count


def _forget(hashes: list[str]) -> None:
    """Take sample texts out of the ledger, and ids that held nothing else: none was ever an id of reporting."""
    held = LedgerKey.objects.filter(text_hash__in=hashes)
    ids = set(held.values_list("entry", flat=True))
    held.delete()
    live = Deal.objects.values("public_id")
    names: set[str] = set()
    while ids:  # and what forwards to them
        bare = LedgerEntry.objects.filter(public_id__in=ids, keys=None).exclude(public_id__in=live)
        names |= set(bare.values_list("public_id", flat=True))
        leading = LedgerEntry.objects.filter(forwards_to__in=names, keys=None).exclude(public_id__in=names)
        ids = set(leading.values_list("public_id", flat=True))
    LedgerEntry.objects.filter(public_id__in=names).update(forwards_to=None)
    Change.objects.filter(deal__in=names).delete()
    LedgerEntry.objects.filter(public_id__in=names, forwarded=None).delete()
