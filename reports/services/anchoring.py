"""Judgements and the claims that they mean: anchored when made, matched again after every reading.

A claim's block is where it is resolved: that of its parties and category, as analysts corrected them, and of claims
that an analyst said to be one deal, the same for all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from reports.choices import JudgementKind
from reports.models import Claim, Judgement, JudgementAnchor, Reading, Text
from reports.records import ClaimRecord, PartyRef, Span, WeaponRef
from reports.resolution.anchors import Anchor, matched
from reports.resolution.blocks import UNKNOWN, block_of
from reports.resolution.judging import NamedWeapon, apply
from reports.resolution.records import Evidence, Judgements, Key
from reports.services.claims import store_claims
from reports.services.decisions import Weapons, value_of, weapons_named
from reports.services.evidence import evidence_of, with_everything
from reports.services.judged import decided_on
from reports.services.refusals import Refused

BY_HAND = "analyst"  # the reader of a text whose words an analyst wrote down


def anchors_for(*, claims: Sequence[Claim], side: int = 0) -> list[JudgementAnchor]:
    """Anchors, not yet saved, that mean these claims: one each, with what the claim says."""
    evidence = _evidence({claim.text_id for claim in claims})
    return [
        JudgementAnchor(
            side=side,
            claim=claim,
            text_hash=record.key.text_hash,
            start=record.key.start,
            end=record.key.end,
            roles=record.key.roles,
            family=record.family or "",
            speaker=record.speaker or "",
            value=said(record),
        )
        for claim in claims
        for record in (evidence[claim.pk],)
    ]


def said(claim: Evidence) -> dict[str, Any]:
    """What a claim says, in the form in which corrections are given; no words of the text."""
    number, money = claim.quantity, claim.value
    return {
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "weapon": claim.designation,
        "category": claim.category,
        "stage": claim.stage,
        "halt": claim.halt,
        "polarity": claim.polarity,
        "quantity": number and {"min": number.min, "max": number.max, "unit": number.unit, "of": number.of},
        "value": money and {"amount": format(money.amount, "f"), "currency": money.currency, "scope": money.scope},
    }


def _evidence(texts: Collection[int]) -> dict[int, Evidence]:
    """The claims of some texts as they were read, by primary key."""
    rows = list(with_everything(Claim.objects.filter(text__in=texts)))
    return {int(record.id): record for record in evidence_of(rows, {})}


def match_again(*, text: Text, reading: Reading) -> set[str]:
    """After a new reading: give the judgements on a text their claims. The blocks that claims left or entered.

    What an analyst added is added again. A judgement that fits no claim any more is orphaned, for the review queue,
    and comes back by itself with a reading that it fits.
    """
    anchors = list(
        JudgementAnchor.objects.filter(text_hash=text.hash, judgement__undone_at=None).select_related("judgement")
    )
    if not anchors:
        return set()
    added = [anchor for anchor in anchors if anchor.judgement.kind == JudgementKind.ADD_CLAIM]
    for anchor in added:
        anchor.claim = add_row(anchor=anchor, text=text, reading=reading)
    others = [anchor for anchor in anchors if anchor.judgement.kind != JudgementKind.ADD_CLAIM]
    if others:
        found = list(_evidence([text.pk]).values())
        for anchor, claim in zip(others, matched([_anchor(anchor) for anchor in others], found), strict=True):
            anchor.claim_id = int(claim) if claim else None
    JudgementAnchor.objects.bulk_update(anchors, ["claim"])
    mark_orphans(judgements={anchor.judgement_id for anchor in anchors})
    return settle_blocks(claims={anchor.claim_id for anchor in anchors if anchor.claim_id})


def _anchor(row: JudgementAnchor) -> Anchor:
    return Anchor(
        Key(row.text_hash, row.start, row.end, row.roles), row.speaker, row.family, _roles_by_decision(row) or ""
    )


def _roles_by_decision(row: JudgementAnchor) -> str | None:
    """The roles that a correction gives the claim: what a reader reads that has learned of the error."""
    if row.judgement.kind != JudgementKind.CORRECT_FIELD:
        return None
    parties, _, weapon = row.roles.partition(":")
    supplier, _, recipient = parties.partition(">")
    field, value = row.judgement.decision["field"], row.judgement.decision["value"]
    match field:
        case "supplier":
            supplier = value or UNKNOWN
        case "recipient":
            recipient = value or UNKNOWN
        case "weapon":
            weapon = value.get("designation") or str(value.get("text", "")).lower()
    return f"{supplier}>{recipient}:{weapon}"


def mark_orphans(*, judgements: Collection[int]) -> None:
    """Mark those of some judgements that have a side without a claim, and no others."""
    sides: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = JudgementAnchor.objects.filter(judgement__in=judgements).values_list("judgement", "side", "claim")
    for judgement, side, claim in rows:
        sides[judgement][side] = sides[judgement].get(side, False) or claim is not None
    orphans = [judgement for judgement, found in sides.items() if not all(found.values())]
    Judgement.objects.filter(pk__in=orphans, orphaned=False).update(orphaned=True)
    Judgement.objects.filter(pk__in=sides.keys() - set(orphans), orphaned=True).update(orphaned=False)


def add_row(*, anchor: JudgementAnchor, text: Text, reading: Reading) -> Claim:
    """The claim of an analyst, as a row of the current reading: a group of its own, after the reader's."""
    groups = Claim.objects.filter(text=text).order_by("-group").values_list("group", flat=True)
    record = added_record(
        decision=anchor.judgement.decision, span=Span(anchor.start, anchor.end), group=groups.first() or 0
    )
    (row,) = store_claims(reading, text, [record], [])
    row.added_by = anchor.judgement
    row.save(update_fields=["added_by"])
    return row


