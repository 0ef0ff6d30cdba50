"""Arguments: which words fill the slots of a trigger.

A slot is `subject` (who does it, whatever the voice), `object`, a preposition, `possessive`
("Israel's raid"), `modifier` ("the Turkish strike", "Armenia-Azerbaijan talks"), or one of
the roles `mediator`, `host`, `observer` where the words around the trigger name it outright
("a U.S.-brokered truce", "under the auspices of the OSCE").
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from spacy.tokens import Token

from parley.coding.clauses import TRANSPARENT, outer_noun
from parley.coding.counts import is_harm
from parley.coding.governors import load_governors
from parley.coding.lexicon import TEMPLATES, SlotRole
from parley.coding.syntax import (
    agents,
    children,
    clause_verb,
    conjuncts,
    first_conjunct,
    is_passive,
    is_verbal,
    near,
    objects,
    prepositions,
    subjects,
)
from parley.coding.triggers import Trigger, once
from parley.coding.words import agreement_words, speech_words
from parley.parsing.layout import lay_out

# "Officials put the death toll at 52": who gives the figure did nothing.
_TOLLS = frozenset({"toll", "death", "fatality", "casualty"})
_MEANS = frozenset({"telephone", "phone", "radio", "video"})
# How many words a line's label may have behind its noun: "Robertkiri (Chevron flow station):".
_LABEL = 6
# Nouns in whose phrase the clause's subject takes part: "at talks", "after a meeting".
_SHARING = frozenset({"at", "in", "during", "after", "following", "for", "to", "with", "of", "on"})
# Of which the object tells the sides: whose envoy to whom, between whom a border is.
_BY_OBJECT = frozenset({"recall_envoy", "way_opened"})
# What who speaks calls himself in his own words, and in those of others.
_FIRST = frozenset({"i", "we"})
_SELVES = frozenset({"it", "they", "he", "she", "we"})
# What is done in words: by whom they are is who acts.
_WORDS = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
# What talks do to those who hold them: "talks involving A and B".
_JOINING = frozenset({"involve", "include", "pit", "unite"})


class Argument(Struct, frozen=True):
    """A word in a slot, and the role that the frame gives to the slot."""

    slot: str
    role: SlotRole
    token: Token


@once
def find_arguments(trigger: Trigger) -> tuple[Argument, ...]:
    """Return the arguments of a trigger, its governor's and its partner's included."""
    found = list(_own(trigger))
    if trigger.partner is not None:
        found += [
            _faced(argument, trigger)
            for argument in _own(trigger.partner)
            if argument.slot != "object" and argument.token.i != trigger.head.i
        ]
    named = trigger if trigger.pos == "noun" else trigger.partner
    blamed = blamed_for(named.head) if named is not None and named.pos == "noun" else []
    found = [argument for argument in found if argument.token not in blamed]
    blamed += _claiming(trigger) if trigger.frame.type == "ASSAULT" else []
    found += [Argument("by", "actor", token) for token in blamed]
    seen: set[tuple[int, str]] = set()
    kept = []
    for argument in found:
        key = (argument.token.i, argument.role)
        if argument.slot == "subject" and is_label(argument.token, trigger.predicate):
            continue
        if argument.role == "actor" and is_source(argument.token):
            continue
        if argument.role != "none" and key not in seen:
            seen.add(key)
            kept.append(argument)
    return tuple(kept)


def is_source(word: Token) -> bool:
    """Tell whether a word names who counted or told: "by the army's count", "by its account"."""
    noun = word.head if word.dep_ in ("poss", "compound", "nmod") else word
    if word.dep_ == "pobj" and word.head.lower_ == "of":
        noun = word.head.head
    counted = noun.lemma_.lower() in speech_words().reckonings
    return counted and noun.dep_ == "pobj" and noun.head.lower_ == "by"


def is_label(word: Token, verb: Token) -> bool:
    """Tell whether a word only heads a line, a colon behind it: "Gao: the army shelled a village".

    Who speaks of himself so does what he says: "MNLA: we shelled the post".
    """
    lowers, after = lay_out(word.doc).lowers, word.i + 1
    behind = lowers[after : min(verb.i, after + _LABEL)]
    # Few words have one behind them: so it is asked for first.
    if ":" not in behind or word.left_edge.i != near(word).start:
        return False
    return not {"we", "our", "i"}.intersection(lowers[after + behind.index(":") : verb.i + 1])


def blamed_for(noun: Token) -> list[Token]:
    """Return who is said to have done a deed: "blamed the raid on X", "blamed X for the raid"."""
    outer = outer_noun(noun)
    if outer.dep_ in ("dobj", "nsubjpass") and outer.head.lemma_ == "blame":
        return _blamed_on(outer)
    above = outer.head
    ascribed = load_governors().ascribing.get(above.lemma_) if is_verbal(above) else None
    if ascribed and outer.dep_ in ("dobj", "nsubjpass"):
        return [each for name, each in prepositions(above) if name == ascribed]
    if outer.dep_ != "pobj":
        return []
    above = outer.head.head
    if outer.head.lower_ == "for":
        held = objects(above) if is_verbal(above) else [above]
        credit = next((n for n in held if n.lemma_.lower() in load_governors().credits), None)
        if credit is not None:
            return _credited(credit, outer)
    if above.lemma_ == "be" and outer.head.lower_ == "behind":
        return owners(above)
    if load_governors().owning.get(above.lemma_) == outer.head.lower_ and is_verbal(above):
        return [] if is_passive(above) else subjects(above)
    if above.lemma_ == "responsible" and outer.head.lower_ == "for":
        return _held_responsible(above)
    if load_governors().blaming.get(above.lemma_) != outer.head.lower_ or not is_verbal(above):
        return []
    return subjects(above) if is_passive(above) else objects(above)


def _credited(noun: Token, deed: Token) -> list[Token]:
    """Return who takes it upon himself, or on whom it is put: "took credit for the killing"."""
    verb, governors = noun.head, load_governors()
    if noun.dep_ not in ("dobj", "nsubjpass") or not is_verbal(verb):
        return []
    if verb.lemma_ in governors.taking:
        return agents(verb) if is_passive(verb) else subjects(verb)
    if verb.lemma_ not in governors.putting:
        return []
    told = [*prepositions(deed), *prepositions(noun), *prepositions(verb)]
    return [each for name, each in told if name == "on" and each.ent_type_ not in ("DATE", "TIME")]


def owners(verb: Token) -> list[Token]:
    """Return who says of himself that he was behind a deed: "the group said it was behind it"."""
    own = [noun for noun in children(verb, "nsubj") if noun.lower_ in _SELVES]
    said = verb.dep_ == "ccomp" and verb.head.lemma_ in speech_words().verbs
    denied = children(verb, "neg") or (said and verb.head.lemma_ in speech_words().denies)
    return own if said and not denied else []


def _claiming(trigger: Trigger) -> list[Token]:
    """Return who claims a deed: "the group claimed the shooting"."""
    noun = outer_noun(trigger.head)
    if trigger.pos != "noun" or noun.dep_ != "dobj" or noun.head.lemma_ != "claim":
        return []
    return [] if is_passive(noun.head) else subjects(noun.head)


def _blamed_on(noun: Token) -> list[Token]:
    told = [*prepositions(noun), *prepositions(noun.head)]
    on = [each for name, each in told if name == "on" and each.ent_type_ not in ("DATE", "TIME")]
    last = max((each.head.i for each in on if each.dep_ == "pobj"), default=None)
    return [each for each in on if first_conjunct(each).head.i == last]


def _held_responsible(adjective: Token) -> list[Token]:
    """'Held X responsible for it', 'X was responsible for it': X did it."""
    own = [noun for subject in children(adjective, "nsubj") for noun in conjuncts(subject)]
    verb = adjective.head
    if own or not is_verbal(verb):
        return own
    if verb.lemma_ == "be" or is_passive(verb):
        return subjects(verb)
    return [noun for noun in objects(verb) if noun != adjective]


def _faced(argument: Argument, trigger: Trigger) -> Argument:
    """Return an argument of a verb's noun as the verb has it.

    'X suspended its treaty with Y': the other side of what ends is whom it is done to.  'Stormed a
    police checkpoint': so is whoever keeps what is struck.
    """
    if trigger.frame.type == "SUPPORT" and argument.role == "actor" and _is_made(trigger.partner):
        # "France welcomed the truce between A and B": these two are praised.
        return Argument(argument.slot, "recipient", argument.token)
    kept = trigger.partner is not None and trigger.partner.frame.type != "ASSAULT"
    if kept and trigger.frame.type == "ASSAULT" and argument.role == "actor":
        return Argument(argument.slot, "recipient", argument.token)
    ending = trigger.frame.type in ("SANCTION", "REJECT") and trigger.frame.template == "directed"
    if ending and argument.slot in ("with", "between") and argument.role == "actor":
        return Argument(argument.slot, "recipient", argument.token)
    return argument


def _is_made(partner: Trigger | None) -> bool:
    return partner is not None and partner.frame.type in ("AGREE", "CONSULT", "RETREAT", "CONCEDE")


def _own(trigger: Trigger) -> Iterator[Argument]:
    if trigger.pos == "noun":
        yield from _of_noun(trigger)
    else:
        yield from _of_verb(trigger)


def _role(trigger: Trigger, slot: str) -> SlotRole:
    return trigger.frame.roles.get(slot, "none")


def _of_verb(trigger: Trigger) -> Iterator[Argument]:
    verb = trigger.head
    if trigger.pos == "adjective" and not is_verbal(verb):
        yield from _of_adjective(trigger)
        return
    partner = trigger.partner.head.i if trigger.partner is not None else -1
    if is_passive(verb):
        for noun in agents(verb):
            yield Argument("subject", _role(trigger, "subject"), noun)
        for noun in subjects(verb):
            yield Argument("object", _role(trigger, "object"), noun)
    else:
        for noun in subjects(verb):
            yield Argument("subject", _role(trigger, "subject"), _speaking(noun, trigger))
    for noun in [*objects(verb), *_let_do(verb)]:
        if noun.i != partner:
            yield Argument("object", _role(trigger, "object"), noun)
    if trigger.frame.name in _BY_OBJECT:
        yield from _of_object(trigger, verb)
    yield from _prepositional(trigger, verb, skip_by=is_passive(verb))
    for name, noun in _by_means(verb):
        yield Argument(name, _role(trigger, name), noun)
    yield from _outright(verb)


def _speaking(noun: Token, trigger: Trigger) -> Token:
    """Return who speaks of himself, where he is no more than "I": "I appeal to them," X said."""
    verb = trigger.head
    above = verb.head
    quoted = verb.dep_ == "ccomp" and above.lemma_ in speech_words().verbs and verb.i < above.i
    if noun.lower_ not in _FIRST or trigger.frame.type not in _WORDS or not quoted:
        return noun
    return next(iter(subjects(above)), noun)


def _of_object(trigger: Trigger, verb: Token) -> Iterator[Argument]:
    """Yield who is told beside what is done: "its envoy to X", "the border between X and Y"."""
    passive = is_passive(verb)
    for noun in subjects(verb) if passive else objects(verb):
        for name, side in prepositions(noun):
            if name in trigger.frame.roles:
                yield Argument(name, _role(trigger, name), side)
        if passive and not agents(verb):
            for owner in children(noun, "poss"):
                yield Argument("possessive", _role(trigger, "possessive"), owner)


def _let_do(verb: Token) -> list[Token]:
    """Return who is let go, whom the parse takes for the subject of going: "let 18 captives go"."""
    if verb.lemma_ != "let":
        return []
    released = [clause for clause in children(verb, "ccomp") if clause.lemma_ == "go"]
    return [noun for clause in released for noun in subjects(clause)]


def _by_means(verb: Token) -> Iterator[tuple[str, Token]]:
    """Yield what a parser hangs on the telephone: "spoke by telephone with X"."""
    for name, noun in prepositions(verb):
        if name == "by" and noun.lemma_.lower() in _MEANS:
            yield from prepositions(noun)


def _of_adjective(trigger: Trigger) -> Iterator[Argument]:
    """'X is ready for talks with Y': the subject of the copula; prepositions of the adjective."""
    word = trigger.head
    above = word.head if is_verbal(word.head) else None
    if word.dep_ == "amod" and word.i > word.head.i and word.head.dep_ == "dobj":
        # "The rebels held the army responsible": what the verb's subject thinks of its object.
        for noun in subjects(word.head.head):
            yield Argument("subject", _role(trigger, "subject"), noun)
        yield Argument("object", _role(trigger, "object"), word.head)
    elif word.dep_ == "amod":
        yield Argument("subject", _role(trigger, "subject"), word.head)
    elif above is not None:
        for noun in subjects(above):
            yield Argument("subject", _role(trigger, "subject"), noun)
    yield from _prepositional(trigger, word, skip_by=False)


def _prepositional(trigger: Trigger, word: Token, *, skip_by: bool) -> Iterator[Argument]:
    for name, noun in prepositions(word):
        if (name == "by" and skip_by) or noun.dep_ == "pcomp":
            continue
        if name == "between" and any(children(n, "conj") for n in children(noun, "nummod")):
            continue  # "killed between six and eight people"
        if name == "at" and noun.lemma_.lower() == "hand":
            for inner, doer in prepositions(noun):
                if inner == "of":  # "died at the hands of bandits"
                    yield Argument("by", _role(trigger, "by"), doer)
            continue
        role = _role(trigger, name)
        if name == "by" and trigger.pos == "noun" and trigger.frame.type in _WORDS:
            role = "actor"  # "the accusation by Chad"
        yield Argument(name, role, noun)
        if name == "of" and trigger.pos == "noun":
            # "an exchange of prisoners between A and B"
            for inner, side in prepositions(noun):
                if inner == "between":
                    yield Argument(inner, _role(trigger, inner), side)


def _of_noun(trigger: Trigger) -> Iterator[Argument]:
    outer = outer_noun(trigger.head)
    for noun in dict.fromkeys((trigger.head, outer)):
        yield from _modifiers(trigger, noun)
        yield from _prepositional(trigger, noun, skip_by=False)
        yield from _outright(noun)
        for clause in children(noun, "acl", "relcl"):
            for party in _joined_by(clause):
                yield Argument("between", _role(trigger, "between"), party)
    verb = trigger.governor
    if verb is None:
        yield from _shared(trigger, outer)
        return
    governors = load_governors()
    as_subject = outer.dep_ in ("nsubj",) or (outer.dep_ == "nsubjpass")
    if not as_subject and trigger.head.lemma_.lower() not in _TOLLS:
        engaged = outer.dep_ == "pobj" and outer.head.lower_ == "in"
        asked = trigger.frame.type == "REQUEST" and verb.lemma_ in governors.giving_in
        role: SlotRole = "recipient" if asked else trigger.governor_role
        for noun in agents(verb) if is_passive(verb) and not engaged else subjects(verb):
            yield Argument("subject", role, noun)
    elif is_passive(verb):
        for noun in agents(verb):
            role = governors.objects.get(verb.lemma_, ("actor", "held"))[0]
            yield Argument("subject", role, noun)
    yield from _prepositional_of_governor(trigger, verb)
    yield from _outright(verb)


def _joined_by(clause: Token) -> Iterator[Token]:
    """Yield whom a clause on a meeting says to meet: "talks that bring together A and B".

    And between whom others lead it: "talks facilitated by the envoy between A and B".
    """
    together = any(child.lower_ == "together" for child in children(clause, "advmod", "prt"))
    if clause.lemma_ in _JOINING or (together and clause.lemma_ == "bring"):
        yield from objects(clause)
    elif clause.lemma_ in load_governors().mediating:
        for word in (clause, *agents(clause)):
            yield from (party for name, party in prepositions(word) if name == "between")


def _prepositional_of_governor(trigger: Trigger, verb: Token) -> Iterator[Argument]:
    """'X held talks on Friday with Y': what belongs to the noun often hangs on the verb."""
    sent = trigger.frame.type in _WORDS and verb.lemma_ in load_governors().sending
    for name, noun in prepositions(verb):
        if name in ("with", "between", "against", "among") and noun.dep_ != "pcomp":
            yield Argument(name, _role(trigger, name), noun)
        elif name == "to" and sent:
            yield Argument(name, "recipient", noun)  # "an appeal was addressed to X"
        elif name == "from" and verb.lemma_ == "come" and trigger.frame.type == "ASSAULT":
            yield Argument(name, "actor", noun)  # "the shots came from the army"


def _modifiers(trigger: Trigger, noun: Token) -> Iterator[Argument]:
    governors = load_governors()
    for child in noun.children:
        if child.dep_ == "poss":
            for owner in conjuncts(child):
                yield Argument("possessive", _role(trigger, "possessive"), owner)
        elif child.dep_ in ("amod", "compound", "nmod") and child.i < noun.i:
            yield from _modifier(trigger, child, governors.mediating)


def _modifier(trigger: Trigger, child: Token, mediating: object) -> Iterator[Argument]:
    mediators = load_governors().mediating
    role = mediators.get(child.lemma_.lower()) or _hyphenated(child)
    if role is not None:
        for inner in child.children:
            if inner.dep_ in ("npadvmod", "compound", "amod", "nsubj", "nmod", "advmod", "dep"):
                yield Argument(role, role, inner)
        if "-" in child.text:
            yield Argument(role, role, child)
        return
    for word in conjuncts(child):
        yield Argument("modifier", _role(trigger, "modifier"), word)
        for inner in children(word, "amod", "compound", "nmod", "npadvmod"):
            if inner.i < noun_index(word):
                yield Argument("modifier", _role(trigger, "modifier"), inner)


def noun_index(word: Token) -> int:
    """Return a word's index: what stands left of it modifies it."""
    return word.i


