"""Deals are written: a picture of resolution becomes a row with its roles, milestones, deliveries and disputes."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from reports.choices import Cause, DateBasis, tier_of
from reports.models import (
    Article,
    Claim,
    Deal,
    DealParty,
    Delivery,
    Dispute,
    DisputeSide,
    Milestone,
    Party,
    Statement,
    Weapon,
)
from reports.resolution.records import Picture
from reports.services.ledger import log_changes

# The fields whose changes are news to someone who follows a deal.
LOGGED = (
    "supplier",
    "recipient",
    "weapon_text",
    "stage",
    "halt",
    "mode",
    "quantity_min",
    "quantity_max",
    "quantity_unit",
    "value_amount",
    "value_currency",
    "ordered_start",
    "ordered_end",
    "disputed",
)


def write_deal(
    *, public_id: str, block: str, shown: Picture, claims: Sequence[Claim], old: Deal | None, cause: Cause
) -> Deal:
    """Make or update the deal of this id, log what changed, and replace what is computed of it."""
    before = _logged(old) if old else {}
    deal = old or Deal(public_id=public_id)
    for name, value in _columns(block, shown, claims).items():
        setattr(deal, name, value)
    deal.save()
    after = _logged(deal)
    if old is None:
        changes = {"reported": (None, after["weapon_text"])} | {"stage": (None, after["stage"])}
    else:
        changes = {name: (before[name], after[name]) for name in LOGGED if before[name] != after[name]}
    published = datetime.combine(shown.last_reported, time(), UTC) if shown.last_reported else None
    log_changes(public_id=public_id, changes=changes, cause=cause, published=published)
    _write_parts(deal, shown, claims, fresh=old is None)
    return deal


def remove_deal(*, deal: Deal, cause: Cause) -> None:
    """Take away a deal that no claim carries any more; the log keeps what it said."""
    log_changes(
        public_id=deal.public_id,
        changes={"reported": (_logged(deal)["weapon_text"], None)},
        cause=cause,
        published=None,
    )
    deal.delete()


def _logged(deal: Deal) -> dict[str, Any]:
    return {name: _plain(_code(deal, name)) for name in LOGGED}


def _code(deal: Deal, name: str) -> Any:
    if name in ("supplier", "recipient"):
        party = getattr(deal, name)
        return party.code if party else None
    return getattr(deal, name)


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value or None if isinstance(value, str) else value


def _columns(block: str, shown: Picture, claims: Sequence[Claim]) -> dict[str, Any]:
    by_code = {party.code: party for claim in claims for party in (claim.supplier, claim.recipient) if party}
    weapon = Weapon.objects.filter(designation=shown.designation).first() if shown.designation else None
    quantity, value, ordered = shown.quantity, shown.value, shown.ordered
    keys = {str(claim.pk): claim.key for claim in claims}
    return {
        "block": block,
        "supplier": by_code.get(shown.supplier or ""),
        "recipient": by_code.get(shown.recipient or ""),
        "supplier_missing": shown.supplier_missing or "",
        "recipient_missing": shown.recipient_missing or "",
        "weapon": weapon,
        "family_id": (weapon.family_id or weapon.pk) if weapon else None,
        "weapon_text": shown.weapon_text[:200],
        "category": shown.category,
        "stage": shown.stage,
        "halt": shown.halt or "",
        "status": shown.halt or shown.stage,
        "tier": tier_of(shown.stage, shown.halt),
        "mode": shown.mode,
        "condition": shown.condition,
        "quantity_min": quantity.min if quantity else None,
        "quantity_max": quantity.max if quantity else None,
        "quantity_approximate": bool(quantity and quantity.approximate),
        "quantity_unit": quantity.unit if quantity else "",
        "quantity_text": quantity.text[:120] if quantity else "",
        "value_amount": value.amount if value else None,
        "value_currency": value.currency if value else "",
        "value_scope": value.scope if value else "",
        "value_basis": value.basis if value else "",
        "ordered_start": ordered.start if ordered else None,
        "ordered_end": ordered.end if ordered else None,
        "ordered_precision": ordered.precision if ordered else "",
        "ordered_basis": (ordered.basis or DateBasis.STATED) if ordered else "",
        "disputed": shown.disputed,
        "confidence": shown.confidence,
        "articles_count": Article.objects.filter(text__in={claim.text_id for claim in claims}).count(),
        "texts_count": shown.texts,
        "origins_count": shown.origins,
        "first_reported": shown.first_reported,
        "last_reported": shown.last_reported,
        "is_sample": shown.sample,
        "chosen": {
            name: {"rule": choice.rule, "claim": keys[choice.claim], "origins": choice.origins}
            for name, choice in sorted(shown.chosen.items())
        },
    }


def _write_parts(deal: Deal, shown: Picture, claims: Sequence[Claim], *, fresh: bool) -> None:
    pks = {str(claim.pk): claim.pk for claim in claims}
    Claim.objects.filter(pk__in=pks.values()).exclude(deal=deal).update(deal=deal)
    if not fresh:
        for parts in (deal.others, deal.milestones, deal.deliveries, deal.disputes):
            parts.all().delete()
    parties = dict(Party.objects.filter(code__in={code for _, code in shown.others}).values_list("code", "pk"))
    DealParty.objects.bulk_create(
        [DealParty(deal=deal, role=role, party_id=parties[code]) for role, code in shown.others]
    )
    Milestone.objects.bulk_create(
        [
            Milestone(deal=deal, claim_id=pks[step.claim], status=step.status, reported_on=step.reported_on)
            for step in shown.milestones
        ]
    )
    Delivery.objects.bulk_create(
        [
            Delivery(
                deal=deal,
                claim_id=pks[arrival.claim],
                start=arrival.when.start if arrival.when else None,
                end=arrival.when.end if arrival.when else None,
                precision=arrival.when.precision if arrival.when else "",
                quantity_min=arrival.quantity.min if arrival.quantity else None,
                quantity_max=arrival.quantity.max if arrival.quantity else None,
                running_total=arrival.running_total,
            )
            for arrival in shown.arrivals
        ]
    )
    _write_disputes(deal, shown, pks)
    _link_statements(deal, claims)


def _write_disputes(deal: Deal, shown: Picture, pks: Mapping[str, int]) -> None:
    disputes = [Dispute(deal=deal, field=conflict.field, why=conflict.why[:300]) for conflict in shown.disputes]
    Dispute.objects.bulk_create(disputes)
    DisputeSide.objects.bulk_create(
        [
            DisputeSide(dispute=dispute, claim_id=pks[side.claim], value=side.value[:200])
            for dispute, conflict in zip(disputes, shown.disputes, strict=True)
            for side in conflict.sides
        ]
    )


def _link_statements(deal: Deal, claims: Sequence[Claim]) -> None:
    """The statements that the reader took to be about the groups of these claims."""
    groups = {(claim.text_id, claim.group) for claim in claims}
    statements = Statement.objects.filter(text__in={text for text, _ in groups}).only("pk", "text_id", "groups")
    deal.statements.set(
        [item.pk for item in statements if any((item.text_id, group) in groups for group in item.groups)]
    )
