"""manage.py sync_catalogue: the CSV files into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.catalogue.load import load_catalogue
from reports.catalogue.records import CatalogueError
from reports.services.catalogue import sync_catalogue


class Command(BaseCommand):
    help = "Bring parties, weapons, organisations and sources in line with the CSV files. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            synced = sync_catalogue(catalogue=load_catalogue())
        except CatalogueError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{synced.parties} parties, {synced.weapons} weapons, {synced.organisations} organisations, "
            f"{synced.sources} sources" + (f"; deleted: {', '.join(synced.deleted)}" if synced.deleted else "")
        )
