"""Estimating: one figure out of an event's claims, as two data projects choose it.

In: an event and what is counted.  Out: UCDP's low, best and high, or ACLED's one figure.
Nothing here is put into the record, where every claim stands: it is for exports in those
projects' forms.  Both leave much to the judgement of a coder who knows the sources; what
stands for that judgement is said at each function.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from parley.merging.counted import Group
from parley.merging.counting import by_people, number_of
from parley.merging.names import fold
from parley.model import Count, CountKind, Event

# How Parley codes words for a number, (low, best, high), and the figure that ACLED takes for them.
_ACLED_WORDS: dict[tuple[int | None, int | None, int | None], int] = {
    (24, None, None): 12,
    (20, None, None): 10,
    (200, None, None): 100,
    (2000, None, None): 1000,
}


class Estimate(Struct, frozen=True):
    """The least, the likeliest and the most, as far as the claims tell."""

    low: int
    best: int
    high: int


class _Claim(Struct, frozen=True):
    """What one source gives in one telling: its figures of a side added up."""

    low: int
    best: int
    high: int
    cautious: int
    reports: frozenset[str]


def choose_figure(event: Event, counts: Iterable[Count]) -> tuple[int, list[int]] | None:
    """Return the most reliable of some of an event's figures, and what other accounts give.

    As for `estimate_ucdp`; None where none of them is a number.
    """
    claims = _standing(event, [count for count in counts if number_of(count) is not None])
    if not claims:
        return None
    best = _estimate(claims).best
    return best, sorted({claim.best for claim in claims} - {best})


def estimate_ucdp(event: Event, what: CountKind = "killed") -> Estimate | None:
    """Return the low, best and high estimate in the manner of UCDP, None without a claim.

    Low and high are the lowest and the highest figure of the claims that stand, best the
    most reliable one (Högbladh, *UCDP GED Codebook*; Sundberg and Melander, *Introducing the
    UCDP Georeferenced Event Dataset*, 2013).  Which is most reliable its coders judge; here
    it is the figure that most reports give, and of equals the lower, as UCDP prefers to
    count too few.  The figures of different people (soldiers and rebels, two sides) add up,
    unless a figure of all stands that is greater than any of theirs.
    """
    parts = estimate_by_people(event, what).values()
    if not parts:
        return None
    return Estimate(
        low=sum(part.low for part in parts),
        best=sum(part.best for part in parts),
        high=sum(part.high for part in parts),
    )


def estimate_acled(event: Event, what: CountKind = "killed") -> int | None:
    """Return the one figure in the manner of ACLED, None without a claim.

    "If source reports differ or a vague estimate is provided, ACLED uses the most
    conservative estimate available", 10 for "tens", 12 for "dozens", 100 for "hundreds"
    (ACLED, *FAQs: ACLED Fatality Methodology*).  It corrects a figure when better information
    comes; here a claimant's later figure takes the place of the same one's earlier.
    """
    told = [count for count in event.counts if count.what == what]
    parts = [
        min(claim.cautious for claim in _standing(event, counts))
        for counts in by_people(told).values()
    ]
    return sum(parts) if parts else None


def _estimate(claims: Sequence[_Claim]) -> Estimate:
    given: dict[int, set[str]] = {}
    for claim in claims:
        given.setdefault(claim.best, set()).update(claim.reports)
    return Estimate(
        low=min(claim.low for claim in claims),
        best=min(given, key=lambda number: (-len(given[number]), number)),
        high=max(claim.high for claim in claims),
    )


def estimate_by_people(event: Event, what: CountKind = "killed") -> dict[Group, Estimate]:
    """Return UCDP's estimate of those that are counted apart: soldiers, rebels, a side's."""
    told = [count for count in event.counts if count.what == what]
    return {group: _estimate(_standing(event, counts)) for group, counts in by_people(told).items()}


def _standing(event: Event, counts: Iterable[Count]) -> list[_Claim]:
    """Return a claim a telling, without those that the same claimant has since replaced.

    Of what one report tells in its own voice the highest figure stands: the lesser ones are
    some of its dead ("among them a commander"), or what it told before it went on.
    """
    tellings: dict[tuple[str | None, int], list[Count]] = {}
    for count in counts:
        claimant = fold(count.claimed_by) if count.claimed_by else None
        tellings.setdefault((claimant, count.mention), []).append(count)
    last: dict[str, int] = {}
    for claimant, mention in tellings:
        if claimant is not None:
            last[claimant] = max(mention, last.get(claimant, mention))
    claimed, own = [], []
    for (claimant, mention), told in tellings.items():
        if claimant is None:
            own.append((_claim(told), _reports(event, told, mention)))
        elif last[claimant] == mention:
            claimed.append(_claim(told))
    highest: dict[str, int] = {}
    for claim, reports in own:
        for report in reports:
            highest[report] = max(claim.best, highest.get(report, 0))
    outlets = [
        claim
        for claim, reports in own
        if not reports or any(highest[report] == claim.best for report in reports)
    ]
    return [*outlets, *claimed]


def _reports(event: Event, told: Sequence[Count], mention: int) -> set[str]:
    """Return the reports that make a claim: those of its words, else that of its mention."""
    found = {trace.report for count in told for trace in count.evidence}
    if not found and mention < len(event.mentions):
        found = {event.mentions[mention].report}
    return found


def _claim(told: Sequence[Count]) -> _Claim:
    """Return what one telling claims; "two women and a child" are three."""
    best = [number_of(count) or 0 for count in told]
    lows = [n if count.low is None else count.low for n, count in zip(best, told, strict=True)]
    highs = [n if count.high is None else count.high for n, count in zip(best, told, strict=True)]
    cautious = [
        _ACLED_WORDS.get((count.low, count.best, count.high), min(low, number))
        for low, number, count in zip(lows, best, told, strict=True)
    ]
    return _Claim(
        low=sum(lows),
        best=sum(best),
        high=sum(highs),
        cautious=sum(cautious),
        reports=frozenset(trace.report for count in told for trace in count.evidence),
    )
