"""The whole coder on held-out conflicts: the rules alone, and each thing that is learnt added.

In: the items of a fold with the labels that stand.  Out: by decision, how well the coder's
mentions agree with them.  A mention and a label are one where their triggers share characters,
or else where the mention is of the label's type and holds its trigger.  Dates are not compared
here: the sentences have none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct, field

from parley.model import Mention, Published, Report
from training.corpus import Labelled, labelled
from training.gold import as_report
from training.items import Label
from training.measuring import Tally, total

Code = Callable[[Report], Sequence[Mention]]
# Which slot of a label a participant's role is.
SLOT_OF_ROLE = {
    "actor": "by",
    "signatory": "by",
    "recipient": "to",
    "victim": "to",
    "mediator": "med",
    "observer": "med",
    "host": "host",
}
_NOT_COMPARED = frozenset({"on", "saidon"})
BINS = 10


class Compared(Struct):
    """What came of a comparison; `bins` are of confidence: mentions, and those that are right."""

    events: Tally = field(default_factory=Tally)
    types: Tally = field(default_factory=Tally)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    background: Tally = field(default_factory=Tally)
    slots: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    bins: list[list[int]] = field(default_factory=lambda: [[0, 0] for _ in range(BINS)])

    def figures(self) -> dict[str, str]:
        """Return the figures as text."""
        same = sum(count for (true, said), count in self.statuses.items() if true == said)
        return {
            "events": str(self.events),
            "events with their type": str(self.types),
            "status": f"{same / max(1, self.statuses.total()):.3f} of {self.statuses.total()}",
            "background": str(self.background),
            **{f"slot {kind}": str(self.slots[kind]) for kind in sorted(self.slots)},
            "slots": str(total(self.slots.values())),
        }


def compare(code: Code, folds: Iterable[str]) -> Compared:
    """Return how a coder does on the items of some folds."""
    wanted, result = frozenset(folds), Compared()
    for source in labelled():
        if source.conflict.fold in wanted:
            _compare(source, code(as_dated(source)), result)
    return result


def as_dated(source: Labelled) -> Report:
    """Return an item as a report whose day is given, where the item has one."""
    report = as_report(source.item)
    if source.item.date is None:
        return report
    day = date.fromisoformat(source.item.date)
    given = Published(start=day, end=day, how="given", confidence=1.0, evidence=())
    return msgspec.structs.replace(report, published=given)


def _compare(source: Labelled, mentions: Sequence[Mention], result: Compared) -> None:
    pairs = matched(source.labels, mentions)
    right = {mention.id for label, mention in pairs if mention and mention.type == label.type}
    told = {mention.id for _, mention in pairs if mention}
    for mention in mentions:
        if mention.id not in told:
            result.events.wrong += 1
            result.types.wrong += 1
        if mention.confidence is not None:
            place = result.bins[min(BINS - 1, int(mention.confidence * BINS))]
            place[0] += 1
            place[1] += mention.id in right
    for label, found in pairs:
        if found is None:
            result.events.missed += 1
            result.types.missed += 1
            continue
        result.events.right += 1
        if found.type == label.type:
            result.types.right += 1
        else:
            result.types.wrong += 1
            result.types.missed += 1
        result.statuses[label.status, found.status] += 1
        result.background.right += found.background and label.background
        result.background.wrong += found.background and not label.background
        result.background.missed += label.background and not found.background
        _compare_slots(label, found, result.slots)


def matched(
    labels: Sequence[Label], mentions: Sequence[Mention]
) -> list[tuple[Label, Mention | None]]:
    """Return each label with its mention: first those of one trigger, then those that hold it."""
    left = list(mentions)
    found: dict[int, Mention] = {}
    for by_trigger in (True, False):
        for at, label in enumerate(labels):
            if at in found:
                continue
            for mention in left:
                first, last = mention.trigger
                if by_trigger:
                    one = first < label.trigger.end and label.trigger.start < last
                else:
                    one = (
                        mention.type == label.type
                        and mention.start <= label.trigger.start < mention.end
                    )
                if one:
                    found[at] = mention
                    left.remove(mention)
                    break
    return [(label, found.get(at)) for at, label in enumerate(labels)]


def _compare_slots(label: Label, mention: Mention, slots: Mapping[str, Tally]) -> None:
    told = _told(mention)
    for slot in label.slots:
        if slot.kind in _NOT_COMPARED:
            continue
        same = next(
            (
                t
                for t in told
                if t[0] == slot.kind and t[1] < slot.span.end and slot.span.start < t[2]
            ),
            None,
        )
        if same is None:
            slots[slot.kind].missed += 1
        else:
            told.discard(same)
            slots[slot.kind].right += 1
    for kind, start, end in told:
        # What is taken over from another sentence is no filler of this one's label.
        near = mention.start <= start < mention.end
        again = any(
            s.kind == kind and s.span.start < end and start < s.span.end for s in label.slots
        )
        if near and not again:
            slots[kind].wrong += 1


def _told(mention: Mention) -> set[tuple[str, int, int]]:
    told = {
        (SLOT_OF_ROLE[participant.role], trace.start, trace.end)
        for participant in mention.participants
        if participant.role in SLOT_OF_ROLE
        for trace in participant.evidence
    }
    told |= {("at", trace.start, trace.end) for place in mention.where for trace in place.evidence}
    told |= {
        ("says", trace.start, trace.end) for one in mention.attribution for trace in one.evidence
    }
    return told | {
        (count.what, trace.start, trace.end) for count in mention.counts for trace in count.evidence
    }
