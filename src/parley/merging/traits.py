"""Traits: what comparing reads from a mention, worked out once for each.

In: a mention, and its report.  Out: its `Traits`, which follow from its own report alone;
`describing.py` puts those of a report's mentions together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from parley.merging.accords import is_known_by_town, parties_told
from parley.merging.commonness import rarity
from parley.merging.likeness import Likenesses
from parley.merging.names import fold, surname
from parley.merging.passages import are_telling
from parley.merging.rules import Rules, Words, load_rules
from parley.merging.stories import Story
from parley.merging.sums import is_sum
from parley.merging.topics import families_in
from parley.model import EventType, Mention, Participant, Place, Report

CORE = frozenset({"actor", "recipient", "signatory", "victim"})
_SPOKEN = frozenset[EventType]({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
_TARGETS = frozenset({"recipient", "victim"})
BROKERS = frozenset({"mediator", "host"})
_STATE_LIKE = frozenset({"state", "government_body", "military"})
_AHEAD = frozenset({"scheduled", "expected", "proposed"})
_CLAIMS = frozenset({"alleged", "denied"})
_HEADLINE_WITHIN = 600  # a page's headline stands in its first lines
_OTHER_WITHIN = 40  # "another round of face-to-face talks": how far before its noun it stands
_OFFICE_BEFORE, _OFFICE_AFTER = 80, 40  # "the foreign ministers of A and B will hold talks"
_KIN_LETTERS = 4  # shorter words of a name are articles and particles
_SCENES = 3  # towns that a report is about, at most
FAR = date.max.toordinal()

OrderKey = tuple[date, str, int, int, str]


class Figure(Struct, frozen=True, gc=False):
    """One count as comparing sees it: `number` is the best, else the lowest figure."""

    what: str
    side: str | None
    number: int
    at_least: bool


class Spot(Struct, frozen=True, gc=False):
    """One place as comparing sees it."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str


class Traits(Struct, frozen=True):
    """What comparing reads from one mention.

    `first` and `last` are ordinals of days, None where no time is told; `last` is `FAR`
    while it goes on; `published` and `printed` are the first and the last day on which its report
    may have been printed.  `passage` is the name by which copies know it again, `ties` have those
    of the mentions that its report's words tie it to.  Parties are keys: the country's code, else
    the folded name; `kin` are codes and words that one party's names may share.  `lasting` is
    how many days it took, where the words say so, `matter` what a claim or a demand is over.
    `main` is true of what the report is about: what tells its incident (`focus`), or, where none
    of its type does, what stands at its `head` or is the first of its type; `recalled` of what a
    report of one incident tells of another, with its day; `summed` of what counts several,
    `accord` of an agreement known by its town.
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
    recalled: bool = False
    summed: bool = False
    accord: bool = False

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
        return any(map(_is_code, self.core))

    @property
    def tells_time(self) -> bool:
        """Whether it tells a time other than that of its report."""
        return self.first is not None and not self.undated

    @property
    def width(self) -> int:
        """Days in the window told; 0 where none is."""
        return 0 if self.first is None or self.last is None else self.last - self.first + 1


class Frequencies:
    """What comparing knows of names and words: how rare each is, and who is who in a report.

    Nothing is counted over the record: what a pair of mentions weighs follows from their
    two reports and from tables, so that it is the same whatever else is there, and in
    whatever order it came.
    """

    def __init__(self, mentions: Iterable[Mention], *, rules: Rules | None = None) -> None:
        """Look up in `mentions`, in any order, who is who; all of a report must be there."""
        self.rules = rules or load_rules()
        self.alike = Likenesses()
        reports: dict[str, list[Mention]] = {}
        for mention in mentions:
            reports.setdefault(mention.report, []).append(mention)
        self._countries = {report: _countries(told) for report, told in reports.items()}
        self._officers = {report: self._officers_in(told) for report, told in reports.items()}
        self.contexts = {report: self._context(told) for report, told in reports.items()}
        self.names = {report: _names(told) for report, told in reports.items()}
        self.places = {report: _places(told) for report, told in reports.items()}
        self.scenes = {report: _scene(told) for report, told in reports.items()}

    def _officers_in(self, mentions: Sequence[Mention]) -> dict[str, frozenset[str]]:
        offices: dict[str, set[str]] = {}
        for mention in mentions:
            for person in (person for party in mention.participants for person in party.people):
                found = offices_in(person.title or "", self.rules.words)
                if found:
                    offices.setdefault(surname(person.name), set()).update(found)
        return {name: frozenset(found) for name, found in offices.items()}

    def _context(self, mentions: Sequence[Mention]) -> frozenset[str]:
        """Return the parties that a report is about: named half as often as the first."""
        named: Counter[str] = Counter()
        for mention in mentions:
            named.update(
                {
                    self.key(party, mention.report)
                    for party in mention.participants
                    if party.role in CORE and not _is_anybody(party)
                }
            )
        most = max(named.values(), default=0)
        return frozenset(key for key, times in named.items() if 2 * times >= most)

    def key(self, party: Participant, report: str) -> str:
        """Return the key by which a participant's party is compared."""
        if party.side:
            return self.side(party.side, report)
        if party.country and (party.kind in _STATE_LIKE or party.kind == "person"):
            return party.country
        return fold(party.name)

    def side(self, name: str, report: str) -> str:
        """Return the key of a party that a report gives by name alone."""
        folded = fold(name)
        return self._countries.get(report, {}).get(folded, folded)

    def offices_of(self, person: str, report: str) -> frozenset[str]:
        """Return the offices that the report gives a person of this name."""
        return self._officers.get(report, {}).get(surname(person), frozenset())

    def party_rareness(self, keys: Iterable[str]) -> float:
        """Return the bits that agreeing on parties adds: of the rarest, states being common."""
        settings = self.rules.settings
        return max((settings.state if _is_code(key) else settings.body for key in keys), default=0)

    def person_rareness(self, names: Iterable[str]) -> float:
        """Return the bits that agreeing on persons adds."""
        return self.rules.settings.person if any(names) else 0.0


