"""The id ledger: ids are minted once, forwarded, split, and never used again. And the log of changes, append-only."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from reports.choices import Cause
from reports.models import Change, Deal, LedgerEntry, LedgerKey
from reports.public_ids import mint
from reports.resolution.identity import matches
from reports.resolution.records import Key


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of one deal that changed; `published` is when the news of it was."""

    public_id: str
    field: str
    old: Any
    new: Any
    cause: Cause
    published: datetime | None = None


def mint_ids(count: int) -> list[str]:
    """New public ids, entered in the ledger."""
    ids: list[str] = []
    while len(ids) < count:
        drawn = {mint() for _ in range(count - len(ids))}
        free = drawn - set(LedgerEntry.objects.filter(public_id__in=drawn).values_list("public_id", flat=True))
        LedgerEntry.objects.bulk_create([LedgerEntry(public_id=public_id) for public_id in sorted(free)])
        ids += sorted(free)
    return ids


Held = Mapping[str, frozenset[Key]]


def last_keys(*, block_ids: Collection[str], texts: Collection[str]) -> tuple[Held, Held]:
    """The claims that ids last held: those of a block's deals, and of retired ids those of these texts.

    And those that such ids held before another took them: they have them again where a merge or a split is undone.
    """
    of_texts = LedgerKey.objects.filter(text_hash__in=list(texts))
    rows = LedgerKey.objects.filter(entry__in=list(block_ids)) | of_texts.filter(entry__retired_at__isnull=False)
    former = of_texts.filter(before__in=list(block_ids)) | of_texts.filter(before__retired_at__isnull=False)
    return _held(_keys_of(rows)), _held(_keys_of(former, "before_id"))


def _held(rows: Sequence[tuple[str, Key]]) -> Held:
    found: dict[str, set[Key]] = defaultdict(set)
    for entry, key in rows:
        found[entry].add(key)
    return {entry: frozenset(keys) for entry, keys in found.items()}


def remember(*, keys: Mapping[str, frozenset[Key]], last: Mapping[str, frozenset[Key]]) -> None:
    """Write down which claims each id holds now, and that it is in use. `last` is what it held before."""
    LedgerEntry.objects.filter(public_id__in=list(keys), retired_at__isnull=False).update(
        retired_at=None, forwards_to=None
    )
    keys = {public_id: held for public_id, held in keys.items() if last.get(public_id) != held}
    if not keys:
        return
    # one claim's key may stand in two groups of a text: the first id has it
    owners = {key: public_id for public_id in sorted(keys, reverse=True) for key in keys[public_id]}
    before = _held_before(owners)
    LedgerKey.objects.filter(entry__in=list(keys)).delete()
    LedgerKey.objects.bulk_create(
        [
            LedgerKey(
                entry_id=owners[key],
                before_id=before.get(key),
                text_hash=key.text_hash,
                start=key.start,
                end=key.end,
                roles=key.roles,
            )
            for key in sorted(owners, key=lambda key: (key.text_hash, key.start, key.end, key.roles))
        ],
        update_conflicts=True,
        unique_fields=["text_hash", "start", "end", "roles"],
        update_fields=["entry", "before"],
        batch_size=2000,
    )


def _held_before(owners: Mapping[Key, str]) -> dict[Key, str]:
    """For each claim the id that held it before the one that gets it now, where there was one."""
    found = {}
    rows = LedgerKey.objects.filter(text_hash__in={key.text_hash for key in owners})
    columns = rows.values_list("entry_id", "before_id", "text_hash", "start", "end", "roles")
    for entry, before, text_hash, start, end, roles in columns:
        key = Key(text_hash, start, end, roles)
        owner = owners.get(key)
        last = entry if owner and entry != owner else before
        if last and last != owner:
            found[key] = last
    return found


def leads_nowhere(*, ids: Collection[str]) -> list[str]:
    """Those of some retired ids that neither forward nor have successors, sorted."""
    if not ids:
        return []
    entries = LedgerEntry.objects.filter(public_id__in=ids, retired_at__isnull=False, forwards_to=None, successors=None)
    return sorted(entries.values_list("public_id", flat=True))


def retire(*, public_id: str, forward: str | None, heirs: Sequence[str]) -> None:
    """An id that names no deal any more: it forwards to the deal that took it in, or lists those it was split into.

    Where no deal of its block took its claims, a deal of another block may have: it forwards there.
    """
    entry = LedgerEntry.objects.get(public_id=public_id)
    entry.retired_at = entry.retired_at or timezone.now()
    forward = forward or (None if heirs else _heir_elsewhere(public_id))
    entry.forwards_to_id = forward if forward != public_id else None
    entry.save(update_fields=["retired_at", "forwards_to"])
    entry.successors.set(LedgerEntry.objects.filter(public_id__in=heirs))


def _heir_elsewhere(public_id: str) -> str | None:
    """The deal of another block that holds most of the claims that this id last held."""
    mine = _keys_of(LedgerKey.objects.filter(entry=public_id))
    texts = {key.text_hash for _, key in mine}
    counts: dict[str, int] = defaultdict(int)
    for entry, key in _keys_of(LedgerKey.objects.filter(text_hash__in=texts).exclude(entry=public_id)):
        counts[entry] += sum(matches(key, old) for _, old in mine)
    held = [entry for entry, number in counts.items() if number]
    live = Deal.objects.filter(public_id__in=held).values_list("public_id", flat=True)
    return max(live, key=lambda entry: (counts[entry], entry), default=None)


def _keys_of(rows: QuerySet[LedgerKey], holder: str = "entry_id") -> list[tuple[str, Key]]:
    columns = rows.values_list(holder, "text_hash", "start", "end", "roles")
    return [(entry, Key(text_hash, start, end, roles)) for entry, text_hash, start, end, roles in columns]


def log_changes(*, changes: Sequence[Changed]) -> None:
    """Append what changed of deals, in this transaction, with its id."""
    if not changes:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        row = cursor.fetchone()
    Change.objects.bulk_create(
        [
            Change(
                deal_id=item.public_id,
                field=item.field,
                old=item.old,
                new=item.new,
                cause=item.cause,
                published_at=item.published,
                transaction=row[0],
            )
            for item in changes
        ]
    )
