"""Addresses of networks that are not asked, from the table `data/networks.tsv`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Literal, cast, get_args

from msgspec import Struct

from parley.errors import DataError

Kind = Literal["local", "never", "within"]
_NAME = "networks.tsv"
_UNICAST = IPv6Network("2000::/3")
# What stands before an IPv4 address in the last half of an ISATAP address (RFC 5214).
_ISATAP = {0x00005EFE, 0x02005EFE}


class Network(Struct, frozen=True):
    """A row of the table."""

    network: IPv4Network | IPv6Network
    kind: Kind
    what: str


class Refusal(Struct, frozen=True):
    """Why an address is not asked: what it is, and whether a user may allow it."""

    what: str
    may_be_allowed: bool


def find_refusal(address: str) -> Refusal | None:
    """Return why an IPv4 or IPv6 address is not asked, None for one of the public network.

    An IPv4 address written inside an IPv6 address (mapped, translated, tunnelled) is
    looked at as itself.
    """
    return _refusal(ip_address(address.partition("%")[0]))


def load_networks(text: str) -> tuple[Network, ...]:
    """Return the rows of the table; `DataError` naming the line that is malformed."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            network, kind, what = line.split("\t")
            if kind not in get_args(Kind):
                raise ValueError(f"{kind!r} is no kind")
            rows.append(Network(ip_network(network), cast(Kind, kind), what))
        except ValueError as error:
            raise DataError(f"{_NAME}:{number}: {error}; mend the line") from error
    return tuple(rows)


def _refusal(address: IPv4Address | IPv6Address) -> Refusal | None:
    for row in _networks():
        if address.version == row.network.version and address in row.network:
            if row.kind != "within":
                return Refusal(row.what, row.kind == "local")
            return _refusal(_inner(int(address), row.network))
    if isinstance(address, IPv4Address):
        return None
    if address not in _UNICAST:
        return Refusal("a reserved address", may_be_allowed=False)
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
        return _refusal(IPv4Address(int(address) & 0xFFFFFFFF))
    return None


def _inner(address: int, network: IPv4Network | IPv6Network) -> IPv4Address:
    """Return the IPv4 address that follows a network's prefix."""
    below = 128 - network.prefixlen
    return IPv4Address(address >> below - 32 & 0xFFFFFFFF)


@cache
def _networks() -> tuple[Network, ...]:
    text = files("parley.reading.fetching").joinpath("data", _NAME).read_text("utf-8")
    return load_networks(text)