def order_key(mention: Mention, reports: Mapping[str, Report]) -> OrderKey:
    """Return what mentions are sorted by: report's date, then place in the report."""
    report = reports.get(mention.report)
    published = report.published.start if report and report.published else date.max
    return (published, mention.report, mention.start, mention.trigger[0], mention.id)


def plain_words(mention: Mention, calendar: frozenset[str]) -> list[str]:
    """Return the telling words of a mention: no names, numbers and days, no plural's s."""
    names = {word for party in mention.participants for word in fold(party.name).split()}
    for party in mention.participants:
        for person in party.people:
            names.update(fold(person.name).split())
    for place in mention.where:
        names.update(fold(place.name).split())
    words = (fold(word.replace("-", "")) for word in mention.salient)
    return [
        _singular(word)
        for word in words
        if word.isalpha() and word not in names and word not in calendar
    ]


def trigger_text(mention: Mention) -> str:
    """Return the trigger's own words, in lower case."""
    return mention.text[
        mention.trigger[0] - mention.start : mention.trigger[1] - mention.start
    ].lower()


def offices_in(text: str, words: Words) -> frozenset[str]:
    """Return the names of the offices that `text` tells."""
    if not text:
        return frozenset()
    pattern, names = _office_pattern(words.offices)
    return frozenset(names[match.lower()] for match in pattern.findall(text))


