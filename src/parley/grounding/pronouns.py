"""Pronouns: whom he, she, it and they mean."""

from __future__ import annotations

from typing import Protocol

from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import Line
from parley.grounding.memory import Entry, Memory
from parley.grounding.references import Reference

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS = _HE | _SHE | _IT | _THEY


class Resolves(Protocol):
    """What resolves other phrases on the way."""

    def resolve(self, line: Line, token: int) -> Reference | None:
        """Return what the phrase headed by a token means."""


def antecedent(
    line: Line, token: int, memory: Memory, lexicon: Lexicon, resolver: Resolves
) -> Entry | None:
    """Return what a pronoun stands for, None where that is no party or not clear."""
    word = line.lower[token]
    sentence = line.sentence[token]
    if word in _HE or word in _SHE:
        man = word in _HE
        return _person(line, token, memory, sentence, man)
    if word in _IT:
        if word == "it" and _is_empty(line, token, lexicon):
            return None
        return _thing(line, token, memory, lexicon, resolver)
    return _several(line, token, memory, lexicon, resolver)


def _person(line: Line, token: int, memory: Memory, sentence: int, man: bool) -> Entry | None:
    def fits(entry: Entry) -> bool:
        if not entry.personal:
            return False
        holder = entry.holder
        if holder is not None and holder.man is not None and holder.man != man:
            return False
        return not _same_clause_object(line, token, entry)

    return memory.best(sentence, fits)


def _same_clause_object(line: Line, token: int, entry: Entry) -> bool:
    """Tell whether the entry is the subject of the very verb whose object the pronoun is."""
    return (
        entry.line is line
        and line.dep[token] in ("dobj", "dative")
        and line.head[token] in (line.head[entry.token],)
        and line.dep[entry.token] in ("nsubj", "nsubjpass")
    )


def _is_empty(line: Line, token: int, lexicon: Lexicon) -> bool:
    """Tell whether an "it" stands for nothing: "it is clear that", "it took hours to"."""
    if line.dep[token] == "expl":
        return True
    if line.dep[token] not in ("nsubj", "nsubjpass"):
        return False
    verb = line.head[token]
    if line.lemma[verb] not in lexicon.pronouns.empty and line.dep[token] != "nsubjpass":
        return False
    children = line.children(verb)
    if (
        any(
            line.lemma[child] in lexicon.pronouns.willing
            for child in children
            if line.dep[child] in ("acomp", "oprd", "attr")
        )
        or line.lemma[verb] in lexicon.pronouns.willing
    ):
        return False
    clause = any(line.dep[child] in ("ccomp", "xcomp", "advcl", "csubj") for child in children)
    bare = any(line.dep[child] in ("acomp", "attr", "prep", "npadvmod") for child in children)
    return clause or (bare and line.lemma[verb] == "be")


def _thing(
    line: Line, token: int, memory: Memory, lexicon: Lexicon, resolver: Resolves
) -> Entry | None:
    """Return the party that "it" or "its" stands for."""
    sentence = line.sentence[token]
    possessive = line.dep[token] == "poss"
    noun = line.head[token]
    owned = possessive and line.lower[noun] in lexicon.forms
    acting = (
        line.dep[token] == "nsubj" and line.lemma[line.head[token]] in lexicon.pronouns.agentive
    )
    will = line.dep[token] in ("nsubj", "nsubjpass") and any(
        line.lemma[child] in lexicon.pronouns.willing
        for child in (line.head[token], *line.children(line.head[token]))
    )

    def fits(entry: Entry) -> bool:
        return (
            not entry.personal
            and not entry.plural
            and len(entry.members) == 1
            and entry.members[0].party.kind != "person"
            and entry.members[0].part in ("whole", "government_body", "military")
            and not _same_clause_object(line, token, entry)
        )

    certain = owned or acting or will
    before = token
    harmed = _harmed(line, noun, lexicon) if possessive else frozenset()
    for above in line.ancestors(token):
        for subject in line.below(above, "nsubj", "nsubjpass"):
            if subject in (before, token) or line.within(token, subject) or above in harmed:
                continue
            later = subject > token and above != line.head[token]
            if later and line.lemma[above] not in lexicon.pronouns.agentive:
                continue
            entry = _entry_at(memory, line, subject, resolver)
            if entry is not None and fits(entry):
                return entry
            if entry is None and not certain and _is_thing(line, subject):
                return None
        before = above
    found = memory.best(sentence, fits, reach=2)
    if found is None or certain:
        return found
    if possessive and line.lower[noun] in ("kind", "sort", "type"):
        return None
    if found.sentence == sentence:
        return found
    # A new sentence with "it": the last sentence's subject, if that was a party.
    if any(
        _is_thing(found.line, i) and found.line.dep[i] in ("nsubj", "nsubjpass")
        for i in range(len(found.line))
        if found.line.sentence[i] == sentence - 1 and resolver.resolve(found.line, i) is None
    ):
        return None
    return found


