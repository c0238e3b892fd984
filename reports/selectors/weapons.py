"""Reads about weapons: the list, and one weapon's page with its family."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Count, Q, QuerySet
from django_stubs_ext import WithAnnotations

from reports.models import Deal, Weapon, WeaponName
from reports.selectors.deals import deals


class WeaponCounts(TypedDict):
    deals_count: int


def weapons() -> "QuerySet[WithAnnotations[Weapon, WeaponCounts]]":
    """Every weapon with its family and how many deals name it, by designation."""
    return Weapon.objects.select_related("family", "parent").annotate(deals_count=Count("deals", distinct=True))


def reported_weapons() -> "QuerySet[WithAnnotations[Weapon, WeaponCounts]]":
    """Weapons that some deal names, the most reported first."""
    return weapons().filter(deals_count__gt=0).order_by("-deals_count", "designation")


@dataclass(frozen=True, slots=True)
class WeaponView:
    """One weapon: its names, its family tree, its deals (of the whole family, where it is one)."""

    weapon: Weapon
    names: Sequence[WeaponName]
    variants: Sequence[Weapon]
    deals: Sequence[Deal]


def weapon_view(weapon: Weapon, *, newest: int = 50) -> WeaponView:
    """The page of a weapon with its `newest` deals."""
    found = deals().filter(Q(weapon=weapon) | Q(family=weapon) | Q(weapon__parent=weapon))
    return WeaponView(weapon, list(weapon.names.all()), list(weapon.variants.all()), list(found[:newest]))
