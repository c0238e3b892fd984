import gzip
import pickle
import socket
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.fetch.client import Response, charset, get, media_type
from reports.fetch.errors import FetchError, Reason
from reports.fetch.policy import FetchPolicy
from tests.fetch.serving import DATA, Answer, Site


def failure(url: str, policy: FetchPolicy, **conditions: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(url, policy, **conditions)
    assert "\n" not in caught.value.message
    return caught.value


def test_a_page_is_brought_with_its_validators(site: Site, policy: FetchPolicy) -> None:
    modified = "Fri, 31 May 2013 10:00:00 GMT"
    url = site.reply("/page", b"words", Content_Type="text/html; charset=x", ETag='W/"7"', Last_Modified=modified)
    assert get(url, policy) == Response(url, 200, b"words", "text/html; charset=x", 'W/"7"', modified)


def test_the_request_says_who_asks_and_carries_nothing_of_ours(
    site: Site, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    get(site.reply("/who", b"x", Set_Cookie="a=b"), policy)
    get(site.url("/who"), policy)
    headers = {name.lower(): value for name, value in site.asked[-1][1].items()}
    assert headers["user-agent"] == policy.user_agent
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert headers.keys() == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize(
    ("etag", "modified", "status"),
    [('"7"', None, 304), (None, "Fri, 31 May 2013 10:00:00 GMT", 304), ('"6"', None, 200), ('"7"\r\nX: y', None, 200)],
)
def test_a_conditional_get_brings_nothing_when_nothing_changed(
    site: Site, policy: FetchPolicy, etag: str | None, modified: str | None, status: int
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers["If-None-Match"] == '"7"' or handler.headers["If-Modified-Since"]
        handler.wfile.write(
            b'HTTP/1.1 304 Not Modified\r\nETag: "7"\r\n\r\n' if same else b"HTTP/1.1 200 OK\r\n\r\nnew words"
        )

    response = get(site.raw("/conditional", answer), policy, etag, modified)
    assert (response.status, response.not_modified) == (status, status == 304)
    assert response.body == (b"" if status == 304 else b"new words")


def test_304_that_nobody_asked_for_is_an_error(site: Site, policy: FetchPolicy) -> None:
    assert failure(site.reply("/unasked", status=304), policy).status == 304


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "GZIP", "identity"])
def test_a_compressed_body_is_unfolded(site: Site, policy: FetchPolicy, encoding: str) -> None:
    body = b"words " * 1000
    packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body)}.get(encoding.lower(), body)
    assert get(site.reply("/packed", packed, Content_Encoding=encoding), policy).body == body


def test_a_chunked_body_is_put_together(site: Site, policy: FetchPolicy) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    url = site.raw("/chunked", lambda h: h.wfile.write(head + b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"))
    assert get(url, policy).body == b"abcde"


@pytest.mark.parametrize(
    ("status", "retriable"),
    [
        (400, False),
        (403, False),
        (404, False),
        (410, False),
        (429, True),
        (500, True),
        (503, True),
        (204, False),
        (300, False),
    ],
)
def test_a_status_other_than_success_is_an_error_that_says_whether_to_try_again(
    site: Site, policy: FetchPolicy, status: int, retriable: bool
) -> None:
    error = failure(site.reply(f"/status{status}", status=status, Retry_After="120"), policy)
    assert (error.reason, error.status, error.retriable) == (Reason.HTTP_STATUS, status, retriable)
    assert error.retry_after == 120


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_told(site: Site, policy: FetchPolicy, status: int) -> None:
    site.reply("/a/end", b"here")
    site.reply("/a/middle", status=status, Location="end")
    assert get(site.reply("/start", status=status, Location="/a/middle#part"), policy) == Response(
        site.url("/a/end"), 200, b"here"
    )


def test_raw_utf8_in_a_location_is_understood(site: Site, policy: FetchPolicy) -> None:
    site.reply("/%C3%BC", b"here")
    location = "/\u00fc".encode().decode("latin-1")
    assert get(site.reply("/letters", status=302, Location=location), policy).body == b"here"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", Reason.FORBIDDEN_ADDRESS),
        ("http://localhost:1/", Reason.FORBIDDEN_ADDRESS),
        ("//2130706433/", Reason.FORBIDDEN_ADDRESS),
        ("http://[::1]/", Reason.FORBIDDEN_ADDRESS),
        ("http://10.0.0.1/", Reason.FORBIDDEN_ADDRESS),
        ("file:///etc/passwd", Reason.BAD_SCHEME),
        ("http://user@127.0.0.1/", Reason.BAD_ADDRESS),
        ("http://[", Reason.BAD_ADDRESS),
    ],
)
def test_each_redirect_is_checked_again(site: Site, policy: FetchPolicy, location: str, reason: Reason) -> None:
    assert failure(site.reply("/away", status=302, Location=location), policy).reason is reason


