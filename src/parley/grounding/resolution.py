"""The pass that says, phrase by phrase in the order of the text, who is meant."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping, Sequence

from parley.grounding.anaphora import again, namesake
from parley.grounding.collectives import Collectives
from parley.grounding.delegates import stands_for
from parley.grounding.groupnames import fighting_groups
from parley.grounding.knowledge import Knowledge
from parley.grounding.lexicon import Lexicon, Part
from parley.grounding.lines import Line, Name
from parley.grounding.members import Members
from parley.grounding.memory import Entry, Memory, role_weight
from parley.grounding.persons import Figure, Persons, office_key
from parley.grounding.phrases import Phrase, organisation_of
from parley.grounding.pronouns import PRONOUNS, antecedent
from parley.grounding.quotes import SPEAKERS, speakers
from parley.grounding.references import How, Member, Reference
from parley.grounding.rivals import Rivals
from parley.grounding.runs import Run
from parley.grounding.settings import is_place
from parley.model import Party, Place

Item = Phrase | Name | Run | int


class Resolver:
    """Resolves the phrases of one report.  `references` fills as `run` goes along."""

    def __init__(
        self,
        lines: list[Line],
        phrases: dict[int, list[Phrase]],
        *,
        persons: Persons,
        rivals: Rivals,
        home: Party | None,
        near: tuple[str, ...],
        knowledge: Knowledge,
        lexicon: Lexicon,
    ) -> None:
        self.lines = lines
        self.lexicon = lexicon
        self.persons = persons
        self.memory = Memory()
        self.references: dict[tuple[int, int], Reference] = {}
        self.learned = False
        self._members = Members(
            persons=persons, memory=self.memory, knowledge=knowledge, lexicon=lexicon
        )
        self._collectives = Collectives(
            rivals=rivals,
            persons=persons,
            memory=self.memory,
            members=self._members,
            lexicon=lexicon,
            # Weakly: two that lead to each other only a search for garbage would free.
            resolver=weakref.proxy(self),
        )
        self._home = home
        self._groups = fighting_groups(lines)
        self._near = near
        self._domestic = home if home is not None and _tells_within(home, lines, phrases) else None
        self._knowledge = knowledge
        self._items: dict[tuple[int, int], Item] = {}
        self._modifiers = {
            id(name) for found in phrases.values() for phrase in found for name in phrase.names
        }
        self._done: dict[int, Reference | None] = {}
        self._under_way: set[int] = set()
        for line in lines:
            self._lay_items(line, phrases[line.index])

    def run(self) -> None:
        """Resolve all, in the order of the text."""
        lines = {line.index: line for line in self.lines}
        for index, token in sorted(self._items):
            self.resolve(lines[index], token)

    def resolve(self, line: Line, token: int) -> Reference | None:
        """Return what the noun phrase headed by a token means, resolving it if need be."""
        item = self._items.get((line.index, token))
        if item is None:
            return None
        key = id(item) if not isinstance(item, int) else hash((line.index, item))
        if key in self._done:
            return self._done[key]
        if key in self._under_way:
            return None
        self._under_way.add(key)
        if isinstance(item, Phrase):
            found = self._phrase(item)
        elif isinstance(item, Name):
            found = self._name(line, item)
        elif isinstance(item, Run):
            found = self._run(line, item)
        else:
            found = self._word(line, item)
        self._under_way.discard(key)
        self._done[key] = found
        if found is not None:
            for cell in self._cells(line, item):
                self.references.setdefault(cell, found)
        return found

    def _lay_items(self, line: Line, phrases: list[Phrase]) -> None:
        for phrase in phrases:
            for cell in self._cells(line, phrase):
                self._items.setdefault(cell, phrase)
        for name in line.names:
            for cell in self._cells(line, name):
                self._items.setdefault(cell, name)
        seen: set[int] = set()
        for i in range(len(line)):
            told = self.persons.at(line, i)
            if told is not None and id(told[1]) not in seen:
                seen.add(id(told[1]))
                for cell in self._cells(line, told[1]):
                    if not isinstance(self._items.get(cell), Phrase):
                        self._items[cell] = told[1]
            elif (line.index, i) not in self._items and self._refers(line, i):
                self._items[line.index, i] = i

    def _refers(self, line: Line, i: int) -> bool:
        if line.lower[i] in PRONOUNS or line.lower[i] in SPEAKERS:
            return True
        if line.lower[i] in ("other", "another") and i and line.lower[i - 1] in ("each", "one"):
            return True
        if _is_of_two(line, i):
            return True
        partitive = line.pos[i] == "NUM" or line.lower[i] in self.lexicon.pronouns.partitives
        return partitive or (line.lower[i] in ("two", "three", "both", "all"))

    def _cells(self, line: Line, item: Item) -> list[tuple[int, int]]:
        if isinstance(item, int):
            return [(line.index, item)]
        if isinstance(item, Phrase):
            tokens = [*range(item.core_first, item.core_last)]
            for run in item.runs:
                tokens.extend(range(run.first, run.last))
            first = item.core_first
            while first - 1 in item.qualifiers:
                first -= 1
                if line.lower[first] in self.lexicon.offices.ranks:
                    tokens.append(first)
            return [(line.index, i) for i in tokens]
        return [(line.index, i) for i in range(item.first, item.last)]

    # -- names ---------------------------------------------------------------------

    def _name(self, line: Line, name: Name) -> Reference | None:
        sense = name.sense
        start, end = line.span(name.first, name.last)
        if name.suffix is not None:
            end = start + name.suffix
        how: How = {"demonym": "demonym", "capital": "metonym", "metonym": "metonym"}.get(
            sense.via, "name"
        )  # type: ignore[assignment]
        head = self._head(line, name.first, name.last)
        if sense.party is None or is_place(line, name, self.lexicon):
            place = sense.place
            if place is None:
                return None
            return Reference(start, end, (), place, how, False)
        part: Part = "whole"
        plural = False
        label = sense.party.name
        modifies = id(name) in self._modifiers
        if sense.via == "demonym" and not modifies and self._is_people(line, name, head):
            part, plural = "population", line.lower[name.last - 1].endswith(("s", "ese", "sh"))
            label = line.string[start - line.start : end - line.start]
        members = (Member(sense.party, None, part, label),)
        span = (name.first, name.last)
        self._remember(line, head, members, span=span, plural=plural, kind="name")
        return Reference(start, end, members, sense.place, how, plural)

    def _is_people(self, line: Line, name: Name, head: int) -> bool:
        """Tell whether a demonym is a noun: "the Serbs", "a Palestinian"."""
        word = line.lower[name.last - 1]
        if line.dep[head] in ("amod", "compound", "nmod", "npadvmod") and not word.endswith("s"):
            return False
        return line.pos[name.last - 1] in ("NOUN", "PROPN") or (
            word.endswith("s") and line.dep[head] not in ("amod", "compound")
        )

    def _head(self, line: Line, first: int, last: int) -> int:
        for i in range(first, last):
            if not first <= line.head[i] < last or line.head[i] == i:
                return i
        return last - 1

    # -- persons -------------------------------------------------------------------

    def _run(self, line: Line, run: Run) -> Reference | None:
        told = self.persons.at(line, run.first)
        if told is None:
            return None
        holder = told[0]
        if self._is_somewhere(line, run, holder):
            return None
        self._learn_delegate(line, run, holder)
        members = (self._members.of_holder(holder),)
        start, end = line.span(run.first, run.last)
        head = self._head(line, run.first, run.last)
        span = (run.first, run.last)
        key = _key(holder)
        self._remember(line, head, members, span=span, kind="person", key=key, holder=holder)
        return Reference(start, end, members, None, "person", False)

    def _learn_delegate(self, line: Line, run: Run, holder: Figure) -> None:
        """Let a person of whom it is not told have the party that he or she stands for."""
        token = None if holder.is_told else stands_for(line, run, self.lexicon)
        found = self.resolve(line, token) if token is not None else None
        parties = {member.party for member in found.members} if found is not None else set()
        if len(parties) == 1 and next(iter(parties)).kind in _SENDING:
            holder.parties[parties.pop()] += 1
            self.learned = True

    def _is_somewhere(self, line: Line, run: Run, holder: Figure) -> bool:
        """Tell whether what the tagger takes for a person is a place: "in Adi Daero"."""
        before = line.lower[run.first - 1] if run.first else ""
        unknown = not (holder.has_party or holder.keys or holder.man is not None)
        return unknown and before in self.lexicon.places.locative

    # -- phrases -------------------------------------------------------------------

    def _phrase(self, phrase: Phrase) -> Reference | None:
        line = phrase.line
        named = line.name_at.get(phrase.core_last)
        if named is not None and _is_name_of(named, phrase):
            return self.resolve(line, named.first)  # "the Basque guerrillas ETA"
        holders = [
            told[0] for run in phrase.runs if (told := self.persons.at(line, run.first)) is not None
        ]
        how: How = "office" if phrase.form.kind == "office" else "name"
        if phrase.names and not phrase.possessive and phrase.names[0].adjectival:
            how = "demonym" if phrase.form.kind != "office" else "office"
        place: Place | None = None
        members: tuple[Member, ...] = ()
        if holders:
            members = self._named(phrase, holders)
            how = "person"
        elif phrase.names:
            members = namesake(phrase, self._groups) or self._members.of_parties(
                phrase, [n.sense.party for n in phrase.names if n.sense.party]
            )
        elif phrase.epithet:
            members = self._members.epithet(phrase)
        else:
            members, how, place = self._unnamed(phrase, how)
        if not members or self._is_other_noun(phrase):
            return None
        first, last = phrase.first, phrase.last
        plural = phrase.plural or len(members) > 1
        head = self._head(line, phrase.core_first, last) if phrase.runs else phrase.head
        self._remember(
            line,
            head,
            members,
            span=(first, last),
            plural=plural,
            kind=phrase.form.kind,
            key=self._phrase_key(phrase, holders),
            holder=holders[0] if len(holders) == 1 else None,
        )
        start, end = line.span(first, last)
        return Reference(start, end, members, place, how, plural)

    def _is_other_noun(self, phrase: Phrase) -> bool:
        """Tell whether people only qualify another noun: "refugee camp", "worker rights"."""
        line, head = phrase.line, phrase.head
        return (
            phrase.form.kind in ("population", "group", "side", "collective")
            and not phrase.form.plural
            and line.dep[head] in ("compound", "nmod", "amod")
            and line.head[head] >= phrase.core_last
        )

    def _phrase_key(self, phrase: Phrase, holders: list[Figure]) -> str:
        if holders and phrase.form.key == "counterpart":
            return _key(holders[0])
        return office_key(phrase, self.lexicon) if phrase.form.kind == "office" else phrase.form.key

    def _named(self, phrase: Phrase, holders: list[Figure]) -> tuple[Member, ...]:
        parties = [name.sense.party for name in phrase.names if name.sense.party is not None]
        if not parties:
            parties = self._owners(phrase)
            if parties and phrase.form.key != "counterpart":
                for holder in holders:
                    if not holder.is_told:
                        holder.hold(phrase, parties[:1], self.lexicon)
                        self.learned = True
        if not parties and self._domestic is not None and phrase.form.key in _STATE_OFFICES:
            for holder in holders:
                if not holder.has_party:
                    holder.hold(phrase, [self._domestic], self.lexicon)
                    self.learned = True
        if not parties and phrase.leads_fighters:
            fighters = self._fighters(phrase)
            for holder in holders:
                if fighters is not None and not holder.has_party:
                    holder.hold(phrase, [fighters], self.lexicon)
                    self.learned = True
        for run, holder in zip(phrase.runs, holders, strict=False):
            self._learn_delegate(phrase.line, run, holder)
        if phrase.form.key == "counterpart":
            self._learn_counterpart(phrase, holders)
        if len(parties) == len(holders):
            pairs: Iterable[tuple[Figure, Party | None]] = zip(holders, parties, strict=True)
        else:
            pairs = ((holder, parties[0] if len(parties) == 1 else None) for holder in holders)
        past = phrase.is_past(self.lexicon)
        return tuple(
            self._members.of_holder(holder, None if past else party) for holder, party in pairs
        )

    def _fighters(self, phrase: Phrase) -> Party | None:
        """Return whom "rebel leader X" leads: the one group told of, else the rebels at home.

        Beside a president, as in "President Y and rebel leader X", they are those of his state.
        """
        groups = {
            member.party
            for entry in self.memory.back()
            for member in entry.members
            if member.party.kind == "armed_group"
        }
        if len(groups) == 1:
            return groups.pop()
        if groups:
            return None
        sentence = phrase.line.sentence[phrase.head]
        beside = (
            entry.members[0].party
            for entry in self.memory.back(0, sentence=sentence)
            if entry.holder is not None and entry.members[0].part == "leader"
        )
        state = self._home or next(beside, None)
        if state is None or state.kind != "state":
            return None
        return self._members.armed(phrase, state).party

    def _learn_counterpart(self, phrase: Phrase, holders: list[Figure]) -> None:
        """Give a counterpart the office of whose counterpart he or she is."""
        model = self._members.model(phrase, holders)
        if model is None or not model.keys:
            return
        for holder in holders:
            if not holder.keys:
                holder.title, holder.part = model.title, model.part
                holder.keys |= model.keys
                self.learned = True

    # -- phrases without a name of their own ----------------------------------------

    def _unnamed(self, phrase: Phrase, how: How) -> tuple[tuple[Member, ...], How, Place | None]:
        owner = self._owner_members(phrase)
        if owner:
            if phrase.form.key == "counterpart":
                return self._collectives.other(phrase, owner), "office", None
            return self._part_of(phrase, owner), how, None
        each = self._collectives.of_each(phrase)
        if each:
            return each, "collective", None
        place = self._object_place(phrase)
        local = self._local(phrase, place) if place is not None else ()
        if local:
            return local, how, place
        group = self._collectives.of_phrase(phrase)
        if group:
            return group, "collective", None
        named = namesake(phrase, self._groups) or self._members.of_government(phrase, self._home)
        if named:
            return named, how, None
        organisation = organisation_of(phrase)
        if organisation is not None:
            return self._members.of_parties(phrase, [organisation]), how, None
        if phrase.form.plural and phrase.form.kind == "office" and not phrase.leads_fighters:
            return (), how, None
        return self._named_again(phrase), how, None

    def _owners(self, phrase: Phrase) -> list[Party]:
        return list(dict.fromkeys(member.party for member in self._owner_members(phrase)))

    def _owner_members(self, phrase: Phrase) -> tuple[Member, ...]:
        for token in (phrase.owner, phrase.object):
            if token is not None:
                found = self.resolve(phrase.line, token)
                if found is not None and found.members:
                    return found.members
        return self._body_again(phrase)

    def _body_again(self, phrase: Phrase) -> tuple[Member, ...]:
        """Return the body told of before in "the army chief", "Foreign Ministry officials"."""
        body = phrase.body
        if body is None or body.kind not in ("body", "military") or phrase.names:
            return ()
        for entry in self.memory.back():
            if entry.kind == body.kind and entry.key == body.key and len(entry.members) == 1:
                return entry.members
        return ()

    def _part_of(self, phrase: Phrase, owner: tuple[Member, ...]) -> tuple[Member, ...]:
        """Return a phrase's part of those who own it: "its troops", "leaders of the sides"."""
        parties = [m.party for m in owner if m.party.kind != "person"]
        if phrase.form.kind == "collective":
            return ()  # "its allies", "their foes" are others
        if phrase.form.kind == "group" and phrase.object is not None:
            return owner if phrase.form.key == "group" and phrase.form.singular == "group" else ()
        if phrase.form.kind in ("side", "collective", "group"):
            return tuple(
                Member(party, None, "whole", party.name) for party in dict.fromkeys(parties)
            )
        return self._members.of_parties(phrase, parties)

    def _local(self, phrase: Phrase, place: Place) -> tuple[Member, ...]:
        """Resolve "residents of Goris", "the government in Kabul", "rebels in Darfur"."""
        party = self._knowledge.state(place.country) if place.country else None
        kind = phrase.form.kind
        abroad = phrase.form.singular in ("embassy", "consulate", "delegation", "agency")
        if party is None or abroad:
            return ()
        if kind == "armed":
            return self._named_again(phrase) or (self._members.armed(phrase, party),)
        if kind == "group":
            return (self._members.local_group(phrase, party),)
        if kind in ("population", "body") or phrase.form.words[0] == "security":
            return self._members.of_parties(phrase, [party])
        return ()

    def _object_place(self, phrase: Phrase) -> Place | None:
        line = phrase.line
        if phrase.form.kind not in ("population", "body", "armed", "military", "group"):
            return None
        for prep in line.below(phrase.head, "prep"):
            if line.lower[prep] in ("in", "of", "from", "near", "at"):
                for token in line.below(prep, "pobj"):
                    found = self.resolve(line, token)
                    if found is not None and found.place is not None:
                        # Of namesakes, or of small towns, only those of the countries told of.
                        return self._knowledge.place(found.place.name, near=self._near)
                    place = self._unknown_place(line, token, prep + 1)
                    if place is not None:
                        return place
        return None

    def _unknown_place(self, line: Line, token: int, first: int) -> Place | None:
        """Return the place whose name ends at a token, though the tagger saw something else."""
        told = self.persons.at(line, token)
        if not line.is_capital(token) or (told is not None and told[0].keys):
            return None
        while first < token and not line.is_capital(first):
            first += 1
        return self._knowledge.place(line.doc[first : token + 1].text, near=self._near)

    # -- pronouns and counts ---------------------------------------------------------

    def _word(self, line: Line, token: int) -> Reference | None:
        start, end = line.span(token, token + 1)
        if line.lower[token] in SPEAKERS:
            members = speakers(line, token, self)
            return Reference(start, end, members, None, "pronoun", True) if members else None
        if line.lower[token] in ("other", "another"):
            members = self._collectives.of_each_other(line, token)
            return Reference(start, end, members, None, "pronoun", True) if members else None
        if _is_of_two(line, token):
            members = self._of_two(line, token)
            return Reference(start, end, members, None, "pronoun", False) if members else None
        if line.lower[token].endswith(_REFLEXIVE) and line.dep[token] in ("appos", "npadvmod"):
            # "The army itself fired": the army, whoever else was told of.
            found = self.resolve(line, line.head[token])
            return Reference(start, end, found.members, None, "pronoun", False) if found else None
        if line.lower[token] in PRONOUNS:
            entry = antecedent(line, token, self.memory, self.lexicon, self)
            if entry is None:
                return None
            plural = line.lower[token] in ("they", "their", "them", "theirs", "themselves")
            self._remember(
                line,
                token,
                entry.members,
                span=(token, token + 1),
                plural=plural,
                kind=entry.kind,
                key=entry.key,
                holder=entry.holder,
            )
            return Reference(start, end, entry.members, None, "pronoun", plural)
        for prep in line.below(token, "prep"):
            if line.lower[prep] == "of":
                for target in line.below(prep, "pobj"):
                    found = self.resolve(line, target)
                    if found is not None and found.members:
                        end = max(end, found.end)
                        return Reference(start, end, found.members, found.place, found.how, True)
        members = self._collectives.of_number(line, token)
        return Reference(start, end, members, None, "collective", True) if members else None

    def _of_two(self, line: Line, token: int) -> tuple[Member, ...]:
        """Return whom "the former" and "the latter" mean: of the two parties told of last."""
        sentence = line.sentence[token]
        for reach in (1, 2):
            told: dict[Party, int] = {}
            for entry in self.memory.back(reach, sentence=sentence):
                if entry.sentence == sentence or len(entry.members) != 1:
                    continue
                told[entry.members[0].party] = entry.token
            if len(told) == 2:
                first, last = sorted(told, key=lambda party: told[party])
                party = first if line.lower[token] == "former" else last
                return (Member(party, None, "whole", party.name),)
            if told:
                return ()
        return ()

    def _named_again(self, phrase: Phrase) -> tuple[Member, ...]:
        return again(
            phrase,
            memory=self.memory,
            members=self._members,
            home=self._home,
            fighters=next(iter(self._groups)) if len(self._groups) == 1 else None,
            lexicon=self.lexicon,
        )

    def _remember(
        self,
        line: Line,
        head: int,
        members: tuple[Member, ...],
        *,
        span: tuple[int, int],
        plural: bool = False,
        kind: str,
        key: str = "",
        holder: Figure | None = None,
    ) -> None:
        weight = role_weight(line, *span, head)
        self.memory.add(
            Entry(line, head, line.sentence[head], members, plural, weight, kind, key, holder)
        )


