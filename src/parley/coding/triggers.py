"""Triggers: the words of a sentence that name a happening, and what governs them.

In: one paragraph's parse and the lexicon.  Out: the triggers, at most one a word, each with
its frame and, for a noun, the verb that says what became of it ("hold talks", "the meeting
was called off").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import TypeVar

import msgspec
from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.coding.clauses import (
    LEADING,
    TRANSPARENT,
    breaks_down,
    is_named_by_day,
    outer_noun,
)
from parley.coding.counts import is_harm, leaves_hurt
from parley.coding.governors import Effect, load_governors
from parley.coding.lexicon import Entry, Frame, Lexicon, SlotRole
from parley.coding.patterns import Refers, WordPos, head_of_match, lemmas_of, matches
from parley.coding.syntax import (
    SUBJECTS,
    agents,
    children,
    clause_verb,
    is_passive,
    is_verbal,
    objects,
    prepositions,
    subjects,
)
from parley.coding.words import aftermath_words, factuality_words
from parley.parsing.layout import lay_out

_Found = TypeVar("_Found")

# Names that look like events and are none: an "Operation ...", a "Conference ..." is a body.
_NAMED = frozenset({"ORG", "PERSON", "FAC", "GPE", "LAW", "WORK_OF_ART", "PRODUCT", "NORP"})

# Who is in charge of something: "director of operations", "ministry of war".
_OFFICES = frozenset(
    "director general directorate minister ministry department head chief chairman office "
    "secretary commissioner bureau museum institute professor".split()
)

# What an agreement does to a war.
ENDING = frozenset({"end", "stop", "halt", "conclude", "terminate", "finish"})
# What takes weeks, and has many deeds in it.
_CAMPAIGNS = frozenset(
    "war offensive counteroffensive counter-offensive campaign insurgency rebellion siege".split()
)
_FOUGHT = frozenset({"ASSAULT", "COERCE"})
_ENDED_BY = frozenset({"AGREE", "RETREAT", "CONCEDE", "ASSAULT"})
# "met for talks", "killed in clashes" are one happening; "met after talks" are two.
_SAME_HAPPENING = frozenset({"for", "in", "at", "on", "to", "into", "during", "by", "with"})
# "Under the mediation of", "through mediation by": it was done by that.
_BY_MEANS = frozenset({"under", "through", "with", "via", "by"})
# What is claimed for a deed by those who did it.
_CLAIMED = frozenset({"responsibility", "credit"})
# The frame of what is told of a toll.
_TOLL = "toll"
# The frame of agreements that are no more.
_LAPSE = "lapse"
# The frame of who was behind a deed, and what who says it of himself is called.
_BEHIND = "behind"
_SELVES = frozenset({"it", "they", "he", "she", "we"})


class Trigger(Struct, frozen=True):
    """A word (`head`) with its pattern's words (`first` to `last`, token indexes) and frame.

    `governor` is the verb over an event noun, `governor_role` what that verb's subject is
    in the event, `effect` what it makes of it.  `partner` is the event noun that a verb's
    pattern asked for as its object ("sign" with "agreement"): one happening, two words.
    """

    head: Token
    first: int
    last: int
    frame: Frame
    pos: WordPos
    flags: frozenset[str] = frozenset()
    governor: Token | None = None
    governor_role: SlotRole = "none"
    effect: Effect = "held"
    partner: Trigger | None = None

    @property
    def predicate(self) -> Token:
        """The word whose tense and polarity the happening has: the governor, or itself."""
        return self.governor if self.governor is not None else self.head


def once(find: Callable[[Trigger], _Found]) -> Callable[[Trigger], _Found]:
    """Have what a function finds of a trigger kept with its paragraph, while the trigger stands.

    The network is told what the rules make of a trigger, which they are asked again for later.
    """

    @wraps(find)
    def ask(trigger: Trigger) -> _Found:
        known: dict[int, tuple[Trigger, _Found]] = lay_out(trigger.head.doc).found.setdefault(
            find.__name__, {}
        )
        told = known.get(trigger.head.i)
        if told is None or told[0] is not trigger:
            told = known[trigger.head.i] = trigger, find(trigger)
        return told[1]

    return ask


def find_triggers(doc: Doc, *, lexicon: Lexicon, refers: Refers) -> list[Trigger]:
    """Return the triggers of a paragraph in the order of the text."""
    chosen: dict[int, Trigger] = {}
    taken: set[int] = set()
    found: list[tuple[tuple[int, int], Token, Entry]] = []
    layout = lay_out(doc)
    told = zip(lemmas_of(doc), layout.lowers, layout.pos, strict=True)
    for i, (lemma, lower, pos) in enumerate(told):
        entries = lexicon.fitting(lemma, pos)
        match = _first_match(doc[i], entries, lexicon, refers) if entries else None
        if match is None and lower != lemma:
            # An entry may also name an inflected form ("hostilities", "troops").
            entries = lexicon.fitting(lower, pos)
            match = _first_match(doc[i], entries, lexicon, refers) if entries else None
        if match is not None:
            found.append(((-len(match[1].pattern.words), i), *match))
    for (_, first), head, entry in sorted(found, key=lambda item: item[0]):
        span = range(first, first + len(entry.pattern.words))
        if head.i in chosen or taken & set(span):
            continue
        taken |= set(span)
        chosen[head.i] = _governed(
            Trigger(head, first, span[-1], entry.frame, entry.pattern.pos, entry.pattern.flags)
        )
    return _paired([chosen[i] for i in sorted(chosen)])


def _first_match(
    token: Token, entries: Sequence[Entry], lexicon: Lexicon, refers: Refers
) -> tuple[Token, Entry] | None:
    """Return the first of some entries that matches at a word, and the word that heads it."""
    named: dict[tuple[int, WordPos], bool] = {}
    for entry in entries:
        # What fits by one word is headed by it.
        one = len(entry.pattern.words) == 1
        head = token if one else head_of_match(entry.pattern, token)
        if head is None:
            continue
        key = head.i, entry.pattern.pos
        if key not in named:
            named[key] = may_name(head, entry.pattern.pos)
        if not named[key]:
            continue
        if matches(entry.pattern, head, classes=lexicon.classes, refers=refers):
            return head, entry
    return None


def may_name(head: Token, pos: WordPos) -> bool:
    """A word tells an event only as a verb of a clause, or as a noun with a place of its own."""
    if pos == "noun" and head.ent_type_ == "LAW" and is_named_by_day(head):
        # "The Ceasefire Agreement of 3 May" is called by a name, and was made that day.
        return not _names_an_office(head)
    if head.ent_type_ in _NAMED or (head.ent_type_ in ("DATE", "TIME") and head.pos_ == "PROPN"):
        # Nobody marches in "on March 22" and "the night of 9 March".
        return False
    if pos == "verb":
        return head.dep_ not in ("amod", "compound", "aux", "auxpass", "npadvmod")
    if pos == "noun":
        if _names_an_office(head):
            return False
        return head.dep_ not in ("compound", "amod", "nmod", "npadvmod", "poss")
    if head.pos_ == "VERB" and children(head, "nsubj") and not children(head, "auxpass"):
        return False
    if any(word.lower_ == "to" for word in children(head, "aux")):
        # "were to open on Monday" is a verb, whatever its tag.
        return False
    if head.dep_ == "conj" and head.head.dep_ not in ("acomp", "ROOT", "oprd"):
        return False
    return head.dep_ in ("acomp", "ROOT", "conj", "amod", "oprd", "xcomp", "acl", "advcl", "ccomp")


def _names_an_office(noun: Token) -> bool:
    """'The directors of military operations', 'the minister of war': what they are in charge of."""
    above = noun.head.head
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and above.lemma_.lower() in _OFFICES
        and not children(noun, "det", "poss")
    )


def _governed(trigger: Trigger) -> Trigger:
    """Find the verb over an event noun and what it does to it."""
    if trigger.pos != "noun":
        return trigger
    found = _governed_above(trigger)
    if found.governor is None or found.effect == "held":
        relative = _relative(trigger, outer_noun(trigger.head))
        # "Talks which bring together A and B are due to start": the clause says nothing of when.
        told = found.governor is not None and (
            relative.effect == "held" or _goes_on(found, relative)
        )
        if relative.governor is not None and not (told and trigger.frame.type == "CONSULT"):
            return relative
    return found


def _goes_on(found: Trigger, relative: Trigger) -> bool:
    """Tell whether what a clause says was broken off went on: "talks suspended in May resumed"."""
    verb = found.governor
    resuming = load_governors().resuming
    return relative.effect == "called_off" and verb is not None and verb.lemma_ in resuming


def _governed_above(trigger: Trigger) -> Trigger:
    governors = load_governors()
    noun = outer_noun(trigger.head)
    verb = noun.head
    if noun.dep_ == "pobj" and noun.head.dep_ in ("prep", "agent"):
        verb = noun.head.head
        if not is_verbal(verb) or noun.head.lower_ not in ("in", "on", "with", "into", "to", "off"):
            return trigger
        if noun.head.lower_ == "to" and verb.lemma_ not in ("return", "come", "lead", "agree"):
            return trigger
        if noun.head.lower_ in ("in", "on") and verb.lemma_ not in (
            "engage",
            "participate",
            "take",
            "join",
            "call",
            "sit",
            "agree",
            "be",
        ):
            return trigger
    if not is_verbal(verb) or verb == noun:
        return trigger
    # "began two days of talks": the parse takes the days for a time.
    days = noun.dep_ == "npadvmod" and noun != trigger.head
    as_object = noun.dep_ in ("dobj", "pobj", "obj") or (
        noun.dep_ in ("nsubjpass", "nsubj") and is_passive(verb)
    )
    lemma = _with_particle(verb)
    if (as_object or days) and lemma in governors.objects:
        role, effect = governors.objects[lemma]
        if trigger.frame.type == "CONSULT" and verb.lemma_ in governors.closing:
            role, effect = "actor", "held"
        if trigger.frame.type == "AGREE" and verb.lemma_ in governors.watching:
            role, effect = "observer", "held"
        if noun.dep_ == "pobj" and effect == "called_off":
            # "killed the deal with an attack": the attack was made.
            effect = "held"
        planned = is_passive(verb) and effect in ("scheduled", "held")
        below = _carried_out(verb) if planned else None
        # "is expected to take place on Friday": the lower verb has the day and the place.
        above = below or verb
        return msgspec.structs.replace(trigger, governor=above, governor_role=role, effect=effect)
    if noun.dep_ in ("nsubj", "nsubjpass"):
        below = _carried_out(verb, by_adjective=trigger.frame.type == "CONSULT")
        if below is not None:
            effect = governors.subjects[below.lemma_]
            return msgspec.structs.replace(trigger, governor=below, effect=effect)
        if verb.lemma_ in governors.relating and is_passive(verb):
            # "The attack is not linked to one in ...": nothing of when, where, or whether.
            return trigger
        effect = governors.subjects.get(lemma) or governors.subjects.get(verb.lemma_, "held")
        if trigger.frame.type == "AGREE" and lapses(verb):
            # The day of "the truce collapsed on Monday" is not the truce's.
            return msgspec.structs.replace(trigger, effect="ended")
        return msgspec.structs.replace(trigger, governor=verb, effect=effect)
    return trigger


def lapses(verb: Token) -> bool:
    """Tell whether a verb says of its subject that it is no more: "the truce has collapsed"."""
    lapsed = verb.lemma_ in load_governors().lapsing or breaks_down(verb)
    return lapsed and not (_takes_object(verb) or is_passive(verb))


def _takes_object(verb: Token) -> bool:
    """Tell whether a verb has an object, "two months of fighting" among them."""
    times = children(verb, "npadvmod")
    return bool(objects(verb)) or any(name == "of" for t in times for name, _ in prepositions(t))


def _carried_out(verb: Token, *, by_adjective: bool = False) -> Token | None:
    """Return the verb below that says what becomes of the event: "are due to start"."""
    known = load_governors().subjects
    words = factuality_words()
    planned = words.scheduled_words | words.expected_words
    # "The talks are due to start" is told by an adjective.
    ready = [w for w in children(verb, "acomp") if by_adjective and w.lower_ in planned]
    below = [clause for word in (verb, *ready) for clause in children(word, "xcomp")]
    return next((word for word in below if word.lemma_ in known and word.lemma_ != "be"), None)


def _with_particle(verb: Token) -> str:
    """Return "call off" for "called off": the particle can turn a verb into its opposite."""
    for child in children(verb, "prt", "advmod"):
        joined = f"{verb.lemma_} {child.lower_}"
        if joined in load_governors().objects or joined in load_governors().subjects:
            return joined
    return verb.lemma_


def _relative(trigger: Trigger, noun: Token) -> Trigger:
    """'talks that are to start on Saturday', 'a meeting which did not take place'."""
    governors = load_governors()
    for verb in children(noun, "relcl", "acl"):
        pronoun = any(child.tag_ in ("WDT", "WP") for child in children(verb, *SUBJECTS))
        participle = verb.dep_ == "acl" and verb.tag_ == "VBN"
        below = next((c for c in children(verb, "xcomp") if c.lemma_ in governors.subjects), verb)
        lemma = _with_particle(below)
        if (pronoun or participle) and is_passive(below) and lemma in governors.objects:
            effect = governors.objects[lemma][1]
            return msgspec.structs.replace(trigger, governor=below, effect=effect)
        if pronoun and lemma in governors.subjects and lemma != "be":
            effect = governors.subjects[lemma]
            return msgspec.structs.replace(trigger, governor=below, effect=effect)
    return trigger


def _paired(triggers: list[Trigger]) -> list[Trigger]:
    """Join a verb and the event noun that is its object, where both name the same happening."""
    by_head = {trigger.head.i: trigger for trigger in triggers}
    over = aftermath_words().legal | aftermath_words().voicing
    dropped: set[int] = set()
    partners: dict[int, Trigger] = {}
    for trigger in triggers:
        if _only_mediates(trigger, triggers) or _is_lodged(trigger, by_head):
            dropped.add(trigger.head.i)
        if trigger.pos != "verb":
            continue
        if trigger.frame.name == _LAPSE and trigger.pos == "verb" and _takes_object(trigger.head):
            # "The truce ended the war": what is no more is the war.
            dropped.add(trigger.head.i)
            continue
        if trigger.frame.name == _BEHIND and _is_own_deed(trigger.head):
            dropped.add(trigger.head.i)  # "the group said that it was behind it": nobody blames it
            continue
        belongs = (
            _belongs_to_noun(trigger, by_head)
            or _brings_end(trigger, by_head)
            or _leads_party(trigger)
        )
        if belongs or _same_harm(trigger, by_head):
            dropped.add(trigger.head.i)
            continue
        below = subjects(trigger.head) if is_passive(trigger.head) else objects(trigger.head)
        below = [
            *below,
            *(noun for name, noun in prepositions(trigger.head) if name in _SAME_HAPPENING),
        ]
        active = trigger.head.dep_ != "xcomp" and not is_passive(trigger.head)
        if trigger.frame.name == _TOLL:
            # "revised the toll of the raid", "the toll from the attack rose"
            below += subjects(trigger.head)
            below = [*(noun for toll in below for _, noun in prepositions(toll)), *below]
        elif trigger.frame.type == "ASSAULT" and active:
            # "the war claimed 7,000 lives", "an air strike killed six": the deed kills.
            below += subjects(trigger.head)
        if trigger.frame.type == "ASSAULT":
            below += _told_by(trigger.head)
        if trigger.frame.type == "ASSAULT" and _is_claimed_by_none(trigger.head):
            dropped.add(trigger.head.i)  # "no group claimed responsibility": the attack stands
            continue
        for noun in below:
            inner = inner_event(noun, by_head)
            if inner is None or inner.pos != "noun" or inner.head.i in dropped:
                continue
            if is_campaign(inner) and _has_day(trigger.head, noun):
                continue
            if inner.frame.type == "AGREE" and trigger.frame.type == "ASSAULT":
                # Who breaks a truce does one thing, the truce that he breaks is another.
                continue
            if _names_it(inner, trigger):
                dropped.add(trigger.head.i)
                break
            same = inner.frame.type == trigger.frame.type
            if inner.frame.type == "ASSAULT" and trigger.head.lemma_ in over:
                # "investigated a shooting": what follows it, and the shooting.
                continue
            if same or (noun.dep_ in ("dobj", "nsubjpass") and not trigger.frame.absorb):
                partners.setdefault(trigger.head.i, inner)
                dropped.add(inner.head.i)
    return [
        msgspec.structs.replace(trigger, partner=partners.get(trigger.head.i))
        for trigger in triggers
        if trigger.head.i not in dropped
    ]


def _only_mediates(trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """Tell whether a noun says how others met or agreed: "held talks under Nigerian mediation"."""
    if trigger.pos != "noun" or trigger.head.lemma_.lower() not in load_governors().mediating_nouns:
        return False
    preposition = trigger.head.head
    if trigger.head.dep_ != "pobj" or preposition.lower_ not in _BY_MEANS:
        return False
    return any(
        other.frame.type in ("CONSULT", "AGREE")
        and other.head != trigger.head
        and preposition.head in (other.head, other.predicate)
        for other in triggers
    )


def _is_own_deed(verb: Token) -> bool:
    """Tell whether who was behind a deed says so of himself."""
    said = verb.dep_ == "ccomp" and is_verbal(verb.head)
    return said and any(noun.lower_ in _SELVES for noun in children(verb, "nsubj"))


def _told_by(verb: Token) -> list[Token]:
    """Return the nouns further down that name a verb's deed: "claimed responsibility for it"."""
    held = subjects(verb) if is_passive(verb) else objects(verb)
    claimed = [noun for noun in held if noun.lemma_.lower() in _CLAIMED]
    found = [noun for word in claimed for name, noun in prepositions(word) if name == "for"]
    return found + [noun for name, noun in prepositions(verb) if name == "under"]


