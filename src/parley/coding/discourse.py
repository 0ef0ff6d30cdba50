"""The report as a whole: what one sentence leaves to the others.

"The meeting" is the one told of before; "a week after" counts from it; what has no date is
news of the week, unless the report recalls it; a denial belongs to its accusation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parley.coding.arguments import find_arguments
from parley.coding.chronology import (
    bounded_by_meeting,
    continued,
    dated_by_anchor,
    dated_by_context,
    dated_by_incident,
    headlined,
    recalled,
)
from parley.coding.cues import linked
from parley.coding.drafts import Draft, changed
from parley.coding.entries import dated_by_entry, find_entries, placed_by_entry
from parley.coding.known import as_known, is_told_as_known, made_before
from parley.coding.lengths import stretched
from parley.coding.outgrown import mark_outgrown
from parley.coding.syntax import near
from parley.coding.ties import tied
from parley.coding.triggers import words_of
from parley.coding.tying import is_observed
from parley.coding.venues import placed_by_story
from parley.coding.whereabouts import placed_by_scene
from parley.coding.windows import is_over
from parley.dating import Dated
from parley.grounding import Grounding
from parley.model import Mention, Participant, Party, Trace
from parley.parsing import end_of, start_of

_CONVENING = frozenset({"mediator", "host"})
_ACTING = frozenset({"actor", "signatory"})
_TAKING_SIDES = _ACTING | {"recipient", "victim"}


def settle(drafts: Sequence[Draft], *, dated: Dated, grounding: Grounding) -> tuple[Mention, ...]:
    """Return the mentions of a report, each completed from the others."""
    drafts = [as_known(draft) for draft in drafts]
    drafts = [dated_by_anchor(draft, drafts, dated) for draft in drafts]
    entries = find_entries(dated)
    drafts = [dated_by_entry(draft, drafts, entries) for draft in drafts] if entries else drafts
    drafts = [stretched(draft, drafts) for draft in drafts]
    drafts = [draft for draft in _with_antecedents(drafts) if _is_told(draft)]
    drafts = _between_rivals(drafts, grounding)
    drafts = [bounded_by_meeting(draft, drafts, dated) for draft in drafts]
    drafts = headlined(drafts)
    drafts = continued(drafts, dated)
    drafts = [dated_by_incident(draft, drafts, dated) for draft in drafts]
    drafts = mark_outgrown(drafts)
    told = [recalled(draft, drafts, dated) for draft in drafts]
    told = [dated_by_context(draft, told, dated) for draft in told]
    told = [placed_by_entry(draft, entries, grounding) for draft in told] if entries else told
    told = placed_by_story(told)
    told = placed_by_scene(told, grounding)
    return _worth_telling(
        tied([linked(draft, told) for draft in told], grounding.parse.report.text)
    )


def _worth_telling(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Leave out agreements named as known of which neither a party nor a deed is told."""
    tied_to = {cue.mention for mention in mentions for cue in mention.links}
    return tuple(
        m for m in mentions if not m.known or m.participants or m.when or m.links or m.id in tied_to
    )


def _is_told(draft: Draft) -> bool:
    """Tell whether anybody takes part, or any day is told, once "the talks" are completed."""
    mention = draft.mention
    if not draft.definite or is_observed(draft.trigger) or is_over(draft.trigger):
        return True
    placed = bool(mention.where) and draft.trigger.frame.template == "directed"
    if mention.type == "ASSAULT" and (placed or draft.over is not None):
        return True
    named = any(p.country is not None or p.kind != "population" for p in mention.participants)
    return named or mention.when is not None or bool(mention.counts)


def _between_rivals(drafts: Sequence[Draft], grounding: Grounding) -> list[Draft]:
    """'The war', 'the truce', 'last week's talks': between those who face each other here.

    Who only hosts talks, or is named in passing, is no side of anything: both must be told as
    taking a side somewhere in the report, and of a fight in some violence.
    """
    sides = _taking_sides(drafts)
    rivals = grounding.rivals
    if len(rivals) < 2 or any(r.kind != "armed_group" and r.name not in sides for r in rivals):
        return list(drafts)
    fighting = _taking_sides(draft for draft in drafts if draft.mention.type == "ASSAULT")
    fight = all(r.kind == "armed_group" or r.name in fighting for r in rivals)
    return [
        _with_rivals(draft, grounding) if fight or draft.mention.type != "ASSAULT" else draft
        for draft in drafts
    ]


def _taking_sides(drafts: Iterable[Draft]) -> frozenset[str]:
    return frozenset(
        party.name
        for draft in drafts
        for party in draft.mention.participants
        if party.role in _TAKING_SIDES
    )


