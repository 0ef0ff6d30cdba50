"""Counting: an event's figures, one entry a claim, and the words that tell a figure.

In: the mentions of one event, sorted, or one count.  Out: counts whose `mention` is an
index into those mentions; or a phrase such as "more than 6,500".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from parley.merging.fields import join_evidence
from parley.merging.names import fold
from parley.merging.rules import Words
from parley.model import Count, Mention, Report

ClaimKey = tuple[object, ...]


def join_counts(mentions: Sequence[Mention]) -> tuple[Count, ...]:
    """Return every claim of a figure once, at the first mention that makes it.

    What one mention corrects is corrected wherever else the outlets or the same claimant tell it.
    """
    claims: dict[ClaimKey, list[Count]] = {}
    for index, mention in enumerate(mentions):
        for count in mention.counts:
            claim = msgspec.structs.replace(count, mention=index)
            claims.setdefault(_claim(count), []).append(claim)
    joined = [
        msgspec.structs.replace(same[0], evidence=join_evidence(c.evidence for c in same))
        for same in claims.values()
    ]
    return tuple(with_corrections(joined))


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
    """Return the claims that nobody has corrected, and that no sum of their telling adds up.

    "Four rebels and one soldier" are five, and four, and one: the five stands where the first of
    its parts does.  What is told of one side stays: it is that side's figure.
    """
    tellings: dict[tuple[object, ...], list[Count]] = {}
    valid = [count for count in counts if not count.corrected]
    for count in valid:
        tellings.setdefault(_telling(count), []).append(count)
    sums = {telling: _sums(told) for telling, told in tellings.items()}
    return [
        count
        for count in valid
        if count.side is not None or not (own := sums[_telling(count)]) or count in own
    ]


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


def counted_noun(count: Count, report: Report | None, words: Words) -> tuple[str, str] | None:
    """Return whom a figure counts, as (class, the report's noun), None where it is not said.

    "6,500 troops" and "6,500 people" are two claims.  Read from the words that follow the
    figure's own characters.
    """
    if report is None or not count.evidence:
        return None
    trace = next((trace for trace in count.evidence if trace.report == report.id), None)
    if trace is None:
        return None
    after = report.text[trace.start : trace.end + 40]
    inside = trace.end - trace.start
    for match in re.finditer(r"[A-Za-z]+", after):
        # Beyond the figure's own words only its noun phrase is read, not the next clause.
        if re.search(r"[.;:,(]", after[inside : match.start()]):
            return None
        if match.start() >= inside and match.group().lower() in words.closing:
            return None
        for kind, nouns in words.counted.items():
            if match.group().lower() in nouns:
                return kind, match.group().lower()
    return None


def by_subject(counts: Sequence[Count]) -> Mapping[tuple[str, str | None], list[Count]]:
    """Return the claims by what they count and on whose side, in the order told."""
    found: dict[tuple[str, str | None], list[Count]] = {}
    for count in counts:
        found.setdefault((count.what, count.side), []).append(count)
    return found
