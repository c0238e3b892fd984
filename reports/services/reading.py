"""Texts are read: a lease, the pure reader, and the new reading in place of the old one, in one transaction."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from reports.choices import Cause, WorkState
from reports.extraction.config import ReaderConfig, default_config
from reports.extraction.reader import read, reader_version
from reports.models import (
    Article,
    Claim,
    Reading,
    Speaker,
    Statement,
    Text,
    Work,
)
from reports.public_ids import derive
from reports.records import PartyRef, ReadingRecord, StatementRecord
from reports.services.anchoring import BY_HAND, match_again
from reports.services.catalogue import current_catalogue
from reports.services.claims import party_keys, store_claims
from reports.services.queue import enqueue_resolution
from reports.services.resolving import mark_dirty, take_claims
from reports.services.stories import join_story

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5


_readers: dict[str, ReaderConfig] = {}


def current_reader() -> ReaderConfig:
    """The reader on the current catalogue, set up once a process and snapshot."""
    catalogue = current_catalogue()
    if catalogue.snapshot not in _readers:
        _readers.clear()  # the catalogue moved on: nobody reads by the old one any more
        _readers[catalogue.snapshot] = default_config(catalogue)
    return _readers[catalogue.snapshot]


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a text."""

    state: WorkState
    claims: int = 0
    statements: int = 0


def read_text(
    *, text_id: int, now: datetime, config: ReaderConfig | None = None, holder: str = "", cause: Cause | None = None
) -> Read | None:
    """Read a waiting text, store the reading, mark the blocks that it touches. None where there is nothing to do.

    Another worker's lease is respected until it runs out; `holder` (the id of a task, which a retry keeps) takes its
    own lease up again at once. A failure of the reader is kept with its reason.
    """
    if not _lease(text_id, now, holder):
        return None
    first = Article.objects.filter(text=OuterRef("pk"), published_at__isnull=False).order_by("published_at")
    text = (
        Text.objects.select_related("work")
        .annotate(first_published=Subquery(first.values("published_at")[:1]))
        .get(pk=text_id)
    )
    if text.work.attempts > MOST_ATTEMPTS:
        return _finish(text_id, WorkState.FAILED, f"given up after {MOST_ATTEMPTS} attempts: each ended its worker")
    if text.redacted_at:
        return _finish(text_id, WorkState.SET_ASIDE, "taken down")
    published = text.first_published.date() if text.first_published else None
    config = config or current_reader()
    try:
        record = read(text.content, published=published, config=config)
    except Exception as problem:
        logger.exception("text %s could not be read", text_id)
        return _finish(text_id, WorkState.FAILED, f"{type(problem).__name__}: {problem}"[:300])
    return store_reading(text=text, record=record, now=now, cause=cause)


def _lease(text_id: int, now: datetime, holder: str) -> bool:
    """Take a waiting text, or one whose lease ran out, for ourselves alone: a conditional update, so no two win."""
    free = Q(state=WorkState.WAITING) | Q(state=WorkState.LEASED, lease_until__lt=now)
    if holder:
        free |= Q(state=WorkState.LEASED, reason=holder)
    taken = Work.objects.filter(free, text=text_id).update(
        state=WorkState.LEASED, lease_until=now + LEASE, attempts=F("attempts") + 1, reason=holder
    )
    return bool(taken)


def _finish(text_id: int, state: WorkState, reason: str = "") -> Read:
    Work.objects.filter(text=text_id).update(state=state, reason=reason, lease_until=None)
    return Read(state)


