"""The database backend that settings name while DATABASE_URL is unset.

A command that needs the database finds it running; one that does not (`extract`) starts nothing.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from armstrack.embedded.problems import EmbeddedProblem
from armstrack.embedded.services import Services, services_for


@cache
def embedded_services() -> Services:
    """The servers of this installation, one object per process."""
    environment = settings.ENVIRONMENT
    return services_for(environment.armstrack_data, durable=environment.embedded_fsync)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL as Django knows it; the first connection of a process starts the servers or attaches to them."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            embedded_services().acquire()
        except EmbeddedProblem as problem:
            raise ImproperlyConfigured(str(problem)) from problem
        return super().get_new_connection(conn_params)
