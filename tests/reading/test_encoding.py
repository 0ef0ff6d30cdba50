"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest

from parley.reading import Unreadable, decode
from parley.reading.encoding import is_blank

TEXT = "Minister Çelik said: “No – not yet.”\r\nThe talks in Zürich went on.\n" * 5
RUSSIAN = "Министры обсудили перемирие и обмен пленными на встрече в столице. " * 10


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_decoded_and_its_mark_dropped(raw: bytes, encoding: str) -> None:
    """Every form of Unicode gives the text itself, line ends and all."""
    assert decode(raw) == (TEXT, encoding)


def test_english_with_typographic_quotes_is_windows_1252() -> None:
    """A few bytes above 127 among ASCII are curly quotes and dashes."""
    text = "The envoy’s “road map” – drawn up last spring – was refused. " * 4
    assert decode(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_older_encodings_are_guessed(encoding: str) -> None:
    """Cyrillic in one byte a letter comes out as Cyrillic."""
    assert decode(RUSSIAN.encode(encoding))[0] == RUSSIAN


def test_utf8_cut_in_the_middle_of_a_letter_is_still_utf8() -> None:
    """One broken letter in a page of sound ones becomes U+FFFD, not the page mojibake."""
    text, encoding = decode(RUSSIAN.encode()[:-3])
    assert encoding == "utf-8"
    assert text.endswith("\ufffd")
    assert text[:-1] == RUSSIAN[:-3]


@pytest.mark.parametrize(
    "raw",
    [
        b"text\0with a NUL",
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + bytes(64),
        codecs.BOM_UTF16_LE + b"a",
        codecs.BOM_UTF16_LE + b"\x00\xd8a\x00",
        codecs.BOM_UTF8 + b"\xff\xfe",
    ],
)
def test_binary_and_broken_text_is_refused(raw: bytes) -> None:
    """What is no text, or claims an encoding that it is not in, is said to be so."""
    with pytest.raises(Unreadable) as caught:
        decode(raw)
    assert caught.value.way_out


def test_blank_means_nothing_seen() -> None:
    """Zero-width marks are as good as nothing; one letter is not."""
    assert is_blank(" \n\u200b\ufeff\t")
    assert not is_blank("\u200bа")