@transaction.atomic
def store_reading(*, text: Text, record: ReadingRecord, now: datetime, cause: Cause | None = None) -> Read:
    """Replace the current reading of a text as a whole, and mark the blocks of old and new claims dirty."""
    moved: list[int] = []
    if record.claims and text.story_id is None:
        _, moved = join_story(text=text)
    held = Text.objects.select_for_update().only("pk", "redacted_at").get(pk=text.pk)
    if held.redacted_at:
        return _finish(text.pk, WorkState.SET_ASIDE, "taken down")  # while it was read
    old = Reading.objects.filter(text=text, current=True).first()
    blocks = take_claims(texts=[text.pk]) if old else set()
    if old:
        Claim.objects.filter(text=text).delete()
        Statement.objects.filter(text=text).delete()
        Reading.objects.filter(text=text, current=True).update(current=False)
    if moved:
        blocks |= set(Claim.objects.filter(text__in=moved).values_list("block", flat=True))
    reading = Reading.objects.create(
        text=text,
        reader=record.reader,
        language=record.language,
        set_aside=record.set_aside[:200],
        unresolved=list(record.unresolved),
        claims_found=len(record.claims),
        statements_found=len(record.statements),
        read_at=now,
    )
    if text.language != record.language:
        Text.objects.filter(pk=text.pk).update(language=record.language)
    statements = _store_statements(reading, text, record.statements) if record.statements else []
    if record.claims:
        blocks |= {claim.block for claim in store_claims(reading, text, record.claims, statements)}
    if old or record.claims:  # most news is read once and holds no deal: nobody judged it
        blocks |= match_again(text=text, reading=reading)
    if blocks:
        mark_dirty(blocks=blocks, cause=cause or _cause(text, old, record))
        enqueue_resolution()
    state = WorkState.SET_ASIDE if record.set_aside else WorkState.READ
    Work.objects.filter(text=text).update(state=state, reason=record.set_aside[:300], lease_until=None, attempts=0)
    return Read(state, len(record.claims), len(statements))


def _cause(text: Text, old: Reading | None, record: ReadingRecord) -> Cause:
    """Why deals change with a reading: a better reader, a corrected article, or news."""
    if old is not None and old.reader != record.reader:
        return Cause.READER_UPGRADE
    if old is None and Article.objects.filter(text=text, revision__gt=1).exists():
        return Cause.SOURCE_CORRECTED
    return Cause.NEW_REPORT


def _store_statements(reading: Reading, text: Text, found: Sequence[StatementRecord]) -> list[Statement | None]:
    """The statements in order; None where a second one has the same speaker and span."""
    parties = party_keys({item.party.code for item in found if item.party})
    speakers = _speakers(found, parties)
    rows: list[Statement | None] = []
    seen: set[str] = set()
    for item in found:
        speaker = speakers[_speaker_id(item.speaker, item.party)]
        public_id = derive(text.hash, item.span.start, item.span.end, speaker.public_id)
        if public_id in seen:
            rows.append(None)
            continue
        seen.add(public_id)
        rows.append(
            Statement(
                public_id=public_id,
                reading=reading,
                text=text,
                speaker=speaker,
                role=item.role[:200],
                party_id=parties[item.party.code] if item.party else None,
                stance=item.stance,
                quote=item.quote,
                via=item.via[:200],
                start=item.span.start,
                end=item.span.end,
                groups=list(item.deals),
            )
        )
    Statement.objects.bulk_create([row for row in rows if row])
    return rows


def _speaker_id(name: str, party: PartyRef | None) -> str:
    return derive(" ".join(name.lower().split()), party.code if party else "")


def _speakers(found: Sequence[StatementRecord], parties: Mapping[str, int]) -> Mapping[str, Speaker]:
    wanted = {
        _speaker_id(item.speaker, item.party): Speaker(
            public_id=_speaker_id(item.speaker, item.party),
            name=item.speaker[:200],
            party_id=parties[item.party.code] if item.party else None,
        )
        for item in found
    }
    # in a fixed order, so that two workers that store the same speakers never wait for each other in a ring
    Speaker.objects.bulk_create([wanted[key] for key in sorted(wanted)], ignore_conflicts=True)
    return {speaker.public_id: speaker for speaker in Speaker.objects.filter(public_id__in=wanted)}


def ask_for_rereading(*, texts: Sequence[int], now: datetime) -> int:
    """Let texts that were read wait again, for the bulk queue; how many. An analyst's own words are not read."""
    return (
        Work.objects.filter(text__in=texts)
        .exclude(text__in=Reading.objects.filter(text__in=texts, current=True, reader=BY_HAND).values("text"))
        .exclude(state=WorkState.LEASED, lease_until__gte=now)
        .update(state=WorkState.WAITING, bulk=True, enqueued_at=now, attempts=0, reason="")
    )


def texts_by_older_readers() -> list[int]:
    """Texts whose current reading is by another reader than today's."""
    version = reader_version(current_reader())
    return list(
        Text.objects.filter(redacted_at=None)
        .exclude(readings__in=Reading.objects.filter(current=True, reader__in=(version, BY_HAND)))
        .values_list("pk", flat=True)
    )


def article_texts(*, public_id: str) -> list[int]:
    """The text of an article, as a list of none or one."""
    return list(Article.objects.filter(public_id=public_id).values_list("text", flat=True))
