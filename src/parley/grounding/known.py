"""For whom a person acts of whom the report itself does not tell it.

What a report says of a person always goes before: only who is left without a party by
all of its words is looked up among the known holders of office.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from parley.grounding.knowledge import Knowledge
from parley.grounding.lexicon import Form, Lexicon
from parley.grounding.officeholders import Holder, during, parties_of
from parley.grounding.persons import Figure, Persons
from parley.model import Party

# Titles that, with a surname, are enough to know a person by.
_TITLES = frozenset(
    {"head of state", "head of government", "foreign minister", "defence minister", "minister"}
)


def recognise(
    persons: Persons,
    *,
    knowledge: Knowledge,
    lexicon: Lexicon,
    told: frozenset[str],
    window: tuple[date, date] | None,
) -> None:
    """Let the persons of a report who have no party there have the one that is known.

    `told` are the parties that the report names and the codes of their countries, `window`
    the days on one of which it was written, if that is known.
    """
    for figure in persons.holders:
        if figure.is_told:
            continue
        terms = _terms(figure, knowledge, lexicon, told)
        if not terms:
            continue
        fitting = during(terms, window)
        if figure.fights:
            fitting = [term for term in fitting if term.party.kind != "state"]
        party = _only(fitting, told)
        if party is not None:
            figure.known = party
            _take_office(figure, [t for t in fitting if t.party == party], lexicon, window)


def _terms(
    figure: Figure, knowledge: Knowledge, lexicon: Lexicon, told: frozenset[str]
) -> Sequence[Holder]:
    """Return the terms of office that may be the person's."""
    if len(figure.words) > 1:
        for form in sorted(figure.forms, key=lambda form: -len(form)):
            found = knowledge.holders(form)
            if found:
                if not knowledge.is_common(form):
                    return found
                return [
                    term
                    for term in found
                    if _is_near(term.party, told) or _office_keys(term, lexicon) & figure.keys
                ]
        return ()
    word = figure.words[0]
    titled = figure.keys & _TITLES
    if titled:
        return tuple(
            term for term in knowledge.namesakes(word) if _office_keys(term, lexicon) & titled
        )
    alone = knowledge.holders(word)
    if figure.keys and not any(_office_keys(term, lexicon) & figure.keys for term in alone):
        return [term for term in alone if _is_near(term.party, told)]
    return alone


def _only(terms: Sequence[Holder], told: frozenset[str]) -> Party | None:
    """Return the one party of the terms, of several the one that the report tells of."""
    parties = list(parties_of(terms))
    if len(parties) > 1:
        parties = [party for party in parties if party.name in told] or [
            party for party in parties if _is_near(party, told)
        ]
    return parties[0] if len(parties) == 1 else None


def _is_near(party: Party, told: frozenset[str]) -> bool:
    return party.name in told or party.country in told


def _take_office(
    figure: Figure,
    terms: Sequence[Holder],
    lexicon: Lexicon,
    window: tuple[date, date] | None,
) -> None:
    """Let a person who has no title in the report be known by the office held at its time."""
    if figure.keys or figure.title is not None:
        return
    form = _form(terms[0].office, lexicon)
    figure.part = form.part if form is not None else "official"
    if window is None:
        keys = [_office_keys(term, lexicon) for term in terms]
        if all(each == keys[0] for each in keys):
            figure.keys |= keys[0]
        return
    for term in terms:
        held = (term.start is None or term.start <= window[1]) and (
            term.end is None or term.end >= window[0]
        )
        if held:
            figure.keys |= _office_keys(term, lexicon)


def _office_keys(term: Holder, lexicon: Lexicon) -> set[str]:
    form = _form(term.office, lexicon)
    return {form.key} if form is not None else set()


def _form(office: str, lexicon: Lexicon) -> Form | None:
    words = office.split()
    for at in range(len(words)):
        form = lexicon.match(words, at)
        if form is not None and at + len(form.words) == len(words) and form.kind == "office":
            return form
    return None
