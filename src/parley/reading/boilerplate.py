"""What on a page is not the report: marked, never deleted.

A line is marked for what it says (`cues.py`, `furniture.py`), for what it repeats, or
for where it stands: above the headline, or below a line such as "Related" that links
to other stories open with.  When in doubt it is left: a paragraph of the report taken
for clutter is lost to the record, clutter taken for the report can still be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from parley.model import Boilerplate
from parley.reading.cues import (
    count_told,
    recognise,
    recognise_sentences,
    speaks_to_the_reader,
)
from parley.reading.furniture import find_credits, is_date_line, recognise_furniture
from parley.reading.headline import find_headline_line, normal
from parley.reading.lines import Line, overlap, split_lines
from parley.reading.masthead import SITE, Segment, headline_part, is_masthead, split_strip

_TEASER = "link to other stories"
# Above the headline, a line that shares less than this with the report names the site.
_STRANGE = 0.6
_LONGEST_SLOGAN = 12
_LONGEST_DECK = 30
_FEWEST_LINKS = 3
# A page with more dates alone on a line is a chronology.
_FEW_DATES = 3
# Below the headline, a line of a few words that the report never mentions is a name or a label.
_LONGEST_LABEL = 5
# A caption says what the picture shows and what of it; a third sentence is the report's.
_LONGEST_CAPTION = 2
# Between paragraphs a sub-heading may follow a "read more"; it is shorter than a headline.
_SURE_HEADLINE = 6
_LIKELY_HEADLINE = 4
_LONGEST_TEASER = 70
_SAME_STORY = 0.4
_OTHER_STORY = 0.4


def find_boilerplate(text: str, *, title: str | None = None) -> tuple[Boilerplate, ...]:
    """Return the parts of a decoded text that are not the report, in order, disjoint.

    Each is a line, or a sentence at the edge of a paragraph, without the white space
    around it; `why` says in a phrase what it is.  `title` is the report's headline
    where it is known, else it is looked for.
    """
    page = _Page(split_lines(text), title)
    page.mark_words()
    page.mark_repeats()
    page.mark_top()
    page.mark_teasers()
    page.mark_tail()
    return tuple(page.spans())


class _Page:
    """The lines of one page and the marks set on them so far."""

    def __init__(self, lines: Sequence[Line], title: str | None) -> None:
        self.lines = lines
        self.why: dict[int, str] = {}
        self.strips: dict[int, list[Segment]] = {}
        self.openers: list[int] = []  # lines below which links to other stories may stand
        self.headline = _headline_at(lines, title)
        self.alone = False  # whether one paragraph that looks like clutter must be the report
        self.first, self.last = self._paragraphs()

    def _paragraphs(self) -> tuple[int, int]:
        """Return the index of the first and the last paragraph of running text."""
        running = [
            at
            for at, line in enumerate(self.lines)
            if line.is_paragraph and not recognise(line, edge=False)
        ]
        if not running:
            self.alone = True
            running = [at for at, line in enumerate(self.lines) if self._is_told(at, line)]
        while len(running) > 1 and self._furniture(running[0], edge=True, top=True):
            del running[0]
        self.alone |= len(running) == 1
        while len(running) > 1 and (
            recognise(self.lines[running[-1]], edge=True)
            or speaks_to_the_reader(self.lines[running[-1]])
        ):
            del running[-1]
        if len(running) > 1 and self._is_deck(running[0]):
            del running[0]
        return (running[0], running[-1]) if running else (0, len(self.lines) - 1)

    def _is_told(self, at: int, line: Line) -> bool:
        """Tell whether a paragraph has sentences of a report besides those of clutter."""
        return line.is_paragraph and not recognise(line, edge=False, alone=True)

    def _furniture(self, at: int, *, edge: bool, top: bool) -> str | None:
        """Return what furniture a line is, None where the report is told in it."""
        line = self.lines[at]
        most = 0 if self.alone and not edge else _LONGEST_CAPTION
        why = recognise_furniture(line, edge=edge, top=top)
        return why if why and count_told(line) <= most else None

    def _is_deck(self, at: int) -> bool:
        """Tell whether a paragraph is the line below the headline, with page dates to follow."""
        below = self.lines[at + 1] if at + 1 < len(self.lines) else None
        return (
            self.headline is not None
            and at == self.headline + 1
            and self.lines[at].words <= _LONGEST_DECK
            and below is not None
            and not below.is_paragraph
            and recognise_furniture(below, edge=True) is not None
            and sum(is_date_line(line.text) for line in self.lines) <= _FEW_DATES
        )

    def mark_words(self) -> None:
        """Mark what is recognised by its own words."""
        for at, line in enumerate(self.lines):
            if at == self.headline:
                self._mark_site(at)
                continue
            edge = at < self.first or at > self.last
            if edge and is_date_line(line.text):
                self.why[at] = "page date"
            elif found := recognise(line, edge=edge, alone=self.alone and not edge):
                self.why[at] = found.why
                if found.teasers and found.shape != "label":
                    self.openers.append(at)
            elif edge and not line.is_paragraph and (strip := split_strip(line)):
                self.why[at], self.strips[at] = strip[0].why, strip
            elif edge and is_masthead(line.text):
                self.why[at] = SITE
            elif why := self._furniture(at, edge=edge, top=at < self.first):
                self.why[at] = why

    def _mark_site(self, at: int) -> None:
        """Mark the name of the site in the headline's own line."""
        line = self.lines[at]
        part = headline_part(line)
        if part is line:
            return
        before, behind = line.text[: part.start].rstrip(), line.text[part.end :]
        self.strips[at] = []
        if before:
            end = line.start + len(before)
            self.strips[at].append(Segment(line.start, end, SITE, True))
        if behind:
            start = line.end - len(behind.lstrip())
            self.strips[at].append(Segment(start, line.end, SITE, True))

    def mark_repeats(self) -> None:
        """Mark every copy of the headline but the first."""
        if self.headline is None:
            return
        title = normal(self.lines[self.headline].text)
        for at, line in enumerate(self.lines):
            if at != self.headline and line.words >= 3 and normal(line.text) == title:
                self.why.setdefault(at, "repeated headline")

    def mark_top(self) -> None:
        """Mark the short lines around the headline that have nothing to do with the report."""
        if self.headline is None or self.headline >= self.first:
            return
        about = self._about(self.headline, len(self.lines))
        about_below = self._about(self.first, len(self.lines))
        for at, line in enumerate(self.lines[: self.headline]):
            short = line.words <= _LONGEST_SLOGAN and not line.is_paragraph
            if short and overlap(line.content, about) < _STRANGE:
                self.why.setdefault(at, SITE)
        for at in range(self.headline + 1, self.first):
            line = self.lines[at]
            label = line.words <= _LONGEST_LABEL and not line.closed and not line.bulleted
            if label and not line.text.isupper() and not line.content & about_below:
                self.why.setdefault(at, "byline")

    def mark_teasers(self) -> None:
        """Mark the headlines of other stories below a line that announces them."""
        for opener in self.openers:
            block = self._block(opener + 1)
            if not block:
                continue
            tail = all(at in self.why for at in range(block[-1] + 1, len(self.lines)))
            taken = self._teasers(block, opener) if tail else self._headlines(block)
            # Where the report goes on below, a short line is the sub-heading to what follows.
            ends_here = tail and len(taken) == len(block)
            fewest = _LIKELY_HEADLINE if ends_here else _SURE_HEADLINE
            for at in taken:
                enclosed = at - 1 in self.why and at + 1 in self.why
                if self.lines[at].words < (_LIKELY_HEADLINE if enclosed else fewest):
                    break
                self.why[at] = _TEASER

    def mark_tail(self) -> None:
        """Mark what is no sentence below the last paragraph, once clutter has begun there."""
        begun = self._ends_in_links()
        for at in range(self.last + 1, len(self.lines)):
            line = self.lines[at]
            if at in self.why:
                begun = True
            elif begun and at != self.headline and not line.bulleted:
                asks = line.is_headline and line.closed
                if asks or not line.has_sentence or line.text.endswith(":"):
                    self.why[at] = _TEASER if line.is_headline else "navigation"
                elif speaks_to_the_reader(line):
                    self.why[at] = "prompt to the reader"

    def _ends_in_links(self) -> bool:
        """Tell whether several lines that are no sentences follow the last paragraph at once."""
        below = self.lines[self.last + 1 :][:_FEWEST_LINKS]
        if self.lines and self.lines[min(self.last, len(self.lines) - 1)].text.endswith(":"):
            return False  # the items of a list
        return len(below) == _FEWEST_LINKS and not any(
            line.has_sentence or line.bulleted for line in below
        )

    def _block(self, start: int) -> list[int]:
        """Return the unmarked lines from `start` on that could be teasers.

        These are headlines, each with at most one paragraph below, the first a headline.
        """
        block: list[int] = []
        for at in range(start, len(self.lines)):
            line = self.lines[at]
            if at in self.why:
                continue
            if at == self.headline:
                break
            if line.is_paragraph:
                if not block or self.lines[block[-1]].is_paragraph or line.words > _LONGEST_TEASER:
                    break
            elif not (line.is_headline or (line.bulleted and not line.closed)):
                break
            block.append(at)
        return block

    def _headlines(self, block: list[int]) -> list[int]:
        """Return the lines of a block above its first paragraph."""
        return list(takewhile(lambda at: not self.lines[at].is_paragraph, block))

    def _teasers(self, block: list[int], opener: int) -> list[int]:
        """Return the lines of a block above the first paragraph that is the report's."""
        pairs = sum(self.lines[at].is_paragraph for at in block)
        return list(
            takewhile(
                lambda at: not self.lines[at].is_paragraph or self._is_teaser(at, pairs, opener),
                block,
            )
        )

    def _is_teaser(self, at: int, pairs: int, opener: int) -> bool:
        """Tell whether a paragraph tells the story of the teaser's headline above it."""
        headline, paragraph = self.lines[at - 1].content, self.lines[at].content
        same = overlap(headline, paragraph) >= _SAME_STORY
        strange = overlap(paragraph, self._about(self.headline or 0, opener)) < _OTHER_STORY
        return same and (strange or pairs > 1)

    def _about(self, start: int, end: int) -> set[str]:
        """Return the content words of the report's own lines in a range."""
        words: set[str] = set()
        for at in range(start, end):
            if at not in self.why:
                words |= self.lines[at].content
        return words

    def spans(self) -> list[Boilerplate]:
        """Return the marks as spans of the text."""
        found = []
        for at, line in enumerate(self.lines):
            if at in self.strips:
                found += [
                    Boilerplate(start=part.start, end=part.end, why=part.why)
                    for part in self.strips[at]
                ]
            elif why := self.why.get(at):
                found.append(Boilerplate(start=line.start, end=line.end, why=why))
            elif line.is_paragraph:
                found += _parts(line)
        return found


def _parts(line: Line) -> list[Boilerplate]:
    """Return the sentences of a paragraph that are clutter, and its closing credits."""
    parts = [
        Boilerplate(start=line.start + start, end=line.start + end, why=why)
        for start, end, why in recognise_sentences(line)
    ]
    if (credits := find_credits(line.text)) and not any(
        part.end > line.start + credits[0] for part in parts
    ):
        start, end = credits
        parts.append(Boilerplate(start=line.start + start, end=line.start + end, why="byline"))
    return parts


def _headline_at(lines: Sequence[Line], title: str | None) -> int | None:
    """Return the index of the line that is the headline."""
    if title:
        wanted = normal(title)
        for at, line in enumerate(lines):
            if wanted and normal(line.text) == wanted:
                return at
    found = find_headline_line(lines)
    return lines.index(found) if found else None
