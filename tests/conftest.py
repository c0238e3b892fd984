"""What the tests stand on: real servers of their own, a real worker, a real browser.

The embedded PostgreSQL and Redis start when the first test needs the database, in a data folder of their own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import hypothesis
import pytest

PROJECT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() in ("1", "true")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NEEDS_SERVICES = {"db", "transactional_db", "live_server", "worker", "services", "admin_client"}

# A busy machine is no error, and a test never times.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

# Settings are read when pytest-django looks at them, which is after this file. Each worker of pytest-xdist has a data
# folder of its own, and so servers of its own: on one broker, a Celery worker would take the tasks of another's tests.
# Each variable is set, so that neither the shell's nor a developer's .env reaches the tests.
DATA = Path(tempfile.mkdtemp(prefix="armstrack-test-")).resolve()
os.environ |= {
    "ARMSTRACK_DATA": str(DATA),
    "ARMSTRACK_BIND": "127.0.0.1:8000",
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "SECRET_KEY": "a key for tests alone, of no worth to anyone",
    "DEBUG": "false",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "CSRF_TRUSTED_ORIGINS": "",
    "SECURE_COOKIES": "false",
    "FULL_TEXT_PUBLIC": "false",
    "FETCH_ALLOWED_HOSTS": "",
    "LOG_LEVEL": "INFO",
    "EMBEDDED_FSYNC": "false",
    "DJANGO_SETTINGS_MODULE": "armstrack.settings",
}


def pytest_configure() -> None:
    """Load the settings: pytest-django sets up Django only once someone has."""
    from django.conf import settings

    assert settings.ENVIRONMENT.armstrack_data == DATA


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let workers load the settings after this file too: with the variable set, pytest-django would before."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the servers or a browser, so that pure tests run alone with -m "not services and not browser"."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "page" in fixtures or "browser" in fixtures:
            item.add_marker("browser")
        elif item.get_closest_marker("django_db") or fixtures & NEEDS_SERVICES:
            item.add_marker("services")


def pytest_unconfigure() -> None:
    """Stop this process's servers and remove their data."""
    from armstrack.embedded.backend.base import embedded_services
    from armstrack.embedded.places import places_for

    embedded_services().release()
    places = places_for(DATA)
    for folder in {DATA, places.home, places.sockets}:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _quick_settings() -> Iterator[None]:
    """Static files as they lie there, without `collectstatic`, and passwords without deliberate slowness."""
    from django.conf import settings
    from django.test import override_settings

    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STATIC_ROOT=PROJECT / "static", STORAGES=storages, PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(scope="session")
def services() -> Any:
    """The embedded PostgreSQL and Redis, running."""
    from armstrack.embedded.backend.base import embedded_services

    running = embedded_services()
    running.acquire()
    return running


@dataclass(frozen=True, slots=True)
class Worker:
    """A Celery worker process on the test database."""

    process: subprocess.Popen[bytes]
    log: Path

    def wait_idle(self, patience: float = 60.0) -> None:
        """Wait until no task is queued or running.

        Raises:
            TimeoutError: it takes longer than `patience` seconds.
        """
        deadline = time.monotonic() + patience
        quiet = 0
        while quiet < 3:  # a task that ends may have enqueued another
            if time.monotonic() > deadline:
                raise TimeoutError(f"the worker is still busy:\n{self.log.read_text()[-3000:]}")
            assert self.process.poll() is None, f"the worker died:\n{self.log.read_text()[-3000:]}"
            quiet = quiet + 1 if _queued() == 0 else 0
            time.sleep(0.05)


def _broker() -> Any:
    import redis

    from armstrack.embedded.backend.base import embedded_services

    return redis.Redis(unix_socket_path=str(embedded_services().places.redis_socket))


def _queued() -> int:
    with _broker() as broker:
        return int(broker.llen("live")) + int(broker.llen("bulk")) + int(broker.hlen("unacked"))


def _answers() -> bool:
    """Whether a worker takes tasks."""
    from armstrack.celery import app

    return bool(app.control.ping(timeout=0.5))


@pytest.fixture(scope="session")
def worker_environment(django_db_setup: None, services: Any) -> dict[str, str]:
    """The environment of a process that shall work on the test database."""
    from django.db import connection

    database = connection.settings_dict
    host = quote(str(database["HOST"]), safe="")
    return dict(os.environ) | {
        "DATABASE_URL": f"postgresql://{database['USER']}@{host}:{database['PORT']}/{database['NAME']}",
        "REDIS_URL": services.redis_url,
    }


@pytest.fixture
def worker(transactional_db: None, worker_environment: dict[str, str]) -> Iterator[Worker]:
    """A real worker for this test alone, for it would work on the rows of others too. The queue is empty before it."""
    with _broker() as broker:
        broker.flushall()
    log = DATA / "worker.log"
    command = [
        sys.executable,
        "-m",
        "celery",
        "--app",
        "armstrack",
        "worker",
        "--queues",
        "live,bulk",
        "--concurrency",
        "1",
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=worker_environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + 60
        while not _answers():
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield Worker(process, log)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The Chrome or Chromium of this machine; without one the test is skipped by name, and fails under CI."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        if CI:
            pytest.fail(f"no browser: none of {', '.join(BROWSERS)} is here")
        pytest.skip("no Chrome or Chromium on this machine")
    # Playwright's synchronous face runs an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A page of a fresh browser context whose relative addresses are those of the live server."""
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()
