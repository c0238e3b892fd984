"""`manage.py prepare`: bring the database to this version. Run in one place, not by every container."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from reports.services.people import ensure_admin, ensure_roles

LOCK_TIMEOUT = "10s"  # a migration that cannot have its lock gives up, instead of holding up everyone behind it


class Command(BaseCommand):
    help = "Migrate the database, bring in the catalogue, make the roles and, on first start, an admin."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"]
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
            call_command("migrate", interactive=False, verbosity=verbosity - 1)
        except OperationalError as error:
            raise CommandError(f"the database cannot be migrated: {' '.join(str(error).split())}") from error
        finally:
            connection.close()  # the next one has no lock timeout
        call_command("sync_catalogue", verbosity=verbosity)
        ensure_roles()
        admin = ensure_admin()
        if admin is not None:
            self.stdout.write(
                f"\n  Log in as {admin.name} with the password {admin.password}\n"
                "  It is shown this once; `manage.py changepassword` sets another.\n\n"
            )
