"""Phrases that name again what was told of: "the minister", "the army", "the rebels"."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from parley.grounding.lexicon import Lexicon
from parley.grounding.members import Members, fits
from parley.grounding.memory import Memory
from parley.grounding.persons import office_key
from parley.grounding.phrases import Phrase
from parley.grounding.references import Member
from parley.model import Party

# Bodies and offices that a report of one state's affairs may name without it.
_OF_STATES = frozenset(
    {
        "government",
        "ministry",
        "parliament",
        "army",
        "police",
        "court",
        "foreign ministry",
        "defence ministry",
        "interior ministry",
        "head of state",
        "head of government",
        "foreign minister",
        "defence minister",
        "interior minister",
    }
)
# So many sentences back a group that fights goes before any other organisation.
_LATELY = 1
_SOLDIERS = frozenset({"soldier", "troop", "serviceman", "servicewoman", "conscript"})
_SUSPECTED = frozenset({"suspected", "alleged", "presumed", "armed"})
_LANDS = frozenset({"country", "nation", "republic", "kingdom"})
# How far before "and rebel delegates" the other stands.
_BEFORE_AND = 2
# How what qualifies a noun hangs on it.
_IN_FRONT = frozenset({"compound", "amod", "nmod"})
# Whom "an army officer" and "a government spokesman" serve.
_SERVED = frozenset({"army", "government", "police", "military", "cabinet", "navy"})


def again(
    phrase: Phrase,
    *,
    memory: Memory,
    members: Members,
    home: Party | None,
    fighters: Party | None,
    lexicon: Lexicon,
) -> tuple[Member, ...]:
    """Return whom a definite phrase names again; `home` is the state at home, if any.

    Bodies that every state has, and are not told of before, are those at home; rebels without
    a name are `fighters`, the only armed group that the report names, if there is one.
    """
    if _is_other(phrase, lexicon):
        return ()
    if fighters is not None and _may_be_any(phrase, lexicon):
        rebels = Member(fighters, None, "whole", fighters.name)
        if home is not None and _is_beside_government(phrase):
            return (Member(home, None, "whole", home.name), rebels)
        return (rebels,)
    if phrase.numbers and phrase.form.kind in ("military", "population"):
        counted = _some_of(phrase, memory)
        if counted is not None:
            return members.of_parties(phrase, [counted])
    if not _is_definite(phrase):
        return _one_of(phrase, members, home)
    kind = phrase.form.kind
    if kind == "office":
        if phrase.body is not None and phrase.body.key == "government" and home is not None:
            return members.of_parties(phrase, [home])  # "the government delegation"
        return _officer(phrase, memory, members, lexicon) or _at_home(phrase, members, home)
    if kind in ("armed", "group"):
        return _group(phrase, memory)
    if kind in ("body", "military"):
        for entry in memory.back():
            same = entry.key == phrase.form.key or (
                phrase.form.key == "ministry" and entry.key.endswith("ministry")
            )
            if entry.kind == kind and same and len(entry.members) == 1:
                return members.of_parties(phrase, [entry.members[0].party])
        if _faces(phrase, home):
            return ()  # "Soldiers killed by Pakistan" are hardly its own
        return _at_home(phrase, members, home) or _one_of(phrase, members, home)
    if kind == "side" and phrase.form.singular in _LANDS and not phrase.form.plural:
        return _land(phrase, memory, home)
    return ()


def _some_of(phrase: Phrase, memory: Memory) -> Party | None:
    """Return whose people a number counts: "Chadian guards ... Three guards were killed"."""
    line, sentence = phrase.line, phrase.line.sentence[phrase.head]
    if not phrase.form.plural or phrase.qualifiers or phrase.object is not None:
        return None
    for entry in memory.back(_LATELY, sentence=sentence):
        same = entry.kind == phrase.form.kind and entry.key == phrase.form.key
        word = entry.line.lower[entry.token] == line.lower[phrase.head]
        if same and word and entry.sentence < sentence:
            return entry.members[0].party if len(entry.members) == 1 else None
    return None


def _may_be_any(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Tell whether fighters are told of by no more than that they rebel: "80 guerrillas".

    So are those who are theirs, "rebel forces", "a rebel envoy", and in front of what they have:
    "rebel positions".
    """
    fighters = lexicon.groups.fighters
    body = phrase.body
    # "The rebel force" is of several by itself.
    alone = phrase.form.kind == "armed" and not fighters.isdisjoint(
        (phrase.form.singular, phrase.form.words[0] if phrase.form.singular == "force" else "")
    )
    theirs = body is not None and body.kind == "armed" and body.singular in fighters
    several = phrase.form.plural or _qualifies_noun(phrase)
    return (
        (theirs or (alone and several))
        and phrase.object is None
        and all(_says_nothing(phrase, i) for i in phrase.qualifiers)
    )


def _is_beside_government(phrase: Phrase) -> bool:
    """Tell whether what a noun has is a government's as well: "government and rebel delegates"."""
    line, first = phrase.line, phrase.core_first
    joined = first > 1 and line.lower[first - 1] == "and"
    return joined and line.lower[first - _BEFORE_AND] in _SERVED and phrase.form.plural


