"""What is remembered of fetches from one run to the next.

Kept by whoever runs the reading, so that a page or a feed that has not changed is not
sent again (RFC 9110, conditional requests).
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct


class Remembered(Struct, frozen=True, kw_only=True):
    """How a fetch ended: the final `url`, and the validators that its server gave.

    `etag` and `modified` are as the headers ETag and Last-Modified have them, None where
    the server gave none.
    """

    url: str
    etag: str | None = None
    modified: str | None = None


class FetchMemory(Protocol):
    """Remembers fetches by the URL that was asked for."""

    def recall(self, url: str) -> Remembered | None:
        """Return how the last fetch ended that was kept, None where there was none."""

    def keep(self, url: str, remembered: Remembered) -> None:
        """Remember a fetch.

        Called when all of its reports have been handed out and the next is asked for.
        """
