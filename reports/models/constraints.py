"""Check constraints that several models share: written once, named per table."""

from enum import StrEnum

from django.db.models import CheckConstraint, F, Q


def min_not_over_max(name: str, low: str, high: str) -> CheckConstraint:
    """`low` <= `high` wherever both are known."""
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)}),
    )


def span_inside(name: str, start: str = "start", end: str = "end") -> CheckConstraint:
    """A span holds a character or more and starts at 0 or after; a trigger holds that it ends inside its text."""
    return CheckConstraint(name=name, condition=Q(**{f"{start}__gte": 0}) & Q(**{f"{end}__gt": F(start)}))


def one_of(name: str, field: str, words: type[StrEnum], *, blank: bool = False) -> CheckConstraint:
    """`field` holds a word of the vocabulary (or is empty, where that is allowed)."""
    allowed = [word.value for word in words] + ([""] if blank else [])
    return CheckConstraint(name=name, condition=Q(**{f"{field}__in": allowed}))
