"""A web server on loopback that answers as a test tells it to, byte for byte."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

Answer = Callable[[BaseHTTPRequestHandler], object]


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
        return self.raw(path, lambda handler: handler.wfile.write(head.encode("latin-1") + body))


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port, over TLS with a `context`."""

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

        def get_request(self) -> tuple[socket.socket, Any]:
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
