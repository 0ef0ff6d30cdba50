"""When: which time expression belongs to which trigger.

In: the paragraph's triggers and the report's resolved times.  Out: for each trigger a
`Timing`: its own times, the date of the saying, and the times that its clause lends it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

import msgspec
from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.coding.aftermath import aftermath_over, is_claim, is_of_what_is_claimed
from parley.coding.beginnings import is_of_beginning
from parley.coding.clauses import arranging_clauses, making_clauses, outer_noun
from parley.coding.counts import is_harm
from parley.coding.delays import CALLED, given_up, moved_times
from parley.coding.governors import load_governors
from parley.coding.syntax import (
    SUBJECTS,
    agents,
    ancestors,
    children,
    clause_verb,
    conjuncts,
    is_passive,
    is_verbal,
    prepositions,
)
from parley.coding.triggers import Trigger, once
from parley.coding.words import agreement_words, factuality_words, speech_words
from parley.model import Precision, Published, Time
from parley.parsing import end_of, start_of

_DIGIT = re.compile(r"\d")
# So far behind "according to" stands the day of what is told there.
_SOURCE_WORDS = 9
# So many words may stand in a time behind its head: "14 May 2023".
_WORDS = 3
# What these words open happens while the clause above does.
_MEANWHILE = frozenset({"as", "while", "when"})
# Beyond these words a time of the clause above is another happening's.
_BEHIND = frozenset(
    {"after", "following", "since", "before", "ahead", "until", "despite", "against"}
    | {"because", "over", "due"}
)
_COMMENTS = frozenset({"ACCUSE", "SUPPORT"})
_LEAVING = frozenset({"REJECT", "THREATEN"})
_QUALIFYING = frozenset({"compound", "amod", "nmod", "npadvmod", "det"})
_COARSE: frozenset[Precision] = frozenset({"week", "month", "season", "year", "span"})


class Timing(Struct, frozen=True):
    """The times of one trigger, nearest first; `said` those of the verb of saying above it.

    `moved` are those to which the verb `mover` puts it off.
    """

    own: tuple[Time, ...] = ()
    lent: tuple[Time, ...] = ()
    said: tuple[Time, ...] = ()
    moved: tuple[Time, ...] = ()
    mover: Token | None = None


def times_of(doc: Doc, times: Sequence[Time]) -> list[tuple[Time, Token]]:
    """Return the times that stand in a paragraph, each with the word that heads it."""
    start = start_of(doc)
    end = end_of(doc[-1]) if len(doc) else start
    found = []
    for time in times:
        if start <= time.start and time.end <= end:
            span = doc.char_span(time.start - start, time.end - start, alignment_mode="expand")
            if span is not None:
                found.append((time, span.root))
    return found


def attach_times(
    doc: Doc, triggers: Sequence[Trigger], times: Sequence[Time], *, written: Published | None
) -> dict[int, Timing]:
    """Return the timing of each trigger, by the index of its head; `written` is the report's."""
    words = _of_comments(triggers)
    for trigger in triggers:
        for word in _words_of(trigger):
            words.setdefault(word.i, trigger.head.i)
    for trigger in triggers:
        for word in _further_harm(trigger):
            words.setdefault(word.i, trigger.head.i)
    ranks = _ranks(triggers, words)
    own: dict[int, list[tuple[int, Time]]] = defaultdict(list)
    clause: dict[int, list[Time]] = defaultdict(list)
    said: dict[int, list[Time]] = defaultdict(list)
    named: dict[int, Time] = {}
    held: list[tuple[Token, Time]] = []
    claims: dict[int, list[Time]] = {t.head.i: [] for t in triggers if is_claim(t)}
    attacks = {trigger.head.i for trigger in triggers if trigger.frame.type == "ASSAULT"}
    accusing = {trigger.head.i for trigger in triggers if trigger.frame.type == "ACCUSE"}
    here = times_of(doc, times)
    moved, movers, apart = moved_times(triggers, here)
    for time, root in here:
        named[root.i] = time
        if time in apart or _is_of_a_thing(time, root, words) or _is_of_a_source(time, root):
            continue
        at = _holder(root, words)
        if at is not None and at.i in accusing:
            at = _charged(root, at, words) or _condemned(root, time, at, words, written) or at
        if at is None or any(
            is_of_beginning(time, root, trigger, written=written) for trigger in triggers
        ):
            continue
        if at.i in claims and not is_of_what_is_claimed(root, at):
            claims[at.i].append(time)
            continue
        held.append((at, time))
        if at.i in words:
            own[words[at.i]].append((ranks.get(at.i, 0), time))
        if at.lemma_ in speech_words().verbs and at.i not in words:
            said[at.i].append(time)
        else:
            clause[at.i].append(time)
    told = {
        head: _without_anchors(
            doc[head], [time for _, time in sorted(found, key=lambda ranked: ranked[0])]
        )
        for head, found in own.items()
    }
    return {
        trigger.head.i: Timing(
            tuple(
                _of_days(told.get(trigger.head.i, ()))
                or given_up(trigger, moved.get(trigger.head.i, ()), here)
                or _claimed_time(trigger, told)
                or _relative_time(trigger, named)
                or _shared_time(trigger, told, attacks)
                or _time_of_what_is_left(trigger, told)
                or told.get(trigger.head.i, ())
            ),
            tuple(
                _meanwhile(trigger, held, words) or _lent(trigger, clause, told, words, accusing)
            ),
            tuple(claims.get(trigger.head.i) or _said(trigger, said)),
            tuple(moved.get(trigger.head.i, ())),
            movers.get(trigger.head.i),
        )
        for trigger in triggers
    }


