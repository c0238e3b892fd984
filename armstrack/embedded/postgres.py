"""The embedded PostgreSQL."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from psycopg2 import sql

from armstrack.embedded import children
from armstrack.embedded.places import Places
from armstrack.embedded.problems import EmbeddedProblem
from armstrack.embedded.programs import NEWEST, POSTGRES_FOLDERS, PostgresPrograms, postgres_programs

USER = "armstrack"
DATABASE = "armstrack"
PORT = 5432  # only part of the socket's name
FAST_SHUTDOWN = signal.SIGINT  # sessions are ended, nothing committed is lost
START_PATIENCE = 60.0
STOP_PATIENCE = 15.0
UPGRADE_COMMAND = "python manage.py up --upgrade-data"


@dataclass(slots=True)
class Postgres:
    """One server over one data folder. `durable` False gives up safety against a power cut for speed, in tests."""

    places: Places
    durable: bool = True
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Make the data folder if there is none, end what an earlier crash left, start, wait until it answers.

        Raises:
            EmbeddedProblem: it does not start, or the data folder is of another major version.
        """
        programs = postgres_programs(self.places)
        major = data_major(self.places)
        if major is None:
            self._initialise(programs, self.places.postgres)
        elif major != programs.major:
            raise EmbeddedProblem(_other_major(self.places, major))
        end_leftovers(self.places)
        self._launch(programs)
        self._make_database()

    def running(self) -> bool:
        """Is our child alive?"""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """A fast shutdown: open sessions end, what was committed is on disk."""
        if self._process is not None:
            children.stop(self._process, FAST_SHUTDOWN, STOP_PATIENCE)
            self._process = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def answers(self, database: str = "postgres") -> bool:
        """Does a server on the socket accept connections to `database`?"""
        try:
            psycopg2.connect(**self._address(database), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _address(self, database: str) -> dict[str, str]:
        return {"host": str(self.places.sockets), "port": str(PORT), "user": USER, "dbname": database}

    def _initialise(self, programs: PostgresPrograms, target: Path, *options: str) -> None:
        """Make a data folder: beside its place first, so that a killed start leaves no half-made one."""
        with _draft_folder(self.places) as draft:
            command = [
                programs.path("initdb"),
                f"--pgdata={draft / 'data'}",
                f"--username={USER}",
                "--auth=trust",  # the socket's folder lets nobody else in
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",  # the same order of names on every machine
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *options,
                *([] if self.durable else ["--no-sync"]),
            ]
            _run(command, self.places, draft)
            (draft / "data").rename(target)

    def _launch(self, programs: PostgresPrograms) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.places.sockets),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "logging_collector": "on",
            "log_directory": str(self.places.logs),
            "log_filename": "postgres-%a.log",  # a week of logs, each day's written over a week later
            "log_rotation_age": "1d",
            "log_truncate_on_rotation": "on",
            "log_min_messages": "warning",
            "max_connections": "100",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [programs.path("postgres"), "-D", str(self.places.postgres)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        start_log = self.places.logs / "postgres-start.log"
        with start_log.open("wb") as output:
            self._process = children.start(
                command,
                folder=self.places.postgres,
                account=self.places.account,
                death_signal=FAST_SHUTDOWN,
                output=output,
            )
        if not children.wait_until(self.answers, self._process, START_PATIENCE):
            self.stop()
            raise EmbeddedProblem(f"PostgreSQL does not start: {_last_words(self.places.logs)}")

    def _make_database(self) -> None:
        connection = psycopg2.connect(**self._address("postgres"))
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        finally:
            connection.close()


def data_major(places: Places) -> int | None:
    """The major version that made the data folder; None if there is none yet."""
    try:
        return int((places.postgres / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None
    except ValueError:
        raise EmbeddedProblem(f"{places.postgres / 'PG_VERSION'} is damaged") from None


def end_leftovers(places: Places) -> None:
    """End a server that outlived its owner, and remove the lock files that a killed one left.

    PostgreSQL judges those files by whether their process id is alive, and by now a stranger or a zombie may have it.
    The caller holds the owner's lock and nothing runs in the folder any more, so they say nothing.
    """
    children.stop_leftovers(places.postgres, FAST_SHUTDOWN)
    for file in (places.postgres / "postmaster.pid", places.sockets / f".s.PGSQL.{PORT}.lock"):
        file.unlink(missing_ok=True)


def upgrade_data(places: Places) -> tuple[int, int]:
    """Bring the data folder of an older major to the newest, with pg_upgrade; the old one is kept beside it.

    The servers must not run. Returns the majors before and after.

    Raises:
        EmbeddedProblem: pg_upgrade refuses, or there are no programs of the old major. The old folder is untouched.
    """
    old = data_major(places)
    if old is None or old == NEWEST:
        return NEWEST, NEWEST
    if old not in POSTGRES_FOLDERS:
        raise EmbeddedProblem(_other_major(places, old))
    before, after = postgres_programs(places, old), postgres_programs(places)
    end_leftovers(places)
    kept = places.home / f"postgres-{old}"
    if kept.exists():
        raise EmbeddedProblem(f"{kept} is there from an earlier upgrade: move it away first")
    checksums = "Data page checksum version:           0" not in _run(
        [before.path("pg_controldata"), str(places.postgres)], places, places.logs
    )
    with _draft_folder(places) as draft:
        new = draft / "new"
        Postgres(places)._initialise(after, new, *([] if checksums else ["--no-data-checksums"]))
        _run(
            [
                after.path("pg_upgrade"),
                f"--old-bindir={before.folder}",
                f"--new-bindir={after.folder}",
                f"--old-datadir={places.postgres}",
                f"--new-datadir={new}",
                f"--socketdir={places.sockets}",
                f"--username={USER}",
            ],
            places,
            draft,
        )
        places.postgres.rename(kept)
        new.rename(places.postgres)
    return old, NEWEST


def _other_major(places: Places, major: int) -> str:
    here = f"the data in {places.postgres} was made by PostgreSQL {major}, and this armstrack runs PostgreSQL {NEWEST}"
    if major in POSTGRES_FOLDERS:
        return f"{here}: {UPGRADE_COMMAND} brings it over"
    return f"{here}: start the armstrack that made it and use its `manage.py backup`, then `restore` here"


@contextmanager
def _draft_folder(places: Places) -> Iterator[Path]:
    """A folder of the account beside the data, gone afterwards."""
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=places.home))
    try:
        if places.account is not None:
            os.chown(draft, places.account.uid, places.account.gid)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _run(command: list[str], places: Places, folder: Path) -> str:
    """Run one of PostgreSQL's programs to its end as the account, in a folder that it may enter."""
    account = places.account
    done = subprocess.run(
        command,
        cwd=folder,
        env=children.clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        words = " ".join(done.stdout.split())[-600:]
        raise EmbeddedProblem(f"{Path(command[0]).name} failed: {words}")
    return done.stdout


def _last_words(logs: Path) -> str:
    """The end of the newest log, for a person to see why."""
    newest = max(logs.glob("postgres-*.log"), key=lambda path: path.stat().st_mtime_ns if path.stat().st_size else 0)
    lines = newest.read_text(errors="replace").splitlines()[-3:]
    return " / ".join(line.strip() for line in lines) or f"see {newest}"
