"""What stands where in a sentence: subjects, objects, prepositions, governors.

Reads spaCy's dependency parse (ClearNLP labels) and turns the ways in which English
says a thing (active, passive, relative, reduced relative, coordinated, controlled) into
one: a word and its slots.  Nothing here knows what a word means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar

from spacy.tokens import Doc, Span, Token

from parley.parsing import kind_of
from parley.parsing.layout import lay_out

_Found = TypeVar("_Found")

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "obj", "dative", "iobj", "oprd"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "parataxis"})

# Verbs whose object, not subject, does what the infinitive says.
OBJECT_CONTROL = frozenset(
    "accuse allow appoint ask beg call cause compel convince direct drive enable encourage "
    "force forbid get have help instruct invite let lead make order permit persuade press "
    "pressure prevent push require send stop summon tell threaten_with urge warn want".split()
)

# Verbs that a headline tells in the past without an object and that nothing is done by; and
# those that aim at what a preposition names.
_NEVER_PASSIVE = frozenset(
    "agree appear argue arrive begin bleed break campaign cease clash collapse collide come "
    "continue crash demonstrate depart deteriorate die differ disappear end erupt escape "
    "escalate explode fail fall fight flare flee gather go happen intensify lead march meet occur "
    "perish protest quarrel rally reply respond resign resume retreat return riot rise say "
    "speak start starve stop struggle succumb surrender surge survive talk tell vanish visit vote "
    "vow walk withdraw work worsen".split()
)
# What a preposition hangs on a word as, or a word that bears one.
_BEARING = ("prep", "agent", "dative", "prt", "advmod")
# How far before the first word of a headline's subject another stands, a comma between.
_LISTED = 2
# What is always done to somebody, told or not.
_HARMING = frozenset(
    "abduct ambush arrest behead capture detain execute hijack injure kidnap kill murder overrun "
    "release shoot torch wound".split()
)
_AIMED = frozenset({"fire", "shout", "advance", "march", "rain", "land", "call", "turn"})

# How many coordinated verbs share a subject, a voice or an object: no sentence has more.
_CHAIN = 16
# Words each way.  Beyond them stands no sentence but a list or a damaged page.
_SENTENCE_REACH = 200

_QUANTITIES = frozenset(
    "hundred thousand million dozen score ten number group handful couple pair majority part "
    "ton tonne kg kilogram worth package piece series lot many some most all third half quarter "
    "rest bulk scores tens crowd wave member unit column convoy delegation".split()
)


def children(token: Token, *labels: str) -> list[Token]:
    """Return the dependents of a word that carry one of the labels, in order."""
    doc, i = token.doc, token.i
    layout = lay_out(doc)
    # Asked again and again, and mostly there is none.
    told = layout.labels[i]
    if told is None or told.isdisjoint(labels):
        return []
    return [doc[at] for label, at in layout.below[i] if label in labels]


def has_child(token: Token, *labels: str) -> bool:
    """Tell whether a word has a dependent that carries one of the labels."""
    told = lay_out(token.doc).labels[token.i]
    return told is not None and not told.isdisjoint(labels)


def lemmas_in(doc: Doc) -> frozenset[str]:
    """Return the lemmas that a paragraph has: what needs one of some asks for them first."""
    layout = lay_out(doc)
    known: frozenset[str] | None = layout.found.get("lemmas_in")
    if known is None:
        known = layout.found["lemmas_in"] = frozenset(layout.lemmas)
    return known


def lower_lemmas_in(doc: Doc) -> frozenset[str]:
    """Return the lemmas that a paragraph has, in lower case."""
    layout = lay_out(doc)
    known: frozenset[str] | None = layout.found.get("lower_lemmas_in")
    if known is None:
        known = frozenset(lemma.lower() for lemma in lemmas_in(doc))
        layout.found["lower_lemmas_in"] = known
    return known


def once_a_word(find: Callable[[Token], _Found]) -> Callable[[Token], _Found]:
    """Have what a function finds of a word kept with its paragraph: it is asked again and again.

    It finds something of each, which nobody changes.
    """

    @wraps(find)
    def ask(token: Token) -> _Found:
        known: dict[int, _Found] = lay_out(token.doc).found.setdefault(find.__name__, {})
        found = known.get(token.i)
        if found is None:
            found = known[token.i] = find(token)
        return found

    return ask


def _once(find: Callable[[Token], list[Token]]) -> Callable[[Token], list[Token]]:
    """Have a list that a function finds kept with the paragraph: each who asks has his own."""
    kept = once_a_word(find)

    @wraps(find)
    def ask(token: Token) -> list[Token]:
        return kept(token).copy()

    return ask


def conjuncts(token: Token) -> list[Token]:
    """Return a word and all that is coordinated behind it, in the order of the tree."""
    below = lay_out(token.doc).below
    found, waiting = [], [token.i]
    while waiting:
        word = waiting.pop()
        found.append(word)
        waiting += [i for label, i in reversed(below[word]) if label == "conj"]
    if len(found) == 1:
        return [token]
    doc = token.doc
    return [doc[i] for i in found]


def is_apart(clause: Token, above: Token) -> bool:
    """Tell whether a semicolon parts a clause from the verb behind it that heads it."""
    if clause.i > above.i:
        return False
    return any(token.text == ";" for token in clause.doc[clause.i : above.i])


def first_conjunct(token: Token) -> Token:
    """Return the word that a coordination starts with."""
    while token.dep_ == "conj" and token.head.pos_ == token.pos_:
        token = token.head
    return token


def is_verbal(token: Token) -> bool:
    """Tell whether a word heads a clause; "following" and "including" may be prepositions."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in ("prep", "mark")


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is in the passive voice, reduced relatives included."""
    known = lay_out(verb.doc).found.setdefault("is_passive", {})
    found: bool | None = known.get(verb.i)
    if found is None:
        found = known[verb.i] = _is_passive(verb)
    return found


def _is_passive(verb: Token) -> bool:
    for _ in range(_CHAIN):
        if has_child(verb, "nsubjpass", "auxpass"):
            return True
        if verb.dep_ != "conj" or not is_verbal(verb.head) or has_child(verb, "aux"):
            break
        if has_child(verb, "nsubj") and (has_child(verb, "dobj") or verb.head.tag_ != "VBN"):
            # But "two were killed and five wounded".
            break
        if verb.tag_ != "VBN":
            return False
        verb = verb.head
    if verb.dep_ in ("acl", "amod", "relcl") and verb.tag_ == "VBN":
        return not has_child(verb, "nsubj", "aux", "dobj")
    if _is_bare(verb) and (
        kind_of(verb) == "headline" or _is_put_to_death(verb) or _is_telegraphed(verb)
    ):
        return True
    if verb.dep_ in ("xcomp", "oprd") and verb.tag_ == "VBN" and verb.head.lemma_ == "find":
        # "were found shot dead"
        return not has_child(verb, "nsubj", "aux", "dobj")
    if _is_circumstance(verb):
        return True
    return verb.dep_ == "advcl" and verb.tag_ == "VBN" and not has_child(verb, "nsubj", "aux")


def _is_circumstance(verb: Token) -> bool:
    """'With dozens injured', 'with the border closed': to whom stands first it was done."""
    if verb.tag_ not in ("VBN", "VBD") or verb.lemma_ in _NEVER_PASSIVE:
        return False
    if not has_child(verb, "nsubj") or has_child(verb, "aux", "dobj", "ccomp", "xcomp"):
        return False
    above = verb.head if verb.dep_ == "pcomp" else None
    marks = [*children(verb, "mark", "prep"), *([above] if above is not None else [])]
    return any(mark.lower_ == "with" and mark.i < verb.left_edge.i + 1 for mark in marks)


def _is_bare(verb: Token) -> bool:
    """Tell whether a participle without an object has its auxiliary left out: "Man shot"."""
    if verb.tag_ not in ("VBN", "VBD") or verb.lemma_ in _NEVER_PASSIVE:
        return False
    if not has_child(verb, "nsubj") or has_child(verb, "aux", "dative", "ccomp", "xcomp", "prt"):
        return False
    aimed = any(child.lower_ in ("at", "on", "upon") for child in children(verb, "prep"))
    if aimed and verb.lemma_ in _AIMED:  # "Police fired at marchers"
        return False
    return all(noun.lemma_ == "time" for noun in children(verb, "dobj"))


def _is_telegraphed(verb: Token) -> bool:
    """'Pastor shot in Goma. Two rebels captured.', 'May 28: soldier killed': as a headline has it.

    Such a sentence is short of articles, and has no other verb.
    """
    if verb.dep_ != "ROOT" or verb.lemma_ not in _HARMING or has_child(verb, "conj", "cc"):
        return False
    own = children(verb, "nsubj")
    if any(has_child(noun, "det", "poss") or noun.pos_ == "PRON" for noun in own):
        return False
    behind = verb.doc[verb.i + 1 : verb.i + 2]
    return not behind or behind[0].is_punct or behind[0].pos_ in ("ADP", "NUM", "PROPN", "NOUN")


def _is_put_to_death(verb: Token) -> bool:
    """'The man shot to death outside a bar', taken for a clause: who shoots so shoots somebody."""
    dead = any(child.lower_ == "dead" for child in children(verb, "oprd", "acomp", "advmod"))
    return dead or any(name == "to" and noun.lemma_ == "death" for name, noun in prepositions(verb))


@_once
def subjects(verb: Token) -> list[Token]:
    """Return who is the grammatical subject of a verb, found through control and relatives.

    In the passive that is what the verb is done to.
    """
    return _subjects(verb, 0)


def _subjects(verb: Token, depth: int) -> list[Token]:
    if depth > _CHAIN:
        return []
    own = children(verb, *SUBJECTS)
    for _ in range(_CHAIN):
        if own or verb.dep_ != "conj" or not is_verbal(verb.head):
            break
        verb = verb.head
        own = children(verb, *SUBJECTS)
    if own:
        told = [noun for subject in own for noun in conjuncts(antecedent(subject, verb))]
        return [*_listed_before(own[0], verb), *told]
    if verb.dep_ == "acl":
        return _acl_subject(verb)
    if verb.dep_ in ("xcomp", "advcl", "ccomp") and is_verbal(verb.head):
        governor = verb.head
        if verb.dep_ == "advcl" and verb.tag_ == "VBG" and _says_passively(governor):
            return _subjects(governor.head, depth + 1)
        if verb.dep_ == "xcomp" and governor.lemma_ in OBJECT_CONTROL:
            controlled = objects(governor)
            if controlled:
                return controlled
        return _subjects(governor, depth + 1)
    if verb.dep_ in ("xcomp", "acomp", "attr", "oprd") and is_verbal(verb.head):
        return _subjects(verb.head, depth + 1)
    if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ" and is_verbal(verb.head.head):
        # "are likely to meet"
        return _subjects(verb.head.head, depth + 1)
    if verb.dep_ == "ROOT":
        return _mislabelled(verb)
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        above = verb.head.head
        charging = _charging(verb.head)
        if charging is not None:
            return _subjects(charging, depth + 1) if is_passive(charging) else objects(charging)
        if is_verbal(above):
            controlled = objects(above) if above.lemma_ in OBJECT_CONTROL | {"blame"} else []
            return controlled or _subjects(above, depth + 1)
    return []


def _charging(of: Token) -> Token | None:
    """Return the verb of accusing whose "of" hangs on a noun: "accused the rebels of killing"."""
    noun = of.head
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.dep_ == "agent" else noun.head
    charged = of.lower_ == "of" and noun.pos_ in ("NOUN", "PROPN")
    aimed = noun.dep_ == "dobj" or above != noun.head
    return above if charged and aimed and above.lemma_ in _CHARGING else None


def _listed_before(subject: Token, verb: Token) -> list[Token]:
    """'Army, rebels sign truce': a headline's comma stands for "and", its verb is in the plural."""
    at = subject.left_edge.i
    if verb.tag_ not in ("VBP", "VB") or at < _LISTED or kind_of(verb) != "headline":
        return []
    comma, noun = verb.doc[at - 1], verb.doc[at - _LISTED]
    opens = noun.left_edge.i == 0 or verb.doc[noun.left_edge.i - 1].text == ":"
    named = noun.pos_ in ("NOUN", "PROPN") and noun.ent_type_ not in ("DATE", "TIME")
    return [noun] if comma.text == "," and opens and named else []


