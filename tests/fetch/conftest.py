import ssl
from collections.abc import Iterator

import pytest

from reports.fetch.policy import FetchPolicy
from tests.fetch.serving import DATA, Site, serving


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def secure_site() -> Iterator[Site]:
    """The same over TLS, with a certificate for the name localhost alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(DATA / "localhost.pem")
    with serving(context) as running:
        yield running


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
