"""Packages: one row for each sum that a story gives for several deals together."""

from collections.abc import Iterable, Mapping

from reports.models import Package, Text
from reports.public_ids import derive
from reports.resolution.records import Bundle


def packages_of(*, bundles: Iterable[Bundle]) -> Mapping[Bundle, int]:
    """The primary keys of some packages, which are made where they are not there yet. Their ids follow from them."""
    wanted = {_public_id(bundle): bundle for bundle in bundles}
    if not wanted:
        return {}
    there = dict(Package.objects.filter(public_id__in=wanted).values_list("public_id", "pk"))
    missing = sorted(wanted.keys() - there.keys())
    if missing:
        hashes = {wanted[public_id].story for public_id in missing}
        texts = dict(Text.objects.filter(hash__in=hashes).values_list("hash", "pk"))
        Package.objects.bulk_create(
            [
                Package(
                    public_id=public_id,
                    text_id=texts[wanted[public_id].story],
                    value_amount=wanted[public_id].amount,
                    value_currency=wanted[public_id].currency,
                    value_basis=wanted[public_id].basis,
                )
                for public_id in missing
            ],
            ignore_conflicts=True,  # another worker may make the same one for deals of another block
        )
        there |= dict(Package.objects.filter(public_id__in=missing).values_list("public_id", "pk"))
    return {bundle: there[public_id] for public_id, bundle in wanted.items()}


def _public_id(bundle: Bundle) -> str:
    return derive(bundle.story, format(bundle.amount.normalize(), "f"), bundle.currency, bundle.basis)
