"""`manage.py restore FILE`: a backup in the place of what is in the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from armstrack.backup import BackupProblem, Target, restore
from reports.models import Text


class Command(BaseCommand):
    help = "Put what FILE holds in the place of everything in the database. Stop the workers first."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="do so even if the database holds texts")

    def handle(self, *args: Any, **options: Any) -> None:
        connection.ensure_connection()
        if not options["replace"] and self._holds_texts():
            raise CommandError("the database holds texts, which a restore removes: --replace says that they may go")
        target = Target.from_django(connection.settings_dict, connection.cursor().connection.server_version)
        connection.close()
        try:
            restore(target, options["file"])
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        call_command("migrate", interactive=False, verbosity=0)  # an older backup lacks what came since
        self.stdout.write(f"{options['file']} is restored")

    @staticmethod
    def _holds_texts() -> bool:
        return Text._meta.db_table in connection.introspection.table_names() and Text.objects.exists()
