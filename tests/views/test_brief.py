"""A brief says nothing that no report says."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import msgspec
import pytest

from builders import event_of, make_report, meeting
from parley.errors import WrongFilter
from parley.model import When
from parley.record import Record
from parley.views import as_html, as_markdown, show_brief
from parley.views.prose import figures_in

MAY = {"since": date(2023, 5, 1), "until": date(2023, 5, 31)}


@pytest.fixture
def brief(world):
    """Return the brief of May."""
    return show_brief(world[0], **MAY)


def pieces(brief):
    """Yield every span of a brief, dates too, with the references that it stands on."""
    for section in brief.sections:
        for item in section.items:
            first = item.spans[0].references if item.spans else ()
            yield item, item.date.text, item.date.references or first
            for span in item.spans:
                yield item, span.text, span.references


def test_every_name_and_figure_is_in_a_field_of_what_is_referred_to(world, brief):
    """What a piece of text names or counts, a mention that it refers to has in its fields."""
    record, events = world
    told = record.mentions_by_id({m.id for event in events.values() for m in event.mentions})
    known = {"Sudan", "South Sudan", "African Union", "Rapid Support Forces", "Juba", "Kosti",
             "Amal Osman", "John Deng", "army"}  # fmt: skip
    by_number = {reference.number: told[reference.quote.mention] for reference in brief.references}
    seen = 0
    for _, text, references in pieces(brief):
        assert references, text
        fields = "\n".join(_fields(by_number[number]) for number in references)
        for name in known:
            if re.search(rf"(?<!South )\b{name}\b", text):
                seen += 1
                assert name in fields, (text, fields)
        for figure in figures_in(text):
            seen += 1
            assert re.search(rf"\b0?{figure}\b", fields), (text, fields)
    assert seen > 20


def _fields(mention):
    """Return the coded fields of a mention as JSON, its words and ids left out."""
    found = msgspec.to_builtins(mention)
    for key in ("text", "id", "report", "start", "end", "trigger", "salient"):
        del found[key]
    return msgspec.json.encode(found).decode()


def test_what_stands_where(brief, world):
    """Claims stand apart from facts, what is ahead apart from what was never heard of."""
    _, events = world
    ids = {section.heading: [item.event for item in section.items] for section in brief.sections}
    assert ids["Talks"] == [events["talks"].id]
    assert ids["Agreements"] == [events["deal"].id]
    assert ids["Fighting"] == [events["shelling"].id]
    assert ids["Claims"] == [events["claim"].id]
    assert ids["Announced for these days"] == [events["unheard"].id]
    assert ids["Ahead of 31 May 2023"] == [events["ahead"].id]
    assert ids["What the sources tell differently"] == [events["shelling"].id]
    assert events["claim"].id not in ids["In short"]


def test_references_lead_to_the_words(brief, world):
    """Each reference is the report's own words, at the offsets that it gives."""
    record, _ = world
    assert [reference.number for reference in brief.references] == list(
        range(1, len(brief.references) + 1)
    )
    for reference in brief.references:
        quote = reference.quote
        assert record.report(quote.report).text[quote.start : quote.end] == quote.text


def test_figures_are_told_one_by_one(brief):
    """Figures that differ stand side by side, each with who gives it; none is added up."""
    page = as_markdown(brief)
    assert "Killed: 12, in the outlet’s own voice; [" in page
    assert "at least 20, according to army. [" in page
    assert "32" not in page.partition("## References")[0]


def test_html_is_escaped_and_whole(brief):
    """The page loads nothing, runs nothing, escapes what reports say, and closes its tags."""
    page = as_html(brief)
    assert "&lt;in Addis&gt; &amp;" in page
    assert "<in Addis>" not in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    open_tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag != "meta":
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Reader().feed(page)
    assert open_tags == []
    linked = set(re.findall(r'href="#(ref-\d+)"', page))
    assert linked == set(re.findall(r'id="(ref-\d+)"', page))


def test_markdown_is_escaped(brief):
    """Report words cannot become headings, tags or links."""
    page = as_markdown(brief)
    assert "\\<in Addis\\>" in page
    assert page.startswith("# Brief: 1 May 2023 to 31 May 2023\n")


def test_days_without_anything(world):
    """A brief of days of which nothing is told says so."""
    record, _ = world
    empty = show_brief(record, since=date(1990, 1, 1), until=date(1990, 1, 31))
    assert as_markdown(empty).endswith("*Nothing in the record is dated to these days.*\n")
    assert "<ul>" not in as_html(empty)


def test_days_the_wrong_way_round(world):
    """The end before the beginning is refused."""
    with pytest.raises(WrongFilter, match="lies before"):
        show_brief(world[0], since=date(2023, 5, 2), until=date(2023, 5, 1))


def test_what_there_is_no_room_for_is_counted(tmp_path):
    """A section has its first sixty events and says how many more there are; none is lost."""
    text = "".join(f"Round {at:04}. " for at in range(75))
    report = make_report(text)
    days = When(start=date(2023, 5, 9), end=date(2023, 5, 9), precision="day")
    years = When(start=date(2023, 1, 1), end=date(2023, 12, 31), precision="year")
    told = [meeting(report, f"Round {at:04}", when=days if at < 70 else years) for at in range(75)]
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        record.add_report(report, told)
        record.replace_events([event_of(mention) for mention in told], [])
        brief = show_brief(record, since=date(2023, 5, 1), until=date(2023, 5, 31))
    talks = next(section for section in brief.sections if section.heading == "Talks")
    assert (len(talks.items), talks.more) == (60, 10)
    assert brief.left_out == 5
    assert "10 more events" in as_markdown(brief)
