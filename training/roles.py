"""Who did it to whom, where, and how many: whole reports coded, and each answer judged.

In: the reports of some conflicts with the labels that stand.  Out: tallies by field and class of
type, by who gave the answer, and the faults one by one.  Mentions and labels are matched as in
`comparing.py`.  An answer is right where its words share characters with a slot of its kind in
the label; words of another sentence are right where a label of the same happening has such a
slot, or names the same in another report.  A pronoun is right where the report names its party
by the words of such a slot; where the label has none but a pronoun, nobody is asked who that is.
Nobody is asked either whether a town that is attacked is a side as well as the place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct, field

from parley.coding import load_lexicon
from parley.model import EventType, Mention, Participant, Report, Trace
from training.comparing import SLOT_OF_ROLE, as_dated, matched
from training.corpus import Labelled
from training.items import COUNTS, Label, Slot
from training.measuring import Tally

Code = Callable[[Report], Sequence[Mention]]
Field = Literal["sides", "place", "counts"]
Giver = Literal["rules", "network", "story"]

SIDES = frozenset({"by", "to", "med", "host"})
_FIELDS: Mapping[str, Field] = {
    **dict.fromkeys(SIDES, "sides"),
    "at": "place",
    **dict.fromkeys(COUNTS, "counts"),
}
# Everybody in a meeting may be told as who meets or as whom one meets.
_MUTUAL: frozenset[EventType] = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_SPEECH: frozenset[EventType] = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "SANCTION"}
)
_PRONOUNS = frozenset(
    "he she it they him her them we us i you who whom his its their this these those".split()
)
_ARTICLES = frozenset({"a", "an", "another"})
_SAME_NAME = re.compile(r"(?:\s|['’]s?\b|\b(?:of|the|for)\b|\b[A-Z][\w.-]*)+")
_COUNTED = re.compile(r"\s(?:of (?:the|its|their|his) )?(?:[\w-]+ ){0,2}")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n")
_CUT_SHORT = re.compile(
    r"\b(?:[A-Z]|Gen|Col|Lt|Mr|Mrs|Dr|St|Sgt|Maj|Capt|Brig|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|Rev)\.$"
)


class Fault(Struct, frozen=True):
    """One answer that is wrong or missing: of which field, what is amiss, where it stands."""

    field: Field
    what: str
    conflict: str
    item: str
    label: Label
    words: str
    giver: Giver | None
    sentence: str
    trigger: str

    def shown(self) -> str:
        """Return it as a line."""
        told = f"{self.field}: {self.what} ({self.giver or 'nobody'}): {self.words!r}"
        head = f"{self.conflict} {self.item} {self.label.type} {self.trigger}"
        return f"{head} | {told} | {self.sentence}"


class Judged(Struct):
    """What came of it: tallies by field and class of type, by role, by who gave the answer."""

    by_role: defaultdict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_class: defaultdict[tuple[str, str], Tally] = field(
        default_factory=lambda: defaultdict(Tally)
    )
    by_giver: defaultdict[tuple[str, str], Tally] = field(
        default_factory=lambda: defaultdict(Tally)
    )
    faults: list[Fault] = field(default_factory=list)

    def figures(self) -> Iterator[tuple[str, str]]:
        """Yield the figures as text: each field in all, by class, by role, by who gave it."""
        for told in (self.by_class, self.by_role, self.by_giver):
            for name, other in sorted(told):
                tally = told[name, other]
                counted = f"{tally.right} right, {tally.wrong} wrong"
                yield (
                    f"{name} {other}",
                    # Of what is missed nobody knows who should have given it.
                    f"P {tally.precision:.3f}  {counted}"
                    if told is self.by_giver
                    else f"{tally}  {counted}, {tally.missed} missed",
                )


class _Answer(Struct, frozen=True):
    """One thing that a mention says: its kind as labels have it, its words, who gave it.

    `names` are of the party and its persons, where it is a side.
    """

    kind: str
    traces: tuple[Trace, ...]
    giver: Giver
    names: frozenset[str] = frozenset()


class _Coded(Struct, frozen=True):
    """A report as it was coded: with the network, and by the rules alone."""

    source: Labelled
    mentions: Sequence[Mention]
    by_rules: Sequence[Mention]
    naming: Sequence[tuple[Trace, frozenset[str]]]


# The names by which the reports of a conflict tell one happening's slots of a kind.
_Told = Mapping[tuple[str, str], Mapping[str, frozenset[str]]]


def judge(code: Code, rules: Code, sources: Iterable[Labelled]) -> Judged:
    """Return how a coder does on reports; `rules` codes the same without the network."""
    coded = []
    for source in sources:
        if source.item.id.startswith("r"):
            report = as_dated(source)
            mentions = code(report)
            coded.append(_Coded(source, mentions, rules(report), naming(mentions)))
    result, told = Judged(), _told(coded)
    for each in coded:
        _judge(each, told, result)
    return result


def _told(coded: Iterable[_Coded]) -> _Told:
    """Return who takes part in each happening and where it is, by all reports that tell it."""
    found: defaultdict[tuple[str, str], defaultdict[str, frozenset[str]]] = defaultdict(
        lambda: defaultdict(frozenset)
    )
    for each in coded:
        for label in each.source.labels:
            if label.happening:
                known = found[each.source.conflict.name, label.happening]
                for slot in label.slots:
                    known[slot.kind] |= names_in(slot, each.naming)
    return found


def names_in(slot: Slot, naming: Iterable[tuple[Trace, frozenset[str]]]) -> frozenset[str]:
    """Return what a report names by the words of a slot."""
    told = (n for at, n in naming if at.start < slot.span.end and slot.span.start < at.end)
    return frozenset(name for names in told for name in names)


def _judge(coded: _Coded, told: _Told, result: Judged) -> None:
    source, mentions = coded.source, coded.mentions
    ruled = {mention.trigger: mention for mention in coded.by_rules}
    text, story = source.item.text, _story_of(source.labels)
    for label, mention in matched(source.labels, mentions):
        if mention is None:
            continue
        first, last = sentence_around(text, label.trigger.start)
        known = _traces(ruled.get(mention.trigger))
        answers = list(_answers(mention, known, first, last))
        own = [*label.slots, *story[label.happening]] if label.happening else list(label.slots)
        happening = told.get((source.conflict.name, label.happening or ""), {})
        judging = _Judging(source, label, (first, last), coded.naming, happening, result)
        for answer in answers:
            judging.tell(answer, own)
        judging.tell_missing(answers)


class _Judging(Struct, frozen=True):
    """The judging of one mention: its label, its sentence, where to write what came of it.

    `naming` are the characters by which the report names parties and places, `happening` what
    all reports tell of this one, by kind of slot.
    """

    source: Labelled
    label: Label
    sentence: tuple[int, int]
    naming: Sequence[tuple[Trace, frozenset[str]]]
    happening: Mapping[str, frozenset[str]]
    result: Judged

    def tell(self, answer: _Answer, own: Sequence[Slot]) -> None:
        """Write down whether an answer is right; `own` are the slots of the same happening."""
        name = _FIELDS[answer.kind]
        if not self._is_judged(answer) or self._is_struck_place(answer):
            return
        if answer.giver == "story":
            if not self._is_told(name):
                return  # no report says who took part, or where it was
            right = any(self._fills(answer, slot) for slot in own) or self._is_known(answer)
        else:
            slots = self.label.slots if name == "sides" else own
            right = any(self._fills(answer, slot) for slot in slots)
        self._count(name, "right" if right else "wrong", answer.giver, answer.kind)
        if not right:
            self._fault(name, self._why(answer), answer)

    def tell_missing(self, answers: Sequence[_Answer]) -> None:
        """Write down what the label has and no answer says."""
        for slot in self.label.slots:
            name = _FIELDS.get(slot.kind)
            if name is None or not is_asked(slot, self.source.item.text):
                continue
            found = any(self._fills(answer, slot) for answer in answers)
            if not found:
                self._count(name, "missed", None, slot.kind)
                words = self.source.item.text[slot.span.start : slot.span.end]
                self._fault(name, f"missed {slot.kind}", None, words=words)

    def _why(self, answer: _Answer) -> str:
        """Return what wrong words are: another slot of the label, or a stranger's."""
        others = [slot.kind for slot in self.label.slots if self._shares(answer, slot)]
        return f"{answer.kind} is {others[0] if others else 'stranger'}"

    def _is_judged(self, answer: _Answer) -> bool:
        text = self.source.item.text
        words = {text[trace.start : trace.end].lower() for trace in answer.traces}
        if answer.kind in SIDES and words <= _PRONOUNS:
            return any(
                is_kind(answer.kind, slot.kind, self.label.type)
                and is_asked(slot, self.source.item.text)
                for slot in self.label.slots
            )
        left = words - _PRONOUNS - (_ARTICLES if answer.kind in COUNTS else frozenset())
        return bool(left)

    def _fills(self, answer: _Answer, slot: Slot) -> bool:
        kind = slot.kind
        if answer.kind == "to" and kind in COUNTS:
            kind = "to"  # "five people": the number is the label's, the people are ours
        return is_kind(answer.kind, kind, self.label.type) and self._shares(answer, slot)

    def _shares(self, answer: _Answer, slot: Slot) -> bool:
        """Tell whether an answer has words of a slot, or the rest of its name or number."""
        text = self.source.item.text
        meant = any(is_pronoun(text[trace.start : trace.end]) for trace in answer.traces)
        return has_words_of(answer.traces, answer.kind, slot, text) or (
            meant and bool(names_in(slot, self.naming) & answer.names)
        )

    def _is_struck_place(self, answer: _Answer) -> bool:
        """Tell whether a side is the place itself: labels have it as where, the record as both."""
        places = [slot for slot in self.label.slots if slot.kind == "at"]
        return answer.kind == "to" and any(self._shares(answer, slot) for slot in places)

    def _is_told(self, name: Field) -> bool:
        """Tell whether any report of the happening has a slot of a field."""
        kinds = {slot.kind for slot in self.label.slots} | self.happening.keys()
        return any(_FIELDS.get(kind) == name for kind in kinds)

    def _is_known(self, answer: _Answer) -> bool:
        """Tell whether some report of the happening says the same of it."""
        return any(
            is_kind(answer.kind, kind, self.label.type) and names & answer.names
            for kind, names in self.happening.items()
        )

    def _count(
        self, name: Field, what: Literal["right", "wrong", "missed"], giver: Giver | None, kind: str
    ) -> None:
        tallies = [self.result.by_class[name, "all"], self.result.by_role["role", kind]]
        tallies.append(self.result.by_class[name, _class_of(self.label.type)])
        if giver is not None:
            tallies.append(self.result.by_giver[name, f"by {giver}"])
        for tally in tallies:
            setattr(tally, what, getattr(tally, what) + 1)

    def _fault(self, name: Field, what: str, answer: _Answer | None, *, words: str = "") -> None:
        text = self.source.item.text
        if answer is not None:
            words = " / ".join(text[trace.start : trace.end] for trace in answer.traces)
        self.result.faults.append(
            Fault(
                field=name,
                what=what,
                conflict=self.source.conflict.name,
                item=self.source.item.id,
                label=self.label,
                words=words,
                giver=answer.giver if answer is not None else None,
                sentence=text[slice(*self.sentence)].strip(),
                trigger=text[self.label.trigger.start : self.label.trigger.end],
            )
        )


