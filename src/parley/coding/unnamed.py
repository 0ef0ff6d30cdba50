"""Parties that no list names: "gunmen", "opposition groups in Zimbabwe", the people of a town.

In: a noun in a slot.  Out: a `Participant` in the report's own words, with the country that
the phrase places it in, where it does.
"""

from __future__ import annotations

import msgspec
from spacy.tokens import Token

from parley.coding.counts import is_aged
from parley.coding.lexicon import Lexicon
from parley.coding.patterns import lemma_of
from parley.coding.syntax import children, prepositions, whole_of
from parley.coding.unlisted import told_places
from parley.grounding import Grounding, Reference
from parley.model import Participant, PartyKind, Person, Role, Trace
from parley.parsing import end_of, kind_of, start_of
from parley.parsing.headcounts import names_month
from parley.parsing.layout import lay_out

# Behind these a name that no list has tells where.
_WHERE = frozenset({"at", "in", "near"})
# Who speaks for others, besides those who lead them.
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson"})
# Nouns of those who face somebody.
_FACING = frozenset({"side", "party"})
# What stands between a dateline and the first sentence.
_DASHES = frozenset({"-", "–", "—", "--", ":"})


def unnamed_party(
    token: Token, role: Role, grounding: Grounding, lexicon: Lexicon, *, named: bool = False
) -> Participant | None:
    """Return 'gunmen', 'protesters', 'opposition groups' as a participant, None for things.

    `named` tells that any name that stands there is somebody's.
    """
    token = whole_of(token)
    lemma = token.lemma_.lower()
    if is_aged(token):
        return _aged(token, role, grounding)
    fighting = token.pos_ == "ADJ" and lemma in lexicon.classes["armed"]  # "a rebel attack"
    if token.pos_ not in ("NOUN", "PROPN") and not fighting:
        return None
    attacker = lemma == "bomber" and any(c.lower_ == "suicide" for c in token.lefts)
    if lemma in lexicon.classes["materiel"] and not attacker:
        owner = _owner(token, lexicon)
        return None if owner is None else unnamed_party(owner, role, grounding, lexicon)
    common = _opens_headline(token) or _opens_sentence(token, lexicon)
    placed = token.dep_ == "pobj" and token.head.lower_ in _WHERE
    small = token.text.islower()
    organised = token.ent_type_ == "ORG" and not (common or placed or small)
    if lemma in _FACING and any(word.lower_ == "other" for word in children(token, "amod")):
        return None  # "blamed the other party": of which nothing else is told
    if lemma in lexicon.classes["body"] or organised:
        return _body(token, role, grounding)
    if token.pos_ == "PROPN" and (placed or token.text in told_places(grounding)):
        return None  # "Nangade, 10 October": a town of which no gazetteer knows
    if token.pos_ == "PROPN" and not common:
        day = token.ent_type_ in ("DATE", "TIME")
        somebody = (named and not day) or token.dep_ in ("nsubj", "nsubjpass")
        return _body(token, role, grounding) if somebody else None
    lemma = lemma_of(token)
    force = lemma in lexicon.classes["force"] or (lemma.endswith("man") and lemma != "woman")
    if not force and lemma not in lexicon.classes["people"]:
        return None
    sender = _sender(token, lexicon)
    if sender is not None:
        return _body(sender, role, grounding)
    armed = lemma in lexicon.classes["armed"] or attacker
    kind: PartyKind = "armed_group" if armed else "military" if force else "population"
    return Participant(
        name=token.lower_,
        kind=kind,
        country=_home(token, grounding),
        role=role,
        evidence=(
            Trace(report=grounding.parse.report.id, start=start_of(token), end=end_of(token)),
        ),
    )


def _owner(materiel: Token, lexicon: Lexicon) -> Token | None:
    """Return whose a vessel or a gun is: "a government patrol boat", "army helicopters"."""
    bodies = lexicon.classes["body"] | lexicon.classes["armed"] | {"army", "navy", "police"}
    for noun in (word for word in materiel.subtree if word.i < materiel.i):
        lemma = lemma_of(noun)
        if noun.text.islower() and lemma in bodies:
            return noun
    return None


def _sender(token: Token, lexicon: Lexicon) -> Token | None:
    """Return whom people act or fight for: "government negotiators", "government soldiers"."""
    lemma, classes = lemma_of(token), lexicon.classes
    serves = lemma in classes["leader"] or lemma in classes["force"]
    if not serves or lemma in classes["armed"]:
        return None
    bodies = [c for c in children(token, "compound") if lemma_of(c) in lexicon.classes["body"]]
    return bodies[0] if bodies and bodies[0].i == token.i - 1 else None


