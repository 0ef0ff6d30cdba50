"""The notation in which frames name words, and how it is matched against a parse.

A pattern is a lemma, or several in a row, followed by conditions:

    +down  +on|upon   a particle or preposition that must depend on it
    >talk|truce       its object (the subject of a passive, the noun behind the preposition)
                      must be one of these lemmas
    !claim|life       its object must be none of these
                      (a word and the one before it: >house_arrest|sit-in)
    @party|village    its object must be of this word class or one of these lemmas
                      (`party`, `state` and `place` ask the grounded names)
    =worker|@people   its subject must be one of these
    ~attack|agree     the verb that complements it must be one of these
    #plural           it must be in the plural; #own: not the object of another trigger;
                      #dated: it needs a time of its own; #counted: it needs a number;
                      #ahead: what it governs must lie ahead ("warned that it would ...");
                      #phrasal: +in is the verb's own particle ("took in"), no preposition

The files that use it are in `data/frames`; `data/README.md` is for who edits them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Literal

from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.coding.syntax import (
    agents,
    children,
    has_child,
    is_passive,
    is_verbal,
    objects,
    once_a_word,
    prepositions,
    subjects,
    whole_of,
)
from parley.parsing.layout import lay_out

WordPos = Literal["verb", "noun", "adjective"]
Classes = Mapping[str, frozenset[str]]
# Asks the grounded names whether a word refers to a "party", a "state", a "place" ...
Refers = Callable[[Token, str], bool]

_FLAGS: frozenset[str] = frozenset({"plural", "own", "dated", "counted", "ahead", "phrasal"})
GROUNDED = frozenset({"party", "state", "place", "leader"})
_POS = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adjective": frozenset({"ADJ", "VERB"}),
}
_PERSONAL = frozenset({"he", "she", "they", "we", "i", "him", "her", "them", "us"})
_OF_PEOPLE = frozenset({"people", "party", "leader"})
_HYPHEN = re.compile(r"(-)")


class Words(Struct, frozen=True):
    """Lemmas and word classes, any of which will do."""

    lemmas: frozenset[str] = frozenset()
    classes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lemmas or self.classes)


class Pattern(Struct, frozen=True):
    """One way of wording a frame."""

    words: tuple[str, ...]
    pos: WordPos
    particles: tuple[frozenset[str], ...] = ()
    wanted: Words = Words()
    barred: Words = Words()
    subject: Words = Words()
    barred_subject: Words = Words()
    complement: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()


def parse_pattern(text: str, *, pos: WordPos) -> Pattern:
    """Read one pattern.  Raises ValueError saying which part is not of the notation."""
    words: list[str] = []
    particles: list[frozenset[str]] = []
    found: dict[str, Words] = {}
    complement: frozenset[str] = frozenset()
    flags: set[str] = set()
    for part in text.split():
        mark, body = part[0], part[1:]
        if mark == "+":
            particles.append(frozenset(body.split("|")))
        elif mark in ">@":
            before = found.get(">", Words())
            more = _words(body if mark == ">" else "@" + body)
            found[">"] = Words(before.lemmas | more.lemmas, before.classes + more.classes)
        elif mark == "!":
            found["!"] = _words(body)
        elif mark == "=":
            found["=!" if body.startswith("!") else "="] = _words(body.lstrip("!"))
        elif mark == "~":
            complement = frozenset(body.split("|"))
        elif mark == "#":
            if body not in _FLAGS:
                raise ValueError(f"no such flag: {part!r}")
            flags.add(body)
        elif particles or found or flags:
            raise ValueError(f"a word behind the conditions: {part!r}")
        else:
            pieces = [piece for word in part.split("_") for piece in _HYPHEN.split(word)]
            words += [piece for piece in pieces if piece]
    if not words:
        raise ValueError("no word")
    return Pattern(
        tuple(words),
        pos,
        tuple(particles),
        found.get(">", Words()),
        found.get("!", Words()),
        found.get("=", Words()),
        found.get("=!", Words()),
        complement,
        frozenset(flags),
    )


def _words(text: str) -> Words:
    parts = [part for part in text.split("|") if part]
    return Words(
        frozenset(part for part in parts if not part.startswith("@")),
        tuple(part[1:] for part in parts if part.startswith("@")),
    )


def head_of_match(pattern: Pattern, token: Token) -> Token | None:
    """Return the word that heads the pattern's words where they begin at `token`, else None."""
    doc, at, size = token.doc, token.i, len(pattern.words)
    if at + size > len(doc):
        return None
    layout, lemmas = lay_out(doc), lemmas_of(doc)
    for i, wanted in enumerate(pattern.words, at):
        if wanted not in (lemmas[i], layout.lowers[i]):
            return None
    head = token if size == 1 else doc[at : at + size].root
    return head if is_of(pattern, layout.pos[head.i]) else None


