"""Summaries: one neutral line that a person can read alone.

In: the coded fields of one event.  Out: a line such as "Clashes between A and B: at least
286 killed".  The words are `data/summary.toml`.  Where the fields say little, or the coder is
hardly sure of the type, the report's own words stand behind them or in the verb's place,
short and in quotation marks (`quoting.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import get_args

from msgspec import Struct

from parley.errors import DataError
from parley.merging.counted import told_apart
from parley.merging.counting import by_people, number_of, tell
from parley.merging.estimating import choose_figure
from parley.merging.names import fold
from parley.merging.quoting import quote, shown
from parley.merging.rules import load_rules, read_data, starred
from parley.merging.topics import topics_in
from parley.merging.wordings import offices_in
from parley.model import Count, CountKind, Event, EventType, Participant, PartyKind, Person

_DO = frozenset({"actor", "signatory"})
_DONE_TO = frozenset({"recipient", "victim"})
_MOST_NAMES = 4
# Below this confidence the type is more likely wrong than right: its verb is not used.
_DOUBTFUL = 0.15
# A line with fewer names, places, figures and topics than this says too little alone.
_ENOUGH = 2
_TOLLS: tuple[CountKind, ...] = ("killed", "wounded", "captured", "missing", "displaced")
# What stands after the name of a happening, where no verb of its own fits.
_AFTER_NAME = {
    "happened": "",
    "ongoing": " under way",
    "scheduled": " scheduled",
    "expected": " expected",
    "proposed": " proposed",
    "called_off": " called off",
    "alleged": " alleged",
    "denied": " denied",
}


class Phrase(Struct, frozen=True, forbid_unknown_fields=True):
    """The words for one type or mode; `summary.toml` tells each key's meaning."""

    one: str
    many: str
    bare: str
    doing: str
    done: str
    name: str
    by: str
    object: str
    of: str
    topic: str | None = None
    both: str | None = None
    nobody: str | None = None
    told: tuple[str, ...] = ()
    vague: bool = False
    empty: bool = False
    not_to: tuple[PartyKind, ...] = ()
    modes: dict[str, Phrase] = {}


@cache
def load_phrases() -> dict[EventType, Phrase]:
    """Return the words of every type.  Raises DataError, naming file and key."""
    phrases = read_data("summary.toml", dict[EventType, Phrase])
    missing = set(get_args(EventType)) - set(phrases)
    if missing:
        raise DataError(
            f"parley/merging/data/summary.toml: missing {sorted(missing)}; add words for each"
        )
    return phrases


def summarise(event: Event, *, about: Sequence[str] = ()) -> str:
    """Return one line for `event`, whose own `summary` is not read.

    `about` are the words of what it is about, where its own mentions leave that to others:
    the charge that a denial is of.
    """
    phrase = _phrase(event)
    doers, others = _sides(event)
    words = quote(event)
    if words and (doers or others) and _misleads(event, phrase):
        return _capital(_in_words(event, doers, others, words) + _toll(event))
    if event.type == "ASSAULT" and others and len(doers) > 1:
        disputed = _disputed(event, phrase, others)
        if disputed:
            return _capital(disputed)
    line = _line(event, phrase, doers, others, about)
    if words and _says_little(event, phrase, doers, others, about):
        line += f" ({words})"
    return _capital(line)


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def _misleads(event: Event, phrase: Phrase) -> bool:
    """Tell whether the verb of the type would most likely say what did not happen."""
    if phrase.empty or (event.confidence is not None and event.confidence < _DOUBTFUL):
        return True
    return any(p.role in _DONE_TO and p.kind in phrase.not_to for p in event.participants)


def _in_words(event: Event, doers: list[str], others: list[str], words: str) -> str:
    """Return who and where, and the report's words in the place of a verb."""
    told = "" if event.status == "happened" else f" ({event.status.replace('_', ' ')})"
    return f"{_list([*doers, *others])}{_tail(event, doers, others)}{told}: {words}"


