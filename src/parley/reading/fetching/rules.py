"""What the user allows of fetching, and for how long and how much."""

from __future__ import annotations

from msgspec import Struct

from parley.reading.fetching.memory import FetchMemory


class Fetching(Struct, frozen=True, kw_only=True):
    """The rules of fetching.

    `allow_private`: addresses of this machine and of private networks may be asked for.
    `timeout`: seconds that one URL may take in all, redirects and robots.txt included.
    `largest`: bytes that its body may have, as it is sent and as it is unpacked.
    `linked`: the pages that a feed's entries link to are read in the entries' place.
    `pause`: seconds between two requests to one host, unless its robots.txt asks for more.
    `memory`: what earlier runs remember; None for a run that asks anew for everything.
    """

    allow_private: bool = False
    timeout: float = 60.0
    largest: int = 50_000_000
    linked: bool = False
    pause: float = 1.0
    memory: FetchMemory | None = None
