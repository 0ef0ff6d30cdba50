"""Agreed: whose the points are that a report tells, and what else is made of their words.

In: the drafts of a paragraph, and what it tells of terms.  Out: the drafts without the happenings
that a point only calls for, and with its points given to the agreement that its sentence
names, else to the one told last before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from parley.coding.drafts import Draft, changed
from parley.coding.points import Stretch
from parley.coding.provisions import provisions_of
from parley.coding.syntax import children
from parley.coding.terms import Told
from parley.coding.words import provision_words
from parley.dating import Dated
from parley.model import EventType, Provision, Status, digest
from parley.parsing import end_of, start_of

# What is worth a line in a calendar before it happens, where a day is told.
_PLANNED: frozenset[EventType] = frozenset({"RETREAT", "CONCEDE", "AID"})
_HELD: frozenset[Status] = frozenset({"happened", "ongoing"})
_UNTRUE: frozenset[Status] = frozenset({"denied", "proposed"})

# "Were to leave", "had 60 days to leave", "agreed to leave".
_PLANNING = frozenset({"be", "have", *provision_words().binding})

Span = tuple[int, int]


def signings(drafts: Sequence[Draft]) -> frozenset[int]:
    """Return the numbers of a paragraph's sentences that tell an agreement as made."""
    return frozenset(
        draft.sentence for draft in drafts if _is_agreement(draft) and draft.mention.status in _HELD
    )


