"""Deals announced together with one sum for all: the sum counts once."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from reports.choices import ValueScope
from reports.resolution.records import Picture


def packages(pictures: Sequence[Picture]) -> dict[tuple[str, Decimal, str], tuple[int, ...]]:
    """Numbers of pictures by (text hash, amount, currency) of a sum for the package that two or more of them share."""
    shared: dict[tuple[str, Decimal, str], list[int]] = defaultdict(list)
    for number, deal in enumerate(pictures):
        for key in sorted(
            {
                (claim.key.text_hash, claim.value.amount, claim.value.currency)
                for claim in deal.claims
                if claim.value and claim.value.scope is ValueScope.PACKAGE
            }
        ):
            shared[key].append(number)
    return {key: tuple(numbers) for key, numbers in shared.items() if len(numbers) > 1}
