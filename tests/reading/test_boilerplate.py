"""What on a page is not the report, kind by kind, and what must stay."""

from __future__ import annotations

import pytest

from parley.errors import DataError
from parley.reading import cues as cues_module
from parley.reading import find_boilerplate
from parley.reading.cues import Rule, compile_rule, cues, recognise, recognise_sentences
from parley.reading.headline import find_headline
from parley.reading.lines import Line

from .samples import BODY, HEADLINE, PARAGRAPHS


def marked(text: str, *, title: str | None = None) -> dict[str, str]:
    """Return what is marked in a text, each part with its reason."""
    return {text[b.start : b.end]: b.why for b in find_boilerplate(text, title=title)}


def page(*, above: str = "", below_headline: str = "", within: str = "", below: str = "") -> str:
    """Return a page with clutter in one or more places."""
    parts = [above, HEADLINE, below_headline, *PARAGRAPHS[:2], within, PARAGRAPHS[2], below]
    return "\n\n".join(part for part in parts if part) + "\n"


ANYWHERE = {
    "cookie notice": [
        "This site uses cookies to measure visits. By clicking accept you agree.",
        "We use cookies and similar tools. Read our cookie policy.",
        "Accept all cookies",
    ],
    "newsletter or subscription prompt": [
        "Sign up for our evening newsletter",
        "Get the day's best stories delivered to your inbox.",
        "You have 2 free articles remaining. Subscribe to read on.",
    ],
    "advertisement": ["- Advertisement -", "ADVERTISEMENT", "Story continues below advertisement"],
    "share or print button": ["Share this article", "Facebook Twitter WhatsApp Email", "Print"],
    "comments": ["Leave a comment", "12 comments", "Comments (3)"],
    "link to other stories": [
        "read more",
        "Read also: Ferry company raises fares for the summer season",
        "RELATED: Storm damages school roof in the north",
        "PREV Lighthouse keeper retires after forty years of service",
        "NEXT Watch: whale stranded on beach is freed by volunteers",
        "Must Read",
    ],
    "template leftover": [
        "This section contains related articles, placed in the (Teaser field)",
        "Please enable JavaScript to view the video.",
        "Your browser does not support the audio element.",
    ],
    "copyright or legal notice": [
        "© 2024 Island Post. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
    ],
    "contact or donation prompt": [
        "Found a mistake? Select it and press Ctrl+Enter.",
        "Please consider making a donation to keep this page free.",
    ],
    "tags": ["Tags: fishing, islands, talks", "Filed under: World"],
    "navigation": ["Skip to main content", "Back to top"],
    "byline": ["Reporting by Ann Ash; Editing by Ben Birch", "Updated 3 hours ago", "5 min read"],
    "photo caption": [
        "Trawlers in the harbour of Port Louis, June 4, 2019. (Reuters File Photo)",
        "FILE - A coast guard vessel patrols the strait.",
        "Photo: Ann Ash",
        "A trawler leaves the harbour at dawn. [Ben Birch/Getty Images]",
    ],
}


@pytest.mark.parametrize(
    ("why", "clutter"), [(why, line) for why, lines in ANYWHERE.items() for line in lines]
)
def test_clutter_is_marked_and_nothing_else(why: str, clutter: str) -> None:
    """Between two paragraphs or below the last: the line is marked, for its reason."""
    assert marked(page(within=clutter)) == {clutter: why}
    assert marked(page(below=clutter)) == {clutter: why}


@pytest.mark.parametrize(
    "line",
    [
        "Friday, July 5, 2024",
        "2024-07-05 10:15",
        "5 July 2024, 10:15 GMT",
        "Updated: 05.07.2024",
        "Published on Jul 5th, 2024 at 9:30 p.m.",
        "Port Louis, 5 July 2024",
    ],
)
def test_date_alone_on_a_line_at_the_edge_is_a_page_date(line: str) -> None:
    """Above or below the headline, or at the foot."""
    assert marked(page(above=line)) == {line: "page date"}
    assert marked(page(below_headline=line)) == {line: "page date"}
    assert marked(page(below=line)) == {line: "page date"}