def _says_passively(verb: Token) -> bool:
    """'X said that the post was set up, citing ...': the participle is the speaker's."""
    return (
        verb.dep_ == "ccomp"
        and is_verbal(verb.head)
        and is_passive(verb)
        and not agents(verb)
        and has_child(verb.head, "nsubj")
    )


def _mislabelled(verb: Token) -> list[Token]:
    """A lone name in front of a finite verb is its subject, whatever the parse calls it."""
    return [
        child
        for child in verb.lefts
        if child.dep_ in ("npadvmod", "dep", "nmod", "dobj")
        and child.ent_type_ in ("GPE", "ORG", "PERSON", "NORP")
    ][:1]


def _acl_subject(verb: Token) -> list[Token]:
    """A participle behind a noun belongs to it; an infinitive may belong to the clause above."""
    noun = verb.head
    if verb.tag_ in ("VBN", "VBG", "VBD"):
        return conjuncts(noun) if noun.dep_ != "conj" else [noun]
    above = clause_verb(noun)
    return subjects(above) if above is not None and above != verb else []


def antecedent(subject: Token, verb: Token) -> Token:
    """Return what a relative pronoun in the clause of a verb stands for, other nouns themselves."""
    if verb.dep_ == "relcl" and subject.tag_ in ("WDT", "WP") and verb.head != verb:
        return verb.head
    return subject