def _hyphenated(child: Token) -> SlotRole | None:
    """Return the role that a compound such as "Russian-brokered" names, if it is one word."""
    tail = child.lower_.rsplit("-", 1)[-1] if "-" in child.text else ""
    for stem, role in load_governors().mediating.items():
        if tail and (tail.startswith(stem[:-1]) and tail.endswith("ed")):
            return role
    return None


def _outright(word: Token) -> Iterator[Argument]:
    """Mediators, hosts and observers that the words around name as such."""
    governors = load_governors()
    for child in children(word, "acl", "relcl", "advcl"):
        role = governors.mediating.get(child.lemma_.lower())
        if role is not None and (child.tag_ in ("VBN", "VBD") or is_passive(child)):
            for noun in agents(child):
                yield Argument(role, role, noun)
        elif role is not None and child.dep_ == "relcl":
            for noun in children(child, "nsubj"):
                if noun.tag_ not in ("WDT", "WP"):
                    for each in conjuncts(noun):
                        yield Argument(role, role, each)
    for name, noun in prepositions(word):
        lemma = noun.lemma_.lower()
        if lemma in governors.mediating_nouns:
            for owner in _owners(noun):
                yield Argument("mediator", "mediator", owner)
        elif lemma in governors.observing_nouns:
            for owner in _owners(noun):
                yield Argument("observer", "observer", owner)
        elif name == "with" and _is_mediator(noun):
            for each in conjuncts(noun):
                yield Argument("mediator", "mediator", each)
        elif name in ("under", "through", "via") and lemma not in TRANSPARENT | agreement_words():
            yield Argument("mediator", "mediator", noun)


