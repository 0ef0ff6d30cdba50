"""Tying phrases: `data/ties.toml` as patterns, and the sentences in which they are looked for.

In: a report's finished mentions and its text.  Out: `Sentence`s, each with the mentions that
it tells and those told of before, and what a phrase in it names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from parley.coding.clauses import outer_noun
from parley.coding.lexicon import read_toml
from parley.coding.triggers import Trigger
from parley.errors import DataError
from parley.model import EventType, Mention, Relation, Trace

AGREEMENT_WITHIN = 60  # characters between "under" and the agreement's noun
DEEDS = frozenset[EventType]({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})
AGREED = frozenset({"happened", "ongoing", "called_off"})
AHEAD = frozenset({"scheduled", "expected", "proposed"})
_INCIDENT_DAYS = 10  # what took longer is no incident
_TOLD = frozenset({"happened", "ongoing", "alleged"})
_STEM = 4  # letters of a deed's noun that its verb has as well: "shelling", "shelled"
_TWO = 2  # happenings that a tie needs
_BACK = 2  # sentences in which "the attack" has been told of
_FAR = 4
_LONGEST = 70  # characters of a phrase, and of what must follow it
_LENGTH = re.compile(r"\b(?:hour|day|week|month|year|decade)s?\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n")
_CLAUSE_END = re.compile(r"[.;,:!?]")
# What a phrase names stands before the next clause begins.
_NAMED = re.compile(
    r"(?:(?!\b(?:after|before|since|when|while|which|who|whose|as|but|because)\b)[^;:.,\n]){0,90}"
)

Tie = tuple[Relation, Mention, Mention, Trace]


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/ties.toml`: phrases that tie, as regular expressions."""

    answers: tuple[str, ...]
    striking_back: tuple[str, ...]
    retorting: tuple[str, ...]
    after: tuple[str, ...]
    provoking: tuple[str, ...]
    part_of: tuple[str, ...]
    during: tuple[str, ...]
    campaigns: tuple[str, ...]
    leaving: tuple[str, ...]
    one_of: tuple[str, ...]
    deeds: tuple[str, ...]
    calling: tuple[str, ...]
    inquiries: tuple[str, ...]
    freed_who: tuple[str, ...]
    taking: tuple[str, ...]
    keeping: tuple[str, ...]
    breaking: tuple[str, ...]
    as_agreed: tuple[str, ...]
    agreed_in: tuple[str, ...]
    against_agreed: tuple[str, ...]
    observing: tuple[str, ...]
    agreements: tuple[str, ...]
    ended_by: tuple[str, ...]
    ending: tuple[str, ...]
    ended: tuple[str, ...]
    over: tuple[str, ...]
    lapsing: tuple[str, ...]
    announces: tuple[str, ...]


class Patterns(Struct, frozen=True):
    """What finds each kind of phrase."""

    answers: re.Pattern[str]
    striking_back: re.Pattern[str]
    retorting: re.Pattern[str]
    after: re.Pattern[str]
    provoking: re.Pattern[str]
    part_of: re.Pattern[str]
    during: re.Pattern[str]
    campaigns: re.Pattern[str]
    leaving: re.Pattern[str]
    one_of: re.Pattern[str]
    named_again: re.Pattern[str]
    deed_again: re.Pattern[str]
    inquiries: re.Pattern[str]
    freed_who: re.Pattern[str]
    taking: re.Pattern[str]
    keeping: re.Pattern[str]
    breaking: re.Pattern[str]
    as_agreed: re.Pattern[str]
    agreed_in: re.Pattern[str]
    against_agreed: re.Pattern[str]
    observed: re.Pattern[str]  # any of these five
    observing: re.Pattern[str]
    ended_by: re.Pattern[str]
    ending: re.Pattern[str]
    ended: re.Pattern[str]
    over: re.Pattern[str]
    lapsing: re.Pattern[str]
    announces: re.Pattern[str]