@_once
def objects(verb: Token) -> list[Token]:
    """Return the direct and indirect objects of a verb, relative antecedents included."""
    for _ in range(_CHAIN):
        found = []
        for child in children(verb, *OBJECTS):
            found += conjuncts(antecedent(child, verb))
        if not found and verb.dep_ == "relcl" and not is_passive(verb):
            own = children(verb, "nsubj")
            if own and own[0].tag_ not in ("WDT", "WP"):
                found = [verb.head]
        sharing = [c for c in children(verb, "conj") if is_verbal(c) and c.i - verb.i <= 2]
        if found or not sharing:
            return found
        verb = sharing[0]
    return []


def prepositions(token: Token) -> list[tuple[str, Token]]:
    """Return (preposition, noun) for all that hangs on a word by a preposition.

    Coordinated nouns come one by one; "on the territory of X" gives both levels only as
    far as the first noun.  The agent of a passive comes as "by".
    """
    layout, i = lay_out(token.doc), token.i
    labels = layout.labels[i]
    if labels is None or labels.isdisjoint(_BEARING):
        return []
    known = layout.found.setdefault("prepositions", {})
    found: list[tuple[str, Token]] | None = known.get(i)
    if found is None:
        found = known[i] = list(_prepositions(token))
    return found.copy()


