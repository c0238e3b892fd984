"""A sum for several deals together is one package, whichever blocks they are in."""

from decimal import Decimal

import pytest

from reports.choices import ValueScope
from reports.models import Deal, Package
from reports.records import Money
from reports.services.rebuilding import rebuild
from tests.services.newsroom import read_as, resolve, store, told

TOGETHER = Money(Decimal(7_500_000_000), "USD", ValueScope.PACKAGE, text="$7.5 billion")
pytestmark = pytest.mark.usefixtures("world")


def announce(title: str, *values: Money | None) -> None:
    """An article on jets, air defence systems and more jets, each with one of the values."""
    text = store(title, "MiG-29 jets, S-300 systems and Su-30 jets go to Syria.").article.text
    weapons = ("MiG-29", "S-300", "Su-30")
    claims = [
        told(weapon, of=text.content, on=weapon, deal=number, value=value)
        for number, (weapon, value) in enumerate(zip(weapons, values, strict=False))
    ]
    read_as(text, claims)


def test_deals_with_one_sum_together_are_one_package_and_the_others_none() -> None:
    announce("Package for Syria", TOGETHER, TOGETHER, None)
    resolve()
    package = Package.objects.get()
    assert (package.value_amount, package.value_currency) == (TOGETHER.amount, "USD")
    assert set(package.deals.values_list("weapon_text", flat=True)) == {"MiG-29", "S-300"}
    assert Deal.objects.get(weapon_text="Su-30").package is None


def test_again_it_is_the_same_package() -> None:
    announce("Package for Syria", TOGETHER, TOGETHER)
    resolve()
    before = Package.objects.values_list("pk", "public_id").get()
    announce("Another article tells of the package for Syria", TOGETHER, TOGETHER)
    resolve()
    done = rebuild()
    assert (done.changed, done.came, done.went) == (0, 0, 0)
    assert Package.objects.values_list("pk", "public_id").get() == before


def test_a_deal_leaves_the_package_when_no_claim_puts_it_there_any_more() -> None:
    announce("Package for Syria", TOGETHER, TOGETHER)
    resolve()
    text = Package.objects.get().text
    read_as(text, [told("MiG-29", of=text.content, on="MiG-29")])
    resolve()
    assert Deal.objects.get().package is None
