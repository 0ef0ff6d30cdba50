"""Servers on this machine, good ones and bad ones, each with what it was asked."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("certificate.pem")  # self-signed, for news.example
PAGE = b"Envoys met in Castel on Monday.\n\nThey agreed to meet again in Port Elan in May.\n"

Send = Callable[[bytes], None]
Serve = Callable[["Request", Send], None]


@dataclass(frozen=True)
class Request:
    """What a server was asked: the path with its query, and the headers in lower case."""

    target: str
    headers: dict[str, str] = field(default_factory=dict)


def answer(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole answer; a header's name is written with `_` for `-`, "" leaves it out."""
    lines = {"Content-Type": "text/plain", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def redirect(to: str, status: str = "302 Found", **headers: str) -> bytes:
    """Return an answer that sends elsewhere."""
    return answer(b"", status, Location=to, **headers)


class Server:
    """A server of raw answers: `pages` has those by path, or what serves a path.

    What is not among them is answered with 404, robots.txt too.  `asked` has every
    request, in order.
    """

    def __init__(self, pages: dict[str, bytes | Serve], *, tls: bool = False) -> None:
        self.pages = pages
        self.asked: list[Request] = []
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
        if self._tls:
            self._tls.load_cert_chain(CERTIFICATE)
        self.stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return the URL of a path."""
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, robots.txt left out."""
        return [request.target for request in self.asked if request.target != "/robots.txt"]

    def close(self) -> None:
        """Stop, and wait until every thread has."""
        self.stopping.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join(5)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, plain: socket.socket) -> None:
        with plain, contextlib.suppress(OSError):
            plain.settimeout(5)
            connection = self._tls.wrap_socket(plain, server_side=True) if self._tls else plain
            with connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked:
            if not (data := connection.recv(65536)):
                return
            if data.startswith(b"\x16\x03"):  # the beginning of TLS, to a server that has none
                connection.sendall(answer(b"", "400 What"))
                return
            asked += data
        first, *lines = asked.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        request = Request(first.split(" ")[1], headers)
        self.asked.append(request)
        page = self.pages.get(request.target, answer(b"", "404 Not Found"))
        if callable(page):
            page(request, connection.sendall)
        else:
            connection.sendall(page)


def endless(head: bytes, piece: bytes, *, every: float = 0.0) -> Serve:
    """Return what serves a head and then a piece again and again, until nobody listens."""

    def serve(request: Request, send: Send) -> None:
        ends = time.monotonic() + 5
        send(head)
        while time.monotonic() < ends:
            send(piece)
            time.sleep(every)

    return serve