def _is_mediator(noun: Token) -> bool:
    """Tell whether somebody meets with others as who brings them together: "with X as mediator"."""
    known = load_governors().mediators
    acting = [noun, *children(noun, "acl"), *children(noun.head.head, "prep")]
    return any(
        name == "as" and other.lemma_.lower() in known and noun.i < other.i
        for word in acting
        for name, other in [*prepositions(word), *_of_preposition(word)]
    )


def _of_preposition(word: Token) -> Iterator[tuple[str, Token]]:
    """Yield a preposition itself with what it governs."""
    if word.dep_ == "prep":
        for other in children(word, "pobj"):
            yield word.lower_, other


def _owners(noun: Token) -> list[Token]:
    found = [
        owner for child in children(noun, "poss", "amod", "compound") for owner in conjuncts(child)
    ]
    return found + [inner for name, inner in prepositions(noun) if name in ("of", "by", "from")]


def _shared(trigger: Trigger, outer: Token) -> Iterator[Argument]:
    """'they agreed in a meeting', 'he said after talks with X': the clause's subject was there."""
    if trigger.frame.roles is None or outer.dep_ != "pobj":
        return
    if outer.head.lower_ not in _SHARING or trigger.frame.type != "CONSULT":
        return
    verb = clause_verb(outer)
    if verb is None or trigger.frame.template != "mutual" or is_harm(verb):
        return  # whoever kills at a meeting does not meet
    for noun in agents(verb) if is_passive(verb) else subjects(verb):
        yield Argument("shared", "actor", noun)