def is_of(pattern: Pattern, pos: str) -> bool:
    """Tell whether a pattern may be headed by a word of this part of speech (spaCy's `pos_`)."""
    return pos in _POS[pattern.pos]


def lemma_of(token: Token) -> str:
    """Return the lemma in lower case; a capitalised common noun of a headline included."""
    return lemmas_of(token.doc)[token.i]


def lemmas_of(doc: Doc) -> list[str]:
    """Return `lemma_of` each word of a paragraph."""
    layout = lay_out(doc)
    lemmas: list[str] | None = layout.found.get("lemmas")
    if lemmas is None:
        told = zip(layout.pos, layout.lowers, layout.ents, layout.lemmas, strict=True)
        lemmas = layout.found["lemmas"] = [
            lower.removesuffix("s")
            if pos == "PROPN" and not ent and lower.endswith("s")
            else lemma.lower()
            for pos, lower, ent, lemma in told
        ]
    return lemmas


def matches(pattern: Pattern, head: Token, *, classes: Classes, refers: Refers) -> bool:
    """Tell whether the word's surroundings fulfil the pattern's conditions."""
    phrasal = "phrasal" in pattern.flags
    for wanted in pattern.particles:
        if not (_has_own(head, wanted) if phrasal else _has_particle(head, wanted)):
            return False
    if pattern.pos == "verb" and not pattern.particles and has_child(head, "prt"):
        # "fell out" is no fall, "took off" takes nothing: a particle makes another verb.
        return False
    if "plural" in pattern.flags and head.tag_ not in ("NNS", "NNPS"):
        return False
    if "ahead" in pattern.flags and not _governs_future(head):
        return False
    if pattern.wanted or pattern.barred:
        targets = _targets(pattern, head)
        if pattern.wanted and not any(_is(t, pattern.wanted, classes, refers) for t in targets):
            return False
        if pattern.barred and any(_is(t, pattern.barred, classes, refers) for t in targets):
            return False
    if pattern.subject or pattern.barred_subject:
        doers = _doers(head)
        if pattern.subject and not any(_is(d, pattern.subject, classes, refers) for d in doers):
            return False
        # "The People's Front attacked" is no weather.
        plain = [d for d in doers if not refers(whole_of(d), "armed")]
        if any(_is(d, pattern.barred_subject, classes, refers) for d in plain):
            return False
    if pattern.complement:
        below = children(head, "xcomp", "ccomp", "oprd", "acomp", "attr")
        # "Set the captives free": the parser takes such an adjective for a clause.
        below = [*below, *(word for word in children(head, "advcl") if word.pos_ == "ADJ")]
        if not any(lemma_of(word) in pattern.complement for word in below):
            return False
    return not (pattern.pos == "verb" and _is_private(head, classes))


def _is_private(head: Token, classes: Classes) -> bool:
    """Tell whether sport, art, nature or the market does it, or suffers it."""
    private, trivial = classes.get("private", frozenset()), classes.get("trivial", frozenset())
    doers, done = subjects(head), objects(head)
    if is_passive(head):
        doers, done = _doers(head), doers
    return any(lemma_of(word) in private for word in doers) or any(
        lemma_of(word) in trivial for word in done
    )


