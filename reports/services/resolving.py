"""Dirty blocks are resolved: each whole, by one worker, some in one transaction, under locks of their names.

Deals keep their public id by overlap of claims; every change of a field is logged with its cause. What is computed of a
deal (roles, milestones, deliveries, disputes) is replaced with it.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from reports.choices import Cause, Review
from reports.models import Claim, Deal, DirtyBlock, Judgement
from reports.resolution.deals import pictures
from reports.resolution.identity import assign
from reports.resolution.judging import settle
from reports.resolution.records import Evidence, Method, Picture
from reports.services.deals import Written, remove_deals, write_deals
from reports.services.evidence import appearances, claims_of, evidence_of
from reports.services.judged import Decided, decided_on
from reports.services.ledger import last_keys, leads_nowhere, mint_ids, remember, retire
from reports.services.relations import hold_relations, write_relations

logger = logging.getLogger(__name__)
METHOD = Method()
BATCH = 25  # blocks that are read and written together, in a fixed number of queries


def mark_dirty(*, blocks: Iterable[str], cause: Cause) -> None:
    """Say that the claims of some blocks changed. Marking again moves the mark: work under way is then done again."""
    now = timezone.now()
    DirtyBlock.objects.bulk_create(
        [DirtyBlock(block=block, since=now, cause=cause) for block in sorted(set(blocks))],
        update_conflicts=True,
        unique_fields=["block"],
        update_fields=["since", "cause"],
    )


def take_claims(*, texts: Iterable[int]) -> set[str]:
    """Hold the claims of some texts until the transaction ends, before they change; the blocks that they are in.

    Whoever resolves a block holds its claims first too, so that no two wait for each other.
    """
    held = Claim.objects.filter(text__in=list(texts)).select_for_update(no_key=True).order_by("pk")
    return set(held.values_list("block", flat=True))


def resolve_dirty(*, limit: int = 200) -> int:
    """Resolve up to `limit` dirty blocks, oldest first; how many. A block that another worker holds is left to it."""
    waiting = list(DirtyBlock.objects.order_by("since", "pk").values_list("block", flat=True)[:limit])
    return sum(_resolve_patiently(waiting[start : start + BATCH]) for start in range(0, len(waiting), BATCH))


def _resolve_patiently(blocks: Sequence[str]) -> int:
    """Resolve a batch; where it fails, block by block: one that cannot be resolved keeps no other waiting."""
    try:
        return len(resolve_blocks(blocks=blocks))
    except (OperationalError, InterfaceError):
        raise  # the database is away, or two workers are in each other's way: the task tries again
    except Exception:
        if len(blocks) == 1:
            logger.exception("block %s could not be resolved", blocks[0])
            return 0
    return sum(_resolve_patiently([block]) for block in blocks)


def resolve_surely(*, blocks: Iterable[str], cause: Cause, done: Callable[[int], None] = lambda number: None) -> None:
    """Compute the deals of some blocks, dirty or not, and wait for those that another worker is at.

    In small transactions; `done` hears how many blocks are done so far.
    """
    ordered = sorted(set(blocks))
    for start in range(0, len(ordered), BATCH):
        left = set(ordered[start : start + BATCH])
        while left := left - set(resolve_blocks(blocks=sorted(left), cause=cause)):
            time.sleep(0.05)  # another worker holds some for a moment
        done(min(start + BATCH, len(ordered)))


@transaction.atomic
def resolve_blocks(*, blocks: Sequence[str], cause: Cause | None = None) -> list[str]:
    """Compute the deals of some blocks from their claims, each block whole. The blocks that were computed.

    Left out are those that another worker is at, and those that are clean by now. With `cause` they are computed
    whether they are dirty or not.
    """
    blocks = _lock(blocks)
    marks = {mark.block: mark for mark in DirtyBlock.objects.filter(block__in=blocks)}
    if cause is None:
        blocks = [block for block in blocks if block in marks]
    if not blocks:
        return []
    claims = claims_of(blocks=blocks)
    decided = decided_on(claims=claims)
    if decided.related:
        hold_relations()
    seen = appearances(claim.text_id for claim in claims)
    evidence: dict[str, list[Evidence]] = {block: [] for block in blocks}
    for claim, record in zip(claims, evidence_of(claims, seen), strict=True):
        evidence[claim.block].append(record)
    found = [
        _Found(block, shown, cause or Cause(marks[block].cause), _review(shown, decided))
        for block in blocks
        for shown in pictures(evidence[block], decided.judgements, METHOD)
    ]
    # claims of a text that was corrected, or that an analyst rejected, are no evidence any more
    standing = [int(claim.id) for item in found for claim in item.shown.claims]
    Claim.objects.filter(block__in=blocks, deal__isnull=False).exclude(pk__in=standing).update(deal=None)
    causes = {block: cause or Cause(marks[block].cause) for block in blocks}
    articles = {text: appearance.articles for text, appearance in seen.items()}
    _write(found, causes, claims, articles, decided.grades)
    if decided.judgements.verdicts:
        _mark_set_aside(decided)
    if decided.related:
        write_relations(claims=[claim.pk for claim in claims])
    if marks:
        # a mark that moved meanwhile stays: there is more to do
        done = [Q(pk=mark.pk, since=mark.since) for mark in marks.values() if mark.block in evidence]
        DirtyBlock.objects.filter(reduce(or_, done)).delete()
    return list(blocks)


def _review(shown: Picture, decided: Decided) -> Review:
    """Whether a person looked at a claim of a deal, and whether what they decided contradicts itself by now."""
    claims = {claim.id for claim in shown.claims}
    if claims.isdisjoint(decided.looked_at):
        return Review.MACHINE
    aside = settle(decided.judgements.verdicts).set_aside
    doubtful = {
        claim
        for verdict in decided.judgements.verdicts
        if verdict.id in aside
        for claim in (*verdict.one, *verdict.other)
    }
    return Review.REVIEWED if claims.isdisjoint(doubtful) else Review.CONTESTED


def _mark_set_aside(decided: Decided) -> None:
    """Let the review queue have the verdicts that newer ones exclude, and take back those that fit again."""
    aside = settle(decided.judgements.verdicts).set_aside
    whole = [verdict for verdict in decided.judgements.verdicts if verdict.one and verdict.other]
    Judgement.objects.filter(pk__in=[int(number) for number in aside], orphaned=False).update(orphaned=True)
    fits = [int(verdict.id) for verdict in whole if verdict.id not in aside]
    Judgement.objects.filter(pk__in=fits, orphaned=True).update(orphaned=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """A deal that was computed, not yet written."""

    block: str
    shown: Picture
    cause: Cause
    review: Review


def _lock(blocks: Sequence[str]) -> list[str]:
    """Those of some blocks, sorted, whose advisory lock was free and is ours until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT block FROM (SELECT unnest(%s::text[]) AS block ORDER BY 1) AS sorted"
            " WHERE pg_try_advisory_xact_lock(hashtextextended(block, 0))",
            [sorted(set(blocks))],
        )
        return sorted(row[0] for row in cursor.fetchall())


