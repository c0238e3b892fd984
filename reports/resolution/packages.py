"""Deals announced together with one sum for all: the sum counts once."""

from collections.abc import Sequence

from reports.choices import Polarity, ValueScope
from reports.resolution.records import Bundle, Evidence


def bundle_of(claims: Sequence[Evidence]) -> Bundle | None:
    """The package that a deal belongs to: the first that was reported, whichever deals share it."""
    for claim in sorted(claims, key=lambda claim: claim.order):
        value = claim.value
        if value and value.scope is ValueScope.PACKAGE and claim.polarity is not Polarity.DENIED:
            return Bundle(claim.story, value.amount, value.currency, value.basis)
    return None
