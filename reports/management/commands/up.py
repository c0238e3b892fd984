"""`manage.py up`: everything that armstrack is, under one supervisor, until Ctrl-C."""

import os
import signal
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from armstrack.embedded.backend.base import embedded_services
from armstrack.embedded.problems import EmbeddedProblem
from armstrack.embedded.services import Services
from armstrack.env import PROJECT, Bind, Environment
from armstrack.processes import SCHEDULER, WEB, WORKER, python_command
from armstrack.supervisor import Program, Supervisor

SAMPLE_PENDING = "sample-pending"  # lies in the data folder from a database's first start until the sample is in it


class Command(BaseCommand):
    help = "Start the services, the dashboard, a worker and the scheduler, and keep them running until Ctrl-C."
    requires_system_checks: list[str] = []  # `prepare` runs them, with the database there
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-sample", action="store_true", help="start without the sample corpus")
        parser.add_argument(
            "--upgrade-data",
            action="store_true",
            help="first bring the data of an older PostgreSQL to this one's format",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        environment: Environment = settings.ENVIRONMENT
        web = listening_socket(environment.armstrack_bind)
        services = embedded_services() if environment.embedded else None
        supervisor = Supervisor(PROJECT, children_environment(services))
        try:
            if services is not None:
                supervisor.say("Starting PostgreSQL and Redis")
                services.acquire(as_owner=True, upgrade=options["upgrade_data"])
                supervisor.watch("PostgreSQL", services.postgres)
                supervisor.watch("Redis", services.redis)
            self._run(supervisor, environment, web, with_sample=not options["no_sample"])
        except EmbeddedProblem as problem:
            raise CommandError(str(problem)) from problem
        finally:
            supervisor.stop()
            connections.close_all()
            if services is not None:
                services.release(wait_for_others=False)
            web.close()

    def _run(self, supervisor: Supervisor, environment: Environment, web: socket.socket, *, with_sample: bool) -> None:
        pending = environment.armstrack_data / SAMPLE_PENDING
        if supervisor.asked_to_stop():
            return
        if with_sample and _database_is_new():
            pending.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            pending.touch()
        call_command("prepare")
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        connections.close_all()
        if supervisor.asked_to_stop():
            return
        supervisor.add(programs(web.fileno()))
        if with_sample and pending.exists():
            self._load_sample(supervisor, pending)
        address = environment.armstrack_bind
        supervisor.run(lambda: _answers(address), f"Ready: open {address.url} in a browser. Ctrl-C stops everything.")
        supervisor.say("Stopping ...")

    def _load_sample(self, supervisor: Supervisor, pending: Path) -> None:
        supervisor.say("First start: sending the sample corpus through the worker")
        status = supervisor.run_once((sys.executable, "manage.py", "sample", "--load"))
        if status == 0:
            pending.unlink()
        elif status > 0:
            supervisor.say("the sample corpus is not whole; the next start tries again")


def children_environment(services: Services | None) -> dict[str, str]:
    """What the programs get: ours, and the addresses of the servers that we start for them."""
    variables = os.environ | {"PYTHONUNBUFFERED": "1"}
    if services is not None:
        variables |= {"DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}
    return variables


def programs(web_descriptor: int) -> list[Program]:
    """What runs. The worker is killed with its supervisor: a task is whole or not at all, and its lease runs out."""
    return [
        Program(
            "web",
            (*python_command(sys.executable, WEB), "--bind", f"fd://{web_descriptor}"),
            pass_fds=(web_descriptor,),
        ),
        Program("worker", tuple(python_command(sys.executable, WORKER)), death_signal=signal.SIGKILL),
        Program("scheduler", tuple(python_command(sys.executable, SCHEDULER)), death_signal=signal.SIGKILL),
    ]


def listening_socket(bind: Bind) -> socket.socket:
    """The web server's socket, bound before anything starts, and kept through its restarts.

    Raises:
        CommandError: the address is taken, or not ours.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(bind.host, bind.port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, protocol)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
    except OSError as error:
        raise CommandError(
            f"cannot listen on {bind.host}:{bind.port}: {error.strerror or error}; ARMSTRACK_BIND names another address"
        ) from error
    return found


def _database_is_new() -> bool:
    return "django_migrations" not in connection.introspection.table_names()


def _answers(bind: Bind) -> bool:
    try:
        socket.create_connection((bind.reachable, bind.port), timeout=0.1).close()
    except OSError:
        return False
    return True
