"""The phrases that give clutter away: `data/boilerplate.toml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from parley.errors import DataError
from parley.reading.language import little_words
from parley.reading.lexicon import load
from parley.reading.lines import Line

_NAME = "boilerplate.toml"
# An initial and a short form of a title or a month end no sentence.
_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\b[^\W\d_]\.)(?<!\b(?:Mr|Ms|Dr|St|Lt|Jr|No)\.)"
    r"(?<!\b(?:Mrs|Gen|Col|Maj|Sgt|Adm|Sen|Rep|Gov|Jan|Feb|Aug|Oct|Nov|Dec)\.)"
    r"(?<!\b(?:Prof|Capt|Brig|Sept)\.)[\"'”’)\]]*\s+"
)
# Who speaks to the reader; a reporter does so in quotations only.  "US" is a country.
_TO_THE_READER = re.compile(
    r"(?<!\w)(?<!\w['’.-])"
    r"(?:(?i:you|yours?|we|we['’]re|we['’]ll|our|this (?:web)?site|cookies)|[Uu]s)"
    r"(?!\w|['’.-]\w)"
)
_QUOTED = re.compile(r"[\"“”„«»]")
_SHORT_SENTENCE = 8
# A byline or a credit with as many words is not told from a sentence of the report.
_SHORT_PARAGRAPH = 12
_LABEL_END = r"\s*(?:[:|»›]|\s[-–—]\s)"
_WILD = {"*": r"\S+(?: \S+){0,7}", "#": r"\d+(?:[.,]\d+)?"}


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of clutter, as the data file has it."""

    why: str
    where: Literal["any", "edge"]
    longest: int
    teasers: bool = False
    runs_on: int = 0
    whole: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """The data file."""

    rule: tuple[Rule, ...]


class Cue(Struct, frozen=True):
    """A rule ready for use."""

    rule: Rule
    whole: re.Pattern[str] | None
    starts: re.Pattern[str] | None
    ends: re.Pattern[str] | None
    label: re.Pattern[str] | None
    contains: re.Pattern[str] | None
    capitals: re.Pattern[str] | None
    made_of: frozenset[str]


class Found(Struct, frozen=True):
    """What a line was recognised by."""

    why: str
    shape: str
    teasers: bool


@cache
def cues() -> tuple[Cue, ...]:
    """Return the rules of the data file, compiled.  Raises `DataError` if it is malformed."""
    return tuple(compile_rule(rule) for rule in load(_NAME, Rules).rule)


def compile_rule(rule: Rule) -> Cue:
    """Return a rule with its phrases compiled, each shape into one pattern."""
    # "Most read" above links to other stories may as well be a label: "Most read: ..."
    labels = rule.label + (rule.whole if rule.teasers else ())
    label = "|".join(_phrase(p, r"\s+") for p in _longest_first(labels))
    return Cue(
        rule,
        whole=_pattern("^ (?:[|»«›>/&] )*(?:{}) (?:[|»«›>/&] )*$", rule.whole),
        starts=_pattern("^ (?:[|»«›>/&] )*(?:{}) ", rule.starts),
        ends=_pattern(" (?:{}) $", rule.ends),
        label=re.compile(rf"\W*(?:{label}){_LABEL_END}", re.IGNORECASE) if label else None,
        contains=_pattern(" (?:{}) ", rule.contains),
        capitals=_capitals(rule.capitals),
        made_of=frozenset(rule.made_of),
    )


def recognise(line: Line, *, edge: bool, alone: bool = False) -> Found | None:
    """Return what clutter a line is, None if it is none by its words.

    `edge` tells whether it stands above the first or below the last paragraph, `alone`
    that no other paragraph on the page could be the report.  A phrase in the first or
    the last sentence does not make clutter of the report told in the others.
    """
    for cue in _cues_within(line.key):
        rule = cue.rule
        if len(line.text) > rule.longest or (rule.where == "edge" and not edge):
            continue
        shape = _shape(cue, line)
        if shape == "contains":
            whole = _is_all_clutter(line)
        else:
            whole = shape is not None and not _goes_on(line, cue, shape, alone=alone)
        if shape and whole:
            return Found(rule.why, shape, rule.teasers)
    return None