def _of_comments(triggers: Sequence[Trigger]) -> dict[int, int]:
    """Return the verbs that keep their own day: who condemns "Sunday's raid" on Tuesday."""
    dated = {
        trigger.governor.i
        for trigger in triggers
        if trigger.pos == "noun" and trigger.governor is not None
        if any(word.ent_type_ == "DATE" for word in outer_noun(trigger.head).subtree)
    }
    heads = [t.head.i for t in triggers if t.frame.type in _COMMENTS and t.pos == "verb"]
    return {head: head for head in heads if head in dated}


def _without_anchors(head: Token, times: list[Time]) -> list[Time]:
    """Leave out by how much something else came after it: "two days after they met on 4 May".

    Where no day of its own is told, its day follows from that of the other.
    """
    own = [
        time
        for time in times
        if time.anchor is None or not time.anchor[0] <= start_of(head) < time.anchor[1]
    ]
    return own if any(time.value_start is not None for time in own) else times


def _ranks(triggers: Sequence[Trigger], words: Mapping[int, int]) -> dict[int, int]:
    """Return by a word whose time goes first where those of one happening differ, lowest first.

    "The truce that they had signed in May broke down on Friday" is of May; "the talks that he
    had planned for Monday were held on Tuesday" are of Tuesday.
    """
    planning, ranks = factuality_words().scheduled_verbs, {}
    for trigger in triggers:
        named = trigger if trigger.pos == "noun" else trigger.partner
        if named is None or trigger.frame.type not in CALLED:
            continue
        noun = outer_noun(named.head)
        for verb in arranging_clauses(noun):
            if words.get(verb.i) != trigger.head.i or verb in (trigger.governor, trigger.head):
                continue
            if verb.lemma_ in planning:
                ranks[verb.i] = 1 if trigger.effect == "held" else 0
            elif trigger.frame.type == "AGREE" and verb in making_clauses(noun):
                ranks[verb.i] = -1
    return ranks


def _is_of_a_thing(time: Time, root: Token, words: Mapping[int, int]) -> bool:
    """'The 11th-century temple': how old a thing is tells of no happening."""
    thing = root.head
    while thing.dep_ in _QUALIFYING and thing.pos_ in ("NOUN", "PROPN", "ADJ"):
        thing = thing.head
    return (
        time.precision == "span"
        and root.dep_ in _QUALIFYING
        and thing.pos_ == "NOUN"
        and thing.i > root.i
        and thing.i not in words
    )


def _is_of_a_source(time: Time, root: Token) -> bool:
    """'Killed two, according to the army Sunday': that is the day on which the army told it."""
    doc = root.doc
    if time.precision != "day":
        return False
    for i in range(root.left_edge.i - 1, max(root.left_edge.i - _SOURCE_WORDS, -1), -1):
        if doc[i].lower_ == "according":
            return True
        if doc[i].is_punct or is_verbal(doc[i]):
            return False
    return False


