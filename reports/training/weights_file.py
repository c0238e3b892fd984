"""Writes fitted weights so that a reader that starts meanwhile sees the old file or the new one, never half of one."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_weights(path: Path, weights: Mapping[str, Any]) -> None:
    """Puts weights as JSON, a line a weight, in the place of `path`. On any error `path` stays as it was."""
    text = json.dumps(weights, ensure_ascii=False, sort_keys=True, indent=0) + "\n"
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)  # mkstemp makes it its owner's alone; weights are for every reader
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
