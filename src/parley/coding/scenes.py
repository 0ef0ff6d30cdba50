"""Scenes: the places of a report at which something may have happened that names none.

In: the drafts of a report and its grounding.  Out: its scenes, each a town or an area with the
drafts that tell it as theirs and the places in the text where it is named.  Countries and
provinces are none: there everything happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Doc, Span

from parley.coding.drafts import Draft
from parley.coding.unlisted import told_places
from parley.grounding import Grounding
from parley.model import Place, Trace
from parley.parsing import end_of, kind_of, start_of

_NAMES = frozenset({"GPE", "LOC", "FAC"})
_WIDE = frozenset({"country", "region"})
_PLAINLY = frozenset({"in", "at", "near"})
_DATELINE = 3  # paragraphs: what opens one behind them is the head of an item
_OPENERS = frozenset({"-", "–", "—", ":", "(", ",", "/"})


class Naming(Struct, frozen=True):
    """Where a text names a place: its paragraph, its first character, how it stands there.

    `told` is that it stands behind "in", "at" or "near", `head` that it opens its paragraph
    with a dash, a colon or a day behind it.
    """

    paragraph: int
    start: int
    place: Place
    headline: bool
    told: bool
    head: bool

    @property
    def dateline(self) -> bool:
        """Whether it is where the report was written, and not the head of one of its items."""
        return self.head and self.paragraph <= _DATELINE


class Scene:
    """A place of a report: who tells it as theirs (`drafts`), and where it is named."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.drafts: list[Draft] = []
        self.namings: list[Naming] = []

    def told_of(self, place: Place) -> None:
        """Take the coordinates of another telling, where this one has none."""
        if self.place.lat is None and place.lat is not None:
            self.place = place

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of what is told of it."""
        return frozenset(draft.mention.type for draft in self.drafts)

    @cached_property
    def days(self) -> frozenset[tuple[object, object]]:
        """The windows of what is told of it."""
        return frozenset((m.when.start, m.when.end) for d in self.drafts if (m := d.mention).when)


class Scenes(Struct, frozen=True):
    """All scenes of a report, and all that it names, in the order of its text."""

    all: tuple[Scene, ...]
    namings: tuple[Naming, ...]


def scenes_of(drafts: Sequence[Draft], grounding: Grounding) -> Scenes:
    """Return the scenes of a report, those that drafts tell before those that are only named."""
    found: dict[str, Scene] = {}
    for draft in drafts:
        for place in draft.mention.where:
            if place.precision not in _WIDE:
                scene = found.setdefault(place.name, Scene(place))
                scene.told_of(place)
                scene.drafts.append(draft)
    namings = list(_namings(grounding, frozenset(found)))
    for naming in namings:
        scene = found.setdefault(naming.place.name, Scene(naming.place))
        scene.told_of(naming.place)
        scene.namings.append(naming)
    return Scenes(tuple(found.values()), tuple(namings))


def _namings(grounding: Grounding, known: frozenset[str]) -> Iterator[Naming]:
    for paragraph, doc in enumerate(grounding.parse.docs):
        for name in doc.ents:
            if name.label_ in _NAMES:
                naming = _naming(name, paragraph, grounding)
                listed = naming.place.lat is not None or naming.place.name in known
                if naming.place.precision not in _WIDE and (listed or _is_told(naming, name)):
                    yield naming


def _is_told(naming: Naming, name: Span) -> bool:
    """Tell whether a name that no list has is a place's by how it stands."""
    return naming.told or name.start <= 1 or naming.place.precision != "unknown"


def _naming(name: Span, paragraph: int, grounding: Grounding) -> Naming:
    doc: Doc = name.doc
    trace = Trace(report=grounding.parse.report.id, start=start_of(name), end=end_of(name))
    place = grounding.place(name.root)
    if place is None:
        precision = told_places(grounding).get(name.text, "unknown")
        place = Place(name=name.text, precision=precision)
    before = doc[name.start - 1].lower_ if name.start else ""
    behind = doc[name.end].text if name.end < len(doc) else ""
    return Naming(
        paragraph=paragraph,
        start=trace.start,
        place=replace(place, evidence=(trace,)),
        headline=kind_of(doc) == "headline",
        told=before in _PLAINLY,
        head=name.start == 0 and behind in _OPENERS,
    )
