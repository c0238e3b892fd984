"""The second way to run: on a PostgreSQL and a Redis that are there already, here from the system's packages."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import redis

from armstrack.embedded.places import places_for
from armstrack.embedded.programs import NEWEST

from .conftest import PROJECT, wait_gone

pytestmark = pytest.mark.services
PASSWORD = "a password, with @ and /"
Folder = Callable[..., Path]
QUOTED = "a%20password%2C%20with%20%40%20and%20%2F"


@dataclass(frozen=True, slots=True)
class Real:
    """The addresses of both servers."""

    database_url: str
    redis_url: str

    def variables(self, data: Path) -> dict[str, str]:
        return dict(os.environ) | {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "ARMSTRACK_DATA": str(data),
        }

    def manage(self, data: Path, *arguments: str, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.variables(data),
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr


def _system_programs() -> tuple[Path, str]:
    """The folder of PostgreSQL's programs and the Redis server; under CI they must be there."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("postgres")
    found = folders[-1] if folders else Path(on_path).resolve().parent if on_path else None
    server = shutil.which("redis-server") or shutil.which("valkey-server")
    if not found or not server:
        missing = " and ".join(name for name, there in (("PostgreSQL", found), ("Redis", server)) if not there)
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(f"no {missing} from the system's packages")
        pytest.skip(f"no {missing} from the system's packages on this machine")
    return found, server


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def real() -> Iterator[Real]:
    programs, redis_server = _system_programs()
    top = Path(tempfile.mkdtemp(prefix="armstrack-real-"))
    account = places_for(top).account
    if account:
        os.chown(top, account.uid, account.gid)
    (top / "password").write_text(PASSWORD)
    (top / "password").chmod(0o644)
    postgres_port, redis_port = _port(), _port()

    def start(*command: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd=top,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )

    initdb: list[str | Path] = [programs / "initdb", "-D", top / "pg", "-U", "owner", "-A", "scram-sha-256"]
    assert start(*initdb, f"--pwfile={top / 'password'}", "--no-sync", "-E", "UTF8", "--locale=C").wait(60) == 0
    fast = ["-c", "fsync=off", "-c", f"unix_socket_directories={top}"]
    servers = [
        start(programs / "postgres", "-D", top / "pg", "-p", str(postgres_port), "-h", "127.0.0.1", *fast),
        start(redis_server, "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--requirepass", "secret"),
    ]
    try:
        _prepare(postgres_port)
        yield Real(
            f"postgresql://armstrack:{QUOTED}@127.0.0.1:{postgres_port}/news",
            f"redis://:secret@127.0.0.1:{redis_port}/4",
        )
    finally:
        for server in servers:
            server.send_signal(signal.SIGINT)
            server.wait(20)
        shutil.rmtree(top, ignore_errors=True)


def _prepare(port: int) -> None:
    """What an administrator does: an ordinary role with a database of its own."""
    deadline = time.monotonic() + 30
    while True:
        try:
            connection = psycopg2.connect(
                host="127.0.0.1", port=port, user="owner", password=PASSWORD, dbname="postgres", connect_timeout=3
            )
            break
        except psycopg2.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE armstrack LOGIN PASSWORD %s", [PASSWORD])
        cursor.execute("CREATE DATABASE news OWNER armstrack")
    connection.close()