@cache
def _office_pattern(offices: tuple[object, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    del offices  # the cache's key; the rules of one process are the same
    names = {word: office.name for office in load_rules().words.offices for word in office.words}
    longest = sorted(names, key=len, reverse=True)
    alternatives = "|".join(re.escape(word) for word in longest)
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE), names


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
    accord = is_known_by_town(mention)
    keyed = [
        (frequencies.key(party, mention.report), party)
        for party in (parties_told(mention) if accord else mention.participants)
        if not _is_anybody(party) and not _is_scene(party, mention)
    ]

    def having(*roles: str) -> frozenset[str]:
        return frozenset(key for key, party in keyed if party.role in roles)

    brokers = having(*BROKERS)
    mutual = frequencies.rules.types[mention.type].direction == "mutual"
    # Who mediates talks and is told to take part in them is no party to them.
    core = having(*CORE) - brokers if mutual else having(*CORE)
    when = mention.when
    vocabulary = frequencies.rules.words
    context = frequencies.contexts.get(mention.report, frozenset())
    weights = {word: rarity(word) for word in plain_words(mention, vocabulary.calendar)}
    return Traits(
        id=mention.id,
        order=order_key(mention, reports),
        report=mention.report,
        published=published,
        printed=report.published.end.toordinal() if report and report.published else None,
        type=mention.type,
        mode=mention.mode,
        stage=stage_of(mention),
        first=when.start.toordinal() if when else None,
        last=(when.end.toordinal() if when.end else FAR) if when else None,
        precision=when.precision if when else None,
        undated=is_undated(mention),
        lent=when is not None and when.basis == "context",
        scale=_scale(mention, vocabulary),
        actors=having("actor", "signatory"),
        targets=having(*_TARGETS),
        victims=having("victim"),
        core=core,
        brokers=brokers,
        parties=frozenset(key for key, party in keyed if party.role != "spokesperson"),
        context=context,
        persons=_persons(keyed),
        offices=_offices(mention, report, frequencies),
        spots=tuple(map(_spot, mention.where)),
        figures=_figures(mention, frequencies),
        words=weights,
        length=sum(weight * weight for weight in sorted(weights.values())) ** 0.5,
        start=mention.start,
        end=mention.end,
        wording=wording_of(mention.text),
        headline=_is_headline(mention, report),
        wants_other=_wants_other(mention, vocabulary),
        ties=frozenset(),
        aims=frozenset(),
        kin=_kin([party for _, party in keyed if party.role in CORE], vocabulary),
        kin_of_targets=_kin([party for _, party in keyed if party.role in _TARGETS], vocabulary),
        matter=_matter(mention),
        local=not any(_is_code(key) for key in core | context),
        lasting=lasting_days(_clause(mention, report), vocabulary),
        summed=is_sum(mention.text, vocabulary),
        accord=accord,
    )


def stage_of(mention: Mention) -> str:
    """Return "ahead", "done", "off" or "claim": what the status says of how far it is."""
    if mention.status in _AHEAD:
        return "ahead"
    if mention.status in _CLAIMS:
        return "claim"
    return "off" if mention.status == "called_off" else "done"


def is_undated(mention: Mention) -> bool:
    """Tell whether a mention's time is only that of its report: undated news."""
    return mention.when is not None and mention.when.basis == "report"


def _is_anybody(party: Participant) -> bool:
    """Tell whether a participant is people of no party: they are no party that is shared.

    A common noun names nobody either: one report's "rebels" may be another's by name.
    """
    nobody = party.kind in ("population", "unknown") or party.name.islower()
    return nobody and not party.side and not party.country


def _is_scene(party: Participant, mention: Mention) -> bool:
    """Tell whether a participant is the place itself: "the attack on" a town, its people."""
    if party.kind not in ("population", "unknown", "organisation") or party.side:
        return False
    name = fold(party.name)
    return any(name == fold(place.name) for place in mention.where)


def _scale(mention: Mention, words: Words) -> str | None:
    told = trigger_text(mention)
    parts = set(re.findall(r"\w+", told)) | {told}
    if parts & words.whole:
        return "whole"
    if mention.background and _onset(words.onset).search(mention.text.lower()):
        # "fighting erupted on ...", recalled long after, is how a war began.
        return "whole"
    if parts & words.part:
        return "part"
    return "whole" if _whole_pattern(words.whole).search(mention.text.lower()) else None


@cache
def _onset(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(words)) + r")\b")


@cache
def _whole_pattern(whole: frozenset[str]) -> re.Pattern[str]:
    """Find "killed in the six-week war", "the war claimed": a toll of the war as a whole."""
    article = r"(?:the|a|an|this|that|their|its)"
    near = rf"\b(?:in|during|throughout)\s+{article}\s+|^{article}\s+|\b(?:fought|waged)\s+"
    return re.compile(
        rf"(?:{near})(?:[\w-]+\s+){{0,3}}?(?:{'|'.join(sorted(whole))})\b(?!\s+zone|-)"
    )


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
            told = offices_in(person.title or "", frequencies.rules.words)
            found |= told or frequencies.offices_of(person.name, mention.report)
    # Without names the words next to the trigger must do; farther off stand others' offices.
    return frozenset(found) or offices_in(_clause(mention, report), frequencies.rules.words)


def _clause(mention: Mention, report: Report | None) -> str:
    """Return the words around the trigger; of the report's where the mention lacks its subject.

    "The army chiefs are to meet": what is told as "to meet" is told of those just before it.
    """
    first, last = (at - mention.start for at in mention.trigger)
    if report is None or not (first == 0 or mention.text.startswith("to ")):
        return mention.text[max(0, first - _OFFICE_BEFORE) : last + _OFFICE_AFTER]
    start = mention.trigger[0]
    before = re.split(r"[,.;:!?]\s|\n", report.text[max(0, start - _OFFICE_BEFORE) : start])[-1]
    return before + mention.text[first : last + _OFFICE_AFTER]


def _matter(mention: Mention) -> frozenset[str]:
    if mention.type not in _SPOKEN:
        return frozenset()
    return families_in(mention.text, mention.type)


