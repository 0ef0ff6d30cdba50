"""Traits: what comparing reads from a mention, worked out once for each.

In: a mention, and its report.  Out: its `Traits`, which follow from its own report alone;
`describing.py` puts those of a report's mentions together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from parley.merging.accords import is_named, parties_told
from parley.merging.commonness import rarity
from parley.merging.deeds import NO_DEED, Deed, name_deed
from parley.merging.frequencies import CORE, Frequencies, is_anybody, is_code
from parley.merging.names import fold
from parley.merging.rules import Words
from parley.merging.spots import Spot, spot_of
from parley.merging.stories import Story
from parley.merging.sums import is_sum
from parley.merging.topics import families_in
from parley.merging.wordings import (
    clause_of,
    is_due,
    is_headline,
    lasting_days,
    offices_in,
    plain_words,
    scale_of,
    singular,
    wants_other,
    wording_of,
)
from parley.model import EventType, Mention, Participant, Report

SPOKEN = frozenset[EventType]({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
_TARGETS = frozenset({"recipient", "victim"})
BROKERS = frozenset({"mediator", "host"})
_AHEAD = frozenset({"scheduled", "expected", "proposed"})
_CLAIMS = frozenset({"alleged", "denied"})
_KIN_LETTERS = 4  # shorter words of a name are articles and particles
FAR = date.max.toordinal()

OrderKey = tuple[date, str, int, int, str]


class Figure(Struct, frozen=True, gc=False):
    """One count as comparing sees it: `number` is the best, else the lowest figure."""

    what: str
    side: str | None
    number: int
    at_least: bool


class Traits(Struct, frozen=True):
    """What comparing reads from one mention.

    `first` and `last` are ordinals of days, None where no time is told; `last` is `FAR`
    while it goes on; `published` and `printed` are the first and the last day on which its report
    may have been printed.  `passage` is the name by which copies know it again, `ties` have those
    of the mentions that its report's words tie it to.  Parties are keys: the country's code, else
    the folded name; `kin` are codes and words that one party's names may share.  `lasting` is
    how many days it took, where the words say so, `matter` what a claim or a demand is over.
    `item` is where the item of a bulletin begins that tells it, 0 in other reports.
    `main` is true of what the report is about: what tells its incident (`focus`), or, where none
    of its type does, what stands at its `head` or is the first of its type; `recalled` of what a
    report of one incident tells of another, with its day; `summed` of what counts several,
    `accord` of an agreement that is only named, by its town or as `known` ("under the deal"),
    `due` of what is to be done by its day; `put_off` names what is put off and what takes its
    place alike.  `sentence` is the number of its sentence in the report and `nth` its own among
    those of its type there, `deed` how it is named; `chain` names those of one report that tell
    one happening (`chaining.py`).  `several` is true in a report of a conflict that is about no
    one incident.
    """

    id: str
    order: OrderKey
    report: str
    published: int | None
    printed: int | None
    type: EventType
    mode: str | None
    stage: str
    first: int | None
    last: int | None
    precision: str | None
    undated: bool
    lent: bool
    scale: str | None
    actors: frozenset[str]
    targets: frozenset[str]
    victims: frozenset[str]
    core: frozenset[str]
    brokers: frozenset[str]
    parties: frozenset[str]
    context: frozenset[str]
    persons: tuple[tuple[str, tuple[str, ...]], ...]
    offices: frozenset[str]
    spots: tuple[Spot, ...]
    figures: tuple[Figure, ...]
    words: Mapping[str, float]
    length: float
    start: int
    end: int
    wording: str
    headline: bool
    wants_other: bool
    ties: frozenset[str]
    aims: frozenset[str]
    kin: frozenset[str] = frozenset()
    kin_of_targets: frozenset[str] = frozenset()
    lasting: float | None = None
    matter: frozenset[str] = frozenset()
    story: Story | None = None
    passage: str = ""
    scene: tuple[Spot, ...] = ()
    main: bool = False
    head: bool = False
    local: bool = False
    incident: str = ""
    item: int = 0
    recalled: bool = False
    summed: bool = False
    accord: bool = False
    due: bool = False
    put_off: str = ""
    known: bool = False
    sentence: int = 0
    nth: int = 0
    deed: Deed = NO_DEED
    chain: str = ""
    several: bool = False

    def with_story(self, story: Story | None) -> Traits:
        """Return the same with the story of its report."""
        return replace(self, story=story)

    @property
    def focus(self) -> bool:
        """Whether it tells the incident that its report is about."""
        return bool(self.incident)

    @property
    def known_by(self) -> str:
        """What it is known again by in copies of its report: its sentence where that suffices.

        What its report ties to something else is known with that only.
        """
        if self.ties:
            return " ".join((self.passage, *sorted(self.ties)))
        return self.wording or self.passage

    @property
    def of_states(self) -> bool:
        """Whether a state takes part in it."""
        return any(map(is_code, self.core))

    def is_among_several(self, other: Traits) -> bool:
        """Tell whether both are of one report, and that report tells of several happenings."""
        if self.type != other.type:
            return False
        return self.report == other.report and self.several and other.several

    def is_across_several(self, other: Traits) -> bool:
        """Tell whether they are of two reports, one of which tells of several happenings."""
        return self.report != other.report and (self.several or other.several)

    @property
    def tells_time(self) -> bool:
        """Whether it tells a time other than that of its report."""
        return self.first is not None and not self.undated

    @property
    def width(self) -> int:
        """Days in the window told; 0 where none is."""
        return 0 if self.first is None or self.last is None else self.last - self.first + 1


def order_key(mention: Mention, reports: Mapping[str, Report]) -> OrderKey:
    """Return what mentions are sorted by: report's date, then place in the report."""
    report = reports.get(mention.report)
    published = report.published.start if report and report.published else date.max
    return (published, mention.report, mention.start, mention.trigger[0], mention.id)