def test_everything_runs_on_them_and_nothing_embedded_starts(real: Real, tmp_path: Path, free_port: int) -> None:
    data = tmp_path / "data"
    log = tmp_path / "up.log"
    variables = real.variables(data) | {"ARMSTRACK_BIND": f"127.0.0.1:{free_port}", "WORKERS": "1", "WEB_WORKERS": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=PROJECT,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + 240
        while "Ready: open " not in log.read_text(errors="replace"):
            assert process.poll() is None and time.monotonic() < deadline, log.read_text(errors="replace")
            time.sleep(0.2)
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/healthz", timeout=10) as answer:
            assert json.loads(answer.read()) == {"database": "ok", "redis": "ok"}
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/api/v1/deals/?recipient=SY", timeout=10) as answer:
            assert json.loads(answer.read())["results"], "read by the worker"
        assert not (data / "postgres").exists()
        assert not (data / "owner.lock").exists()
        broker = redis.Redis.from_url(real.redis_url)
        assert broker.smembers("_kombu.binding.live")
        broker.close()
    finally:
        process.terminate()
        process.wait(30)
    wait_gone(process.pid, patience=0.1)


EMBEDDED = Real("", "")
NAMES = "from django.contrib.auth.models import Group as G; print(*G.objects.filter(name__startswith='kept'))"
VERSION = "from django.db import connection as c; c.ensure_connection(); print(c.pg_version // 10000)"


def _keep(servers: Real, data: Path, name: str) -> None:
    """A row of some table, to be found again."""
    servers.manage(
        data, "shell", "-v0", "-c", f"from django.contrib.auth.models import Group as G; G(name={name!r}).save()"
    )


def _kept(servers: Real, data: Path) -> list[str]:
    return servers.manage(data, "shell", "-v0", "-c", NAMES).split()


@pytest.fixture
def migrated(real: Real, folder: Folder) -> tuple[Real, Path]:
    """The real servers with a migrated database and one row."""
    data = folder()
    with psycopg2.connect(real.database_url) as connection, connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()
    real.manage(data, "migrate", "-v0")
    _keep(real, data, "kept-first")
    return real, data


def test_a_backup_comes_back_on_them_and_on_the_embedded_ones(
    migrated: tuple[Real, Path], folder: Folder, tmp_path: Path
) -> None:
    real, data = migrated
    backup = tmp_path / "a backup.dump"
    assert " MB" in real.manage(data, "backup", str(backup))
    assert backup.stat().st_mode & 0o777 == 0o600
    assert "exists" in real.manage(data, "backup", str(backup), status=1)
    _keep(real, data, "kept-later")
    real.manage(data, "restore", str(backup))
    assert _kept(real, data) == ["kept-first"]

    newer = folder()
    EMBEDDED.manage(newer, "restore", str(backup))
    assert _kept(EMBEDDED, newer) == ["kept-first"]
    EMBEDDED.manage(newer, "backup", str(tmp_path / "embedded.dump"))
    _keep(EMBEDDED, newer, "kept-later")
    EMBEDDED.manage(newer, "restore", str(tmp_path / "embedded.dump"))
    assert _kept(EMBEDDED, newer) == ["kept-first"]


def test_what_cannot_be_restored_is_refused_and_nothing_is_lost(
    migrated: tuple[Real, Path], folder: Folder, tmp_path: Path
) -> None:
    real, data = migrated
    junk = tmp_path / "junk.dump"
    junk.write_bytes(b"PGDMP and then nothing of the kind")
    assert "no backup of armstrack" in real.manage(data, "restore", str(junk), status=1)
    assert "is no file" in real.manage(data, "restore", str(tmp_path / "missing.dump"), status=1)
    whole = tmp_path / "whole.dump"
    real.manage(data, "backup", str(whole))
    (tmp_path / "half.dump").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert "pg_restore failed" in real.manage(data, "restore", str(tmp_path / "half.dump"), status=1)
    assert _kept(real, data) == ["kept-first"]


def test_a_backup_of_a_newer_server_is_refused(migrated: tuple[Real, Path], folder: Folder, tmp_path: Path) -> None:
    real, data = migrated
    major = int(real.manage(data, "shell", "-v0", "-c", VERSION))
    if major >= NEWEST:
        pytest.skip("the system's PostgreSQL is as new as the embedded one")
    newer = folder()
    EMBEDDED.manage(newer, "migrate", "-v0")
    EMBEDDED.manage(newer, "backup", str(tmp_path / "new.dump"))
    words = real.manage(data, "restore", str(tmp_path / "new.dump"), status=1)
    assert f"made on PostgreSQL {NEWEST} and cannot go into PostgreSQL {major}" in words
    assert _kept(real, data) == ["kept-first"]
