"""Delays: the day that was given up and the one that takes its place.

In: a trigger, and the times of its sentence.  Out: the times it is moved to, and which were
planned before: "talks due on Monday were put off to Friday", "will now take place on Friday".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Token

from parley.coding.clauses import outer_noun
from parley.coding.governors import load_governors
from parley.coding.syntax import SUBJECTS, ancestors, children, conjuncts, is_verbal
from parley.coding.triggers import Trigger
from parley.coding.words import factuality_words
from parley.dating import putting_off
from parley.model import Time

# What is to be on another day than planned is told with these.
_INSTEAD = frozenset({"now", "instead"})
# What is called for a day: the rest is told when it is done.
CALLED = frozenset({"CONSULT", "AGREE"})


def moved_times(
    triggers: Sequence[Trigger], here: Sequence[tuple[Time, Token]]
) -> tuple[dict[int, list[Time]], dict[int, Token], list[Time]]:
    """Return the times to which triggers are put off, the verbs that do it, and times apart.

    Both by the trigger's head.  Apart stand these times and those of the putting off: neither
    is when it was to be, "postponed on Sunday until May".
    """
    verbs = {
        verb.i: trigger.head.i
        for trigger in triggers
        if trigger.pos == "noun" and trigger.frame.type in CALLED
        for above in (outer_noun(trigger.head).head, trigger.governor)
        if above is not None
        for verb in (above, *_further(above))
    }
    moved: dict[int, list[Time]] = defaultdict(list)
    movers: dict[int, Token] = {}
    apart: list[Time] = []
    for time, root in here:
        found = putting_off(root)
        if found is None or time.value_start is None or found[0].i not in verbs:
            continue
        if found[1] == "new":
            at = verbs[found[0].i]
            moved[at].append(time)
            movers[at] = found[0]
            apart.append(time)
    for trigger in triggers:
        if trigger.pos == "noun" and trigger.frame.type in CALLED and trigger.head.i not in moved:
            verb, new = _told_instead(outer_noun(trigger.head), here)
            if verb is not None:
                moved[trigger.head.i], movers[trigger.head.i] = new, verb
                apart += new
    for time, root in here:
        pausing = load_governors().pausing
        given = [mover for mover in movers.values() if mover.lemma_ not in pausing]
        path = next((way for mover in given if (way := _way(root, mover))), None)
        if path is not None and putting_off(root) is None:
            if not any(word.pos_ == "NOUN" or is_verbal(word) for word in path[1:]):
                apart.append(time)
    return moved, movers, apart


def given_up(
    trigger: Trigger, new: Sequence[Time], here: Sequence[tuple[Time, Token]]
) -> Sequence[Time]:
    """Return the day told with what is put off: "talks due on Monday were moved to Friday"."""
    noun = outer_noun(trigger.head)
    first = min((time.value_start for time in new if time.value_start), default=None)
    return [
        time
        for time, root in here
        if first and time.value_end and time.value_end < first and noun.is_ancestor(root)
    ][:1]


def _told_instead(
    noun: Token, here: Sequence[tuple[Time, Token]]
) -> tuple[Token | None, list[Time]]:
    """Return the verb and the new day of "talks set for Monday will now be held on Friday"."""
    planned = [verb for verb in children(noun, "acl") if _is_planning(verb)]
    verb = noun.head
    opened = [verb, *children(verb, "xcomp")]
    said = {child.lower_ for word in opened for child in children(word, "advmod")}
    if not planned or not is_verbal(verb) or not said & _INSTEAD:
        return None, []
    old = [time for time, root in here if _verb_over(root) in planned and time.value_end]
    last = max((time.value_end for time in old if time.value_end), default=None)
    new = [
        time
        for time, root in here
        if _verb_over(root) in opened and last and time.value_start and time.value_start > last
    ]
    return (verb if new else None), new


def _is_planning(verb: Token) -> bool:
    return verb.tag_ == "VBN" and verb.lemma_ in factuality_words().scheduled_verbs


def _verb_over(word: Token) -> Token | None:
    return next((above for above in ancestors(word) if is_verbal(above)), None)


def _further(verb: Token) -> list[Token]:
    """Return the verbs of the same subject: "had been due on Monday and was put back to Friday"."""
    return [other for other in conjuncts(verb)[1:] if not children(other, *SUBJECTS)]


def _way(word: Token, above: Token) -> list[Token]:
    """Return a word and those over it on the way to one above, none if that is not above it."""
    if not above.is_ancestor(word):
        return []
    return [word, *(w for w in ancestors(word) if above.is_ancestor(w))]
