"""Did it happen?  The status of a trigger from tense, modality, negation and what governs it.

In: a trigger.  Out: a `Status`, or None where the words tell no event at all (a condition,
a purpose, a possibility).  Times and speakers are not looked at here: a window that lies
ahead and a speaker who only claims are weighed by the coder, which sees both.
"""

from __future__ import annotations

from spacy.tokens import Token

from parley.coding.aftermath import aftermath_over, is_claim, takes_for_real
from parley.coding.clauses import is_named_by_day, outer_noun
from parley.coding.nearing import words_before
from parley.coding.syntax import (
    SUBJECTS,
    children,
    clause_verb,
    is_apart,
    is_passive,
    is_verbal,
    prepositions,
)
from parley.coding.triggers import Trigger, once
from parley.coding.words import factuality_words, speech_words
from parley.model import Status
from parley.parsing import kind_of
from parley.parsing.layout import lay_out

# How deep a clause may be nested before its truth is no longer followed.
_DEPTH = 8
_VOICED = frozenset("demand protest denounce condemn urge call request express thank".split())
# A meeting that "did not take place" had been planned.
_HELD = frozenset(
    {"take", "happen", "occur", "hold", "proceed", "go", "materialise", "materialize"}
)

_ARRANGED = frozenset({"CONSULT", "RETREAT", "AID", "CONCEDE", "MOBILIZE"})
_PLANS = frozenset({"scheduled", "expected", "proposed"})
_NEVER = frozenset({"never", "hardly", "nobody", "none"})
_NEGATING = frozenset({"det", "preconj", "neg", "cc", "advmod"})
# "The attack would be a mistake": nothing is taken for granted.
_SUPPOSING = frozenset({"would", "could", "can", "will", "should", "must", "'ll", "’ll", "'d"})
_BEING = frozenset({"be", "appear", "seem"})
_PRESENT = frozenset({"VBP", "VBZ"})
_WHOEVER = frozenset({"whoever", "whosoever", "anyone", "anybody", "everyone", "everybody"})


@once
def judge(trigger: Trigger) -> Status | None:
    """Return what the sentence makes of the happening, None if it tells none."""
    words = factuality_words()
    if is_asked(trigger.predicate):
        return None
    if trigger.effect == "averted":
        return None
    if trigger.pos == "noun":
        if words_before(trigger.head):
            return None
        told = _told_by_modifiers(trigger.head) or _told_by_modifiers(outer_noun(trigger.head))
        if trigger.effect == "called_off" and told in (None, "called_off", "denied"):
            told = None if _broke_down(trigger) else "called_off"
        if told in _PLANS and trigger.governor is not None:
            # "A planned meeting fell through", "did not take place".
            void = trigger.effect == "called_off" or _of_verb(trigger.governor, 0) == "denied"
            told = "called_off" if void else told
        if told is not None:
            return told
    elif trigger.effect == "called_off" or _is_void(trigger):
        return "called_off"
    if trigger.effect == "proposed":
        return "proposed"
    if trigger.pos == "noun":
        if takes_for_real(trigger) and (_is_presupposed(trigger) or aftermath_over(trigger)):
            return "happened"
        if takes_for_real(trigger) and _is_disowned(trigger):
            return "happened"
        if trigger.frame.type == "AGREE" and is_named_by_day(outer_noun(trigger.head)):
            # "They will keep the truce of 3 May": there is one, whatever becomes of it.
            return "happened"
        if trigger.governor is None:
            return _of_noun(outer_noun(trigger.head), 0)
    if trigger.pos == "adjective" and not is_verbal(trigger.head):
        above = trigger.head.head
        if any(child.lower_ in words.negations for child in trigger.head.children):
            return "denied"
        return _of_verb(above, 0) if is_verbal(above) else "happened"
    status = _of_verb(trigger.predicate, 0)
    named = trigger.pos == "noun" or trigger.partner is not None
    if status == "denied" and trigger.frame.type == "CONSULT" and named:
        if trigger.predicate.lemma_ in _HELD or _came_about(trigger.predicate):
            return "called_off"
    if status == "denied" and trigger.frame.type == "CONSULT" and _as_planned(trigger.predicate):
        return "called_off"
    if trigger.pos == "noun" and status == "happened" and is_arranged(trigger):
        return "scheduled"
    if trigger.effect == "scheduled" and status in ("happened", "ongoing"):
        return "scheduled"
    if status == "denied" and _fails(trigger.predicate):
        return "denied"
    # That nobody claims an attack does not say that there was none.
    return None if status == "denied" and is_claim(trigger) else status