def _kin(parties: Iterable[Participant], words: Words) -> frozenset[str]:
    """Return what names of one party may share: its country, and its name's own words.

    An armed group is not taken for the state that it fights in.
    """
    found: set[str] = set()
    for party in parties:
        if party.country and party.kind != "armed_group":
            found.add(party.country)
        for name in (party.name, party.side or ""):
            found.update(
                _singular(word)
                for word in fold(name).split()
                if len(word) >= _KIN_LETTERS and word not in words.generic
            )
    return frozenset(found)


def lasting_days(text: str, words: Words) -> float | None:
    """Return how many days a happening took, by its words: "44-day", "for four days".

    None where nothing is said; "within five days" and "four days later" say when, not how long.
    """
    small = text.lower()
    if not any(unit in small for unit in words.lengths):
        return None
    for pattern in _lasting_patterns(tuple(words.numbers), tuple(words.lengths)):
        if found := pattern.search(text):
            number = found["number"].lower()
            times = int(number) if number.isdigit() else words.numbers[number]
            return times * words.lengths[found["unit"].lower()]
    return None


@cache
def _lasting_patterns(
    numbers: tuple[str, ...], lengths: tuple[str, ...]
) -> tuple[re.Pattern[str], ...]:
    """Find "44-day", "four days of", "for four days"."""
    longest = "|".join(sorted(numbers, key=len, reverse=True))
    amount, unit = rf"(?P<number>\d{{1,3}}|{longest})", f"(?P<unit>{'|'.join(lengths)})"
    told = (
        rf"\b{amount}-{unit}(?!-old)\b",
        rf"\b{amount} {unit}s?(?:\s+of|\s+long)\b",
        rf"\b(?:for|lasted|lasting|over|took)\s+(?:about\s+|almost\s+|some\s+)?{amount} {unit}s?\b"
        r"(?!\s+(?:now|ago|later|earlier|before|after|from))",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in told)


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


def wording_of(text: str) -> str:
    """Return the words of a sentence, "" where they are such as any report may use.

    "Seven people were wounded and taken to hospital" is no sign that one copied the other.
    """
    words = fold(text)
    return words if words.count(" ") >= 5 and are_telling(words.split()) else ""


def _is_headline(mention: Mention, report: Report | None) -> bool:
    """Tell whether a mention stands in a line of its own at the head of its page."""
    if report is None or mention.start > _HEADLINE_WITHIN:
        return False
    text = report.text
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.start)
    line = text[start : end if end >= 0 else len(text)].strip()
    return bool(line) and len(line) <= 200 and line[-1] not in ".!…:;,”\"'"


def _wants_other(mention: Mention, words: Words) -> bool:
    at = mention.trigger[0] - mention.start
    before = re.findall(r"\w+", mention.text[max(0, at - _OTHER_WITHIN) : at].lower())
    return bool(words.other & set(before) or words.other_beside & set(before[-1:]))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] != "s" else word


def _is_code(key: str) -> bool:
    """Tell whether a party's key is a state's code, as against a folded name."""
    return len(key) == 3 and key.isupper()


def _spot(place: Place) -> Spot:
    return Spot(fold(place.name), place.country, place.lat, place.lon, place.precision)


def _scene(mentions: Iterable[Mention]) -> tuple[Spot, ...]:
    """Return the towns that a report tells most of, those named once a mention."""
    towns = Counter(
        spot
        for mention in mentions
        for spot in {_spot(place) for place in mention.where}
        if spot.precision in ("city", "point")
    )
    ordered = sorted(towns, key=lambda spot: (-towns[spot], spot.name))
    return tuple(ordered[:_SCENES])


def _names(mentions: Iterable[Mention]) -> frozenset[str]:
    """Return the words of the names of parties, their officers and countries in a report."""
    found: set[str] = set()
    for mention in mentions:
        named = [place.name for place in mention.where if place.precision == "country"]
        for party in mention.participants:
            named += [party.name] if party.kind != "person" else []
            named += [person.name for person in party.people if person.title]
        found.update(word for name in named for word in fold(name).split())
    return frozenset(found)


def _places(mentions: Iterable[Mention]) -> frozenset[str]:
    """Return the folded names of the places in a report."""
    return frozenset(fold(place.name) for mention in mentions for place in mention.where)


def _countries(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return folded name -> country code of the states that the mentions name."""
    seen: Counter[tuple[str, str]] = Counter(
        (fold(party.name), party.country)
        for mention in mentions
        for party in mention.participants
        if party.kind == "state" and party.country
    )
    return dict(pair for pair, _ in sorted(seen.items(), key=lambda item: item[1]))
