"""The processes that make up a running armstrack; docker-compose.yml names the same ones."""

from collections.abc import Sequence

WEB = ("gunicorn", "--config", "python:armstrack.gunicorn_config", "armstrack.wsgi")
WORKER = ("celery", "--quiet", "--app", "armstrack", "worker", "--queues", "live,bulk")
SCHEDULER = ("celery", "--quiet", "--app", "armstrack", "beat", "--pidfile=")
PREPARE = ("manage.py", "prepare")


def python_command(executable: str, command: Sequence[str]) -> list[str]:
    """The command run by this very interpreter, whatever PATH says."""
    program, *arguments = command
    return [executable, program, *arguments] if program.endswith(".py") else [executable, "-m", program, *arguments]
