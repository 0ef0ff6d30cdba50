"""The app on a port of this machine, as `parley serve` has it, for a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from msgspec.structs import replace

from parley.web.app import create_app
from parley.web.serving import configure, listen
from parley.web.settings import Settings


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve a record on any free port; yield the address, without a slash at its end."""
    listening = listen(replace(settings, port=0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(configure(create_app(settings)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield address
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextmanager
def client_of(settings: Settings) -> Iterator[httpx.Client]:
    """Yield a client that says of its requests what a browser says of those of our pages."""
    with (
        served(settings) as address,
        httpx.Client(base_url=address, headers={"origin": address}, timeout=30) as client,
    ):
        yield client