def _claimed_time(trigger: Trigger, told: Mapping[int, Sequence[Time]]) -> Sequence[Time]:
    """Return the times of the attack that a claim names, which the claim tells."""
    if not is_claim(trigger):
        return ()
    claimed = (
        times
        for at, times in told.items()
        if is_of_what_is_claimed(trigger.head.doc[at], trigger.head)
    )
    return next(claimed, ())


def _of_days(times: Sequence[Time]) -> Sequence[Time]:
    """Return the times of a trigger where one of them says when; "for three hours" does not."""
    return times if any(time.value_start is not None for time in times) else ()


def _time_of_what_is_left(trigger: Trigger, told: Mapping[int, Sequence[Time]]) -> Sequence[Time]:
    """Return the day of what somebody leaves or threatens with: "left the talks on Tuesday"."""
    if trigger.frame.type not in _LEAVING or not is_verbal(trigger.head):
        return ()
    behind = prepositions(trigger.head)
    behind += [each for word in children(trigger.head, "advmod") for each in prepositions(word)]
    return next((told[noun.i] for _, noun in behind if noun.i in told), ())


def _relative_time(trigger: Trigger, named: Mapping[int, Time]) -> list[Time]:
    """'since May 12, when X said that Y had attacked': the clause is of that day."""
    previous = trigger.predicate
    for above in ancestors(previous):
        if above.i in named and previous.dep_ in ("relcl", "acl", "advcl"):
            time = named[above.i]
            if time.value_start is None:
                return []
            end = time.value_end if time.relation is None else time.value_start
            return [msgspec.structs.replace(time, value_end=end, relation=None)]
        opened = _time_before(previous, named)
        if opened is not None:
            return [opened]
        previous = above
    return []


def _time_before(clause: Token, named: Mapping[int, Time]) -> Time | None:
    """'Moved closer on Sunday, when they met': what is told of the day that stands before it."""
    if clause.dep_ not in ("advcl", "relcl") or clause.left_edge.lower_ != "when":
        return None
    opening = clause.left_edge
    last = opening.i - 1
    if last > 0 and clause.doc[last].text == ",":
        last -= 1
    for at, time in named.items():
        root = clause.doc[at]
        ends = at <= last <= at + _WORDS and (at == last or root.is_ancestor(clause.doc[last]))
        if ends and time.relation is None and time.value_start is not None:
            return time
    return None


def _shared_time(
    trigger: Trigger, told: Mapping[int, Sequence[Time]], attacks: Collection[int]
) -> Sequence[Time]:
    """'Dropped bombs and strafed the crowd at noon on Friday': the day behind both is of both."""
    if trigger.pos != "verb" or trigger.head.i not in attacks:
        return ()
    others = (
        v for v in conjuncts(trigger.head)[1:] if v.i in attacks and not children(v, *SUBJECTS)
    )
    return next((told[verb.i] for verb in others if verb.i in told), ())


@once
def _words_of(trigger: Trigger) -> list[Token]:
    found = [trigger.head, outer_noun(trigger.head)]
    if trigger.governor is not None:
        found.append(trigger.governor)
    if trigger.partner is not None:
        found += [trigger.partner.head, outer_noun(trigger.partner.head)]
    if trigger.pos == "adjective" and is_verbal(trigger.head.head):
        found.append(trigger.head.head)
    if trigger.pos == "verb" and trigger.head.dep_ == "acl" and is_passive(trigger.head):
        found.append(trigger.head.head)
    clauses = [clause for word in found for clause in arranging_clauses(word)]
    if trigger.partner is not None and trigger.partner.frame.type != trigger.frame.type:
        # "called off a march planned for Saturday": the march is of Saturday, not the call.
        clauses = [c for c in clauses if c.lemma_ not in factuality_words().scheduled_verbs]
    return found + clauses


def _further_harm(trigger: Trigger) -> list[Token]:
    """'Seven were killed and 70 wounded on Wednesday': one happening, told by its first verb."""
    if not is_harm(trigger.head):
        return []
    return [verb for verb in conjuncts(trigger.head)[1:] if is_harm(verb)]


