"""The key that signs sessions: from the environment, or made on first start and kept where only its owner reads it."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def read_or_make(folder: Path) -> str:
    """The key in `folder`/secret_key, made with mode 0600 if there is none yet.

    Two processes that start at once get the same key: the file appears whole, once.

    Raises:
        OSError: the folder cannot be written, or the file cannot be read.
    """
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=folder)  # mode 0600 from the start
        try:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):  # another process was faster: its key counts
                os.link(draft, path)
        finally:
            Path(draft).unlink()
    return path.read_text().strip()