def complement_arguments(trigger: Trigger) -> Iterator[Argument]:
    """Yield whom an act of speech or will is aimed at, from what it governs.

    "demanded that Sudan return the helicopter", "threatened to break relations with
    Russia", "refused to deploy peacekeepers in Iraq".
    """
    for clause in children(trigger.predicate, "ccomp", "xcomp", "advcl"):
        if clause.dep_ == "advcl" and not (
            any(child.lower_ == "to" for child in children(clause, "aux"))
            or any(child.lower_ in ("if", "unless") for child in children(clause, "mark"))
        ):
            continue
        own = children(clause, "nsubj", "nsubjpass")
        for noun in own:
            for each in conjuncts(noun):
                yield Argument("subject", "recipient", each)
        for noun in objects(clause):
            yield Argument("object", "recipient", noun)
        for name, noun in prepositions(clause):
            if name in TEMPLATES["directed"] or name in ("from", "in", "for", "into", "at"):
                yield Argument(name, "recipient", noun)
    for clause in children(trigger.predicate, "prep"):
        for gerund in children(clause, "pcomp"):
            for noun in objects(gerund):
                yield Argument("object", "recipient", noun)
            for name, noun in prepositions(gerund):
                if name in ("with", "against", "on", "to", "from"):
                    yield Argument(name, "recipient", noun)