def _answers(
    mention: Mention, ruled: Collection[tuple[str, int, int]], first: int, last: int
) -> Iterator[_Answer]:
    """Yield what a mention says; words outside its sentence are lent from the story."""
    nobody: frozenset[str] = frozenset()
    told = [
        (SLOT_OF_ROLE[participant.role], participant.evidence, names_of(participant))
        for participant in mention.participants
        if participant.role in SLOT_OF_ROLE
    ]
    told += [("at", place.evidence, frozenset({place.name})) for place in mention.where]
    told += [(count.what, count.evidence, nobody) for count in mention.counts]
    for kind, traces, names in told:
        if not traces:
            continue
        near = any(first <= trace.start < last for trace in traces)
        known = any((kind, trace.start, trace.end) in ruled for trace in traces)
        giver: Giver = "rules" if near and known else "network" if near else "story"
        yield _Answer(kind, traces, giver, names)


def names_of(participant: Participant) -> frozenset[str]:
    """Return the names of a party and of its persons."""
    return frozenset((participant.name, *(person.name for person in participant.people)))


def naming(mentions: Sequence[Mention]) -> list[tuple[Trace, frozenset[str]]]:
    """Return the characters by which a report names parties, speakers and places, with which."""
    found = [
        (trace, names_of(participant))
        for mention in mentions
        for participant in mention.participants
        for trace in participant.evidence
    ]
    found += [
        (trace, frozenset({place.name}))
        for mention in mentions
        for place in mention.where
        for trace in place.evidence
    ]
    return found + [
        (trace, frozenset({speaker.name}))
        for mention in mentions
        for speaker in mention.attribution
        for trace in speaker.evidence
    ]


