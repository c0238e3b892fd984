"""Processes that end with the one that started them, and the search for those of an earlier start that did not."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from armstrack.embedded.places import Account

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """A function for a new child to run before its program: the kernel sends `death_signal` when the parent dies.

    Linux ties this to the thread that starts the child, so children are started from the main thread. Elsewhere it
    does nothing, and what a killed parent leaves behind is found at the next start.
    """
    parent = os.getpid()

    def arrange() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
            if os.getppid() != parent:  # it died in between
                os._exit(1)

    return arrange


def start(
    command: Sequence[str], *, folder: Path, account: Account | None, death_signal: signal.Signals, output: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, so that Ctrl-C reaches it only through us, in our order.

    It runs in `folder`, as `account`, with an environment that holds nothing of ours.
    """
    ids: dict[str, object] = {}
    if account is not None:
        ids = {"user": account.uid, "group": account.gid, "extra_groups": []}
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]  # the ids are the same three in both cases
        list(command),
        cwd=folder,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=end_with_parent(death_signal),  # noqa: PLW1509  # only two system calls, prepared beforehand
        **ids,
    )


def clean_environment() -> dict[str, str]:
    """What a server needs to know: no PG* variables, no secrets, no locale but C."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def processes_in(folder: Path) -> list[psutil.Process]:
    """The running processes whose working folder is `folder`: where PostgreSQL, its backends and Redis all live.

    This is how a server of ours is told from a stranger that got the same process id.
    """
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd() == str(folder) and lives(process):
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def lives(process: psutil.Process) -> bool:
    """Does it still run? A zombie, which only waits for its parent to look at it, does not."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def stop_leftovers(folder: Path, quit_signal: signal.Signals, patience: float = 20.0) -> None:
    """End what still runs in `folder` after its owner was killed: asked first, then killed."""
    leftovers = processes_in(folder)
    ours = {process.pid for process in leftovers}
    for process in leftovers:
        with suppress(psutil.Error):
            if process.ppid() not in ours:  # PostgreSQL's first process sends its others away
                process.send_signal(quit_signal)
    deadline = time.monotonic() + patience
    while alive := [process for process in leftovers if lives(process)]:
        if time.monotonic() > deadline:
            for process in alive:
                with suppress(psutil.Error):
                    process.kill()
            deadline += 5
        time.sleep(0.02)


def stop(process: subprocess.Popen[bytes], quit_signal: signal.Signals, patience: float) -> None:
    """Ask a child to end, wait, and kill it only when it does not."""
    if process.poll() is None:
        process.send_signal(quit_signal)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], patience: float) -> bool:
    """Wait until `ready` says so; False if the process ends or the time runs out first."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if ready():
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.02)
    return False
