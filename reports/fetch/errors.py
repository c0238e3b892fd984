"""What can go wrong between an address or a file and a document: one exception, one list of reasons."""

from enum import StrEnum


class Reason(StrEnum):
    """Why nothing could be fetched or read; kept with the failure, so the words are stable."""

    BAD_ADDRESS = "bad_address"
    BAD_SCHEME = "bad_scheme"
    FORBIDDEN_ADDRESS = "forbidden_address"
    DNS = "dns"
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    REDIRECT_LOOP = "redirect_loop"
    HTTP_STATUS = "http_status"
    TOO_LARGE = "too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    BINARY = "binary"
    BAD_ENCODING = "bad_encoding"
    EMPTY = "empty"
    MALFORMED = "malformed"
    UNREADABLE_FILE = "unreadable_file"


# The reasons that may be gone an hour later. An HTTP status says for itself whether it is one (see `client`).
_PASSING = frozenset({Reason.DNS, Reason.CONNECTION, Reason.TIMEOUT})


class FetchError(Exception):
    """Nothing was fetched or read: `reason` for programs, `message` (one line) for people.

    `retriable` says whether the same request may succeed later; `status` is the HTTP status where one was given;
    `retry_after` is how many seconds the server asked us to stay away.
    """

    def __init__(
        self,
        reason: Reason,
        message: str,
        *,
        retriable: bool | None = None,
        status: int | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.reason = reason
        self.message = one_line(message)
        self.retriable = reason in _PASSING if retriable is None else retriable
        self.status = status
        self.retry_after = retry_after
        super().__init__(self.message)

    def about(self, what: str) -> "FetchError":
        """The same error, naming the file or address it is about where it does not yet."""
        if what in self.message:
            return self
        return _rebuilt(self.reason, f"{what}: {self.message}", self.retriable, self.status, self.retry_after)

    def __reduce__(self) -> tuple[object, ...]:
        # The default would call __init__ with the message alone, and fail to cross a process boundary.
        return _rebuilt, (self.reason, self.message, self.retriable, self.status, self.retry_after)


def one_line(text: str, limit: int = 300) -> str:
    """`text` on one line, unprintable characters as `?`, cut to `limit`: fit for a log, whatever a server sent."""
    flat = " ".join(text.split())
    flat = "".join(c if c.isprintable() else "?" for c in flat[: limit + 1])
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def _rebuilt(reason: Reason, message: str, retriable: bool, status: int | None, retry_after: int | None) -> FetchError:
    return FetchError(reason, message, retriable=retriable, status=status, retry_after=retry_after)