def _is_claimed_by_none(verb: Token) -> bool:
    """Tell whether nobody claims a deed: "no group has claimed responsibility for the raid"."""
    if verb.lemma_ != "claim":
        return False
    nobody = {"no", "nobody", "none"}
    return any(
        noun.lower_ in nobody or any(word.lower_ in nobody for word in children(noun, "det"))
        for noun in (agents(verb) if is_passive(verb) else subjects(verb))
    )


def is_campaign(trigger: Trigger) -> bool:
    """Tell whether a noun names a campaign of which more is told: "in an offensive that ..."."""
    noun = outer_noun(trigger.head)
    return (
        trigger.frame.type == "ASSAULT"
        and trigger.pos == "noun"
        and trigger.head.lemma_.lower() in _CAMPAIGNS
        and noun.dep_ == "pobj"
        and noun.head.lower_ in ("in", "during")
        and any(word.dep_ in ("relcl", "acl") for word in noun.subtree)
    )


def _has_day(verb: Token, noun: Token) -> bool:
    """Tell whether a clause has a day beside what is told of its noun."""
    return any(
        word.ent_type_ == "DATE"
        and (word.dep_ == "npadvmod" or word.head.lower_ == "on")
        and not noun.is_ancestor(word)
        for word in verb.subtree
    )