class Agreements:
    """The drafts of a report as its paragraphs are told, and whose the points are among them."""

    def __init__(self, dated: Dated) -> None:
        self._dated = dated
        self._drafts: list[Draft] = []
        self._void: set[int] = set()
        self._last: int | None = None
        self._told = 0
        self._ahead: list[Sequence[Provision]] = []

    @property
    def drafts(self) -> list[Draft]:
        """The drafts that stand, with their points, in the order of the text."""
        return [draft for at, draft in enumerate(self._drafts) if at not in self._void]

    @property
    def are_told(self) -> bool:
        """Whether any agreement was told up to here."""
        return any(_is_agreement(draft) for draft in self._drafts)

    def add(self, found: Sequence[Draft], told: Sequence[Told], doc: Doc) -> None:
        """Take the drafts of a paragraph, and what it tells of terms."""
        first = len(self._drafts)
        self._drafts += found
        self._plan(_spans_of(found), first)
        self._hand_over(first)
        for each in told:
            points = provisions_of(doc, each.points, self._dated.report)
            at = self._holder_of(points, each)
            if at is None:
                continue
            self._give(at, points)
            self._plan([(trace.start, trace.end) for p in points for trace in p.evidence], first)
            self._silence(each, doc, first)
            if each.noun is not None:
                self._free(at, start_of(each.noun), _span(doc, each.whole), first)

    def add_list(self, points: Sequence[Provision]) -> None:
        """Take the list of points that a paragraph opened, unless its own sentence did."""
        held = _spans_of(self._drafts)
        if not any(_is_within(trace.start, held) for p in points for trace in p.evidence):
            at = self._told_before(points[0].evidence[0].start)
            if at is not None:
                self._give(at, points)
            else:
                self._ahead.append(points)

    def _hand_over(self, first: int) -> None:
        """Give the lists that went before any agreement to the first: "Signed in Lima on ..."."""
        made = (
            at
            for at in range(first, len(self._drafts))
            if _is_agreement(self._drafts[at]) and self._drafts[at].mention.status not in _UNTRUE
        )
        at = next(made, None) if self._ahead else None
        if at is not None:
            for points in self._ahead:
                self._give(at, points)
            self._ahead.clear()

    def _give(self, at: int, points: Sequence[Provision]) -> None:
        have = self._drafts[at].mention.provisions
        texts = {each.text for each in have}
        new = (each for each in points if each.text not in texts)
        self._drafts[at] = changed(self._drafts[at], provisions=(*have, *new))
        self._last, self._told = at, points[0].evidence[0].start

    def _plan(self, points: Sequence[Span], first: int) -> None:
        """Have what points call for told as planned: it did not happen."""
        for at in range(first, len(self._drafts)):
            draft = self._drafts[at]
            if not _is_within(draft.mention.trigger[0], points) or _is_told_apart(draft, points):
                continue
            plan = _planned(draft, self._dated)
            if plan is None:
                self._void.add(at)
            else:
                self._drafts[at] = plan

    def _silence(self, told: Told, doc: Doc, first: int) -> None:
        """Leave out what the verb of an agreement alone tells: "The accord calls for a truce"."""
        verb = start_of(doc[told.whole[0]])
        for at in range(first, len(self._drafts)):
            draft = self._drafts[at]
            if draft.mention.type == "REQUEST" and draft.mention.trigger[0] == verb:
                self._void.add(at)

    def _free(self, holder: int, noun: int, terms: Span, first: int) -> None:
        """Keep an agreement named before its terms from their days, and from being told twice.

        "Under the 2020 deal, X promised to ..." tells one agreement.
        """
        for at in range(first, len(self._drafts)):
            draft = self._drafts[at]
            if draft.mention.trigger[0] == noun:
                self._drafts[at] = _made(draft, terms)
            elif at != holder and _is_within(draft.mention.trigger[0], [terms]):
                if draft.mention.provisions:
                    self._void.add(at)

    def _holder_of(self, points: Sequence[Provision], told: Told) -> int | None:
        """Return which draft is the agreement that points are of, None where none is or has them.

        A verb of agreeing in the sentence has them already ("In a new declaration, both
        agreed to ..."), unless the sentence names one told of before ("As part of the deal").
        """
        start = points[0].evidence[0].start
        own = None if told.noun is None else self._named(told.noun)
        if own is not None and _is_distinct(self._drafts[own], before=start):
            return own
        before = self._told_before(start, own, goes_on=told.noun is None)
        if all(_is_within(p.evidence[0].start, _spans_of(self._drafts)) for p in points):
            bare = told.noun is not None and _is_bare(told.noun)
            return before if bare else None
        return own if before is None and not told.known else before

    def _told_before(
        self, start: int, own: int | None = None, *, goes_on: bool = False
    ) -> int | None:
        """Return which draft is the agreement told last before a place, other than `own`."""
        inside = _spans_of(self._drafts)
        told = [
            at
            for at, draft in enumerate(self._drafts)
            if at != own and at not in self._void and draft.mention.trigger[0] < start
            if _is_agreement(draft) and draft.mention.status not in _UNTRUE
            if not _is_within(draft.mention.trigger[0], inside)
        ]
        made = [at for at in told if _is_mutual(self._drafts[at])]
        made = [at for at in made if not _is_by_the_way(self._drafts[at])] or made
        new = [at for at in made if not self._drafts[at].definite or _is_distinct(self._drafts[at])]
        if goes_on and self._last is not None:
            # What goes on with terms goes on with theirs, unless another agreement was told.
            since = (at for at in new if self._drafts[at].mention.trigger[0] > self._told)
            return next(since, self._last)
        return next((some[-1] for some in (new, made, told) if some), None)

    def _named(self, noun: Token) -> int | None:
        start = start_of(noun)
        found = (at for at, each in enumerate(self._drafts) if each.mention.trigger[0] == start)
        return next(found, None)


def _spans_of(drafts: Iterable[Draft]) -> list[Span]:
    """Return where the points stand that some drafts have."""
    return [
        (trace.start, trace.end)
        for draft in drafts
        for provision in draft.mention.provisions
        for trace in provision.evidence
    ]


def _is_agreement(draft: Draft) -> bool:
    """Tell whether a draft is of an agreement or a promise."""
    # Not what a plan is filed under: "will withdraw" is itself a point of the deal.
    return draft.trigger.frame.type == draft.mention.type == "AGREE"


