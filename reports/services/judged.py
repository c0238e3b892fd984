"""The judgements that stand on some claims, as resolution takes them; in a fixed number of queries, few where none."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.choices import JudgementKind
from reports.models import Claim, JudgementAnchor
from reports.resolution.records import Correction, Judgements, Verdict
from reports.services.decisions import value_of, weapons_named
from reports.services.refusals import Refused

VERDICTS = (JudgementKind.SAME, JudgementKind.DIFFERENT)


@dataclass(frozen=True, slots=True)
class Decided:
    """What stands on some claims, by their ids: judgements, grades of credibility, which a person looked at."""

    judgements: Judgements = field(default_factory=Judgements)
    grades: dict[str, int] = field(default_factory=dict)
    looked_at: frozenset[str] = frozenset()
    related: bool = False


def decided_on(*, claims: Sequence[Claim]) -> Decided:
    """What analysts decided on these claims and did not undo."""
    rows = list(
        JudgementAnchor.objects.filter(claim__in=[claim.pk for claim in claims], judgement__undone_at=None)
        .order_by("judgement_id", "side", "pk")
        .values_list("judgement_id", "judgement__kind", "judgement__decision", "side", "claim_id")
    )
    if not rows:
        return Decided()
    weapons = weapons_named(
        given["value"]["designation"]
        for _, kind, given, _, _ in rows
        if kind == JudgementKind.CORRECT_FIELD and given["field"] == "weapon" and given["value"].get("designation")
    )
    sides: dict[tuple[int, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    rejected: set[str] = set()
    grades: dict[str, int] = {}
    corrections: list[Correction] = []
    for judgement, kind, given, side, pk in rows:
        claim = str(pk)
        match kind:
            case JudgementKind.SAME | JudgementKind.DIFFERENT:
                sides[judgement, kind][side].add(claim)
            case JudgementKind.REJECT_CLAIM:
                rejected.add(claim)
            case JudgementKind.GRADE:
                grades[claim] = given["credibility"]
            case JudgementKind.CORRECT_FIELD:
                try:
                    value = value_of(given["field"], given["value"], weapons)
                except Refused:
                    continue  # the catalogue let the weapon go: the claim stays as it was read
                corrections.append(Correction(claim, given["field"], value))
    verdicts = tuple(
        Verdict(str(judgement), kind == JudgementKind.SAME, frozenset(one), frozenset(other), judgement)
        for (judgement, kind), (one, other) in sides.items()
    )
    return Decided(
        Judgements(verdicts, frozenset(rejected), tuple(corrections)),
        grades,
        frozenset(str(row[4]) for row in rows),
        any(row[1] == JudgementKind.RELATE for row in rows),
    )