def _names_it(noun: Trigger, verb: Trigger) -> bool:
    """Tell whether the noun says better than its verb what happened: "stage a joint drill"."""
    return (
        noun.governor == verb.head
        and noun.last > noun.first
        # To break a humanitarian truce is not to make one.
        and verb.frame.type not in (noun.frame.type, "ASSAULT")
        and noun.effect == "held"
        and not verb.frame.absorb
    )


def _belongs_to_noun(trigger: Trigger, by_head: Mapping[int, Trigger]) -> bool:
    """Tell whether a participle only says who mediated or hosted: "talks mediated by Qatar"."""
    verb = trigger.head
    if verb.dep_ not in ("acl", "relcl") or verb.lemma_ not in load_governors().mediating:
        return False
    return inner_event(verb.head, by_head) is not None


def ends_fight(trigger: Trigger) -> bool:
    """Tell whether an agreement is told by what it did: "a deal signed in Rome ended the war"."""
    noun = trigger.head.head if trigger.head.dep_ == "acl" else outer_noun(trigger.head)
    verb = noun.head
    if trigger.frame.type == "AGREE" and noun.dep_ == "pobj" and verb.dep_ == "agent":
        # "The war was stopped by a truce"
        return verb.head.lemma_ in ENDING and verb.head.tag_ == "VBN"
    return (
        trigger.frame.type == "AGREE"
        and noun.dep_ == "nsubj"
        and verb.lemma_ in ENDING
        and verb.tag_ in ("VBD", "VBZ")
        and bool(objects(verb))
    )