def _is_presupposed(trigger: Trigger) -> bool:
    """Tell whether violence is taken for granted by what is said of it: "the attack may be ..."."""
    governor, noun = trigger.governor, outer_noun(trigger.head)
    if trigger.frame.type != "ASSAULT" or governor is None or noun.dep_ not in SUBJECTS:
        return False
    if any(child.lower_ in _SUPPOSING for child in children(governor, "aux")):
        return False
    return trigger.effect == "held" and governor.lemma_ in _BEING


def _is_disowned(trigger: Trigger) -> bool:
    """Tell whether a deed is what somebody had to do with or not: "nothing to do with the raid"."""
    noun = outer_noun(trigger.head)
    if trigger.frame.type not in ("ASSAULT", "COERCE") or noun.dep_ != "pobj":
        return False
    return noun.head.lower_ == "with" and noun.head.head.lemma_ == "do"


def _came_about(verb: Token) -> bool:
    return verb.lemma_ == "come" and any(
        child.lower_ in ("about", "off") for child in children(verb, "prt", "advmod", "prep")
    )


def _is_void(trigger: Trigger) -> bool:
    """Tell whether what was to be done fell: "talks that were to be held were cancelled"."""
    noun = trigger.partner
    return (
        noun is not None
        and noun.effect == "called_off"
        and noun.governor is not None
        and noun.governor.is_ancestor(trigger.head)
        and _of_verb(trigger.predicate, 0) in ("scheduled", "expected", "proposed")
    )


def _as_planned(verb: Token) -> bool:
    """Tell whether a clause measures a deed by a plan: "did not meet on Friday as planned"."""
    return any(
        clause.lemma_ in factuality_words().scheduled_verbs
        and any(mark.lower_ == "as" for mark in children(clause, "mark", "advmod", "prep"))
        for clause in children(verb, "advcl")
    )


def is_so(verb: Token) -> bool:
    """Tell whether a clause says that something was, is or will be so, and is not denied."""
    return _of_verb(verb, 0) not in (None, "denied", "called_off")


def is_asked(word: Token) -> bool:
    """Tell whether a clause is a question that a yes or a no would answer.

    "Why did they attack?" takes the attack for granted, and so does "since they attacked".
    """
    layout, i = lay_out(word.doc), word.i
    for _ in range(_DEPTH):
        if layout.deps[i] in ("advcl", "relcl", "acl", "prep", "appos") or layout.heads[i] == i:
            break
        i = layout.heads[i]
    asked = layout.lowers[i : layout.ends[i]]
    if layout.heads[i] != i or "?" not in asked or asked[-1] not in ("?", '"', "”"):
        return False
    word = word.doc[i]
    if not is_verbal(word):
        return False
    first = min(children(word, "aux", "auxpass"), default=word, key=lambda token: token.i)
    subject = min(children(word, *SUBJECTS), default=None, key=lambda token: token.i)
    asking = any(child.tag_ in ("WRB", "WP", "WDT") for child in word.lefts)
    return subject is not None and first.i < subject.i and not asking


