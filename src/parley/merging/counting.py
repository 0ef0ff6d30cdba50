"""Counting: an event's figures, one entry a claim, and the words that tell a figure.

In: the mentions of one event, sorted, with their reports, or counts.  Out: counts whose `mention`
is an index into those mentions, those that stand, by whom they count; or a phrase such as "more
than 6,500".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from parley.merging.counted import ALL, CIVILIANS, Group, groups_of, told_apart
from parley.merging.fields import join_evidence
from parley.merging.names import fold
from parley.merging.rising import tellings_of, with_earlier
from parley.model import Count, Mention, Report

ClaimKey = tuple[object, ...]


def join_counts(mentions: Sequence[Mention], reports: Mapping[str, Report]) -> tuple[Count, ...]:
    """Return every claim of a figure once, at the first mention that makes it.

    What one mention corrects is corrected wherever else the outlets or the same claimant tell it.
    """
    claims: dict[ClaimKey, list[tuple[Count, Mention]]] = {}
    for index, mention in enumerate(mentions):
        for count in mention.counts:
            claim = msgspec.structs.replace(count, mention=index)
            claims.setdefault(_claim(count), []).append((claim, mention))
    parted = [each for same in claims.values() for each in _by_people(same)]
    joined = [
        msgspec.structs.replace(
            same[0][0],
            whom=next((count.whom for count, _ in same if told_apart(count)), same[0][0].whom),
            evidence=join_evidence(count.evidence for count, _ in same),
        )
        for same in parted
    ]
    tellings = [tellings_of(same, reports) for same in parted]
    return tuple(with_earlier(with_corrections(joined), tellings))


def _by_people(same: list[tuple[Count, Mention]]) -> list[list[tuple[Count, Mention]]]:
    """Return tellings of one figure, by the kind of people where several are told.

    "14 people" and "14 villagers" are one claim; "12 rebels" and "12 villagers" are two.
    """
    kinds = dict.fromkeys(told_apart(count) for count, _ in same)
    if len(set(kinds) - {None}) < 2:
        return [same]
    return [[told for told in same if told_apart(told[0]) == kind] for kind in kinds]


def with_corrections(counts: Sequence[Count]) -> list[Count]:
    """Return counts, each marked that one of them corrects."""
    void = list({_claim(count): count for count in counts if count.corrected}.values())
    if not void:
        return list(counts)
    return [
        msgspec.structs.replace(count, corrected=any(_corrects(one, count) for one in void))
        for count in counts
    ]


def _corrects(void: Count, count: Count) -> bool:
    """Tell whether a figure that holds no longer is the one that a count tells."""
    whose = count.claimed_by is None or void.claimed_by in (None, count.claimed_by)
    same = number_of(void) == number_of(count)
    return void.what == count.what and same and whose and void.side in (None, count.side)


def standing(counts: Sequence[Count]) -> list[Count]:
    """Return the claims that nobody has corrected or outdone, and that no sum adds up.

    "Four rebels and one soldier" are five, and four, and one: the five stands where the first of
    its parts does.  What is told of one side stays: it is that side's figure.
    """
    tellings: dict[tuple[object, ...], list[Count]] = {}
    valid = [count for count in counts if not (count.corrected or count.earlier)]
    for count in valid:
        tellings.setdefault(_telling(count), []).append(count)
    sums = {telling: _sums(told) for telling, told in tellings.items()}
    return [
        count
        for count in valid
        if count.side is not None or not (own := sums[_telling(count)]) or count in own
    ]


def by_people(counts: Sequence[Count]) -> dict[Group, list[Count]]:
    """Return the standing claims of one thing, by whom they count; `ALL` are those of all.

    A figure of all that is that of the soldiers, where rebels are counted too, is told of the
    soldiers: the parts stand.  Any other stands for all.  Where one report has rebels killed and
    another civilians, they may be the same dead, and are two claims of one thing.
    """
    told = [count for count in standing(counts) if number_of(count) is not None]
    groups: dict[Group, list[Count]] = {}
    for group, count in zip(groups_of(told), told, strict=True):
        groups.setdefault(group, []).append(count)
    totals = groups.pop(ALL, [])
    for group in [group for group in groups if group[0] == CIVILIANS]:
        rival = next((each for each in groups if _are_rivals(groups, group, each)), None)
        if rival is not None:
            groups[rival] += groups.pop(group)
    parts = [count for claims in groups.values() for count in claims]
    of_part = len(groups) > 1 and _greatest(totals) == _greatest(parts)
    return {ALL: totals} if totals and not of_part else groups


def _are_rivals(groups: Mapping[Group, Sequence[Count]], civilians: Group, other: Group) -> bool:
    """Tell whether civilians and those who fight are counted, and by no report both."""
    if other[0] in (None, CIVILIANS):
        return False
    told = [
        {trace.report for count in groups[group] for trace in count.evidence}
        for group in (civilians, other)
    ]
    return bool(told[0] and told[1]) and told[0].isdisjoint(told[1])


def _greatest(counts: Sequence[Count]) -> int:
    return max((number_of(count) or 0 for count in counts), default=-1)


def _telling(count: Count) -> tuple[object, ...]:
    return count.what, count.mention, count.claimed_by


def _sums(told: Sequence[Count]) -> list[Count]:
    """Return the sums among the figures of one telling."""
    return [
        one
        for one in told
        if any(
            not set(one.evidence).isdisjoint(two.evidence)
            and (number_of(one) or 0) > (number_of(two) or 0)
            for two in told
        )
    ]


def _claim(count: Count) -> ClaimKey:
    low, best = count.low, count.best
    if best is None and low is not None and low > 100 and low % 10 == 1:
        low -= 1  # "more than 6,500" may be coded as 6,500 or as 6,501
    return (
        count.what,
        fold(count.side) if count.side else None,
        fold(count.claimed_by) if count.claimed_by else None,
        low,
        best,
        count.high,
        count.corrected,
    )


def number_of(count: Count) -> int | None:
    """Return the one figure that stands for a claim: the best, else the least told."""
    if count.best is not None:
        return count.best
    return count.low if count.low is not None else count.high


def tell(count: Count) -> str:
    """Return a claim's figure in words: "at least 286", "about 2,000", "20 to 30", "3"."""
    low, best, high = count.low, count.best, count.high
    if best is None:
        return _tell_bounds(low, high)
    if low is None:
        return f"about {best:,}" if high is None else f"up to {best:,}"
    if high is None:
        return f"at least {best:,}"
    return f"{best:,}" if low == high else f"{low:,} to {high:,}"


def _tell_bounds(low: int | None, high: int | None) -> str:
    if low is None or (high is not None and low <= 1):
        return f"up to {high:,}" if high is not None else "an unknown number"
    if high is not None:
        return f"{low:,} to {high:,}"
    if low > 100 and low % 10 == 1:
        low -= 1
    return f"more than {low:,}" if low >= 100 and low % 10 == 0 else f"at least {low:,}"


def by_subject(counts: Sequence[Count]) -> Mapping[tuple[str, str | None], list[Count]]:
    """Return the claims by what they count and on whose side, in the order told."""
    found: dict[tuple[str, str | None], list[Count]] = {}
    for count in counts:
        found.setdefault((count.what, count.side), []).append(count)
    return found
