"""Keeps several programs running as one: their output with a prefix, a restart for what dies, an end for all.

Everything happens in one thread, woken by output, by signals and five times a second. Each program runs in a session
of its own, so that Ctrl-C reaches it through us, in our order; on Linux the kernel ends it if we are killed.
"""

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Protocol, TextIO

from armstrack.embedded.children import end_with_parent
from armstrack.embedded.problems import EmbeddedProblem

TICK = 0.2  # seconds
STABLE = 30.0  # seconds after which a restart counts as having worked
LONGEST_PAUSE = 30.0
COLOURS = (36, 33, 35, 32, 34, 31)
OWN_NAME = "armstrack"


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. `stop_signal` asks it to end; `death_signal` is what the kernel sends it if we are killed."""

    name: str
    command: tuple[str, ...]
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGTERM
    pass_fds: tuple[int, ...] = ()


class Server(Protocol):
    """A server that someone else started and that is looked after here."""

    def running(self) -> bool: ...
    def start(self) -> None: ...


@dataclass(slots=True)
class _Watched:
    name: str
    server: Server
    due: float = 0.0


@dataclass(slots=True)
class _Child:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = 0.0  # when to start it again
    rest: bytes = b""  # output since the last line break


@dataclass(slots=True)
class Supervisor:
    """Runs programs in `folder` with `environment` until told to stop."""

    folder: Path
    environment: Mapping[str, str]
    out: TextIO = field(default_factory=lambda: sys.stdout)
    patience: float = 10.0  # for each program's end, before it is killed
    stopping: bool = field(default=False, init=False)
    _children: list[_Child] = field(default_factory=list, init=False)
    _watched: list[_Watched] = field(default_factory=list, init=False)
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector, init=False)
    _width: int = field(default=len(OWN_NAME), init=False)
    _handlers: dict[signal.Signals, object] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        # A signal wakes the selector through this socket at once.
        waker, self_end = socket.socketpair()
        for end in (waker, self_end):
            end.setblocking(False)
        signal.set_wakeup_fd(self_end.fileno(), warn_on_full_buffer=False)
        self._selector.register(waker, selectors.EVENT_READ, (waker, self_end))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._handlers[number] = signal.signal(number, self._ask_to_stop)

    def asked_to_stop(self) -> bool:
        """Has a signal come?"""
        return self.stopping

    def say(self, words: str) -> None:
        """A line of our own."""
        self._emit(OWN_NAME, words)

    def watch(self, name: str, server: Server) -> None:
        """Look after a server that runs already."""
        self._watched.append(_Watched(name, server))

    def add(self, programs: Iterable[Program]) -> None:
        """Start programs and keep them running."""
        for program in programs:
            self._width = max(self._width, len(program.name))
            child = _Child(program)
            self._children.append(child)
            self._start(child)

    def run_once(self, command: tuple[str, ...], ready: Callable[[], bool] = lambda: True) -> int:
        """Run one command to its end, its output untouched (it may draw a progress bar), once `ready` says so.

        Returns its exit status, or -1 when we were told to stop meanwhile.
        """
        while not self.stopping and not ready():
            self._turn()
        if self.stopping:
            return -1
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGKILL),  # noqa: PLW1509  # one thread
        )
        while process.poll() is None and not self.stopping:
            self._turn()
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(self.patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            return -1
        return process.returncode

    def run(self, ready: Callable[[], bool], announcement: str) -> None:
        """Keep everything running until a signal comes; `announcement` is said once `ready` says so."""
        announced = False
        while not self.stopping:
            self._turn()
            if not announced and not self.stopping and ready():
                self.say(announcement)
                announced = True

    def stop(self) -> None:
        """End the programs, all at once; then kill those that do not end. Their last words are still shown."""
        self.stopping = True
        alive = [child for child in self._children if child.process is not None]
        for child in alive:
            assert child.process is not None
            if child.process.poll() is None:
                child.process.send_signal(child.program.stop_signal)
        deadline = time.monotonic() + self.patience
        while any(child.process and child.process.poll() is None for child in alive):
            if time.monotonic() > deadline:
                break
            self._read(TICK)
        for child in alive:
            assert child.process is not None
            if child.process.poll() is None:
                self.say(f"{child.program.name} does not end: killed")
                _kill_session(child.process)
            child.process.wait()
        self._read(0)
        signal.set_wakeup_fd(-1)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal.signal gave us

    def _ask_to_stop(self, number: int, _: FrameType | None) -> None:
        self.stopping = True

    def _turn(self) -> None:
        self._read(TICK)
        if self.stopping:
            return
        now = time.monotonic()
        for watched in self._watched:
            if now >= watched.due and not watched.server.running():
                self.say(f"{watched.name} ended: starting it again")
                try:
                    watched.server.start()
                except EmbeddedProblem as problem:
                    self.say(f"{problem}; trying again in {LONGEST_PAUSE:.0f} s")
                    watched.due = now + LONGEST_PAUSE
        for child in self._children:
            if child.process is None:
                if now >= child.due:
                    self._start(child)
            elif (status := child.process.poll()) is not None:
                _kill_session(child.process)  # what it may have left
                child.process = None
                if now - child.started > STABLE:
                    child.pause = 0
                child.pause = min(LONGEST_PAUSE, child.pause * 2 or 1.0)
                child.due = now + child.pause
                self.say(f"{child.program.name} ended ({_how(status)}): starting it again in {child.pause:.0f} s")

    def _start(self, child: _Child) -> None:
        child.process = subprocess.Popen(
            child.program.command,
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=child.program.pass_fds,
            start_new_session=True,
            preexec_fn=end_with_parent(child.program.death_signal),  # noqa: PLW1509  # one thread
        )
        child.started = time.monotonic()
        assert child.process.stdout is not None
        os.set_blocking(child.process.stdout.fileno(), False)
        self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _read(self, patience: float) -> None:
        for key, _ in self._selector.select(patience):
            if isinstance(key.data, _Child):
                self._pump(key.data, key.fd, key.fileobj)
            else:
                key.data[0].recv(4096)

    def _pump(self, child: _Child, descriptor: int, pipe: object) -> None:
        data = os.read(descriptor, 65536)
        *lines, child.rest = (child.rest + data).split(b"\n")
        if not data and child.rest:
            lines, child.rest = [child.rest], b""
        for line in lines:
            self._emit(child.program.name, line.decode(errors="replace").rstrip())
        if not data:
            self._selector.unregister(descriptor)
            pipe.close()  # type: ignore[attr-defined]  # the selector's idea of a file is wider than ours

    def _emit(self, name: str, words: str) -> None:
        prefix = f"{name:<{self._width}} |"
        if self.out.isatty() and "NO_COLOR" not in self.environment:
            names = [OWN_NAME, *(child.program.name for child in self._children)]
            prefix = f"\x1b[{COLOURS[names.index(name) % len(COLOURS)]}m{prefix}\x1b[0m"
        try:
            print(prefix, words, file=self.out, flush=True)
        except OSError:  # the terminal is gone, which is no reason to leave children behind
            self.stopping = True


def _how(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