def _inverted(verb: Token) -> bool:
    """Tell whether a clause is a condition without "if": "Had they attacked, ..."."""
    first = min(children(verb, "aux", "auxpass"), default=verb, key=lambda token: token.i)
    subject = min(children(verb, *SUBJECTS), default=None, key=lambda token: token.i)
    return (
        subject is not None
        and first.lower_ in ("had", "should", "were")
        and first.i < subject.i < verb.i
        and first.i == verb.left_edge.i
        and not is_asked(verb)
    )


def _is_awaited(verb: Token) -> bool:
    """Tell whether a clause names what must come first, or whoever may: "until they assure us"."""
    clauses = [verb, *children(verb, "csubj", "csubjpass")]
    if any(noun.lower_ in _WHOEVER for each in clauses for noun in children(each, *SUBJECTS)):
        return True
    waits = any(mark.lower_ == "until" for mark in children(verb, "mark"))
    helping = children(verb, "aux", "auxpass")
    first = helping[0] if helping else verb
    return waits and first.tag_ in _PRESENT


def is_arranged(trigger: Trigger) -> bool:
    """Tell whether a happening is what was agreed: "agreed a withdrawal", "announced a visit"."""
    lemma = trigger.predicate.lemma_
    if lemma == "announce":
        # A release that is announced may be over; a visit is not.
        return trigger.frame.type == "CONSULT"
    return lemma in factuality_words().arranging_verbs and trigger.frame.type in _ARRANGED


def _broke_down(trigger: Trigger) -> bool:
    """Tell whether talks broke down, which had been held: "the talks collapsed"."""
    verb, noun = trigger.predicate, outer_noun(trigger.head)
    return (
        trigger.frame.type == "CONSULT"
        and verb.lemma_ in factuality_words().breakdown_verbs
        and noun.dep_ == "nsubj"
        and not is_passive(verb)
    )


def _told_by_modifiers(noun: Token) -> Status | None:
    words = factuality_words()
    for child in noun.children:
        if child.i > noun.i:
            continue
        lower = child.lower_
        if child.dep_ == "det" and lower in ("no", "neither"):
            return "denied"
        if child.dep_ in ("amod", "advmod", "compound"):
            if lower in words.called_off_words:
                return "called_off"
            if lower in words.proposed_words:
                return "proposed"
            if lower in words.scheduled_words:
                return "scheduled"
            if lower in words.expected_words:
                return "expected"
            if lower in words.alleged_words:
                return "alleged"
    return None


def _of_noun(noun: Token, depth: int) -> Status | None:
    """An event noun without a verb of its own: from where it stands in the clause."""
    words = factuality_words()
    if depth > _DEPTH:
        return None
    if noun.dep_ == "conj":
        return _of_noun(noun.head, depth + 1) if noun.head.pos_ != "VERB" else "happened"
    if noun.dep_ == "appos" and not is_verbal(noun.head):
        return "happened"
    if noun.dep_ in ("pobj", "pcomp") and noun.head.dep_ in ("prep", "agent", "mark", "advmod"):
        return _behind_preposition(noun, depth)
    verb = clause_verb(noun)
    if verb is None:
        return "happened"
    status = _of_verb(verb, depth + 1)
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return "happened" if status in ("denied", None) else status
    definite = any(
        child.lower_ in ("the", "this", "that", "those", "these") for child in noun.lefts
    )
    if noun.dep_ in ("dobj", "attr") and verb.lemma_ in words.unreal_nouns | words.expected_verbs:
        return None
    return "happened" if definite and status in (None, "denied") else status


