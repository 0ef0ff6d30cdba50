"""How the parties of a phrase become its members: which part of them, under what name."""

from __future__ import annotations

from collections.abc import Sequence

from parley.grounding.folding import fold
from parley.grounding.knowledge import Knowledge
from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import POSSESSIVES
from parley.grounding.memory import Memory
from parley.grounding.persons import Figure, Persons, office_key
from parley.grounding.phrases import Phrase, is_own_name
from parley.grounding.references import Member
from parley.model import Party

# Offices that several hold at once: "the Armenian official" need not be the one before.
_MANIFOLD = frozenset({"official", "envoy", "lawmaker", "commander", "chief", "delegation"})


class Members:
    """Makes members of the parties that a phrase is about."""

    def __init__(
        self,
        *,
        persons: Persons,
        memory: Memory,
        knowledge: Knowledge,
        lexicon: Lexicon,
    ) -> None:
        self._persons = persons
        self._memory = memory
        self._knowledge = knowledge
        self._lexicon = lexicon

    def of_holder(self, holder: Figure, party: Party | None = None) -> Member:
        """Return a person as a member of the party that he or she acts for."""
        return Member(party or holder.party, holder.person, holder.part, holder.name)

    def of_parties(self, phrase: Phrase, parties: Sequence[Party]) -> tuple[Member, ...]:
        """Return the members of a phrase that belongs to these parties."""
        distinct = list(dict.fromkeys(parties))
        if is_own_name(phrase):
            return tuple(Member(party, None, "whole", party.name) for party in distinct)
        if phrase.form.kind == "collective" and phrase.possessive:
            return ()  # "India's neighbours" are others
        if phrase.form.kind in ("group", "collective") and len(phrase.names) == 1 and distinct:
            return tuple(self.group(phrase, party) for party in distinct[:1])
        if phrase.form.kind == "armed":
            return tuple(self.armed(phrase, party) for party in distinct)
        if phrase.body is not None and phrase.body.kind == "armed":
            distinct = [self.armed(phrase, party).party for party in distinct]
        return tuple(self._of_party(phrase, party) for party in distinct)

    def of_government(self, phrase: Phrase, home: Party | None) -> tuple[Member, ...]:
        """Return the state in "the Karzai government": that of who leads it, else that at home."""
        if phrase.form.key != "government" or len(phrase.organisation) != 1:
            return ()
        word = fold(phrase.line.text[phrase.organisation.start])
        leaders = [
            each for each in self._persons.holders if each.words[-1] == word and len(each.words) > 1
        ]
        states = [each.party for each in leaders if each.has_party and each.party.kind == "state"]
        named = bool(leaders or self._knowledge.holders(word))
        state = states[0] if states else home
        return self.of_parties(phrase, [state]) if named and state is not None else ()

    def holder_of(self, party: Party, key: str) -> Figure | None:
        """Return the person of the party who was last told of in that office."""
        fitting = [
            holder
            for holder in self._persons.holders
            if holder.has_party and holder.party == party and fits(key, holder)
        ]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        for entry in self._memory.back():
            if entry.holder in fitting:
                return entry.holder
        return fitting[0]

    def model(self, phrase: Phrase, others: Sequence[Figure] = ()) -> Figure | None:
        """Return whose counterpart a "counterpart" is: the last person with an office."""
        sentence = phrase.line.sentence[phrase.head]
        for entry in self._memory.back(1, sentence=sentence):
            if entry.holder is not None and entry.holder not in others and entry.holder.keys:
                return entry.holder
        return None

    def armed(self, phrase: Phrase, party: Party) -> Member:
        """Return the fighters of a group, or those who fight in a country."""
        if party.kind not in ("state", "igo"):
            return Member(party, None, "whole", party.name)
        # Rebels of a country are no part of its forces but its adversaries.
        form = phrase.form if phrase.form.kind == "armed" else phrase.body or phrase.form
        word = " ".join((*form.words[: form.head], form.singular, *form.words[form.head + 1 :]))
        name = f"{self._adjective(phrase, party)} {_plural(word)}"
        group = Party(name=name, kind="armed_group", country=party.country)
        return Member(group, None, "whole", name)

    def group(self, phrase: Phrase, party: Party) -> Member:
        """Return the organisation in "a Kurdish group"; "the Hamas movement" is Hamas."""
        if party.kind in ("armed_group", "organisation"):
            return Member(party, None, "whole", party.name)
        line = phrase.line
        start, end = line.span(phrase.names[0].first, phrase.core_last)
        name = line.string[start - line.start : end - line.start]
        if phrase.possessive or phrase.numbers:
            # "Libya's two warring factions" are the "Libyan warring factions".
            between = range(phrase.names[-1].last, phrase.core_last)
            words = [line.text[i] for i in between if line.lower[i] not in POSSESSIVES]
            words = [word for word in words if word.lower() not in phrase.numbers]
            name = " ".join((self._adjective(phrase, party), *words))
        group = Party(name=name, kind="organisation", country=party.country)
        return Member(group, None, "whole", name)

    def local_group(self, phrase: Phrase, party: Party) -> Member:
        """Return the organisation in "opposition groups in Sudan"."""
        line = phrase.line
        first = phrase.core_first
        while first - 1 in phrase.qualifiers:
            first -= 1
        start, end = line.span(first, phrase.core_last)
        words = line.string[start - line.start : end - line.start]
        if line.pos[first] != "PROPN":
            words = words[:1].lower() + words[1:]
        name = f"{self._adjective(phrase, party)} {words}"
        group = Party(name=name, kind="organisation", country=party.country)
        return Member(group, None, "whole", name)

    def epithet(self, phrase: Phrase) -> tuple[Member, ...]:
        """Return the group in "Turkish-backed rebels", for whose party nothing else is told."""
        if phrase.form.kind != "armed":
            return ()
        line = phrase.line
        start, end = line.span(phrase.first, phrase.core_last)
        name = line.string[start - line.start : end - line.start]
        group = Party(name=name, kind="armed_group", country=None)
        return (Member(group, None, "whole", name),)

    def label(self, phrase: Phrase, party: Party) -> str:
        """Return how to name a part of a party alone: "Armenian Ministry of Defense"."""
        if phrase.form.kind in ("side", "collective", "group"):
            return party.name
        adjective = self._adjective(phrase, party)
        if phrase.form.name is not None:
            return f"{adjective} {phrase.form.name}"
        if phrase.form.key == "counterpart":
            model = self.model(phrase)
            if model is not None and model.title is not None:
                return f"{adjective} {model.title}"
        core = phrase.core()
        if phrase.form.plural and phrase.form.kind in ("military", "population", "body"):
            core = phrase.words()
        if phrase.form.kind == "population":
            core = core[:1].lower() + core[1:]  # "Demonstrators in Baghdad", at a sentence's head
        return f"{adjective} {core}"

    def _of_party(self, phrase: Phrase, party: Party) -> Member:
        holder = None
        if phrase.form.kind == "office" and phrase.determiner not in ("a", "an"):
            holder = self._incumbent(phrase, party)
        if holder is not None:
            return self.of_holder(holder, party)
        part = phrase.form.part
        if phrase.form.key == "counterpart":
            model = self.model(phrase)
            part = model.part if model is not None else part
        return Member(party, None, part, self.label(phrase, party))

    def _incumbent(self, phrase: Phrase, party: Party) -> Figure | None:
        key = office_key(phrase, self._lexicon)
        if key == "official" and _is_top_diplomat(phrase):
            key = "foreign minister"
        if key == "counterpart":
            model = self.model(phrase)
            key = min(model.keys, default="") if model is not None else ""
        several = phrase.form.plural and len(phrase.names) < 2
        past = phrase.is_past(self._lexicon) or phrase.is_below(self._lexicon)
        if not key or key in _MANIFOLD or several or past:
            return None
        return self.holder_of(party, key)

    def _adjective(self, phrase: Phrase, party: Party) -> str:
        for name in phrase.names:
            if name.sense.party == party and name.adjectival:
                return " ".join(phrase.line.text[name.first : name.last])
        return next(iter(self._knowledge.demonyms(party.name)), party.name)


def fits(key: str, holder: Figure) -> bool:
    """Tell whether a person holds the office of that key, or one that it may stand for."""
    if key in holder.keys:
        return True
    if key == "leader":
        return holder.part == "leader"
    if key in ("minister", "official"):
        return any(each.endswith("minister") for each in holder.keys)
    return False


def _is_top_diplomat(phrase: Phrase) -> bool:
    line = phrase.line
    return phrase.form.singular == "diplomat" and any(
        line.lower[q] in ("top", "chief") for q in phrase.qualifiers
    )


def _plural(core: str) -> str:
    if core.endswith("man"):
        return core[:-3] + "men"
    return core if core.endswith(("s", "men", "y")) else core + "s"
