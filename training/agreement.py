"""How far two hands agree on the corpus, field by field, and which items they differ on.

Triggers are matched where they share characters.  Of matched events the kind, the status and
the background are compared (share alike, and Krippendorff's alpha for nominal values), and the
slots: a slot of one hand is found again if the other has one of the same kind that shares
characters with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import krippendorff
from msgspec import Struct

from parley.errors import DataError
from training.corpus import Conflict, lines_of, texts
from training.items import Item, Label, Span, parse_label
from training.measuring import Tally, total


class Both(Struct, frozen=True):
    """What two hands say of an item: events that both have, and those that one has alone."""

    item: Item
    paired: tuple[tuple[Label, Label], ...]
    first: tuple[Label, ...]
    second: tuple[Label, ...]

    @property
    def alike(self) -> bool:
        """Whether they agree on the events, their type, status, background, doers and sufferers."""
        return not (self.first or self.second) and all(_alike(a, b) for a, b in self.paired)


def both(conflict: Conflict) -> Iterator[Both]:
    """Yield the items of a conflict that both hands have seen."""
    first, second = lines_of(conflict, "first"), lines_of(conflict, "second")
    if not second:
        return
    for item in texts(conflict):
        yield compared(
            item, parsed(first.get(item.id, []), item), parsed(second.get(item.id, []), item)
        )


def parsed(lines: Sequence[str], item: Item) -> list[Label]:
    """Return the labels of lines; one that does not hold to the notation counts as not made."""
    labels = []
    for line in lines:
        try:
            labels.append(parse_label(line, item.text))
        except DataError:
            continue
    return labels


def compared(item: Item, first: Sequence[Label], second: Sequence[Label]) -> Both:
    """Return two hands' labels of one item, matched by their triggers."""
    left = list(second)
    paired, alone = [], []
    for label in first:
        found = next((other for other in left if _touch(label.trigger, other.trigger)), None)
        if found is None:
            alone.append(label)
        else:
            left.remove(found)
            paired.append((label, found))
    return Both(item=item, paired=tuple(paired), first=tuple(alone), second=tuple(left))


def figures(items: Sequence[Both]) -> dict[str, str]:
    """Return the agreement by field, as text."""
    pairs = [pair for item in items for pair in item.paired]
    events = Tally(
        right=len(pairs),
        wrong=sum(len(item.second) for item in items),
        missed=sum(len(item.first) for item in items),
    )
    silent = sum(1 for item in items if not (item.paired or item.first or item.second))
    slots = _slots(pairs)
    return {
        "items": f"{len(items)}, {sum(item.alike for item in items)} alike, {silent} without event",
        "events": f"F1 {events.f1:.3f}",
        "type": _nominal([(a.type, b.type) for a, b in pairs]),
        "status": _nominal([(a.status, b.status) for a, b in pairs]),
        "background": _nominal([(str(a.background), str(b.background)) for a, b in pairs]),
        **{f"slot {kind}": f"F1 {tally.f1:.3f}" for kind, tally in sorted(slots.items())},
        "slots": f"F1 {total(slots.values()).f1:.3f}",
    }


def _nominal(pairs: Sequence[tuple[str, str]]) -> str:
    names = sorted({name for pair in pairs for name in pair})
    coded = [[names.index(pair[hand]) for pair in pairs] for hand in (0, 1)]
    same = sum(a == b for a, b in pairs) / max(1, len(pairs))
    if len(names) < 2:
        return f"alike {same:.3f}"
    alpha = krippendorff.alpha(reliability_data=coded, level_of_measurement="nominal")
    return f"alike {same:.3f}, alpha {alpha:.3f}"


def _slots(pairs: Sequence[tuple[Label, Label]]) -> Mapping[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for first, second in pairs:
        left = list(second.slots)
        for slot in first.slots:
            found = next(
                (o for o in left if o.kind == slot.kind and _touch(o.span, slot.span)), None
            )
            if found is None:
                tallies[slot.kind].missed += 1
            else:
                left.remove(found)
                tallies[slot.kind].right += 1
        for slot in left:
            tallies[slot.kind].wrong += 1
    return tallies


def _alike(first: Label, second: Label) -> bool:
    same = (first.type, first.status, first.background) == (
        second.type,
        second.status,
        second.background,
    )
    if not same:
        return False
    told = _slots([(first, second)])
    return not any(told[kind].wrong or told[kind].missed for kind in ("by", "to") if kind in told)


def _touch(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
