"""`manage.py backup FILE`: everything in the database, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from armstrack.backup import BackupProblem, Target, dump


class Command(BaseCommand):
    help = "Write everything in the database to FILE, in pg_dump's own format. armstrack may be running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--overwrite", action="store_true", help="replace FILE if it exists")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if file.exists() and not options["overwrite"]:
            raise CommandError(f"{file} exists: --overwrite replaces it")
        connection.ensure_connection()
        try:
            dump(Target.from_django(connection.settings_dict, connection.cursor().connection.server_version), file)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{file}: {file.stat().st_size / 1_000_000:.1f} MB")
