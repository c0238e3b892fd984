"""Backups in pg_dump's own format, made and brought back with PostgreSQL's own programs.

The programs of the embedded PostgreSQL serve for other servers too, up to their own major version; for a newer server
those on PATH are used.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armstrack.embedded.problems import EmbeddedProblem
from armstrack.embedded.programs import NEWEST, postgres_programs

OLDEST = 15  # the oldest server that armstrack runs on
# What pg_restore says to every server, and the version since which one knows it.
SETTINGS_SINCE = {b"SET transaction_timeout = 0;": 17}
HEAD = 2000  # bytes of a script that hold its settings
LOCK_TIMEOUT = "10s"  # a table that someone works on is not waited for longer
# A restore replaces everything, in the one transaction that brings the backup in: it happens whole or not at all.
EMPTY = "DROP SCHEMA public CASCADE;\n"  # the backup of a schema makes it again


class BackupProblem(Exception):
    """A backup cannot be made or brought back. The message is one line; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Target:
    """A database, as PostgreSQL's programs want to hear of it: in variables, where no process list shows a password."""

    variables: Mapping[str, str]
    major: int  # of the server

    @staticmethod
    def from_django(database: Mapping[str, Any], server_version: int) -> "Target":
        """From an entry of DATABASES and the server's version number (180004 is 18.4)."""
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
        variables = {variable: str(database[key]) for variable, key in names.items() if database.get(key)}
        for option in ("sslmode", "sslrootcert", "sslcert", "sslkey"):
            if option in database.get("OPTIONS", {}):
                variables[f"PG{option.upper()}"] = str(database["OPTIONS"][option])
        variables["PGOPTIONS"] = f"-c lock_timeout={LOCK_TIMEOUT} -c client_min_messages=warning"
        return Target(variables, server_version // 10000)


def dump(target: Target, file: Path) -> None:
    """Write a backup of the database to `file`, which appears only when it is whole, readable by its owner alone.

    Raises:
        BackupProblem: the file cannot be written, no pg_dump is new enough, or pg_dump fails.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    except OSError as error:
        raise BackupProblem(f"cannot write {file}: {error.strerror}") from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as output:
            command = [_program("pg_dump", target.major), "--format=custom", "--no-owner", "--no-privileges"]
            _run([*command, "--schema=public"], target, stdout=output)
            os.fsync(output.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def restore(target: Target, file: Path) -> None:
    """Put what `file` holds in the place of everything in the database.

    Raises:
        BackupProblem: the file is no backup, comes from a newer major than the server's, or does not go in. The
            database is as it was.
    """
    made_by = dumped_from(file)
    if made_by > target.major:
        raise BackupProblem(
            f"{file} was made on PostgreSQL {made_by} and cannot go into PostgreSQL {target.major}: "
            f"a server of version {made_by} or newer can take it"
        )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "restore.sql"
        with script.open("wb") as output:
            output.write(EMPTY.encode())
            output.flush()
            command = [_program("pg_restore", made_by), "--no-owner", "--no-privileges", "--file=-", str(file)]
            _run(command, target, stdout=output)
        _speak_to(target.major, script)
        command = [_program("psql", target.major), "--no-psqlrc", "--quiet", "--single-transaction"]
        _run([*command, "--set=ON_ERROR_STOP=1", f"--file={script}"], target, stdout=subprocess.DEVNULL)


def _speak_to(major: int, script: Path) -> None:
    """Blank, in the head of a script, the settings that an older server does not know; the length stays."""
    with script.open("r+b") as file:
        head = file.read(HEAD)
        for setting, since in SETTINGS_SINCE.items():
            if major < since:
                head = head.replace(setting, b" " * len(setting), 1)
        file.seek(0)
        file.write(head)


def dumped_from(file: Path) -> int:
    """The major version of the server that a backup was made on.

    Raises:
        BackupProblem: it is no backup, or damaged.
    """
    if not file.is_file():
        raise BackupProblem(f"{file} is no file")
    done = subprocess.run(
        [_program("pg_restore", OLDEST), "--list", str(file)], capture_output=True, text=True, check=False
    )
    found = re.search(r"^;\s+Dumped from database version: (\d+)", done.stdout, re.MULTILINE)
    if done.returncode or found is None:
        raise BackupProblem(f"{file} is no backup of armstrack, or is damaged")
    return int(found[1])


def _program(name: str, at_least: int) -> str:
    """One of PostgreSQL's programs of at least this major version."""
    if at_least <= NEWEST:
        with suppress(EmbeddedProblem):  # no wheel for this system: the system's own
            return postgres_programs().path(name)
    found = shutil.which(name)
    if found is not None:
        words = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        version = re.search(r"(\d+)(?:\.\d+)?", words)
        if version and int(version[1]) >= at_least:
            return found
    raise BackupProblem(f"no {name} of PostgreSQL {at_least} or newer: install postgresql-client")


def _run(command: list[str], target: Target, stdout: Any) -> None:
    done = subprocess.run(
        command,
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", **target.variables},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupProblem(f"{Path(command[0]).name} failed: {' '.join(done.stderr.split())[-500:]}")
