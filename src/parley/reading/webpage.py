"""HTML: a page is a report.

The report's `text` is what the page says as a report, each line as a reader sees it:
headline, byline and date where the page shows them, the main text by trafilatura, and the
captions of its pictures.  Byline, date and captions are marked as what they are.  The id
follows from the page's bytes.  docs/decisions/reading.md says why.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import msgspec
from lxml import etree

from parley.model import Boilerplate, Evidence, Published, Report, digest
from parley.reading.encoding import is_blank
from parley.reading.form import Form, Reading
from parley.reading.headline import normal
from parley.reading.markup import (
    Element,
    decode_markup,
    line_of,
    mend,
    parse_markup,
    refuse_blank,
    text_of,
)
from parley.reading.plain import compose
from parley.reading.source import Origin, Source
from parley.reading.tablelines import head_of

# With pictures written into it, a saved page may be much longer than its text.
LONGEST_PAGE = 20_000_000
_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml"}
_LOOKED_AT = 16_384
_PRELUDE = re.compile(r"(?:\s+|<!--.*?-->|<\?[^>]*>|<!doctype\s+(?!html)[^>]*>)+", re.I | re.S)
_OPENS = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|meta|title|link|script|style|table|article|section|"
    r"main|header|p|span|h[1-6]|a|center|font)\b[^<>]{0,2000}>",
    re.I,
)
_ANY_TAG = re.compile(r"<(?:p|div|br|html|body|h[1-6]|table|a|span)\b[^<>]{0,2000}>", re.I)
# Beyond these, what finds the main text takes minutes; the text is taken as it stands.
_MOST_ELEMENTS = 30_000
_DEEPEST = 200
_LONGEST_CAPTION = 600
_LONGEST_LINE = 120
_FEWEST_WORDS = 3
_ROW = re.compile(r"^\| (.*?) ?\| *$", re.MULTILINE)
_AUTHORS = etree.XPath(
    "//*[@rel='author' or @itemprop='author' or contains(@class,'byline') "
    "or contains(@class,'author')]"
)
_NAMED = re.compile(r"By [A-Z]\w+(?: [\w.'’-]+){1,5}$")
_DATE_SHOWN = re.compile(r"\d")
# Far ahead and fixed: what a page means must not depend on the day on which it is read.
_LATEST = "2100-12-31"
_SURE = 0.95


def read_page(raw: bytes, *, name: str, origin: Origin | None) -> Report:
    """Return the report of a page's bytes.

    Raises `Unreadable` where there is no text in it.
    """
    tree = parse_markup(decode_markup(raw, charset=origin.charset if origin else None))
    if tree is None:
        raise refuse_blank("an HTML page")
    page = _Page(tree, origin)
    if is_blank(page.text):
        raise refuse_blank("an HTML page")
    report = compose(
        page.text,
        id=digest("r", raw),
        source=name,
        title=page.title,
        outlet=page.outlet,
        author=page.author,
        url=page.url,
        published=page.published,
    )
    return msgspec.structs.replace(
        report,
        language=report.language or page.language,
        boilerplate=_joined(report.boilerplate, page.marks),
    )


def looks_like_page(source: Source) -> bool:
    """Tell whether a source begins as HTML does."""
    head = head_of(source)[:_LOOKED_AT]
    if b"<" not in head:
        return False
    text = head.decode("utf-8", "replace")
    prelude = _PRELUDE.match(text)
    if _OPENS.match(text, prelude.end() if prelude else 0):
        return True
    return source.suffix in _SUFFIXES and _ANY_TAG.search(text) is not None


class _Page:
    """What a page says: `text`, the marks in it, and what is known about it."""

    def __init__(self, tree: Element, origin: Origin | None) -> None:
        self._tree = tree
        simple = _is_beyond(tree)
        self._about = _Nothing() if simple else _metadata(tree, origin)
        self.title = self._find_title()
        self.url = origin.url if origin else _address(self._about.url)
        self.outlet = line_of(self._about.sitename) or _host(self.url)
        self.author = line_of(self._about.author)
        self.language = _language(tree)
        self.marks: list[Boilerplate] = []
        self._day = _day(self._about.date)
        self._evidence: tuple[Evidence, ...] = ()
        self.text = self._write(_body_text(tree, simple=simple))
        self.published = self._published()

    def _find_title(self) -> str | None:
        """Return the headline as the page shows it, else as its metadata have it."""
        told = line_of(self._about.title)
        for heading in self._tree.iter("h1"):
            shown = line_of(_short_text(heading))
            if shown and _same_headline(shown, told):
                return shown
        return told

    def _write(self, body: str) -> str:
        """Return the text: what stands above the body, the body, the captions."""
        lines = body.split("\n") if body.strip() else []
        present = {normal(line) for line in lines[:8]} | {""}
        above: list[tuple[str, str | None]] = []
        if self.title and self._is_shown(self.title) and normal(self.title) not in present:
            above.append((self.title, None))
        if (byline := self._byline()) and normal(byline) not in present:
            above.append((byline, "byline"))
        shown = self._shown_date()
        if shown and normal(shown) not in present:
            above.append((shown, "page date"))
        known = {normal(line) for line in lines} | {""}
        captions = [c for c in _captions(self._tree) if normal(c) not in known]
        below = [(caption, "photo caption") for caption in captions] if lines else []
        parts: list[str] = []
        at = 0
        for line, why in [*above, *((line, None) for line in lines), *below]:
            if why:
                self.marks.append(Boilerplate(start=at, end=at + len(line), why=why))
            if why == "page date":
                says = "the page gives this as its date"
                self._evidence = (Evidence(start=at, end=at + len(line), text=line, says=says),)
            parts.append(line)
            at += len(line) + 1
        return "\n".join(parts)

    def _is_shown(self, title: str) -> bool:
        return any(
            normal(_short_text(heading)) == normal(title)
            for tag in ("h1", "h2")
            for heading in self._tree.iter(tag)
        )

    def _byline(self) -> str | None:
        """Return the line in which the page names its author, as metadata or markup have it."""
        author = (line_of(self._about.author) or "").split(";")[0].strip().casefold()
        for element in _AUTHORS(self._tree)[:20]:
            line = line_of(_short_text(element))
            if line and len(line) <= _LONGEST_LINE:
                if author in line.casefold() if author else _NAMED.match(line):
                    return line
        return None

    def _shown_date(self) -> str | None:
        """Return the words in which the page shows the date that its markup gives."""
        if self._day is None:
            return None
        for element in self._tree.xpath("//time[@datetime] | //*[@itemprop='datePublished']")[:20]:
            told = element.get("datetime") or element.get("content") or ""
            line = line_of(_short_text(element))
            fits = told.strip().startswith(self._day.isoformat())
            if fits and line and len(line) <= _LONGEST_LINE and _DATE_SHOWN.search(line):
                return line
        return None

    def _published(self) -> Published | None:
        if self._day is None:
            return None
        return Published(
            start=self._day,
            end=self._day,
            how="metadata",
            confidence=_SURE,
            evidence=self._evidence,
        )


class _Nothing:
    """The metadata of a page that is not looked at for any."""

    title = author = sitename = url = date = None


def _metadata(tree: Element, origin: Origin | None) -> Any:  # noqa: ANN401 - trafilatura's
    """Return what trafilatura and htmldate find about a page; dates by its markup only.

    Step by step, since trafilatura's own sequence spends most of its time on authors,
    topics and licences that stand in running text.
    """
    from htmldate import find_date  # noqa: PLC0415 - as slow to load as trafilatura
    from trafilatura import metadata as steps  # noqa: PLC0415

    latest = origin.until.isoformat() if origin and origin.until else _LATEST
    url = origin.url if origin else None
    try:
        found = steps.examine_meta(tree)
        with suppress(Exception):  # as trafilatura does: JSON of pages is often broken
            found = steps.extract_meta_json(tree, found)
        found.title = found.title or steps.extract_title(tree)
        found.url = found.url or steps.extract_url(tree, url)
        found.sitename = found.sitename or steps.extract_sitename(tree)
        found.date = find_date(
            tree, url=url or found.url, original_date=True, extensive_search=False, max_date=latest
        )
        found.clean_and_trim()
    except Exception:  # a fault of a page's metadata must not cost its text
        return _Nothing()
    return found


def _body_text(tree: Element, *, simple: bool) -> str:
    """Return the main text of a page, all of its text where no part stands out."""
    if not simple:
        extract = _trafilatura()
        try:
            found = extract(tree, include_comments=False, include_tables=True)
        except Exception:  # as above
            found = None
        if found is not None and found.text and not is_blank(found.text):
            return _unruled(mend(str(found.text).replace("\0", "")).strip())
    return mend(text_of(tree))


def _unruled(text: str) -> str:
    """Take the bars off that trafilatura draws at both ends of a table's rows."""
    return _ROW.sub(lambda row: row[1].strip(), text) if "|" in text else text


