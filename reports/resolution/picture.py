"""A deal's best current picture, field by field, each with the rule that decided.

For stage and halt: the furthest stage that is asserted and undisputed, with the newest halt. For every other field the
best claim in this order: an official document, a named party to the deal, an independent report, hearsay; more origins
beat fewer; the newest only breaks ties. What is only said to be possible counts where nothing is asserted.
A judgement comes before all of these: a field that an analyst corrected, a claim that an analyst added.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from reports.choices import (
    STAGE_ORDER,
    Condition,
    DateOf,
    DisputeField,
    Halt,
    Mode,
    Polarity,
    QuantityOf,
    Role,
    Stage,
    Unit,
    ValueScope,
)
from reports.records import Money, Quantity, When
from reports.resolution.credibility import credibilities
from reports.resolution.deliveries import ARRIVED, arrivals, arrived, due
from reports.resolution.disputes import find_disputes
from reports.resolution.packages import bundle_of
from reports.resolution.quantities import numbered
from reports.resolution.records import Choice, Conflict, Evidence, Method, Picture, Step
from reports.resolution.witnesses import rank, weight

CO_ROLES = frozenset({Role.CO_SUPPLIER, Role.CO_RECIPIENT})

Value = TypeVar("Value")
Word = TypeVar("Word", bound=Hashable)


def best(
    field: str,
    claims: Sequence[Evidence],
    take: Callable[[Evidence], Value | None],
    same: Callable[[Value], Hashable],
) -> tuple[Value, Choice] | None:
    """The best value that some claim gives, with the claim, the rule and the number of origins that say the same."""
    told = [claim for claim in claims if claim.polarity is not Polarity.DENIED]
    given = [(claim, value) for claim in told if (value := take(claim)) is not None]
    given = [item for item in given if item[0].polarity is Polarity.ASSERTED] or given
    if not given:
        return None
    backing: dict[Hashable, set[str]] = {}
    for claim, value in given:
        backing.setdefault(same(value), set()).add(claim.origin)

    def order(item: tuple[Evidence, Value]) -> tuple[object, ...]:
        claim, value = item
        return (weight(claim, field), len(backing[same(value)]), claim.day, claim.confidence, claim.order)

    claim, value = max(given, key=order)
    return value, Choice(rank(claim, field), claim.id, len(backing[same(value)]))


def picture(claims: Sequence[Evidence], method: Method, as_read: Sequence[Evidence] | None = None) -> Picture:
    """The picture of the deal that `claims` (of one cluster, at least one) are about.

    `as_read` are the same claims before analysts corrected and rejected some: a dispute that they settled so stays
    readable.
    """
    claims = tuple(sorted(claims, key=lambda claim: claim.order))
    voices = tuple(claim for claim in claims if claim.of_article) or claims
    chosen: dict[str, Choice] = {}
    quantity = _field(chosen, "quantity", best("quantity", claims, _ordered_quantity, _quantity_key))
    # the sum of a package stands in for a sum of the item only where there is none
    value = _field(
        chosen,
        "value",
        best("value", claims, _item_value, _money_key) or best("value", claims, lambda claim: claim.value, _money_key),
    )
    ordered = _field(chosen, "ordered", best("ordered", claims, _order_date, lambda when: (when.start, when.end)))
    weapon = _named_weapon(voices)
    supplier, recipient = _party(voices, "supplier"), _party(voices, "recipient")
    disputes = find_disputes(claims, method, as_read)
    stage, chosen["stage"] = furthest_stage(claims, disputes)
    reached = arrivals(claims)
    days = [claim.published for claim in claims if claim.published]
    return Picture(
        claims=claims,
        supplier=supplier.supplier,
        recipient=recipient.recipient,
        supplier_missing=supplier.supplier_missing,
        recipient_missing=recipient.recipient_missing,
        designation=weapon.designation,
        family=weapon.family,
        category=weapon.category,
        weapon_text=weapon.designation or weapon.weapon_text,
        stage=stage,
        halt=newest_halt(voices),
        mode=_commonest([c.mode for c in _judged(voices, "mode") if c.mode != Mode.UNKNOWN]) or Mode.UNKNOWN,
        condition=_commonest([c.condition for c in _judged(voices, "condition") if c.condition != Condition.UNKNOWN])
        or Condition.UNKNOWN,
        quantity=quantity,
        value=value,
        ordered=ordered,
        disputed=any(dispute.open for dispute in disputes),
        confidence=max(claim.confidence for claim in voices),
        texts=len({claim.key.text_hash for claim in claims}),
        origins=len({claim.origin for claim in claims}),
        first_reported=min(days, default=None),
        last_reported=max(days, default=None),
        sample=any(claim.sample for claim in claims),
        others=tuple(sorted({other for claim in voices for other in claim.others})),
        bundle=bundle_of(claims),
        chosen=chosen,
        milestones=milestones(voices),
        arrivals=reached,
        delivered=arrived(reached, quantity.unit if quantity else Unit.PIECE),
        due=due(claims),
        credibility=credibilities(claims, disputes),
        disputes=disputes,
    )


def _field(chosen: dict[str, Choice], name: str, found: tuple[Value, Choice] | None) -> Value | None:
    if found is None:
        return None
    value, chosen[name] = found
    return value


def _judged(voices: Sequence[Evidence], field: str) -> Sequence[Evidence]:
    """The claims that an analyst judged in a field; where there is none, all."""
    return [claim for claim in voices if rank(claim, field) == "judgement"] or voices


def _party(voices: Sequence[Evidence], role: str) -> Evidence:
    """The claim that names the party in a role. They differ only where an analyst put claims together."""
    told = _judged(voices, role)
    named = [claim for claim in told if getattr(claim, role)] or list(told)
    common = Counter(getattr(claim, role) for claim in named)
    return max(reversed(named), key=lambda claim: common[getattr(claim, role)])


def _ordered_quantity(claim: Evidence) -> Quantity | None:
    quantity = claim.quantity
    return quantity if quantity and numbered(quantity) and quantity.of is QuantityOf.ORDERED else None


def _item_value(claim: Evidence) -> Money | None:
    return claim.value if claim.value and claim.value.scope is ValueScope.ITEM else None


def _quantity_key(quantity: Quantity) -> Hashable:
    return (quantity.min, quantity.max, quantity.unit)


def _money_key(value: Money) -> Hashable:
    return (value.amount, value.currency, value.scope is ValueScope.PACKAGE)


def _order_date(claim: Evidence) -> When | None:
    return next((when for when in claim.dates if when.of is DateOf.ORDER), None)


def _named_weapon(voices: Sequence[Evidence]) -> Evidence:
    """The claim that names the weapon most closely: a variant before a family before a noun; then the commonest."""
    voices = _judged(voices, "weapon")
    common = Counter(claim.designation for claim in voices)

    def order(claim: Evidence) -> tuple[object, ...]:
        variant = claim.designation is not None and claim.designation != claim.family
        return (claim.family is not None, variant, common[claim.designation], claim.order)

    return max(voices, key=order)


def furthest_stage(claims: Sequence[Evidence], disputes: Sequence[Conflict] = ()) -> tuple[Stage, Choice]:
    """The furthest stage that is asserted and undisputed.

    What a dispute of the stage calls in question counts where nothing else is asserted, and what is only possible or
    denied where nothing is. Where an article speaks in its own voice, that goes before its speakers.
    """
    asserted = [claim for claim in claims if claim.polarity is Polarity.ASSERTED] or list(claims)
    told = [claim for claim in asserted if claim.of_article] or asserted
    contested = _contested(claims, disputes)
    nearest = min((STAGE_ORDER[claim.stage] for claim in contested), default=0)
    doubtful = {claim.id for claim in contested}
    sure = [claim for claim in told if claim.id not in doubtful]
    sure += [claim for claim in contested if STAGE_ORDER[claim.stage] == nearest]
    claim = max(sure, key=lambda item: (STAGE_ORDER[item.stage], item.order))
    origins = len({item.origin for item in asserted if item.stage is claim.stage})
    return claim.stage, Choice("furthest_asserted", claim.id, origins)


def _contested(claims: Sequence[Evidence], disputes: Sequence[Conflict]) -> list[Evidence]:
    """The claims that a dispute of the stage is about; where one article gives both sides, its own voice decides."""
    sides = {
        side.claim
        for conflict in disputes
        if conflict.open and conflict.field is DisputeField.STAGE
        for side in conflict.sides
    }
    found = [claim for claim in claims if claim.id in sides]
    return found if len({claim.unit for claim in found}) > 1 else []


def newest_halt(voices: Sequence[Evidence]) -> Halt | None:
    """The newest reported halt, unless a later report has the deal further on, or arriving.

    A later mention that it was once ordered takes no halt away. `voices` come in the order of their days.
    """
    halted: Evidence | None = None
    for claim in voices:
        if claim.halt:
            halted = claim
        elif halted and claim.day > halted.day and claim.polarity is Polarity.ASSERTED and _goes_on(claim, halted):
            halted = None
    return halted.halt if halted else None


def _goes_on(claim: Evidence, halted: Evidence) -> bool:
    stage, before = STAGE_ORDER[claim.stage], STAGE_ORDER[halted.stage]
    return stage > before or (stage == before and claim.stage in ARRIVED)


def milestones(voices: Sequence[Evidence]) -> tuple[Step, ...]:
    """Each status at its first report, in the order of the reports."""
    first: dict[str, Step] = {}
    for claim in voices:
        first.setdefault(claim.halt or claim.stage, Step(claim.halt or claim.stage, claim.published, claim.id))
    return tuple(first.values())


def _commonest(words: Sequence[Word]) -> Word | None:
    count = Counter(words)
    return max(count, key=lambda word: (count[word], str(word)), default=None)
