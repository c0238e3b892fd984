"""Every setting that comes from the environment, read once, typed, with an error that names the variable at fault.

`.env.example` lists the same variables; a test compares the two. Each field bears the name of its variable in lower
case.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env, EnvError

PROJECT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "::1", "localhost")
DATABASE_SCHEMES = ("postgres", "postgresql")
REDIS_SCHEMES = ("redis", "rediss", "redis+socket", "unix")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class EnvironmentProblem(Exception):
    """A variable is missing or malformed. The message is one line that names it."""


@dataclass(frozen=True, slots=True)
class Bind:
    """The address of the web server."""

    host: str
    port: int

    @property
    def loopback(self) -> bool:
        """Can only this machine reach it?"""
        return self.host in LOOPBACK

    @property
    def reachable(self) -> str:
        """The host under which this machine reaches it: of a server on all addresses, the loopback one."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # looked up, not bound
        return everywhere.get(self.host, self.host)

    @property
    def url(self) -> str:
        """Where a person looks."""
        return f"http://{f'[{self.reachable}]' if ':' in self.reachable else self.reachable}:{self.port}/"


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings, one field for each variable."""

    database_url: str | None
    redis_url: str | None
    armstrack_data: Path
    armstrack_bind: Bind
    secret_key: str | None
    debug: bool
    allowed_hosts: tuple[str, ...]
    csrf_trusted_origins: tuple[str, ...]
    secure_cookies: bool
    full_text_public: bool
    fetch_allowed_hosts: tuple[str, ...]
    workers: int
    web_workers: int
    log_level: str
    embedded_fsync: bool

    @property
    def embedded(self) -> bool:
        """Does the project start its own PostgreSQL and Redis?"""
        return self.database_url is None


def read_environment(dotenv: Path | None = PROJECT / ".env") -> Environment:
    """The settings from the process environment, and below it from the file `dotenv` where there is one.

    Raises:
        EnvironmentProblem: a variable is malformed, or one of two that belong together is missing.
    """
    env = Env()
    if dotenv is not None and dotenv.is_file():
        env.read_env(str(dotenv), recurse=False)
    try:
        bind = _bind(env.str("ARMSTRACK_BIND", "127.0.0.1:8000"))
        environment = Environment(
            database_url=_url("DATABASE_URL", env.str("DATABASE_URL", ""), DATABASE_SCHEMES),
            redis_url=_url("REDIS_URL", env.str("REDIS_URL", ""), REDIS_SCHEMES),
            armstrack_data=_data(env.str("ARMSTRACK_DATA", "")),
            armstrack_bind=bind,
            secret_key=_secret(env.str("SECRET_KEY", "")),
            debug=env.bool("DEBUG", False),
            allowed_hosts=tuple(env.list("ALLOWED_HOSTS", [*LOOPBACK, "[::1]"])),
            csrf_trusted_origins=tuple(env.list("CSRF_TRUSTED_ORIGINS", [])),
            # A browser sends a secure cookie only over https, and nobody puts a certificate on 127.0.0.1.
            secure_cookies=env.bool("SECURE_COOKIES", not bind.loopback),
            full_text_public=env.bool("FULL_TEXT_PUBLIC", False),
            fetch_allowed_hosts=tuple(env.list("FETCH_ALLOWED_HOSTS", [])),
            workers=_at_least_one("WORKERS", env.int("WORKERS", min(os.cpu_count() or 1, 8))),
            web_workers=_at_least_one("WEB_WORKERS", env.int("WEB_WORKERS", 2)),
            log_level=_one_of("LOG_LEVEL", env.str("LOG_LEVEL", "INFO").upper(), LOG_LEVELS),
            embedded_fsync=env.bool("EMBEDDED_FSYNC", True),
        )
    except EnvError as error:
        raise EnvironmentProblem(" ".join(str(error).split())) from error
    for name, value, other in (
        ("DATABASE_URL", environment.database_url, environment.redis_url),
        ("REDIS_URL", environment.redis_url, environment.database_url),
    ):
        if value is None and other is not None:
            raise EnvironmentProblem(f"{name} is missing: set both DATABASE_URL and REDIS_URL, or neither")
    return environment


def _bind(text: str) -> Bind:
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise EnvironmentProblem(f"ARMSTRACK_BIND must be HOST:PORT, such as 127.0.0.1:8000, not {text!r}")
    return Bind(host, int(port))


def _url(name: str, text: str, schemes: tuple[str, ...]) -> str | None:
    if not text:
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise EnvironmentProblem(f"{name} is not a URL: {error}") from error
    if parts.scheme not in schemes:
        # The value may hold a password: it is not repeated.
        raise EnvironmentProblem(f"{name} must start with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    if not (parts.netloc or parts.path.strip("/")):
        raise EnvironmentProblem(f"{name} names no server")
    if name == "DATABASE_URL" and not parts.path.strip("/"):
        raise EnvironmentProblem(f"{name} names no database: it ends in /NAME")
    return text


def _data(text: str) -> Path:
    folder = Path(text).expanduser() if text else PROJECT / ".data"
    folder = (folder if folder.is_absolute() else PROJECT / folder).resolve()
    if folder.exists() and not folder.is_dir():
        raise EnvironmentProblem(f"ARMSTRACK_DATA must be a folder, and {folder} is none")
    return folder


def _secret(text: str) -> str | None:
    if text and len(text) < 32:
        raise EnvironmentProblem("SECRET_KEY is too short: 32 characters at least")
    return text or None


def _at_least_one(name: str, number: int) -> int:
    if number < 1:
        raise EnvironmentProblem(f"{name} must be 1 or more, not {number}")
    return number


def _one_of(name: str, value: str, words: tuple[str, ...]) -> str:
    if value not in words:
        raise EnvironmentProblem(f"{name} must be one of {', '.join(words)}, not {value!r}")
    return value
