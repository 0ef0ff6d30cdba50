"""Every form under mutation: damaged bytes give reports or refusals, never anything else."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .forms import ATOM, HTML, MAIL, NEWS_PLEASE, RSS, WARC
from .samples import BODY
from .test_packed import tar_bytes, zip_bytes
from .test_properties import outcome_of

pyarrow = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

# PARLEY_FUZZ=5000 for a long search.
EXAMPLES = int(os.environ.get("PARLEY_FUZZ", "25"))
TOKENS = st.sampled_from(
    [
        *(b"\0", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\r\n\r\n", b"\n", b"<", b">", b"</"),
        *(b"&#xD800;", b"&", b'"', b"{", b"}", b"[", b"]", b"\\ud800", b"\\", b"<![CDATA["),
        *(b"<!DOCTYPE x [", b"<!--", b"<p>", b"</html>", b"<script>", b"charset=utf-7"),
        *(b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n"),
        *(b"From x\n", b"--b1\n", b"Date: 31 Apr 0001\n", b"=?utf-8?q?=ff?=", b"=?x?b?!?="),
        *(b"0001-01-01", b"9999-12-31", b"2024-04-31", b"999999999999999999999"),
        b"Content-Type: multipart/mixed; boundary=\n",
    ]
)


def _parquet() -> bytes:
    raw = io.BytesIO()
    rows = [{"text": f"{BODY} {n}", "date": "2024-02-29", "n": n} for n in range(5)]
    pq.write_table(pyarrow.Table.from_pylist(rows), raw)
    return raw.getvalue()


SAMPLES: dict[str, bytes] = {
    "a.html": HTML,
    "a.warc": WARC + WARC,
    "a.warc.gz": gzip.compress(WARC) + gzip.compress(WARC),
    "a.xml": RSS,
    "b.xml": ATOM,
    "a.eml": MAIL,
    "a.mbox": b"From x\n" + MAIL + b"\nFrom y\n" + MAIL,
    "a.json": json.dumps([NEWS_PLEASE, NEWS_PLEASE], indent=1).encode(),
    "a.jsonl": json.dumps(NEWS_PLEASE).encode() + b"\n" + json.dumps(NEWS_PLEASE).encode(),
    "a.csv": b'id,text,date\n1,"One two, three",2024-02-29\n2,Four five six,\n',
    "a.parquet": _parquet(),
    "a.zip": zip_bytes({"a.html": HTML, "a.xml": RSS}),
    "a.tar.gz": tar_bytes({"a.warc": WARC, "a.eml": MAIL}),
}


@st.composite
def mutated(draw: Callable[..., object], sample: bytes) -> bytes:
    """Return a sample with a few bytes changed, lost, doubled or put in."""
    raw = bytearray(sample)
    for _ in range(draw(st.integers(1, 6))):  # type: ignore[call-overload]
        at = draw(st.integers(0, max(0, len(raw) - 1)))
        size = draw(st.integers(1, 60))
        match draw(st.sampled_from(["flip", "lose", "double", "put", "cut", "swap"])):
            case "flip" if raw:
                raw[at] ^= draw(st.integers(1, 255))  # type: ignore[operator]
            case "lose":
                del raw[at : at + size]  # type: ignore[operator]
            case "double":
                raw[at:at] = raw[at : at + size] * 3  # type: ignore[operator,misc]
            case "put":
                raw[at:at] = draw(TOKENS)  # type: ignore[misc,call-overload]
            case "cut" if draw(st.integers(0, 3)) == 0:
                del raw[at:]  # type: ignore[misc]
            case "swap":
                other = draw(st.integers(0, max(0, len(raw) - 1)))
                raw[at : at + size], raw[other : other + size] = (  # type: ignore[operator,misc]
                    raw[other : other + size],  # type: ignore[operator,misc]
                    raw[at : at + size],  # type: ignore[operator,misc]
                )
    return bytes(raw)


@pytest.mark.parametrize("name", SAMPLES)
def test_mutated_form_is_read_or_refused(name: str) -> None:
    """Whole reports and refusals in a line each, whatever was done to a sample."""

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(raw=mutated(SAMPLES[name]))
    def check(raw: bytes) -> None:
        outcome_of(name, raw)

    check()


# What the search found, as it was found.
FOUND: dict[str, tuple[str, bytes]] = {
    "archive-of-no-page": (
        "a.warc",
        b"WARC/1.0\nARC-Type: warcinfo\r\nContent-Length: 13\r\n\r\nsoftware: x\r\n",
    ),
    "feed-with-entities": (
        "a.xml",
        RSS.replace(b"<rss", b'<!DOCTYPE r [<!ENTITY a "x">]><rss'),
    ),
    "entry-without-a-date": ("a.xml", RSS.replace(b"pubDate", b"pub")),
    "only-spaces-before-a-tag": ("a.xml", b" " * 60_000 + b"<x"),
    "attributes-without-end": (
        "a.html",
        b"<html><p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">One two",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(name: str) -> None:
    """Each of these once raised something."""
    outcome_of(*FOUND[name])