def _says_little(
    event: Event, phrase: Phrase, doers: list[str], others: list[str], about: Sequence[str]
) -> bool:
    """Tell whether a line made of the fields leaves open what happened."""
    topic = bool(_topic(event, phrase, about))
    if phrase.vague and not topic:
        return True
    if event.type == "AGREE" and event.mode is None and len(doers) == 1:
        return True  # "commits itself"
    named = {fold(name) for name in (*doers, *others)}
    tail = bool(_tail(event, doers, others))
    return min(len(named), _ENOUGH) + tail + topic + bool(_toll(event)) < _ENOUGH


def _phrase(event: Event) -> Phrase:
    """Return the words for an event: its mode's, or those that its mentions call for."""
    phrase = load_phrases()[event.type]
    if event.mode in phrase.modes:
        phrase = phrase.modes[event.mode]
    for mode in phrase.modes.values():
        if mode.told and any(_finder(mode.told).search(m.text) for m in event.mentions):
            return mode
    return phrase


@cache
def _finder(words: tuple[str, ...]) -> re.Pattern[str]:
    return starred(words)


def _disputed(event: Event, phrase: Phrase, others: Sequence[str]) -> str | None:
    """Return a line that takes no side where reports differ on who attacked; None if they agree."""
    told = [entry for entry in event.disagreements if entry.field == "actor"]
    named = [value.value for entry in told for value in entry.values if value.value != "not said"]
    if len(named) < 2 or any(" and " in value for value in named):
        return None
    hit = {fold(name) for name in _names(event, _DONE_TO)}
    if phrase.both and {fold(name) for name in named} <= hit:
        line = f"{phrase.both} between {_list(named)}"
    else:
        line = f"{phrase.name} {phrase.of} {_list(others)}"
    blame = "" if line.startswith(phrase.both or " ") else f", by {' or '.join(named)}"
    return line + _tail(event, named, list(others)) + blame + " (reports differ)" + _toll(event)


def _is_at_home(name: str, event: Event) -> bool:
    """Tell whether a name is of the state in which a happening is."""
    states = {p.country for p in event.participants if p.name == name and p.kind == "state"}
    return bool(states & {place.country for place in event.where} - {None})


def _sides(event: Event) -> tuple[list[str], list[str]]:
    """Return the names of those who do it, and of those it is done to or with."""
    doers = _names(event, _DO)
    others = [name for name in _names(event, _DONE_TO) if name not in doers]
    if event.type == "PROTEST":
        return doers, ["the government" if _is_at_home(name, event) else name for name in others]
    if load_rules().types[event.type].direction == "mutual" and (doers or len(others) > 1):
        return [*doers, *others], []
    if event.type == "ASSAULT" and not doers and len(_states(event, _DONE_TO)) > 1:
        return _states(event, _DONE_TO), []
    if event.type == "ASSAULT" and len(doers) > 1 and set(doers) <= set(_names(event, _DONE_TO)):
        # Who fight each other and are both struck did not together set upon the bystanders.
        bystanders = {shown(event, p) for p in event.participants if p.kind == "population"}
        others = [name for name in others if name not in bystanders]
    return doers, others


def _names(event: Event, roles: frozenset[str]) -> list[str]:
    named = [p for p in event.participants if p.role in roles and fold(p.name) != "people"]
    return list(dict.fromkeys(shown(event, party) for party in named))


def _states(event: Event, roles: frozenset[str]) -> list[str]:
    found = [shown(event, p) for p in event.participants if p.role in roles and p.kind == "state"]
    return list(dict.fromkeys(found))


