"""The embedded Redis: the broker and the cache.

It keeps nothing on disk. PostgreSQL is the truth: what a stop or a crash takes out of the queue, the sweeper puts
back, so that no file of one Redis version has to be read by another.
"""

import signal
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from armstrack.embedded import children
from armstrack.embedded.places import Places
from armstrack.embedded.problems import EmbeddedProblem
from armstrack.embedded.programs import redis_program

QUIT = signal.SIGTERM
START_PATIENCE = 20.0
STOP_PATIENCE = 5.0
LOG_LIMIT = 5_000_000  # bytes


@dataclass(slots=True)
class Redis:
    """One server on one unix socket."""

    places: Places
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """End what an earlier crash left, start, wait until it answers.

        Raises:
            EmbeddedProblem: it does not start.
        """
        program = redis_program(self.places)
        children.stop_leftovers(self.places.redis, QUIT)
        log = self.places.logs / "redis.log"
        rotate(log)
        command = [program]
        for name, value in {
            "port": "0",
            "unixsocket": str(self.places.redis_socket),
            "unixsocketperm": "700",
            "dir": str(self.places.redis),
            "save": "",
            "appendonly": "no",
            "maxmemory-policy": "noeviction",  # a queue must never lose its oldest entries in silence
            "loglevel": "notice",
        }.items():
            command += [f"--{name}", value]
        with log.open("ab") as output:
            self._process = children.start(
                command,
                folder=self.places.redis,
                account=self.places.account,
                death_signal=QUIT,
                output=output,
            )
        if not children.wait_until(self.answers, self._process, START_PATIENCE):
            self.stop()
            lines = log.read_text(errors="replace").splitlines()[-3:]
            raise EmbeddedProblem(f"Redis does not start: {' / '.join(lines) or f'see {log}'}")

    def running(self) -> bool:
        """Is our child alive?"""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        if self._process is not None:
            children.stop(self._process, QUIT, STOP_PATIENCE)
            self._process = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def answers(self) -> bool:
        """Does a server on the socket answer?"""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            try:
                connection.connect(str(self.places.redis_socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def rotate(log: Path, limit: int = LOG_LIMIT) -> None:
    """Put a log of more than `limit` bytes aside, in the place of the one before."""
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_suffix(".log.1"))
