"""The supervisor, with small programs that misbehave in every way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from .conftest import wait_gone

PROJECT = Path(__file__).resolve().parents[2]
# Runs the programs of sys.argv (name=python code) and says "Ready" when told to look.
RUNNER = """
import os, signal, sys
from pathlib import Path
from armstrack.supervisor import Program, Supervisor
supervisor = Supervisor(Path.cwd(), dict(os.environ), patience=2.0)
programs = []
for argument in sys.argv[1:]:
    name, _, code = argument.partition("=")
    programs.append(Program(name, (sys.executable, "-u", "-c", code)))
supervisor.add(programs)
supervisor.run(lambda: True, "Ready")
supervisor.say("Stopping")
supervisor.stop()
supervisor.say("Stopped")
"""
SLEEPS = "import time, os; print('pid', os.getpid()); time.sleep(60)"
DEAF = (
    "import signal, time, os; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('pid', os.getpid()); time.sleep(60)"
)
DIES = "print('one'); print('two', end=''); raise SystemExit(3)"


class Run:
    """A supervisor in a process of its own."""

    def __init__(self, *programs: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER, *programs],
            cwd=PROJECT,
            env=dict(os.environ) | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []

    def until(self, words: str) -> str:
        """Read on until a line has the words."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if words in line:
                return self.lines[-1]
        raise AssertionError(f"no {words!r} in {self.lines}")

    def end(self, number: signal.Signals) -> list[str]:
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=20)
        self.lines += rest.splitlines()
        return self.lines


@pytest.fixture
def runs() -> Iterator[list[Run]]:
    started: list[Run] = []
    yield started
    for run in started:
        run.process.kill()
        run.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_child_and_it_exits_in_peace(runs: list[Run], number: signal.Signals) -> None:
    run = Run(f"one={SLEEPS}", f"another={SLEEPS}")
    runs.append(run)
    pids = [int(run.until("pid").split()[-1]) for _ in range(2)]
    lines = run.end(number)
    assert run.process.returncode == 0
    wait_gone(*pids, patience=0.1)
    assert lines[-1] == "armstrack | Stopped"


def test_output_has_a_prefix_of_one_width_and_unfinished_lines_are_shown(runs: list[Run]) -> None:
    run = Run(f"web={DIES}")
    runs.append(run)
    run.until("two")
    assert [line for line in run.lines if line.startswith("web")] == ["web       | one", "web       | two"]


def test_a_child_that_dies_is_started_again_after_longer_and_longer(runs: list[Run]) -> None:
    run = Run(f"web={DIES}")
    runs.append(run)
    assert run.until("starting it again") == "armstrack | web ended (exit status 3): starting it again in 1 s"
    before = time.monotonic()
    assert run.until("starting it again").endswith("in 2 s")
    assert time.monotonic() - before >= 0.9


def test_a_killed_child_is_said_to_be_killed(runs: list[Run]) -> None:
    run = Run(f"web={SLEEPS}")
    runs.append(run)
    os.kill(int(run.until("pid").split()[-1]), signal.SIGKILL)
    assert "killed by SIGKILL" in run.until("starting it again")
    assert run.until("pid")


def test_a_child_that_ignores_the_signal_is_killed(runs: list[Run]) -> None:
    run = Run(f"deaf={DEAF}")
    runs.append(run)
    pid = int(run.until("pid").split()[-1])
    lines = run.end(signal.SIGINT)
    assert "armstrack | deaf does not end: killed" in lines
    wait_gone(pid, patience=0.1)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux alone")
def test_children_end_when_it_is_killed(runs: list[Run]) -> None:
    run = Run(f"one={SLEEPS}", f"another={SLEEPS}")
    runs.append(run)
    pids = [int(run.until("pid").split()[-1]) for _ in range(2)]
    assert all(psutil.pid_exists(pid) for pid in pids)
    run.process.kill()
    run.process.wait()
    wait_gone(*pids, patience=5)


def test_ctrl_c_reaches_children_through_it_alone(runs: list[Run]) -> None:
    """The terminal signals the whole group; a child of that group would die before its turn."""
    run = Run(f"one={SLEEPS}")
    runs.append(run)
    pid = int(run.until("pid").split()[-1])
    assert os.getpgid(pid) != os.getpgid(run.process.pid)
