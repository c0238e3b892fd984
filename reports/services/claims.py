"""The claims of a reading, as rows: with their parties, spans and dates."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.choices import Missing
from reports.models import Claim, ClaimDate, ClaimParty, ClaimSpan, Party, Reading, Statement, Text, Weapon
from reports.public_ids import derive
from reports.records import ClaimRecord
from reports.resolution.blocks import block_of


def party_keys(codes: set[str]) -> Mapping[str, int]:
    """The primary keys of parties, by code.

    Raises:
        LookupError: one is in no table.
    """
    if not codes:
        return {}
    found = dict(Party.objects.filter(code__in=codes).values_list("code", "pk"))
    missing = codes - found.keys()
    if missing:
        raise LookupError(f"parties {', '.join(sorted(missing))} are in no table: run manage.py sync_catalogue")
    return found


def roles_of(claim: ClaimRecord) -> str:
    """The parties and the weapon of a claim as one string: supplier>recipient:weapon."""
    supplier = claim.supplier.code if claim.supplier else "?"
    recipient = claim.recipient.code if claim.recipient else "?"
    return f"{supplier}>{recipient}:{claim.weapon.designation or claim.weapon.text.lower()}"[:200]


def store_claims(
    reading: Reading, text: Text, found: Sequence[ClaimRecord], statements: Sequence[Statement | None]
) -> list[Claim]:
    """The claims with their parties, spans and dates, in one insert a table."""
    codes = {ref.code for claim in found for ref in (claim.supplier, claim.recipient) if ref}
    parties = party_keys(codes | {other.party.code for claim in found for other in claim.others})
    names = {claim.weapon.designation for claim in found if claim.weapon.designation}
    weapons = dict(Weapon.objects.filter(designation__in=names).values_list("designation", "pk"))
    rows: list[tuple[Claim, ClaimRecord]] = []
    voices = {claim.deal for claim in found if claim.statement is None}
    for claim in found:
        statement = statements[claim.statement] if claim.statement is not None else None
        if claim.deal not in voices or (claim.statement is not None and statement is None):
            continue
        rows.append((_claim_row(reading, text, claim, statement, parties, weapons), claim))
    Claim.objects.bulk_create([row for row, _ in rows])
    ClaimParty.objects.bulk_create(
        [
            ClaimParty(
                claim=row, party_id=parties[other.party.code], role=other.role, organisation=other.organisation[:160]
            )
            for row, claim in rows
            for other in dict.fromkeys(claim.others)
        ]
    )
    ClaimSpan.objects.bulk_create(
        [ClaimSpan(claim=row, start=s.start, end=s.end) for row, claim in rows for s in dict.fromkeys(claim.evidence)]
    )
    ClaimDate.objects.bulk_create(
        [
            ClaimDate(
                claim=row,
                start=when.start,
                end=when.end,
                precision=when.precision,
                bound=when.bound,
                basis=when.basis,
                of=when.of,
                words=when.text[:120],
            )
            for row, claim in rows
            for when in claim.dates
        ]
    )
    return [row for row, _ in rows]


def _claim_row(
    reading: Reading,
    text: Text,
    claim: ClaimRecord,
    statement: Statement | None,
    parties: Mapping[str, int],
    weapons: Mapping[str, int],
) -> Claim:
    first = claim.evidence[0]
    supplier = claim.supplier.code if claim.supplier else None
    recipient = claim.recipient.code if claim.recipient else None
    return Claim(
        reading=reading,
        text=text,
        statement=statement,
        group=claim.deal,
        key=derive(text.hash, first.start, first.end, roles_of(claim), claim.deal, statement and statement.public_id),
        supplier_id=parties[supplier] if supplier else None,
        recipient_id=parties[recipient] if recipient else None,
        supplier_missing="" if supplier else (claim.supplier_missing or Missing.NOT_STATED),
        recipient_missing="" if recipient else (claim.recipient_missing or Missing.NOT_STATED),
        weapon_id=weapons.get(claim.weapon.designation or ""),
        weapon_text=claim.weapon.text[:200],
        category=claim.weapon.category,
        stage=claim.stage,
        halt=claim.halt or "",
        polarity=claim.polarity,
        mode=claim.mode,
        condition=claim.condition,
        disputed=claim.disputed,
        confidence=min(1.0, max(0.0, claim.confidence)),
        why=list(claim.why),
        block=block_of(supplier=supplier, recipient=recipient, category=claim.weapon.category),
        **_quantity_columns(claim),
        **_value_columns(claim),
    )


def _quantity_columns(claim: ClaimRecord) -> dict[str, Any]:
    number = claim.quantity
    if number is None:
        return {}
    return {
        "quantity_min": number.min,
        "quantity_max": number.max,
        "quantity_approximate": number.approximate,
        "quantity_unit": number.unit,
        "quantity_of": number.of,
        "quantity_text": number.text[:120],
    }


def _value_columns(claim: ClaimRecord) -> dict[str, Any]:
    money = claim.value
    if money is None:
        return {}
    return {
        "value_amount": money.amount,
        "value_currency": money.currency,
        "value_scope": money.scope,
        "value_basis": money.basis,
        "value_text": money.text[:120],
    }
