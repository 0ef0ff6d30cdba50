"""HTML: bytes to a tree, and the text of a tree as it stands.

`text_of` gives all of a fragment that is read, in order, a block a line; which part of a
whole page is the report is for `webpage.py` to say.
"""

from __future__ import annotations

import codecs
import re
from html import escape, unescape
from string import ascii_lowercase, ascii_uppercase
from typing import Any, TypeAlias

from lxml import etree, html

from parley.reading.encoding import decode, wide_encoding
from parley.reading.source import HEAD
from parley.reading.unreadable import Unreadable

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre "
    "section summary table tbody tfoot thead title tr ul".split()
)
_CELLS = {"td", "th"}
_UNSEEN = frozenset(
    "script style template noscript head iframe object svg math canvas select textarea button "
    "audio video map".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.I
)
_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")
_MOST_BROKEN = 0.01
_ESCAPED = re.compile("iso-?2022", re.I)
# As browsers do: what calls itself the one is nearly always the other, which holds it.
_WIDER = {
    "iso-8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Python's codecs that are no encodings of pages.
_NO_PAGE = {"idna", "punycode", "undefined", "unicode_escape", "raw-unicode-escape", "utf-7"}
_DATA = re.compile(r"(?<=[\"'(])data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]*+")
_TAG = re.compile(r"<[^<>]*+>")
_TO_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_SLIM = 300_000
_MOST_ATTRIBUTES = 20_000
_SURROGATES = re.compile("[\ud800-\udfff]")

Element: TypeAlias = Any  # lxml has no types of its own


def decode_markup(raw: bytes, *, charset: str | None = None) -> str:
    """Return HTML as text: a byte order mark decides, UTF-8 where the bytes are valid as such.

    Then what the server (`charset`) or the page says of itself, unless the bytes prove it
    wrong, then a guess.  NULs are dropped, as browsers drop them.  Raises `Unreadable`
    where nothing fits.
    """
    if wide_encoding(raw[:HEAD]) is None:
        raw = raw.replace(b"\0", b"")
    told = [_known(charset), _known(_told(raw))]
    if b"\x1b" in raw:  # pure ASCII, and yet not
        for encoding in told:
            if encoding and _ESCAPED.match(encoding):
                return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if wide_encoding(raw[:HEAD]) is None:
        for encoding in told:
            if encoding and encoding != "utf-8":
                text = raw.decode(encoding, "replace")
                if text.count("\ufffd") <= _MOST_BROKEN * len(text):
                    return text
    return decode(raw)[0].replace("\0", "")


def parse_markup(text: str) -> Element | None:
    """Return the tree of a page or a fragment, None where there is nothing in it.

    Nesting beyond what the parser holds is cut off there; nothing is raised.
    """
    if len(text) > _SLIM:
        text = _slimmed(text)
    if text.count("=") > _MOST_ATTRIBUTES:
        # The parser compares all attributes of a tag with each other.
        text = "<p>" + escape(unescape(_TAG.sub("\n", text))).replace("\n", "<br>") + "</p>"
    try:
        # As bytes: a page that declares an encoding is refused as text.
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return html.document_fromstring(mend(text).encode(), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def text_of(tree: Element | None) -> str:
    """Return the text that a reader sees, a block a line, white space within it made single."""
    if tree is None:
        return ""
    lines: list[str] = []
    line: list[str] = []
    unseen: Element | None = None

    def end_line() -> None:
        text = _SPACE.sub(" ", "".join(line)).strip()
        line.clear()
        if text:
            lines.append(text)

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if unseen is None and _is_unseen(element, tag):
                unseen = element
            if unseen is not None:
                continue
            if tag in _BLOCKS:
                end_line()
            elif tag in _CELLS:
                line.append(" ")
            line.append(element.text or "")
            continue
        if unseen is not None and element is not unseen:
            continue
        unseen = None
        if tag in _BLOCKS:
            end_line()
        if element is not tree:
            line.append(element.tail or "")
    end_line()
    return "\n".join(lines)


def fragment_text(markup: str) -> str:
    """Return the text of a piece of HTML, or of plain text that may hold entities."""
    return text_of(parse_markup(f"<div>{markup}</div>")) if markup.strip() else ""


def line_of(value: str | None) -> str | None:
    """Return a text as one line, None where nothing is left."""
    return _SPACE.sub(" ", mend(value.replace("\0", ""))).strip() or None if value else None


def mend(text: str) -> str:
    """Put U+FFFD for lone surrogates: they are no characters, and no UTF-8 can hold them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def _slimmed(text: str) -> str:
    """Return a long page without its scripts (but those of metadata) and written-in pictures."""
    text = _DATA.sub("", text)
    for tag in ("script", "style"):
        lower = text.translate(_TO_LOWER)  # str.lower() may change the length
        parts: list[str] = []
        at = 0
        while (start := lower.find(f"<{tag}", at)) >= 0:
            end = lower.find(f"</{tag}", start)
            end = len(text) if end < 0 else end
            keep = lower.find("ld+json", start, start + 200) >= 0
            parts.append(text[at : end if keep else start])
            at = end
        parts.append(text[at:])
        text = "".join(parts)
    return text


def _is_unseen(element: Element, tag: str) -> bool:
    return (
        tag in _UNSEEN
        or element.get("hidden") is not None
        or bool((style := element.get("style")) and _HIDDEN.search(style))
    )


def _told(raw: bytes) -> str | None:
    match = _CHARSET.search(raw[:HEAD])
    return match[1].decode("latin-1") if match else None


def _known(charset: str | None) -> str | None:
    """Return a name that Python decodes by, None for a name of nothing."""
    try:
        name = codecs.lookup(charset.strip()).name if charset else None
        if name is None or name in _NO_PAGE:
            return None
        b"".decode(name)  # raises for codecs that are none of text
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name)


def refuse_blank(what: str) -> Unreadable:
    """Return what is raised for markup without text."""
    return Unreadable(f"is {what} without text", way_out="leave it out, or save it once more")