def recognise_sentences(line: Line) -> list[tuple[int, int, str]]:
    """Return the sentences of a paragraph that are clutter: start, end (of the line) and why.

    A sentence that no reporter writes is one wherever it stands; a byline, a credit or a
    label only where the paragraph opens or closes with it.
    """
    sentences = _sentences(line)
    found = {}
    for order in (sentences, sentences[::-1]):
        for sentence in order:
            if not (part := _recognise_short(sentence)):
                break
            found[sentence.start] = part
            if part[1] < sentence.end:
                break
    for sentence in sentences:
        if why := _unmistakable(sentence):
            found[sentence.start] = (sentence.start, sentence.end, why)
    return [found[start] for start in sorted(found)]


def count_told(line: Line) -> int:
    """Return how many sentences of a line could be the report's, short ones taken together."""
    return _count_told(_sentences(line))


def _count_told(sentences: Iterable[Line]) -> int:
    words = [sentence.words for sentence in sentences if _could_be_told(sentence)]
    long = [number for number in words if number >= _SHORT_SENTENCE]
    return len(long) + (sum(words) - sum(long)) // _SHORT_SENTENCE


def _goes_on(line: Line, cue: Cue, shape: str, *, alone: bool) -> bool:
    """Tell whether the report is told behind (or before) the sentence with the cue."""
    if cue.rule.where == "edge" or shape in ("whole", "made_of"):
        return False
    sentences = _sentences(line)
    rest = sentences[:-1] if shape == "ends" else sentences[1:]
    told = _count_told(rest)
    if shape == "label" and (alone or not (cue.rule.teasers or cue.rule.runs_on)):
        told += _label_end(sentences[0], cue) is not None
    return told > (0 if alone else cue.rule.runs_on)


def _label_end(sentence: Line, cue: Cue) -> int | None:
    """Return where the label before a sentence that could be told ends, None without such."""
    if not (cue.label and (label := cue.label.match(sentence.text))):
        return None
    rest = Line(sentence.text, label.end(), len(sentence.text))
    return sentence.start + label.end() if rest.closed and rest.words >= _SHORT_SENTENCE else None


def _recognise_short(sentence: Line) -> tuple[int, int, str] | None:
    """Return what of the first or last sentence of a paragraph is clutter, and why."""
    for cue, shape in _cues_of(sentence):
        if shape == "label" and (end := _label_end(sentence, cue)):
            return sentence.start, end, cue.rule.why
        if sentence.words < _SHORT_PARAGRAPH:
            return sentence.start, sentence.end, cue.rule.why
    return None


def _cues_of(sentence: Line) -> Iterator[tuple[Cue, str]]:
    """Yield the cues, and the shape of each, that a sentence has in whatever place."""
    for cue in _cues_within(sentence.key):
        if cue.rule.where == "any" and len(sentence.text) <= cue.rule.longest:
            shape = _shape(cue, sentence)
            if shape and shape != "contains":
                yield cue, shape


def _could_be_told(sentence: Line) -> bool:
    """Tell whether a sentence could be the report's by its words."""
    return not (
        speaks_to_the_reader(sentence)
        or _unmistakable(sentence)
        or any(True for _ in _cues_of(sentence))
    )


def _sentences(line: Line) -> list[Line]:
    """Return the sentences of a line, with offsets into its text."""
    bounds = [0, *(m.end() for m in _SENTENCE.finditer(line.text)), len(line.text)]
    return [
        Line(line.text, start, start + len(line.text[start:end].rstrip()))
        for start, end in pairwise(bounds)
        if line.text[start:end].strip()
    ]


def speaks_to_the_reader(line: Line) -> bool:
    """Tell whether a line says "you" or "our", and quotes nobody."""
    return bool(_TO_THE_READER.search(line.text)) and not _QUOTED.search(line.text)