def test_dates_that_head_a_chronology_stay() -> None:
    """Within the report, a date alone on a line is its own."""
    assert not marked(page(within="May 19, 2023"))


@pytest.mark.parametrize(
    "line", ["By Ann Ash", "BY ANN ASH AND BEN BIRCH", "By Ann Ash in Port Louis, Island Post"]
)
def test_names_at_the_edge_are_bylines(line: str) -> None:
    """Below the headline or at the foot, not between paragraphs."""
    assert marked(page(below_headline=line)) == {line: "byline"}
    assert marked(page(below=line)) == {line: "byline"}
    assert not marked(page(within="By Friday Nothing Had Changed"))


def test_slogan_and_site_name_above_the_headline_are_marked() -> None:
    """The headline is the line whose words return in the report, not the first one."""
    text = page(above="Your First Source for Everything\n\nISLAND POST\n\nHome > World > Sea")
    assert find_headline(text) == HEADLINE
    assert set(marked(text)) == {
        "Your First Source for Everything",
        "ISLAND POST",
        "Home >",
        "World >",
        "Sea",
    }


def test_copies_of_the_headline_are_marked_but_the_first() -> None:
    """Whether the title is given or found."""
    text = f"{HEADLINE}\n\n{HEADLINE}\n{HEADLINE.upper()}\n\n{BODY}"
    for title in (None, HEADLINE):
        found = find_boilerplate(text, title=title)
        assert [b.why for b in found] == ["repeated headline"] * 2
        assert found[0].start == len(HEADLINE) + 2


def test_site_behind_the_headline_is_marked_alone() -> None:
    """In `Headline | Site` the headline stays."""
    text = f"{HEADLINE} | Island Post\n\n{BODY}"
    assert marked(text) == {"| Island Post": "site name, section or slogan"}
    assert find_headline(text) == HEADLINE


def test_teasers_of_other_stories_are_marked_with_their_paragraphs() -> None:
    """Below a line that announces them, at the end: headline and what it says."""
    headline = "Volcano observatory reports rising tremors under the western crater"
    teaser = "The volcano observatory said tremors under the western crater had doubled overnight."
    text = page(below=f"Latest\n\n{headline}\n\n{teaser}\n\nMore Articles Like This")
    assert set(marked(text)) == {"Latest", headline, teaser, "More Articles Like This"}


def test_list_of_headlines_below_most_read_is_marked() -> None:
    """Numbered, with arrows or bare; and what follows at the foot of the page."""
    teasers = ["1. Ferry fares rise again", "→ Cup final ends in a draw", "School opens new wing"]
    text = page(below="\n".join(["MOST READ", *teasers, "Print", "Lottery numbers of the week"]))
    assert set(marked(text)) == {
        "MOST READ",
        *teasers,
        "Print",
        "Lottery numbers of the week",
    }


def test_report_that_goes_on_below_a_link_stays() -> None:
    """After such a line the next paragraph, sub-heading or list belongs to the report."""
    for line in ("Talks in the north", "• to end the patrols", PARAGRAPHS[2]):
        text = page(within=f"Related\n\n{line}")
        assert line not in marked(text)


def test_link_between_paragraphs_takes_its_headline_alone() -> None:
    """The teaser is marked, the paragraph below it is the report's."""
    link = "Southern ministry orders second patrol boat from foreign shipyard"
    text = page(within=f"Read more\n\n{link}")
    assert set(marked(text)) == {"Read more", link}


def test_strip_is_told_part_by_part() -> None:
    """A date among other things in one line is marked as the page's date by itself."""
    found = marked(page(below_headline="By Ann Ash | May 3, 2024, 21:40 | 37 comments"))
    assert list(found.values()) == ["byline", "page date", "comments"]
    assert "May 3, 2024, 21:40 |" in found


def test_clutter_at_the_end_of_a_paragraph_is_marked_alone() -> None:
    """The paragraph stays, the credit or the prompt in it does not."""
    credit = "(Reporting by Ann Ash; Editing by Ben Birch)"
    prompt = "Subscribe to our newsletter here."
    text = f"{HEADLINE}\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]} {prompt}\n\n{PARAGRAPHS[2]} {credit}"
    assert set(marked(text)) == {credit, prompt}


