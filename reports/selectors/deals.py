"""Reads about deals: the list, one deal with its evidence, and where a public id leads today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from reports.models import Article, Change, Claim, Deal, DisputeSide, LedgerEntry, Statement


def deals() -> QuerySet[Deal]:
    """Every deal with the names that a list shows, newest report first."""
    return Deal.objects.select_related("supplier", "recipient", "weapon", "family")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that carries a claim, with the article to cite for it."""

    sentence: str
    start: int
    end: int
    article: Article | None
    claim: Claim

    @property
    def published(self) -> datetime | None:
        return self.article.published_at if self.article else None


@dataclass(frozen=True, slots=True)
class Side:
    """What one claim says in a dispute."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A dispute with its sides next to each other."""

    field: str
    open: bool
    why: str
    closed_by: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class DealView:
    """One deal with everything that its page and its endpoint show."""

    deal: Deal
    evidence: tuple[Evidence, ...]
    by_field: dict[str, Evidence]
    disputes: tuple[Contradiction, ...]
    statements: tuple[Statement, ...]
    articles: tuple[Article, ...]
    history: tuple[Change, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Gone:
    """An id that names no deal any more, and the ids that took its place."""

    public_id: str
    successors: tuple[str, ...]


def whereabouts(public_id: str) -> Deal | str | Gone | None:
    """A public id's deal, the id that it forwards to, `Gone` with its successors, or None where none was minted."""
    deal = deals().filter(public_id=public_id).first()
    if deal:
        return deal
    entry = LedgerEntry.objects.filter(public_id=public_id).first()
    if entry is None:
        return None
    seen = {entry.public_id}
    while entry.forwards_to_id and entry.forwards_to_id not in seen:
        seen.add(entry.forwards_to_id)
        entry = LedgerEntry.objects.get(public_id=entry.forwards_to_id)
    if entry.public_id != public_id:
        return entry.public_id
    return Gone(public_id, tuple(entry.successors.values_list("public_id", flat=True)))


def deal_view(deal: Deal) -> DealView:
    """The deal with its evidence, disputes, statements, articles and history, in a fixed number of queries."""
    claims = list(
        Claim.objects.filter(deal=deal)
        .select_related("text", "statement__speaker", "statement__party", "supplier", "recipient", "weapon")
        .prefetch_related("spans", "dates", "others__party")
        .order_by("id")
    )
    articles = tuple(
        Article.objects.filter(text__in={claim.text_id for claim in claims})
        .select_related("source", "source__country", "text")
        .order_by("published_at", "id")
    )
    first_of_text: dict[int, Article] = {}
    for article in articles:
        first_of_text.setdefault(article.text_id, article)
    evidence = tuple(sorted(_evidence(claims, first_of_text), key=_by_day))
    of_claim: dict[int, Evidence] = {}
    for item in evidence:
        of_claim.setdefault(item.claim.pk, item)
    by_key = {claim.key: claim.pk for claim in claims}
    chosen = {
        name: of_claim[by_key[choice["claim"]]]
        for name, choice in deal.chosen.items()
        if by_key.get(choice.get("claim", "")) in of_claim
    }
    return DealView(
        deal=deal,
        evidence=evidence,
        by_field=chosen,
        disputes=_contradictions(deal, of_claim),
        statements=_statements(deal, first_of_text),
        articles=articles,
        history=tuple(Change.objects.filter(deal_id=deal.public_id).order_by("-id")[:200]),
    )


def _evidence(claims: Iterable[Claim], articles: dict[int, Article]) -> Iterable[Evidence]:
    for claim in claims:
        for span in claim.spans.all():
            yield Evidence(
                claim.text.content[span.start : span.end], span.start, span.end, articles.get(claim.text_id), claim
            )


def _by_day(item: Evidence) -> tuple[str, int, int]:
    return (item.published.isoformat() if item.published else "", item.claim.text_id, item.start)


def _statements(deal: Deal, articles: dict[int, Article]) -> tuple[Statement, ...]:
    found = deal.statements.select_related("speaker", "party", "text")

    def when(statement: Statement) -> tuple[str, int, int]:
        article = articles.get(statement.text_id)
        published = article.published_at if article else None
        return (published.isoformat() if published else "", statement.text_id, statement.start)

    return tuple(sorted(found, key=when))


def _contradictions(deal: Deal, of_claim: dict[int, Evidence]) -> tuple[Contradiction, ...]:
    disputes = deal.disputes.prefetch_related(Prefetch("sides", DisputeSide.objects.order_by("id")))
    return tuple(
        Contradiction(
            dispute.field,
            dispute.open,
            dispute.why,
            dispute.closed_by,
            tuple(
                Side(side.value, of_claim[side.claim_id]) for side in dispute.sides.all() if side.claim_id in of_claim
            ),
        )
        for dispute in disputes
    )