def read_traits(
    mention: Mention,
    frequencies: Frequencies,
    reports: Mapping[str, Report],
) -> Traits:
    """Return the traits of a mention by itself.

    What it is in its report, and what that tells as a whole, `describing.py` adds.
    """
    report = reports.get(mention.report)
    published = report.published.start.toordinal() if report and report.published else None
    accord = is_named(mention)
    keyed = [
        (frequencies.key(party, mention.report), party)
        for party in (parties_told(mention) if accord else mention.participants)
        if not is_anybody(party) and not _is_scene(party, mention)
    ]

    def having(*roles: str) -> frozenset[str]:
        return frozenset(key for key, party in keyed if party.role in roles)

    brokers = having(*BROKERS)
    mutual = frequencies.rules.types[mention.type].direction == "mutual"
    # Who mediates talks and is told to take part in them is no party to them.
    core = having(*CORE) - brokers if mutual else having(*CORE)
    when = mention.when
    vocabulary = frequencies.rules.words
    kind, mode = _kind_of(mention)
    context = frequencies.contexts.get(mention.report, frozenset())
    weights = {word: rarity(word) for word in plain_words(mention, vocabulary.calendar)}
    return Traits(
        id=mention.id,
        order=order_key(mention, reports),
        report=mention.report,
        published=published,
        printed=report.published.end.toordinal() if report and report.published else None,
        type=kind,
        mode=mode,
        stage=stage_of(mention),
        first=when.start.toordinal() if when else None,
        last=(when.end.toordinal() if when.end else FAR) if when else None,
        precision=when.precision if when else None,
        undated=is_undated(mention),
        lent=when is not None and when.basis == "context",
        scale=scale_of(mention, vocabulary),
        actors=having("actor", "signatory"),
        targets=having(*_TARGETS),
        victims=having("victim"),
        core=core,
        brokers=brokers,
        parties=frozenset(key for key, party in keyed if party.role != "spokesperson"),
        context=context,
        persons=_persons(keyed),
        offices=_offices(mention, report, frequencies),
        spots=tuple(map(spot_of, mention.where)),
        figures=_figures(mention, frequencies),
        words=weights,
        length=sum(weight * weight for weight in sorted(weights.values())) ** 0.5,
        start=mention.start,
        end=mention.end,
        wording=wording_of(mention.text),
        headline=is_headline(mention, report),
        wants_other=wants_other(mention, vocabulary),
        ties=frozenset(),
        aims=frozenset(),
        kin=_kin([party for _, party in keyed if party.role in CORE], vocabulary),
        kin_of_targets=_kin([party for _, party in keyed if party.role in _TARGETS], vocabulary),
        matter=_matter(mention),
        local=not any(is_code(key) for key in core | context),
        lasting=lasting_days(clause_of(mention, report), vocabulary),
        summed=is_sum(mention.text, vocabulary),
        accord=accord,
        due=stage_of(mention) == "ahead" and is_due(mention, report, vocabulary),
        known=mention.known,
        deed=name_deed(mention, report, vocabulary.deeds),
    )


