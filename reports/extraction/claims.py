"""From candidates to claims: which deals the text tells, each with its fields, its evidence and its reasons."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from reports.choices import (
    STAGE_ORDER,
    Bound,
    Condition,
    DateOf,
    Halt,
    Mode,
    Polarity,
    QuantityOf,
    Stage,
    Stance,
    ValueBasis,
    ValueScope,
)
from reports.extraction import speech, tables
from reports.extraction.candidates import PAIR, Candidate
from reports.extraction.config import ReaderConfig
from reports.extraction.dates import dates_near
from reports.extraction.denial import denies
from reports.extraction.fields import Counted, counts, prices, stage_cues
from reports.extraction.impression import Impression
from reports.extraction.missing import reason
from reports.extraction.others import others_of
from reports.extraction.scene import Scene
from reports.extraction.weigher import Weights, probability
from reports.records import (
    ClaimRecord,
    Money,
    PartyInRole,
    PartyRef,
    Quantity,
    Span,
    StatementRecord,
    WeaponRef,
    When,
)

SLOPE, SHIFT = "confidence slope", "confidence shift"
_MOST_EVIDENCE = 6
_MOST_DATES = 6
_MOST_SPOKEN = 40
_DELIVERY = frozenset({"arrive", "receive", "give"})
_ORDER = frozenset({"order", "contract", "sign", "get"})
_NEAR_SPEECH = 3  # words before a date among which a verb of speech takes it
_NEAR_SUM = 30  # characters before a sum that say whether it is an estimate


def claims(
    scene: Scene,
    seen: Impression,
    picked: Sequence[Candidate],
    statements: Sequence[StatementRecord],
    published: date | None,
    config: ReaderConfig,
) -> tuple[ClaimRecord, ...]:
    """The claims of a text: for each deal the article's own picture, then what single speakers say otherwise of it."""
    own = [_claim(scene, seen, number, candidate, published, config) for number, candidate in enumerate(picked)]
    found: list[ClaimRecord] = []
    for claim in _share_package_values(own):
        spoken = speakers_claims(scene, seen, claim, picked[claim.deal], statements, published, config)
        found.append(replace(claim, disputed=is_disputed(claim, spoken)))
        found += spoken
    return tuple(found)


def link(
    scene: Scene, picked: Sequence[Candidate], statements: Sequence[StatementRecord]
) -> tuple[StatementRecord, ...]:
    """Each statement with the deals it is about: those whose item its sentence names, else those its parties make.

    A statement that names neither is about the deal of the sentence before it, or about the text's only one.
    """
    numbers = {sentence.span: sentence.index for sentence in scene.sentences}
    out: list[StatementRecord] = []
    for statement in statements:
        number = numbers.get(statement.span)
        about = () if number is None else _about(scene, picked, number)
        out.append(replace(statement, deals=about))
    return tuple(out)


def _about(scene: Scene, picked: Sequence[Candidate], number: int) -> tuple[int, ...]:
    for place in (number, number - 1):
        if place < 0:
            continue
        marks = scene.marks[place]
        items = {scene.item_of[mark.ref] for mark in marks if mark.kind == "W"}
        codes = {scene.parties[mark.ref].party.code for mark in marks if mark.kind == "P"}
        named = [deal for deal, one in enumerate(picked) if one.item in items]
        if named:
            fuller = [deal for deal in named if codes & {picked[deal].supplier, picked[deal].recipient}]
            return tuple(fuller or named)
        if place == number:
            between = [deal for deal, one in enumerate(picked) if {one.supplier, one.recipient} <= codes]
            if between:
                return tuple(between)
    return tuple(range(len(picked))) if len(picked) == 1 else ()


def speakers_claims(
    scene: Scene,
    seen: Impression,
    claim: ClaimRecord,
    candidate: Candidate,
    statements: Sequence[StatementRecord],
    published: date | None,
    config: ReaderConfig,
) -> list[ClaimRecord]:
    """What single speakers say of a deal where it is more or other than the article's own picture."""
    found: list[ClaimRecord] = []
    numbers = {sentence.span: sentence.index for sentence in scene.sentences}
    options = counts(scene, candidate.item, candidate.supplier, candidate.recipient)
    about = [(index, one) for index, one in enumerate(statements) if claim.deal in one.deals]
    for index, statement in about[:_MOST_SPOKEN]:
        number = numbers.get(statement.span)
        if number is None or statement.stance is Stance.DECLINES:
            continue
        mine = [one for one in options if one.quantity.sentence == number]
        spoken = _spoken(scene, seen, claim, candidate, index, statement, number, mine, published, config)
        if spoken is not None:
            found.append(spoken)
    return found


