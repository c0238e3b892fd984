"""`manage.py up` as a person starts it: everything real, from the first start to the last process."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from .conftest import Holders, wait_gone

pytestmark = pytest.mark.services
PROJECT = Path(__file__).resolve().parents[2]
Folder = Callable[..., Path]


class Up:
    """A running `manage.py up`."""

    def __init__(self, data: Path, port: int, *arguments: str, **variables: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.variables = dict(os.environ) | {"ARMSTRACK_DATA": str(data), "ARMSTRACK_BIND": f"127.0.0.1:{port}"}
        self.variables |= {"WORKERS": "1", "WEB_WORKERS": "1", "SECRET_KEY": ""} | variables
        self.log = data.with_name(f"up-{port}.log")
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", *arguments],
                cwd=PROJECT,
                env=self.variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def words(self) -> str:
        return self.log.read_text(errors="replace")

    def until(self, words: str, times: int = 1, patience: float = 120.0) -> None:
        """Wait until the words have been said so many times."""
        deadline = time.monotonic() + patience
        while self.words().count(words) < times:
            assert self.process.poll() is None, self.words()
            assert time.monotonic() < deadline, self.words()
            time.sleep(0.1)

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:  # noqa: S310  # our own server
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError as error:
            return 0, str(error).encode()

    def until_healthy(self, patience: float = 60.0) -> None:
        deadline = time.monotonic() + patience
        while self.get("/healthz")[0] != 200:
            assert time.monotonic() < deadline, (self.get("/healthz"), self.words()[-3000:])
            time.sleep(0.1)

    def children(self) -> dict[str, psutil.Process]:
        """Its direct children by what they are."""
        kinds = {"gunicorn": "web", "worker": "worker", "beat": "scheduler", "postgres": "postgres", "redis": "redis"}
        found = {}
        for child in psutil.Process(self.process.pid).children():
            line = " ".join(child.cmdline())
            for sign, kind in kinds.items():
                if sign in line:
                    found[kind] = child
                    break
        return found

    def family(self) -> list[int]:
        return [self.process.pid, *(child.pid for child in psutil.Process(self.process.pid).children(recursive=True))]

    def manage(self, *arguments: str) -> str:
        """What another command prints meanwhile."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=PROJECT, env=self.variables, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


Start = Callable[..., Up]


@pytest.fixture
def up() -> Iterator[Start]:
    started: list[Up] = []

    def start(data: Path, port: int, *arguments: str, **variables: str) -> Up:
        started.append(Up(data, port, *arguments, **variables))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            family = one.family()
            one.process.kill()
            one.process.wait()
            wait_gone(*family)


def test_a_newcomer_sees_deals_that_the_worker_read_and_ctrl_c_ends_it_all(
    up: Start, folder: Folder, free_port: int
) -> None:
    data = folder()
    first = up(data, free_port)
    first.until("Ready: open ", patience=240)
    assert f"{first.url}/" in first.words().strip().splitlines()[-1], "the last line says where to look"
    assert "Log in as admin with the password" in first.words()
    deadline = time.monotonic() + 60
    while not json.loads(first.get("/api/v1/deals/?recipient=SY")[1])["results"]:
        assert time.monotonic() < deadline, first.words()
        time.sleep(0.5)
    family = first.family()
    os.killpg(first.process.pid, signal.SIGINT)
    assert first.process.wait(30) == 0
    wait_gone(*family, patience=0.5)

    second = up(data, free_port, WORKERS="2")
    second.until("Ready: open ", times=2)
    assert second.words().count("Log in as admin") == 1, "the password is printed once"
    assert second.words().count("First start") == 1, "the sample is loaded once"
    assert json.loads(second.get("/api/v1/deals/?recipient=SY")[1])["results"], "the data is kept"


def test_sigterm_ends_everything(up: Start, folder: Folder, free_port: int) -> None:
    running = up(folder(), free_port, "--no-sample")
    running.until("Ready: open ")
    family = running.family()
    running.process.terminate()
    assert running.process.wait(30) == 0
    wait_gone(*family, patience=0.5)


def test_a_signal_during_the_start_ends_it_too(up: Start, folder: Folder, free_port: int) -> None:
    running = up(folder(), free_port, "--no-sample")
    running.until("Starting PostgreSQL")
    family = running.family()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 0
    wait_gone(*family, patience=0.5)
    assert "Ready" not in running.words()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux alone")
def test_everything_ends_when_the_supervisor_is_killed_and_starts_again(
    up: Start, folder: Folder, free_port: int
) -> None:
    data = folder()
    running = up(data, free_port, "--no-sample")
    running.until("Ready: open ")
    family = running.family()
    running.process.kill()
    running.process.wait()
    wait_gone(*family)
    again = up(data, free_port, "--no-sample")
    again.until("Ready: open ", times=2)
    again.until_healthy()


def test_whatever_is_killed_is_started_again(up: Start, folder: Folder, free_port: int) -> None:
    running = up(folder(), free_port, "--no-sample")
    running.until("Ready: open ")
    for number, kind in enumerate(("web", "worker", "scheduler", "postgres", "redis"), start=1):
        before = running.children()[kind]
        before.kill()
        running.until("starting it again", times=number)
        deadline = time.monotonic() + 30
        while running.children().get(kind, before).pid == before.pid:
            assert time.monotonic() < deadline, running.words()
            time.sleep(0.1)
    running.until_healthy()
    assert set(running.children()) == {"web", "worker", "scheduler", "postgres", "redis"}


def test_other_commands_use_the_running_servers_and_leave_them_running(
    up: Start, folder: Folder, free_port: int
) -> None:
    running = up(folder(), free_port, "--no-sample")
    running.until("Ready: open ")
    before = running.children()["postgres"].pid
    assert "admin" in running.manage(
        "shell", "--verbosity=0", "--command", "from django.contrib.auth.models import User; print(User.objects.get())"
    )
    assert running.children()["postgres"].pid == before
    running.until_healthy()


def test_a_taken_port_is_named_before_anything_starts(up: Start, folder: Folder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        data = folder()
        port = taken.getsockname()[1]
        running = up(data, port)
        assert running.process.wait(30) == 1
    assert f"cannot listen on 127.0.0.1:{port}" in running.words()
    assert "ARMSTRACK_BIND" in running.words()
    assert "PostgreSQL" not in running.words()


def test_a_second_start_on_the_same_data_says_who_has_it(
    up: Start, hold: Holders, folder: Folder, free_port: int
) -> None:
    data = folder()
    owner = hold(data)
    running = up(data, free_port, "--no-sample")
    assert running.process.wait(60) == 1
    assert f"process {owner.process.pid}" in running.words()


def test_a_command_that_needs_no_database_starts_none(folder: Folder, tmp_path: Path) -> None:
    data = folder()
    article = tmp_path / "article.txt"
    article.write_text(
        "Poland orders tanks\n\nPoland signed a contract for 250 M1A2 Abrams tanks with the United States.\n"
    )
    variables = dict(os.environ) | {"ARMSTRACK_DATA": str(data)}
    subprocess.run(
        [sys.executable, "manage.py", "extract", str(article)],
        cwd=PROJECT,
        env=variables,
        check=True,
        capture_output=True,
    )
    assert not (data / "owner.lock").exists()