def test_redirects_in_a_circle_end(site: Site, policy: FetchPolicy) -> None:
    site.reply("/ping", status=302, Location="/pong")
    error = failure(site.reply("/pong", status=302, Location="/ping"), policy)
    assert error.reason is Reason.REDIRECT_LOOP
    assert failure(site.reply("/self", status=301, Location="/self"), policy).reason is Reason.REDIRECT_LOOP


def test_redirects_without_end_end(site: Site, policy: FetchPolicy) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(f"HTTP/1.1 302 Found\r\nLocation: {handler.path}x\r\n\r\n".encode())

    url = site.raw("/on", answer) + "?x"
    asked = len(site.asked)
    assert failure(url, policy).reason is Reason.REDIRECT_LOOP
    assert len(site.asked) - asked == policy.max_redirects + 1


SiteAnswer = Callable[[Site], Answer]


def drip(piece: bytes, every: float = 0.1) -> SiteAnswer:
    """Writes `piece` again and again until the test is over or the client is gone."""

    def for_site(site: Site) -> Answer:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            while not site.over.wait(every):
                handler.wfile.write(piece)

        return answer

    return for_site


def after(head: bytes, rest: SiteAnswer) -> SiteAnswer:
    def for_site(site: Site) -> Answer:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(head)
            rest(site)(handler)

        return answer

    return for_site


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(drip(b"", 60), id="silence"),
        pytest.param(drip(b"H"), id="a status line that does not end"),
        pytest.param(drip(b"HTTP/1.1 100 Continue\r\n\r\n"), id="one moment please, for ever"),
        pytest.param(after(b"HTTP/1.1 200 OK\r\n", drip(b"x")), id="a header that does not end"),
        pytest.param(after(b"HTTP/1.1 200 OK\r\n\r\n", drip(b"x")), id="a body that drips"),
        pytest.param(after(CHUNKED, drip(b"1\r\nx\r\n")), id="chunks that drip"),
        pytest.param(after(CHUNKED + b"0\r\n", drip(b"a: b\r\n")), id="trailers that drip"),
        pytest.param(after(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", drip(b"", 60)), id="a body that stops"),
        pytest.param(
            after(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", drip(gzip.compress(b""))), id="gzip of nothing"
        ),
    ],
)
def test_a_slow_server_is_left_when_the_time_is_up(site: Site, policy: FetchPolicy, answer: SiteAnswer) -> None:
    url = site.raw("/slow", answer(site))
    started = time.monotonic()
    error = failure(url, replace(policy, total_timeout=0.7, read_timeout=0.4))
    assert (error.reason, error.retriable) == (Reason.TIMEOUT, True)
    assert time.monotonic() - started < 5  # without a deadline these last a minute, or for ever


GZIPPED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
BOMB_IN_GZIP = gzip.compress(gzip.compress(bytes(50_000_000)))
ENDLESS = drip(b"x" * 65536, 0)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(after(b"HTTP/1.1 200 OK\r\n\r\n", ENDLESS), id="a body without end"),
        pytest.param(
            after(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", ENDLESS), id="a length beyond the cap"
        ),
        pytest.param(after(CHUNKED + b"-1\r\n", ENDLESS), id="a chunk of a negative size"),
        pytest.param(after(CHUNKED + b"ffffffffff\r\n", ENDLESS), id="a chunk of a terabyte"),
        pytest.param(after(CHUNKED, drip(b"1000\r\n" + b"x" * 4096 + b"\r\n", 0)), id="chunks without end"),
        pytest.param(after(CHUNKED + b"0\r\n", drip(b"a: " + b"b" * 1000 + b"\r\n", 0)), id="trailers without end"),
        pytest.param(after(GZIPPED + gzip.compress(bytes(50_000_000)), lambda _: lambda _: None), id="a gzip bomb"),
        pytest.param(after(GZIPPED + gzip.compress(b"x" * 900) * 200, ENDLESS), id="many gzips in a row"),
        pytest.param(
            after(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n" + BOMB_IN_GZIP, lambda _: lambda _: None),
            id="a gzip bomb in gzip",
        ),
    ],
)
def test_what_is_too_large_is_left_unread(site: Site, policy: FetchPolicy, answer: SiteAnswer) -> None:
    error = failure(site.raw("/large", answer(site)), policy)
    assert (error.reason, error.retriable) == (Reason.TOO_LARGE, False)


def test_a_body_of_exactly_the_cap_is_taken(site: Site, policy: FetchPolicy) -> None:
    assert len(get(site.reply("/full", b"x" * policy.max_bytes), policy).body) == policy.max_bytes
    assert failure(site.reply("/over", b"x" * (policy.max_bytes + 1)), policy).reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", Reason.CONNECTION),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Reason.CONNECTION),
        (b"HTTP/1.1 abc\r\n\r\n", Reason.CONNECTION),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx", Reason.CONNECTION),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200 + b"\r\n", Reason.CONNECTION),
        (b"HTTP/1.1 200 OK\r\na: " + b"b" * 70_000 + b"\r\n\r\n", Reason.CONNECTION),
        (CHUNKED + b"nonsense\r\n", Reason.CONNECTION),
        (CHUNKED + b"-5\r\nx", Reason.CONNECTION),
        (CHUNKED + b"5\r\nab", Reason.CONNECTION),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip", Reason.MALFORMED),
    ],
)
def test_a_malformed_answer_is_an_error_of_its_own(site: Site, policy: FetchPolicy, raw: bytes, reason: Reason) -> None:
    assert failure(site.raw("/malformed", lambda h: h.wfile.write(raw)), policy).reason is reason


