"""Processes of their own for tests that start, kill and count them."""

import hashlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

PROJECT = Path(__file__).resolve().parents[2]
ROOT = os.geteuid() == 0
ORDINARY = "daemon"  # a user that every unix has and nobody logs in as

# A command that uses the servers until its input ends, and says what it sees.
HOLDER = """
import json, sys
from pathlib import Path
from armstrack.embedded.services import services_for
services = services_for(Path(sys.argv[1]))
services.acquire()
import psycopg2
with psycopg2.connect(services.database_url) as connection, connection.cursor() as cursor:
    cursor.execute("SELECT pg_advisory_xact_lock(1)")
    cursor.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
    cursor.execute("INSERT INTO kept VALUES (1)")
    cursor.execute("SELECT count(*) FROM kept")
    rows = cursor.fetchone()[0]
connection.close()
print(json.dumps({
    "postgres": services.postgres.pid, "redis": services.redis.pid, "rows": rows,
    "socket": str(services.places.redis_socket), "home": str(services.places.postgres),
    "answers": services.redis.answers(),
}), flush=True)
sys.stdin.read()
services.release()
"""


@dataclass(slots=True)
class Holder:
    """A process that uses the embedded servers of one data folder."""

    process: subprocess.Popen[str]
    seen: dict[str, Any]

    @property
    def owner(self) -> bool:
        return self.seen["postgres"] is not None

    def let_go(self) -> None:
        """Tell it to end."""
        if self.process.stdin is not None:
            self.process.stdin.close()
            self.process.stdin = None

    def finish(self) -> int:
        """Let it end by itself; its exit status."""
        self.let_go()
        self.process.communicate(timeout=30)
        return self.process.returncode

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@dataclass(slots=True)
class Holders:
    """Starts holders, as this user or as an ordinary one, and ends them with the test."""

    started: list[Holder] = field(default_factory=list)

    def __call__(self, data: Path, *, ordinary: bool = False) -> Holder:
        process = self.popen(data, ordinary=ordinary)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        holder = Holder(process, json.loads(line))
        self.started.append(holder)
        return holder

    def popen(self, data: Path, *, ordinary: bool = False) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*(as_ordinary() if ordinary else []), sys.executable, "-c", HOLDER, str(data)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def as_ordinary() -> list[str]:
    """The start of a command line that runs the rest as an ordinary user.

    It may read every folder (the project may lie where others cannot enter), and is ordinary in all else.
    """
    if not ROOT:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("no setpriv to become an ordinary user with")
    may_read = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return ["setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups", *may_read]


@pytest.fixture
def hold() -> Iterator[Holders]:
    holders = Holders()
    yield holders
    for holder in holders.started:
        holder.kill()
    for holder in holders.started:
        for name in ("postgres", "redis"):
            if holder.seen[name] and psutil.pid_exists(holder.seen[name]):
                wait_gone(holder.seen[name])


@pytest.fixture
def folder() -> Iterator[Callable[..., Path]]:
    """Makes data folders outside pytest's own deep ones, and removes what the servers kept for them."""
    from armstrack.embedded.places import places_for

    tops: list[Path] = []
    datas: list[Path] = []

    def make(name: str = "data", *, ordinary: bool = False, mode: int = 0o755) -> Path:
        top = Path(tempfile.mkdtemp(prefix="armstrack-place-")).resolve()
        tops.append(top)
        data = top / name
        data.parent.mkdir(parents=True, exist_ok=True)
        if ordinary and ROOT:
            for path in (top, *(parent for parent in data.parents if top in parent.parents)):
                shutil.chown(path, ORDINARY)
        top.chmod(mode)
        datas.append(data)
        return data

    yield make
    for data in datas:
        places = places_for(data)
        shutil.rmtree(places.home, ignore_errors=True)
        shutil.rmtree(places.sockets, ignore_errors=True)
        shutil.rmtree(sockets_of(data), ignore_errors=True)
    for top in tops:
        shutil.rmtree(top, ignore_errors=True)


def sockets_of(data: Path) -> Path:
    """The folder of the sockets that the ordinary user's servers of a data folder make."""
    from armstrack.embedded.places import SOCKETS

    key = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return SOCKETS / f"armstrack-{pwd.getpwnam(ORDINARY).pw_uid}-{key}"


def wait_gone(*pids: int, patience: float = 20.0) -> None:
    """Wait until none of the processes lives.

    Raises:
        AssertionError: one still does.
    """
    deadline = time.monotonic() + patience
    while alive := [pid for pid in pids if _alive(pid)]:
        assert time.monotonic() < deadline, f"still alive: {[' '.join(psutil.Process(pid).cmdline()) for pid in alive]}"
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
