"""`manage.py check_catalogue`: whether the catalogue's files are sound. Needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.catalogue.check import check
from reports.catalogue.load import load_catalogue
from reports.catalogue.records import CatalogueError


class Command(BaseCommand):
    help = "Checks the catalogue's files: names told twice, loops, unknown families and makers, offices held by two."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, help="another folder of CSV files than the one that is shipped")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            catalogue = load_catalogue(options["folder"])
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        problems = check(catalogue)
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems in the catalogue")
        self.stdout.write(
            f"catalogue {catalogue.snapshot}: {len(catalogue.parties)} parties, {len(catalogue.officials)} officials, "
            f"{len(catalogue.weapons)} weapons, {len(catalogue.generics)} generic nouns, "
            f"{len(catalogue.organisations)} organisations, {len(catalogue.outlets)} outlets; no problems"
        )
