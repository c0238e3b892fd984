"""The bars of the first page, as plain SVG that needs no script."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.selectors.overview import TierYears

HEIGHT = 44
STEP = 10
GAP = 2


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: float
    width: int
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class TierChart:
    """One tier's bars by year; `label` says the chart in words for those who do not see it."""

    tier: str
    total: int
    width: int
    bars: tuple[Bar, ...]
    first: int | str
    last: int | str
    label: str


def tier_charts(rows: Sequence[TierYears]) -> tuple[TierChart, ...]:
    """A chart a tier, all on one scale, so that they can be compared by eye."""
    highest = max((number for row in rows for _, number in row.years), default=0) or 1
    return tuple(_chart(row, highest) for row in rows)


def _chart(row: TierYears, highest: int) -> TierChart:
    bars = tuple(
        Bar(
            x=index * STEP,
            y=round(HEIGHT - HEIGHT * number / highest, 2),
            width=STEP - GAP,
            height=round(HEIGHT * number / highest, 2),
            title=f"{year}: {number}",
        )
        for index, (year, number) in enumerate(row.years)
    )
    words = ", ".join(f"{year}: {number}" for year, number in row.years if number)
    return TierChart(
        tier=row.tier,
        total=row.total,
        width=max(len(bars), 1) * STEP,
        bars=bars,
        first=row.years[0][0] if row.years else "",
        last=row.years[-1][0] if row.years else "",
        label=f"Deals in tier {row.tier} by year of the newest report. {words or 'None.'}",
    )
