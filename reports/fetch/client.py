"""One HTTP GET, bounded on every side: where it goes, how much it brings, how long it takes.

Each connection goes to an address that `address.resolve` has just checked, and each redirect is checked again.
Nothing is taken from the environment: no proxies, no cookies, no stored passwords.
"""

import contextlib
import functools
import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from reports.fetch.address import Target, resolve
from reports.fetch.errors import FetchError, Reason
from reports.fetch.policy import FetchPolicy

_CHUNK = 64 * 1024
# What a response may weigh on the wire beside its body: headers, chunk sizes, trailers.
_OVERHEAD = 256 * 1024
_GOOD = frozenset({200, 203})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered. `url` is where it was found after redirects; `body` is decompressed.

    `etag` and `last_modified` are opaque: hand them to the next `get` as they are. `not_modified` comes without a body.
    """

    url: str
    status: int
    body: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def not_modified(self) -> bool:
        return self.status == 304


def get(
    url: str,
    policy: FetchPolicy,
    etag: str | None = None,
    last_modified: str | None = None,
    *,
    types: Collection[str] = (),
) -> Response:
    """The response at `url`, redirects followed. With `types`, any other media type is refused before its body is read.

    `etag` and `last_modified` of an earlier response make the request conditional. Raises FetchError.
    """
    headers = {
        "User-Agent": policy.user_agent,
        "Accept": ", ".join([*types, "*/*;q=0.1"] if types else ["*/*"]),
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    headers |= {
        name: value
        for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified))
        if value and value.isprintable() and value.isascii()  # else it cannot be a header, and came from no server
    }
    deadline = _Deadline(policy.total_timeout)
    visited: list[str] = []
    while True:
        target = resolve(url, policy, min(policy.connect_timeout, deadline.remaining(url)))
        if target.url in visited:
            raise FetchError(Reason.REDIRECT_LOOP, f"{visited[0]} redirects in a circle")
        if len(visited) > policy.max_redirects:
            raise FetchError(Reason.REDIRECT_LOOP, f"{visited[0]} redirects more than {policy.max_redirects} times")
        visited.append(target.url)
        answer = _visit(target, policy, deadline, headers, types)
        if isinstance(answer, Response):
            return answer
        try:
            url = urljoin(target.url, answer)
        except ValueError:
            raise FetchError(Reason.BAD_ADDRESS, f"{target.url} redirects to what is no address: {answer!r}") from None


class _Deadline:
    """The moment at which a whole fetch is over."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self, what: str) -> float:
        """Seconds left, more than zero; FetchError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchError(Reason.TIMEOUT, f"{what} took longer than {self._seconds:g} s")
        return left


class _Meter(io.RawIOBase):
    """The bytes of one connection, counted and timed below the HTTP parser.

    A socket's own timeout starts anew with each byte, so a server that drips could hold it for ever; and a parser
    may be told by a hostile server (a chunk of size -1) to read without end. Here neither gets through.
    """

    def __init__(self, sock: socket.socket, target: Target, policy: FetchPolicy, deadline: _Deadline) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._url = target.url
        self._policy = policy
        self._deadline = deadline
        self._left = policy.max_bytes + _OVERHEAD

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What `http.client` asks its socket for, in mode `rb`."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]  # BufferedReader hands a memoryview
        self._sock.settimeout(min(self._policy.read_timeout, self._deadline.remaining(self._url)))
        count = self._raw.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            raise _too_large(self._url, self._policy)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def _visit(
    target: Target, policy: FetchPolicy, deadline: _Deadline, headers: Mapping[str, str], types: Collection[str]
) -> Response | str:
    """One request: the response, or the location it redirects to."""
    with _errors_of(target), _connected(target, policy, deadline) as connection:
        connection.request("GET", target.path, headers={"Host": target.authority, **headers}, preload_content=False)
        with contextlib.closing(connection.getresponse()) as answer:
            return _result(answer, target, policy, deadline, headers, types)


def _result(
    answer: urllib3.BaseHTTPResponse,
    target: Target,
    policy: FetchPolicy,
    deadline: _Deadline,
    headers: Mapping[str, str],
    types: Collection[str],
) -> Response | str:
    """What an answer amounts to: a response with its body read, a location, or an error."""
    status = answer.status
    kind, etag, modified = (_header(answer, name) for name in ("Content-Type", "ETag", "Last-Modified"))
    if status in _REDIRECTS and (location := answer.headers.get("Location")):
        return _as_utf8(location)
    if status == 304 and not headers.keys().isdisjoint(("If-None-Match", "If-Modified-Since")):
        return Response(target.url, status, b"", kind, etag, modified)
    if status not in _GOOD:
        raise FetchError(
            Reason.HTTP_STATUS,
            f"{target.url} answered {status} {answer.reason or ''}".rstrip(),
            retriable=status in _PASSING_STATUS,
            status=status,
            retry_after=_seconds(_header(answer, "Retry-After")),
        )
    if types and kind and media_type(kind) not in types:
        raise FetchError(
            Reason.UNSUPPORTED_TYPE, f"{target.url} is {media_type(kind) or kind}, not {' or '.join(types)}"
        )
    return Response(target.url, status, _body(answer, target, policy, deadline), kind, etag, modified)


def media_type(content_type: str) -> str:
    """`text/html` of `Text/HTML; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


def charset(content_type: str) -> str:
    """The charset that a Content-Type header names, or nothing."""
    message = Message()
    message["Content-Type"] = content_type
    return message.get_content_charset("")


@contextlib.contextmanager
def _connected(target: Target, policy: FetchPolicy, deadline: _Deadline) -> Iterator[HTTPConnection]:
    """A connection to the first of the checked addresses that answers."""
    for number, address in enumerate(target.addresses, start=1):
        timeout = min(policy.connect_timeout, deadline.remaining(target.url))
        connection: HTTPConnection
        if target.scheme == "https":
            # The name, not the address, is what the server is told and what its certificate must be for.
            connection = HTTPSConnection(
                address,
                target.port,
                timeout=timeout,
                server_hostname=target.host,
                ssl_context=_tls(policy.ca_file and str(policy.ca_file)),
            )
        else:
            connection = HTTPConnection(address, target.port, timeout=timeout)
        connection.response_class = _response_class(target, policy, deadline)
        try:
            connection.connect()
        except (urllib3.exceptions.HTTPError, OSError):
            connection.close()
            if number == len(target.addresses):
                raise
            continue
        try:
            yield connection
        finally:
            connection.close()
        return


def _response_class(target: Target, policy: FetchPolicy, deadline: _Deadline) -> type[http.client.HTTPResponse]:
    """The response that `http.client` shall build: the usual one, reading through a meter."""

    class Metered(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, debuglevel: int = 0, method: str | None = None) -> None:
            super().__init__(_Meter(sock, target, policy, deadline), debuglevel, method)  # type: ignore[arg-type]

    return Metered


def _body(answer: urllib3.BaseHTTPResponse, target: Target, policy: FetchPolicy, deadline: _Deadline) -> bytes:
    """The decompressed body. At most one chunk more than the cap is ever held, however far it would unfold."""
    declared = _header(answer, "Content-Length")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > policy.max_bytes:
        raise _too_large(target.url, policy)
    body = bytearray()
    for chunk in answer.stream(_CHUNK, decode_content=True):
        deadline.remaining(target.url)
        body += chunk
        if len(body) > policy.max_bytes:
            raise _too_large(target.url, policy)
    return bytes(body)


@contextlib.contextmanager
def _errors_of(target: Target) -> Iterator[None]:
    """Says what went wrong below in the words of `FetchError`."""
    try:
        yield
    except urllib3.exceptions.NewConnectionError as error:  # which urllib3 derives from its timeouts
        raise FetchError(Reason.CONNECTION, f"{target.url} cannot be reached: {error.__cause__ or error}") from error
    except (TimeoutError, urllib3.exceptions.TimeoutError) as error:
        raise FetchError(Reason.TIMEOUT, f"{target.url} did not answer in time") from error
    except (ssl.SSLError, ssl.CertificateError, urllib3.exceptions.SSLError) as error:
        raise FetchError(Reason.TLS, f"{target.url} has no valid certificate or encryption: {error}") from error
    except urllib3.exceptions.DecodeError as error:
        raise FetchError(Reason.MALFORMED, f"{target.url} sent a body that does not decompress") from error
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError, zlib.error) as error:
        # ValueError: http.client and urllib3 let some malformed lengths through as such.
        raise FetchError(Reason.CONNECTION, f"{target.url} broke off: {error or type(error).__name__}") from error


@functools.lru_cache(maxsize=8)
def _tls(ca_file: str | None) -> ssl.SSLContext:
    """The system's certificate authorities, certifi's where the system has none, and those of `ca_file`."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def _too_large(url: str, policy: FetchPolicy) -> FetchError:
    return FetchError(Reason.TOO_LARGE, f"{url} is larger than {policy.max_bytes:,} bytes")


def _header(answer: urllib3.BaseHTTPResponse, name: str) -> str:
    """A header's value, printable and of sane length; nothing where it is missing or hostile."""
    value = answer.headers.get(name, "").strip()
    return value if value.isprintable() and len(value) <= 1000 else ""


def _seconds(retry_after: str) -> int | None:
    return int(retry_after) if retry_after.isdecimal() and len(retry_after) < 8 else None


def _as_utf8(location: str) -> str:
    """Headers are read as Latin-1; servers that send raw letters in one mean UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
