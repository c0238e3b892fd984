"""Where claims on one deal cannot all be true.

A refinement ("dozens", then 36), an update (ordered in May, delivered in June), a batch of the whole, another unit or
another basis is none. Repetition never closes a dispute.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from reports.choices import STAGE_ORDER, TIER_OF_STAGE, Bound, DateBasis, DateOf, DisputeField, Polarity, Stage, Tier
from reports.records import Quantity, When
from reports.resolution.closing import JUDGEMENT, closed
from reports.resolution.quantities import disagree, may_be_part, sums_disagree
from reports.resolution.records import Conflict, Evidence, Method, Side

ARRIVING = STAGE_ORDER[Stage.DELIVERING]
AGREED = frozenset({Tier.CONTRACTED, Tier.DELIVERED})


@dataclass(frozen=True, slots=True)
class Question:
    """What two claims may answer so that not both are true.

    `answer` is what a claim says to it, or None where it says nothing; `exclude` whether two claims exclude one
    another; `why` the reason in words; `words` an answer in words.
    """

    field: DisputeField
    why: str
    answer: Callable[[Evidence], Hashable | None]
    exclude: Callable[[Evidence, Evidence, Method], bool]
    words: Callable[[Evidence], str]


def find_disputes(
    claims: Sequence[Evidence], method: Method, as_read: Sequence[Evidence] | None = None
) -> tuple[Conflict, ...]:
    """The disputes among the claims of one deal, at most one a field, open or closed.

    `as_read` are the claims before analysts corrected and rejected some: what they disputed and `claims` do not, a
    judgement closed.
    """
    standing = _standing(claims, method)
    fields = {conflict.field for conflict in standing}
    settled = [] if as_read is None else [one for one in _standing(as_read, method) if one.field not in fields]
    return (*standing, *(replace(conflict, closed_by=JUDGEMENT, upheld="") for conflict in settled))


def _standing(claims: Sequence[Evidence], method: Method) -> list[Conflict]:
    """What claims dispute, each closed where something closes it."""
    found = [_existence(claims, method), *(_asked(question, claims, method) for question in QUESTIONS)]
    by_id = {claim.id: claim for claim in claims}
    return [closed(conflict, by_id) for conflict in found if conflict]


def _heard(claims: Iterable[Evidence], answer: Callable[[Evidence], Hashable | None], method: Method) -> list[Evidence]:
    """Claims that give an answer: of those that give the same one in the same months, a few of different origins.

    Ten thousand reports of one number are one side, and a side needs no more than that to be looked up.
    """
    heard: dict[tuple[object, int], dict[str, Evidence]] = defaultdict(dict)
    for claim in claims:
        given = answer(claim)
        if given is not None:
            same = heard[given, claim.day.toordinal() // method.near.days]
            if len(same) < method.witnesses:
                same.setdefault(claim.origin, claim)
    return [claim for same in heard.values() for claim in same.values()]


def _existence(claims: Sequence[Evidence], method: Method) -> Conflict | None:
    """A side to the deal, or someone of no known side, denies what another origin asserts at about the same time.

    To say that something halted will not come contradicts nobody.
    """
    asserted = [claim for claim in claims if claim.polarity is Polarity.ASSERTED and not claim.halt]
    sides: dict[str, Side] = {}
    denials = [c for c in claims if c.polarity is Polarity.DENIED and not c.halt and _may_know(c)]
    denials = _heard(denials, lambda claim: claim.speaker_party or "", method)
    denials = [claim for claim in denials if not _taken_back(claim, asserted)]
    for denial, claim in product(denials, _heard(asserted, lambda claim: claim.stage, method) if denials else ()):
        if claim.origin != denial.origin and _same_time(claim, denial, method):
            sides[claim.id] = Side(claim.id, "asserted")
            sides[denial.id] = Side(denial.id, "denied")
    if not sides:
        return None
    listed = tuple(sides[claim.id] for claim in claims if claim.id in sides)
    return Conflict(DisputeField.EXISTENCE, "One asserts the transfer, another denies it.", listed)


def _may_know(claim: Evidence) -> bool:
    """Whether a denial is one of the transfer: an outsider's no is criticism of it, or about something else."""
    sides = {claim.supplier, claim.recipient, *(code for _, code in claim.others)}
    return claim.of_article or claim.speaker_party is None or claim.speaker_party in sides


def _taken_back(denial: Evidence, asserted: Sequence[Evidence]) -> bool:
    """Whether the speaker, or another for the same side, said the contrary later: an update."""
    return any(
        claim.day > denial.day
        and not claim.of_article
        and (
            claim.speaker == denial.speaker
            or (claim.speaker_party is not None and claim.speaker_party == denial.speaker_party)
        )
        for claim in asserted
    )


def _asked(question: Question, claims: Sequence[Evidence], method: Method) -> Conflict | None:
    """The claims of which some two exclude one another, by different origins and at about the same time.

    What is only said to be possible excludes nothing.
    """
    sides: dict[str, Side] = {}
    asserted = (claim for claim in claims if claim.polarity is Polarity.ASSERTED)
    for one, other in combinations(_heard(asserted, question.answer, method), 2):
        if (
            _of_two_minds(one, other, question)
            and _same_time(one, other, method)
            and question.exclude(one, other, method)
        ):
            for claim in (one, other):
                sides[claim.id] = Side(claim.id, question.words(claim))
    listed = tuple(sides[claim.id] for claim in claims if claim.id in sides)
    return Conflict(question.field, question.why, listed) if listed else None


def _of_two_minds(one: Evidence, other: Evidence, question: Question) -> bool:
    """Whether two claims may speak against one another.

    Of one origin they do not. Nor do an article and those whom it quotes, or they among themselves, on how far a
    transfer is: they tell one story, and each sentence a part of it; who denies it says so.
    """
    if one.origin == other.origin:
        return False
    return question.field is not DisputeField.STAGE or one.unit != other.unit


