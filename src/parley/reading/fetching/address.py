"""A URL taken apart, and what makes it one that is not fetched."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna
from msgspec import Struct

from parley.reading.unreadable import Unreadable

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
# What a URL may not hold raw (RFC 3986), and what programs read in different ways.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9-]{1,63}")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_LONGEST = 8_000
_KEPT = "%/:@!$&'()*+,;=~-._"
_CHECK = "check the address"


class Address(Struct, frozen=True, kw_only=True):
    """A URL that may be asked for.

    `host` is in lower case ASCII, an IPv6 address without brackets; `target` the path and
    query as they are sent, percent-encoded and without dot segments.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def site(self) -> str:
        """Scheme, host, and the port where it is not the usual one: "https://example.org"."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and, where it is not the usual one, port: what the header Host has."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole, always written in the same way."""
        return self.site + self.target


def parse_address(url: str) -> Address:
    """Return the parts of an absolute URL, its fragment left out.

    Raises `Unreadable` for another scheme than http and https, for a user name or a
    password in it, and for a host that is none or that programs read in different ways
    (an IPv4 address as one number, in octal or in hexadecimal).
    """
    url = url.strip()
    scheme = _SCHEME.match(url)
    if scheme is None:
        raise Unreadable("is no web address", way_out=_CHECK)
    if scheme[0].lower() not in _PORTS:
        raise Unreadable(
            f"{scheme[0].lower()}: addresses are not fetched, only http: and https:",
            way_out="save what is there and give the file",
        )
    if len(url) > _LONGEST or _FORBIDDEN.search(url):
        raise Unreadable("is no web address", way_out=_CHECK)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unreadable(f"is no web address ({error})", way_out=_CHECK) from error
    if "@" in parts.netloc:
        raise Unreadable(
            "has a user name or password in it, and none is ever sent",
            way_out="take out all up to the @, or save the page and give the file",
        )
    if port == 0:
        raise Unreadable("has 0 for a port", way_out=_CHECK)
    name = parts.scheme.lower()
    return Address(
        scheme=name,
        host=_host(parts.netloc, parts.hostname or ""),
        port=port or _PORTS[name],
        target=_target(parts.path, parts.query if "?" in url.partition("#")[0] else None),
    )


def join(address: Address, reference: str) -> Address:
    """Return where a reference leads to that stands at an address; `Unreadable` as above."""
    try:
        return parse_address(urljoin(address.url, reference.strip().replace(" ", "%20")))
    except ValueError as error:
        raise Unreadable(f"is no web address ({error})", way_out=_CHECK) from error


def without_secrets(url: str) -> str:
    """Return a URL as it may be shown: without a user name or password."""
    return re.sub(r"(?<=//)[^/?#]*@", "***@", url, count=1)


def is_numeric(host: str) -> bool:
    """Tell whether a host is an IPv4 or IPv6 address, not a name."""
    return ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def _host(netloc: str, host: str) -> str:
    if netloc.startswith("["):
        try:
            if "%" in host:
                raise AddressValueError("it names a network interface")
            return str(IPv6Address(host))
        except AddressValueError as error:
            raise Unreadable(f"has no valid host ({error})", way_out=_CHECK) from error
    try:
        # With full-width digits, letters beyond ASCII and the like made plain first.
        host = idna.encode(host, uts46=True).decode() if not host.isascii() else host
    except idna.IDNAError as error:
        raise Unreadable(f"has no valid host ({error})", way_out=_CHECK) from error
    host = host.lower().removesuffix(".")
    if not _HOST.fullmatch(host):
        raise Unreadable("has no valid host", way_out=_CHECK)
    if is_numeric(host):
        try:
            return str(IPv4Address(host))
        except AddressValueError as error:
            raise Unreadable(
                "has a number for a host that programs read in different ways",
                way_out="write an address as four numbers, 192.0.2.1",
            ) from error
    return host


def _target(path: str, query: str | None) -> str:
    kept: list[str] = []
    segments = quote(path or "/", safe=_KEPT).split("/")
    for segment in segments:
        plain = segment.lower().replace("%2e", ".")
        if plain == "..":
            kept = kept[:-1] if len(kept) > 1 else kept
        elif plain != ".":
            kept.append(segment)
    if segments[-1].lower().replace("%2e", ".") in {".", ".."}:
        kept.append("")
    target = "/" + "/".join(kept).removeprefix("/")
    return target if query is None else f"{target}?{quote(query, safe=_KEPT + '?')}"
