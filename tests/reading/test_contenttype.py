"""What a server says of its pages."""

from __future__ import annotations

import pytest

from parley.reading.contenttype import parse_content_type


@pytest.mark.parametrize(
    ("value", "media_type", "codec"),
    [
        (None, None, None),
        ("", None, None),
        ("Text/HTML", "text/html", None),
        ("text/html; charset=UTF-8", "text/html", "utf-8"),
        ("text/html;Charset = 'windows-1251' ; x=y", "text/html", "cp1251"),
        ('text/html; boundary=x; charset="ISO-8859-1"', "text/html", "cp1252"),
        ("text/html; charset=us-ascii", "text/html", "cp1252"),
        ("; charset=utf8", None, "utf-8"),
        ("text/html; charset=rot13", "text/html", None),
        ("text/html; charset=unicode_escape", "text/html", None),
        ("text/html; charset=idna", "text/html", None),
        ("text/html; charset=utf-7", "text/html", None),
        ("text/html; charset=utf-16", "text/html", "utf-16"),
        ("text/html; charset=undefined", "text/html", None),
        ("text/html; charset=hex", "text/html", None),
        ("text/html; charset=nonsense", "text/html", None),
        ("text/html; charset=" + "x" * 1000, "text/html", None),
    ],
)
def test_content_types(value, media_type, codec):
    """Type and codec are found however they are written; odd codecs are not taken."""
    assert parse_content_type(value) == (media_type, codec)
