from decimal import Decimal

from reports.choices import ValueScope
from reports.records import Money
from reports.resolution.packages import packages
from reports.resolution.picture import picture
from reports.resolution.records import Method
from tests.resolution.telling import told


def test_deals_of_one_text_that_share_a_sum_for_the_package_are_one_package() -> None:
    value = Money(Decimal(7_500), "USD", ValueScope.PACKAGE)
    deals = [
        picture([told("a", group=number, designation=weapon, family=weapon, value=worth)], Method())
        for number, (weapon, worth) in enumerate(
            [("Su-30", value), ("MiG-29", value), ("S-300", Money(Decimal(7_500), "USD")), ("T-90", None)]
        )
    ]
    assert packages(deals) == {("a", Decimal(7_500), "USD"): (0, 1)}


def test_one_deal_is_no_package() -> None:
    assert packages([picture([told("a", value=Money(Decimal(1), "USD", ValueScope.PACKAGE))], Method())]) == {}
