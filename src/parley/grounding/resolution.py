"""The pass that says, phrase by phrase in the order of the text, who is meant."""

from __future__ import annotations

from collections.abc import Iterable

from parley.grounding.knowledge import Knowledge
from parley.grounding.lexicon import Lexicon, Part
from parley.grounding.lines import Line, Name
from parley.grounding.memory import Entry, Memory, role_weight
from parley.grounding.persons import Holder, Persons, office_key
from parley.grounding.phrases import Phrase, Run, organisation_of
from parley.grounding.pronouns import PRONOUNS, antecedent
from parley.grounding.references import How, Member, Reference
from parley.grounding.rivals import Rivals
from parley.grounding.settings import is_place
from parley.model import Party, Place

Item = Phrase | Name | Run | int
_OFFICER_FADE = 0.5


class Resolver:
    """Resolves the phrases of one report.  `references` fills as `run` goes along."""

    def __init__(
        self,
        lines: list[Line],
        phrases: dict[int, list[Phrase]],
        *,
        persons: Persons,
        rivals: Rivals,
        adjectives: dict[Party, str],
        home: Party | None,
        knowledge: Knowledge,
        lexicon: Lexicon,
    ) -> None:
        self.lines = lines
        self.lexicon = lexicon
        self.persons = persons
        self.rivals = rivals
        self.memory = Memory()
        self.references: dict[tuple[int, int], Reference] = {}
        self.learned = False
        self._adjectives = adjectives
        self._home = home
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
        for line in self.lines:
            for token in range(len(line)):
                self.resolve(line, token)

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
        if line.lower[i] in PRONOUNS:
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
            label = line.doc.text[start - line.start : end - line.start]
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
        members = (self._of_holder(holder),)
        start, end = line.span(run.first, run.last)
        head = self._head(line, run.first, run.last)
        span = (run.first, run.last)
        key = self._key(holder)
        self._remember(line, head, members, span=span, kind="person", key=key, holder=holder)
        return Reference(start, end, members, None, "person", False)

    def _of_holder(self, holder: Holder, party: Party | None = None) -> Member:
        return Member(party or holder.party, holder.person, holder.part, holder.name)

    def _key(self, holder: Holder) -> str:
        return min(holder.keys, default="")

    def _holder_of(self, party: Party, key: str, line: Line, token: int) -> Holder | None:
        """Return the person of the party who was last told of in that office."""
        fitting = [
            holder
            for holder in self.persons.holders
            if holder.has_party and holder.party == party and _fits(key, holder)
        ]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        for entry in self.memory.back():
            if entry.holder in fitting:
                return entry.holder
        return fitting[0]

    # -- phrases -------------------------------------------------------------------

    def _phrase(self, phrase: Phrase) -> Reference | None:
        line = phrase.line
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
            members = self._of_parties(
                phrase, [n.sense.party for n in phrase.names if n.sense.party]
            )
        elif phrase.epithet:
            members = self._epithet(phrase)
        else:
            members, how, place = self._unnamed(phrase, how)
        if not members:
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

    def _phrase_key(self, phrase: Phrase, holders: list[Holder]) -> str:
        if holders and phrase.form.key == "counterpart":
            return self._key(holders[0])
        return office_key(phrase, self.lexicon) if phrase.form.kind == "office" else phrase.form.key

    def _named(self, phrase: Phrase, holders: list[Holder]) -> tuple[Member, ...]:
        parties = [name.sense.party for name in phrase.names if name.sense.party is not None]
        if not parties:
            parties = self._owners(phrase)
            if parties and phrase.form.key != "counterpart":
                for holder in holders:
                    if not holder.has_party:
                        holder.hold(phrase, parties[:1], self.lexicon)
                        self.learned = True
        if phrase.form.key == "counterpart":
            self._learn_counterpart(phrase, holders)
        if len(parties) == len(holders):
            pairs: Iterable[tuple[Holder, Party | None]] = zip(holders, parties, strict=True)
        else:
            pairs = ((holder, parties[0] if len(parties) == 1 else None) for holder in holders)
        past = phrase.is_past(self.lexicon)
        return tuple(self._of_holder(holder, None if past else party) for holder, party in pairs)

    def _learn_counterpart(self, phrase: Phrase, holders: list[Holder]) -> None:
        """Give a counterpart the office of whose counterpart he or she is."""
        model = self._model(phrase, holders)
        if model is None or not model.keys:
            return
        for holder in holders:
            if not holder.keys:
                holder.title, holder.part = model.title, model.part
                holder.keys |= model.keys
                self.learned = True

    def _model(self, phrase: Phrase, holders: list[Holder]) -> Holder | None:
        sentence = phrase.line.sentence[phrase.head]
        for entry in self.memory.back(1, sentence=sentence):
            if entry.holder is not None and entry.holder not in holders and entry.holder.keys:
                return entry.holder
        return None

    def _of_parties(self, phrase: Phrase, parties: list[Party]) -> tuple[Member, ...]:
        """Return the members of a phrase whose parties its own words name."""
        if phrase.form.kind == "armed":
            return tuple(self._armed(phrase, party) for party in dict.fromkeys(parties))
        members: list[Member] = []
        for party in dict.fromkeys(parties):
            holder = None
            if phrase.form.kind == "office" and phrase.determiner not in ("a", "an"):
                holder = self._incumbent(phrase, party)
            if holder is not None:
                members.append(self._of_holder(holder, party))
            else:
                part = phrase.form.part
                members.append(Member(party, None, part, self._label(phrase, party)))
        return tuple(members)

    def _incumbent(self, phrase: Phrase, party: Party) -> Holder | None:
        key = office_key(phrase, self.lexicon)
        if key == "official" and self._is_top_diplomat(phrase):
            key = "foreign minister"
        generic = key in ("official", "envoy", "lawmaker", "commander", "chief", "delegation")
        several = phrase.form.plural and len(phrase.names) < 2
        if key == "counterpart":
            model = self._model(phrase, [])
            key = self._key(model) if model is not None else ""
            generic = not key
        if generic or several or phrase.is_past(self.lexicon) or phrase.is_below(self.lexicon):
            return None
        return self._holder_of(party, key, phrase.line, phrase.head)

    def _is_top_diplomat(self, phrase: Phrase) -> bool:
        line = phrase.line
        return phrase.form.singular == "diplomat" and any(
            line.lower[q] in ("top", "chief") for q in phrase.qualifiers
        )

    def _armed(self, phrase: Phrase, party: Party) -> Member:
        if party.kind not in ("state", "igo"):
            return Member(party, None, "whole", party.name)
        # Rebels of a country are no part of its forces but its adversaries.
        core = phrase.core()
        name = f"{self._adjective(phrase, party)} {_plural(core)}"
        group = Party(name=name, kind="armed_group", country=party.country)
        return Member(group, None, "whole", name)

    def _epithet(self, phrase: Phrase) -> tuple[Member, ...]:
        if phrase.form.kind != "armed":
            return ()
        line = phrase.line
        start, end = line.span(phrase.first, phrase.core_last)
        name = line.doc.text[start - line.start : end - line.start]
        group = Party(name=name, kind="armed_group", country=None)
        return (Member(group, None, "whole", name),)

    # -- phrases without a name of their own ----------------------------------------

    def _unnamed(self, phrase: Phrase, how: How) -> tuple[tuple[Member, ...], How, Place | None]:
        owner = self._owner_members(phrase)
        if owner:
            if phrase.form.key == "counterpart":
                return self._counterpart(phrase), "office", None
            return self._part_of(phrase, owner), how, None
        place = self._object_place(phrase)
        if place is not None:
            party = self._knowledge.state(place.country) if place.country else None
            if party is not None and phrase.form.kind in ("population", "body"):
                return self._of_parties(phrase, [party]), how, place
        group = self._collective(phrase)
        if group:
            return group, "collective", None
        organisation = organisation_of(phrase)
        if organisation is not None:
            return self._of_parties(phrase, [organisation]), how, None
        if phrase.form.plural and phrase.form.kind == "office":
            return (), how, None
        return self._again(phrase), how, None

    def _owners(self, phrase: Phrase) -> list[Party]:
        return list(dict.fromkeys(member.party for member in self._owner_members(phrase)))

    def _owner_members(self, phrase: Phrase) -> tuple[Member, ...]:
        for token in (phrase.owner, phrase.object):
            if token is not None:
                found = self.resolve(phrase.line, token)
                if found is not None and found.members:
                    return found.members
        return ()

    def _part_of(self, phrase: Phrase, owner: tuple[Member, ...]) -> tuple[Member, ...]:
        """Return a phrase's part of those who own it: "its troops", "leaders of the sides"."""
        parties = [m.party for m in owner if m.party.kind != "person"]
        if phrase.form.kind in ("side", "collective", "group"):
            return tuple(
                Member(party, None, "whole", party.name) for party in dict.fromkeys(parties)
            )
        return self._of_parties(phrase, parties)

    def _counterpart(self, phrase: Phrase) -> tuple[Member, ...]:
        """Resolve "his counterpart": whoever holds the same office for the other side."""
        return ()

    def _object_place(self, phrase: Phrase) -> Place | None:
        line = phrase.line
        for prep in line.below(phrase.head, "prep"):
            if line.lower[prep] in ("in", "of", "from", "near", "at"):
                for token in line.below(prep, "pobj"):
                    found = self.resolve(line, token)
                    if found is not None and found.place is not None:
                        return found.place
                    if line.entity[token] in ("GPE", "LOC") and line.is_capital(token):
                        return self._knowledge.place(line.text[token])
        return None

    def _again(self, phrase: Phrase) -> tuple[Member, ...]:
        """Resolve a phrase that names again what was told of: "the minister", "the army"."""
        if phrase.determiner not in ("the", "this", "that") and not phrase.line.is_capital(
            phrase.head
        ):
            bare = phrase.form.key in ("army", "government") and phrase.determiner is None
            if not bare or len(phrase.form.words) < 2:
                return ()
        if any(self.lexicon.collectives.others & {phrase.line.lower[q]} for q in phrase.qualifiers):
            return ()
        kind, key = phrase.form.kind, phrase.form.key
        if kind == "office":
            return self._officer_again(phrase)
        if kind in ("armed", "group"):
            for entry in self.memory.back():
                for member in reversed(entry.members):
                    if member.party.kind == "armed_group" or (
                        kind == "group" and member.party.kind == "organisation"
                    ):
                        return (Member(member.party, None, "whole", member.party.name),)
            return ()
        if kind in ("body", "military"):
            for entry in self.memory.back():
                if entry.kind == kind and _same_body(entry.key, key) and len(entry.members) == 1:
                    return self._of_parties(phrase, [entry.members[0].party])
            if self._home is not None and key in _OF_STATES:
                return self._of_parties(phrase, [self._home])
        return ()

    def _officer_again(self, phrase: Phrase) -> tuple[Member, ...]:
        key = office_key(phrase, self.lexicon)
        word = phrase.line.lower[phrase.head]
        if phrase.form.plural:
            return ()
        for entry in self.memory.back():
            if entry.holder is not None and (
                _fits(key, entry.holder)
                or (entry.holder.title or "").lower().endswith(word)
                or (word == "leader" and entry.holder.part == "leader")
                or (word == "diplomat" and entry.holder.part == "official")
            ):
                return (self._of_holder(entry.holder),)
            if entry.holder is None and entry.kind == "office" and entry.key == key:
                if len(entry.members) == 1:
                    return entry.members
        return ()

    # -- collectives ---------------------------------------------------------------

    def _collective(self, phrase: Phrase) -> tuple[Member, ...]:
        """Resolve "the two sides", "both countries", "the two foreign ministers"."""
        line, words = phrase.line, self.lexicon.collectives
        head = line.lower[phrase.head]
        if not phrase.form.plural or {line.lower[q] for q in phrase.qualifiers} & words.others:
            return ()
        number = max((words.numbers.get(n, 0) for n in phrase.numbers), default=0)
        definite = phrase.determiner in ("the", "these", "both", "all", "those") or (
            line.kind == "headline"
        )
        officers = phrase.form.kind == "office" and phrase.form.key != "official"
        if not definite:
            return ()
        if number < 2:
            if head not in words.rivals and not officers:
                return ()
            number = 3 if set(phrase.numbers) & words.many else 2
        elif not officers and head not in words.rivals | words.pairs:
            return ()
        return self.gather(phrase, number, officers=officers)

    def gather(self, phrase: Phrase, number: int, *, officers: bool) -> tuple[Member, ...]:
        """Return the members of a collective of so many parties."""
        line, token = phrase.line, phrase.head
        sentence = line.sentence[token]
        without = self._beside(line, token)
        if not officers:
            parties = self.rivals.choose(number, sentence, without=without)
            return self._of_parties(phrase, list(parties))
        key = office_key(phrase, self.lexicon)
        holders = {
            holder.party: holder
            for holder in self.persons.holders
            if holder.has_party and (_fits(key, holder) or key == "leader" == holder.part)
        }
        parties = self.rivals.choose(
            number, sentence, without=without, among=holders, fade=_OFFICER_FADE
        ) or self.rivals.choose(number, sentence, without=without)
        members: list[Member] = []
        for party in parties:
            found = self._holder_of(party, key, line, token)
            if found is not None:
                members.append(self._of_holder(found, party))
            else:
                members.append(Member(party, None, phrase.form.part, self._label(phrase, party)))
        return tuple(members)

    def _beside(self, line: Line, token: int) -> set[Party]:
        """Return the parties that stand beside a token in a list, and so are not meant by it."""
        found: set[Party] = set()
        listed = [*line.below(token, "conj")]
        if line.dep[token] == "conj":
            listed.append(line.head[token])
        for other in listed:
            reference = self.resolve(line, other)
            if reference is not None:
                found.update(member.party for member in reference.members)
        return found

    # -- pronouns and counts ---------------------------------------------------------

    def _word(self, line: Line, token: int) -> Reference | None:
        start, end = line.span(token, token + 1)
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
        return self._bare_number(line, token)

    def _bare_number(self, line: Line, token: int) -> Reference | None:
        """Resolve "the two", "both" and "all three" that stand for the parties alone."""
        words = self.lexicon.collectives
        number = words.numbers.get(line.lower[token], 0)
        if number < 2 or line.dep[token] not in ("nsubj", "nsubjpass", "pobj", "dobj"):
            return None
        before = line.lower[token - 1] if token else ""
        if before not in ("the", "all") and line.lower[token] != "both":
            return None
        if line.children.get(token) and any(line.pos[c] == "NOUN" for c in line.children[token]):
            return None
        sentence = line.sentence[token]
        for entry in self.memory.back(2, sentence=sentence):
            if len(entry.members) == number:
                members = entry.members
                break
        else:
            chosen = self.rivals.choose(number, sentence, without=self._beside(line, token))
            members = tuple(Member(party, None, "whole", party.name) for party in chosen)
        if not members:
            return None
        start, end = line.span(token, token + 1)
        return Reference(start, end, members, None, "collective", True)

    # -- naming ----------------------------------------------------------------------

    def _label(self, phrase: Phrase, party: Party) -> str:
        """Return how to name a part of a party alone: "Armenian Ministry of Defense"."""
        if phrase.form.kind in ("side", "collective", "group"):
            return party.name
        if phrase.form.name is not None:
            return f"{self._adjective(phrase, party)} {phrase.form.name}"
        core = phrase.core()
        if phrase.form.plural and phrase.form.kind in ("military", "population", "body"):
            core = phrase.words()
        return f"{self._adjective(phrase, party)} {core}"

    def _adjective(self, phrase: Phrase, party: Party) -> str:
        for name in phrase.names:
            if name.sense.party == party and name.adjectival:
                return " ".join(phrase.line.text[name.first : name.last])
        return self._adjectives.get(party, party.name)

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
        holder: Holder | None = None,
    ) -> None:
        weight = role_weight(line, *span, head)
        self.memory.add(
            Entry(line, head, line.sentence[head], members, plural, weight, kind, key, holder)
        )


def _plural(core: str) -> str:
    return core if core.endswith(("s", "men", "militia")) else core + "s"


_OF_STATES = frozenset(
    {"government", "ministry", "parliament", "army", "police", "court"}
) | frozenset({"foreign ministry", "defence ministry", "interior ministry"})


def _fits(key: str, holder: Holder) -> bool:
    """Tell whether a person holds the office of that key, or one that it may stand for."""
    if key in holder.keys:
        return True
    if key == "leader":
        return holder.part == "leader"
    if key in ("minister", "official"):
        return any(each.endswith("minister") for each in holder.keys)
    return False


def _same_body(told: str, key: str) -> bool:
    return told == key or (key == "ministry" and told.endswith("ministry"))