def _leads_party(trigger: Trigger) -> bool:
    """Tell whether a participle only says who leads a party: "a team led by X met rebels"."""
    return trigger.head.dep_ == "acl" and trigger.head.lemma_ in LEADING


def _brings_end(trigger: Trigger, by_head: Mapping[int, Trigger]) -> bool:
    """'The agreement ended the war': two happenings, and no withdrawal by anybody.

    So it is where a clause says what came of another: "withdrew, ending a siege of two weeks".
    """
    verb = trigger.head
    if verb.lemma_ not in ENDING or is_passive(verb):
        return False
    fought = [inner_event(noun, by_head) for noun in objects(verb)]
    if not any(other is not None and other.frame.type in _FOUGHT for other in fought):
        return False
    made = [by_head.get(noun.i) for noun in children(verb, "nsubj")]
    above = by_head.get(verb.head.i) if verb.dep_ in ("advcl", "relcl", "acl") else None
    return any(other is not None and other.frame.type == "AGREE" for other in made) or (
        above is not None and above.frame.type in _ENDED_BY
    )


def _is_lodged(trigger: Trigger, by_head: Mapping[int, Trigger]) -> bool:
    """'Lodged a protest with Chile': the protest is the accusation, and nobody marches."""
    verb = by_head.get(trigger.head.head.i)
    return (
        trigger.frame.type == "PROTEST"
        and trigger.pos == "noun"
        and trigger.head.dep_ in ("dobj", "nsubjpass")
        and verb is not None
        and verb.frame.type in ("ACCUSE", "REJECT")
    )