def _line(
    event: Event, phrase: Phrase, doers: list[str], others: list[str], about: Sequence[str]
) -> str:
    verb = {
        key: getattr(phrase, key).format(deployed=_deployed(event))
        for key in ("one", "many", "bare", "doing", "done")
    }
    target = f" {phrase.object} {_list(others)}" if phrase.object else f" {_list(others)}"
    topic = _topic(event, phrase, about)
    target = (target if others else "") + topic
    tail = _tail(event, doers, others)
    after = _people(event) + _toll(event)
    mutual_fight = phrase.both is not None and len(doers) > 1 and not others
    named = not doers or mutual_fight or (not phrase.object and not others)
    if named or event.status in ("proposed", "called_off"):
        named_tail = tail + _AFTER_NAME[event.status]
        return (
            _name(phrase, doers, others, mutual=mutual_fight)
            + topic
            + named_tail
            + (_according(event) if event.status == "alleged" else "")
            + after
        )
    subject, several = _list(doers), len(doers) > 1 or _is_plural(event, doers[0])
    finite = verb["many"] if several else verb["one"]
    are = "are" if several else "is"
    if event.status == "denied":
        return _denied(event, doers, f"{finite}{target}{tail}", f"{verb['doing']}{target}{tail}")
    forms = {
        "happened": f"{subject} {finite}",
        "ongoing": f"{subject} {are} {verb['doing']}",
        "scheduled": f"{subject} to {verb['bare']}",
        "expected": f"{subject} expected to {verb['bare']}",
        "alleged": f"{subject} {are} said to have {verb['done']}",
    }
    source = _according(event) if event.status == "alleged" else ""
    return forms[event.status] + target + tail + source + after


def _topic(event: Event, phrase: Phrase, about: Sequence[str]) -> str:
    """Return what it is over, where the mentions' words tell: " over prisoners and captives"."""
    if phrase.topic is None:
        return ""
    own = topics_in([mention.text for mention in event.mentions], event.type)
    found = own or topics_in(about, event.type)
    return f" {phrase.topic} {found[0]}" if found else ""


def _name(phrase: Phrase, doers: list[str], others: list[str], *, mutual: bool) -> str:
    """Return the happening by name: "talks between A and B", "attack by A on B"."""
    if mutual and phrase.both:
        return f"{phrase.both} between {_list(doers)}"
    if phrase.nobody and not doers and not others:
        return phrase.nobody
    # Nothing is between one party: "talks of A", "agreement of A with B"
    by = "of" if phrase.by == "between" and len(doers) == 1 else phrase.by
    actors = f" {by} {_list(doers)}" if doers else ""
    return phrase.name + actors + (f" {phrase.of} {_list(others)}" if others else "")


def _denied(event: Event, doers: list[str], told: str, doing: str) -> str:
    deniers = list(
        dict.fromkeys(
            said.name for m in event.mentions for said in m.attribution if said.stance == "denies"
        )
    )
    if not deniers:
        return f"it is denied that {_list(doers)} {told}"
    denies = "denies" if len(deniers) == 1 else "deny"
    if {fold(name) for name in deniers} == {fold(name) for name in doers}:
        return f"{_list(deniers)} {denies} {doing}"
    return f"{_list(deniers)} {denies} that {_list(doers)} {told}"


def _according(event: Event) -> str:
    sources = list(
        dict.fromkeys(
            said.name for m in event.mentions for said in m.attribution if said.stance != "denies"
        )
    )
    return f" (according to {_list(sources[:_MOST_NAMES])})" if sources else ""


def _tail(event: Event, doers: list[str], others: list[str]) -> str:
    """Return where, and by whose mediation."""
    named = {fold(name) for name in (*doers, *others)}
    places = [place for place in event.where if fold(place.name) not in named][:1]
    where = f" in {places[0].name}" if places else ""
    mediators = _names(event, frozenset({"mediator"}))
    hosts = [
        name
        for name in _names(event, frozenset({"host"}))
        if name not in mediators and fold(name) not in named
    ]
    mediated = f", mediated by {_list(mediators)}" if mediators else ""
    return where + mediated + (f", hosted by {_list(hosts)}" if hosts else "")