def _spoken(
    scene: Scene,
    seen: Impression,
    claim: ClaimRecord,
    candidate: Candidate,
    index: int,
    statement: StatementRecord,
    number: int,
    options: Sequence[Counted],
    published: date | None,
    config: ReaderConfig,
) -> ClaimRecord | None:
    table = stage_cues(scene, candidate.item, candidate.supplier, candidate.recipient, only=number)
    status = seen.status(candidate.item, candidate.supplier, candidate.recipient, only=number)
    stage, halt, clear = stage_of(table, status, config.weights)
    quantity = quantity_of(seen, candidate.item, options, config.weights)
    denied = denies(scene, number, candidate.item, candidate.supplier, candidate.recipient)
    polarity = Polarity.DENIED if denied else Polarity.ASSERTED
    if polarity is Polarity.ASSERTED and any(key.endswith((".modal", ".if")) for key in table):
        polarity = Polarity.POSSIBLE
    if not clear:
        stage, halt = claim.stage, claim.halt
    dates = dates_near(scene.sentences[number], published, DateOf.DELIVERY if "arrive.plain" in table else DateOf.EVENT)
    other = (
        (stage, halt) != (claim.stage, claim.halt)
        or polarity is Polarity.DENIED
        or any(when.bound is not Bound.EXACT for when in dates)
        or (quantity is not None and claim.quantity is not None and _bounds(quantity) != _bounds(claim.quantity))
    )
    if not other:
        return None
    return replace(
        claim,
        statement=index,
        stage=stage,
        halt=halt,
        quantity=quantity,
        value=None,
        dates=dates,
        polarity=polarity,
        evidence=(statement.span,),
        why=(f"said by {statement.speaker}", *claim.why),
        disputed=False,
    )


def _bounds(quantity: Quantity) -> tuple[int | None, int | None]:
    return quantity.min, quantity.max


def is_disputed(claim: ClaimRecord, spoken: Sequence[ClaimRecord]) -> bool:
    """Whether a speaker's claim cannot be true together with the article's own picture, or with another speaker's."""
    stopped = (Halt.CANCELLED, Halt.REFUSED)
    if claim.halt not in stopped and any(one.polarity is Polarity.DENIED for one in spoken):
        return True
    if any((one.halt in stopped) != (claim.halt in stopped) for one in spoken if one.polarity is Polarity.ASSERTED):
        return True
    arrived = any(one.stage in (Stage.DELIVERING, Stage.DELIVERED) for one in (claim, *spoken))
    return arrived and any(when.bound is Bound.NOT_BEFORE for one in spoken for when in one.dates)


def _party(scene: Scene, code: str) -> PartyRef | None:
    return next((mention.party for mention in scene.parties if mention.party.code == code), None)


def _others(scene: Scene, candidate: Candidate) -> tuple[PartyInRole, ...]:
    found = others_of(scene, candidate.item, candidate.supplier, candidate.recipient)
    return tuple(PartyInRole(role, party) for role, code in found if (party := _party(scene, code)))


def _claim(
    scene: Scene, seen: Impression, number: int, candidate: Candidate, published: date | None, config: ReaderConfig
) -> ClaimRecord:
    weights = config.weights
    table = stage_cues(scene, candidate.item, candidate.supplier, candidate.recipient)
    status = seen.status(candidate.item, candidate.supplier, candidate.recipient)
    stage, halt, _ = stage_of(table, status, weights)
    options = counts(scene, candidate.item, candidate.supplier, candidate.recipient)
    mode = mode_of(table)
    evidence = evidence_of(scene, candidate)
    return ClaimRecord(
        deal=number,
        statement=None,
        supplier=_party(scene, candidate.supplier),
        recipient=_party(scene, candidate.recipient),
        weapon=weapon_of(scene, candidate.item, evidence),
        stage=stage,
        halt=halt,
        evidence=evidence,
        confidence=confidence(candidate.score, weights),
        why=reasons(candidate, weights),
        supplier_missing=None if candidate.supplier else reason(scene, candidate.item),
        recipient_missing=None if candidate.recipient else reason(scene, candidate.item),
        others=_others(scene, candidate),
        quantity=quantity_of(seen, candidate.item, options, weights),
        value=value_of(scene, seen, candidate, stage, mode, weights),
        dates=dates_of(scene, candidate, stage, published),
        mode=mode,
        condition=condition_of(table),
    )


def confidence(score: float, weights: Weights) -> float:
    """How likely a deal with this score is right, as measured on articles that training set aside."""
    slope, shift = weights.thresholds.get(SLOPE, 1.0), weights.thresholds.get(SHIFT, 0.0)
    return round(probability(slope * score + shift), 3)


