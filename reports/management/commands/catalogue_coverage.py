"""`manage.py catalogue_coverage`: how much of a register's orders the catalogue can name. Needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.catalogue.coverage import Coverage, designation_coverage, party_coverage, read_table
from reports.catalogue.load import load_catalogue
from reports.catalogue.records import CatalogueError

ENOUGH = 0.9


class Command(BaseCommand):
    help = "Prints the share of orders since 2000 whose designation resolves, and the parties that do not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--designations", type=Path, help="CSV with designation and orders_since_2000")
        parser.add_argument("--parties", type=Path, help="CSV with register_name, as_supplier and as_recipient")
        parser.add_argument("--missing", type=int, default=20, metavar="N", help="list N missing names (20)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["designations"] and not options["parties"]:
            raise CommandError("nothing to measure: give --designations FILE, --parties FILE or both")
        short: list[str] = []
        try:
            catalogue = load_catalogue()
            if path := options["designations"]:
                rows = read_table(path, ("designation", "orders_since_2000"))
                weapons = designation_coverage(catalogue, rows)
                self._print("orders since 2000", weapons, options["missing"])
                if weapons.share_of_orders < ENOUGH:
                    short.append(f"{weapons.share_of_orders:.1%} of the orders resolve, less than {ENOUGH:.0%}")
            if path := options["parties"]:
                parties = party_coverage(catalogue, read_table(path, ("register_name", "as_supplier", "as_recipient")))
                self._print("orders of the parties", parties, options["missing"])
                if parties.missing:
                    short.append(f"{len(parties.missing)} parties do not resolve")
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        if short:
            raise CommandError("; ".join(short))

    def _print(self, what: str, found: Coverage, count: int) -> None:
        self.stdout.write(f"{what}: {found.share_of_orders:.2%} ({found.resolved_orders} of {found.orders})")
        self.stdout.write(f"names: {found.share:.2%} ({found.resolved} of {found.names})")
        for name, orders in found.missing[:count]:
            self.stdout.write(f"  missing {orders:5d}  {name}")
