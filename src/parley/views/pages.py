"""A brief as a page: Markdown, or HTML that prints well and loads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from parley.views.brief import Brief, Item, Reference, Span

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_BY_HAND = "corrected by hand"
_STYLE = """\
body { font: 1rem/1.5 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
       color: #111; background: #fff; }
h1, h2 { line-height: 1.2; break-after: avoid; }
li { margin: 0 0 .5rem; break-inside: avoid; }
.note, .where { color: #444; font-size: .9rem; }
sup a { text-decoration: none; color: #14507a; }
ol.references { font-size: .9rem; }
@media print { body { margin: 0; max-width: none; } a { color: inherit; } }"""


def as_markdown(brief: Brief) -> str:
    """Return a brief as Markdown (CommonMark); report words are escaped."""
    return "\n".join(_markdown(brief)) + "\n"


def _markdown(brief: Brief) -> Iterator[str]:
    yield f"# {brief.title}"
    for section in brief.sections:
        yield f"\n## {section.heading}\n"
        if section.note:
            yield f"*{section.note}*\n"
        for item in section.items:
            spans = " ".join(_plain(span) for span in item.spans)
            yield f"- **{_mark(item.date.text)}**{_numbers(item.date)}: {spans}"
        if section.more:
            yield f"- {_more(section.more)}"
    if brief.references:
        yield "\n## References\n"
        for reference in brief.references:
            yield (
                f"{reference.number}. “{_mark(reference.quote.text)}” {_mark(_where(reference))}"
            )
    yield f"\n*{_mark(closing(brief))}*"


def _plain(span: Span) -> str:
    return f"{_mark(span.text)}{_numbers(span)}{f' ({_BY_HAND})' if span.by_hand else ''}"


def _numbers(span: Span) -> str:
    return "".join(f" [{number}]" for number in span.references)


def _mark(text: str) -> str:
    return _MARKS.sub(r"\\\1", _line(text))


def as_html(brief: Brief) -> str:
    """Return a brief as one HTML page, without scripts and without anything to load."""
    return "\n".join(_html(brief)) + "\n"


def _html(brief: Brief) -> Iterator[str]:
    title = escape(brief.title)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>"
    for section in brief.sections:
        yield f"<section>\n<h2>{escape(section.heading)}</h2>"
        if section.note:
            yield f'<p class="note">{escape(section.note)}</p>'
        yield "<ul>"
        yield from (_html_item(item) for item in section.items)
        if section.more:
            yield f"<li>{escape(_more(section.more))}</li>"
        yield "</ul>\n</section>"
    if brief.references:
        yield '<section>\n<h2>References</h2>\n<ol class="references">'
        for reference in brief.references:
            yield (
                f'<li id="ref-{reference.number}" value="{reference.number}">'
                f"<q>{escape(_line(reference.quote.text))}</q> "
                f'<span class="where">{escape(_where(reference))}</span></li>'
            )
        yield "</ol>\n</section>"
    yield f'<p class="note">{escape(closing(brief))}</p>\n</main>\n</body>\n</html>'


def _html_item(item: Item) -> str:
    spans = " ".join(_html_span(span) for span in item.spans)
    return f"<li><b>{escape(item.date.text)}</b>{_html_numbers(item.date)}: {spans}</li>"


def _html_span(span: Span) -> str:
    by_hand = f" <i>({_BY_HAND})</i>" if span.by_hand else ""
    return f"{escape(_line(span.text))}{_html_numbers(span)}{by_hand}"


def _html_numbers(span: Span) -> str:
    links = ", ".join(f'<a href="#ref-{number}">{number}</a>' for number in span.references)
    return f"<sup>[{links}]</sup>" if links else ""


def closing(brief: Brief) -> str:
    """Return what is said at the foot of a brief."""
    if not brief.sections:
        return "Nothing in the record is dated to these days."
    number = len(brief.references)
    told = (
        f"Made from {number:,} passage{'' if number == 1 else 's'} of {brief.reports:,} "
        f"report{'' if brief.reports == 1 else 's'}."
    )
    left = ((brief.left_out, "that cannot be dated to these days"),
            (brief.thin, "of which hardly anything is known"))  # fmt: skip
    out = [
        f"{number:,} {'event is' if number == 1 else 'events are'} left out {why}."
        for number, why in left
        if number
    ]
    return " ".join([told, *out])


def _where(reference: Reference) -> str:
    quote = reference.quote
    return (
        f"{quote.outlet}, written {quote.written}; report {quote.report}, characters "
        f"{quote.start} to {quote.end}; {quote.source}"
    )


def _more(number: int) -> str:
    return f"{number:,} more event{'' if number == 1 else 's'}; the timeline has them all."


def _line(text: str) -> str:
    """Return a text in one line, without characters that do not show."""
    shown = (c if c.isprintable() or c.isspace() else "�" for c in text)
    return " ".join("".join(shown).split())