@cache
def load_patterns() -> Patterns:
    """Return what finds each kind of phrase.  Raises DataError, naming file and key."""
    path = files("parley.coding") / "data" / "ties.toml"
    try:
        phrases = msgspec.convert(read_toml(path), Phrases)
        agreement = "|".join(phrases.agreements)
        near = rf"(?=[^.;\n]{{0,{AGREEMENT_WITHIN}}}?\b(?P<agreement>{agreement})\b)"
        again = r"(?:the|this|that|these|those|its|their|his|her|both) (?:[\w'’-]+ ){0,2}?"
        observed = {
            "keeping": _any(phrases.keeping, near),
            "breaking": _any(phrases.breaking, near),
            "as_agreed": _any(phrases.as_agreed),
            "agreed_in": _any(phrases.agreed_in),
            "against_agreed": _any(phrases.against_agreed),
        }
        return Patterns(
            answers=_any(phrases.answers),
            striking_back=_any(phrases.striking_back, r"(?! (?:to|for|against)\b)"),
            retorting=_any(phrases.retorting),
            after=_any(phrases.after),
            provoking=_any(phrases.provoking),
            part_of=_any(phrases.part_of),
            during=_any(phrases.during),
            campaigns=_any(phrases.campaigns),
            leaving=_any(phrases.leaving),
            one_of=_any(phrases.one_of),
            named_again=re.compile(rf"\s*{again}(?P<deed>{'|'.join(phrases.deeds)})\b"),
            deed_again=re.compile(
                rf"\b(?:(?:{again}|\w+['’]s (?:[\w'’-]+ )?)(?P<deed>{'|'.join(phrases.deeds)})"
                rf"|(?:{'|'.join(phrases.calling)}) (?:it|this|that))\b"
            ),
            inquiries=_any(phrases.inquiries),
            freed_who=re.compile(rf"\b(?:{'|'.join(phrases.freed_who)})\b[^.;]{{0,40}}\Z"),
            taking=_any(phrases.taking),
            **observed,
            observed=_either(observed.values()),
            observing=_any(phrases.observing),
            ended_by=_any(phrases.ended_by),
            ending=_any(phrases.ending),
            ended=_any(phrases.ended),
            over=_any(phrases.over),
            lapsing=_any(phrases.lapsing),
            announces=_any(phrases.announces),
        )
    except (msgspec.ValidationError, re.error) as error:
        raise DataError(
            f"ties.toml: {error}; mend the file, the class Phrases tells the form"
        ) from error


