"""Plain text and Markdown: a file is a report."""

from __future__ import annotations

from collections.abc import Iterator

from parley.model import Published, Report, digest
from parley.reading.authors import find_author
from parley.reading.boilerplate import find_boilerplate
from parley.reading.encoding import decode, is_blank
from parley.reading.form import Form, Reading
from parley.reading.headline import find_headline, find_outlet
from parley.reading.language import detect_language
from parley.reading.source import Source
from parley.reading.unreadable import Unreadable


def compose(
    text: str,
    *,
    id: str,
    source: str,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    url: str | None = None,
    language: str | None = None,
    published: Published | None = None,
) -> Report:
    """Return the report of a decoded text; what is not given is found in the text."""
    title = title or find_headline(text)
    boilerplate = find_boilerplate(text, title=title)
    return Report(
        id=id,
        source=source,
        text=text,
        title=title,
        outlet=outlet or find_outlet(text),
        author=author or find_author(text, boilerplate),
        url=url,
        language=language or detect_language(text),
        published=published,
        boilerplate=boilerplate,
    )


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    raw = source.read_report()
    origin = source.origin
    text, _ = decode(raw, declared=origin.charset if origin else None)
    if is_blank(text):
        raise Unreadable("is empty", way_out="leave it out, or look whether it was saved whole")
    yield compose(text, id=digest("r", raw), source=source.name, url=origin.url if origin else None)


def _matches(source: Source) -> bool:
    return True


FORM = Form("plain text", _matches, _read)
