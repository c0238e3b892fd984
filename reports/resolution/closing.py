"""What closes a dispute: an analyst, a primary document, a second origin. Repetition never does.

A closed dispute stays readable, with what closed it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from reports.choices import DisputeField
from reports.resolution.records import Conflict, Evidence
from reports.resolution.witnesses import weight

JUDGEMENT = "a judgement"
DOCUMENT = "an official document"
ORIGIN = "a second origin"

# The fields of a claim that an analyst corrects to settle a dispute.
CORRECTED: Mapping[DisputeField, tuple[str, ...]] = {
    DisputeField.EXISTENCE: ("polarity",),
    DisputeField.STAGE: ("stage", "halt"),
    DisputeField.QUANTITY: ("quantity",),
    DisputeField.VALUE: ("value",),
    DisputeField.DATE: ("ordered", "delivery"),
}


def closed(conflict: Conflict, claims: Mapping[str, Evidence]) -> Conflict:
    """The dispute, closed where something closes it. Its sides are told apart by what they say.

    One answer closes it that an analyst gave, or an official document not older than what it contradicts; or one that
    a further origin, at least as good a witness as any on the other side, gave after the last of the other side.
    """
    answers: dict[str, list[Evidence]] = defaultdict(list)
    for side in conflict.sides:
        answers[side.value].append(claims[side.claim])
    if len(answers) < 2:
        return conflict
    fields = CORRECTED[conflict.field]
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        (JUDGEMENT, lambda value: any(_judged(claim, fields) for claim in answers[value])),
        (DOCUMENT, lambda value: _documented(answers[value], _others(answers, value))),
        (ORIGIN, lambda value: _confirmed(answers[value], _others(answers, value))),
    )
    for name, test in tests:
        passing = [value for value in answers if test(value)]
        if len(passing) == 1:
            return replace(conflict, closed_by=name, upheld=passing[0])
    return conflict


def _judged(claim: Evidence, fields: Sequence[str]) -> bool:
    return claim.added or not claim.judged.isdisjoint(fields)


def _others(answers: Mapping[str, Sequence[Evidence]], value: str) -> list[Evidence]:
    return [claim for other, told in answers.items() if other != value for claim in told]


def _documented(told: Sequence[Evidence], others: Sequence[Evidence]) -> bool:
    """Whether an official document says so that is not older than what it contradicts."""
    days = [claim.day for claim in told if claim.official and claim.of_article]
    return bool(days) and max(days) >= max(claim.day for claim in others)


def _confirmed(told: Sequence[Evidence], others: Sequence[Evidence]) -> bool:
    """Whether, after all that contradicts it, a further origin that is none of the other side said the same.

    Where the other side has more than one origin, it is not alone, and the dispute stays open.
    """
    against = {claim.origin for claim in others}
    least = max(weight(claim) for claim in others)
    begun = max(min(claim.day for claim in told), *(claim.day for claim in others))
    before = {claim.origin for claim in told if claim.day <= begun}
    later = {claim.origin for claim in told if claim.day > begun and weight(claim) >= least}
    return len(against) == 1 and bool(later - before - against)
