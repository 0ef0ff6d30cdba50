"""Clauses: what the clauses on a noun say of the event that it names.

In: an event noun.  Out: the noun that stands for it ("a round of talks"), and the clauses that say
who leads it, when and where it is to be, how it came about, and that it took effect.
"""

from __future__ import annotations

from spacy.tokens import Token

from parley.coding.governors import load_governors
from parley.coding.syntax import (
    children,
    conjuncts,
    is_passive,
    lemmas_in,
    objects,
    once_a_word,
    prepositions,
)
from parley.coding.words import factuality_words

# "Took effect", "came into force": of an agreement, some days after it was made.
_COMING = frozenset({"take", "come", "enter", "go"})
_EFFECT = frozenset({"effect", "force", "hold"})
# "a round of talks", "a series of attacks": the noun in front adds nothing but number.
TRANSPARENT = frozenset(
    "round series wave spate session string cycle phase day hour week number set bout host "
    "flurry month year night period resumption start beginning end conclusion continuation kind "
    "type form act part course signing holding launch conduct outbreak escalation resurgence "
    "attempt worst deadly bout episode one".split()
)
# A delegation is led by somebody, and meets somebody else.
LEADING = frozenset({"lead", "head"})


def outer_noun(noun: Token) -> Token:
    """Return the noun whose place in the clause an event noun has: "round" for "round of talks"."""
    at = noun
    for _ in range(6):
        if at.dep_ == "conj" and at.head.pos_ in ("NOUN", "PROPN"):
            at = at.head
        elif (
            at.dep_ == "pobj"
            and at.head.lower_ in ("of", "at")
            and at.head.head.lemma_.lower() in TRANSPARENT
        ):
            at = at.head.head
        else:
            break
    return at


def is_named_by_day(noun: Token) -> bool:
    """Tell whether a noun names what happened by its day: "the truce of 3 May", "of last March"."""
    return any(
        name in ("of", "from", "dated") and day.ent_type_ == "DATE" and day.pos_ in ("PROPN", "NUM")
        for name, day in prepositions(noun)
    )


def is_aside(verb: Token) -> bool:
    """Tell whether the word before a participle says that it is known: "as agreed in Doha"."""
    at = verb.i - 1
    while at > 0 and verb.doc[at].lower_ in ("was", "were", "had", "been", "has", "is"):
        at -= 1
    before = verb.doc[at].lower_ if verb.i else ""
    return verb.tag_ in ("VBN", "VBD") and before == "as" and not children(verb, "nsubj")


def leading_clauses(noun: Token) -> list[Token]:
    """Return the participles on a noun that say who leads those whom it names."""
    if LEADING.isdisjoint(lemmas_in(noun.doc)):
        return []
    below = [inner for name, inner in prepositions(noun) if name == "of"]
    return [
        clause
        for word in (noun, *below)
        for clause in children(word, "acl")
        if clause.lemma_ in LEADING and clause.tag_ in ("VBN", "VBD")
    ]


@once_a_word
def arranging_clauses(noun: Token) -> tuple[Token, ...]:
    """Return the clauses on an event noun that say who called it, or when and where it is to be.

    "Talks mediated by Qatar", "a meeting that opens on Friday"; and "a meeting of the two sides
    planned for Friday", whose participle the parse may hang on the sides.
    """
    governors, words = load_governors(), factuality_words()
    planning, expecting = words.scheduled_verbs, words.expected_verbs
    found = [
        clause
        for clause in children(noun, "acl", "relcl")
        if clause.lemma_ in governors.mediating
        or (governors.subjects.get(clause.lemma_) == "held" and not breaks_down(clause))
        or clause.lemma_ in planning
        or (clause.tag_ == "VBN" and clause.lemma_ in expecting)
    ]
    if noun.pos_ == "NOUN":
        for _, inner in prepositions(noun):
            found += [clause for clause in children(inner, "acl") if clause.lemma_ in planning]
            # "A meeting with Gambia that was to take place on Friday": with Gambia stands between.
            found += [clause for clause in children(inner, "relcl") if _is_to_be(clause)]
    found += [to for clause in found if _is_to_be(clause) for to in _to_be(clause)]
    return tuple(dict.fromkeys([*found, *making_clauses(noun), *effect_clauses(noun)]))


def breaks_down(verb: Token) -> bool:
    """Tell whether a particle says of a verb's subject that it is no more: "that broke down"."""
    names = [f"{verb.lemma_} {p.lower_}" for p in children(verb, "prt", "advmod")]
    return not load_governors().lapsing.isdisjoint(names)


def _is_to_be(clause: Token) -> bool:
    """Tell whether a relative clause says what is to be: "that was to take place", "is due to"."""
    subject = children(clause, "nsubj", "nsubjpass")
    if not any(child.tag_ in ("WDT", "WP") for child in subject):
        return False
    return any(to.lemma_ in load_governors().subjects for to in _to_be(clause))


def _to_be(clause: Token) -> list[Token]:
    below = [clause, *children(clause, "acomp")] if clause.lemma_ == "be" else []
    return [to for word in below for to in children(word, "xcomp") if to.tag_ in ("VB", "VBN")]


@once_a_word
def effect_clauses(noun: Token) -> tuple[Token, ...]:
    """Return the clauses that say when an agreement came into force: "which took effect on Friday".

    The parse may hang them on the last of those between whom it is.
    """
    if _COMING.isdisjoint(lemmas_in(noun.doc)) or _EFFECT.isdisjoint(lemmas_in(noun.doc)):
        return ()
    sides = [side for _, inner in prepositions(noun) for side in conjuncts(inner)]
    return tuple(
        clause
        for word in (noun, *sides)
        for clause in children(word, "relcl")
        if clause.lemma_ in _COMING
        and any(
            told.lemma_ in _EFFECT
            for told in (*objects(clause), *(inner for _, inner in prepositions(clause)))
        )
    )


@once_a_word
def making_clauses(noun: Token) -> tuple[Token, ...]:
    """Return the verbs by which a clause on an event noun says how it came about.

    "A truce that they had signed"; and "a summit in Rome, which he had hoped to convene", whose
    clause the parse may hang on the place.
    """
    inner = [word for _, word in prepositions(noun)] if noun.pos_ == "NOUN" else []
    clauses = [clause for word in (noun, *inner) for clause in children(word, "relcl")]
    return tuple(verb for clause in clauses if (verb := _making(clause)) is not None)


def _making(clause: Token) -> Token | None:
    known = load_governors().objects
    for verb in (clause, *children(clause, "xcomp")):
        relative = any(child.tag_ in ("WDT", "WP") for child in children(verb, "dobj"))
        passive = is_passive(verb) and any(
            child.tag_ in ("WDT", "WP") for child in children(verb, "nsubjpass")
        )
        particles = [f"{verb.lemma_} {p.lower_}" for p in children(verb, "prt", "advmod")]
        lemma = next((name for name in particles if name in known), verb.lemma_)
        effect = known[lemma][1] if lemma in known else "ended"
        if (relative or passive) and effect in ("held", "scheduled"):
            return verb
    return None