def _write(
    found: Sequence[_Found],
    causes: Mapping[str, Cause],
    claims: Sequence[Claim],
    articles: Mapping[int, int],
    grades: Mapping[str, int],
) -> None:
    rows = Deal.objects.filter(block__in=causes).select_related("supplier", "recipient")
    there = {deal.public_id: deal for deal in rows.select_for_update(of=("self",)).order_by("pk")}
    keys = [frozenset(claim.key for claim in item.shown.claims) for item in found]
    last, former = last_keys(block_ids=there.keys(), texts={claim.text.hash for claim in claims})
    given = assign(keys, last, former)
    minted = iter(mint_ids(given.ids.count(None)))
    ids = [public_id or next(minted) for public_id in given.ids]
    by_pk = {str(claim.pk): claim for claim in claims}
    deals = [
        Written(
            public_id=public_id,
            block=item.block,
            shown=item.shown,
            claims=[by_pk[record.id] for record in item.shown.claims],
            old=there.get(public_id),
            cause=item.cause,
            review=item.review,
        )
        for public_id, item in zip(ids, found, strict=True)
    ]
    write_deals(deals=deals, articles=articles, grades=grades)
    gone = sorted(there.keys() - set(ids))
    if gone:
        remove_deals(deals=[(there[public_id], causes[there[public_id].block]) for public_id in gone])
    # an id that was retired before its claims turned up here leads here too
    lost = leads_nowhere(ids=(given.forwards.keys() | given.splits.keys()) - there.keys())
    for public_id in (*gone, *lost):
        heirs = [ids[number] for number in given.splits.get(public_id, ())]
        forward = ids[given.forwards[public_id]] if public_id in given.forwards else None
        retire(public_id=public_id, forward=forward, heirs=heirs)
    remember(keys=dict(zip(ids, keys, strict=True)), last=last)