def _harmed(line: Line, noun: int, lexicon: Lexicon) -> frozenset[int]:
    """Return the verbs whose subject does harm to a noun, and so is not whose that is.

    "UNITA said that the army had attacked a post, killing ten of its men" has two.
    """
    verbs: set[int] = set()
    word = noun
    for above in line.ancestors(noun):
        if verbs:
            if line.dep[word] not in ("advcl", "conj", "xcomp"):
                break
            verbs.add(above)
        elif line.lemma[above] in lexicon.pronouns.harming and line.dep[word] in ("dobj", "prep"):
            verbs.add(above)
        elif line.dep[word] not in ("dobj", "pobj", "prep") or (
            line.dep[word] == "prep" and line.lower[word] != "of"
        ):
            break
        if line.dep[word] == "prep" and line.lower[word] not in ("of", "on", "at"):
            return frozenset()
        word = above
    return frozenset(verbs)


def _entry_at(memory: Memory, line: Line, token: int, resolver: Resolves) -> Entry | None:
    if resolver.resolve(line, token) is None:
        return None
    for entry in memory.back(1, sentence=line.sentence[token]):
        if entry.line is line and (entry.token == token or line.head[entry.token] == token):
            return entry
    return None


def _is_thing(line: Line, token: int) -> bool:
    """Tell whether a token is a singular noun."""
    return line.pos[token] == "NOUN" and line.doc[token].tag_ == "NN"


def _several(
    line: Line, token: int, memory: Memory, lexicon: Lexicon, resolver: Resolves
) -> Entry | None:
    """Return what "they" or "their" stands for."""
    sentence = line.sentence[token]

    def fits(entry: Entry) -> bool:
        group = entry.plural or (
            len(entry.members) == 1 and entry.members[0].party.kind in ("armed_group", "population")
        )
        return group and bool(entry.members) and not _same_clause_object(line, token, entry)

    blamed = _blamed(line, token, lexicon)
    if blamed is not None:
        return _entry_at(memory, line, blamed, resolver)
    if line.dep[token] in ("pobj", "dobj") and _is_after_things(line, token, resolver):
        return None
    found = memory.best(sentence, fits, reach=2)
    listed = _listed(line, token, memory, sentence)
    if listed is None:
        # "Israel said they would": the party's people stand for it.
        return found or memory.best(
            sentence, lambda entry: not entry.personal and len(entry.members) == 1, reach=0
        )
    if found is None or listed.sentence > found.sentence:
        return listed
    if listed.sentence == found.sentence and listed.weight >= found.weight:
        return listed if listed.token >= found.token or listed.weight > found.weight else found
    return found


def _blamed(line: Line, token: int, lexicon: Lexicon) -> int | None:
    """Return who is blamed in "A blamed B, saying they had fired first", for its "they"."""
    verb = line.head[token]
    saying = line.head[verb]
    blaming = line.head[saying]
    if (
        line.dep[token] not in ("nsubj", "nsubjpass")
        or (line.dep[verb], line.dep[saying]) != ("ccomp", "advcl")
        or line.lemma[blaming] not in lexicon.pronouns.blaming
    ):
        return None
    return next(line.below(blaming, "dobj"), None)


def _is_after_things(line: Line, token: int, resolver: Resolves) -> bool:
    """Tell whether the last plural noun before "them" in its sentence is of things."""
    for i in range(token - 1, -1, -1):
        if line.sentence[i] != line.sentence[token]:
            return False
        if line.doc[i].tag_ in ("NNS", "NNPS") and not line.is_time(i):
            return resolver.resolve(line, i) is None and line.dep[i] in (
                "nsubj",
                "nsubjpass",
                "dobj",
                "pobj",
                "conj",
            )
    return False


def _listed(line: Line, token: int, memory: Memory, sentence: int) -> Entry | None:
    """Return the last list of parties, "A and B", as one entry."""
    best: Entry | None = None
    for entry in memory.back(2, sentence=sentence):
        heads = [entry]
        if entry.line.dep[entry.token] != "conj":
            continue
        above = entry.line.head[entry.token]
        for other in memory.back(2, sentence=sentence):
            if (
                other.line is entry.line
                and other is not entry
                and (other.token == above or entry.line.head[other.token] == above)
            ):
                if other.token != entry.token and other.token < entry.token:
                    heads.insert(0, other)
        members = tuple(dict.fromkeys(member for head in heads for member in head.members))
        if len(members) < 2:
            continue
        weight = max(head.weight for head in heads)
        candidate = Entry(
            entry.line, heads[0].token, entry.sentence, members, True, weight, "list", "", None
        )
        if best is None or (candidate.sentence, candidate.weight) > (best.sentence, best.weight):
            best = candidate
    return best