def _behind_preposition(noun: Token, depth: int) -> Status | None:
    words = factuality_words()
    preposition = noun.head.lower_
    above = noun.head.head
    if preposition == "without":
        return None
    if (noun.head.dep_ == "agent" or preposition in ("through", "via")) and is_verbal(above):
        # "The war was stopped by a truce": the truce was made, if the war was stopped.
        return _of_verb(above, 0)
    if above.dep_ == "prep" and above.pos_ == "ADP":
        preposition, above = above.lower_, above.head
    if above.pos_ in ("NOUN", "PROPN"):
        lemma = above.lemma_.lower()
        if preposition in ("to", "for") and lemma in words.answering_nouns and _told_of_past(above):
            return "happened"
        if preposition in ("of", "for", "to", "in", "on", "at", "over") and (
            lemma in words.unreal_nouns
        ):
            return (
                _of_noun(outer_noun(above), depth + 1) if lemma in words.half_real_nouns else None
            )
        if preposition in words.purpose:
            return None
        if preposition in words.ahead:
            return _clause_or(above, "scheduled", depth)
        return "happened" if preposition in words.behind else _of_noun(outer_noun(above), depth + 1)
    if preposition in (
        "after",
        "following",
        "since",
        "amid",
        "during",
        "despite",
        "because",
        "over",
    ):
        return "happened" if not _conditional(above) else None
    if preposition in words.ahead or above.lower_ == "ahead":
        verb = above if is_verbal(above) else clause_verb(above)
        status = _of_verb(verb, depth + 1) if verb is not None else "scheduled"
        return "happened" if status == "happened" else "scheduled"
    if preposition in words.purpose:
        if is_verbal(above) and above.lemma_ in words.purpose_verbs:
            return None
        if is_verbal(above) and above.lemma_ in words.expected_verbs | words.scheduled_verbs:
            return "expected"
        status = _clause_or(above, "expected", depth)
        return "expected" if status in ("scheduled", "expected") else status
    return _clause_or(above, "happened", depth)


def _told_of_past(noun: Token) -> bool:
    """Tell whether the clause that a noun stands in has happened."""
    verb = clause_verb(noun)
    return verb is None or _of_verb(verb, _DEPTH - 1) in ("happened", "ongoing", "alleged")


def _clause_or(word: Token, default: Status, depth: int) -> Status | None:
    verb = word if is_verbal(word) else clause_verb(word)
    return _of_verb(verb, depth + 1) if verb is not None else default


def _of_verb(verb: Token, depth: int) -> Status | None:
    """A verb's status from its own auxiliaries, then from the clause above it."""
    if depth > _DEPTH:
        return None
    words = factuality_words()
    auxiliaries = children(verb, "aux", "auxpass")
    if _conditional(verb) or _inverted(verb) or _imagined(verb) or _is_awaited(verb):
        return None
    if (
        not auxiliaries
        and verb.dep_ == "conj"
        and is_verbal(verb.head)
        and verb.tag_ in ("VB", "VBN", "VBG", "VBP")
    ):
        return _of_verb(verb.head, depth + 1)
    layout = lay_out(verb.doc)
    if any(label == "neg" or layout.lowers[i] in _NEVER for label, i in layout.below[verb.i]):
        return "denied"
    if any(_is_nobody(noun) for noun in children(verb, "nsubj", "nsubjpass")):
        return "denied"
    if any(child.lower_ in words.alleged_adverbs for child in children(verb, "advmod")):
        return "alleged"
    lower = [child.lower_ for child in auxiliaries]
    if "to" in lower:
        return _of_infinitive(verb, depth)
    if any(aux in ("will", "'ll", "’ll", "shall", "wo") for aux in lower):
        return _under(verb, "scheduled", depth)
    if "would" in lower:
        past_speech = verb.dep_ in ("ccomp", "conj") and verb.head.tag_ == "VBD"
        return _under(verb, "expected", depth) if past_speech else None
    if any(aux in ("may", "might", "could") for aux in lower):
        return None if "have" not in lower else "alleged"
    if any(aux in ("should", "must", "can", "ought", "ca") for aux in lower):
        return None
    if verb.lemma_ in words.not_happened_verbs and depth:
        return "denied"
    planned = verb.lemma_ in words.scheduled_verbs and not children(verb, "prt")
    if planned and is_passive(verb) and depth:
        return "scheduled"
    if verb.tag_ == "VBG":
        return _of_gerund(verb, lower, depth)
    if verb.tag_ == "VB" and not auxiliaries and kind_of(verb) == "body":
        # A bare infinitive: subjunctive ("demanded that it withdraw"), imperative, "let it go".
        return None if verb.dep_ in ("ccomp", "ROOT", "xcomp") else _under(verb, "happened", depth)
    return _under(verb, "happened", depth)


