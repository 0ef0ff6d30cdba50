"""Labels laid onto a parse: which word is a trigger, and which word fills which slot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.learnt.features import Hints
from parley.model import Report
from parley.parsing import Parse, start_of
from training.corpus import Labelled
from training.items import Item, Label, Span


class GoldEvent(Struct, frozen=True):
    """A label with its words: the trigger's token, and each slot's kind and token."""

    label: Label
    trigger: Token
    slots: tuple[tuple[str, Token], ...]


class Gold(Struct, frozen=True):
    """One paragraph of an item with the events whose triggers stand in it."""

    source: Labelled
    doc: Doc
    hints: Hints
    events: tuple[GoldEvent, ...]


def as_report(item: Item) -> Report:
    """Return an item as the report that the coder reads."""
    return Report(id=item.id, source=item.id, text=item.text)


def lay(parse: Parse, hints: Sequence[Hints], source: Labelled) -> Iterator[Gold]:
    """Yield an item's paragraphs with their events, and what the rules say of each."""
    for doc, told in zip(parse.docs, hints, strict=True):
        events = []
        for label in source.labels:
            trigger = word_at(doc, label.trigger)
            if trigger is None:
                continue
            slots = tuple(
                (slot.kind, token)
                for slot in label.slots
                if (token := word_at(doc, slot.span)) is not None
            )
            events.append(GoldEvent(label=label, trigger=trigger, slots=slots))
        yield Gold(source=source, doc=doc, hints=told, events=tuple(events))


def word_at(doc: Doc, span: Span) -> Token | None:
    """Return the head of the words that stand at a span of the text, if they stand in the doc."""
    begin = start_of(doc)
    if span.start < begin or span.end > begin + len(doc.text):
        return None
    found = doc.char_span(span.start - begin, span.end - begin, alignment_mode="expand")
    return found.root if found is not None and len(found) else None
