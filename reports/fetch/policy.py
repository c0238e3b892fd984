"""The limits that hold for every visit to the network, as one frozen value that the caller hands in."""

from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may do.

    `allowed_hosts` are names (or literal addresses, as they stand in the URL) that may resolve to a private address;
    nothing else may. `max_bytes` counts what is kept, after decompression. Times are in seconds: `connect_timeout`
    for each address tried, `read_timeout` for each silence, `total_timeout` for the whole fetch with its redirects.
    `ca_file` adds certificate authorities (PEM) to the usual ones.
    """

    allowed_hosts: frozenset[str] = frozenset()
    max_bytes: int = 10 * MEGABYTE
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    max_redirects: int = 5
    user_agent: str = "armstrack/0.1 (reads arms-transfer news)"
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        # Names are compared in lower case and without the final dot, as DNS does.
        names = frozenset(name.strip().lower().rstrip(".") for name in self.allowed_hosts)
        object.__setattr__(self, "allowed_hosts", names - {""})

    def names(self, host: str) -> bool:
        """Whether the policy itself vouches for `host`."""
        return host.lower().rstrip(".") in self.allowed_hosts
