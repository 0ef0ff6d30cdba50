"""What every request must pass, and what every answer says to the browser.

The texts that the app shows are hostile by assumption, and so is every page that the
user's browser has open beside it.  In order: the Host is one of ours (DNS rebinding); a
request that writes comes from our own origin, as the browser tells by Origin or
Sec-Fetch-Site; its body is no larger than it may be; where there is a secret, it is known.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parley.web.answers import answer_failure
from parley.web.failures import Failure
from parley.web.settings import Settings

ENTRY = "/enter"
COOKIE = "parley_session"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_DAYS = 30
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Sessions:
    """Who has shown the secret: signed cookies, valid while this process runs."""

    def __init__(self, secret: str | None) -> None:
        self._secret = secret
        self._key = secrets.token_bytes(32)

    @property
    def open(self) -> bool:
        """Whether no secret is asked for."""
        return self._secret is None

    def knows(self, given: str) -> bool:
        """Tell whether what was given is the secret."""
        return self._secret is not None and hmac.compare_digest(
            given.encode("utf-8", "surrogatepass"), self._secret.encode()
        )

    def issue(self) -> str:
        """Return a cookie's value for who has shown the secret."""
        until = str(int(time.time()) + _DAYS * 86_400)
        return f"{until}.{self._sign(until)}"

    def holds(self, value: str) -> bool:
        """Tell whether a cookie's value is one that we issued and that is valid yet."""
        until, _, signature = value.partition(".")
        right = hmac.compare_digest(signature.encode(), self._sign(until).encode())
        return right and until.isdecimal() and int(until) > time.time()

    def admits(self, headers: Headers) -> bool:
        """Tell whether a request may see the record."""
        if self.open:
            return True
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.knows(given.strip()):
            return True
        return self.holds(cookie_of(headers, COOKIE))

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class Guard:
    """The app behind the checks."""

    def __init__(self, app: ASGIApp, *, settings: Settings, sessions: Sessions) -> None:
        self._app = app
        self._settings = settings
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with what is wrong."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        try:
            self._check(scope)
            await self._app(scope, self._bounded(scope, receive), send_guarded)
        except Failure as failure:
            await answer_failure(scope, failure)(scope, receive, send_guarded)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        check_host(headers, self._settings)
        if scope["method"] not in _SAFE:
            check_origin(scope, headers)
            length = headers.get("content-length", "0")
            if not length.isdecimal() or int(length) > self._largest(scope):
                raise _too_large(self._largest(scope))
        if scope["path"] == ENTRY or scope["path"].startswith("/static/"):
            return
        if not self._sessions.admits(headers):
            target = scope["path"]
            if scope.get("query_string"):
                target += "?" + scope["query_string"].decode("ascii", "replace")
            raise Failure(
                401,
                "not_signed_in",
                "this record asks for a password; send it as a Bearer token, or enter it at "
                f"{ENTRY}",
                location=f"{ENTRY}?to={quote(target, safe='/')}",
            )

    def _largest(self, scope: Scope) -> int:
        settings = self._settings
        uploads = scope["path"] in ("/add/files", "/api/reports")
        return settings.largest_upload if uploads else settings.largest_form

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        """Return `receive` that fails once the body is larger than it may be."""
        left = self._largest(scope)

        async def bounded() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise _too_large(self._largest(scope))
            return message

        return bounded


def check_host(headers: Headers, settings: Settings) -> None:
    """Raise `Failure` where a request was not meant for us."""
    hosts = headers.getlist("host")
    name = _host_name(hosts[0]) if len(hosts) == 1 else None
    if name is None or not settings.admits(name):
        raise Failure(
            400,
            "wrong_host",
            "this server is not known by that name; start it with --allow-host NAME to have it be",
        )


def check_origin(scope: Scope, headers: Headers) -> None:
    """Raise `Failure` for a request that writes and may come from another site's page.

    Every browser of today sends Origin or Sec-Fetch-Site with it.  A program sends
    neither: it must send what no foreign page's form can, JSON or a Bearer token.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None:
        parts = urlsplit(origin) if "://" in origin else None
        own = parts is not None and parts.netloc.lower() == headers.get("host", "").lower()
        if own and site in (None, "same-origin"):
            return
    elif site is not None:
        if site == "same-origin":
            return
    elif headers.get("content-type", "").partition(";")[
        0
    ].strip().lower() == "application/json" or headers.get("authorization", "").lower().startswith(
        "bearer "
    ):
        return
    raise Failure(
        403,
        "foreign_origin",
        "this request came from another site, or does not say from where; use this app's own "
        "pages, or send JSON",
    )


def cookie_of(headers: Headers, name: str) -> str:
    """Return the value of a cookie, "" where it was not sent."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def _host_name(host: str) -> str | None:
    """Return the name in a Host header without its port."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    clean = not (parts.path or parts.query or parts.fragment or "@" in host)
    return parts.hostname if clean else None


def _too_large(most: int) -> Failure:
    return Failure(
        413, "too_large", f"a request may have {most:,} bytes here; send it in smaller parts"
    )