def added_record(*, decision: Mapping[str, Any], span: Span, group: int = 0) -> ClaimRecord:
    """The claim that an analyst's decision describes.

    Raises:
        Refused: a field does not hold what it should.
    """
    given = decision["claim"]
    weapons: Weapons = weapons_named([given["weapon"].get("designation") or ""])
    values = {field: value_of(field, value, weapons) for field, value in given.items()}
    weapon = values.pop("weapon", None)
    if not isinstance(weapon, NamedWeapon) or "stage" not in values:
        raise Refused("a claim needs a weapon and a stage at least")
    dates = [values.pop(name, None) for name in ("ordered", "delivery")]
    parties = {name: PartyRef(str(code), "") for name in ("supplier", "recipient") if (code := values.pop(name, None))}
    rest: dict[str, Any] = {**values, **parties}
    return ClaimRecord(
        deal=group + 1,
        statement=None,
        supplier=rest.pop("supplier", None),
        recipient=rest.pop("recipient", None),
        weapon=WeaponRef(weapon.text, weapon.designation, weapon.family, weapon.category),
        evidence=(span,),
        confidence=1.0,
        why=("added by an analyst",),
        dates=tuple(when for when in dates if when),  # type: ignore[misc]  # value_of gives a When for these
        **rest,
    )


def settle_blocks(*, claims: Iterable[int]) -> set[str]:
    """Put claims, and all that analysts said to be one deal with them, into the block where they are resolved.

    The blocks that some of them left or are in now.
    """
    touched: set[str] = set()
    done: set[int] = set()
    for seed in sorted(set(claims)):
        if seed in done:
            continue
        bunch = one_deal(claims=[seed])
        done |= bunch
        rows = list(with_everything(Claim.objects.filter(pk__in=bunch)))
        wanted = _block(rows)
        touched |= {row.block for row in rows} | {wanted}
        moved = [row.pk for row in rows if row.block != wanted]
        if moved:
            Claim.objects.filter(pk__in=moved).update(block=wanted)
    return touched


def one_deal(*, claims: Iterable[int]) -> set[int]:
    """Claims and all that belong with them: those of their units, and of deals that an analyst said to be the same."""
    found: set[int] = set()
    fresh = set(claims)
    while fresh:
        units = set(Claim.objects.filter(pk__in=fresh).values_list("text", "group"))
        of_texts = Claim.objects.filter(text__in={text for text, _ in units}).values_list("pk", "text", "group")
        fresh |= {pk for pk, text, group in of_texts if (text, group) in units}
        found |= fresh
        same = JudgementAnchor.objects.filter(
            claim__in=fresh, judgement__kind=JudgementKind.SAME, judgement__undone_at=None
        )
        linked = JudgementAnchor.objects.filter(judgement__in=same.values("judgement"), claim__isnull=False)
        fresh = set(linked.values_list("claim", flat=True)) - found
    return found


def _block(rows: Sequence[Claim]) -> str:
    """The block of claims of one deal: the one with both parties known, and of several the first by name."""
    decided = decided_on(claims=rows)
    corrections = Judgements(corrections=decided.judgements.corrections)
    records = apply(evidence_of(rows, {}), corrections).claims
    voices = [record for record in records if record.of_article] or list(records)
    blocks = {block_of(supplier=claim.supplier, recipient=claim.recipient, category=claim.category) for claim in voices}
    return min(blocks, key=lambda block: (block.split(":")[0].count(UNKNOWN), block))
