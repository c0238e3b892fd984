"""Reads for the first page: how much there is, by tier, and what came last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min
from django.db.models.functions import ExtractYear

from reports.choices import Tier, WorkState
from reports.models import Article, Deal, Dispute, Party, Statement, Text, Work
from reports.selectors.deals import deals
from reports.selectors.parties import FIRM_TIERS, recipients, suppliers
from reports.selectors.statements import statements


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the data covers: counts, days, and texts still waiting to be read."""

    articles: int
    texts: int
    deals: int
    statements: int
    open_disputes: int
    first_day: date | None
    last_day: date | None
    waiting: int
    set_aside: int
    failed: int


@dataclass(frozen=True, slots=True)
class TierYears:
    """Deals of one tier by year of their newest report. Tiers are never added up."""

    tier: Tier
    total: int
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    coverage: Coverage
    tiers: tuple[TierYears, ...]
    newest: Sequence[Deal]
    disputed: Sequence[Deal]
    statements: Sequence[Statement]
    suppliers: Sequence[Party]
    recipients: Sequence[Party]


def coverage() -> Coverage:
    """Counts over everything that is kept."""
    days = Article.objects.aggregate(first=Min("published_at"), last=Max("published_at"))
    states = dict(Work.objects.order_by().values_list("state").annotate(n=Count("pk")))
    return Coverage(
        articles=Article.objects.count(),
        texts=Text.objects.count(),
        deals=Deal.objects.count(),
        statements=Statement.objects.count(),
        open_disputes=Dispute.objects.filter(open=True).count(),
        first_day=days["first"].date() if days["first"] else None,
        last_day=days["last"].date() if days["last"] else None,
        waiting=states.get(WorkState.WAITING, 0) + states.get(WorkState.LEASED, 0),
        set_aside=states.get(WorkState.SET_ASIDE, 0),
        failed=states.get(WorkState.FAILED, 0),
    )


def tier_years() -> tuple[TierYears, ...]:
    """For each tier its deals by year, years without a deal included between the first and the last of all."""
    rows = (
        Deal.objects.filter(last_reported__isnull=False)
        .order_by()
        .values("tier", year=ExtractYear("last_reported"))
        .annotate(n=Count("pk"))
    )
    counts = {(row["tier"], row["year"]): row["n"] for row in rows}
    totals = dict(Deal.objects.order_by().values_list("tier").annotate(n=Count("pk")))
    years = sorted({year for _, year in counts})
    span = range(years[0], years[-1] + 1) if years else range(0)
    return tuple(
        TierYears(tier, totals.get(tier, 0), tuple((year, counts.get((tier, year), 0)) for year in span))
        for tier in Tier
    )


def overview() -> Overview:
    """Everything that the first page shows."""
    return Overview(
        coverage=coverage(),
        tiers=tier_years(),
        newest=list(deals()[:12]),
        disputed=list(deals().filter(disputed=True)[:6]),
        statements=list(statements()[:6]),
        suppliers=list(suppliers(FIRM_TIERS)[:8]),
        recipients=list(recipients(FIRM_TIERS)[:8]),
    )