def _any(phrases: Sequence[str], then: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b{then}")


def _either(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """Return what finds any of some patterns: sought at once, which is faster, as few are told."""
    return re.compile("|".join(re.sub(r"\?P<\w+>", "?:", found.pattern) for found in patterns))


def _lowered(text: str) -> str:
    """Return a text in lower case, each character where it was."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


class Sentence(Struct, frozen=True):
    """A sentence that tells something: where it stands, and the report's mentions in order."""

    text: str  # the report's, in lower case
    start: int
    end: int
    back: int  # where the sentences begin in which "the attack" has been told of
    far: int  # ... and those in which stands what an inquiry is wanted into
    inside: Sequence[Mention]
    ordered: Sequence[Mention]
    types: Collection[EventType]  # of what is inside

    def find(
        self, pattern: re.Pattern[str], *wanted: AbstractSet[EventType]
    ) -> Iterator[re.Match[str]]:
        """Yield where a pattern stands in the sentence, if that tells one of each of `wanted`.

        To look what a sentence tells is much faster than to look for a pattern in it.
        """
        if any(types.isdisjoint(self.types) for types in wanted):
            return iter(())
        return pattern.finditer(self.text, self.start, self.end)

    def trace(self, match: re.Match[str]) -> Trace:
        """Return the characters of a phrase."""
        return Trace(report=self.ordered[0].report, start=match.start(), end=match.end())

    def named_behind(
        self, at: int, types: Collection[str], *, but: Collection[Mention] = ()
    ) -> Mention | None:
        """Return the first happening of some types that is named right behind a phrase."""
        match = _NAMED.match(self.text, at, self.end)
        end = match.end() if match else at
        for mention in self.inside:
            if at <= mention.trigger[0] < end and mention.type in types and mention not in but:
                return mention
        return None

    def names_again(self, at: int) -> bool:
        """Tell whether what stands behind a phrase is a deed told of before: "the attack"."""
        return load_patterns().named_again.match(self.text, at, self.end) is not None

    def meant(self, again: re.Match[str] | None, told: Sequence[Mention]) -> Mention | None:
        """Return the deed that is named again: one told by the same word, else the last told."""
        if again is None:
            return None
        stem = again["deed"][:_STEM]
        same = [m for m in told if stem in self.text[m.start : m.end]]
        return next(iter([*same, *told]), None)

    def deeds_before(self, at: int, *, far: bool = False) -> list[Mention]:
        """Return the deeds told before a place in this sentence and the two before, last first.

        With `far` those of two more sentences are among them.
        """
        back = self.far if far else self.back
        return [
            mention
            for mention in reversed(self.ordered)
            if back <= mention.trigger[0] < at and mention.type in DEEDS and mention.status in _TOLD
        ]


def is_tied(trigger: Trigger) -> bool:
    """Tell whether a noun of force stands behind a phrase that ties it to another happening."""
    if trigger.pos != "noun" or trigger.frame.type not in ("ASSAULT", "COERCE"):
        return False
    patterns = load_patterns()
    return _stands_behind(trigger, (patterns.answers, patterns.part_of, patterns.ending))


def is_observed(trigger: Trigger) -> bool:
    """Tell whether a noun stands right behind a word of keeping or breaking what it names."""
    patterns = load_patterns()
    if _stands_behind(trigger, (patterns.keeping, patterns.breaking)):
        return True
    noun = outer_noun(trigger.head)
    text = _lowered(noun.doc.text)
    end = noun.idx + len(noun.text)
    over = patterns.over.search(text, end, end + _LONGEST)
    if over is not None and _CLAUSE_END.search(text, end, over.start()) is None:
        # "Said that the truce was at an end"
        return True
    # "As the accord provides", "which the truce forbids"
    return any(
        match.start() < noun.idx < match.end()
        for pattern in (patterns.as_agreed, patterns.against_agreed)
        for match in pattern.finditer(text, max(0, noun.idx - _LONGEST))
    )


def _stands_behind(trigger: Trigger, patterns: Sequence[re.Pattern[str]]) -> bool:
    noun = outer_noun(trigger.head)
    at, text = noun.left_edge.idx, _lowered(noun.doc.text)
    return any(
        0 <= at - match.end() <= 1
        for pattern in patterns
        for match in pattern.finditer(text, max(0, at - _LONGEST), at + _LONGEST)
    )


def lasts(trigger: Trigger) -> bool:
    """Tell whether it is told how long it took: "a two-week siege", "six weeks of fighting"."""
    noun = outer_noun(trigger.head)
    return _LENGTH.search(noun.doc[noun.left_edge.i : trigger.head.i + 1].text) is not None


def sentences_of(mentions: Sequence[Mention], text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text that may tie two of its happenings."""
    if len(mentions) < _TWO:
        return
    ordered = sorted(mentions, key=lambda mention: (mention.trigger, mention.id))
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    lower = _lowered(text)
    bounds = [*zip([0, *ends], [*ends, len(text)], strict=True)]
    filled = [(start, end) for start, end in bounds if text[start:end].strip()]
    for at, (start, end) in enumerate(filled):
        inside = [m for m in ordered if start <= m.trigger[0] < end]
        back, far = (filled[max(0, at - sentences)][0] for sentences in (_BACK, _FAR))
        types = {m.type for m in inside}
        yield Sentence(lower, start, end, back, far, inside, ordered, types)


def is_incident(mention: Mention) -> bool:
    """Tell whether a mention tells of a few days at most, as far as its time is told."""
    when = mention.when
    if when is None:
        return True
    return when.end is not None and (when.end - when.start).days < _INCIDENT_DAYS


def parties_of(mention: Mention, *roles: str) -> frozenset[str]:
    """Return the parties of a mention, those in some of the roles where any are named."""
    return frozenset(
        party.side or party.name
        for party in mention.participants
        if not roles or party.role in roles
    )