def _people(event: Event) -> str:
    """Return the persons who act, by office: " (foreign ministers A, B; C)"."""
    if not load_rules().types[event.type].persons:
        return ""
    offices = {office.name: office for office in load_rules().words.offices}
    grouped: dict[str, list[str]] = {}
    named = {party.name for party in event.participants}
    for person in _acting(event.participants):
        if person.name in named:
            continue
        found = sorted(offices_in(person.title or ""))
        names = grouped.setdefault(found[0] if len(found) == 1 else "", [])
        if person.name not in names:
            names.append(person.name)
    told = []
    for name, people in grouped.items():
        shown = people[:_MOST_NAMES] + (["others"] if len(people) > _MOST_NAMES else [])
        label = (offices[name].plural if len(people) > 1 else name) + " " if name else ""
        told.append(label + ", ".join(shown))
    return f" ({'; '.join(told)})" if told else ""


def _acting(participants: Sequence[Participant]) -> list[Person]:
    roles = _DO | {"recipient"}
    return [person for party in participants if party.role in roles for person in party.people]


def _is_plural(event: Event, name: str) -> bool:
    """Tell whether one doer takes a plural verb: "the rebels attack", "the army attacks"."""
    kinds = {party.kind for party in event.participants if party.name == name}
    words = name.split()
    if kinds & {"state", "igo", "person"} or not words:
        return False
    last = words[-1].lower()
    if last in load_rules().words.plural:
        return True
    single_name = len(words) == 1 and name[:1].isupper()
    return last.endswith("s") and not last.endswith(("ss", "us", "as" if single_name else "ss"))


def _deployed(event: Event) -> str:
    counts = [count for count in event.counts if count.what == "deployed"]
    return f"{_figure(event, counts)} personnel" if counts else "forces"


def _toll(event: Event) -> str:
    if not event.counts:  # of most events nobody tells figures
        return ""
    told = []
    for what in _TOLLS:
        figures = [count for count in event.counts if count.what == what]
        groups = by_people(figures) if figures else {}
        several = len(groups) > 1
        ordered = sorted(groups.items(), key=lambda group: -_chosen(event, group[1]))
        for (kind, _), counts in ordered:
            own = next((count.side for count in counts if count.side), None)
            whose = f" ({own})" if own else ""
            noun = f" {_noun(counts)}" if several and kind and not own else ""
            told.append(f"{_figure(event, counts)}{noun} {what}{whose}{_differ(event, counts)}")
    return f": {', '.join(told)}" if told else ""


def _noun(counts: Sequence[Count]) -> str:
    """Return the noun by which the figures of one kind of people count them."""
    return next(count.whom for count in counts if count.whom and told_apart(count))


def _chosen(event: Event, counts: Sequence[Count]) -> int:
    chosen = choose_figure(event, counts)
    return chosen[0] if chosen else 0


def _figure(event: Event, counts: Sequence[Count]) -> str:
    """Return the figure that is chosen, as it is told: "at least 286", "12"."""
    chosen = choose_figure(event, counts)
    if chosen is None:
        return tell(counts[0])
    # "Two women and a child": figures of one telling add up to one that none of them tells.
    same = [count for count in counts if number_of(count) == chosen[0]]
    return tell(same[0]) if same else f"{chosen[0]:,}"


def _differ(event: Event, counts: Sequence[Count]) -> str:
    """Return what other accounts give, where they differ from the figure chosen."""
    chosen = choose_figure(event, counts)
    others = chosen[1] if chosen else []
    if len(others) < 2:
        return f" ({others[0]:,} by another account)" if others else ""
    return f" ({others[0]:,} to {others[-1]:,} by other accounts)"


def _list(names: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C", "A, B, C, D and 3 others"."""
    if len(names) > _MOST_NAMES:
        more = len(names) - _MOST_NAMES
        return f"{', '.join(names[:_MOST_NAMES])} and {more} other{'s' if more > 1 else ''}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))
