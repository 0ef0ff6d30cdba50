"""Who takes part in the events of a record: each participant judged, each one missing told.

In: the reports of one conflict with the labels that stand, the mentions coded of them, and the
events merged of these.  Out: how many events name the parties of what happened and nobody else,
and of what kind the faults are.  The truth of a happening are the slots of all labels that tell
it; the event that stands for it is the one with most of its mentions, as long as these outnumber
those of any other happening in it.  A participant is right
where its words, or other words of its name, fill a slot of its role in one of these labels.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from parley.model import Event, Mention, Participant
from training.comparing import SLOT_OF_ROLE, matched
from training.corpus import Labelled
from training.items import COUNTS, Label, Slot
from training.measuring import Tally, total
from training.roles import (
    SIDES,
    has_words_of,
    is_asked,
    is_kind,
    is_pronoun,
    names_in,
    names_of,
    naming,
    sentence_around,
)


class Fault(Struct, frozen=True):
    """One participant that is wrong or missing: of what kind, in which happening's event."""

    kind: str
    conflict: str
    happening: str
    name: str
    words: tuple[str, ...]
    summary: str

    def shown(self) -> str:
        """Return it as a line."""
        told = f"{self.kind}: {self.name} | {' / '.join(self.words)}"
        return f"{self.conflict} {self.happening} | {told} | {self.summary}"


class Judged(Struct):
    """What came of it: the events, right in all their sides or not, and the participants."""

    events: int = 0
    right: int = 0
    swallowed: int = 0
    parties: Tally = field(default_factory=Tally)
    kinds: Counter[str] = field(default_factory=Counter)
    faulty: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def add(self, other: Judged) -> None:
        """Take in what came of another conflict."""
        self.events += other.events
        self.right += other.right
        self.swallowed += other.swallowed
        self.parties = total((self.parties, other.parties))
        self.kinds += other.kinds
        self.faulty += other.faulty
        self.faults += other.faults

    def figures(self) -> Iterator[tuple[str, str]]:
        """Yield the figures as text: the events, the parties, the faults by kind."""
        tally = self.parties
        yield "events", f"{self.right} of {self.events} with all their sides and no other"
        yield "happenings in another's event", str(self.swallowed)
        for name, count in sorted(self.faulty.items()):
            yield f"events with {name}", str(count)
        told = f"{tally.right} right, {tally.wrong} wrong, {tally.missed} missed"
        yield "participants of events", f"{tally}  {told}"
        for name, count in self.kinds.most_common():
            yield f"  {name}", str(count)


class _Told(Struct, frozen=True):
    """One slot of a label, with its report, its words and what the report names by them."""

    source: Labelled
    label: Label
    slot: Slot
    names: frozenset[str]

    @property
    def words(self) -> str:
        return self.source.item.text[self.slot.span.start : self.slot.span.end]


class _Truth(Struct):
    """What the reports tell of one happening: its slots, the mentions that tell it."""

    slots: list[_Told] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)


class _Known(Struct):
    """A conflict as it is labelled and coded; `tells` is mention -> the happening it tells."""

    name: str
    sources: Mapping[str, Labelled]
    mentions: Mapping[str, Mention]
    truths: Mapping[str, _Truth]
    tells: Mapping[str, str]


def judge_events(
    sources: Sequence[Labelled], mentions: Sequence[Mention], events: Sequence[Event]
) -> Judged:
    """Return how the events of one conflict name those who take part.

    A mention's report is the id of its item.
    """
    known, result = _lay(sources, mentions), Judged()
    told = {event.id: _tells_most(event, known) for event in events}
    by_id = {event.id: event for event in events}
    holding = {one.id: event.id for event in events for one in event.mentions}
    for happening, truth in known.truths.items():
        counted = Counter(holding[id_] for id_ in truth.mentions if id_ in holding)
        if not counted or not any(one.slot.kind in SIDES for one in truth.slots):
            continue
        event = counted.most_common(1)[0][0]
        if told[event] != happening:
            result.swallowed += 1
        else:
            _Judging(known, happening, truth, by_id[event], result).run()
    return result