def _is_all_clutter(line: Line) -> bool:
    """Tell whether no sentence of a line with clutter in it could be the report's."""
    return all(
        sentence.words < _SHORT_SENTENCE
        or _TO_THE_READER.search(sentence.text)
        or _unmistakable(sentence)
        for sentence in _sentences(line)
    )


def _unmistakable(sentence: Line) -> str | None:
    for cue in _within(sentence.key, _containing_by_word()):
        short = len(sentence.text) <= cue.rule.longest
        if short and cue.contains and cue.contains.search(sentence.key):
            return cue.rule.why
    return None


@lru_cache(maxsize=256)  # one line is asked about as a headline, at an edge, and in the midst
def _cues_within(key: str) -> tuple[Cue, ...]:
    """Return, in their order, the cues that a line may have by the words in its key."""
    return tuple(_within(key, _cues_by_word()))


def _within(key: str, by_word: Mapping[str, frozenset[int]]) -> Iterator[Cue]:
    """Yield, in their order, the cues that a line may have by the words in its key.

    Most lines have none, and are not compared with hundreds of phrases.
    """
    words = by_word.keys() & key.split()
    if words:
        all_cues = cues()
        numbers = frozenset[int]().union(*(by_word[word] for word in words))
        yield from (all_cues[number] for number in sorted(numbers))


@cache
def _cues_by_word() -> Mapping[str, frozenset[int]]:
    """Return for each word the numbers of the cues that a line with it may have."""
    shapes = ("whole", "starts", "ends", "label", "contains", "capitals", "made_of")
    return _by_word([p for shape in shapes for p in getattr(cue.rule, shape)] for cue in cues())


@cache
def _containing_by_word() -> Mapping[str, frozenset[int]]:
    """Return for each word the numbers of the cues that a line with it may contain."""
    return _by_word(cue.rule.contains for cue in cues())


def _by_word(phrases_of: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    """Return the numbers of the cues by the word of each phrase that says most: its longest."""
    found: dict[str, set[int]] = {}
    for number, phrases in enumerate(phrases_of):
        for phrase in phrases:
            words = Line(phrase, 0, len(phrase)).key.split()
            telling = max(words, key=lambda word: (word not in little_words(), len(word)))
            found.setdefault(telling, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _shape(cue: Cue, line: Line) -> str | None:
    """Return the name of the first of the rule's shapes that a line has."""
    key = line.key
    if cue.whole and cue.whole.search(key):
        return "whole"
    if cue.label and cue.label.match(line.text):
        return "label"
    if cue.capitals and cue.capitals.match(line.text):
        return "label"
    if cue.starts and cue.starts.match(key):
        return "starts"
    if cue.ends and cue.ends.search(key):
        return "ends"
    if cue.contains and cue.contains.search(key):
        return "contains"
    if cue.made_of and key.strip() and cue.made_of.issuperset(key.split()):
        return "made_of"
    return None


def _pattern(frame: str, phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    return re.compile(frame.format("|".join(_phrase(p, " ") for p in _longest_first(phrases))))


def _capitals(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """Words in capitals before words that are not: "NEXT Talks resume", not "NEXT ROUND"."""
    if not phrases:
        return None
    words = "|".join(re.escape(phrase.upper()) for phrase in _longest_first(phrases))
    return re.compile(rf"\W*(?:{words})\s+\W*(?!\w*[A-Z]{{2}})\w")


def _phrase(phrase: str, space: str) -> str:
    words = phrase.split()
    if phrase != phrase.lower() or all(word in _WILD for word in words):
        raise DataError(f"{_NAME}: {phrase!r} has no word, or is not lower case; mend the file")
    return space.join(_WILD.get(word) or re.escape(word) for word in words)


def _longest_first(phrases: tuple[str, ...]) -> list[str]:
    return sorted(phrases, key=len, reverse=True)