def reasons(candidate: Candidate, weights: Weights) -> tuple[str, ...]:
    """Why a candidate was taken for a deal: the cues that weighed most."""
    return (
        f"supplier score {candidate.supplier_score:.1f}",
        f"recipient score {candidate.recipient_score:.1f}",
        *weights.reasons(PAIR, candidate.cues),
    )


def weapon_of(scene: Scene, item: int, evidence: Sequence[Span]) -> WeaponRef:
    """The item's best name: a mention by its own name, in the evidence if there is one, the fullest first."""
    thing = scene.items[item]
    own = [scene.weapons[index] for index in thing.own] or [scene.weapons[index] for index in thing.mentions]
    named = [mention for mention in own if mention.sentence > 0] or own
    best = named[0]
    return WeaponRef(best.text, best.designation, best.family, thing.category)


def evidence_of(scene: Scene, candidate: Candidate) -> tuple[Span, ...]:
    """The sentences that name the item, those that name the parties too first; in order of the text."""
    places: dict[int, int] = {}
    for index in scene.items[candidate.item].mentions:
        number = scene.weapons[index].sentence
        codes = {scene.parties[mark.ref].party.code for mark in scene.marks[number] if mark.kind == "P"}
        places[number] = (candidate.supplier in codes) + (candidate.recipient in codes)
    best = sorted(places, key=lambda number: (-places[number], number))[:_MOST_EVIDENCE]
    return tuple(scene.sentences[number].span for number in sorted(best))


def dates_of(scene: Scene, candidate: Candidate, stage: Stage, published: date | None) -> tuple[When, ...]:
    """The dates in the sentences that name the item and one of its parties, as dates of what the sentence tells.

    What is not ordered yet has no date of order, and the day on which somebody "said" it is not the day of the deed.
    """
    ordered = STAGE_ORDER[stage] >= STAGE_ORDER[Stage.ORDERED]
    found: list[When] = []
    for index in scene.items[candidate.item].mentions:
        number = scene.weapons[index].sentence
        marks = scene.marks[number]
        codes = {scene.parties[mark.ref].party.code for mark in marks if mark.kind == "P"}
        if not codes & {candidate.supplier, candidate.recipient}:
            continue
        frames = {mark.trigger.frame for mark in marks if mark.trigger}
        of = DateOf.DELIVERY if frames & _DELIVERY else DateOf.ORDER if ordered and frames & _ORDER else DateOf.EVENT
        for when in dates_near(scene.sentences[number], published, of):
            told = replace(when, of=DateOf.EVENT) if _is_of_speech(scene.sentences[number].text, when.text) else when
            if told not in found:
                found.append(told)
    return tuple(found[:_MOST_DATES])


def _is_of_speech(sentence: str, when: str) -> bool:
    """Whether a date says when somebody spoke: "said on Friday", "told reporters late on Monday"."""
    words = re.findall(r"[a-z]+", sentence[: sentence.find(when)].lower())[-_NEAR_SPEECH:]
    verbs = speech.lexicon().verbs
    return any(word in verbs and verbs[word].frame in ("say", "tell") for word in words)


def quantity_of(seen: Impression, item: int, options: Sequence[Counted], weights: Weights) -> Quantity | None:
    """The best number for the deal, or None."""
    scores, none = seen.options("quantity", item, [("Q", one.quantity.span.start) for one in options])
    at = _best(
        [float(scores[k]) + weights.score("quantity", one.cues) for k, one in enumerate(options)],
        none - weights.thresholds.get("quantity", 0.0),
    )
    if at is None:
        return None
    mention = options[at].quantity
    return Quantity(mention.min, mention.max, mention.approximate, mention.unit, QuantityOf.ORDERED, mention.text)


def value_of(
    scene: Scene, seen: Impression, candidate: Candidate, stage: Stage, mode: Mode, weights: Weights
) -> Money | None:
    """The best sum for the deal, or None."""
    options = prices(scene, candidate.item, candidate.supplier, candidate.recipient)
    scores, none = seen.options("value", candidate.item, [("M", one.money.span.start) for one in options])
    at = _best(
        [float(scores[k]) + weights.score("value", one.cues) for k, one in enumerate(options)],
        none - weights.thresholds.get("value", 0.0),
    )
    if at is None:
        return None
    money = options[at].money
    basis = basis_of(scene.content[max(0, money.span.start - _NEAR_SUM) : money.span.start], stage, mode)
    return Money(money.amount, money.currency, ValueScope.ITEM, basis, money.text)


def basis_of(before: str, stage: Stage, mode: Mode) -> ValueBasis:
    """What a sum is: a notice's ceiling, a licence's or a gift's worth, an estimate, or else a contract's price.

    `before` is the text before it.
    """
    if stage is Stage.NOTIFIED:
        return ValueBasis.NOTIFIED_CEILING
    if not tables.words("estimates").isdisjoint(re.findall(r"[a-z]+", before.lower())):
        return ValueBasis.PRESS_ESTIMATE
    if stage is Stage.LICENSED:
        return ValueBasis.LICENCE
    return ValueBasis.AID_VALUATION if mode is Mode.AID else ValueBasis.CONTRACT