def _traces(mention: Mention | None) -> frozenset[tuple[str, int, int]]:
    """Return the kinds and characters of all that a mention says."""
    if mention is None:
        return frozenset()
    return frozenset(
        (answer.kind, trace.start, trace.end)
        for answer in _answers(mention, (), 0, 0)
        for trace in answer.traces
    )


def _story_of(labels: Sequence[Label]) -> Mapping[str | None, list[Slot]]:
    """Return the slots of each happening, of all the labels of a report that tell it."""
    found: defaultdict[str | None, list[Slot]] = defaultdict(list)
    for label in labels:
        found[label.happening] += label.slots
    return found


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence begins and ends in which a character stands."""
    ends = [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not _CUT_SHORT.search(text, max(0, match.start() - 6), match.start() + 1)
    ]
    return (
        max((end for end in ends if end <= at), default=0),
        min((end for end in ends if end > at), default=len(text)),
    )


def has_words_of(traces: Iterable[Trace], kind: str, slot: Slot, text: str) -> bool:
    """Tell whether an answer of a kind has words of a slot, or the rest of its name or number."""
    span = slot.span
    for trace in traces:
        if trace.start < span.end and span.start < trace.end:
            return True
        between = text[min(trace.end, span.end) : max(trace.start, span.start)]
        counted = kind == "to" and slot.kind in COUNTS and trace.start > span.start
        if (_COUNTED if counted else _SAME_NAME).fullmatch(between):
            return kind in SIDES
    return False


def is_asked(slot: Slot, text: str) -> bool:
    """Tell whether a slot is asked for: a number, a name, a noun for people, and no pronoun."""
    told = text[slot.span.start : slot.span.end]
    if slot.kind in COUNTS or any(word[:1].isupper() for word in told.split()):
        return not is_pronoun(told)
    return slot.kind in SIDES and any(_may_be_party(word) for word in told.split())


def is_pronoun(words: str) -> bool:
    """Tell whether words are a pronoun alone."""
    return words.lower() in _PRONOUNS


def _may_be_party(word: str) -> bool:
    """Tell whether a common noun is one of people or bodies, in the singular or the plural."""
    classes = load_lexicon().classes
    lemmas = {word, word.removesuffix("s"), word.removesuffix("es"), word[:-3] + "y"}
    lemmas.add(word.removesuffix("men") + "man" if word.endswith("men") else word)
    return any(not lemmas.isdisjoint(classes[name]) for name in ("force", "people", "body"))


def is_kind(kind: str, wanted: str, type_: EventType) -> bool:
    """Tell whether an answer of a kind is of the kind wanted: in what is mutual, of either side."""
    return kind == wanted or (type_ in _MUTUAL and {kind, wanted} == {"by", "to"})


def _class_of(type_: EventType) -> str:
    if type_ == "ASSAULT":
        return "violence"
    if type_ in _MUTUAL:
        return "meetings, accords"
    return "speech" if type_ in _SPEECH else "other deeds"