def _prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    for child in children(token, *_BEARING):
        name = child.lower_
        if name in ("according", "citing", "quoting"):
            continue
        if child.dep_ != "advmod":
            for inner in children(child, "pobj", "pcomp", "prep"):
                if inner.dep_ != "prep":
                    for noun in conjuncts(inner):
                        yield name, noun
                else:
                    for noun in children(inner, "pobj"):
                        for each in conjuncts(noun):
                            yield inner.lower_, each
            for other in children(child, "conj"):
                if other.lower_ == name == "of":  # "of the government and of the front"
                    for noun in children(other, "pobj"):
                        for each in conjuncts(noun):
                            yield other.lower_, each
        else:
            for inner in children(child, "prep"):
                for noun in children(inner, "pobj"):
                    yield inner.lower_, noun


# Of whose object what stands behind "of" is said.
_CHARGING = frozenset({"accuse", "suspect"})
# Behind the nouns of these a passive's "by" may stand.
_BEFORE_AGENT = frozenset({"to", "with", "under"})


def agents(verb: Token) -> list[Token]:
    """Return who a passive is done by, be he hung on the noun before: "sentenced to death by X"."""
    told = prepositions(verb)
    found = [noun for name, noun in told if name == "by" and noun.dep_ != "pcomp"]
    if found or verb.tag_ != "VBN":
        return found
    return [
        doer
        for name, noun in told
        if name in _BEFORE_AGENT
        for by, doer in prepositions(noun)
        if by == "by" and doer.dep_ != "pcomp" and doer.ent_type_ not in ("DATE", "TIME")
    ]


def is_said_of(noun: Token) -> bool:
    """Tell whether a noun only says who the one before it is: "a U.N. observer, a Danish major"."""
    one = noun.dep_ == "appos" and noun.head.tag_ in ("NN", "NNP")
    return one and any(word.lower_ in ("a", "an") for word in children(noun, "det"))


@once_a_word
def whole_of(noun: Token) -> Token:
    """Return what a quantity is a quantity of: "people" for "hundreds of thousands of people"."""
    at = noun
    for _ in range(4):
        inner = [
            child
            for prep in children(at, "prep")
            if prep.lower_ == "of"
            for child in children(prep, "pobj")
        ]
        if not inner or not (at.like_num or at.lemma_.lower() in _QUANTITIES):
            return at
        at = inner[0]
    return at


def clause_verb(token: Token) -> Token | None:
    """Return the verb whose clause a word stands in, None in a verbless headline."""
    at = token.head
    for _ in range(40):
        if is_verbal(at):
            return at
        if at.head == at:
            return None
        at = at.head
    return None


def ancestors(token: Token) -> Iterator[Token]:
    """Yield the words above a word, nearest first."""
    doc, at = token.doc, token.i
    heads = lay_out(doc).heads
    for _ in range(60):
        if heads[at] == at:
            return
        at = heads[at]
        yield doc[at]


def near(token: Token) -> Span:
    """Return the sentence of a word, no further than a sentence of a newspaper reaches."""
    layout, i = lay_out(token.doc), token.i
    start, end = layout.begins[i], layout.ends[i]
    return token.doc[max(start, i - _SENTENCE_REACH) : min(end, i + _SENTENCE_REACH)]


def phrase(head: Token) -> tuple[int, int]:
    """Return the token bounds of a noun's phrase without its clauses: start, end (exclusive)."""
    left = head
    for child in head.lefts:
        if child.dep_ not in CLAUSES:
            left = min(left, child.left_edge, key=lambda token: token.i)
    return left.i, head.i + 1