def _best(scores: Sequence[float], none: float) -> int | None:
    """The place of the highest score, where it is above that of "none"."""
    at = max(range(len(scores)), key=lambda k: scores[k], default=None)
    return None if at is None or scores[at] <= none else at


_STATUS: dict[str, tuple[Stage, Halt | None]] = {
    "considered": (Stage.CONSIDERED, None),
    "negotiation": (Stage.NEGOTIATING, None),
    "approved": (Stage.LICENSED, None),
    "ordered": (Stage.ORDERED, None),
    "delivering": (Stage.DELIVERING, None),
    "delivered": (Stage.DELIVERED, None),
    "suspended": (Stage.ORDERED, Halt.SUSPENDED),
    "cancelled": (Stage.ORDERED, Halt.CANCELLED),
}


# The finer word for a status: where the text has the acts of the second column and none of the third.
_FINER: tuple[tuple[str, str, str, tuple[Stage, Halt | None]], ...] = (
    ("considered", "request", "", (Stage.REQUESTED, None)),
    ("considered", "offer", "", (Stage.OFFERED, None)),
    ("negotiation", "intent", "", (Stage.INTENT, None)),
    ("ordered", "talk", "order sign receive arrive", (Stage.NEGOTIATING, None)),  # a contract still being talked over
    ("approved", "notify", "", (Stage.NOTIFIED, None)),
    ("approved", "pledge", "approve", (Stage.PLEDGED, None)),
    ("approved", "select", "approve", (Stage.SELECTED, None)),
    ("cancelled", "seize", "", (Stage.DELIVERING, Halt.SEIZED)),
    ("cancelled", "refuse", "sign", (Stage.REQUESTED, Halt.REFUSED)),
)
_CLEAR = 0.6  # the share from which a speaker's stage is taken to differ from the article's


def stage_of(table: dict[str, float], seen: Mapping[str, float], weights: Weights) -> tuple[Stage, Halt | None, bool]:
    """How far the deal has come, whether it is halted, and whether that is clear; the finer word where there is one."""
    status, share = weights.best("status", table, seen)
    stage, halt = _STATUS[status]
    finer = next(
        (refined for word, cue, against, refined in _FINER if word == status and _fits(table, cue, against)), None
    )
    if finer is not None:
        stage, halt = finer
    elif status == "delivered" and not _partial().isdisjoint(table):
        stage = Stage.DELIVERING
    return stage, halt, share >= _CLEAR


def _fits(table: dict[str, float], cue: str, against: str) -> bool:
    return _says(table, cue) and not any(_says(table, frame) for frame in against.split())


@cache
def _partial() -> frozenset[str]:
    """The cues of a delivery that has begun: "first batch", "the rest"."""
    return frozenset(f"pair:{words}" for words in tables.words("partial", "pair"))


def _says(table: dict[str, float], frame: str) -> bool:
    return any(f"{frame}.{how}" in table for how in ("plain", "future"))


def mode_of(table: dict[str, float]) -> Mode:
    """How it is transferred: the mode whose frames the text uses near the item."""
    if _says(table, "lease"):
        return Mode.LEASE
    if _says(table, "exchange"):
        return Mode.EXCHANGE
    if _says(table, "upgrade"):
        return Mode.UPGRADE
    if _says(table, "pledge"):
        return Mode.AID
    if any(_says(table, frame) for frame in ("contract", "get", "order", "sign", "notify")) or "sell" in table:
        return Mode.SALE
    return Mode.UNKNOWN


def condition_of(table: dict[str, float]) -> Condition:
    """New, second-hand or modernised, as far as the text says."""
    if _says(table, "used"):
        return Condition.SECOND_HAND
    return Condition.MODERNISED if _says(table, "upgrade") else Condition.UNKNOWN


def _share_package_values(found: list[ClaimRecord]) -> list[ClaimRecord]:
    """A sum that stands for several deals of one pair is the package's."""
    shared = {
        (claim.supplier, claim.recipient, claim.value.amount, claim.value.currency): sum(
            other.value is not None
            and (other.supplier, other.recipient, other.value.amount, other.value.currency)
            == (claim.supplier, claim.recipient, claim.value.amount, claim.value.currency)
            for other in found
        )
        for claim in found
        if claim.value is not None
    }
    return [
        replace(claim, value=replace(claim.value, scope=ValueScope.PACKAGE))
        if claim.value and shared[claim.supplier, claim.recipient, claim.value.amount, claim.value.currency] > 1
        else claim
        for claim in found
    ]
