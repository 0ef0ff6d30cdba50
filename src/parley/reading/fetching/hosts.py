"""From a host's name to addresses: looked up once, and each of them checked.

A name is looked up once for each request, and the connection goes to an address that was
checked, never to the name again: an answer that changes in between changes nothing.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable

from msgspec import Struct

from parley.reading.fetching.address import Address, is_numeric
from parley.reading.fetching.deadline import Deadline
from parley.reading.fetching.networks import find_refusal
from parley.reading.unreadable import Unreadable

_LONGEST_LOOK = 15.0
_MOST = 8  # addresses of one name that are tried

_ASK = "--allow-private fetches it if you trust who gave you the address"

Resolve = Callable[[str, int], list[str]]


class Unreachable(Unreadable):
    """No connection to a host: it is unknown, may not be asked, or does not take it."""


class Checked(Struct, frozen=True):
    """The addresses of a host, and whether they are ones that a user had to allow."""

    addresses: tuple[str, ...]
    private: bool


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name as the system knows them; raise `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_host(
    address: Address, *, look_up: Resolve, allow_private: bool, deadline: Deadline
) -> Checked:
    """Return the addresses of a URL's host.

    If one of them may not be asked, none is: `Unreachable`.  So too where the name is
    unknown or the look-up takes too long.
    """
    found = [address.host] if is_numeric(address.host) else _look_up(address, look_up, deadline)
    private = False
    for one in found:
        if refusal := find_refusal(one):
            private = True
            if not (allow_private and refusal.may_be_allowed):
                raise Unreachable(
                    f"leads to {one}, {refusal.what}",
                    way_out=_ASK if refusal.may_be_allowed else "save the page and give the file",
                )
    return Checked(tuple(found[:_MOST]), private)


def _look_up(address: Address, look_up: Resolve, deadline: Deadline) -> list[str]:
    """Ask in a thread of its own: the system's look-up knows no time limit."""
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(look_up(address.host, address.port))
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=min(_LONGEST_LOOK, deadline.left()))
    except queue.Empty:
        raise Unreachable(
            "is at a host whose address nobody told in time",
            way_out="check the network and try again",
        ) from None
    if isinstance(answer, UnicodeError | OSError) or not answer:
        raise Unreachable(
            f"is at a host that is not known ({address.host})",
            way_out="check the spelling and the network",
        )
    if isinstance(answer, Exception):
        raise answer
    return answer
