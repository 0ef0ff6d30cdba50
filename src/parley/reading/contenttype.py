"""What a Content-Type says: the type, and the codec that its charset means."""

from __future__ import annotations

import codecs
import re

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Python has these as codecs of text too, but no page is written in them.
_NO_CHARSETS = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
# By the WHATWG's Encoding Standard, which browsers follow, these labels mean Windows-1252.
_WINDOWS = {"iso8859-1", "ascii"}


def parse_content_type(value: str | None) -> tuple[str | None, str | None]:
    """Return the media type in lower case without parameters, and the name of a codec.

    Each is None where the header has none; the codec also where Python has none of that
    name that decodes pages.
    """
    value = value or ""
    match = _CHARSET.search(value)
    media_type = value.partition(";")[0].strip().lower()
    return media_type or None, _codec(match[1]) if match else None


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
        b"a".decode(name)  # "rot13" is a codec, but none from bytes to text
    except LookupError:
        return None
    except UnicodeError:
        pass  # of two bytes a letter, say
    if name in _NO_CHARSETS:
        return None
    return "cp1252" if name in _WINDOWS else name
