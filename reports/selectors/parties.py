"""Reads about parties: the list with what each supplies and receives, and one party's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from reports.choices import Tier
from reports.models import Deal, Party
from reports.selectors.deals import deals


class PartyCounts(TypedDict):
    supplied_count: int
    received_count: int


ALL_TIERS: tuple[Tier, ...] = tuple(Tier)
FIRM_TIERS: tuple[Tier, ...] = (Tier.CONTRACTED, Tier.DELIVERED)


def _count(role: str, tiers: Sequence[Tier]) -> Coalesce:
    """How many deals a party is `role` in, as a subquery (two joins would multiply)."""
    counted = (
        Deal.objects.filter(**{role: OuterRef("pk"), "tier__in": tiers})
        .order_by()
        .values(role)
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def parties(tiers: Sequence[Tier] = ALL_TIERS) -> "QuerySet[WithAnnotations[Party, PartyCounts]]":
    """Every party with its deals of `tiers` as supplier and as recipient, by name."""
    return Party.objects.annotate(
        supplied_count=_count("supplier", tiers), received_count=_count("recipient", tiers)
    ).order_by("name")


def suppliers(tiers: Sequence[Tier] = ALL_TIERS) -> "QuerySet[WithAnnotations[Party, PartyCounts]]":
    """Parties that supply in at least one deal of `tiers`, the busiest first."""
    return parties(tiers).filter(supplied_count__gt=0).order_by("-supplied_count", "name")


def recipients(tiers: Sequence[Tier] = ALL_TIERS) -> "QuerySet[WithAnnotations[Party, PartyCounts]]":
    """Parties that receive in at least one deal of `tiers`, the busiest first."""
    return parties(tiers).filter(received_count__gt=0).order_by("-received_count", "name")


@dataclass(frozen=True, slots=True)
class Partner:
    """How many deals one party has with another in one role."""

    party: Party
    deals: int


@dataclass(frozen=True, slots=True)
class PartyView:
    """One party: what it supplies, what it receives, with whom."""

    party: Party
    supplied: Sequence[Deal]
    received: Sequence[Deal]
    customers: tuple[Partner, ...]
    providers: tuple[Partner, ...]


def party_view(party: Party, *, newest: int = 25) -> PartyView:
    """The page of a party, with its `newest` deals in each role and its partners, busiest first."""
    return PartyView(
        party=party,
        supplied=list(deals().filter(supplier=party)[:newest]),
        received=list(deals().filter(recipient=party)[:newest]),
        customers=_partners(Deal.objects.filter(supplier=party), "recipient"),
        providers=_partners(Deal.objects.filter(recipient=party), "supplier"),
    )


def _partners(found: QuerySet[Deal], role: str) -> tuple[Partner, ...]:
    counts = dict(
        found.filter(**{f"{role}__isnull": False})
        .order_by()
        .values(key=F(role))
        .annotate(n=Count("pk"))
        .values_list("key", "n")
    )
    partners = [Partner(party, counts[party.pk]) for party in Party.objects.filter(pk__in=counts)]
    return tuple(sorted(partners, key=lambda partner: (-partner.deals, partner.party.name)))
