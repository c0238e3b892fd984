from datetime import timedelta
from decimal import Decimal

from reports.choices import Polarity, ValueBasis, ValueScope
from reports.records import Money
from reports.resolution.packages import bundle_of
from reports.resolution.records import Bundle
from tests.resolution.telling import DAY, told

TOGETHER = Money(Decimal(7_500), "USD", ValueScope.PACKAGE)
LATER = Money(Decimal(8_000), "USD", ValueScope.PACKAGE)


def test_deals_of_one_story_with_one_sum_for_the_package_are_of_one_package() -> None:
    jets = bundle_of([told("a", story="s", value=TOGETHER)])
    missiles = bundle_of([told("copy", story="s", group=1, designation="S-300", family="S-300", value=TOGETHER)])
    assert jets == missiles == Bundle("s", Decimal(7_500), "USD", ValueBasis.CONTRACT)


def test_the_first_report_of_a_package_names_it() -> None:
    claims = [told("b", value=LATER, published=DAY + timedelta(days=9)), told("a", value=TOGETHER)]
    assert bundle_of(claims) == bundle_of(claims[::-1]) == Bundle("a", Decimal(7_500), "USD", ValueBasis.CONTRACT)


def test_a_sum_of_the_item_or_one_that_is_denied_makes_no_package() -> None:
    assert bundle_of([told("a", sum_=5), told("b"), told("c", value=TOGETHER, polarity=Polarity.DENIED)]) is None
