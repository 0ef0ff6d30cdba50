"""Terms: the sentences that say what an agreement holds, and the points that each tells.

In: a paragraph, and whether terms were told right before it.  Out: `Told`, one for each of its
sentences that tells terms.  Sentences do so in four ways: they name the agreement in front
("Under the deal, X will ..."), it is their subject ("The accord provides for ..."), its text
speaks ("..., the memorandum says"), or they go on with what one of those began ("X will ...").
What is told as done under an agreement is no term of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.coding.points import Stretch, cut_clauses, cut_verbs, trimmed
from parley.coding.prefaces import content_of, front_of
from parley.coding.undertakings import bound_points, laid_down
from parley.coding.words import agreement_words, provision_words
from parley.parsing.layout import Layout, lay_out

State = Literal["closed", "signed", "open"]
"""What went before a sentence: nothing, the telling of an agreement, or its terms."""

_AHEAD = frozenset(
    {"will", "wo", "'ll", "’ll", "shall", "sha", "would", "must", "should", "may", "can"}
)
_RELATIVE = frozenset({"WDT", "WP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_BOTH = frozenset({"both", "two", "each", "neither", "either", "all", "the", "three", "four"})
_OPENING = frozenset({":", ";", "that", "–", "—"})


class Told(Struct, frozen=True):
    """The points that a sentence tells, and the word for the agreement where it has one.

    `whole` is the part of the sentence that tells terms.
    """

    points: tuple[Stretch, ...]
    whole: Stretch
    noun: Token | None = None

    @property
    def known(self) -> bool:
        """Whether its word is for any paper, which is an agreement only where one was told."""
        return self.noun is not None and self.noun.lemma_.lower() in provision_words().papers


def read_terms(
    doc: Doc, *, state: State, signed: Collection[int], listed: bool = False
) -> tuple[list[Told], State]:
    """Return what a paragraph tells of terms, and how far its last sentence has come.

    `state` is how far the one before had; `signed` are the numbers of the sentences
    that tell an agreement.  Where the paragraph opens a list (`listed`), its last sentence
    tells no point itself.
    """
    layout = lay_out(doc)
    found: list[Told] = []
    if state == "closed" and not signed and agreement_words().isdisjoint(layout.lemmas):
        return [], "closed"
    spoke = state != "closed"
    for number, (start, end) in enumerate(layout.sentences):
        opens = listed and end == len(doc)
        told = None if opens else _told(doc, (start, end), state, spoke=spoke)
        if told is not None and told.points:
            found.append(told)
            state = "open"
        else:
            state = "signed" if number in signed else "closed"
        spoke = state != "closed" or not agreement_words().isdisjoint(layout.lemmas[start:end])
    return found, state


def _told(doc: Doc, sentence: Stretch, state: State, *, spoke: bool) -> Told | None:
    layout = lay_out(doc)
    if layout.lowers[sentence[1] - 1] == "?":
        return None
    (start, end), noun = content_of(doc, sentence)
    if noun is not None:
        return _of_clauses(doc, (start, end), noun)
    front = front_of(layout, start, end)
    if front is not None:
        at, begins, behind = front
        if begins == start or layout.lowers[begins - 1] in _OPENING:
            return _of_clauses(doc, (behind, end), doc[at])
        if behind >= end:
            return _of_clauses(doc, trimmed(layout, (start, begins)), doc[at])
    laid = laid_down(doc, (start, end), spoke=spoke)
    if laid is not None:
        return Told(laid.points, laid.whole, laid.noun)
    if state == "closed":
        return None
    return _going_on(doc, (start, end), state)


def _of_clauses(doc: Doc, stretch: Stretch, noun: Token) -> Told | None:
    """Return the points of clauses that a sentence gives as an agreement's."""
    clauses = cut_clauses(doc, stretch)
    if not clauses or not _is_term(doc, clauses[0], present=True):
        return None
    return Told(tuple(_of_terms(doc, clauses)), stretch, noun)