_REFLEXIVE = ("self", "selves")
# Whoever holds one of these in a report of one country's own affairs holds it there.
_STATE_OFFICES = frozenset({"head of state", "head of government", "foreign minister"}) | {
    f"{each} minister" for each in ("defence", "interior", "finance", "justice", "security")
}


# Whom somebody may stand for; a people or a person sends nobody.
_SENDING = frozenset({"state", "armed_group", "organisation", "igo", "government_body", "party"})


def _tells_within(
    home: Party, lines: Sequence[Line], phrases: Mapping[int, Sequence[Phrase]]
) -> bool:
    """Tell whether a report is of a state's own people and bodies, or of no other country."""
    named = {
        name.sense.party.country
        for line in lines
        for name in line.names
        if name.sense.party is not None and name.sense.via not in ("capital", "metonym")
    }
    return named == {home.country} or any(
        phrase.form.kind in ("population", "body", "armed")
        and any(name.sense.party == home for name in phrase.names)
        for found in phrases.values()
        for phrase in found
    )


def _is_name_of(name: Name, phrase: Phrase) -> bool:
    """Tell whether the name behind "the separatist group" is that of the group."""
    party = name.sense.party
    return (
        phrase.form.kind in ("armed", "group")
        and party is not None
        and party.kind in ("armed_group", "organisation")
        and name.suffix is None
        and phrase.line.sentence[name.first] == phrase.line.sentence[phrase.head]
    )


def _is_of_two(line: Line, token: int) -> bool:
    """Tell whether a token is that of "the latter", and qualifies nothing."""
    return (
        line.lower[token] in ("former", "latter")
        and token > 0
        and line.lower[token - 1] == "the"
        and line.dep[token] in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj")
    )


def _key(holder: Figure) -> str:
    return min(holder.keys, default="")
