import ipaddress

import pytest

from reports.fetch.address import is_public, resolve, take_apart
from reports.fetch.errors import FetchError, Reason
from reports.fetch.policy import FetchPolicy

NOWHERE_PRIVATE = FetchPolicy()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.8.9.10",
        "127.0.0.1.",
        "localhost",
        "LocalHost.",
        "2130706433",  # one decimal number
        "017700000001",  # one octal number
        "0x7f000001",  # one hexadecimal number
        "0x7f.1",
        "127.1",
        "0177.0.0.1",
        "0",
        "0.0.0.0",  # noqa: S104  # visited, not bound to
        "\uff11\uff12\uff17.0.0.1",  # full-width digits
        "127\u30020\u30020\u30021",  # ideographic full stops
        "\u2460\u2461\u2466.0.0.1",  # digits in circles
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",  # carrier-grade NAT
        "169.254.1.1",
        "169.254.169.254",  # metadata services
        "2852039166",  # the same in decimal
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:8.8.8.8]",  # mapped forms are never needed on the wire
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",  # NAT64
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",  # 6to4
        "[2001:0:7f00:1::]",  # Teredo
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "[2001:db8::1]",
    ],
)
def test_a_private_address_is_refused_in_every_spelling(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        resolve(f"http://{host}:8000/x", NOWHERE_PRIVATE)
    assert caught.value.reason is Reason.FORBIDDEN_ADDRESS
    assert not caught.value.retriable


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("151.101.1.1", True),
        ("2606:4700::1111", True),
        ("2a00:1450:4001::1", True),
        ("64:ff9b::808:808", True),  # 8.8.8.8 through NAT64: all there is on some networks
        ("64:ff9b::e000:1", False),
        ("2002:808:808::", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("192.88.99.1", False),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.com/", Reason.BAD_SCHEME),
        ("file:///etc/passwd", Reason.BAD_SCHEME),
        ("gopher://127.0.0.1:6379/_FLUSHALL", Reason.BAD_SCHEME),
        ("javascript:alert(1)", Reason.BAD_SCHEME),
        ("data:text/html,x", Reason.BAD_SCHEME),
        ("example.com/page", Reason.BAD_SCHEME),
        ("//example.com/page", Reason.BAD_SCHEME),
        ("", Reason.BAD_ADDRESS),
        ("http://", Reason.BAD_ADDRESS),
        ("http:///path", Reason.BAD_ADDRESS),
        ("http://.", Reason.BAD_ADDRESS),
        ("http://a..b/", Reason.BAD_ADDRESS),
        ("http://user@example.com/", Reason.BAD_ADDRESS),
        ("http://user:secret@example.com/", Reason.BAD_ADDRESS),
        ("http://example.com@127.0.0.1/", Reason.BAD_ADDRESS),
        ("http://127.0.0.1\\@example.com/", Reason.BAD_ADDRESS),
        ("http://127.0.0.1#@example.com\\/", Reason.BAD_ADDRESS),
        ("http://exa mple.com/", Reason.BAD_ADDRESS),
        ("http://example.com\r\nHost: x/", Reason.BAD_ADDRESS),
        ("http://example.com/\x00", Reason.BAD_ADDRESS),
        ("http://example.com:0/", Reason.BAD_ADDRESS),
        ("http://example.com:99999/", Reason.BAD_ADDRESS),
        ("http://example.com:80x/", Reason.BAD_ADDRESS),
        ("http://[::1/", Reason.BAD_ADDRESS),
        ("http://[::1%25lo]/", Reason.BAD_ADDRESS),
        ("http://[nonsense:]/", Reason.BAD_ADDRESS),
        ("http://%6c%6f%63%61lhost/", Reason.BAD_ADDRESS),
        ("http://" + "a" * 64 + ".com/", Reason.BAD_ADDRESS),
        ("http://example.com/" + "a" * 9000, Reason.BAD_ADDRESS),
    ],
)
def test_what_is_no_address_is_refused_in_one_line(url: str, reason: Reason) -> None:
    with pytest.raises(FetchError) as caught:
        take_apart(url)
    assert caught.value.reason is reason
    assert "\n" not in caught.value.message
    assert "secret" not in caught.value.message
    assert len(caught.value.message) <= 300


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("HTTP://Example.COM", ("http", "example.com", 80, "/")),
        ("https://example.com:8443/a?b=c#d", ("https", "example.com", 8443, "/a?b=c")),
        (" https://example.com./a ", ("https", "example.com", 443, "/a")),
        ("http://b\u00fccher.example/\u00fc b", ("http", "xn--bcher-kva.example", 80, "/%C3%BC%20b")),
        ("http://example.com/a%20b?q=%C3%BC&r=\u00fc", ("http", "example.com", 80, "/a%20b?q=%C3%BC&r=%C3%BC")),
        ("http://[2606:4700::1111]/", ("http", "2606:4700::1111", 80, "/")),
        ("http://under_score.example/", ("http", "under_score.example", 80, "/")),
    ],
)
def test_an_address_is_taken_apart(url: str, parts: tuple[str, str, int, str]) -> None:
    assert take_apart(url) == parts


@pytest.mark.parametrize("named", ["127.0.0.1", " 127.0.0.1. "])
def test_a_private_address_that_the_policy_names_is_allowed(named: str) -> None:
    target = resolve("http://127.0.0.1:8000/x?y", FetchPolicy(allowed_hosts=frozenset({named})))
    assert target.addresses == ("127.0.0.1",)
    assert (target.authority, target.url) == ("127.0.0.1:8000", "http://127.0.0.1:8000/x?y")


@pytest.mark.parametrize("host", ["localhost", "2130706433", "127.0.0.2", "127.1"])
def test_naming_one_host_allows_no_other_spelling_or_neighbour(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        resolve(f"http://{host}/", FetchPolicy(allowed_hosts=frozenset({"127.0.0.1", ""})))
    assert caught.value.reason is Reason.FORBIDDEN_ADDRESS


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("http://127.0.0.1/", "127.0.0.1"),
        ("https://127.0.0.1:443/", "127.0.0.1"),
        ("https://127.0.0.1:80/", "127.0.0.1:80"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_the_host_header_keeps_the_name_and_an_unusual_port(url: str, authority: str) -> None:
    policy = FetchPolicy(allowed_hosts=frozenset({"127.0.0.1", "::1"}))
    assert resolve(url, policy).authority == authority


def test_a_name_that_does_not_exist_is_a_matter_of_dns() -> None:
    with pytest.raises(FetchError) as caught:
        resolve("http://nowhere.invalid/", NOWHERE_PRIVATE, timeout=5)
    assert caught.value.reason in (Reason.DNS, Reason.TIMEOUT)