def _holder(root: Token, words: Mapping[int, int]) -> Token | None:
    """Return the trigger's word or the verb that a time hangs on."""
    if root.i in words:
        return root
    first = root.left_edge.i
    if first > 1 and root.doc[first - 1].lower_ == "of" and first - 2 in words:
        paper = root.doc[first - 2]
        if paper.lemma_.lower() in agreement_words():
            # "As the accord of 10 February demands": the parse may take the verb for a noun.
            return paper
    for above in ancestors(root):
        accepted = _accepted(above, words)
        if accepted is not None:
            return accepted
        saying = _told_behind(root, above)
        if saying is not None:
            return saying
        if above.i in words:
            return above
        if is_verbal(above):
            told = _told_before(root, above)
            if told is not None:
                return told
            # "are scheduled to meet on Sunday" may hang the day on the upper verb.
            for child in above.children:
                if (
                    child.dep_ == "xcomp"
                    and child.i in words
                    and above.lemma_ not in speech_words().verbs
                ):
                    return child
            return above
    return None


def _charged(root: Token, verb: Token, words: Mapping[int, int]) -> Token | None:
    """'Accused them of shelling Gao on Tuesday': the day behind the deed is of the deed."""
    for charge in children(verb, "prep"):
        for deed in children(charge, "pcomp"):
            if charge.lower_ in ("of", "for") and deed.i in words and deed.i < root.i:
                return deed
    return None


def _condemned(
    root: Token, time: Time, verb: Token, words: Mapping[int, int], written: Published | None
) -> Token | None:
    """'Condemned the killing of two on 20 April': a day before yesterday's is of the deed.

    A weekday is as often that of the condemning; who tells of it at once gives no date.
    """
    if time.value_start is None or written is None or not _DIGIT.search(time.text):
        return None
    if time.value_start >= written.start - timedelta(days=1):
        return None
    deeds = [noun for noun in children(verb, "dobj") if noun.i in words and noun.i < root.i]
    return deeds[0] if deeds and verb.i < deeds[0].i else None


def _accepted(participle: Token, words: Mapping[int, int]) -> Token | None:
    """'Accepted a truce proposed by X on Monday': the day is of what was done with the proposal."""
    known = load_governors().objects.get(participle.lemma_)
    if participle.dep_ != "acl" or participle.tag_ != "VBN" or known is None:
        return None
    verb = participle.head.head
    done = participle.head.dep_ == "dobj" and verb.i in words
    return verb if done and known[1] == "proposed" and agents(participle) else None


def _told_before(root: Token, saying: Token) -> Token | None:
    """'They bombed a post on Monday, rebels said': the day is of what is said, told before it."""
    if saying.lemma_ not in speech_words().verbs:
        return None
    speakers = [noun.i for noun in children(saying, *SUBJECTS)]
    for clause in children(saying, "ccomp"):
        if clause.i < root.i < min([saying.i, *speakers]):
            return clause
    return None


def _told_behind(root: Token, said: Token) -> Token | None:
    """'Said on Tuesday it had killed him on Sunday': the day behind "said" is of the saying.

    Where the clause has no other day that is its own as far as anybody knows.
    """
    saying = said.head
    if said.dep_ != "ccomp" or saying.lemma_ not in speech_words().verbs or saying.i > root.i:
        return None
    opening = min((noun.i for noun in children(said, *SUBJECTS)), default=said.i)
    between = root.doc[saying.i + 1 : root.left_edge.i]
    right_behind = all(word.lower_ in ("on", "late", "early") for word in between)
    others = [
        word
        for word in said.subtree
        if word.i > opening and word.ent_type_ == "DATE" and said in (word.head, word.head.head)
    ]
    return saying if right_behind and root.i < opening and others else None


def _meanwhile(
    trigger: Trigger, held: Sequence[tuple[Token, Time]], words: Mapping[int, int]
) -> list[Time]:
    """Times of a clause below that tells what went on as the trigger happened.

    "Died when mortars fell on the shops last Thursday"; and "attacked the hotel where the
    police stay late on Sunday", where the parse hangs a day of the past on a present clause.
    """
    top = {word.i for word in _words_of(trigger)}
    return [
        time
        for at, time in held
        if time.precision == "day"
        and time.value_start is not None
        and time.relation is None
        and is_verbal(at)
        and at.i not in top
        and _is_meanwhile(at, top, words)
    ]