def _qualifies_noun(phrase: Phrase) -> bool:
    """Tell whether a phrase stands in front of a noun of its own: "an army post"."""
    line, head = phrase.line, phrase.head
    owned = line.dep[head] in _IN_FRONT and line.head[head] >= phrase.core_last
    return owned and line.pos[line.head[head]] in ("NOUN", "PROPN")


def _says_nothing(phrase: Phrase, qualifier: int) -> bool:
    """Tell whether a word before fighters does not say which: "about 80", "suspected rebels"."""
    return phrase.line.pos[qualifier] == "ADV" or phrase.line.lower[qualifier] in _SUSPECTED


def namesake(phrase: Phrase, groups: Mapping[Party, Collection[str]]) -> tuple[Member, ...]:
    """Return the one group of whose name a word before its fighters is: "Karel rebels".

    `groups` are the armed groups of the report with the words of their names, small.
    """
    if phrase.form.kind != "armed" or not (phrase.organisation or phrase.names):
        return ()
    line, names = phrase.line, phrase.names
    if any(n.sense.party is None or n.sense.party.kind != "population" for n in names):
        return ()
    own = {i for n in names for i in range(n.first, n.last)} or set(phrase.organisation)
    told = {line.lower[i] for i in own}
    found = [party for party, words in groups.items() if told & set(words)]
    return (Member(found[0], None, "whole", found[0].name),) if len(found) == 1 else ()


def _land(phrase: Phrase, memory: Memory, home: Party | None) -> tuple[Member, ...]:
    """Return the state that "the country" is: the only one lately told of, else that at home."""
    sentence = phrase.line.sentence[phrase.head]
    for reach in (0, 1):
        lately = {
            member.party
            for entry in memory.back(reach, sentence=sentence)
            for member in entry.members
            if member.party.kind == "state"
        }
        if len(lately) == 1:
            party = lately.pop()
            return (Member(party, None, "whole", party.name),)
        if lately:
            break
    return (Member(home, None, "whole", home.name),) if home is not None else ()


def _at_home(phrase: Phrase, members: Members, home: Party | None) -> tuple[Member, ...]:
    """Return a body or office that every state has as that of the state at home."""
    key = phrase.form.key
    if home is None or not (key in _OF_STATES or key.endswith("ministry")):
        return ()
    if phrase.form.kind == "office" and (phrase.form.plural or phrase.object is not None):
        return ()
    return members.of_parties(phrase, [home])


def _one_of(phrase: Phrase, members: Members, home: Party | None) -> tuple[Member, ...]:
    """Return "an army officer", "an army post", "nine soldiers" as the home state's."""
    if home is None or phrase.determiner not in ("a", "an", None) or phrase.object is not None:
        return ()
    words = phrase.form.words if phrase.body is None else phrase.body.words
    long = len(words) > 1 or phrase.body is not None
    serves = words[0] in _SERVED and (long or _qualifies_noun(phrase))
    bare = phrase.form.plural and phrase.determiner is None and phrase.form.singular in _SOLDIERS
    if not (serves or bare):
        return ()
    return members.of_parties(phrase, [home])


def _faces(phrase: Phrase, home: Party | None) -> bool:
    """Tell whether a state is named beside soldiers that open a sentence."""
    line, sentence = phrase.line, phrase.line.sentence[phrase.head]
    return phrase.form.singular in _SOLDIERS and any(
        name.sense.party == home and line.sentence[name.first] == sentence for name in line.names
    )


def _is_definite(phrase: Phrase) -> bool:
    if phrase.determiner in ("the", "this", "that"):
        return True
    if phrase.determiner is not None:
        return False
    # "Foreign Ministry officials", "government forces", "army units" need no article.
    long = len(phrase.form.words) > 1 and phrase.form.key in ("army", "government")
    return phrase.line.is_capital(phrase.head) or long


def _is_other(phrase: Phrase, lexicon: Lexicon) -> bool:
    qualifiers = {phrase.line.lower[q] for q in phrase.qualifiers}
    return bool(lexicon.collectives.others & qualifiers)


def _group(phrase: Phrase, memory: Memory) -> tuple[Member, ...]:
    kinds = {"armed_group"} | ({"organisation"} if phrase.form.kind == "group" else set())
    sentence = phrase.line.sentence[phrase.head]
    for entry in memory.back(_LATELY, sentence=sentence):
        # An outlet that is quoted beside a group is rarely "the movement".
        for member in reversed(entry.members):
            if member.party.kind == "armed_group":
                return (Member(member.party, None, "whole", member.party.name),)
    for entry in memory.back():
        for member in reversed(entry.members):
            if member.party.kind in kinds:
                return (Member(member.party, None, "whole", member.party.name),)
    return ()


def _officer(
    phrase: Phrase, memory: Memory, members: Members, lexicon: Lexicon
) -> tuple[Member, ...]:
    if phrase.form.plural:
        return ()
    key = office_key(phrase, lexicon)
    word = phrase.line.lower[phrase.head]
    for entry in memory.back():
        holder = entry.holder
        if holder is None:
            same = key != "delegation" or entry.line.lower[entry.token] == word
            if entry.kind == "office" and entry.key == key and same and len(entry.members) == 1:
                return entry.members
        elif (
            fits(key, holder)
            or (holder.title or "").lower().endswith(word)
            or (word == "leader" and holder.part == "leader")
            or (word == "diplomat" and holder.part == "official")
        ):
            return (members.of_holder(holder),)
    return ()