def _imagined(verb: Token) -> bool:
    """Tell whether a clause tells of a scenario, a drill's enemy, a novel."""
    words = factuality_words().imagined
    return any(
        name in ("in", "under") and noun.lemma_.lower() in words
        for name, noun in prepositions(verb)
    )


def _is_nobody(noun: Token) -> bool:
    """Tell whether a subject is "no side", "no one", "neither A nor B"."""
    said = {child.lower_ for child in noun.lefts if child.dep_ in _NEGATING}
    return bool(said & {"no", "neither"})


def _of_infinitive(verb: Token, depth: int) -> Status | None:
    words = factuality_words()
    above = verb.head
    if verb.dep_ in ("xcomp", "ccomp", "acomp", "advcl", "oprd") and above != verb:
        if is_verbal(above) and _conditional(above):
            return None
        lemma = above.lemma_.lower()
        if lemma in words.not_happened_verbs:
            return "denied"
        perfect = any(child.lower_ == "have" for child in children(verb, "aux"))
        if is_verbal(above) and is_passive(above) and lemma in words.hearsay_verbs:
            # "are alleged to have killed"; "is known to have killed".
            if perfect or "being" in {child.lower_ for child in children(verb, "aux")}:
                return "alleged"
        if is_verbal(above) and is_passive(above) and lemma in words.finding_verbs and perfect:
            return "happened"
        if _fell_through(verb, above, perfect=perfect):
            return "called_off"
        if lemma in words.scheduled_verbs or above.lower_ in words.scheduled_words:
            return _under(above, "scheduled", depth) if is_verbal(above) else "scheduled"
        if lemma in words.expected_verbs or above.lower_ in words.expected_words:
            return "expected"
        if lemma == "be":
            return "scheduled"
        if lemma == "go" and above.tag_ == "VBG":
            return "scheduled"
        if verb.dep_ == "xcomp" and lemma in words.aspect | words.implicative:
            return _of_verb(above, depth + 1)
        return None
    if verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT"):
        return "scheduled"
    if verb.dep_ == "advcl" and verb.lemma_ in _VOICED and is_verbal(above):
        # "gathered to demand", "blocked roads to protest": the purpose is voiced by the deed.
        return _of_verb(above, depth + 1)
    if verb.dep_ in ("relcl", "acl") and kind_of(verb) == "headline":
        return "scheduled"
    if verb.dep_ == "acl" and above.lemma_.lower() in words.scheduled_words:
        return "scheduled"
    return None


def _fell_through(verb: Token, above: Token, *, perfect: bool) -> bool:
    """Tell whether a plan is told as one that came to nothing.

    "were to have met", "had been due to meet", "were due to meet but snow closed the airport".
    """
    words = factuality_words()
    planned = (
        above.lemma_.lower() in words.scheduled_verbs | words.expected_verbs | {"suppose", "be"}
        or above.lower_ in words.scheduled_words | words.expected_words
    )
    if not planned:
        return False
    upper = above if is_verbal(above) else above.head
    past = upper.tag_ == "VBD" or any(
        child.tag_ == "VBD" or child.lower_ == "had" for child in children(upper, "aux", "auxpass")
    )
    if not past or upper.dep_ in ("ccomp", "advcl"):
        return False
    had = any(child.lower_ == "had" for child in children(upper, "aux"))
    but = any(
        child.lower_ == "but"
        for word in (upper, verb)
        for child in word.children
        if child.dep_ == "cc"
    )
    return perfect or had or but


