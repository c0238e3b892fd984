"""The containers run the same processes as `manage.py up`, and the file is one that docker-compose takes."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from armstrack.processes import PREPARE, SCHEDULER, WEB, WORKER

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((PROJECT / "docker-compose.yml").read_text()))


@pytest.mark.parametrize(
    ("service", "command"),
    [("web", WEB), ("worker", WORKER), ("scheduler", SCHEDULER), ("migrate", ("python", *PREPARE))],
)
def test_a_container_runs_the_process_of_its_name(
    compose: dict[str, Any], service: str, command: tuple[str, ...]
) -> None:
    assert tuple(compose["services"][service]["command"]) == command


def test_every_service_that_stays_has_a_health_check(compose: dict[str, Any]) -> None:
    staying = {name for name, service in compose["services"].items() if service["restart"] != "no"}
    assert staying == {"web", "worker", "scheduler", "postgres", "redis"}
    assert all("healthcheck" in compose["services"][name] for name in staying)


def test_the_image_does_not_run_as_root() -> None:
    lines = (PROJECT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER armstrack"]


@pytest.mark.parametrize("missing", [None, "SECRET_KEY", "POSTGRES_PASSWORD"])
def test_docker_compose_takes_it_and_asks_for_its_secrets(missing: str | None, tmp_path: Path) -> None:
    program = shutil.which("docker-compose")
    if program is None:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail("no docker-compose")
        pytest.skip("no docker-compose on this machine")
    shutil.copy(PROJECT / "docker-compose.yml", tmp_path)
    variables = {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 40, "POSTGRES_PASSWORD": "p"}
    variables.pop(missing or "", None)
    done = subprocess.run([program, "config"], cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is (missing is None), done.stderr
    if missing:
        assert missing in done.stderr