STAY = [
    "Related violence left two people dead.",
    "More than 40 people were arrested.",
    "Next week's talks will decide the fate of the accord.",
    "Latest figures put the toll at 41.",
    "Watch towers were shelled overnight, officials said.",
    "Share of the blame lies with both sides, the mediator said.",
    "Comments by the minister drew anger.",
    "Contact was lost with the convoy.",
    "Updated figures show 12 dead.",
    "Print media were banned.",
    "Photographs released by the ministry showed burnt vehicles.",
    "Source of the fire was unknown.",
    "Follow the money, she said.",
    "The dead were buried on May 3, 2021.",
    "Cookies and tea were served to the delegates of both islands during the break.",
    "The two sides agreed:",
    "Conflict",
    "Background",
    "What happens next?",
    "Talks in the capital",
    "Analysts: truce may not hold",
    "Cabinet reshuffle - what we know",
    "“We will not sign,” he said.",
]


@pytest.mark.parametrize("line", STAY)
def test_lines_of_the_report_stay(line: str) -> None:
    """Short lines, sub-headings and sentences that begin like clutter are the report."""
    assert not marked(page(within=line))
    assert not marked(page(below=line))


@pytest.mark.parametrize(
    "headline",
    [
        "Watch: island delegations walk out over fishing grounds",
        "Opinion: the islands must share their fishing grounds",
        "Live updates: trawlers fired on near disputed grounds",
        "Sources: island delegations to meet in Port Louis",
    ],
)
def test_labelled_headline_is_still_the_headline(headline: str) -> None:
    """A label before the only headline makes no link of it."""
    text = f"{headline}\n\n{BODY}"
    assert find_headline(text) == headline
    assert not marked(text)


def test_links_at_the_foot_need_no_announcement() -> None:
    """Three lines or more that are no sentences, below the last paragraph; one alone stays."""
    links = ["On other pages", "Ferry fares rise again in June", "School opens its new wing"]
    assert set(marked(page(below="\n".join(links)))) == set(links)
    assert not marked(page(below=links[1]))
    assert not marked(page(below="\n".join(f"• {link}" for link in links)))
    assert not marked(page(below="The ministry denied the charge. Enditem"))


def test_text_without_lines_of_its_own_is_left_alone() -> None:
    """Nothing, one sentence, one word."""
    for text in ("", " \n ", "Envoys met on Monday to discuss the truce.", "Truce"):
        assert not find_boilerplate(text)


def test_every_phrase_of_the_data_file_compiles() -> None:
    """The file loads; a phrase in capitals, which could never match, is refused."""
    assert cues()
    with pytest.raises(DataError, match=r"boilerplate\.toml"):
        compile_rule(Rule(why="x", where="any", longest=9, whole=("Read More",)))
    with pytest.raises(DataError, match=r"boilerplate\.toml"):
        compile_rule(Rule(why="x", where="any", longest=9, contains=("* #",)))


_FRAMES = {
    "whole": "{}",
    "starts": "{} every day",
    "ends": "Every day {}",
    "label": "{}: talks resume",
    "contains": "Please note that {} here",
    "capitals": "{} Talks resume",
    "made_of": "{}",
}
_WITH_A_PHRASE = [
    frame.format(words.upper() if shape == "capitals" else words)
    for cue in cues()
    for shape, frame in _FRAMES.items()
    for phrase in getattr(cue.rule, shape)
    for words in [phrase.replace("*", "Port Louis").replace("#", "12")]
]


def test_no_phrase_is_missed_for_the_word_it_is_looked_up_by(monkeypatch) -> None:
    """Lines with each phrase of the file are taken for what they are where all are tried."""

    def found() -> list[object]:
        lines = [Line(text, 0, len(text)) for text in _WITH_A_PHRASE]
        return [(recognise(line, edge=True), recognise_sentences(line)) for line in lines]

    quickly = found()
    monkeypatch.setattr(cues_module, "_within", lambda _key, _by_word: cues())
    assert found() == quickly
    assert sum(recognised is not None for recognised, _ in quickly) > len(quickly) * 0.9


