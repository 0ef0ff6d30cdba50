"""Rising: which figures of an event a later report's greater one has taken the place of.

In: the claims of one event, and when each was told by whom.  Out: the same, the earlier ones
marked.  A toll is told anew as the wounded die and bodies are found; the figure of the first
day is then no rival of that of the third.  What two sides claim against each other stays, and so
does a later figure that is lower: only words correct one downwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from parley.merging.counted import ALL, groups_of
from parley.merging.names import fold
from parley.model import Attribution, Count, Mention, Participant, Report

_OF_STATE = frozenset({"state", "military", "government_body"})


class Telling(Struct, frozen=True):
    """Where one claim is told: the days of its reports, those reports, for whom and by whom."""

    days: tuple[date, ...]
    reports: frozenset[str]
    camp: str | None
    said: frozenset[str]


def tellings_of(same: Sequence[tuple[Count, Mention]], reports: Mapping[str, Report]) -> Telling:
    """Return where a claim is told, given the mentions that tell it."""
    days = []
    for _, mention in same:
        report = reports.get(mention.report)
        if report is not None and report.published is not None:
            days.append(report.published.start)
    camps = {_camp(count, mention) for count, mention in same}
    told = frozenset(mention.report for _, mention in same)
    said = frozenset(fold(count.claimed_by or "") for count, _ in same)
    return Telling(tuple(sorted(days)), told, camps.pop() if len(camps) == 1 else None, said)


def _camp(count: Count, mention: Mention) -> str | None:
    """Return for whom the claimant speaks: a state by its country, an armed group by its name."""
    told: list[Attribution | Participant] = [*mention.attribution, *mention.participants]
    for party in told:
        if count.claimed_by and fold(party.name) == fold(count.claimed_by):
            if party.kind == "armed_group":
                return party.name
            return party.country if party.kind in _OF_STATE else None
    return None


def with_earlier(counts: Sequence[Count], tellings: Sequence[Telling]) -> list[Count]:
    """Return the claims, each marked that a later and greater one replaces.

    One of the same people does; and one of some, which no figure of all is less than.
    """
    groups = groups_of(counts)
    return [
        msgspec.structs.replace(count, earlier=True)
        if any(
            groups[this] in (ALL, groups[other])
            and _replaces(counts[other], count, tellings[other], tellings[this])
            for other in range(len(counts))
        )
        else count
        for this, count in enumerate(counts)
    ]


def _replaces(new: Count, old: Count, told: Telling, before: Telling) -> bool:
    if new.what != old.what or new.corrected or old.corrected:
        return False
    if not told.days or not before.days or _least(new) <= _least(old):
        return False
    if told.camp and before.camp and told.camp != before.camp:
        return False
    if told.reports & before.reports and told.said != before.said:
        return False  # a report that gives both, each by whom it is said, tells of a dispute
    if told.days[0] == before.days[0] and old.high is None:
        return True  # "at least nine", and twelve on the same day
    again = sum(day >= told.days[0] for day in before.days)
    return told.days[0] > before.days[0] and again < len(told.days)


def _least(count: Count) -> int:
    """Return the figure that a claim tells, of a vague one the least."""
    number = count.best if count.best is not None else count.low
    return number if number is not None else count.high or 0
