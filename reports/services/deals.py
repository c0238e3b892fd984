"""Deals are written: pictures become rows with their roles, milestones, deliveries and disputes.

One query a table for all the deals of some blocks, and none where nothing changed.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone

from reports.choices import Bound, Cause, DateBasis, Review, Unit, tier_of
from reports.models import (
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
from reports.resolution.records import Arrival, Conflict, Picture
from reports.services.ledger import Changed, log_changes
from reports.services.packages import packages_of

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


@dataclass(frozen=True, slots=True)
class Written:
    """A deal to write: its id, what it shows, its claims, the row that it has, if any, and why it is computed."""

    public_id: str
    block: str
    shown: Picture
    claims: Sequence[Claim]
    old: Deal | None
    cause: Cause
    review: Review = Review.MACHINE


def write_deals(
    *, deals: Sequence[Written], articles: Mapping[int, int], grades: Mapping[str, int] | None = None
) -> None:
    """Make or update deals, log what changed, and replace what is computed of them where it changed.

    `articles` is how many articles each text has, by primary key; `grades` the credibility that analysts gave claims.
    """
    parties = _parties(deals)
    names = {item.shown.designation for item in deals if item.shown.designation}
    weapons = {weapon.designation: weapon for weapon in Weapon.objects.filter(designation__in=names)} if names else {}
    bundles = [item.shown.bundle for item in deals]
    packages = packages_of(bundles=filter(None, bundles))
    fresh: list[Deal] = []
    moved: list[Deal] = []
    rows: list[Deal] = []
    changes: list[Changed] = []
    for item in deals:
        columns = _columns(item, parties, weapons, articles)
        columns["package_id"] = packages[item.shown.bundle] if item.shown.bundle else None
        before = _logged(item.old, parties) if item.old else {}
        deal = item.old or Deal(public_id=item.public_id)
        is_changed = any(getattr(deal, name) != value for name, value in columns.items())
        for name, value in columns.items():
            setattr(deal, name, value)
        if item.old is None:
            fresh.append(deal)
        elif is_changed:
            deal.updated_at = timezone.now()
            moved.append(deal)
        rows.append(deal)
        changes += _changes(item, before, _logged(deal, parties))
    Deal.objects.bulk_create(fresh)
    if moved:
        Deal.objects.bulk_update(moved, [*_COLUMNS, "updated_at"])
    log_changes(changes=changes)
    _give_claims(deals, rows, grades or {})
    _write_parts(deals, rows, parties)


def remove_deals(*, deals: Sequence[tuple[Deal, Cause]]) -> None:
    """Take away deals that no claim carries any more, each for its cause; the log keeps what they said."""
    log_changes(changes=[Changed(deal.public_id, "reported", deal.weapon_text, None, cause) for deal, cause in deals])
    Deal.objects.filter(pk__in=[deal.pk for deal, _ in deals]).delete()


def _parties(deals: Sequence[Written]) -> dict[str, Party]:
    """The parties of the claims, by code; their rows came with the claims."""
    found: dict[str, Party] = {}
    for item in deals:
        for claim in item.claims:
            for party in (claim.supplier, claim.recipient, *(other.party for other in claim.others.all())):
                if party:
                    found[party.code] = party
        for party in (item.old.supplier, item.old.recipient) if item.old else ():
            if party:
                found[party.code] = party
    return found


def _logged(deal: Deal, parties: Mapping[str, Party]) -> dict[str, Any]:
    codes = {party.pk: code for code, party in parties.items()}
    told = {name: _plain(getattr(deal, name)) for name in LOGGED if name not in ("supplier", "recipient")}
    told["supplier"] = codes[deal.supplier_id] if deal.supplier_id else None
    told["recipient"] = codes[deal.recipient_id] if deal.recipient_id else None
    return told


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value or None if isinstance(value, str) else value


def _changes(item: Written, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    day = item.shown.last_reported
    published = datetime.combine(day, time(), UTC) if day else None
    if item.old is None:
        changed = {"reported": (None, after["weapon_text"]), "stage": (None, after["stage"])}
    else:
        changed = {name: (before[name], after[name]) for name in LOGGED if before[name] != after[name]}
    return [Changed(item.public_id, name, old, new, item.cause, published) for name, (old, new) in changed.items()]


_COLUMNS = (
    "block",
    "supplier",
    "recipient",
    "supplier_missing",
    "recipient_missing",
    "weapon",
    "family",
    "weapon_text",
    "category",
    "stage",
    "halt",
    "status",
    "tier",
    "mode",
    "condition",
    "quantity_min",
    "quantity_max",
    "quantity_approximate",
    "quantity_unit",
    "quantity_text",
    "value_amount",
    "value_currency",
    "value_scope",
    "value_basis",
    "package",
    "ordered_start",
    "ordered_end",
    "ordered_precision",
    "ordered_basis",
    "disputed",
    "review",
    "confidence",
    "articles_count",
    "texts_count",
    "origins_count",
    "delivered_min",
    "due",
    "first_reported",
    "last_reported",
    "is_sample",
    "chosen",
)


def _columns(
    item: Written, parties: Mapping[str, Party], weapons: Mapping[str, Weapon], articles: Mapping[int, int]
) -> dict[str, Any]:
    shown = item.shown
    supplier, recipient = parties.get(shown.supplier or ""), parties.get(shown.recipient or "")
    weapon = weapons.get(shown.designation or "")
    quantity, value, ordered = shown.quantity, shown.value, shown.ordered
    keys = {str(claim.pk): claim.key for claim in item.claims}
    return {
        "block": item.block,
        "supplier_id": supplier.pk if supplier else None,
        "recipient_id": recipient.pk if recipient else None,
        "supplier_missing": shown.supplier_missing or "",
        "recipient_missing": shown.recipient_missing or "",
        "weapon_id": weapon.pk if weapon else None,
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
        "review": item.review,
        "confidence": shown.confidence,
        "articles_count": sum(articles.get(text, 0) for text in {claim.text_id for claim in item.claims}),
        "texts_count": shown.texts,
        "origins_count": shown.origins,
        "delivered_min": shown.delivered,
        "due": shown.due,
        "first_reported": shown.first_reported,
        "last_reported": shown.last_reported,
        "is_sample": shown.sample,
        "chosen": {
            name: {"rule": choice.rule, "claim": keys[choice.claim], "origins": choice.origins}
            for name, choice in sorted(shown.chosen.items())
        },
    }


def _give_claims(deals: Sequence[Written], rows: Sequence[Deal], grades: Mapping[str, int]) -> None:
    """Each claim belongs to the deal that it is about, and is as credible as others make it, or an analyst says."""
    moved = []
    for item, deal in zip(deals, rows, strict=True):
        for claim in item.claims:
            number = str(claim.pk)
            credibility = grades.get(number, item.shown.credibility[number])
            if claim.deal_id != deal.pk or claim.credibility != credibility:
                claim.deal_id, claim.credibility = deal.pk, credibility
                moved.append(claim)
    if moved:
        Claim.objects.bulk_update(moved, ["deal", "credibility"], batch_size=1000)


def _write_parts(deals: Sequence[Written], rows: Sequence[Deal], parties: Mapping[str, Party]) -> None:
    old = [deal.pk for deal, item in zip(rows, deals, strict=True) if item.old]
    shown = [(deal.pk, item.shown) for deal, item in zip(rows, deals, strict=True)]
    _replace(DealParty, old, {pk: _roles(pk, deal, parties) for pk, deal in shown})
    _replace(Milestone, old, {pk: _steps(pk, deal) for pk, deal in shown})
    _replace(Delivery, old, {pk: [_delivery(pk, arrival) for arrival in deal.arrivals] for pk, deal in shown})
    _replace_disputes(old, shown)
    _link_statements(deals, rows)


def _roles(deal: int, shown: Picture, parties: Mapping[str, Party]) -> list[DealParty]:
    return [DealParty(deal_id=deal, role=role, party_id=parties[code].pk) for role, code in shown.others]


def _steps(deal: int, shown: Picture) -> list[Milestone]:
    return [
        Milestone(deal_id=deal, claim_id=int(step.claim), status=step.status, reported_on=step.reported_on)
        for step in shown.milestones
    ]


def _delivery(deal: int, arrival: Arrival) -> Delivery:
    when, number = arrival.when, arrival.quantity
    return Delivery(
        deal_id=deal,
        claim_id=int(arrival.claim),
        start=when.start if when else None,
        end=when.end if when else None,
        precision=when.precision if when else "",
        bound=when.bound if when else Bound.EXACT,
        quantity_min=number.min if number else None,
        quantity_max=number.max if number else None,
        quantity_unit=number.unit if number else Unit.PIECE,
        running_total=arrival.running_total,
    )


def _replace(model: type[Model], old: Sequence[int], wanted: Mapping[int, Sequence[Model]]) -> None:
    """Give each deal exactly the `wanted` parts; those of deals whose parts did not change stay. `old`: not new."""
    columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key]

    def content(row: Model) -> Hashable:
        return tuple(getattr(row, name) for name in columns)

    there: dict[int, list[Hashable]] = defaultdict(list)
    for row in model._default_manager.filter(deal__in=old).order_by("pk") if old else ():
        there[row.deal_id].append(content(row))  # type: ignore[attr-defined]  # each of these models has a deal
    changed = [deal for deal, rows in wanted.items() if [content(row) for row in rows] != there.get(deal, [])]
    outdated = [deal for deal in changed if deal in there]
    if outdated:
        model._default_manager.filter(deal__in=outdated).delete()
    model._default_manager.bulk_create([row for deal in changed for row in wanted[deal]])


def _replace_disputes(old: Sequence[int], shown: Sequence[tuple[int, Picture]]) -> None:
    there: dict[int, set[Hashable]] = defaultdict(set)
    for dispute in Dispute.objects.filter(deal__in=old).prefetch_related("sides") if old else ():
        sides = frozenset((side.claim_id, side.value) for side in dispute.sides.all())
        there[dispute.deal_id].add((dispute.field, dispute.why, dispute.closed_by, sides))
    wanted = {
        deal: {
            (
                str(conflict.field),
                conflict.why[:300],
                _closing(conflict),
                frozenset((int(side.claim), side.value[:200]) for side in conflict.sides),
            )
            for conflict in picture.disputes
        }
        for deal, picture in shown
    }
    changed = {deal for deal, disputes in wanted.items() if disputes != there.get(deal, set())}
    outdated = [deal for deal in changed if deal in there]
    if outdated:
        Dispute.objects.filter(deal__in=outdated).delete()
    fresh = [
        (
            Dispute(
                deal_id=deal,
                field=conflict.field,
                why=conflict.why[:300],
                open=conflict.open,
                closed_by=_closing(conflict),
            ),
            conflict,
        )
        for deal, picture in shown
        if deal in changed
        for conflict in picture.disputes
    ]
    Dispute.objects.bulk_create([dispute for dispute, _ in fresh])
    DisputeSide.objects.bulk_create(
        [
            DisputeSide(dispute=dispute, claim_id=int(side.claim), value=side.value[:200])
            for dispute, conflict in fresh
            for side in conflict.sides
        ]
    )


def _closing(conflict: Conflict) -> str:
    """What closed a dispute, and which value then stands, in words."""
    return f"{conflict.closed_by}: {conflict.upheld}"[:200] if conflict.upheld else conflict.closed_by


def _link_statements(deals: Sequence[Written], rows: Sequence[Deal]) -> None:
    """Link each deal to the statements that the reader took to be about the groups of its claims."""
    deals_of: dict[tuple[int, int], set[int]] = defaultdict(set)  # an analyst may have cut a group in two
    for item, deal in zip(deals, rows, strict=True):
        for claim in item.claims:
            deals_of[claim.text_id, claim.group].add(deal.pk)
    statements = Statement.objects.filter(text__in={text for text, _ in deals_of}).values_list("pk", "text", "groups")
    wanted = {
        (pk, found) for pk, text, groups in statements for group in groups for found in deals_of.get((text, group), ())
    }
    link = Statement.deals.through
    there = link.objects.filter(deal__in=[deal.pk for deal in rows]).values_list("pk", "statement_id", "deal_id")
    links = {(statement, deal): pk for pk, statement, deal in there}
    gone = [pk for pair, pk in links.items() if pair not in wanted]
    if gone:
        link.objects.filter(pk__in=gone).delete()
    link.objects.bulk_create(
        [link(statement_id=statement, deal_id=deal) for statement, deal in sorted(wanted - links.keys())],
        ignore_conflicts=True,
    )