def _is_meanwhile(clause: Token, top: Collection[int], words: Mapping[int, int]) -> bool:
    """Tell whether every clause from one up to a trigger's own goes on as the trigger happens."""
    for at in (clause, *ancestors(clause)):
        if at.i in top:
            return True
        if is_verbal(at) and not _goes_on(at, words):
            return False
    return False


def _goes_on(verb: Token, words: Mapping[int, int]) -> bool:
    helping = {child.lower_ for child in children(verb, "aux", "auxpass")}
    opened = {child.lower_ for child in children(verb, "mark", "advmod")}
    if "had" in helping or verb.dep_ in ("ccomp", "pcomp", "conj"):
        return False
    if verb.dep_ in ("relcl", "acl"):
        if verb.i in words:
            # A happening of its own: "the invitation to talks that start on Saturday".
            return False
        under_as = verb.head.head.dep_ == "prep" and verb.head.head.lower_ == "as"
        return bool(opened & _MEANWHILE) or verb.tag_ in ("VBZ", "VBP") or under_as
    return verb.dep_ == "advcl" and bool(opened & _MEANWHILE)


def _lent(
    trigger: Trigger,
    clause: Mapping[int, Sequence[Time]],
    own: Mapping[int, Sequence[Time]],
    words: Mapping[int, int],
    accusing: Collection[int],
) -> list[Time]:
    """Times of the clauses above, where the trigger happens in them and not before or after."""
    coarse_only = False
    aftermath = aftermath_over(trigger)
    previous = trigger.predicate if trigger.governor is not None else outer_noun(trigger.head)
    for above in ancestors(previous):
        if aftermath is not None and above.i == aftermath.i:
            if trigger.pos != "verb" or above.i > trigger.head.i:
                return []
            # "Named the woman killed on Sunday": a day behind both is of the nearer.
            behind = end_of(trigger.head)
            return [time for time in clause.get(above.i, ()) if time.start >= behind]
        if previous.dep_ == "prep" and previous.lower_ in _BEHIND:
            coarse_only = True
        if previous.dep_ in ("advcl", "relcl", "acl", "ccomp") and is_verbal(above):
            marks = {
                child.lower_ for child in previous.children if child.dep_ in ("mark", "advmod")
            }
            # "turned deadly on Friday when he shot": but what happens by itself keeps its day,
            # unless it is how those above came to harm.
            apart = "when" in marks and above.i in words and not is_harm(above)
            coarse_only = coarse_only or apart or bool(marks & _BEHIND)
        if above.i in accusing and trigger.frame.type == "ASSAULT":
            coarse_only = True
        found = [*clause.get(above.i, ())]
        if above.i in words:
            # "Breaking the accord of 4 October by shelling X": an accord's day is no other's.
            found += [
                time
                for time in own.get(words[above.i], ())
                if time not in found and not _is_in_accord(time, trigger.head.doc[words[above.i]])
            ]
        found = [t for t in found if t.value_start is not None and t.relation in (None, "since")]
        if coarse_only:
            found = [time for time in found if time.precision in _COARSE]
        if found:
            return found
        if above.lemma_ in speech_words().verbs and is_verbal(above):
            return []
        previous = above
    return []


def _is_in_accord(time: Time, accord: Token) -> bool:
    """Tell whether a time is what an agreement's noun is called by: "the accord of 4 October"."""
    if accord.lemma_.lower() not in agreement_words():
        return False
    behind = accord.doc[accord.i + 1 : accord.i + 2].text.lower()
    return behind in ("of", "dated") and 0 < time.start - end_of(accord) <= len(f" {behind} the ")


def _said(trigger: Trigger, said: Mapping[int, Sequence[Time]]) -> list[Time]:
    for above in ancestors(trigger.head):
        if above.i in said:
            return list(said[above.i])
    verb = clause_verb(trigger.head)
    return list(said.get(verb.i, ())) if verb is not None else []
