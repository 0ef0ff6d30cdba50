"""Wordings: what the words of one mention tell of it.

In: a mention, and its report.  Out: its telling words, the offices it names, how long it
took, whether it is a war as a whole or a battle in it, and whether it is a headline.
"""

from __future__ import annotations

import re
from functools import cache

from parley.merging.names import fold
from parley.merging.passages import are_telling
from parley.merging.rules import Words, load_rules
from parley.model import Mention, Report

_HEADLINE_WITHIN = 600  # a page's headline stands in its first lines
_OTHER_WITHIN = 40  # "another round of face-to-face talks": how far before its noun it stands
_DUE_BEFORE = 24  # "no later than": how far before its day it stands
_OFFICE_BEFORE, _OFFICE_AFTER = 80, 40  # "the foreign ministers of A and B will hold talks"


def plain_words(mention: Mention, calendar: frozenset[str]) -> list[str]:
    """Return the telling words of a mention: no names, numbers and days, no plural's s."""
    names = {word for party in mention.participants for word in fold(party.name).split()}
    for party in mention.participants:
        for person in party.people:
            names.update(fold(person.name).split())
    for place in mention.where:
        names.update(fold(place.name).split())
    words = (fold(word.replace("-", "")) for word in mention.salient)
    return [
        singular(word)
        for word in words
        if word.isalpha() and word not in names and word not in calendar
    ]


def trigger_text(mention: Mention) -> str:
    """Return the trigger's own words, in lower case."""
    return mention.text[
        mention.trigger[0] - mention.start : mention.trigger[1] - mention.start
    ].lower()


def wording_of(text: str) -> str:
    """Return the words of a sentence, "" where they are such as any report may use.

    "Seven people were wounded and taken to hospital" is no sign that one copied the other.
    """
    words = fold(text)
    return words if words.count(" ") >= 5 and are_telling(words.split()) else ""


def clause_of(mention: Mention, report: Report | None) -> str:
    """Return the words around the trigger; of the report's where the mention lacks its subject.

    "The army chiefs are to meet": what is told as "to meet" is told of those just before it.
    """
    first, last = (at - mention.start for at in mention.trigger)
    if report is None or not (first == 0 or mention.text.startswith("to ")):
        return mention.text[max(0, first - _OFFICE_BEFORE) : last + _OFFICE_AFTER]
    start = mention.trigger[0]
    before = re.split(r"[,.;:!?]\s|\n", report.text[max(0, start - _OFFICE_BEFORE) : start])[-1]
    return before + mention.text[first : last + _OFFICE_AFTER]


def offices_in(text: str) -> frozenset[str]:
    """Return the names of the offices that `text` tells."""
    if not text:
        return frozenset()
    pattern, names = _office_pattern()
    return frozenset(names[match] for match in pattern.findall(text.lower()))


@cache
def _office_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {word: office.name for office in load_rules().words.offices for word in office.words}
    longest = sorted(names, key=len, reverse=True)
    alternatives = "|".join(re.escape(word) for word in longest)
    return re.compile(rf"\b(?:{alternatives})\b"), names


def scale_of(mention: Mention, words: Words) -> str | None:
    """Return "whole" of a war or a campaign, "part" of a battle in one, None where neither."""
    told = trigger_text(mention)
    parts = set(re.findall(r"\w+", told)) | {told}
    if parts & words.whole:
        return "whole"
    if mention.background and _onset(words.onset).search(mention.text.lower()):
        # "fighting erupted on ...", recalled long after, is how a war began.
        return "whole"
    if parts & words.part:
        return "part"
    return "whole" if _whole_pattern(words.whole).search(mention.text.lower()) else None


@cache
def _onset(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(words)) + r")\b")


@cache
def _whole_pattern(whole: frozenset[str]) -> re.Pattern[str]:
    """Find "killed in the six-week war", "the war claimed": a toll of the war as a whole."""
    article = r"(?:the|a|an|this|that|their|its)"
    near = rf"\b(?:in|during|throughout)\s+{article}\s+|^{article}\s+|\b(?:fought|waged)\s+"
    return re.compile(
        rf"(?:{near})(?:[\w-]+\s+){{0,3}}?(?:{'|'.join(sorted(whole))})\b(?!\s+zone|-)"
    )


def lasting_days(text: str, words: Words) -> float | None:
    """Return how many days a happening took, by its words: "44-day", "for four days".

    None where nothing is said; "within five days" and "four days later" say when, not how long.
    """
    small = text.lower()
    if not any(unit in small for unit in words.lengths):
        return None
    for pattern in _lasting_patterns():
        if found := pattern.search(small):
            number = found["number"]
            times = int(number) if number.isdigit() else words.numbers[number]
            return times * words.lengths[found["unit"]]
    return None


@cache
def _lasting_patterns() -> tuple[re.Pattern[str], ...]:
    """Find "44-day", "four days of", "for four days", in small letters."""
    words = load_rules().words
    longest = "|".join(sorted(words.numbers, key=len, reverse=True))
    amount, unit = rf"(?P<number>\d{{1,3}}|{longest})", f"(?P<unit>{'|'.join(words.lengths)})"
    told = (
        rf"\b{amount}-{unit}(?!-old)\b",
        rf"\b{amount} {unit}s?(?:\s+of|\s+long)\b",
        rf"\b(?:for|lasted|lasting|over|took)\s+(?:about\s+|almost\s+|some\s+)?{amount} {unit}s?\b"
        r"(?!\s+(?:now|ago|later|earlier|before|after|from))",
    )
    return tuple(map(re.compile, told))


def is_headline(mention: Mention, report: Report | None) -> bool:
    """Tell whether a mention stands in a line of its own at the head of its page."""
    if report is None or mention.start > _HEADLINE_WITHIN:
        return False
    text = report.text
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.start)
    line = text[start : end if end >= 0 else len(text)].strip()
    return bool(line) and len(line) <= 200 and line[-1] not in ".!…:;,”\"'"


def wants_other(mention: Mention, words: Words) -> bool:
    """Tell whether it is "another" happening of its kind than one told before."""
    at = mention.trigger[0] - mention.start
    before = re.findall(r"\w+", mention.text[max(0, at - _OTHER_WITHIN) : at].lower())
    return bool(words.other & set(before) or words.other_beside & set(before[-1:]))


def is_due(mention: Mention, report: Report | None, words: Words) -> bool:
    """Tell whether its time is the last on which it may be done: "to withdraw by 1 May"."""
    if report is None or mention.when is None or not mention.when.evidence:
        return False
    told = mention.when.evidence[0]
    before = report.text[max(0, told.start - _DUE_BEFORE) : told.start]
    return _due(words.due).search(f"{before}|{report.text[told.start : told.end]}") is not None


@cache
def _due(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Find what makes a day the last one, straight before its words or at their beginning."""
    told = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"\b(?:{told})\s+\||\|(?:{told})\b", re.IGNORECASE)


def singular(word: str) -> str:
    """Return a folded word without the s of its plural."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] != "s" else word
