"""Collectives: whom "the two sides", "both countries" and "the two ministers" mean."""

from __future__ import annotations

from typing import Protocol

from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import Line
from parley.grounding.members import Members, fits
from parley.grounding.memory import Memory
from parley.grounding.persons import Persons, office_key
from parley.grounding.phrases import Phrase
from parley.grounding.references import Member, Reference
from parley.grounding.rivals import Rivals
from parley.model import Party

# Holders of an office are meant by it soon after they were named, or not at all.
_OFFICER_FADE = 0.5
# "The two men", and "the two leaders" of one state, are persons told of side by side.
_PERSONS = frozenset({"men", "women"})
# "The two countries" are no people, group or person.
_LANDS = frozenset({"country", "countries", "nation", "nations", "states", "republics"})
_NO_LAND = frozenset({"population", "armed_group", "person", "organisation", "igo"})
_LED = frozenset({"leader"})
_EACH = frozenset({"each", "neither", "either"})


class Resolves(Protocol):
    """What resolves other phrases on the way."""

    def resolve(self, line: Line, token: int) -> Reference | None:
        """Return what the phrase headed by a token means."""


class Collectives:
    """Finds the parties that a collective stands for."""

    def __init__(
        self,
        *,
        rivals: Rivals,
        persons: Persons,
        memory: Memory,
        members: Members,
        lexicon: Lexicon,
        resolver: Resolves,
    ) -> None:
        self._rivals = rivals
        self._persons = persons
        self._memory = memory
        self._members = members
        self._lexicon = lexicon
        self._resolver = resolver

    def of_phrase(self, phrase: Phrase) -> tuple[Member, ...]:
        """Return the members of "the two sides", "the foreign ministers"; empty if it is none."""
        line, words = phrase.line, self._lexicon.collectives
        head = line.lower[phrase.head]
        if not phrase.form.plural or {line.lower[q] for q in phrase.qualifiers} & words.others:
            return ()
        if head in words.mediate_nouns and not phrase.numbers:
            return ()  # who mediates is no side
        definite = phrase.determiner in ("the", "these", "both", "all", "those") or (
            line.kind == "headline"
        )
        if not definite:
            return ()
        number = max((words.numbers.get(n, 0) for n in phrase.numbers), default=0)
        officers = phrase.form.kind == "office" and phrase.form.key != "official"
        if number < 2:
            if head not in words.rivals and not officers:
                return ()
            number = 3 if set(phrase.numbers) & words.many else 2
        elif not officers and head not in words.rivals | words.pairs:
            return ()
        if number == 2 and (officers or head in _PERSONS):
            pair = self._pair(phrase, officers=officers)
            if pair or not officers:
                return pair or self._leaders(phrase)
        return self._officers(phrase, number) if officers else self._parties(phrase, number)

    def _pair(self, phrase: Phrase, *, officers: bool) -> tuple[Member, ...]:
        """Return the two persons last told of side by side, if they hold the office named."""
        key = office_key(phrase, self._lexicon) if officers else ""
        sentence = phrase.line.sentence[phrase.head]
        later = None
        for entry in self._memory.back(2, sentence=sentence):
            if entry.holder is None:
                continue
            if (
                later is not None
                and later.holder is not None
                and later.holder is not entry.holder
                and later.line is entry.line
                and entry.line.within(later.token, entry.token)
                and entry.line.dep[later.token] in ("conj", "appos")
            ):
                pair = (entry.holder, later.holder)
                if officers and not all(fits(key, each) or key in _LED for each in pair):
                    return ()
                return tuple(self._members.of_holder(each) for each in pair)
            later = entry
        return ()

    def _leaders(self, phrase: Phrase) -> tuple[Member, ...]:
        """Return those who lead the two parties, as "the two men"; empty if one has none."""
        found = []
        for party in self._rivals.choose(2, phrase.line.sentence[phrase.head]):
            holder = self._members.holder_of(party, "leader")
            if holder is not None:
                found.append(self._members.of_holder(holder, party))
        return tuple(found) if len(found) == 2 else ()

    def of_number(self, line: Line, token: int) -> tuple[Member, ...]:
        """Return the members of "the two", "both" and "all three" without a noun."""
        number = self._lexicon.collectives.numbers.get(line.lower[token], 0)
        if number < 2 or line.dep[token] not in ("nsubj", "nsubjpass", "pobj", "dobj"):
            return ()
        before = line.lower[token - 1] if token else ""
        if before not in ("the", "all") and line.lower[token] != "both":
            return ()
        if any(line.pos[child] == "NOUN" for child in line.children(token)):
            return ()
        sentence = line.sentence[token]
        for entry in self._memory.back(2, sentence=sentence):
            if len(entry.members) == number:
                return entry.members
        chosen = self._rivals.choose(number, sentence, without=self._beside(line, token))
        return tuple(Member(party, None, "whole", party.name) for party in chosen)

    def of_each(self, phrase: Phrase) -> tuple[Member, ...]:
        """Return the members of "each side", "neither country": one of two is told of as both."""
        line, first = phrase.line, phrase.first
        each = {line.lower[i] for i in range(max(0, first - 1), phrase.core_first)}
        if phrase.form.plural or phrase.form.kind != "side" or not each & _EACH:
            return ()
        if phrase.qualifiers and {line.lower[q] for q in phrase.qualifiers} - _EACH:
            return ()
        return self._parties(phrase, 2)

    def of_each_other(self, line: Line, token: int) -> tuple[Member, ...]:
        """Return whom "each other" means: the several who are the subject of its verb."""
        before = line.lower[token - 1] if token else ""
        if (before, line.lower[token]) not in (("each", "other"), ("one", "another")):
            return ()
        for above in line.ancestors(token):
            for subject in line.below(above, "nsubj", "nsubjpass"):
                members = list(self._members_at(line, subject))
                for other in line.below(subject, "conj"):
                    members.extend(self._members_at(line, other))
                distinct = tuple(dict.fromkeys(members))
                return distinct if len(distinct) > 1 else ()
        return ()

    def _members_at(self, line: Line, token: int) -> tuple[Member, ...]:
        found = self._resolver.resolve(line, token)
        return found.members if found is not None else ()

    def other(self, phrase: Phrase, owner: tuple[Member, ...]) -> tuple[Member, ...]:
        """Return "his counterpart": who holds the same office for the other side."""
        sentence = phrase.line.sentence[phrase.head]
        model = self._members.model(phrase)
        own = {member.party for member in owner}
        chosen = [p for p in self._rivals.choose(2, sentence) if p not in own]
        if model is None or len(chosen) != 1 or phrase.form.plural:
            return ()
        holder = self._members.holder_of(chosen[0], min(model.keys))
        if holder is not None:
            return (self._members.of_holder(holder, chosen[0]),)
        return (Member(chosen[0], None, model.part, self._members.label(phrase, chosen[0])),)

    def _parties(self, phrase: Phrase, number: int) -> tuple[Member, ...]:
        line, token = phrase.line, phrase.head
        without = self._beside(line, token)
        if phrase.form.singular in _LANDS or line.lower[token] in _LANDS:
            without |= {party for party in self._rivals.order if party.kind in _NO_LAND}
        chosen = self._rivals.choose(number, line.sentence[token], without=without)
        return self._members.of_parties(phrase, chosen)

    def _officers(self, phrase: Phrase, number: int) -> tuple[Member, ...]:
        """Return who hold the office for the parties, those named lately first of all."""
        line, token = phrase.line, phrase.head
        sentence, without = line.sentence[token], self._beside(line, token)
        key = office_key(phrase, self._lexicon)
        parties = {
            holder.party
            for holder in self._persons.holders
            if holder.has_party and fits(key, holder)
        }
        chosen = self._rivals.choose(
            number, sentence, without=without, among=parties, fade=_OFFICER_FADE
        ) or self._rivals.choose(number, sentence, without=without)
        members: list[Member] = []
        for party in chosen:
            holder = self._members.holder_of(party, key)
            if holder is not None:
                members.append(self._members.of_holder(holder, party))
            else:
                name = self._members.label(phrase, party)
                members.append(Member(party, None, phrase.form.part, name))
        return tuple(members)

    def _beside(self, line: Line, token: int) -> set[Party]:
        """Return the parties that stand beside a token, and so are not meant by it."""
        listed = [*line.below(token, "conj")]
        if line.dep[token] == "conj":
            listed.append(line.head[token])
        listed.extend(_callers(line, token))
        found: set[Party] = set()
        for other in listed:
            reference = self._resolver.resolve(line, other)
            if reference is not None:
                found.update(member.party for member in reference.members)
        return found


def _callers(line: Line, token: int) -> list[int]:
    """Return who does something to a token: the subject in "Qatar urged both sides to stop"."""
    verb = line.head[token]
    if line.dep[token] == "nsubj":
        bare = any(line.lower[child] == "to" for child in line.below(verb, "aux"))
        if not bare or line.dep[verb] not in ("ccomp", "xcomp"):
            return []
        verb = line.head[verb]
    elif line.dep[token] not in ("dobj", "dative"):
        return []
    found: list[int] = []
    for subject in line.below(verb, "nsubj"):
        found.append(subject)
        while True:
            listed = next(line.below(found[-1], "conj"), None)
            if listed is None:
                break
            found.append(listed)
    return found