def _with_rivals(draft: Draft, grounding: Grounding) -> Draft:
    mention = draft.mention
    triggers = (draft.trigger, draft.trigger.partner)
    if mention.known and mention.when is not None and mention.when.precision == "year":
        return draft  # "the treaty of 1997" may be any two's
    mutual = any(
        t is not None and t.pos == "noun" and t.frame.template == "mutual" for t in triggers
    )
    if not mutual or _are_told(draft) or _is_elsewhere(mention, grounding):
        return draft
    if mention.type != "ASSAULT" and not _is_near_rivals(draft, grounding):
        return draft  # talks and truces have other parties oftener than a war has
    convening = {p.name for p in mention.participants}
    sides = [
        Participant(
            name=party.name,
            kind=party.kind,
            country=party.country,
            role="actor",
            evidence=_first_naming(party, grounding),
        )
        for party in grounding.rivals
        if party.name not in convening
    ]
    return changed(draft, participants=(*sides, *mention.participants))


def _are_told(draft: Draft) -> bool:
    """Tell whether a sentence says itself who takes part, if by a noun of which nothing is known.

    Of those it was done to only parties count: "the fighting killed five people" tells no side.
    """
    if any(
        party.role in _ACTING or party.country is not None or party.kind == "armed_group"
        for party in draft.mention.participants
        if party.role in _TAKING_SIDES
    ):
        return True
    triggers = (draft.trigger, draft.trigger.partner)
    ours = {word.i for trigger in triggers if trigger is not None for word in words_of(trigger)}
    return any(
        argument.role in _ACTING
        and argument.token.i not in ours
        and argument.token.pos_ in ("NOUN", "PROPN")
        and argument.token.ent_type_ not in ("DATE", "TIME")
        for argument in find_arguments(draft.trigger)
    )


def _is_elsewhere(mention: Mention, grounding: Grounding) -> bool:
    """Tell whether a place is told in a country of none who face each other here."""
    homes = {party.country for party in grounding.rivals}
    countries = {place.country for place in mention.where if place.precision == "country"}
    return mention.type == "ASSAULT" and bool(countries) and not countries & homes


def _is_near_rivals(draft: Draft, grounding: Grounding) -> bool:
    """Tell whether the sentence names one of those who face each other here."""
    sentence, names = near(draft.trigger.head), {party.name for party in grounding.rivals}
    first, last = start_of(sentence), end_of(sentence)
    return any(
        first <= reference.start < last and member.party.name in names
        for reference in grounding.references
        for member in reference.members
    )


def _first_naming(party: Party, grounding: Grounding) -> tuple[Trace, ...]:
    """Return the characters that name a party first in the report."""
    for reference in grounding.references:
        if any(member.party.name == party.name for member in reference.members):
            report = grounding.parse.report.id
            return (Trace(report=report, start=reference.start, end=reference.end),)
    return ()


def _with_antecedents(drafts: Sequence[Draft]) -> list[Draft]:
    """Complete "the talks" from the talks told of before."""
    done: list[Draft] = []
    for draft in drafts:
        mention = draft.mention
        named = _named(mention)
        if is_told_as_known(draft):
            made = made_before(draft, drafts)
            done.append(
                _completed(draft, made.mention, bare=not named)
                if made is not None
                else changed(draft, background=True, known=True)
            )
            continue
        if draft.definite and (len(named) < 2 or mention.when is None):
            earlier = _antecedent(draft, done)
            if earlier is not None:
                done.append(_completed(draft, earlier.mention, bare=not named))
                continue
        done.append(draft)
    return done


def _named(mention: Mention) -> frozenset[str]:
    """Return the sides that a mention names: "Norway mediated the talks" names none of them."""
    return frozenset(
        p.name for p in mention.participants if p.country is not None and p.role not in _CONVENING
    )


def _antecedent(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    mention = draft.mention
    named = _named(mention)
    places = {place.name for place in mention.where}
    for other in reversed(earlier):
        theirs = {p.name for p in other.mention.participants if p.country is not None}
        if (
            other.mention.type == mention.type
            and (other.trigger.pos == "noun" or other.mention.type == "CONSULT")
            and theirs
            and named <= theirs
            and (
                not places
                or not other.mention.where
                or places & {place.name for place in other.mention.where}
            )
            and other.mention.status not in ("denied", "proposed")
            and draft.paragraph - other.paragraph <= 4
        ):
            return other
    return None


def _completed(draft: Draft, earlier: Mention, *, bare: bool) -> Draft:
    mention = draft.mention
    fields: dict[str, object] = {}
    if bare:
        fields["participants"] = (
            *mention.participants,
            *(
                p
                for p in earlier.participants
                if p.name not in {q.name for q in mention.participants}
            ),
        )
    if mention.when is None and earlier.when is not None:
        fields["when"] = earlier.when
        if mention.status in ("happened", "expected") and earlier.status in (
            "scheduled",
            "expected",
            "called_off",
        ):
            fields["status"] = earlier.status
    if not mention.where and earlier.where:
        fields["where"] = earlier.where
    return changed(draft, **fields) if fields else draft
