"""From bytes to text, and how the bytes were encoded."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from parley.reading.unreadable import Unreadable

# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings in which news is met; without the list, short texts are taken for EBCDIC.
_CANDIDATES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp866"),
    *("koi8_r", "koi8_u", "mac_roman", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
]
_SAMPLE = 65_536
# Shares of the bytes: a text with more control characters is none; one with fewer bytes
# above 127 is English with typographic quotes, in which a statistical guess has nothing
# to hold on to and Windows-1252 is nearly always right.
_MOST_CONTROLS = 0.01
_FEW_HIGH = 0.03
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b") | {127})
_UNDEFINED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# Quotes, dashes, ellipsis and so on are the same in all of Windows's encodings: they tell nothing.
_PUNCTUATION = bytes([0x82, 0x84, 0x85, *range(0x91, 0x98), 0xA0, 0xAB, 0xBB])
_ASCII_AND_PUNCTUATION = bytes(range(128)) + _PUNCTUATION

_SAVE = "save it as UTF-8 and read it again"


def decode(raw: bytes, *, declared: str | None = None) -> tuple[str, str]:
    """Return the text of `raw`, and the name of its encoding as Python's codecs call it.

    A byte order mark decides, and is dropped; then UTF-8 if the bytes are valid as such,
    UTF-16 if every other byte is NUL, the codec `declared` by who sent the bytes if they
    are valid in it, Windows-1252 for text that is nearly all ASCII, else the best guess
    of charset-normalizer.  Line ends and every other character stay as they are.  UTF-8
    that is broken in a few places only has U+FFFD there.

    Raises `Unreadable` for binary data, and where no encoding fits.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding), encoding
    if (wide := _unmarked(raw)) is not None:
        return _strictly(raw, wide), wide
    if is_binary(raw):
        raise Unreadable("is binary, not text", way_out="give the text itself, saved as UTF-8")
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if (repaired := _repaired(raw)) is not None:
        return repaired, "utf-8"
    if declared is not None:
        try:
            return raw.decode(declared), declared
        except (UnicodeError, LookupError):
            pass  # servers are often wrong about their pages
    guessed = guess(raw)
    return _strictly(raw, guessed), guessed


def guess(raw: bytes) -> str:
    """Return the name of the encoding of bytes that are not UTF-8.

    Raises `Unreadable` where none fits.
    """
    sample = raw[:_SAMPLE] if re.search(rb"[\x80-\xff]", raw[:_SAMPLE]) else raw
    high = len(sample.translate(None, _ASCII_AND_PUNCTUATION))
    if high <= _FEW_HIGH * len(sample) and not _UNDEFINED_IN_1252.search(raw):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=_CANDIDATES, enable_fallback=False).best()
    if best is None:
        raise Unreadable("is text in an encoding that cannot be told", way_out=_SAVE)
    return best.encoding


def wide_encoding(head: bytes) -> str | None:
    """Return the encoding of bytes that begin as UTF-16 or UTF-32, None for all others."""
    for mark, encoding in _MARKS[1:]:
        if head.startswith(mark):
            return encoding
    return _unmarked(head)


def is_binary(raw: bytes) -> bool:
    """Tell whether bytes in an encoding that extends ASCII are no text."""
    if b"\0" in raw:
        return True
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return controls > _MOST_CONTROLS * len(raw)


def is_blank(text: str) -> bool:
    """Tell whether a text has nothing that is seen: white space and invisible marks only."""
    return all(c.isspace() or unicodedata.category(c) in {"Cf", "Cc"} for c in text)


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not valid {encoding} at byte {error.start}", way_out=_SAVE) from error
    controls = sum(text.count(chr(code)) for code in _CONTROLS)
    if "\0" in text or controls > _MOST_CONTROLS * len(text):
        raise Unreadable("is binary, not text", way_out="give the text itself, saved as UTF-8")
    return text


def _unmarked(raw: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in European text one byte of each pair is NUL."""
    sample = raw[:4096]
    if len(sample) < 4:
        return None
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if odd > 0.5 and even < 0.05:
        return "utf-16-le"
    if even > 0.5 and odd < 0.05:
        return "utf-16-be"
    return None


def _repaired(raw: bytes) -> str | None:
    """Decode UTF-8 that a careless cut or join broke; None where it is no UTF-8 at all."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for c in text if c > "\x7f") - broken
    return text if broken * 10 <= sound else None
