"""Dirty blocks are resolved: a block whole, by one worker, in one transaction, under a lock of its name.

Deals keep their public id by overlap of claims; every change of a field is logged with its cause. What is computed of a
deal (roles, milestones, deliveries, disputes) is replaced with it.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from reports.choices import Cause
from reports.models import Claim, Deal, DirtyBlock
from reports.resolution.cluster import cluster
from reports.resolution.identity import assign
from reports.resolution.picture import picture
from reports.resolution.records import Method, Picture
from reports.services.deals import Written, remove_deals, write_deals
from reports.services.evidence import appearances, claims_of, evidence_of
from reports.services.ledger import last_keys, leads_nowhere, mint_ids, remember, retire

logger = logging.getLogger(__name__)
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


def take_claims(*, texts: Iterable[int]) -> set[str]:
    """Hold the claims of some texts until the transaction ends, before they change; the blocks that they are in.

    Whoever resolves a block holds its claims first too, so that no two wait for each other.
    """
    held = Claim.objects.filter(text__in=list(texts)).select_for_update(no_key=True).order_by("pk")
    return set(held.values_list("block", flat=True))


def resolve_dirty(*, limit: int = 200, before: datetime | None = None) -> int:
    """Resolve up to `limit` dirty blocks, oldest first; how many. A block that another worker holds is left to it."""
    waiting = DirtyBlock.objects.order_by("since", "pk")
    if before:
        waiting = waiting.filter(since__lt=before)
    done = 0
    for block in list(waiting.values_list("block", flat=True)[:limit]):
        try:
            done += resolve_block(block=block)
        except (OperationalError, InterfaceError):
            raise  # the database is away, or two workers are in each other's way: the task tries again
        except Exception:
            # one block that cannot be resolved must not keep the others waiting; it stays dirty
            logger.exception("block %s could not be resolved", block)
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
    seen = appearances(claim.text_id for claim in claims)
    pictures = [picture(group, METHOD) for group in cluster(evidence_of(claims, seen), METHOD)]
    articles = {text: appearance.articles for text, appearance in seen.items()}
    # claims of a text that was corrected are no evidence any more
    Claim.objects.filter(block=block, deal__isnull=False).exclude(pk__in=[item.pk for item in claims]).update(deal=None)
    _write(block, claims, pictures, articles, cause or Cause(mark.cause if mark else Cause.METHOD_CHANGE))
    if mark:
        DirtyBlock.objects.filter(pk=mark.pk, since=mark.since).delete()
    return True


def _lock(block: str) -> bool:
    """The block's advisory lock for this transaction, where it is free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [block])
        row = cursor.fetchone()
    return bool(row and row[0])


def _write(
    block: str, claims: Sequence[Claim], pictures: Sequence[Picture], articles: Mapping[int, int], cause: Cause
) -> None:
    rows = Deal.objects.filter(block=block).select_related("supplier", "recipient")
    there = {deal.public_id: deal for deal in rows.select_for_update(of=("self",)).order_by("pk")}
    keys = [frozenset(claim.key for claim in shown.claims) for shown in pictures]
    last = last_keys(block_ids=there.keys(), texts={claim.text.hash for claim in claims})
    given = assign(keys, last)
    minted = iter(mint_ids(given.ids.count(None)))
    ids = [public_id or next(minted) for public_id in given.ids]
    by_pk = {str(claim.pk): claim for claim in claims}
    deals = [
        Written(public_id, shown, [by_pk[item.id] for item in shown.claims], there.get(public_id))
        for public_id, shown in zip(ids, pictures, strict=True)
    ]
    write_deals(block=block, deals=deals, articles=articles, cause=cause)
    gone = sorted(there.keys() - set(ids))
    if gone:
        remove_deals(deals=[there[public_id] for public_id in gone], cause=cause)
    # an id that was retired before its claims turned up here leads here too
    lost = leads_nowhere(ids=(given.forwards.keys() | given.splits.keys()) - there.keys())
    for public_id in (*gone, *lost):
        heirs = [ids[number] for number in given.splits.get(public_id, ())]
        forward = ids[given.forwards[public_id]] if public_id in given.forwards else None
        retire(public_id=public_id, forward=forward, heirs=heirs)
    remember(keys=dict(zip(ids, keys, strict=True)), last=last)
