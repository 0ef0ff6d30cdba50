"""The time expressions of a parse, each with what its sentence says of its direction."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from spacy.tokens import Doc, Span, Token

from parley.dating.direction import direction_of, is_spoken, names_accord
from parley.dating.grammar import Found, Grammar
from parley.dating.meanings import (
    Calendar,
    Expression,
    Hanging,
    Holiday,
    Length,
    Meaning,
    Months,
    Moved,
    Recurring,
    Shifted,
    Weekday,
)
from parley.dating.meanings import Span as Reach
from parley.dating.plans import is_planned, putting_off
from parley.dating.words import words
from parley.parsing import Parse, start_of
from parley.parsing.layout import lay_out

_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2\d{4}(?!\d)")
# Where there is no such thing, nobody asks which number is the day.
_NUMBERS = re.compile(r"\d[./-]\d{1,2}[./-]\d\d")
_DAY_MONTH = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]{2,8}\.?,? \d{4}\b")
_MONTH_DAY = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b")
_NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "EVENT", "PRODUCT", "FAC", "LAW"})
# "until Friday", "by May 3": ahead, unless the clause is past.
_AHEAD = frozenset({"until", "till", "by"})
_FROM_TO = re.compile(
    r"from (?P<first>.+?) (?:to|until|till) (?P<last>.+)", re.IGNORECASE | re.DOTALL
)
_AMOUNTS = frozenset({"CARDINAL", "MONEY", "QUANTITY", "PERCENT"})


def reads_day_first(text: str) -> bool:
    """Tell whether "05/06/2023" in this text is the 5th of June.

    A number above 12 decides; else the order of the dates in words; else the day is
    first, as in most countries.
    """
    for first, _, second in _NUMERIC.findall(text):
        if int(first) > 12:
            return True
        if int(second) > 12:
            return False
    return len(_DAY_MONTH.findall(text)) >= len(_MONTH_DAY.findall(text))


def paragraph_text(parse: Parse, doc: Doc) -> str:
    """Return the text of a paragraph, cheaper than spaCy puts it together again."""
    start = start_of(doc)
    length = doc[-1].idx + len(doc[-1]) if len(doc) else 0
    return parse.report.text[start : start + length]


def find_expressions(parse: Parse) -> tuple[Expression, ...]:
    """Return the time expressions of a parse in the order of the text."""
    text = parse.report.text
    day_first = _NUMBERS.search(text) is None or reads_day_first(text)
    found: list[Expression] = []
    sentence = 0
    for paragraph, doc in enumerate(parse.docs):
        matches = list(Grammar(paragraph_text(parse, doc), day_first=day_first).find())
        if matches:
            reader = _Paragraph(doc, paragraph_text(parse, doc), paragraph, sentence)
            parts = [part for match in matches for part in reader.parted(match)]
            found.extend(e for match in parts if (e := reader.read(match)))
            sentence += len(reader.sentences)
        sentence += 1
    return tuple(found)


class _Paragraph:
    """A parsed paragraph, asked about the surroundings of its time expressions."""

    def __init__(self, doc: Doc, text: str, number: int, first_sentence: int) -> None:
        self.doc = doc
        self.text = text
        self.number = number
        self.start = start_of(doc)
        self.first_sentence = first_sentence
        self._offsets = lay_out(doc).offsets
        self.sentences = list(doc.sents)
        self._sentence_starts = [span.start for span in self.sentences]
        self._words: dict[int, frozenset[str]] = {}

    def token_at(self, offset: int) -> Token:
        return self.doc[max(0, bisect_right(self._offsets, offset) - 1)]

    def parted(self, match: Found) -> list[Found]:
        """Return the two days of "postponed from Friday to Sunday" apart, else a match itself."""
        meaning, joint = match.meaning, None
        if isinstance(meaning, Reach):
            joint = _FROM_TO.match(self.text[match.start : match.end])
        if not isinstance(meaning, Reach) or joint is None:
            return [match]
        last = match.start + joint.start("last")
        moved = putting_off(self.token_at(last))
        if moved is None or putting_off(self.token_at(match.start + joint.start("first"))) is None:
            return [match]
        first = match.start + joint.start("first"), match.start + joint.end("first")
        return [
            Found(*first, meaning.first, "from"),
            Found(last, match.end, meaning.last, "to"),
        ]

    def read(self, match: Found) -> Expression | None:
        """Make an expression of a match; None where the sentence shows that it is none."""
        meaning = match.meaning
        if meaning is None:
            return None
        first, last = self.token_at(match.start), self.token_at(match.end - 1)
        if not self._stands(match, meaning, first, last):
            return None
        root = self.doc[first.i : last.i + 1].root
        direction = direction_of(root)
        if direction is None and match.before in _AHEAD and isinstance(meaning, Calendar | Weekday):
            direction = "future"
        planned = is_planned(root) and not names_accord(root)
        if planned and putting_off(root) is not None:
            direction = "future"
        if isinstance(meaning, Moved) and meaning.sign > 0 and direction != "future":
            text = self.text[match.start : match.end]
            if text.lower().startswith("in "):
                days = words().unit_days[meaning.unit] * (meaning.low + meaning.high) / 2
                meaning = Length(days)
        anchor = None
        if isinstance(meaning, Hanging) and meaning.following:
            anchor = self._anchor(match.end)
        number = bisect_right(self._sentence_starts, first.i) - 1
        return Expression(
            start=self.start + match.start,
            end=self.start + match.end,
            text=self.text[match.start : match.end],
            meaning=meaning,
            direction=direction,
            relation=_relation(match.before, root),
            paragraph=self.number,
            sentence=self.first_sentence + number,
            anchor=anchor,
            words=self._content(number),
            spoken=is_spoken(root),
            planned=planned,
        )

    def _content(self, number: int) -> frozenset[str]:
        if number not in self._words:
            layout, span = lay_out(self.doc), self.sentences[number]
            self._words[number] = frozenset(
                layout.lemmas[i].lower()
                for i in range(span.start, span.end)
                if layout.pos[i] in ("NOUN", "PROPN", "VERB")
                and layout.ents[i] not in ("DATE", "TIME")
                and not self.doc[i].is_stop
            )
        return self._words[number]

    def _stands(self, match: Found, meaning: Meaning, first: Token, last: Token) -> bool:
        """Tell whether words that could be a time are one here."""
        lists = words().lists
        timed = last.ent_type_ in ("DATE", "TIME")
        inside_name = last.ent_type_ in _NAMES and self._ent_longer(first, last)
        if isinstance(meaning, Calendar):
            if meaning.day is not None or (meaning.year is not None and meaning.month is not None):
                return True
            if meaning.part or meaning.shift is not None or meaning.of is not None:
                return True
            if meaning.year is not None:
                return self._is_year(match, last, timed=timed)
            if last.pos_ in ("AUX", "VERB") or last.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
                return match.before in ("in", "since", "until", "last", "this", "next")
            return timed or match.before in lists.before_time
        if isinstance(meaning, Weekday):
            return not (inside_name and meaning.shift is None)
        if isinstance(meaning, Months):
            if meaning.year is not None or meaning.of is not None or meaning.shift is not None:
                return True
            if last.pos_ in ("VERB", "AUX", "ADJ"):
                return False
            return timed or match.before in ("in", "this", "last", "next", "by", "since", "until")
        if isinstance(meaning, Recurring | Holiday):
            return (not inside_name and (timed or not first.text[0].isupper() or first.i == 0)) or (
                isinstance(meaning, Holiday)
                and last.ent_type_ not in ("GPE", "LOC", "PERSON", "ORG", "FAC")
            )
        if isinstance(meaning, Shifted):
            return not inside_name
        return True

    def _ent_longer(self, first: Token, last: Token) -> bool:
        for ent in self.doc.ents:
            if ent.start <= last.i < ent.end:
                return ent.start < first.i or ent.end > last.i + 1
        return False

    def _is_year(self, match: Found, token: Token, *, timed: bool) -> bool:
        """Tell a year from an amount and from a part of a name."""
        year = int(token.text[:4]) if token.text[:4].isdecimal() else 0
        if len(self.text[match.start : match.end]) < 4 or not 1500 <= year <= 2199:
            return False
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        counted = following is not None and following.tag_ == "NNS"
        if timed:
            return not (counted and token.dep_ == "nummod" and match.before not in ("in", "the"))
        if match.before in ("in", "since", "until", "during") and not counted:
            return token.ent_type_ not in ("MONEY", "PERCENT", "QUANTITY")
        if token.ent_type_ in _AMOUNTS or counted:
            return False
        return token.ent_type_ in ("EVENT", "") and (
            match.before in words().lists.before_year
            or match.before in ("the", "s", "'", "’")
            or token.ent_type_ == "EVENT"
        )

    def _anchor(self, offset: int) -> tuple[int, int] | None:
        """Return the offsets in the report of the event behind "a week after"."""
        at = bisect_right(self._offsets, offset)
        if at >= len(self.doc):
            return None
        token = self.doc[at]
        joint = self.doc[at - 1]
        sentence = token.sent
        node = token
        while node.head.i != node.i and node.head.i >= token.i:
            node = node.head
        span = self._subtree(node, token, sentence)
        if joint.sent != sentence or not span.text.strip():
            return None
        return self.start + span.start_char, self.start + span.end_char

    def _subtree(self, node: Token, first: Token, sentence: Span) -> Span:
        last = min(node.right_edge.i, sentence.end - 1)
        # "a summit in Lima on May 14": the parse may hang the last phrase on the verb.
        while last + 1 < sentence.end and self.doc[last + 1].lower_ in ("in", "on", "at"):
            last = min(self.doc[last + 1].right_edge.i, sentence.end - 1)
        while last > first.i and self.doc[last].is_punct:
            last -= 1
        return self.doc[first.i : last + 1]


def _relation(before: str, root: Token) -> Literal["since", "until"] | None:
    """Return what the word before a time makes of it: nothing where it goes to what the time owns.

    "Since last year's war": the war is what began then, and the year is the war's.
    """
    if root.dep_ == "poss" and root.head.i > root.i:
        return None
    if before == "since":
        return "since"
    return "until" if before in ("until", "till") else None
