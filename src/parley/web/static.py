"""Static parts: stylesheet, scripts and drawings, served by us under a versioned address.

All are read once; a request's path is looked up among their names and never becomes a
path of the file system.  The version follows from what is in them, so that a browser may
keep each for good.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from parley.web.failures import Failure

_FOLDER = Path(__file__).parent / "static"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_PACKED = frozenset({".css", ".js", ".json", ".svg"})


class Asset(Struct, frozen=True):
    """A static part, as it is sent: its kind, its bytes, and those packed (b"": not worth it)."""

    kind: str
    raw: bytes
    packed: bytes


class Assets(Struct, frozen=True):
    """All static parts by name, and the version that they are together."""

    version: str
    parts: dict[str, Asset]


@cache
def load_assets() -> Assets:
    """Read all static parts."""
    found: dict[str, Asset] = {}
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.rglob("*")):
        if path.suffix not in _KINDS or not path.is_file():
            continue
        name, raw = path.relative_to(_FOLDER).as_posix(), path.read_bytes()
        digest.update(f"{name}\0{len(raw)}\0".encode() + raw)
        packed = gzip.compress(raw, 6, mtime=0) if path.suffix in _PACKED else b""
        found[name] = Asset(_KINDS[path.suffix], raw, packed if len(packed) < len(raw) else b"")
    return Assets(digest.hexdigest()[:12], found)


def asset_url(name: str) -> str:
    """Return the address of a static part."""
    return f"/static/{load_assets().version}/{name}"


def has_asset(name: str) -> bool:
    """Tell whether there is such a part."""
    return name in load_assets().parts


def serve_asset(request: Request, version: str, name: str) -> Response:
    """Answer a request for a static part.  An old version's address leads to none."""
    assets = load_assets()
    asset = assets.parts.get(name) if version == assets.version else None
    if asset is None:
        raise Failure(404, "not_found", "no such part of the app; load the page again")
    headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
    if asset.packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.kind, headers=headers)
    return Response(asset.raw, media_type=asset.kind, headers=headers)
