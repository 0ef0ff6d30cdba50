"""Substance: whether enough is told of a happening for a line of the record."""

from __future__ import annotations

from collections.abc import Sequence

from parley.coding.aftermath import aftermath_over, is_by_law, takes_for_real
from parley.coding.arguments import Argument
from parley.coding.counts import Tally
from parley.coding.governors import load_governors
from parley.coding.syntax import children, is_passive, prepositions, subjects
from parley.coding.timing import Timing
from parley.coding.triggers import Trigger, ends_fight, is_campaign, is_definite
from parley.coding.tying import is_tied, lasts
from parley.coding.words import aftermath_words, place_words
from parley.model import Participant

# Of these the noun alone is told of again: "the talks".
_TALKED_OF = frozenset({"CONSULT", "AGREE"})
# What is told as done as agreed, or against it, is told of things too: "the road is open".
_OBSERVED = frozenset({"kept", "broken"})
_SPOKEN = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"})
# What points of agreements are kept by is worth a line by its day, whoever does it.
_KNOWN_BY_DAY = frozenset(
    {
        "reopening",
        "lapse",
        "way_is_open",
        "way_opened",
        "come_home",
        "give_back",
        "be_let_go",
        "put_arms_away",
        "joint_work",
    }
)
# Happenings that are worth a line by their date alone: "fighting broke out on Monday".
_DATED = frozenset({"CONSULT", "AGREE", "ASSAULT", "PROTEST"})
# What is done for years, and how a clause on a noun tells it.
_LASTING = frozenset({"ASSAULT", "AID", "SUPPORT", "COERCE", "COOPERATE", "REJECT"})
_DESCRIBING = frozenset({("acl", "VBG"), ("relcl", "VBZ"), ("relcl", "VBP")})
_STRUCK = frozenset({"victim", "recipient"})
_STRIKING = frozenset({"of", "on", "against"})


def is_told_by_place(trigger: Trigger) -> bool:
    """Tell whether a place alone makes it worth a line: unrest, an arrest, a meeting held there."""
    if trigger.frame.type in ("PROTEST", "ASSAULT"):
        return True
    if trigger.frame.type == "AID":
        return trigger.frame.mode == "humanitarian" and trigger.pos == "verb"
    if trigger.frame.type == "COERCE":
        arrested = trigger.frame.mode == "arrest" and trigger.pos == "verb"
        return arrested or is_tied(trigger) or _bars_way(trigger)
    return (
        trigger.frame.type == "CONSULT"
        and trigger.pos == "noun"
        and trigger.governor is not None
        and trigger.effect in ("called_off", "scheduled")
    )


def _bars_way(trigger: Trigger) -> bool:
    """Tell whether a way is told as closed, whoever did it: "the road to X has been closed"."""
    verb, ways = trigger.head, place_words().ways
    if trigger.pos != "verb" or not is_passive(verb):
        return False
    return any(noun.lemma_.lower() in ways for noun in subjects(verb))


def is_told_by_day(trigger: Trigger, *, dated: bool) -> bool:
    """Tell whether its day alone makes it worth a line: "the road was open again on Monday"."""
    return trigger.frame.name in _KNOWN_BY_DAY and dated


def is_substantial(
    trigger: Trigger,
    arguments: Sequence[Argument],
    participants: Sequence[Participant],
    tallies: Sequence[Tally],
    timing: Timing,
    *,
    labelled: bool = False,
) -> bool:
    """Tell whether enough is told for an event: someone takes part, or someone is counted.

    What is `labelled` has its day in front of its line.
    """
    dated = bool(timing.own) or labelled
    named = {p.name for p in participants if p.country is not None or p.kind != "population"}
    if ends_fight(trigger) or trigger.frame.name in _OBSERVED:
        return True
    if is_told_by_day(trigger, dated=dated):
        return True
    if trigger.frame.name in ("reopening", "lapse"):
        return False
    if trigger.frame.type in _SPOKEN and trigger.head.dep_ in ("acl", "amod"):
        if not timing.own and not any(p.role == "actor" for p in participants):
            return False
    if trigger.frame.needs == "two":
        return len(named) >= 2
    if not tallies and not timing.own and _describes(trigger):
        return False
    if "counted" in trigger.flags and not tallies:
        return is_by_law(trigger)
    if "dated" in trigger.flags and not dated:
        return False
    if tallies or _names_incident(trigger, participants):
        return True
    known = participants or is_definite(trigger) or lasts(trigger)
    if is_campaign(trigger) or (is_tied(trigger) and known):
        return True
    if is_definite(trigger) and trigger.frame.type in _TALKED_OF and not trigger.flags:
        # "the talks": what was told of before completes it, or it goes.
        return True
    if trigger.pos == "noun" and trigger.governor is None:
        return bool(named) or labelled or any(t.value_start for t in timing.own)
    if trigger.pos == "noun":
        return bool(named) or dated
    if dated and trigger.frame.type in _DATED:
        return True
    if trigger.frame.type == "CONSULT" and not any(name[:1].isupper() for name in named):
        # A committee that meets, a minister who visits a hospital: nobody of whom we keep record.
        plural = bool(participants) and any(a.token.tag_ == "NNS" for a in arguments)
        return plural or any(argument.token.pos_ == "PRON" for argument in arguments)
    return bool(participants) or any(argument.token.pos_ == "PRON" for argument in arguments)


def _describes(trigger: Trigger) -> bool:
    """Tell whether a verb in the present says who somebody is: "a group fighting in the north".

    "Norway, which trains the army": that is so on any day.
    """
    verb = trigger.head
    if trigger.pos != "verb" or trigger.frame.type not in _LASTING or children(verb, "aux"):
        return False
    return (verb.dep_, verb.tag_) in _DESCRIBING


def _names_incident(trigger: Trigger, participants: Sequence[Participant]) -> bool:
    """Tell whether a noun of violence is enough: by whom it struck, what broke out, what followed.

    "The killing of a vendor", "clashes broke out again", "arrested over the shooting".
    """
    if trigger.frame.type != "ASSAULT":
        return False
    outbreak = load_governors().outbreak
    if trigger.pos == "verb":
        partner = trigger.partner
        return partner is not None and partner.pos == "noun" and trigger.head.lemma_ in outbreak
    if trigger.pos != "noun":
        return False
    if trigger.head.lemma_.lower() in aftermath_words().deaths:
        # A poet's death is mourned as well; one that somebody is charged with is a killing.
        return is_by_law(trigger)
    struck = trigger.frame.template == "directed" and any(
        name in _STRIKING for name, _ in prepositions(trigger.head)
    )
    if struck and any(p.role in _STRUCK for p in participants):
        return True
    if trigger.governor is not None and trigger.governor.lemma_ in outbreak:
        return True
    return takes_for_real(trigger) and aftermath_over(trigger) is not None
