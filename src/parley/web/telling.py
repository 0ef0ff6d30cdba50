"""The words that prove each field of an event.

In: an event with its tellings (`views.show_event`) and the reports that they stand in.
Out: the fields in an order for reading, each value with the tellings that prove it; the
tellings' own words cut into pieces, with the fields that each piece proves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from parley.model import Count, Event, Participant, Place, Report, Trace
from parley.views import phrase_count, phrase_when
from parley.views.detail import Telling
from parley.web.marking import Piece, Span, cut

_CONTEXT = 160


class Proof(Struct, frozen=True, kw_only=True):
    """Characters of a report that prove a value; `telling` is the telling's number, from 1.

    `telling` is None where they stand outside of every telling's words.
    """

    report: str
    start: int
    end: int
    words: str
    telling: int | None

    @property
    def shown(self) -> str:
        """What the page shows of it, by which the same is not shown twice."""
        return f"[{self.telling}]" if self.telling else " ".join(self.words.split())


class Value(Struct, frozen=True, kw_only=True):
    """One value of a field, in words, with what proves it.

    `about` says more of it; `query` is the filter that finds others with it.
    """

    words: str
    about: str = ""
    query: tuple[tuple[str, str], ...] = ()
    proofs: tuple[Proof, ...] = ()
    tellings: tuple[int, ...] = ()


class Field(Struct, frozen=True, kw_only=True):
    """A field of an event, by its name in words, with its values."""

    name: str
    field: str
    values: tuple[Value, ...]


class Words(Struct, frozen=True, kw_only=True):
    """A telling's words in pieces, with a little of the text before and after."""

    before: str
    pieces: tuple[Piece[str], ...]
    after: str


def fields_of(event: Event, reports: Mapping[str, Report]) -> list[Field]:
    """Return the fields of an event that have a value, with what proves each."""
    finder = _Finder(event, reports)
    found = (
        Field(name="when", field="when", values=tuple(finder.when())),
        Field(name="where", field="where", values=tuple(finder.where())),
        *finder.participants(),
        Field(name="figures", field="counts", values=tuple(finder.counts())),
        Field(name="agreed", field="provisions", values=tuple(finder.provisions())),
    )
    return [field for field in found if field.values]


def words_of(telling: Telling, fields: Iterable[Field], reports: Mapping[str, Report]) -> Words:
    """Return the words of a telling with those marked that prove a field."""
    mention = telling.mention
    spans = [
        Span(proof.start - mention.start, proof.end - mention.start, field.name)
        for field in fields
        for value in field.values
        for proof in value.proofs
        if proof.report == mention.report
        and mention.start <= proof.start
        and proof.end <= mention.end
    ]
    report = reports.get(mention.report)
    text = report.text if report else ""
    return Words(
        before=_tail(text[max(0, mention.start - _CONTEXT) : mention.start]),
        pieces=tuple(cut(mention.text, spans)),
        after=_head(text[mention.end : mention.end + _CONTEXT]),
    )


class _Finder:
    """The proofs in one event."""

    def __init__(self, event: Event, reports: Mapping[str, Report]) -> None:
        self._event = event
        self._reports = reports

    def when(self) -> Iterator[Value]:
        when = self._event.when
        if when is None:
            return
        about = {
            "told": "",
            "context": "from the words around",
            "report": "nothing is said: the day of the report",
        }[when.basis]
        yield Value(words=phrase_when(when), about=about, proofs=self._proofs(when.evidence))

    def where(self) -> Iterator[Value]:
        for place in self._event.where:
            yield Value(
                words=place.name,
                about=about_place(place),
                query=(("place", place.name),),
                proofs=self._proofs(place.evidence),
            )

    def participants(self) -> Iterator[Field]:
        by_role: dict[str, list[Participant]] = {}
        for participant in self._event.participants:
            by_role.setdefault(participant.role, []).append(participant)
        for role, several in by_role.items():
            values = tuple(
                Value(
                    words=each.name,
                    about=about_participant(each),
                    query=(("party", each.name),),
                    proofs=self._proofs(each.evidence),
                )
                for each in several
            )
            yield Field(name=role, field="participants", values=values)

    def counts(self) -> Iterator[Value]:
        for count in self._event.counts:
            yield Value(
                words=f"{phrase_count(count)} {count.what}",
                about=about_count(count),
                proofs=self._proofs(count.evidence),
                tellings=(count.mention + 1,),
            )

    def provisions(self) -> Iterator[Value]:
        for provision in self._event.provisions:
            yield Value(
                words=provision.text,
                proofs=self._proofs(provision.evidence),
                tellings=(provision.mention + 1,),
            )

    def _proofs(self, traces: Sequence[Trace]) -> tuple[Proof, ...]:
        return tuple(self._proof(trace) for trace in dict.fromkeys(traces))

    def _proof(self, trace: Trace) -> Proof:
        report = self._reports.get(trace.report)
        return Proof(
            report=trace.report,
            start=trace.start,
            end=trace.end,
            words=report.text[trace.start : trace.end] if report else "",
            telling=self._number(trace),
        )

    def _number(self, trace: Trace) -> int | None:
        for number, mention in enumerate(self._event.mentions, 1):
            inside = mention.start <= trace.start and trace.end <= mention.end
            if mention.report == trace.report and inside:
                return number
        return None


def about_place(place: Place) -> str:
    """Return what is known of a place besides its name."""
    if place.precision == "unknown":
        return "not in the gazetteer"
    precise = {"region": "a region, no point", "area": "an area, no point", "country": "a country"}
    parts = (place.country or "", precise.get(place.precision, ""))
    return ", ".join(part for part in parts if part)


def about_participant(participant: Participant) -> str:
    """Return what is known of a participant besides the name."""
    side = f"on the side of {participant.side}" if participant.side else ""
    people = "; ".join(
        f"{person.name}, {person.title}" if person.title else person.name
        for person in participant.people
    )
    kind = "" if participant.kind == "state" else participant.kind.replace("_", " ")
    return " · ".join(part for part in (kind, participant.country or "", side, people) if part)


def about_count(count: Count) -> str:
    """Return whose people a figure counts and who gives it."""
    side = f"of {count.side}" if count.side else ""
    by = f"says {count.claimed_by}" if count.claimed_by and not count.corrected else ""
    return ", ".join(part for part in (side, by) if part)


def _tail(text: str) -> str:
    """Return the end of the text before, from a whole word on, within its paragraph."""
    line = text.rpartition("\n")[2]
    if len(line) == _CONTEXT:
        line = "…" + line.partition(" ")[2]
    return line


def _head(text: str) -> str:
    line = text.partition("\n")[0]
    if len(line) == _CONTEXT:
        line = line.rpartition(" ")[0] + "…"
    return line