def _is_mutual(draft: Draft) -> bool:
    """Tell whether a draft is of an agreement between sides."""
    return _is_agreement(draft) and draft.trigger.frame.template == "mutual"


def _is_by_the_way(draft: Draft) -> bool:
    """Tell whether an agreement only says when another was: "after the accord was signed"."""
    verb = draft.trigger.predicate
    return verb.dep_ == "advcl" and any(
        mark.lower_ in ("after", "since", "before") for mark in children(verb, "mark")
    )


def _is_bare(noun: Token) -> bool:
    """Tell whether a word means an agreement told of before: "the deal", "its terms"."""
    before = list(noun.lefts)
    return len(before) == 1 and before[0].lower_ in ("the", "this", "that", "its", "their")


def _is_distinct(draft: Draft, *, before: int | None = None) -> bool:
    """Tell whether an agreement is named by itself: "the 2020 deal", "the Minsk accord".

    A day that is told at `before` or behind it is that of a term.
    """
    when = draft.mention.when
    if when is not None and when.basis == "told":
        if before is None or any(trace.start < before for trace in when.evidence):
            return True
    return any(child.pos_ == "PROPN" for child in draft.trigger.head.lefts)


def _made(draft: Draft, terms: Span) -> Draft:
    """Return an agreement that terms are told of, without a day that is theirs."""
    mention = draft.mention
    when = mention.when
    theirs = when is not None and any(terms[0] <= trace.start < terms[1] for trace in when.evidence)
    ahead = mention.status in ("scheduled", "expected") and (theirs or when is None)
    status: Status = "happened" if ahead else mention.status
    return changed(draft, status=status, when=None if theirs else when)


def _planned(draft: Draft, dated: Dated) -> Draft | None:
    """Return what a point calls for as a plan, None where it is none that a calendar has."""
    mention, frame = draft.mention, draft.trigger.frame
    published = dated.written
    if frame.type == "AGREE" and draft.trigger.pos == "noun":
        # "will watch over the truce": the agreement itself.  "A truce from Friday" is to be.
        if draft.definite or mention.status not in _HELD:
            return draft
        if not draft.timing.own:
            return None
        if published is None or mention.when is None or mention.when.start < published.start:
            return draft
        return changed(draft, status="scheduled")
    if mention.when is not None and published is not None:
        if (mention.when.end or mention.when.start) < published.start:
            return None
    if frame.type in _PLANNED and draft.timing.own:
        id_ = digest("m", mention.report, str(mention.trigger[0]), frame.type)
        return changed(draft, id=id_, type=frame.type, mode=frame.mode, status="scheduled")
    if mention.status in _HELD or frame.type == "ASSAULT":
        # Nobody agrees on an attack: "are to stop shelling".
        return None
    vague = not mention.participants and not draft.timing.own
    return None if vague else draft


def _is_told_apart(draft: Draft, spans: Sequence[Span]) -> bool:
    """Tell whether a point only recalls it: "the bodies of those whom they shot in May"."""
    word = draft.trigger.predicate
    start = max(start for start, end in spans if start <= draft.mention.trigger[0] < end)
    while start_of(word) >= start:
        past = word.tag_ == "VBD" and word.lemma_ not in _PLANNING
        done = any(child.tag_ == "VBD" for child in children(word, "aux", "auxpass"))
        since = word.dep_ in ("relcl", "acl") and word.tag_ == "VBN" and bool(draft.timing.own)
        if past or done or since:
            return True
        if word.head == word:
            break
        word = word.head
    return False


def _span(doc: Doc, stretch: Stretch) -> Span:
    return start_of(doc[stretch[0]]), end_of(doc[stretch[1] - 1])


def _is_within(at: int, spans: Iterable[Span]) -> bool:
    return any(start <= at < end for start, end in spans)