def _going_on(doc: Doc, stretch: Stretch, state: State) -> Told | None:
    """Return the points of a sentence behind terms, or behind an agreement where it fits.

    Behind an agreement it must say who is bound ("both sides"), or that it adds to it.
    """
    layout, words = lay_out(doc), provision_words()
    start, end = stretch
    opening = " ".join(layout.lowers[start : min(start + 4, end)])
    bargain = next((each for each in words.bargains if opening.startswith(each + " ")), None)
    if bargain is not None:
        start += len(bargain.split()) + (layout.lowers[start + len(bargain.split())] == ",")
    clauses = cut_clauses(doc, (start, end))
    verb = _main_verb(doc, clauses[0]) if clauses else None
    if verb is None or not _is_term(doc, clauses[0], present=bargain is not None):
        return None
    adds = bargain is not None or not words.adding.isdisjoint(layout.lowers[start:verb])
    subject = next((i for label, i in layout.below[verb] if label in _SUBJECTS), None)
    if layout.lemmas[_acting(layout, verb)] == "meet" and not adds:
        return None
    if (
        state == "signed"
        and not _is_bound(layout, subject)
        and (bargain is None and not (adds and _is_spoken_of(layout, subject)))
    ):
        return None
    if subject is not None and layout.lowers[subject] in ("i", "we", "you", "he", "she", "that"):
        return None
    return Told(tuple(_of_terms(doc, clauses)), (start, end))


def _of_terms(doc: Doc, clauses: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the points of clauses of which the first is a term."""
    for clause in clauses:
        if _is_term(doc, clause, present=True):
            yield from _of_clause(doc, clause)


def _is_bound(layout: Layout, subject: int | None) -> bool:
    """Tell whether a subject is "both sides", "the parties": whoever is bound by an agreement."""
    if subject is None or layout.lemmas[subject].lower() not in provision_words().bound:
        return False
    before = {layout.lowers[i] for label, i in layout.below[subject] if i < subject}
    return layout.tags[subject] in ("NNS", "NN") and not before.isdisjoint(_BOTH)


def _is_spoken_of(layout: Layout, subject: int | None) -> bool:
    """Tell whether a subject is "they", "the deal": what the sentence before spoke of."""
    return subject is not None and (
        layout.lowers[subject] in ("it", "they")
        or layout.lemmas[subject].lower() in agreement_words()
    )


def _of_clause(doc: Doc, clause: Stretch) -> list[Stretch]:
    """Return the points of one clause: what its subject binds itself to, or its verbs."""
    verb = _main_verb(doc, clause)
    held = [] if verb is None else bound_points(doc, verb, clause[1])
    return held or cut_verbs(doc, clause)


def _main_verb(doc: Doc, stretch: Stretch) -> int | None:
    """Return the verb of the first subject in a stretch."""
    layout, (start, end) = lay_out(doc), stretch
    found: list[tuple[int, int]] = []
    for verb in range(start, end):
        if layout.pos[verb] in ("VERB", "AUX"):
            found += [
                (i, verb)
                for label, i in layout.below[verb]
                if label in _SUBJECTS and start <= i < end and layout.tags[i] not in _RELATIVE
            ]
    return min(found)[1] if found else None


def _acting(layout: Layout, verb: int) -> int:
    """Return the verb of "are to meet" that says what is done."""
    return next((i for label, i in layout.below[verb] if label == "xcomp" and i > verb), verb)


def _is_term(doc: Doc, clause: Stretch, *, present: bool) -> bool:
    """Tell whether a clause says what is to be, or `present` what holds: not what was done."""
    layout, verb = lay_out(doc), _main_verb(doc, clause)
    if verb is None:
        return False
    if layout.lemmas[verb] in provision_words().binding and layout.tags[verb] != "VBG":
        negated = any(label == "neg" for label, _ in layout.below[verb])
        return not negated and (present or layout.tags[verb] in ("VBZ", "VBP"))
    auxiliaries = [i for label, i in layout.below[verb] if label in ("aux", "auxpass")]
    lowers = {layout.lowers[i] for i in auxiliaries}
    hard = any(label == "acomp" for label, _ in layout.below[verb])
    if not lowers.isdisjoint(_AHEAD):
        return present or not (layout.lemmas[verb] == "be" and hard)
    infinitive = any(
        label in ("xcomp", "relcl", "acl") and _is_infinitive(layout, i)
        for label, i in [*layout.below[verb], *_under_days(layout, verb)]
    )
    if layout.lemmas[verb] in ("be", "have", "need") and infinitive:
        return True
    if "to" in lowers:
        return True
    if lowers & {"have", "has", "had", "'ve", "having"} or layout.tags[verb] == "VBG":
        return False
    finite = [layout.tags[i] for i in auxiliaries] or [layout.tags[verb]]
    return present and finite[0] in ("VBZ", "VBP", "VB")


def _under_days(layout: Layout, verb: int) -> list[tuple[str, int]]:
    """Return what hangs on the time that a verb has for its object: "have 60 days to leave"."""
    return [
        child
        for label, i in layout.below[verb]
        if label == "dobj" and layout.ents[i] in ("DATE", "TIME")
        for child in layout.below[i]
    ]


def _is_infinitive(layout: Layout, verb: int) -> bool:
    return any(label == "aux" and layout.lowers[i] == "to" for label, i in layout.below[verb])