def _same_harm(trigger: Trigger, by_head: Mapping[int, Trigger]) -> bool:
    """'Two were killed and five wounded', '..., killing four': one happening, told by its first."""
    verb = trigger.head
    counted_apart = verb.dep_ == "acl" and verb.head.dep_ == "conj" and verb.head.like_num
    above = by_head.get(verb.head.head.i if counted_apart else verb.head.i)
    if above is None or above.frame.type != "ASSAULT" or above.pos != "verb":
        return False
    if above.head == verb or trigger.frame.type != "ASSAULT":
        return False
    if not (is_harm(verb) or leaves_hurt(verb) or trigger.frame.name == _TOLL) or agents(verb):
        return False
    if verb.dep_ == "oprd" and leaves_hurt(above.head):
        # "left several dozens injured"
        return True
    if counted_apart:
        # "killed and seven wounded", the number taken for a conjunct
        return is_harm(above.head)
    if verb.dep_ == "advcl":
        return verb.tag_ == "VBG" and not children(verb, "nsubj", "mark", "advmod")
    if verb.dep_ != "conj" or not is_harm(above.head):
        return False
    own = children(verb, *SUBJECTS)
    counted = all(noun.like_num or children(noun, "nummod") for noun in own)
    return not own or (counted and not children(verb, "dobj"))