TOLD = (
    "Rebels attacked the town of Sake on Monday, killing six soldiers. "
    "The army said it would answer. Talks were put off."
)
TERSE = "Rebels attacked Sake. Six soldiers were killed. The army fled. Talks were put off."
OPENINGS = {
    "byline": [
        "By our correspondent in Goma.",
        "By our correspondent:",
        "From our correspondent.",
        "From our correspondent in Goma:",
        "By staff reporter.",
        "Reporting by J. Smith in St. Petersburg.",
        "Updated:",
        "Updated: 12 May 2021 10:30 GMT.",
        "Source: Reuters.",
        "Updated 3 hours ago.",
    ],
    "photo caption": ["Photo: Reuters.", "Photo by Ann Ash.", "File photo."],
    "link to other stories": ["Latest:", "Read more: Army retreats."],
    "copyright or legal notice": ["© 2020 Island Post."],
    "newsletter or subscription prompt": ["Sign up for our daily email."],
}


@pytest.mark.parametrize("told", [TOLD, TERSE])
@pytest.mark.parametrize(
    ("why", "opening"), [(why, part) for why, parts in OPENINGS.items() for part in parts]
)
def test_report_behind_its_byline_in_one_paragraph_stays(why: str, opening: str, told: str) -> None:
    """Where nothing else could be the report, only the opening's own sentence is marked."""
    if told is TERSE and opening.endswith(":"):
        opening += " a summary."
    assert marked(f"{opening} {told}") == {opening: why}
    assert marked(f"{HEADLINE}\n\n{opening} {told}\n") == {opening: why}


@pytest.mark.parametrize(
    "opening", ["By our correspondent in Goma.", "Updated: 12 May 2021.", "Tags: Congo."]
)
def test_paragraph_among_others_keeps_what_it_tells_behind_a_byline(opening: str) -> None:
    """First, between or last: the opening is marked, the paragraph's other sentences are not."""
    paragraph = f"{opening} {TOLD}"
    assert list(marked(f"{HEADLINE}\n\n{paragraph}\n\n{BODY}")) == [opening]
    assert list(marked(page(within=paragraph))) == [opening]
    assert list(marked(page(below=paragraph))) == [opening]


@pytest.mark.parametrize(
    "closing",
    ["File photo.", "Photo by Ann Ash.", "AP Photo.", "Reporting by Ann Ash.", "Getty Images."],
)
def test_report_before_a_credit_in_one_paragraph_stays(closing: str) -> None:
    """A credit in the last sentence is marked alone where the report stands before it."""
    assert list(marked(f"{TOLD} {closing}")) == [closing]


@pytest.mark.parametrize(
    "paragraph",
    [
        f"GOMA, Congo (Reuters) - {TOLD}",
        f"Goma, 3 May 2021 (AFP) -- {TOLD}",
        f"By John Smith. {TOLD}",
        f"Editor's note: This story has been updated. {TOLD}",
        "Rebels attacked the town of Sake on Monday, killing six soldiers (two of them officers)",
    ],
)
def test_only_paragraph_of_a_page_is_its_report(paragraph: str) -> None:
    """A dateline, a note or a bracket does not make clutter of the one paragraph there is."""
    assert marked(paragraph) == {}
    assert marked(f"{HEADLINE}\n\n{paragraph}\n") == {}


@pytest.mark.parametrize(
    "told",
    [
        "The US envoy met the generals in Geneva on Monday.",
        '"We killed six soldiers in Sake on Monday," the rebels said.',
    ],
)
def test_country_and_a_quotation_are_no_word_to_the_reader(told: str) -> None:
    """The country "US" and what somebody is quoted with are the report's, wherever they stand."""
    assert list(marked(f"By our correspondent. {told}")) == ["By our correspondent."]
    assert told not in marked(page(below=f"Read more\n\n{told}"))


def test_caption_of_two_sentences_is_still_a_caption() -> None:
    """Beside the paragraphs of a report a picture's description may go on for a sentence."""
    caption = (
        "Photo: A coast guard vessel patrols the strait near Port Louis. "
        "The islands have disputed its waters for more than forty years."
    )
    assert marked(page(within=caption)) == {caption: "photo caption"}