@cache
def _trafilatura() -> Any:  # noqa: ANN401 - a function of many options
    """Load trafilatura when the first page is read: it takes a third of a second."""
    from trafilatura import bare_extraction  # noqa: PLC0415

    # What a page fails in is said by us, in our words.
    for name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    return bare_extraction


def _is_beyond(tree: Element) -> bool:
    """Tell whether a tree is larger or deeper than pages are."""
    depth = 0
    seen = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth += 1
            seen += 1
            if depth > _DEEPEST or seen > _MOST_ELEMENTS:
                return True
        else:
            depth -= 1
    return False


def _captions(tree: Element) -> Iterator[str]:
    """Yield what the page says below its pictures, each once, within the report."""
    seen = set()
    for element in tree.iter("figcaption"):
        if any(True for _ in element.iterancestors("aside", "nav", "footer")):
            continue
        line = line_of(" ".join(text_of(element).split("\n")))
        if line and len(line) <= _LONGEST_CAPTION and len(line.split()) >= _FEWEST_WORDS:
            if line not in seen:
                seen.add(line)
                yield line


def _short_text(element: Element) -> str:
    """Return the text of an element that should have a line of it, cut where it has more."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > 1000:
            break
    return " ".join(parts)


def _same_headline(shown: str, told: str | None) -> bool:
    if not told:
        return len(shown.split()) >= _FEWEST_WORDS
    one, other = normal(shown), normal(told)
    if not one or not other:
        return False
    return one == other or (len(one.split()) >= _FEWEST_WORDS and (one in other or other in one))


def _joined(found: tuple[Boilerplate, ...], own: list[Boilerplate]) -> tuple[Boilerplate, ...]:
    """Return the marks of the text with those that the markup gives, which go first."""
    free = [
        mark for mark in found if not any(o.start < mark.end and mark.start < o.end for o in own)
    ]
    return tuple(sorted([*free, *own]))


def _language(tree: Element) -> str | None:
    value = (tree.get("lang") or tree.get("xml:lang") or "").strip().lower()
    return value[:2] if re.fullmatch(r"[a-z]{2}(?:[-_].*)?", value) else None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _address(value: str | None) -> str | None:
    line = line_of(value)
    return line if line and line.startswith(("http://", "https://")) else None


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    raw = source.read_whole(
        LONGEST_PAGE, "a page may be", way_out="save the page without its pictures"
    )
    yield read_page(raw, name=source.name, origin=source.origin)


FORM = Form("HTML", looks_like_page, _read)
