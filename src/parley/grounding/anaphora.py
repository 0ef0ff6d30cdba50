"""Phrases that name again what was told of: "the minister", "the army", "the rebels"."""

from __future__ import annotations

from parley.grounding.lexicon import Lexicon
from parley.grounding.members import Members, fits
from parley.grounding.memory import Memory
from parley.grounding.persons import office_key
from parley.grounding.phrases import Phrase
from parley.grounding.references import Member
from parley.model import Party

# Bodies that a report of one state alone may name without it.
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
    }
)


def again(
    phrase: Phrase, *, memory: Memory, members: Members, home: Party | None, lexicon: Lexicon
) -> tuple[Member, ...]:
    """Return whom a definite phrase names again; `home` is the report's only state, if any."""
    if not _is_definite(phrase) or _is_other(phrase, lexicon):
        return ()
    kind = phrase.form.kind
    if kind == "office":
        return _officer(phrase, memory, members, lexicon)
    if kind in ("armed", "group"):
        return _group(phrase, memory)
    if kind in ("body", "military"):
        for entry in memory.back():
            same = entry.key == phrase.form.key or (
                phrase.form.key == "ministry" and entry.key.endswith("ministry")
            )
            if entry.kind == kind and same and len(entry.members) == 1:
                return members.of_parties(phrase, [entry.members[0].party])
        if home is not None and phrase.form.key in _OF_STATES:
            return members.of_parties(phrase, [home])
    return ()


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
            if entry.kind == "office" and entry.key == key and len(entry.members) == 1:
                return entry.members
        elif (
            fits(key, holder)
            or (holder.title or "").lower().endswith(word)
            or (word == "leader" and holder.part == "leader")
            or (word == "diplomat" and holder.part == "official")
        ):
            return (members.of_holder(holder),)
    return ()
