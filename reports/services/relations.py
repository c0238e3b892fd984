"""How deals stand to one another by analysts' judgements: rows that follow their deals wherever these go."""

from collections import Counter, defaultdict
from collections.abc import Collection

from django.db import connection

from reports.choices import JudgementKind
from reports.models import JudgementAnchor, Relation

_LOCK = 7_201_202  # of its own kind: one at a time writes relations


def hold_relations() -> None:
    """Let nobody else write relations until this transaction ends.

    Before any deal is written, so that none waits in a ring.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def write_relations(*, claims: Collection[int]) -> None:
    """Bring the relations of judgements that are anchored in these claims in line with the deals of today.

    Each side is the deal that most of its claims are in by now. Sides that are one deal by now relate nothing.
    """
    touched = JudgementAnchor.objects.filter(claim__in=claims, judgement__kind=JudgementKind.RELATE)
    judgements = set(touched.values_list("judgement", flat=True))
    wanted: dict[int, tuple[int, int, str, str]] = {}
    sides: dict[int, dict[int, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    kinds: dict[int, tuple[str, str]] = {}
    rows = JudgementAnchor.objects.filter(
        judgement__in=judgements, judgement__undone_at=None, claim__deal__isnull=False
    ).values_list("judgement", "judgement__decision__kind", "judgement__reason", "side", "claim__deal")
    for judgement, kind, reason, side, deal in rows:
        sides[judgement][side][deal] += 1
        kinds[judgement] = (kind, reason)
    for judgement, deals in sides.items():
        if len(deals) == 2:
            one, other = _most(deals[0]), _most(deals[1])
            if one != other:
                wanted[judgement] = (one, other, *kinds[judgement])
    there = {
        judgement: (deal, other, kind, reason)
        for judgement, deal, other, kind, reason in Relation.objects.filter(judgement__in=judgements).values_list(
            "judgement", "deal", "other", "kind", "reason"
        )
    }
    if wanted == there:
        return
    Relation.objects.filter(judgement__in=judgements).delete()
    Relation.objects.bulk_create(
        [
            Relation(judgement_id=judgement, deal_id=deal, other_id=other, kind=kind, reason=reason[:300])
            for judgement, (deal, other, kind, reason) in sorted(wanted.items())
        ],
        ignore_conflicts=True,  # two analysts may have related the same two deals
    )


def _most(deals: Counter[int]) -> int:
    return min(deals, key=lambda deal: (-deals[deal], deal))
