"""A web server on loopback that answers as a test tells it to, byte for byte."""

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reports.fetch.policy import FetchPolicy

DATA = Path(__file__).parent / "data"

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Paths and how they are answered; what was asked is kept in `asked`: (path, headers)."""

    def __init__(self, server: ThreadingHTTPServer, scheme: str) -> None:
        self.port = server.server_address[1]
        self.scheme = scheme
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.told_names: list[str] = []
        self.over = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def raw(self, path: str, answer: Answer) -> str:
        """Answer `path` by writing to the handler's `wfile`."""
        self.answers[path] = answer
        return self.url(path)

    def reply(self, path: str, body: bytes = b"", *, status: int = 200, **headers: str) -> str:
        """Answer `path` with a well-formed response; `content_type=` stands for Content-Type."""
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        head = "\r\n".join([f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}", *lines, "", ""])
        return self.raw(path, lambda handler: handler.wfile.write(head.encode("latin-1") + body) and None)


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            # The client may have gone, as it should when it has had enough.
            with contextlib.suppress(OSError):
                site.answers[self.path.partition("?")[0]](self)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A handshake that the client broke off is what some tests are about."""

        def get_request(self) -> tuple[object, object]:
            connection, peer = super().get_request()
            return (context.wrap_socket(connection, server_side=True) if context else connection), peer

    with Server(("127.0.0.1", 0), Handler) as server:
        site = Site(server, "https" if context else "http")
        if context:
            context.sni_callback = lambda _socket, name, _context: site.told_names.append(name)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def secure_site() -> Iterator[Site]:
    """The same over TLS, with a certificate for the name localhost alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(DATA / "localhost.pem")
    with serving(context) as site:
        yield site


@pytest.fixture(scope="session")
def policy() -> FetchPolicy:
    """Short times and small sizes, and leave to visit the test's own server."""
    return FetchPolicy(
        allowed_hosts=frozenset({"127.0.0.1"}),
        max_bytes=100_000,
        connect_timeout=2,
        read_timeout=1,
        total_timeout=4,
        max_redirects=3,
    )