def _has_own(head: Token, wanted: frozenset[str]) -> bool:
    return any(child.lower_ in wanted for child in children(head, "prt", "advmod"))


def _governs_future(head: Token) -> bool:
    return any(
        child.lower_ in ("will", "would", "'ll", "shall")
        for clause in children(head, "ccomp")
        for child in children(clause, "aux")
    )


# What a particle may hang on a verb as.
_PARTICLES = frozenset({"prt", "prep", "advmod", "agent", "dative", "acomp", "oprd", "dobj"})


def _has_particle(head: Token, wanted: frozenset[str]) -> bool:
    if "to" in wanted:
        layout = lay_out(head.doc)
        lowers, below = layout.lowers, layout.below
        for label, i in below[head.i]:
            if label in _PARTICLES:
                if lowers[i] in wanted:
                    return True
            elif label in ("aux", "mark") and lowers[i] == "to":
                return True
            elif label == "xcomp":
                return any(lowers[inner] == "to" for aux, inner in below[i] if aux == "aux")
    return not wanted.isdisjoint(_particles_of(head))


@once_a_word
def _particles_of(head: Token) -> frozenset[str]:
    """Return the words that hang on a verb as a particle may; each pattern of it asks."""
    layout = lay_out(head.doc)
    beside = layout.below[head.i]
    found = {layout.lowers[i] for label, i in beside if label in _PARTICLES}
    if is_verbal(head):
        found |= {name for noun in children(head, "dobj") for name, _ in prepositions(noun)}
    return frozenset(found)


def _targets(pattern: Pattern, head: Token) -> list[Token]:
    if pattern.pos == "noun":
        named = _any_of(pattern.particles)
        return [noun for name, noun in prepositions(head) if not named or name in named]
    found = _done_to(head)
    if pattern.particles:
        named = _any_of(pattern.particles)
        if "out" in named:
            # "pulled out of the talks"
            named |= {"of"}
        holders = [head, *children(head, "dobj")]
        found += [n for holder in holders for name, n in prepositions(holder) if name in named]
    return found


@cache
def _any_of(particles: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset().union(*particles)


def _done_to(head: Token) -> list[Token]:
    """Return the objects of a verb, the subjects of a passive one; each pattern of it asks."""
    known = lay_out(head.doc).found.setdefault("done_to", {})
    found: list[Token] | None = known.get(head.i)
    if found is None:
        done_to = subjects(head) if is_passive(head) else objects(head)
        found = known[head.i] = [*done_to, *children(head, "attr", "acomp", "oprd")]
    return found.copy()


def _doers(head: Token) -> list[Token]:
    if is_passive(head):
        return agents(head)
    return subjects(head)


def _joined(token: Token) -> str | None:
    """Return a noun with the word before it: "sit-in", or "house_arrest" for "house arrest"."""
    doc, i = token.doc, token.i
    if i >= 2 and doc[i - 1].text == "-":
        return f"{lemma_of(doc[i - 2])}-{lemma_of(token)}"
    return f"{lemma_of(doc[i - 1])}_{lemma_of(token)}" if i else None


def _is(token: Token, words: Words, classes: Classes, refers: Refers) -> bool:
    whole = whole_of(token)
    if whole.i != token.i and _is(whole, words, classes, refers):
        return True
    lemma, lemmas = lemma_of(token), words.lemmas
    if lemmas and (lemma in lemmas or token.lower_ in lemmas or _joined(token) in lemmas):
        return True
    if token.pos_ == "PRON" and lemma in _PERSONAL:
        return bool(_OF_PEOPLE & set(words.classes))
    for name in words.classes:
        if name == "any":
            return True
        if lemma in classes.get(name, frozenset()):
            return True
        if name in GROUNDED and refers(token, name):
            return True
        if name == "people" and refers(token, "person"):
            return True
    return False
