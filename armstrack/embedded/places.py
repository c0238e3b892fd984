"""Where the embedded servers keep their data, programs and sockets, and as whom they run.

An ordinary user keeps everything in the data folder, except the sockets: a unix socket's path holds 107 bytes at most,
so they lie in a short folder of /tmp. PostgreSQL refuses to run as root, so root runs both servers as an unprivileged
account; since that account may not be able to enter the folder of the project (/root is closed), their data and
copies of their programs lie in /var/lib/armstrack.
"""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from armstrack.embedded.problems import EmbeddedProblem

ROOT_HOME = Path("/var/lib/armstrack")
ACCOUNTS = ("armstrack", "nobody")  # the first of these that the machine has
SOCKETS = Path("/tmp")  # noqa: S108  # the folder in it is checked; short, and on every unix; TMPDIR may be long


@dataclass(frozen=True, slots=True)
class Account:
    """The user that the servers run as."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one installation. `state` holds the locks and belongs to whoever starts the servers."""

    state: Path
    home: Path
    sockets: Path
    account: Account | None  # None: as ourselves

    @property
    def postgres(self) -> Path:
        return self.home / "postgres"

    @property
    def redis(self) -> Path:
        return self.home / "redis"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def programs(self) -> Path:
        """Copies for the account; all installations of root share them, by version."""
        return ROOT_HOME / "programs"

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"

    def make_state(self) -> None:
        """Make the folder of the locks; any process may.

        Raises:
            EmbeddedProblem: it cannot be made, or the data in it is another user's.
        """
        try:
            self.state.mkdir(parents=True, exist_ok=True, mode=0o700)
            taken = self.account is not None and (self.state / "postgres").exists()
        except OSError as error:
            raise EmbeddedProblem(f"cannot use {self.state}: {error.strerror}; ARMSTRACK_DATA names another") from error
        if taken:
            raise EmbeddedProblem(
                f"the data in {self.state} was made by an ordinary user: start armstrack as that user, not as root"
            )

    def make(self) -> None:
        """Make the servers' folders that are missing, closed to others; for the owner of the servers alone.

        Raises:
            EmbeddedProblem: a folder cannot be made, or belongs to someone else.
        """
        try:
            if self.account is not None:
                self.home.mkdir(parents=True, exist_ok=True)
                for folder in (self.home.parent, self.home):
                    folder.chmod(0o711)
            for folder in (self.redis, self.logs, self.sockets):
                self._make_own(folder)
        except OSError as error:
            raise EmbeddedProblem(f"cannot make {error.filename}: {error.strerror}") from error

    def _make_own(self, folder: Path) -> None:
        """Make `folder` for the account alone; one that someone else put there (in /tmp) is refused, not used."""
        owner = self.account.uid if self.account else os.geteuid()
        try:
            folder.mkdir(mode=0o700)
            if self.account is not None:
                os.chown(folder, self.account.uid, self.account.gid)
        except FileExistsError:
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
                raise EmbeddedProblem(f"{folder} belongs to another user: remove it") from None
            folder.chmod(0o700)


def places_for(data: Path) -> Places:
    """The places of the installation whose data folder is `data`; nothing is made yet.

    Raises:
        EmbeddedProblem: root, on a machine without an unprivileged account.
    """
    key = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    if os.geteuid() == 0:
        home = ROOT_HOME / key
        return Places(state=data, home=home, sockets=home / "run", account=_unprivileged())
    return Places(state=data, home=data, sockets=SOCKETS / f"armstrack-{os.geteuid()}-{key}", account=None)


def _unprivileged() -> Account:
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedProblem(f"PostgreSQL does not run as root, and this machine has no user {' or '.join(ACCOUNTS)}")