def stage_of(mention: Mention) -> str:
    """Return "ahead", "done", "off" or "claim": what the status says of how far it is."""
    if mention.status in _AHEAD:
        return "ahead"
    if mention.status in _CLAIMS:
        return "claim"
    return "off" if mention.status == "called_off" else "done"


def timed_as(one: Traits, other: Traits) -> Traits:
    """Return a mention's traits with the time of another, told or lent as it is there."""
    return replace(
        one,
        first=other.first,
        last=other.last,
        precision=other.precision,
        undated=other.undated,
        lent=other.lent,
    )


def is_undated(mention: Mention) -> bool:
    """Tell whether a mention's time is only that of its report: undated news."""
    return mention.when is not None and mention.when.basis == "report"


def _kind_of(mention: Mention) -> tuple[EventType, str | None]:
    """Return the type and the mode by which a mention is compared.

    Whom an armed group seizes or detains is abducted: desks tell one deed in either word.
    """
    actors = [party.kind for party in mention.participants if party.role == "actor"]
    if (mention.type, mention.mode) == ("COERCE", "arrest") and set(actors) == {"armed_group"}:
        return "ASSAULT", "abduct"
    return mention.type, mention.mode


def _is_scene(party: Participant, mention: Mention) -> bool:
    """Tell whether a participant is the place itself: "the attack on" a town, its people."""
    if party.kind not in ("population", "unknown", "organisation") or party.side:
        return False
    name = fold(party.name)
    return any(name == fold(place.name) for place in mention.where)


def _persons(
    keyed: Sequence[tuple[str, Participant]],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, dict[str, None]] = {}
    for key, party in keyed:
        if party.role not in CORE:
            continue
        names = found.setdefault(key, {})
        names.update(dict.fromkeys(person.name for person in party.people))
        if party.kind == "person":
            names[party.name] = None
    return tuple((key, tuple(names)) for key, names in found.items() if names)


def _offices(mention: Mention, report: Report | None, frequencies: Frequencies) -> frozenset[str]:
    if not frequencies.rules.types[mention.type].persons:
        return frozenset()
    found: set[str] = set()
    for party in mention.participants:
        for person in party.people if party.role in CORE else ():
            told = offices_in(person.title or "")
            found |= told or frequencies.offices_of(person.name, mention.report)
    # Without names the words next to the trigger must do; farther off stand others' offices.
    return frozenset(found) or offices_in(clause_of(mention, report))


def _matter(mention: Mention) -> frozenset[str]:
    if mention.type not in SPOKEN:
        return frozenset()
    return families_in(mention.text, mention.type)


def _kin(parties: Iterable[Participant], words: Words) -> frozenset[str]:
    """Return what names of one party may share: its country, and its name's own words.

    An armed group is not taken for the state that it fights in.
    """
    found: set[str] = set()
    for party in parties:
        if party.country and party.kind != "armed_group" and not party.name.islower():
            found.add(party.country)
        for name in (party.name, party.side or ""):
            found.update(
                singular(word)
                for word in fold(name).split()
                if len(word) >= _KIN_LETTERS and word not in words.generic
            )
    return frozenset(found)


def _figures(mention: Mention, frequencies: Frequencies) -> tuple[Figure, ...]:
    figures = []
    for count in mention.counts:
        number = count.best if count.best is not None else count.low
        if number is None:
            number = count.high
        if number is not None:
            side = frequencies.side(count.side, mention.report) if count.side else None
            figures.append(Figure(count.what, side, number, count.high is None))
    return tuple(figures)
