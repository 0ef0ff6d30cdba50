"""Markdown: the events by date, each with what the reports say in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from parley.export.format import Format
from parley.export.selection import Selection, Told
from parley.model import Status
from parley.views import phrase_count, phrase_when

# What has a meaning in CommonMark, wherever it stands; "<" and "&" that of HTML.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+[.)])")
_NO_ADDRESS = re.compile(r"[<>\s]")
_PLAIN: tuple[Status, ...] = ("happened",)


def write_markdown(selection: Selection) -> Iterator[bytes]:
    """Yield a document, a date at a time."""
    yield b"# Record\n"
    some = False
    for date, found in groupby(selection.told(), key=lambda told: phrase_when(told.event.when)):
        some = True
        yield f"\n## {escaped(date[:1].upper() + date[1:])}\n".encode()
        for told in found:
            yield _event(told).encode("utf-8", "replace")
    if not some:
        yield b"\nNo events.\n"


def escaped(text: str) -> str:
    """Return a text on one line that Markdown shows as it stands."""
    line = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    return _STARTS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", line))


def _event(told: Told) -> str:
    event = told.event
    status = "" if event.status in _PLAIN else f" ({event.status.replace('_', ' ')})"
    lines = [f"\n**{escaped(event.summary)}**{status}\n"]
    facts = [event.type + (f" {event.mode}" if event.mode else "")]
    places = dict.fromkeys(place.name for place in event.where)
    if places:
        facts.append("at " + ", ".join(escaped(name) for name in places))
    facts.append(f"`{event.id}`")
    lines.append("; ".join(facts) + "\n")
    for provision in dict.fromkeys(one.text for one in event.provisions):
        lines.append(f"- agreed: {escaped(provision)}")
    for count in dict.fromkeys(
        f"{count.what}: {phrase_count(count)}"
        + (f", of {count.side}" if count.side else "")
        + (f", according to {count.claimed_by}" if count.claimed_by and not count.corrected else "")
        for count in event.counts
    ):
        lines.append(f"- {escaped(count)}")
    for disagreement in event.disagreements:
        values = "; ".join(escaped(one.value) for one in disagreement.values)
        lines.append(f"- the reports differ on {escaped(disagreement.field)}: {values}")
    if lines[-1].startswith("- "):
        lines.append("")
    for mention in event.mentions:
        line = told.reports.get(mention.report)
        name = escaped((line.outlet or line.source) if line else mention.report)
        if line is not None and line.source.startswith(("http://", "https://")):
            name = f"[{name}](<{_NO_ADDRESS.sub('', line.source)}>)"
        said = [f"{one.name} {one.stance}" for one in mention.attribution]
        quoted = f" ({escaped(', '.join(said))})" if said else ""
        lines.append(f"> {escaped(mention.text)} — {name}{quoted}\n")
    return "\n".join(lines)


MARKDOWN = Format(
    name="markdown",
    says="Markdown: the events by date, with the reports' words",
    media_type="text/markdown; charset=utf-8",
    suffix=".md",
    pieces=write_markdown,
)