def test_nobody_at_home_can_be_tried_again(policy: FetchPolicy) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        error = failure(f"http://127.0.0.1:{unused.getsockname()[1]}/", policy)
    assert (error.reason, error.retriable) == (Reason.CONNECTION, True)


def test_a_type_that_is_not_wanted_is_refused_before_its_body(site: Site, policy: FetchPolicy) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: Video/MP4\r\n\r\n"
    url = site.raw("/film", after(head, drip(b"", 60))(site))
    with pytest.raises(FetchError) as caught:
        get(url, policy, types=("text/html",))
    assert caught.value.reason is Reason.UNSUPPORTED_TYPE
    assert get(site.reply("/untold", b"x"), policy, types=("text/html",)).body == b"x"


def test_a_certificate_is_checked_against_the_name_and_the_server_is_told_it(
    secure_site: Site, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved: list[str] = []
    ask = socket.getaddrinfo

    def spy(host: str, *args: object, **kwargs: object) -> object:
        resolved.append(host)
        return ask(host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", spy)
    trusting = replace(policy, allowed_hosts=frozenset({"localhost"}), ca_file=DATA / "authority.pem")
    secure_site.reply("/", b"secret")
    assert get(secure_site.url("/", "localhost"), trusting).body == b"secret"
    assert secure_site.told_names == ["localhost"]
    assert secure_site.asked[0][1]["Host"] == f"localhost:{secure_site.port}"
    # The name was resolved once; what is connected to is the address that was checked.
    assert resolved.count("localhost") == 1
    assert set(resolved) <= {"localhost", "127.0.0.1", "::1"}


@pytest.mark.parametrize(
    ("host", "authority"),
    [("127.0.0.1", "authority.pem"), ("localhost", None)],
    ids=["another name", "unknown authority"],
)
def test_a_certificate_that_does_not_hold_is_refused(
    secure_site: Site, policy: FetchPolicy, host: str, authority: str | None
) -> None:
    secure_site.reply("/", b"secret")
    trusting = replace(policy, allowed_hosts=frozenset({host}), ca_file=DATA / authority if authority else None)
    error = failure(secure_site.url("/", host), trusting)
    assert (error.reason, error.retriable) == (Reason.TLS, False)
    assert secure_site.asked == []


def test_plain_http_behind_https_is_an_error_of_encryption(site: Site, policy: FetchPolicy) -> None:
    assert failure(f"https://127.0.0.1:{site.port}/", policy).reason is Reason.TLS


def test_a_handshake_that_never_ends_is_left(policy: FetchPolicy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        error = failure(f"https://127.0.0.1:{mute.getsockname()[1]}/", replace(policy, connect_timeout=0.3))
    assert error.reason is Reason.TIMEOUT


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(
        [
            b"",
            b"HTTP/1.1 200 OK\r\n",
            CHUNKED,
            b"HTTP/1.1 302 Found\r\nLocation: ",
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
        ]
    ),
    rest=st.one_of(
        st.binary(max_size=500), st.text(alphabet="0123456789abcdef-+:; \r\nHTP/.", max_size=200).map(str.encode)
    ),
)
def test_whatever_a_server_sends_is_a_response_or_a_fetch_error(
    site: Site, policy: FetchPolicy, head: bytes, rest: bytes
) -> None:
    url = site.raw("/anything", lambda h: h.wfile.write(head + rest))
    try:
        assert len(get(url, policy).body) <= policy.max_bytes
    except FetchError as error:
        assert error.message
        assert "\n" not in error.message


@pytest.mark.parametrize(
    ("header", "kind", "named"),
    [
        ("", "", ""),
        ("Text/HTML", "text/html", ""),
        ('text/html; a=b; Charset="UTF-8"', "text/html", "utf-8"),
        ("text/html;charset=windows-1251;x", "text/html", "windows-1251"),
        (";;;", "", ""),
    ],
)
def test_the_parts_of_a_content_type(header: str, kind: str, named: str) -> None:
    assert (media_type(header), charset(header)) == (kind, named)


def test_an_error_survives_the_way_between_processes() -> None:
    error = FetchError(Reason.HTTP_STATUS, "no\nentry \x1b[31m", retriable=True, status=503, retry_after=9)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    assert str(copy) == copy.message == "no entry ?[31m"
    assert (copy.reason, copy.retriable, copy.status, copy.retry_after) == (Reason.HTTP_STATUS, True, 503, 9)