def inner_event(noun: Token, by_head: Mapping[int, Trigger]) -> Trigger | None:
    """Return the trigger that a noun is, or that hangs on it as in "round of talks"."""
    if noun.i in by_head:
        return by_head[noun.i]
    if noun.lemma_.lower() in TRANSPARENT:
        for name, inner in prepositions(noun):
            if name == "of" and inner.i in by_head:
                return by_head[inner.i]
    return None


def governed_clause(trigger: Trigger) -> Token | None:
    """Return the verb of the clause that a trigger stands in, itself where it is a verb."""
    if is_verbal(trigger.predicate):
        return trigger.predicate
    return clause_verb(trigger.head)


def words_of(trigger: Trigger) -> Iterator[Token]:
    """Yield the words that name one happening: the trigger, its partner, its governor."""
    yield trigger.head
    if trigger.partner is not None:
        yield trigger.partner.head
    if trigger.governor is not None:
        yield trigger.governor


def is_definite(trigger: Trigger) -> bool:
    """Tell whether a noun is told as known: "the talks", "their meeting"."""
    noun = outer_noun(trigger.head)
    return trigger.pos == "noun" and any(
        child.lower_ in ("the", "this", "these", "that", "those", "its", "their")
        for word in (trigger.head, noun)
        for child in children(word, "det", "poss")
    )
