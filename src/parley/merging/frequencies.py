"""Frequencies: how rare names are, and who is who in a report.

In: all mentions of some reports.  Out: the key by which a party is compared, the offices of
its officers, and what each report names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from parley.merging.likeness import Likenesses
from parley.merging.names import fold, surname
from parley.merging.rules import Rules, load_rules
from parley.merging.spots import scene_of
from parley.merging.wordings import offices_in
from parley.model import Mention, Participant

CORE = frozenset({"actor", "recipient", "signatory", "victim"})
_STATE_LIKE = frozenset({"state", "government_body", "military"})


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
        self.scenes = {report: scene_of(told) for report, told in reports.items()}

    def _officers_in(self, mentions: Sequence[Mention]) -> dict[str, frozenset[str]]:
        offices: dict[str, set[str]] = {}
        for mention in mentions:
            for person in (person for party in mention.participants for person in party.people):
                found = offices_in(person.title or "")
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
                    if party.role in CORE and not is_anybody(party)
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
        return max((settings.state if is_code(key) else settings.body for key in keys), default=0)

    def person_rareness(self, names: Iterable[str]) -> float:
        """Return the bits that agreeing on persons adds."""
        return self.rules.settings.person if any(names) else 0.0


def is_anybody(party: Participant) -> bool:
    """Tell whether a participant is people of no party: they are no party that is shared.

    A common noun names nobody either: one report's "rebels" may be another's by name.
    """
    nobody = party.kind in ("population", "unknown") or party.name.islower()
    return nobody and not party.side and (not party.country or party.name.islower())


def is_code(key: str) -> bool:
    """Tell whether a party's key is a state's code, as against a folded name."""
    return len(key) == 3 and key.isupper()


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
