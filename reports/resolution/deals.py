"""The claims of a block and what analysts decided on them, to the pictures of its deals."""

from collections import Counter
from collections.abc import Sequence

from reports.resolution.cluster import cluster
from reports.resolution.judging import Judged, apply
from reports.resolution.picture import picture
from reports.resolution.records import NONE, Evidence, Judgements, Method, Picture


def pictures(claims: Sequence[Evidence], judgements: Judgements = NONE, method: Method | None = None) -> list[Picture]:
    """The deals of a block, each as analysts left it; what they rejected is in none."""
    method = method or Method()
    judged = apply(claims, judgements)
    groups = cluster(judged.claims, method, judgements.verdicts)
    if not judgements.rejected and not judgements.corrections:
        return [picture(group, method) for group in groups]
    homes = _homes(judged, groups, judgements, method)
    as_read = {claim.id: claim for claim in claims}
    rejected: dict[int, list[Evidence]] = {}
    for claim in judged.rejected:
        if claim.id in homes:
            rejected.setdefault(homes[claim.id], []).append(as_read[claim.id])
    return [
        picture(group, method, [*(as_read[claim.id] for claim in group), *rejected.get(number, ())])
        for number, group in enumerate(groups)
    ]


def _homes(
    judged: Judged, groups: Sequence[Sequence[Evidence]], judgements: Judgements, method: Method
) -> dict[str, int]:
    """The deal (by number) in which each rejected claim would be, so that the dispute that it made stays readable."""
    if not judged.rejected:
        return {}
    out = {claim.id for claim in judged.rejected}
    deal_of = {claim.id: number for number, group in enumerate(groups) for claim in group}
    homes: dict[str, int] = {}
    for group in cluster([*judged.claims, *judged.rejected], method, judgements.verdicts):
        live = Counter(deal_of[claim.id] for claim in group if claim.id in deal_of)
        if live:
            home = min(live, key=lambda number: (-live[number], number))
            homes |= {claim.id: home for claim in group if claim.id in out}
    return homes
