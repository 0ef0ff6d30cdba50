"""How fast HTML is read, against trafilatura by itself on the same pages in the same run.

    python -m benchmarks.reading

Both give title, outlet, date and main text; Parley decodes the bytes, finds what is not the
report and tells the language besides.  The pages are the sample reports within three
layouts, with the navigation, scripts and teasers that news sites put around theirs.  The
two take turns on each page, and the best of the rounds counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from html import escape
from importlib.resources import files

import trafilatura

from parley.reading.webpage import read_page

ROUNDS = 5
LEAST = 0.8


def main() -> int:
    """Print the rates and their ratio; return 1 where the ratio is below the least."""
    pages = make_pages()
    size = sum(map(len, pages))
    theirs = ours = 0.0
    for page in pages:
        seconds = [
            (_seconds(_by_trafilatura, page), _seconds(_by_parley, page)) for _ in range(ROUNDS + 1)
        ][1:]
        theirs += min(first for first, _ in seconds)
        ours += min(second for _, second in seconds)
    ratio = theirs / ours
    sys.stdout.write(
        f"{len(pages)} pages, {size / 1e6:.1f} MB\n"
        f"trafilatura   {len(pages) / theirs:7.1f} pages/s\n"
        f"parley        {len(pages) / ours:7.1f} pages/s\n"
        f"ratio         {ratio:7.2f}  (at least {LEAST})\n"
    )
    return 0 if ratio >= LEAST else 1


def make_pages() -> list[bytes]:
    """Return the sample reports as pages, each in three layouts."""
    folder = files("parley.sample")
    reports = sorted(
        entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".txt")
    )
    return [
        layout(report.strip().splitlines(), number)
        for number, report in enumerate(reports)
        for layout in (_article, _blocks, _table)
    ]


def _by_trafilatura(page: bytes) -> object:
    return trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)


def _by_parley(page: bytes) -> object:
    return read_page(page, name="page", origin=None)


def _seconds(read: Callable[[bytes], object], page: bytes) -> float:
    started = time.perf_counter()
    read(page)
    return time.perf_counter() - started


def _head(title: str, number: int) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}'
        f'</title><meta property="og:title" content="{escape(title)}">'
        '<meta property="og:site_name" content="The Courier">'
        f'<meta property="article:published_time" content="2023-05-{number % 28 + 1:02}T10:00Z">'
        + "".join(f'<link rel="preload" href="/static/{n}.css">' for n in range(30))
        + "<script>" + "var a = {b: [1, 2, 3], c: 'd'};" * 400 + "</script></head>"
    )  # fmt: skip


def _navigation(count: int) -> str:
    items = "".join(f'<li class="m"><a href="/s/{n}">Section {n}</a></li>' for n in range(count))
    return f'<nav class="menu"><ul>{items}</ul></nav>'


def _teasers(count: int) -> str:
    return "".join(
        f'<div class="card"><a href="/t/{n}"><img src="/i/{n}.jpg"><h3>Another story of the day, '
        f'number {n}</h3></a><span class="when">2 hours ago</span></div>'
        for n in range(count)
    )


def _paragraphs(lines: list[str], tag: str) -> str:
    return "".join(f"<{tag}>{escape(line)}</{tag}>" for line in lines if line.strip())


def _article(lines: list[str], number: int) -> bytes:
    return (
        f"{_head(lines[0], number)}<body>{_navigation(60)}<main><article><h1>{escape(lines[0])}"
        f"</h1><time datetime='2023-05-{number % 28 + 1:02}'>May {number % 28 + 1}, 2023</time>"
        f"{_paragraphs(lines[1:], 'p')}<figure><img src='a.jpg'><figcaption>The square on "
        f"Friday</figcaption></figure></article></main><aside>{_teasers(40)}</aside>"
        f"<footer>{_navigation(30)}</footer></body></html>"
    ).encode()


def _blocks(lines: list[str], number: int) -> bytes:
    return (
        f"{_head(lines[0], number)}<body><div id='top'>{_navigation(90)}</div>"
        f"<div class='content'><div class='story-body'><h1>{escape(lines[0])}</h1>"
        f"{_paragraphs(lines[1:], 'p')}</div><div class='related'>{_teasers(60)}</div></div>"
        "<div class='cookie'>We use cookies. <button>Accept</button></div></body></html>"
    ).encode()


def _table(lines: list[str], number: int) -> bytes:
    return (
        f"{_head(lines[0], number)}<body><table><tr><td>{_navigation(40)}</td><td>"
        f"<h2>{escape(lines[0])}</h2>{_paragraphs(lines[1:], 'p')}</td><td>{_teasers(25)}</td>"
        "</tr></table></body></html>"
    ).encode()


if __name__ == "__main__":
    raise SystemExit(main())
