"""How the app is served: which record, to whom, and what it may do."""

from __future__ import annotations

import secrets
from ipaddress import ip_address

from msgspec import Struct

from parley.errors import ParleyError

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


class Settings(Struct, frozen=True, kw_only=True):
    """What the app needs to know before the first request.

    `record` is a path or database URL.  `host` and `port` are where it listens; `names`
    further names that it is asked by.  `secret` is the password or token, None where
    whoever reaches it may see all.  With `read_only` nothing is ever written.
    `largest_form` and `largest_upload` are bytes of a request's body; `allow_private` lets
    URLs of private networks be fetched.
    """

    record: str
    host: str = "127.0.0.1"
    port: int = 8040
    names: tuple[str, ...] = ()
    secret: str | None = None
    read_only: bool = False
    largest_form: int = 1_000_000
    largest_upload: int = 50_000_000
    allow_private: bool = False

    def check(self) -> None:
        """Raise `ParleyError` where strangers could reach it without a secret."""
        if self.secret is not None and not self.secret:
            raise ParleyError("the password is empty; write one of a few words into its file")
        if not is_local(self.host) and self.secret is None:
            raise ParleyError(
                f"{self.host}: others can reach this address; give a password with "
                f"--password-file, or --token to have one made, or leave out --host"
            )

    def admits(self, name: str) -> bool:
        """Tell whether a request's Host (without the port) is one that we are asked by.

        A page of a stranger whose name suddenly leads to this machine (DNS rebinding) is
        not; a bare IP address cannot be rebound.
        """
        name = name.lower().removeprefix("[").removesuffix("]").rstrip(".")
        if name in (*LOCAL_NAMES, self.host.lower(), *(each.lower() for each in self.names)):
            return True
        return not is_local(self.host) and _is_address(name)


def is_local(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def make_token() -> str:
    """Return a token that cannot be guessed."""
    return secrets.token_urlsafe(24)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
