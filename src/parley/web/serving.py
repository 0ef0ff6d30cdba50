"""`serve`: listening for requests until it is stopped."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from parley.errors import ParleyError
from parley.web.settings import Settings

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp


def serve(settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serve a record until the process is told to stop (SIGINT, SIGTERM).

    `ready` is told the address once connections are accepted.  Port 0 takes any that is
    free.  Raises `ParleyError` where the port is in use or the address is none of this
    machine, `RecordError` where the record cannot be opened.
    """
    import uvicorn  # noqa: PLC0415 - slow to load

    from parley.web.app import create_app  # noqa: PLC0415 - slow to load

    settings.check()
    listening = listen(settings)
    try:
        app = create_app(settings)
        ready(_address(settings, listening))
        uvicorn.Server(configure(app)).run(sockets=[listening])
    finally:
        listening.close()


def configure(app: ASGIApp) -> uvicorn.Config:
    """Return how the server takes requests."""
    import uvicorn  # noqa: PLC0415 - slow to load

    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=32_768,
        http="h11",
        ws="none",
    )


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens at the address; raise `ParleyError` where it cannot."""
    where = f"{settings.host}:{settings.port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise ParleyError(f"{where}: no address of this machine; leave out --host") from error
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ParleyError(f"{where}: {_because(error)}") from error
    return listening


def _because(error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return "another program listens there; name another port with --port, or --port 0"
        case errno.EACCES | errno.EPERM:
            return "this port may not be used; name one above 1024 with --port"
        case errno.EADDRNOTAVAIL:
            return "no address of this machine; leave out --host"
        case _:
            return f"{error.strerror or error}; name another with --host or --port"


def _address(settings: Settings, listening: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listening.getsockname()[1]}/"
