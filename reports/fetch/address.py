"""Which addresses may be visited: a URL is taken apart once, its host resolved once, every address checked.

What is returned is connected to as it is (see `client`), so nothing can change between the check and the visit.
The check is made on resolved addresses, never on spellings: `2130706433`, `0x7f.1` and `127.1` all end as 127.0.0.1.
"""

import ipaddress
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from reports.fetch.errors import FetchError, Reason
from reports.fetch.policy import FetchPolicy

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL = 8192

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# RFC 6052: how networks that speak only IPv6 reach the IPv4 internet; the IPv4 address is in the last 32 bits.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# IANA hands out unicast addresses of the IPv6 internet from here alone.
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
# Refused although `ipaddress` calls them global, or does so in some Python versions.
_REFUSED: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = (
    ipaddress.IPv4Network("168.63.129.16/32"),  # Azure's host, which serves a machine its own settings
    ipaddress.IPv4Network("192.0.0.0/24"),  # protocol assignments, a metadata service among them
    ipaddress.IPv4Network("192.88.99.0/24"),  # relays of 6to4, withdrawn by RFC 7526
    ipaddress.IPv6Network("2001::/23"),  # protocol assignments, Teredo among them
    ipaddress.IPv6Network("2002::/16"),  # 6to4: an IPv4 address in disguise
    ipaddress.IPv6Network("2001:db8::/32"),  # documentation
    ipaddress.IPv6Network("3fff::/20"),  # documentation
)


@dataclass(frozen=True, slots=True)
class Target:
    """A checked place to connect to: `addresses` are literal, in the order the resolver gave them."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def resolve(url: str, policy: FetchPolicy, timeout: float | None = None) -> Target:
    """The checked target of `url`; waits at most `timeout` seconds for DNS.

    Raises FetchError: bad_address, bad_scheme, dns, timeout, forbidden_address.
    """
    scheme, host, port, path = take_apart(url)
    addresses = _look_up(host, port, policy.connect_timeout if timeout is None else timeout)
    if not policy.names(host):
        # One forbidden address refuses the host: an honest public name has none.
        for address in addresses:
            if not is_public(address):
                raise FetchError(
                    Reason.FORBIDDEN_ADDRESS, f"{host} leads to {address}, which is not on the public internet"
                )
    return Target(scheme, host, port, path, tuple(str(address) for address in addresses))


def take_apart(url: str) -> tuple[str, str, int, str]:
    """Scheme, host (ASCII, lower case), port and path with query of an http(s) URL; FetchError where it is none."""
    url = url.strip()
    if len(url) > MAX_URL:
        raise FetchError(Reason.BAD_ADDRESS, f"the address is {len(url)} characters long: {url[:60]}...")
    # Programs differ in how they read these, and such differences are what attacks are made of.
    if not url or any(ord(c) < 32 or ord(c) == 127 or c == "\\" for c in url):
        raise FetchError(Reason.BAD_ADDRESS, f"not an address: {url!r}")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError as error:
        raise FetchError(Reason.BAD_ADDRESS, f"not an address: {url!r} ({error})") from None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise FetchError(
            Reason.BAD_SCHEME, f"only http and https are visited, not {scheme or 'an address without a scheme'}: {url}"
        )
    if "@" in parts.netloc:
        raise FetchError(Reason.BAD_ADDRESS, f"an address with a user name is not visited: {scheme}://...@{host}")
    if not host or port == 0:
        raise FetchError(Reason.BAD_ADDRESS, f"not an address: {url!r}")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return scheme, host, port or DEFAULT_PORTS[scheme], f"{path}?{query}" if query else path


def is_public(address: Address) -> bool:
    """Whether `address` is a unicast address of the public internet, also when it wraps an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _GLOBAL_IPV6:  # loopback, link-local, IPv4-mapped and -compatible forms, multicast, ...
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address.version == network.version and address in network for network in _REFUSED)
    )


def _ascii_host(host: str) -> str:
    """The name as DNS takes it; the literal alone for an IPv6 address. ValueError where it is neither."""
    if ":" in host:
        if "%" in host:
            raise ValueError("an address with a zone")
        return str(ipaddress.IPv6Address(host))
    # IDNA also folds full-width digits and dots, so that what is compared is what is resolved.
    host = host.encode("idna").decode("ascii").lower().rstrip(".")
    if not all(c.isalnum() or c in "-._" for c in host):
        raise ValueError("a character that no host name has")
    return host


def _look_up(host: str, port: int, timeout: float) -> tuple[Address, ...]:
    """All addresses of `host`, each once. The resolver knows no deadline, so it is asked in a thread of its own."""
    answer: list[tuple[Address, ...] | Exception] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.append(tuple(dict.fromkeys(ipaddress.ip_address(str(entry[4][0])) for entry in found)))
        except (OSError, ValueError) as error:  # UnicodeError, for a label too long, is a ValueError
            answer.append(error)

    thread = threading.Thread(target=ask, daemon=True, name="armstrack-dns")
    thread.start()
    thread.join(timeout)
    if not answer:
        raise FetchError(Reason.TIMEOUT, f"{host} was not resolved within {timeout:g} s")
    match answer[0]:
        case Exception() as error:
            lasting = isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME
            raise FetchError(Reason.DNS, f"{host} cannot be resolved: {error}", retriable=not lasting)
        case addresses:
            return addresses
