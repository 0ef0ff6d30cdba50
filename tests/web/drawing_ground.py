"""What the tests of the drawings stand on: data as the app sends it, pages, a server, a browser.

The pages have the app's Content-Security-Policy, so that a drawing that breaks it fails
here.  A request to anywhere but the server is refused, and remembered.
"""

from __future__ import annotations

import json
import math
import random
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/parley/web/static"
AXE = ROOT / "build/web/node_modules/axe-core/axe.min.js"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
LANES = [
    {"id": "talks-1", "label": "Talks by the United Nations", "kind": "talks"},
    {"id": "talks-2", "label": "Talks by Norway", "kind": "talks"},
    {"id": "agreements", "label": "Agreements", "kind": "agreements"},
    {"id": "fighting", "label": "Fighting", "kind": "fighting"},
    {"id": "claims", "label": "Claims", "kind": "claims"},
]
HOSTILE = "</text><script>alert(1)</script> \u202egnitirw \u05e9\u05dc\u05d5\u05dd"


def timeline(asked: dict[str, list[str]], *, events: int) -> dict[str, Any]:
    """Return a timeline of 1990 to 2020: bins where there are many events, else each."""
    first, last = date(1990, 1, 1), date(2020, 12, 31)
    start = date.fromisoformat(asked.get("from", [first.isoformat()])[0])
    end = date.fromisoformat(asked.get("to", [last.isoformat()])[0])
    days = (end - start).days + 1
    shown = round(events * days / ((last - first).days + 1))
    answer: dict[str, Any] = {
        "start": start.isoformat(),
        "to": end.isoformat(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "total": events,
        "undated": 7,
        "lanes": LANES,
        "bins": [],
        "events": [],
    }
    chance = random.Random(f"{start} {end}")
    if shown <= 500:
        answer["unit"] = "day"
        answer["events"] = [_event(chance, start, days, at) for at in range(shown)]
        return answer
    step, answer["unit"] = (
        (365, "year") if days > 9000 else (30, "month") if days > 800 else (7, "week")
    )
    for lane in LANES:
        day = start
        while day <= end:
            many = round(shown * step / days / len(LANES) * chance.random() * 2)
            killed = many * chance.randrange(20) if lane["kind"] == "fighting" and many else None
            if many:
                answer["bins"].append(
                    {
                        "lane": lane["id"],
                        "start": day.isoformat(),
                        "end": (day + timedelta(step - 1)).isoformat(),
                        "events": many,
                        "low": killed,
                        "best": killed and round(killed * 1.3),
                        "high": killed and killed * 2,
                    }
                )
            day += timedelta(step)
    return answer


def _event(chance: random.Random, start: date, days: int, number: int) -> dict[str, Any]:
    """Return an event that begins somewhere in so many days."""
    lane = chance.choice(LANES)
    begins = start + timedelta(chance.randrange(days))
    precision = chance.choice(["day", "day", "day", "week", "month", "span"])
    lasts = {"day": 0, "week": 6, "month": 29, "span": 12}[precision]
    killed = chance.randrange(200) if lane["kind"] == "fighting" else None
    return {
        "id": f"e{number}",
        "lane": lane["id"],
        "start": begins.isoformat(),
        "end": (begins + timedelta(lasts)).isoformat(),
        "precision": precision,
        "status": chance.choice(
            ["happened", "happened", "scheduled", "alleged", "denied", "called_off"]
        ),
        "type": "CONSULT",
        "summary": HOSTILE
        if number == 1
        else f"Delegations of both sides meet for round {number} of talks",
        "reports": chance.randrange(1, 9),
        "low": killed,
        "best": killed,
        "high": killed and killed * 2,
    }


def places() -> dict[str, Any]:
    """Return places near and far, and of every precision."""
    named = [
        ("Goma", "COD", -1.67, 29.22, "city", 180),
        ("Sake", "COD", -1.57, 29.04, "city", 25),
        ("Rutshuru", "COD", -1.18, 29.45, "city", 60),
        ("Bunagana", "COD", -1.3, 29.6, "point", 9),
        ("North Kivu", "COD", -0.8, 29.0, "region", 240),
        ("Democratic Republic of the Congo", "COD", -4.0, 21.7, "country", 400),
        ("Kigali", "RWA", -1.95, 30.06, "city", 31),
        ("Luanda", "AGO", -8.84, 13.23, "city", 44),
        ("Nairobi", "KEN", -1.29, 36.82, "city", 70),
        ("Doha", "QAT", 25.29, 51.53, "city", 12),
        ("Western Sahara", "ESH", 24.2, -12.9, "country", 3),
        ("Kosovo", "XKX", 42.6, 20.9, "country", 8),
        ("Sevastopol", "UKR", 44.6, 33.5, "city", 2),
        (HOSTILE, None, 10.0, 20.0, "area", 1),
    ]
    keys = ("name", "country", "lat", "lon", "precision", "events")
    rows = [dict(zip(keys, row, strict=True)) for row in named]
    for row in rows:
        row["by_kind"] = {"talks": 1, "agreements": 0, "fighting": 0, "claims": 0, "other": 0}
    return {"places": rows, "nowhere": 120, "total": 1200}


def fighting() -> dict[str, Any]:
    """Return two years of weeks, of which some have no upper bound and some no count."""
    chance = random.Random(5)
    sides = ["Government of the Democratic Republic", "M23", "Civilians"]
    periods = []
    for week in range(104):
        start = date(2022, 1, 3) + timedelta(7 * week)
        told = []
        for side in sides:
            if chance.random() < 0.3:
                continue
            low = round(40 * abs(math.sin(week / 9)) * chance.random())
            high = None if chance.random() < 0.1 else low + chance.randrange(30)
            best = low if high is None else (low + high) // 2
            told.append({"side": side, "low": low, "best": best, "high": high})
        periods.append(
            {
                "start": start.isoformat(),
                "end": (start + timedelta(6)).isoformat(),
                "events": chance.randrange(1, 12),
                "by_side": told,
                "low": None,
                "best": None,
                "high": None,
            }
        )
    figures = {"low": 20, "best": 30, "high": 35}
    year = {"start": "2022-01-01", "end": "2022-12-31", "events": 1, **figures}
    year["by_side"] = [{"side": "M23", **figures}]
    return {
        "unit": "week", "what": "killed", "sides": sides, "periods": periods, "spans": [year]
    }  # fmt: skip


def meetings() -> dict[str, Any]:
    """Return forty parties of which a few met most of the others."""
    chance = random.Random(3)
    kinds = ["state", "armed_group", "igo", "organisation"]
    names = [
        f"{chance.choice(['Front', 'Republic', 'Union', 'Council'])} of Party {n}"
        for n in range(40)
    ]
    edges = {}
    for one in range(40):
        for _ in range(1 + 8 // (one + 1)):
            other = chance.randrange(40)
            if one != other:
                edges[min(one, other), max(one, other)] = chance.randrange(1, 30)
    nodes = [
        {
            "name": name,
            "kind": kinds[at % 4],
            "country": None,
            "talks": sum(talks for pair, talks in edges.items() if at in pair),
        }
        for at, name in enumerate(names)
    ]
    told = [{"one": names[a], "other": names[b], "talks": talks} for (a, b), talks in edges.items()]
    return {"nodes": [node for node in nodes if node["talks"]], "edges": told}


def why() -> dict[str, Any]:
    """Return two pairs of mentions, one for and one against."""
    steps = [
        ("type", "same", "Both tell of talks", 3.2),
        ("parties", "sides", "The same two parties on the same sides", 4.6),
        ("when", "near", "One day apart", 1.9),
        ("where", "other", "Two towns of one country", -2.4),
        (
            "story",
            "like",
            "The whole reports are much alike in their words and in their names",
            5.1,
        ),
    ]
    keys = ("comparison", "level", "says", "weight")
    told = [dict(zip(keys, step, strict=True)) for step in steps]
    pair = {"one": "m1", "other": "m2", "probability": 0.991, "prior": -5.6, "steps": told}
    other = {**pair, "probability": 0.07, "steps": told[3:4]}
    return {"event": "e1", "pairs": [pair, other]}


FIGURES = {
    "timeline": "/api/drawings/timeline?many=1",
    "few": "/api/drawings/timeline?few=1",
    "sparkline": "/api/drawings/timeline?many=1",
    "map": "/api/drawings/map",
    "fighting": "/api/drawings/fighting",
    "meetings": "/api/drawings/meetings",
    "why": "/api/drawings/why/e1",
    "broken": "/api/drawings/none",
}
DATA = {"map": places, "fighting": fighting, "meetings": meetings, "why": why}


def page_of(name: str) -> str:
    """Return a page with one drawing over its table, framed as the app frames its pages."""
    drawing = {"few": "timeline", "why": "waterfall", "broken": "fighting"}.get(name, name)
    link = {"meetings": "/timeline?party="}.get(name, "/events/")
    return f"""<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">
<title>{name}</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="/static/1/icon.svg"><link rel="stylesheet" href="/static/1/parley.css">
<script type="module" src="/static/1/parley.js"></script></head><body>
<a class="skip" href="#main">To the text</a>
<header class="top"><a class="home" href="/">Parley</a><nav aria-label="Pages"><ul>
<li><a href="/timeline" aria-current="page">Timeline</a></li><li><a href="/map">Map</a></li>
<li><a href="/talks">Talks</a></li><li><a href="/review">Review</a></li></ul></nav></header>
<main id="main"><h1>What happened</h1>
<form class="filters"><details><summary>Filter</summary><div class="fields">
<label>Since <input type="date" name="since"></label>
<label>Until <input type="date" name="until"></label></div><button>Show</button></details></form>
<figure data-drawing="{drawing}" data-source="{FIGURES[name]}" data-link="{link}">
<figcaption>A drawing, and what it is drawn from.</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="Table"><table class="rows">
<thead><tr><th>When</th><th>What</th></tr></thead>
<tbody><tr><td>1 May</td><td>Talks</td></tr></tbody></table></div>
</figure></main><footer>Parley</footer></body></html>"""


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer with a page, a part of the app or a drawing's data."""
        asked = urlsplit(self.path)
        parts = asked.path.strip("/").split("/")
        kind, body = "text/plain", None
        if parts[0] == "figure":
            kind, body = "text/html; charset=utf-8", page_of(parts[1]).encode()
        elif parts[0] == "static":
            path = STATIC.joinpath(*parts[2:])
            if path.is_file():
                kind, body = KINDS.get(path.suffix, kind), path.read_bytes()
        elif parts[:2] == ["api", "drawings"]:
            query = parse_qs(asked.query)
            if parts[2] == "timeline":
                told = timeline(query, events=100_000 if "many" in query else 260)
                kind, body = "application/json", json.dumps(told).encode()
            elif parts[2] in DATA:
                kind, body = "application/json", json.dumps(DATA[parts[2]]()).encode()
        elif parts[0] in {"", "events", "timeline"}:
            kind, body = "text/html; charset=utf-8", b"<!doctype html><title>There</title>"
        self.send_response(404 if body is None else 200)
        self.send_header("content-type", kind)
        self.send_header("content-security-policy", POLICY)
        self.send_header("content-length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve_drawings() -> Iterator[str]:
    """Serve the pages of drawings on a port of this machine; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start Debian's chromium, or skip (fail where CI=true)."""
    path = shutil.which("chromium")
    if path is None or not (STATIC / "lib/d3.js").is_file():
        pytest.fail("chromium or the web parts are missing: apt install chromium; make web")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """What a page does that it should not: errors, warnings, requests elsewhere."""

    def __init__(self, page: Page, home: str) -> None:
        self.said: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda problem: self.said.append(f"error: {problem}"))
        page.on("request", lambda request: self._see(request.url, home))

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(f"{message.type}: {message.text}")

    def _see(self, url: str, home: str) -> None:
        if not url.startswith((home, "data:")):
            self.said.append(f"elsewhere: {url}")