def _tells_most(event: Event, known: _Known) -> str | None:
    """Return the happening that most of an event's mentions tell, the earliest of equals."""
    counted = Counter(known.tells[one.id] for one in event.mentions if one.id in known.tells)
    return counted.most_common(1)[0][0] if counted else None


def _lay(sources: Sequence[Labelled], mentions: Sequence[Mention]) -> _Known:
    """Return the labels of a conflict laid onto its mentions."""
    by_report: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_report[mention.report].append(mention)
    truths: defaultdict[str, _Truth] = defaultdict(_Truth)
    tells = {}
    for source in sources:
        coded = by_report[source.item.id]
        named = naming(coded)
        for label, found in matched(source.labels, coded):
            if not label.happening:
                continue
            truths[label.happening].slots += (
                _Told(source, label, slot, names_in(slot, named)) for slot in label.slots
            )
            if found is not None:
                truths[label.happening].mentions.append(found.id)
                tells[found.id] = label.happening
    return _Known(
        name=sources[0].conflict.name,
        sources={source.item.id: source for source in sources},
        mentions={mention.id: mention for mention in mentions},
        truths=truths,
        tells=tells,
    )


class _Judging(Struct, frozen=True):
    """The judging of the event that stands for one happening."""

    known: _Known
    happening: str
    truth: _Truth
    event: Event
    result: Judged

    def run(self) -> None:
        """Write down what came of it."""
        wrong, missing = 0, 0
        told = [p for p in self.event.participants if p.role in SLOT_OF_ROLE and p.evidence]
        judged = [party for party in told if not self._is_only_pronoun(party)]
        for party in judged:
            kind = SLOT_OF_ROLE[party.role]
            if self._fills(party, kind):
                self.result.parties.right += 1
                continue
            if self._is_struck_place(party):
                continue
            wrong += 1
            self.result.parties.wrong += 1
            self._fault(self._why_wrong(party, kind), party.name, self._words(party))
        for slots in self._missing(told):
            missing += 1
            self.result.parties.missed += 1
            words = tuple(dict.fromkeys(slot.words for slot in slots))
            self._fault(f"missing: {slots[0].slot.kind}", words[0], words)
        self.result.events += 1
        self.result.right += not wrong and not missing
        self.result.faulty["a wrong side"] += bool(wrong)
        self.result.faulty["a missing side"] += bool(missing)

    def _fills(self, party: Participant, kind: str) -> bool:
        return any(
            is_kind(kind, _side_of(told.slot), told.label.type) and self._shares(party, told)
            for told in self.truth.slots
        )

    def _shares(self, party: Participant, told: _Told) -> bool:
        """Tell whether a participant is who fills a slot: by its words, or by its name."""
        if told.names & names_of(party) or _is_named_in(party, told.words):
            return True
        traces = tuple(t for t in party.evidence if t.report == told.source.item.id)
        kind = SLOT_OF_ROLE[party.role]
        return has_words_of(traces, kind, told.slot, told.source.item.text)

    def _is_struck_place(self, party: Participant) -> bool:
        return SLOT_OF_ROLE[party.role] == "to" and any(
            told.slot.kind == "at" and self._shares(party, told) for told in self.truth.slots
        )

    def _is_only_pronoun(self, party: Participant) -> bool:
        return all(is_pronoun(words) for words in self._words(party))

    def _words(self, party: Participant) -> tuple[str, ...]:
        texts = [self.known.sources[t.report].item.text[t.start : t.end] for t in party.evidence]
        return tuple(dict.fromkeys(texts))

    def _why_wrong(self, party: Participant, kind: str) -> str:
        """Return of what kind a participant is that fills no slot of its role."""
        others = [told.slot.kind for told in self.truth.slots if self._shares(party, told)]
        for other, why in (
            ("by", "doer as"),
            ("to", "sufferer as"),
            ("med", "mediator as"),
            ("host", "host as"),
            ("says", "speaker as"),
            ("at", "place as"),
        ):
            if other in others:
                return f"{why} {kind}"
        if any(other in SIDES for other in others):
            return f"other role as {kind}"
        if self._is_kin(party, kind):
            return "finer or coarser"
        tellers = self._tellers(party)
        if not any(self.known.tells.get(one.id) == self.happening for one in tellers):
            strange = any(one.id in self.known.tells for one in tellers)
            return "of another happening merged in" if strange else "of a telling without a label"
        if party.name.islower():
            return "common noun"
        if not any(self._is_near(one, party) for one in tellers):
            return "lent from another sentence"
        if self._is_other_label(party):
            return "side of another event of the sentence"
        return "state in other words" if party.kind == "state" else "other in the sentence"

    def _tellers(self, party: Participant) -> list[Mention]:
        told = [self.known.mentions[one.id] for one in self.event.mentions]
        return [
            one
            for one in told
            if any(
                other.role == party.role and set(other.evidence) & set(party.evidence)
                for other in one.participants
            )
        ]

    def _is_near(self, mention: Mention, party: Participant) -> bool:
        text = self.known.sources[mention.report].item.text
        first, last = sentence_around(text, mention.trigger[0])
        traces = [t for t in party.evidence if t.report == mention.report]
        return any(first <= trace.start < last for trace in traces)

    def _is_other_label(self, party: Participant) -> bool:
        return any(
            slot.kind in SIDES and has_words_of(traces, slot.kind, slot, source.item.text)
            for id_, source in self.known.sources.items()
            if (traces := tuple(t for t in party.evidence if t.report == id_))
            for label in source.labels
            for slot in label.slots
        )

    def _is_kin(self, party: Participant, kind: str) -> bool:
        """Tell whether somebody of the same country or side fills a slot of the role."""
        codes = {party.country, party.side} - {None}
        filled = frozenset[str]().union(
            *(t.names for t in self.truth.slots if is_kind(kind, t.slot.kind, t.label.type))
        )
        parties = (p for one in self.known.mentions.values() for p in one.participants)
        same = (p for p in parties if p.name in filled)
        return any(codes & {one.country, one.side} for one in same)

    def _missing(self, told: Sequence[Participant]) -> Iterator[list[_Told]]:
        """Yield the slots of each party that the event has not in their role."""
        for kind in sorted(SIDES):
            slots = [one for one in self.truth.slots if one.slot.kind == kind]
            found = [
                one
                for one in slots
                if any(
                    is_kind(SLOT_OF_ROLE[p.role], kind, one.label.type) and self._shares(p, one)
                    for p in told
                )
            ]
            names = frozenset[str]().union(*(one.names for one in found))
            asked = [one for one in slots if is_asked(one.slot, one.source.item.text)]
            left = [one for one in asked if one not in found and not one.names & names]
            # "The rebels" may be whom another report names.
            if found:
                left = [one for one in left if one.words != one.words.lower()]
            yield from _grouped(left)

    def _fault(self, kind: str, name: str, words: tuple[str, ...]) -> None:
        self.result.kinds[kind] += 1
        self.result.faults.append(
            Fault(kind, self.known.name, self.happening, name, words, self.event.summary)
        )


def _side_of(slot: Slot) -> str:
    """Return which side a slot tells: who is counted among the hurt is one it was done to."""
    return "to" if slot.kind in COUNTS else slot.kind


def _is_named_in(party: Participant, words: str) -> bool:
    told = words.lower()
    return not party.name.islower() and any(name.lower() in told for name in names_of(party))


def _grouped(slots: Sequence[_Told]) -> list[list[_Told]]:
    """Return slots that name the same, or have the same words, together."""
    groups: list[list[_Told]] = []
    for one in slots:
        for group in groups:
            if any(one.words == two.words or one.names & two.names for two in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups
