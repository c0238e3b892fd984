"""Dirty blocks are resolved: a block whole, by one worker, in one transaction, under a lock of its name.

Deals keep their public id by overlap of claims; every change of a field is logged with its cause. What is computed of a
deal (roles, milestones, deliveries, disputes) is replaced with it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from reports.choices import Cause
from reports.models import Claim, Deal, DirtyBlock
from reports.resolution.cluster import cluster
from reports.resolution.identity import assign
from reports.resolution.picture import picture
from reports.resolution.records import Method, Picture
from reports.services.deals import remove_deal, write_deal
from reports.services.evidence import claims_of, evidence_of
from reports.services.ledger import last_keys, mint_id, remember, retire

METHOD = Method()


def mark_dirty(*, blocks: Iterable[str], cause: Cause) -> None:
    """Say that the claims of some blocks changed. Marking again moves the mark: work under way is then done again."""
    now = timezone.now()
    DirtyBlock.objects.bulk_create(
        [DirtyBlock(block=block, since=now, cause=cause) for block in sorted(set(blocks))],
        update_conflicts=True,
        unique_fields=["block"],
        update_fields=["since", "cause"],
    )


def resolve_dirty(*, limit: int = 200, before: datetime | None = None) -> int:
    """Resolve up to `limit` dirty blocks, oldest first; how many. A block that another worker holds is left to it."""
    waiting = DirtyBlock.objects.order_by("since", "pk")
    if before:
        waiting = waiting.filter(since__lt=before)
    done = 0
    for block in list(waiting.values_list("block", flat=True)[:limit]):
        done += resolve_block(block=block)
    return done


@transaction.atomic
def resolve_block(*, block: str, cause: Cause | None = None) -> bool:
    """Compute the deals of a block from its claims. False where another worker is at it, or it is clean by now.

    With `cause` the block is computed whether it is dirty or not.
    """
    if not _lock(block):
        return False
    mark = DirtyBlock.objects.filter(block=block).first()
    if mark is None and cause is None:
        return False
    claims = claims_of(block=block)
    pictures = [picture(group, METHOD) for group in cluster(evidence_of(claims), METHOD)]
    _write(block, claims, pictures, cause or Cause(mark.cause if mark else Cause.METHOD_CHANGE))
    if mark:
        DirtyBlock.objects.filter(pk=mark.pk, since=mark.since).delete()
    return True


def _lock(block: str) -> bool:
    """The block's advisory lock for this transaction, where it is free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [block])
        row = cursor.fetchone()
    return bool(row and row[0])


def _write(block: str, claims: Sequence[Claim], pictures: Sequence[Picture], cause: Cause) -> None:
    there = {deal.public_id: deal for deal in Deal.objects.filter(block=block).select_for_update().order_by("pk")}
    keys = [frozenset(claim.key for claim in shown.claims) for shown in pictures]
    given = assign(keys, last_keys(block_ids=there.keys(), texts={claim.text.hash for claim in claims}))
    ids = [public_id or mint_id() for public_id in given.ids]
    by_pk = {str(claim.pk): claim for claim in claims}
    for public_id, shown in zip(ids, pictures, strict=True):
        write_deal(
            public_id=public_id,
            block=block,
            shown=shown,
            claims=[by_pk[item.id] for item in shown.claims],
            old=there.get(public_id),
            cause=cause,
        )
    for public_id in there.keys() - set(ids):
        remove_deal(deal=there[public_id], cause=cause)
        heirs = [ids[number] for number in given.splits.get(public_id, ())]
        forward = ids[given.forwards[public_id]] if public_id in given.forwards else None
        retire(public_id=public_id, forward=forward, heirs=heirs)
    remember(keys=dict(zip(ids, keys, strict=True)))
