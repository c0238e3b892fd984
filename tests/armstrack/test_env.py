"""The settings from the environment: what they are unset, and the one line that names what is wrong."""

import dataclasses
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from armstrack.env import Bind, Environment, EnvironmentProblem, read_environment

PROJECT = Path(__file__).resolve().parents[2]
NAMES = [field.name.upper() for field in dataclasses.fields(Environment)]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_without_any_variable_everything_has_a_safe_value() -> None:
    environment = read_environment(dotenv=None)
    assert environment.embedded
    assert environment.armstrack_data == PROJECT / ".data"
    assert environment.armstrack_bind == Bind("127.0.0.1", 8000)
    assert not environment.debug
    assert not environment.full_text_public
    assert environment.fetch_allowed_hosts == ()
    assert environment.embedded_fsync


@pytest.mark.parametrize(
    ("bind", "said", "secure"),
    [
        ("127.0.0.1:8000", None, False),
        ("localhost:8000", None, False),
        ("[::1]:8000", None, False),
        ("0.0.0.0:8000", None, True),
        ("192.0.2.1:80", None, True),
        ("127.0.0.1:8000", "true", True),
        ("0.0.0.0:8000", "false", False),
    ],
)
def test_cookies_are_for_https_alone_unless_only_this_machine_is_served(
    monkeypatch: pytest.MonkeyPatch, bind: str, said: str | None, secure: bool
) -> None:
    monkeypatch.setenv("ARMSTRACK_BIND", bind)
    if said:
        monkeypatch.setenv("SECURE_COOKIES", said)
    assert read_environment(dotenv=None).secure_cookies is secure


@pytest.mark.parametrize(
    ("bind", "url"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("0.0.0.0:80", "http://127.0.0.1:80/"),
        ("[::]:8000", "http://[::1]:8000/"),
    ],
)
def test_the_address_to_open_is_one_that_a_browser_can_open(
    monkeypatch: pytest.MonkeyPatch, bind: str, url: str
) -> None:
    monkeypatch.setenv("ARMSTRACK_BIND", bind)
    assert read_environment(dotenv=None).armstrack_bind.url == url


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"ARMSTRACK_BIND": "8000"}, "ARMSTRACK_BIND"),
        ({"ARMSTRACK_BIND": "127.0.0.1:port"}, "ARMSTRACK_BIND"),
        ({"ARMSTRACK_BIND": "127.0.0.1:70000"}, "ARMSTRACK_BIND"),
        ({"ARMSTRACK_DATA": str(PROJECT / "manage.py")}, "ARMSTRACK_DATA"),
        ({"DATABASE_URL": "postgresql://u@h/d"}, "REDIS_URL"),
        ({"REDIS_URL": "redis://h"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://u@h/d", "REDIS_URL": "redis://h"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u@h", "REDIS_URL": "redis://h"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u@h:no/d", "REDIS_URL": "redis://h"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u@h/d", "REDIS_URL": "amqp://h"}, "REDIS_URL"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"SECURE_COOKIES": "perhaps"}, "SECURE_COOKIES"),
        ({"WORKERS": "many"}, "WORKERS"),
        ({"WORKERS": "0"}, "WORKERS"),
        ({"WEB_WORKERS": "-1"}, "WEB_WORKERS"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], named: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(EnvironmentProblem) as problem:
        read_environment(dotenv=None)
    assert named in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_password_is_not_repeated_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://user:hunter2@host/name")
    monkeypatch.setenv("REDIS_URL", "redis://host")
    with pytest.raises(EnvironmentProblem) as problem:
        read_environment(dotenv=None)
    assert "hunter2" not in str(problem.value)


def test_the_shell_comes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("WORKERS=3\nWEB_WORKERS=4\n")
    monkeypatch.setenv("WORKERS", "5")
    monkeypatch.setenv("WEB_WORKERS", "to be set back after the test")
    monkeypatch.delenv("WEB_WORKERS")
    environment = read_environment(dotenv=tmp_path / ".env")
    assert (environment.workers, environment.web_workers) == (5, 4)


def test_the_example_lists_every_setting() -> None:
    listed = re.findall(r"^#?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(NAMES)


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "manage.py", "up"],
        [sys.executable, "-m", "gunicorn", "--config", "python:armstrack.gunicorn_config", "armstrack.wsgi"],
        [sys.executable, "-m", "celery", "--app", "armstrack", "worker"],
    ],
    ids=["up", "web", "worker"],
)
def test_every_process_stops_at_start_and_names_the_variable(command: list[str], tmp_path: Path) -> None:
    variables = {"WORKERS": "many", "ARMSTRACK_DATA": str(tmp_path / "data"), "PATH": os.environ["PATH"]}
    done = subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "WORKERS" in (done.stdout + done.stderr).strip().splitlines()[-1]
    assert not (tmp_path / "data").exists()