def _of_gerund(verb: Token, auxiliaries: list[str], depth: int) -> Status | None:
    if any(aux in ("is", "are", "'s", "’s", "'re", "am") for aux in auxiliaries):
        return _under(verb, "ongoing", depth)
    if any(aux in ("was", "were", "been", "be") for aux in auxiliaries):
        return _under(verb, "happened", depth)
    if verb.dep_ == "xcomp" and verb.head.lemma_ in factuality_words().expected_verbs:
        # "considered imposing": nothing was imposed.
        return None
    if verb.dep_ in ("advcl", "conj", "xcomp") and is_verbal(verb.head):
        return _of_verb(verb.head, depth + 1)
    if verb.dep_ == "pcomp":
        preposition = verb.head.lower_
        if preposition == "without":
            return "denied"
        if preposition in ("for", "of", "from", "to", "about", "against", "towards"):
            return None
        if preposition in ("before",):
            return _clause_or(verb.head.head, "happened", depth)
        return "happened"
    if verb.dep_ in ("acl", "relcl"):
        return "happened"
    return _under(verb, "happened", depth)


def _untrue(verb: Token) -> bool:
    """Tell whether a clause is what "it is not true that ..." denies."""
    words = factuality_words()
    above = verb.head
    upper = above if is_verbal(above) else above.head
    named = [above, upper, *children(upper, "acomp", "attr")]
    if any(word.lemma_.lower() in words.false_words for word in named):
        return True
    negated = any(child.dep_ == "neg" for child in upper.children)
    if above.lemma_.lower() in speech_words().claim_nouns:
        # "Reports that ... do not reflect the truth", "do not correspond to reality".
        named += [*children(upper, "dobj"), *(noun for _, noun in prepositions(upper))]
    return negated and any(word.lemma_.lower() in words.true_words for word in named)


def _under(verb: Token, status: Status, depth: int) -> Status | None:
    """Weigh a clause's own status with the verbs that it is told under."""
    words = factuality_words()
    if verb.dep_ in ("ccomp", "csubj", "acl", "advcl") and verb.head != verb and _untrue(verb):
        if any(child.lower_ == "that" for child in children(verb, "mark")):
            return "denied"
    governed = verb.dep_ in ("ccomp", "parataxis") and is_verbal(verb.head)
    if governed and depth <= _DEPTH and not is_apart(verb, verb.head):
        above = verb.head
        if above.lemma_ in words.expected_verbs:
            return "expected" if status in ("happened", "scheduled", "ongoing") else status
        if above.lemma_ in ("deny", "refute"):
            return "denied"
        if above.lemma_ in ("claim", "allege"):
            return "alleged" if status in ("happened", "ongoing") else status
        if _conditional(above):
            return None
    if verb.dep_ == "advcl" and is_verbal(verb.head) and status in ("happened", "ongoing"):
        markers = {child.lower_ for child in children(verb, "mark", "advmod")}
        modals = {child.lower_ for child in children(verb.head, "aux")}
        if markers & {"before", "until"} and modals & words.weak_modals:
            return None
    if verb.dep_ in ("advcl", "relcl", "acl") and status in ("happened", "ongoing"):
        higher = verb.head if is_verbal(verb.head) else clause_verb(verb.head)
        if higher is not None and verb.tag_ in _PRESENT | {"VBN"} and _ahead(higher):
            markers = {child.lower_ for child in children(verb, "mark", "advmod")}
            if markers & {"when", "once", "after", "before", "until", "as"}:
                return "expected"
    return status


def _ahead(verb: Token) -> bool:
    return any(child.lower_ in ("will", "shall", "'ll") for child in children(verb, "aux"))


def _conditional(verb: Token) -> bool:
    words = factuality_words()
    return any(
        child.lower_ in words.conditions and child.lower_ != "should" and child.i < verb.i
        for child in children(verb, "mark", "advmod")
    ) or any(name in ("if", "unless") for name, _ in prepositions(verb))


def _fails(verb: Token) -> bool:
    return verb.lemma_ in factuality_words().not_happened_verbs