def _same_time(one: Evidence, other: Evidence, method: Method) -> bool:
    if one.published is None or other.published is None:
        return one.key.text_hash == other.key.text_hash
    return abs(one.published - other.published) <= method.dispute_window


def _stages_exclude(one: Evidence, other: Evidence, method: Method) -> bool:
    """Whether one says that it is agreed, and another, not earlier, that it is only talked about."""
    del method
    first, second = (one, other) if STAGE_ORDER[one.stage] > STAGE_ORDER[other.stage] else (other, one)
    contrary = TIER_OF_STAGE[first.stage] in AGREED and TIER_OF_STAGE[second.stage] is Tier.TALK
    return contrary and first.day <= second.day


def _quantities_exclude(one: Evidence, other: Evidence, method: Method) -> bool:
    """Whether two numbers of one decision exclude one another; asked for 126 and bought 36 are two decisions."""
    if not one.quantity or not other.quantity or not _one_decision(one, other):
        return False
    if _arrived_of(one, other) or _arrived_of(other, one):
        return False
    return disagree(one.quantity, other.quantity, method)


def _arrived_of(batch: Evidence, whole: Evidence) -> bool:
    arriving = STAGE_ORDER[batch.stage] >= ARRIVING
    return bool(arriving and batch.quantity and whole.quantity and may_be_part(batch.quantity, whole.quantity))


def _sums_exclude(one: Evidence, other: Evidence, method: Method) -> bool:
    return bool(
        one.value and other.value and _one_decision(one, other) and sums_disagree(one.value, other.value, method)
    )


def _one_decision(one: Evidence, other: Evidence) -> bool:
    tiers = {TIER_OF_STAGE[one.stage], TIER_OF_STAGE[other.stage]}
    return len(tiers) == 1 or tiers <= AGREED


def _dates_exclude(one: Evidence, other: Evidence, method: Method) -> bool:
    del method
    return _too_early(one, other) or _too_early(other, one) or _ordered_apart(one, other)


def _too_early(early: Evidence, late: Evidence) -> bool:
    """Whether `late` says "not before" a day by which `early` says that it has arrived or will have."""
    floor = next((when for when in _arrivals(late) if when.bound is Bound.NOT_BEFORE), None)
    if floor is None or early.halt:
        return False
    told = _arrivals(early)
    stated = [when.end for when in told if when.bound is not Bound.NOT_BEFORE]
    awaited = any(when.bound is Bound.NOT_BEFORE for when in told)
    arrived = [early.published] if STAGE_ORDER[early.stage] >= ARRIVING and early.published and not awaited else []
    return any(day < floor.start for day in (*stated, *arrived))


def _arrivals(claim: Evidence) -> list[When]:
    """The dates of an arrival: those that are said to be, and any date of a claim that is about one."""
    arriving = STAGE_ORDER[claim.stage] >= ARRIVING
    return [when for when in claim.dates if when.of is DateOf.DELIVERY or (arriving and when.of is DateOf.EVENT)]


def _ordered_apart(one: Evidence, other: Evidence) -> bool:
    """Whether both give a date of the order, and no day is in both."""
    first, second = _order(one), _order(other)
    return bool(first and second and (first.end < second.start or second.end < first.start))


def _order(claim: Evidence) -> When | None:
    return next(
        (
            when
            for when in claim.dates
            if when.of is DateOf.ORDER and when.bound is Bound.EXACT and when.basis is DateBasis.STATED
        ),
        None,
    )


def _date_words(claim: Evidence) -> str:
    when = next(iter(_arrivals(claim)), None) or _order(claim)
    if when is None:
        return str(claim.stage)
    bound = {Bound.NOT_BEFORE: "not before ", Bound.NOT_AFTER: "by "}.get(when.bound, "")
    return f"{'ordered' if when.of is DateOf.ORDER else claim.stage}: {when.text or bound + when.start.isoformat()}"


def _stage_words(claim: Evidence) -> str:
    return str(claim.halt or claim.stage)


def _sum_words(claim: Evidence) -> str:
    return f"{claim.value.currency} {claim.value.amount:,.0f}" if claim.value else ""


def _number_words(claim: Evidence) -> str:
    return number(claim.quantity) if claim.quantity else ""


def number(quantity: Quantity) -> str:
    """A quantity in words, with its unit where that is not a piece: "at least 11", "4 to 6 (battery)"."""
    low, high = quantity.min, quantity.max
    if low is not None and high is not None:
        words = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    elif low is not None:
        words = f"at least {low:,}"
    else:
        words = f"at most {high:,}" if high is not None else quantity.text
    return words if quantity.unit == "piece" else f"{words} ({quantity.unit})"


QUESTIONS = (
    Question(
        DisputeField.STAGE,
        "One says that it is agreed, another at the same time or later that it is only talked about.",
        lambda claim: None if claim.halt else claim.stage,
        _stages_exclude,
        _stage_words,
    ),
    Question(
        DisputeField.QUANTITY,
        "No number fits both, in the same unit, of one decision and at about the same time.",
        lambda claim: claim.quantity and (claim.quantity, claim.stage),
        _quantities_exclude,
        _number_words,
    ),
    Question(
        DisputeField.VALUE,
        "The sums are further apart than rounding explains, on the same basis.",
        lambda claim: claim.value and (claim.value, claim.stage),
        _sums_exclude,
        _sum_words,
    ),
    Question(
        DisputeField.DATE,
        "No day fits both: of the order, or of an arrival that another says will not come before a later day.",
        lambda claim: (claim.dates, claim.stage),
        _dates_exclude,
        _date_words,
    ),
)
