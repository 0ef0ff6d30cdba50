"""One request and its answer, over a connection of its own to an address that was checked.

HTTP/1.1 by h11, which takes bytes and gives events; sockets and time are ours.  Nothing
of one exchange is known to the next: no cookies, no credentials, no open connections.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import h11

from parley.reading.fetching.address import Address
from parley.reading.fetching.deadline import Deadline
from parley.reading.fetching.hosts import Checked, Resolve, Unreachable, resolve
from parley.reading.unreadable import Unreadable

_CONNECT = 10.0  # seconds that a connection may take to stand
_SILENCE = 20.0  # seconds that a server may say nothing
_PIECE = 65_536
_LONGEST_HEAD = 65_536
_MOST_INTERIM = 10
_LATER = "try again later, or save the page and give the file"

Dial = Callable[[str, int, float], socket.socket]


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an IP address, made within so many seconds; raise `OSError`."""
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True, kw_only=True)
class Wire:
    """How the network is reached: the system's own ways, unless a caller has others."""

    look_up: Resolve = resolve
    dial: Dial = dial
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)


class Answer:
    """The head of an answer, and its body as it comes."""

    def __init__(self, response: h11.Response, line: _Line) -> None:
        self.status = response.status_code
        self._headers = list(response.headers)
        self._line = line

    def header(self, name: str) -> str | None:
        """Return what a header says, all its lines joined by commas; None without it."""
        wanted = name.lower().encode()
        found = [value.decode("latin-1") for key, value in self._headers if key == wanted]
        return ", ".join(found) if found else None

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it was sent, freed from its framing.

        Raises `Unreadable` for one that breaks off, that stands still, or that goes on
        beyond the length that its head gave.
        """
        while not isinstance(event := self._line.next_event(), h11.EndOfMessage):
            if isinstance(event, h11.Data):
                yield bytes(event.data)
            elif not isinstance(event, h11.InformationalResponse):
                raise Unreadable("broke off before its end", way_out=_LATER)
        if self._line.trailing.strip():
            raise Unreadable("is longer than its server says that it is", way_out=_LATER)


@contextmanager
def ask(
    address: Address,
    checked: Checked,
    *,
    headers: Mapping[str, str],
    wire: Wire,
    deadline: Deadline,
) -> Iterator[Answer]:
    """Send a GET to one of the addresses that were checked, and give its answer.

    Raises `Unreachable` where no connection stands, `Unreadable` for an answer that is
    none or does not come in time.
    """
    connection = _connect(address, checked, wire=wire, deadline=deadline)
    with connection:
        line = _Line(connection, deadline)
        yield Answer(line.request(address, headers), line)


def _connect(
    address: Address, checked: Checked, *, wire: Wire, deadline: Deadline
) -> socket.socket:
    """Return a connection to the first address that takes one, encrypted for https."""
    problem = "none of its addresses answers"
    for one in checked.addresses:
        try:
            plain = wire.dial(one, address.port, min(_CONNECT, deadline.left()))
        except TimeoutError:
            problem = f"{one} does not answer"
            continue
        except OSError as error:
            problem = (error.strerror or str(error)).lower()
            continue
        return _encrypt(plain, address, wire, deadline) if address.scheme == "https" else plain
    raise Unreachable(
        f"cannot be reached ({problem})", way_out="check the address and the network, or try later"
    )


def _encrypt(
    plain: socket.socket, address: Address, wire: Wire, deadline: Deadline
) -> socket.socket:
    try:
        plain.settimeout(min(_CONNECT, deadline.left()))
        # By name, whatever address it went to: the certificate has to be the name's own.
        return wire.trust.wrap_socket(plain, server_hostname=address.host)
    except ssl.SSLCertVerificationError as error:
        plain.close()
        raise Unreachable(
            f"shows a certificate that does not hold ({error.verify_message.rstrip('.')})",
            way_out="check the address and this machine's clock; no page is taken without one",
        ) from error
    except (ssl.SSLError, OSError) as error:
        plain.close()
        reason = getattr(error, "reason", None) or error.strerror or str(error)
        raise Unreachable(
            f"makes no encrypted connection ({str(reason).lower().replace('_', ' ')})",
            way_out=_LATER,
        ) from error
    except BaseException:
        plain.close()
        raise


class _Line:
    """A connection that speaks HTTP, each wait on it bounded."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._socket = connection
        self._deadline = deadline
        self._ended = False
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)

    @property
    def trailing(self) -> bytes:
        """What came after the end of the message."""
        return self._state.trailing_data[0]

    def request(self, address: Address, headers: Mapping[str, str]) -> h11.Response:
        """Send a GET; return the head of the answer."""
        request = h11.Request(
            method="GET",
            target=address.target,
            headers=[("Host", address.authority), *headers.items(), ("Connection", "close")],
        )
        self._send(self._state.send(request) + self._state.send(h11.EndOfMessage()))
        for _ in range(_MOST_INTERIM):
            event = self.next_event()
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                break
        raise Unreadable("gives no answer that is HTTP", way_out=_LATER)

    def next_event(self) -> object:
        """Return the next thing that the server says."""
        while True:
            self._deadline.left()
            try:
                event = self._state.next_event()
                if event is not h11.NEED_DATA:
                    return event
                self._state.receive_data(self._receive())
            except h11.RemoteProtocolError as error:
                raise self._broken(error) from error

    def _broken(self, error: h11.RemoteProtocolError) -> Unreadable:
        if error.error_status_hint == 431:
            return Unreadable("has headers without an end", way_out=_LATER)
        if self._ended:
            return Unreadable("broke off before its end", way_out=_LATER)
        return Unreadable(f"gives no answer that is HTTP ({str(error)[:100]})", way_out=_LATER)

    def _send(self, data: bytes) -> None:
        try:
            self._socket.settimeout(min(_SILENCE, self._deadline.left()))
            self._socket.sendall(data)
        except TimeoutError:
            raise self._silent() from None
        except OSError:
            pass  # a server that answers before it is asked: it is heard

    def _receive(self) -> bytes:
        self._socket.settimeout(min(_SILENCE, self._deadline.left()))
        try:
            data = self._socket.recv(_PIECE)
        except TimeoutError:
            raise self._silent() from None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise Unreadable(f"broke off before its end ({reason})", way_out=_LATER) from error
        self._ended = not data
        return data

    def _silent(self) -> Unreadable:
        """Return which of the two limits has passed."""
        self._deadline.left()
        return Unreadable(f"said nothing for {_SILENCE:g} s", way_out=_LATER)
