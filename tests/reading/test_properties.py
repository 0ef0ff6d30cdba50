"""What holds for any bytes and any text."""

from __future__ import annotations

import gzip
import itertools
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.errors import InputError
from parley.reading import Unreadable, decode, find_boilerplate, read
from parley.reading.cues import cues
from parley.reading.headline import find_headline

from .samples import BODY, HEADLINE
from .test_packed import tar_bytes, zip_bytes

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = st.sampled_from(["a.txt", "a.jsonl", "a.csv", "a.zip", "a.tar.gz", "a.json", "a.md"])
STARTS = st.sampled_from(
    [b"", b'{"text": "', b"text,id\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"\xff\xfe", b"\xef\xbb\xbf"]
)
PHRASES = [phrase for cue in cues() for phrase in (*cue.rule.whole, *cue.rule.contains)]
LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(PHRASES),
    st.sampled_from([HEADLINE, *BODY.split("\n\n"), "May 3, 2024", "By Ann Ash", "A | B | C"]),
)
PAGES = st.lists(LINES, max_size=25).map("\n".join)


def outcome_of(name: str, raw: bytes) -> list[InputError]:
    """Read bytes under a name: nothing may be raised, every report must be whole."""
    refused: list[InputError] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        reports = list(read([str(path)], refuse=refused.append))
    for report in reports:
        report.text.encode()
        assert report.text.strip()
    assert reports or refused
    for error in refused:
        assert len(str(error).splitlines()) == 1
    return refused


@FEW
@given(name=NAMES, start=STARTS, raw=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name: str, start: bytes, raw: bytes) -> None:
    """Nothing but an `InputError` handed to `refuse`, whatever the file holds or is called."""
    outcome_of(name, start + raw)


@FEW
@given(
    pack=st.sampled_from([gzip.compress, None, zip_bytes, tar_bytes]),
    at=st.integers(0, 2000),
    flip=st.integers(0, 255),
    cut=st.integers(0, 300),
)
def test_damaged_archives_are_read_or_refused(pack: object, at: int, flip: int, cut: int) -> None:
    """A flipped byte or a lost end anywhere raises nothing."""
    raw = bytearray(_packed(pack))
    raw[at % len(raw)] ^= flip
    outcome_of("a.bin", bytes(raw[: len(raw) - cut]))


@FEW
@given(raw=st.binary(max_size=300))
def test_decode_gives_text_or_says_why_not(raw: bytes) -> None:
    """Text that UTF-8 can hold, without NULs, or `Unreadable`."""
    try:
        text, encoding = decode(raw)
    except Unreadable as error:
        assert error.way_out
    else:
        assert "\0" not in text
        text.encode()
        "".encode(encoding)


@FEW
@given(text=st.text(max_size=300))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    """Any text without control characters, in UTF-8, is decoded to itself."""
    text = "".join(c for c in text if c >= " " or c in "\r\n\t").replace("\x7f", "")
    raw = text.removeprefix("\ufeff").encode()
    assert decode(raw) == (text.removeprefix("\ufeff"), "utf-8")


@FEW
@given(text=PAGES, title=st.none() | st.just(HEADLINE) | st.text(max_size=40))
def test_marks_are_sorted_disjoint_and_in_bounds(text: str, title: str | None) -> None:
    """For any page: spans in order, none empty, none touching another, no space at the ends."""
    found = find_boilerplate(text, title=title)
    assert found == find_boilerplate(text, title=title)
    for part in found:
        assert 0 <= part.start < part.end <= len(text)
        assert text[part.start : part.end] == text[part.start : part.end].strip()
        assert part.why
    for one, other in itertools.pairwise(found):
        assert one.end <= other.start


@FEW
@given(text=PAGES)
def test_headline_is_a_part_of_a_line(text: str) -> None:
    """A headline is found in the text, never made up."""
    headline = find_headline(text)
    assert headline is None or (headline and headline in text)


def _packed(pack: object) -> bytes:
    members = {"a.txt": BODY.encode(), "b.jsonl": b'{"text": "One two three."}\n' * 20}
    if pack is None:
        return gzip.compress(zip_bytes(members))
    if pack is gzip.compress:
        return gzip.compress(members["b.jsonl"])
    return pack(members)  # type: ignore[operator,no-any-return]
