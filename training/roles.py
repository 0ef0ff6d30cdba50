"""Who did it to whom, where, and how many: whole reports coded, and each answer judged.

In: the reports of some conflicts with the labels that stand.  Out: tallies by field and class of
type, by who gave the answer, and the faults one by one.  Mentions and labels are matched as in
`comparing.py`.  An answer is right where its words share characters with a slot of its kind in
the label; words of another sentence are right where a label of the same happening has such a
slot.  Pronouns are asked of nobody: who they are, no label says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct, field

from parley.coding import load_lexicon
from parley.model import EventType, Mention, Report, Trace
from training.comparing import SLOT_OF_ROLE, as_dated, matched
from training.corpus import Labelled
from training.items import COUNTS, Label, Slot
from training.measuring import Tally

Code = Callable[[Report], Sequence[Mention]]
Field = Literal["sides", "place", "counts"]
Giver = Literal["rules", "network", "story"]

_SIDES = frozenset({"by", "to", "med", "host"})
_FIELDS: Mapping[str, Field] = {
    **dict.fromkeys(_SIDES, "sides"),
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
    """What came of it: tallies by field and class of type, and by field and who gave the answer."""

    by_class: defaultdict[tuple[str, str], Tally] = field(
        default_factory=lambda: defaultdict(Tally)
    )
    by_giver: defaultdict[tuple[str, str], Tally] = field(
        default_factory=lambda: defaultdict(Tally)
    )
    faults: list[Fault] = field(default_factory=list)

    def figures(self) -> Iterator[tuple[str, str]]:
        """Yield the figures as text: each field in all, by class, by who gave it."""
        for told in (self.by_class, self.by_giver):
            for name, other in sorted(told):
                tally = told[name, other]
                counted = f"{tally.right} right, {tally.wrong} wrong"
                yield (
                    f"{name} {other}",
                    # Of what is missed nobody knows who should have given it.
                    f"{tally}  {counted}, {tally.missed} missed"
                    if told is self.by_class
                    else f"P {tally.precision:.3f}  {counted}",
                )


class _Answer(Struct, frozen=True):
    """One thing that a mention says: its kind as labels have it, its words, who gave it."""

    kind: str
    traces: tuple[Trace, ...]
    giver: Giver


def judge(code: Code, rules: Code, sources: Iterable[Labelled]) -> Judged:
    """Return how a coder does on reports; `rules` codes the same without the network."""
    result = Judged()
    for source in sources:
        if source.item.id.startswith("r"):
            report = as_dated(source)
            _judge(source, code(report), rules(report), result)
    return result


def _judge(
    source: Labelled, mentions: Sequence[Mention], by_rules: Sequence[Mention], result: Judged
) -> None:
    ruled = {mention.trigger: mention for mention in by_rules}
    text, story = source.item.text, _story_of(source.labels)
    for label, mention in matched(source.labels, mentions):
        if mention is None:
            continue
        first, last = _sentence_around(text, label.trigger.start)
        known = _traces(ruled.get(mention.trigger))
        answers = list(_answers(mention, known, first, last))
        own = [*label.slots, *story[label.happening]] if label.happening else list(label.slots)
        judging = _Judging(source, label, (first, last), result)
        for answer in answers:
            judging.tell(answer, own)
        judging.tell_missing(answers)


class _Judging(Struct, frozen=True):
    """The judging of one mention: its label, its sentence, where to write what came of it."""

    source: Labelled
    label: Label
    sentence: tuple[int, int]
    result: Judged

    def tell(self, answer: _Answer, own: Sequence[Slot]) -> None:
        """Write down whether an answer is right; `own` are the slots of the same happening."""
        name = _FIELDS[answer.kind]
        if not self._is_judged(answer):
            return
        here = answer.giver != "story"
        slots = own if not here or name != "sides" else self.label.slots
        right = any(self._fills(answer, slot) for slot in slots) or (
            not here and self._asks_pronoun(answer.kind)
        )
        self._count(name, "right" if right else "wrong", answer.giver)
        if not right:
            self._fault(name, self._why(answer), answer)

    def tell_missing(self, answers: Sequence[_Answer]) -> None:
        """Write down what the label has and no answer says."""
        for slot in self.label.slots:
            name = _FIELDS.get(slot.kind)
            if name is None or not self._is_asked(slot):
                continue
            found = any(self._fills(answer, slot) for answer in answers)
            if not found:
                self._count(name, "missed", None)
                words = self.source.item.text[slot.span.start : slot.span.end]
                self._fault(name, f"missed {slot.kind}", None, words=words)

    def _why(self, answer: _Answer) -> str:
        """Return what wrong words are: another slot of the label, or a stranger's."""
        others = [slot.kind for slot in self.label.slots if self._shares(answer, slot)]
        return f"{answer.kind} is {others[0] if others else 'stranger'}"

    def _is_judged(self, answer: _Answer) -> bool:
        text = self.source.item.text
        words = {text[trace.start : trace.end].lower() for trace in answer.traces}
        left = words - _PRONOUNS - (_ARTICLES if answer.kind in COUNTS else frozenset())
        return bool(left)

    def _fills(self, answer: _Answer, slot: Slot) -> bool:
        kind = slot.kind
        if answer.kind == "to" and kind in COUNTS:
            kind = "to"  # "five people": the number is the label's, the people are ours
        return _is_kind(answer.kind, kind, self.label.type) and self._shares(answer, slot)

    def _shares(self, answer: _Answer, slot: Slot) -> bool:
        """Tell whether an answer has words of a slot, or the rest of its name or number."""
        text, span = self.source.item.text, slot.span
        for trace in answer.traces:
            if trace.start < span.end and span.start < trace.end:
                return True
            between = text[min(trace.end, span.end) : max(trace.start, span.start)]
            counted = answer.kind == "to" and slot.kind in COUNTS and trace.start > span.start
            if (_COUNTED if counted else _SAME_NAME).fullmatch(between):
                return answer.kind in _SIDES
        return False

    def _asks_pronoun(self, kind: str) -> bool:
        return any(
            _is_kind(kind, slot.kind, self.label.type) and self._is_pronoun(slot)
            for slot in self.label.slots
        )

    def _is_asked(self, slot: Slot) -> bool:
        words = self.source.item.text[slot.span.start : slot.span.end].split()
        if slot.kind in COUNTS or any(word[:1].isupper() for word in words):
            return not self._is_pronoun(slot)
        return slot.kind in _SIDES and any(_may_be_party(word) for word in words)

    def _is_pronoun(self, slot: Slot) -> bool:
        return self.source.item.text[slot.span.start : slot.span.end].lower() in _PRONOUNS

    def _count(
        self, name: Field, what: Literal["right", "wrong", "missed"], giver: Giver | None
    ) -> None:
        tallies = [self.result.by_class[name, "all"]]
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
    told = [
        (SLOT_OF_ROLE[participant.role], participant.evidence)
        for participant in mention.participants
        if participant.role in SLOT_OF_ROLE
    ]
    told += [("at", place.evidence) for place in mention.where]
    told += [(count.what, count.evidence) for count in mention.counts]
    for kind, traces in told:
        if not traces:
            continue
        near = any(first <= trace.start < last for trace in traces)
        known = any((kind, trace.start, trace.end) in ruled for trace in traces)
        yield _Answer(kind, traces, "rules" if near and known else "network" if near else "story")


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


def _sentence_around(text: str, at: int) -> tuple[int, int]:
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


def _may_be_party(word: str) -> bool:
    """Tell whether a common noun is one of people or bodies, in the singular or the plural."""
    classes = load_lexicon().classes
    lemmas = {word, word.removesuffix("s"), word.removesuffix("es"), word[:-3] + "y"}
    lemmas.add(word.removesuffix("men") + "man" if word.endswith("men") else word)
    return any(not lemmas.isdisjoint(classes[name]) for name in ("force", "people", "body"))


def _is_kind(kind: str, wanted: str, type_: EventType) -> bool:
    return kind == wanted or (type_ in _MUTUAL and {kind, wanted} == {"by", "to"})


def _class_of(type_: EventType) -> str:
    if type_ == "ASSAULT":
        return "violence"
    if type_ in _MUTUAL:
        return "meetings, accords"
    return "speech" if type_ in _SPEECH else "other deeds"
