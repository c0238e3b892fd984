"""Both servers together, and the rule of who starts and who stops them.

The process that finds the servers down starts them, owns them and stops them at its end, after every other process that
came to use them has finished. `manage.py up` does not wait for others: Ctrl-C stops it. Two lock files in the data
folder say who is who; the kernel frees them when a process dies, so a lock is never stale.

    owner.lock  held alone by the owner; its text names the owner for error messages
    users.lock  shared by everyone who uses the servers; the owner stops them once it can hold it alone
"""

import atexit
import fcntl
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

from armstrack.embedded.places import Places, places_for
from armstrack.embedded.postgres import DATABASE, PORT, USER, Postgres, upgrade_data
from armstrack.embedded.problems import EmbeddedProblem
from armstrack.embedded.redis_server import Redis

PATIENCE = 60.0  # seconds for another process to start or to stop them
PATIENCE_OF_OWNER = 15.0


@dataclass(slots=True)
class Services:
    """The servers of one data folder, as this process sees them."""

    places: Places
    durable: bool = True
    postgres: Postgres = field(init=False)
    redis: Redis = field(init=False)
    _owner_lock: IO[str] | None = field(default=None, init=False)
    _users_lock: IO[str] | None = field(default=None, init=False)
    _pid: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.postgres = Postgres(self.places, self.durable)
        self.redis = Redis(self.places)

    @property
    def database_url(self) -> str:
        return database_url(self.places)

    @property
    def redis_url(self) -> str:
        return redis_url(self.places)

    @property
    def in_use(self) -> bool:
        """Has this process started the servers or attached to them?"""
        return self._users_lock is not None and self._pid == os.getpid()

    def acquire(self, *, as_owner: bool = False, upgrade: bool = False) -> None:
        """Have the servers running: attach to them, or start them and own them. `as_owner` insists on the latter.

        `upgrade` first brings the data of an older PostgreSQL to the format of this one.

        Raises:
            EmbeddedProblem: they do not start, or another process owns them and does not let go.
        """
        if self.in_use:
            return
        self.places.make_state()
        self._pid = os.getpid()
        with ExitStack() as undo:
            users = undo.enter_context(_open(self.places.state / "users.lock"))
            owner = undo.enter_context(_open(self.places.state / "owner.lock"))
            fcntl.flock(users, fcntl.LOCK_SH)  # waits while an owner is about to stop them
            deadline = time.monotonic() + (PATIENCE_OF_OWNER if as_owner else PATIENCE)
            while not _try_exclusive(owner):
                if not as_owner and self.redis.answers() and self.postgres.answers(DATABASE):
                    owner.close()
                    self._users_lock = users
                    undo.pop_all()
                    return
                if time.monotonic() > deadline:
                    raise EmbeddedProblem(f"another armstrack uses {self.places.state}: {owner.read() or 'unknown'}")
                time.sleep(0.1)
            owner.truncate(0)
            owner.write(f"process {os.getpid()} ({' '.join(sys.argv)[:200]})")
            owner.flush()
            undo.callback(self._stop_servers)
            self.places.make()
            if upgrade:
                upgrade_data(self.places)
            self.postgres.start()
            self.redis.start()
            self._owner_lock, self._users_lock = owner, users
            undo.pop_all()
        atexit.register(self.release)

    def release(self, *, wait_for_others: bool = True) -> None:
        """Be done with the servers: the owner stops them, once nobody else uses them unless told not to wait."""
        if not self.in_use:  # a forked child has no say
            return
        assert self._users_lock is not None
        if self._owner_lock is not None:
            if wait_for_others:
                self._wait_for_others()
            self._stop_servers()
            self._owner_lock.truncate(0)
            self._owner_lock.close()
            self._owner_lock = None
        self._users_lock.close()
        self._users_lock = None
        atexit.unregister(self.release)

    def _stop_servers(self) -> None:
        self.redis.stop()
        self.postgres.stop()

    def _wait_for_others(self) -> None:
        assert self._users_lock is not None
        if not _try_exclusive(self._users_lock):
            print("armstrack: other commands still use the database; it stops after them", file=sys.stderr)
            fcntl.flock(self._users_lock, fcntl.LOCK_EX)


def services_for(data: Path, *, durable: bool = True) -> Services:
    """The servers of the installation whose data folder is `data`."""
    return Services(places_for(data), durable)


def database_url(places: Places) -> str:
    """The address of the embedded PostgreSQL, as DATABASE_URL would give it."""
    return f"postgresql://{USER}@{quote(str(places.sockets), safe='')}:{PORT}/{DATABASE}"


def redis_url(places: Places) -> str:
    """The address of the embedded Redis, as REDIS_URL would give it."""
    return f"redis+socket://{quote(str(places.redis_socket))}"


def _open(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+")


def _try_exclusive(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
