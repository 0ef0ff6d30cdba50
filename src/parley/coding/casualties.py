"""Counts of people in their public form, and the victims that they name.

In: a trigger.  Out: its `Tally`s (numbers as `counts` reads them), the `Count`s and the
participants whose people are counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.coding.counts import Tally, find_tallies, is_harm
from parley.coding.fates import fates_of
from parley.coding.lexicon import Lexicon
from parley.coding.numbers import is_number
from parley.coding.participants import nationality_of
from parley.coding.syntax import antecedent, is_passive, prepositions, subjects, whole_of
from parley.coding.tolls import told_of_toll
from parley.coding.triggers import Trigger
from parley.coding.unnamed import unnamed_party
from parley.grounding import Grounding
from parley.model import Attribution, Count, CountKind, EventType, Participant, Trace
from parley.parsing import end_of, start_of

# What some types count alone: nobody is killed by an agreement, whatever its sentence recalls.
_PEACEFUL: frozenset[CountKind] = frozenset({"captured", "displaced", "missing"})
_COUNTED: dict[EventType, frozenset[CountKind]] = {
    "MOBILIZE": frozenset({"deployed"}),
    "AID": frozenset({"deployed", "displaced"}),
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "REQUEST"), _PEACEFUL),
}
# "Sent a patrol": nobody says how many that are.
_ONE = frozenset({"a", "an"})
_THROUGHOUT = frozenset({"in", "during", "throughout", "over", "since"})


def tallies_of(trigger: Trigger, lexicon: Lexicon) -> list[Tally]:
    """Return the numbers of people that a trigger's words govern and its type can count."""
    words = [trigger.head]
    if trigger.governor is not None:
        words.append(trigger.governor)
    if trigger.partner is not None:
        words.append(trigger.partner.head)
    found: list[Tally] = []
    for word in words:
        found += find_tallies(word, lexicon=lexicon)
    if trigger.frame.type == "ASSAULT":
        found = told_of_toll(words, found)
        found = _with_fates(found, list(fates_of(trigger.head, lexicon)))
    wanted = _COUNTED.get(trigger.frame.type)
    seen = set()
    kept = []
    for tally in found:
        key = (tally.what, tally.number.token.i, tally.number.whole)
        if key in seen or (wanted is not None and tally.what not in wanted):
            continue
        if tally.what == "deployed" and (wanted is None or tally.number.token.lower_ in _ONE):
            continue
        seen.add(key)
        kept.append(tally)
    return kept


def _with_fates(found: Sequence[Tally], fates: Sequence[Tally]) -> list[Tally]:
    """Add what became of people; a number that a headline gives to one fate has no other."""
    other = {fate.number.token.i: fate.what for fate in fates}
    kept = [tally for tally in found if other.get(tally.number.token.i, tally.what) == tally.what]
    told = {tally.what for tally in kept}
    return [*kept, *(fate for fate in fates if fate.what not in told)]


def victims_of(tallies: Sequence[Tally], grounding: Grounding, report: str) -> list[Participant]:
    """Whose people are counted takes part as the victim."""
    found = []
    for tally in tallies:
        if tally.what == "deployed" or tally.corrected:
            continue
        reference = grounding.reference(tally.number.noun)
        for member in reference.members if reference is not None else ():
            assert reference is not None
            found.append(
                Participant(
                    name=member.party.name,
                    kind=member.party.kind,
                    country=member.party.country,
                    role="victim",
                    evidence=(Trace(report=report, start=reference.start, end=reference.end),),
                )
            )
    return found


def unnamed_victims_of(
    tallies: Sequence[Tally], grounding: Grounding, lexicon: Lexicon
) -> list[Participant]:
    """Who is counted by a noun for people alone: "wounding two drivers"."""
    counted = [
        unnamed_party(tally.number.noun, "victim", grounding, lexicon)
        for tally in tallies
        if tally.what != "deployed" and not tally.corrected and _whom(tally) is not None
    ]
    return [party for party in counted if party is not None and party.kind != "organisation"]


def counts_of(
    tallies: Sequence[Tally],
    attribution: Sequence[Attribution],
    grounding: Grounding,
    report: str,
) -> tuple[Count, ...]:
    """Return the tallies as claims: of whose people, and by whom."""
    claimant = attribution[0].name if attribution else None
    counts = []
    for tally in tallies:
        sides = () if tally.number.whole else nationality_of(tally.number.noun, grounding=grounding)
        token = tally.number.token
        counts.append(
            Count(
                what=tally.what,
                low=tally.number.low,
                best=tally.number.best,
                high=tally.number.high,
                side=sides[0] if len(sides) == 1 else None,
                claimed_by=claimant,
                corrected=tally.corrected,
                whom=_whom(tally),
                evidence=(Trace(report=report, start=start_of(token), end=end_of(token)),),
            )
        )
    return tuple(counts)


def _whom(tally: Tally) -> str | None:
    """Return the noun that a number counts: none for several together, or a bare number."""
    noun = whole_of(tally.number.noun)
    counted = noun.pos_ in ("NOUN", "PROPN", "ADJ") and not is_number(noun)
    return noun.lower_ if counted and not tally.number.whole else None


def are_of_war(trigger: Trigger, lexicon: Lexicon) -> bool:
    """Tell whether whom a verb counts died in all of a war: "13,000 were killed in the conflict".

    So also "the war, in which ..." and "the war has killed ...".  They are of no day.
    """
    verb = trigger.head
    if not is_harm(verb):
        return False
    spans = [noun for name, noun in prepositions(verb) if name in _THROUGHOUT]
    spans += [noun for span in spans for name, noun in prepositions(span) if name == "of"]
    if not is_passive(verb):
        spans += subjects(verb)
    return any(antecedent(noun, verb).lemma_.lower() in lexicon.classes["war"] for noun in spans)