def spoken_for(
    token: Token, reference: Reference, role: Role, grounding: Grounding, lexicon: Lexicon
) -> Participant | None:
    """Return the group without a name that a person speaks for or leads, None where none is told.

    "The rebels' negotiator, X", "X, a spokesman for the protesters": they act through X.
    """
    if len(reference.members) != 1 or reference.members[0].party.kind != "person":
        return None
    if role not in ("actor", "signatory"):
        return None  # who is killed is killed himself
    offices = lexicon.classes["leader"] | _SPEAKERS
    titles = [noun for noun in (token, *children(token, "appos")) if lemma_of(noun) in offices]
    for title in titles:
        owners = children(title, "poss")
        owners += [noun for name, noun in prepositions(title) if name in ("of", "for")]
        for owner in owners:
            group = unnamed_party(owner, role, grounding, lexicon) if _is_group(owner) else None
            known = grounding.reference(owner)
            if group is not None and known is not None and len(known.members) == 1:
                party = known.members[0].party  # "the movement's secretary-general"
                group = msgspec.structs.replace(
                    group, name=party.name, kind=party.kind, country=party.country
                )
            if group is not None:
                person = reference.members[0].person or Person(name=reference.members[0].party.name)
                own = Trace(
                    report=grounding.parse.report.id, start=reference.start, end=reference.end
                )
                return msgspec.structs.replace(
                    group, people=(person,), evidence=(*group.evidence, own)
                )
    return None


def _is_group(noun: Token) -> bool:
    """Tell whether a noun of a phrase is of several or of a body, and no name."""
    return noun.pos_ == "NOUN" and not noun.text[:1].isupper()


def _opens_headline(token: Token) -> bool:
    """Tell whether a word has its capital from its place alone, and is taken for a name by it."""
    begins = token.left_edge.i == 0 or all(child.like_num for child in token.lefts)
    return kind_of(token) == "headline" and not token.ent_type_ and begins


def _opens_sentence(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a word for people has its capital from opening a sentence: "Rebels said"."""
    begins = lay_out(token.doc).begins[token.i] == token.i or token.nbor(-1).text in _DASHES
    if not begins or token.dep_ == "compound":
        return False
    if token.doc[token.i : token.i + 2][-1].ent_iob_ == "I":
        return False
    # Of a name the model knows no lemma.
    lemmas = (token.lower_.removesuffix("s"), lemma_of(token))
    return any(not lexicon.classes[name].isdisjoint(lemmas) for name in ("force", "people"))


def _aged(token: Token, role: Role, grounding: Grounding) -> Participant:
    """'A 19-year-old': somebody of whom nothing else is said."""
    span = token.doc[token.i - 4 : token.i + 1]
    return Participant(
        name=span.text,
        kind="population",
        country=_home(token, grounding),
        role=role,
        evidence=(Trace(report=grounding.parse.report.id, start=start_of(span), end=end_of(span)),),
    )


def _body(token: Token, role: Role, grounding: Grounding) -> Participant:
    """'Opposition groups in Zimbabwe': a body that no list knows, named in the report's words."""
    first = min((child.left_edge.i for child in token.lefts), default=token.i)
    span = token.doc[first : token.i + 1]
    named = token.text[:1].isupper()  # "the so-called Macomia Group" is the Macomia Group
    while len(span) > 1 and (_opens(span[0]) or (named and not span[0].text[:1].isupper())):
        span = span[1:]
    return Participant(
        name=span.text,
        kind="organisation",
        country=_home(token, grounding),
        role=role,
        evidence=(Trace(report=grounding.parse.report.id, start=start_of(span), end=end_of(span)),),
    )


def _opens(word: Token) -> bool:
    dated = word.like_num or names_month(word.doc, word.i)  # "25 Nov Rebels attack a post"
    return word.pos_ in ("DET", "NUM", "PUNCT", "ADP") or dated


def _home(token: Token, grounding: Grounding) -> str | None:
    """Return the country that a phrase places somebody in: "rebels in Darfur"."""
    holders = [token, *children(token, "acl")]
    for holder in holders:
        for name, noun in prepositions(holder):
            if name in ("in", "of", "from", "across", "near"):
                place = grounding.place(noun)
                if place is not None and place.country is not None:
                    return place.country
    return None


def party_of_place(token: Token, role: Role, grounding: Grounding) -> Participant | None:
    """Return whom a place in a slot stands for: "visited Russia", "links with Serbia".

    A country stands for its state, a town or region for its people.
    """
    place = grounding.place(token)
    if place is None or place.country is None:
        return None
    start, end = start_of(token), end_of(token)
    for entity in token.doc.ents:
        if entity.start <= token.i < entity.end:
            start, end = start_of(entity), end_of(entity)
    return Participant(
        name=place.name,
        kind="state" if place.precision == "country" else "population",
        country=place.country,
        role=role,
        evidence=(Trace(report=grounding.parse.report.id, start=start, end=end),),
    )
