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

from parley.coding.itemised import list_in, opens_parts
from parley.coding.moods import SUBJECTS, acting, is_term, main_verb
from parley.coding.points import (
    Stretch,
    cut_clauses,
    cut_nouns,
    cut_predicates,
    cut_verbs,
    trimmed,
)
from parley.coding.prefaces import content_of, front_of
from parley.coding.topics import find_topics
from parley.coding.undertakings import bound_points, laid_down
from parley.coding.words import agreement_words, provision_words, speech_words
from parley.parsing.layout import Layout, lay_out

State = Literal["closed", "signed", "open"]
"""What went before a sentence: nothing, the telling of an agreement, or its terms."""

_BOTH = frozenset({"both", "two", "each", "neither", "either", "all", "the", "three", "four"})
_OPENING = frozenset({":", ";", "that", "–", "—"})
# By which what is agreed is told: what "would" or "should" be is what somebody thinks.
_BINDING = frozenset({"will", "shall", "may", "must"})
_ANYBODY = frozenset(
    {"nobody", "none", "everybody", "everyone", "anyone", "whoever", "both", "each"}
)
_AHEAD_OF_VERB = 12  # words before "for its part"


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
    doc: Doc,
    *,
    state: State,
    signed: Collection[int],
    listed: bool = False,
    agreed: bool = False,
) -> tuple[list[Told], State]:
    """Return what a paragraph tells of terms, and how far its last sentence has come.

    `state` is how far the one before had; `signed` are the numbers of the sentences
    that tell an agreement.  Where the paragraph opens a list (`listed`), its last sentence
    tells no point itself.  `agreed` is whether any agreement was told before in the report.
    """
    layout = lay_out(doc)
    found: list[Told] = []
    if state == "closed" and not signed and agreement_words().isdisjoint(layout.lemmas):
        return [], "closed"
    spoke = state != "closed"
    for number, (start, end) in enumerate(layout.sentences):
        opens = listed and end == len(doc)
        own = number in signed
        told = (
            None
            if opens
            else _told(
                doc, (start, end), state, spoke=spoke, own=own, agreed=agreed or bool(signed)
            )
        )
        if told is not None and told.points:
            found.append(told)
            state = "open"
        elif state != "closed" and opens_parts(doc, (start, end)):
            state = "open"
        else:
            state = "signed" if own else "closed"
        spoke = state != "closed" or not agreement_words().isdisjoint(layout.lemmas[start:end])
    return found, state


def _told(
    doc: Doc, sentence: Stretch, state: State, *, spoke: bool, own: bool, agreed: bool
) -> Told | None:
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
    items, first = list_in(doc, sentence, told=state != "closed", own=own, agreed=agreed)
    if items:
        whole = (first, sentence[1])
        return Told(tuple(items), whole, None if own else _agreement_before(doc, sentence, first))
    laid = laid_down(doc, (start, end), spoke=spoke)
    if laid is not None:
        return Told(laid.points, laid.whole, laid.noun)
    if state == "closed":
        return None
    return _going_on(doc, (start, end), state)


def _agreement_before(doc: Doc, sentence: Stretch, behind: int) -> Token | None:
    """Return the agreement that a sentence names before its list."""
    named = provision_words().agreements
    nouns = (doc[i] for i in range(sentence[0], behind))
    return next((noun for noun in nouns if noun.lemma_.lower() in named), None)


def _of_clauses(doc: Doc, stretch: Stretch, noun: Token) -> Told | None:
    """Return the points of clauses that a sentence gives as an agreement's."""
    clauses = cut_clauses(doc, stretch)
    if not clauses or not is_term(doc, clauses[0], present=True):
        return None
    return Told(tuple(_of_terms(doc, clauses)), stretch, noun)


def _going_on(doc: Doc, stretch: Stretch, state: State) -> Told | None:
    """Return the points of a sentence behind terms, or behind an agreement where it fits.

    Behind an agreement it must say who is bound ("both sides"), that it adds to it, or what is
    to be of something that agreements are about.
    """
    layout, words = lay_out(doc), provision_words()
    start, end = stretch
    turns = start == 0  # a new paragraph may turn to something else
    promised = _promised(doc, stretch)
    if promised is not None:
        return Told(tuple(cut_verbs(doc, promised)), stretch)
    bargain = _bargain(layout, stretch)
    if bargain is not None and bargain[0] == start:
        start = bargain[1]
    clauses = _behind_opening(doc, cut_clauses(doc, (start, end)))
    verb = main_verb(doc, clauses[0]) if clauses else None
    if verb is None:
        return None
    start = clauses[0][0]
    counted = state == "open" and layout.lowers[start] in words.counting
    holds = bargain is not None or counted or _is_plain(doc, clauses)
    if not is_term(doc, clauses[0], present=holds):
        return None
    adds = bargain is not None or not words.adding.isdisjoint(layout.lowers[start:verb])
    subject = next((i for label, i in layout.below[verb] if label in SUBJECTS), None)
    deed = layout.lemmas[acting(layout, verb)]
    if not adds and (deed == "meet" or (turns and deed in words.proceeding)):
        return None
    if (
        state == "signed"
        and not _is_bound(layout, subject)
        and (bargain is None and not (adds and _is_spoken_of(layout, subject)))
        and not (holds or _is_to_be(doc, clauses[0], verb))
    ):
        return None
    if subject is not None and layout.lowers[subject] in ("i", "we", "you", "he", "she", "that"):
        return None
    return Told(tuple(_of_terms(doc, clauses)), (start, end))


def _behind_opening(doc: Doc, clauses: Sequence[Stretch]) -> Sequence[Stretch]:
    """Return clauses without what stands before the first subject: "According to X, Y will"."""
    opening = len(clauses) > 1 and main_verb(doc, clauses[0]) is None
    return clauses[1:] if opening else clauses


def _promised(doc: Doc, stretch: Stretch) -> Stretch | None:
    """Return what a party says that it will do: "The army said it would leave the school"."""
    layout, (start, end) = lay_out(doc), stretch
    verb = main_verb(doc, stretch)
    if verb is None or layout.lemmas[verb] not in speech_words().asserts:
        return None
    clause = next((i for label, i in layout.below[verb] if label == "ccomp" and i > verb), None)
    if clause is None or layout.lemmas[acting(layout, clause)] in provision_words().proceeding:
        return None
    own = [layout.lowers[i] for label, i in layout.below[clause] if label in SUBJECTS]
    helped = [layout.lowers[i] for label, i in layout.below[clause] if label == "aux"]
    if own[:1] not in (["it"], ["they"]) or helped[:1] != ["would"]:
        return None
    return (start, end) if find_topics(layout.lemmas[clause:end]) else None


def _bargain(layout: Layout, stretch: Stretch) -> Stretch | None:
    """Return where a sentence has "in return," or ", for its part,", by its first words."""
    start, end = stretch
    for i in range(start, min(start + _AHEAD_OF_VERB, end)):
        if i > start and layout.lowers[i - 1] != ",":
            continue
        opening = " ".join(layout.lowers[i : min(i + 4, end)])
        for each in provision_words().bargains:
            if opening.startswith(f"{each} "):
                behind = i + len(each.split())
                return i, behind + (layout.lowers[behind] == ",")
    return None


def _is_plain(doc: Doc, clauses: Sequence[Stretch]) -> bool:
    """Tell whether clauses say plainly what holds from now on, as the text of an agreement does.

    "Prisoners are let go" does, and so does more than one such clause; what somebody wants,
    says or fears, or what is so anyhow, does not.
    """
    layout, proceeding = lay_out(doc), provision_words().proceeding
    verbs = [verb for clause in clauses if (verb := main_verb(doc, clause)) is not None]
    if not verbs or any(layout.lemmas[verb] in proceeding for verb in verbs):
        return False
    if any(layout.tags[verb] not in ("VBZ", "VBP", "VBN", "VB") for verb in verbs):
        return False
    if layout.deps[clauses[0][0]] == "mark" or layout.tags[clauses[0][0]] == "WRB":
        # "If they do not comply, ..."
        return False
    subjects = [i for verb in verbs for label, i in layout.below[verb] if label in SUBJECTS]
    if any(_is_spoken_of(layout, i) or _is_pronoun(layout, i) for i in subjects[:1]):
        return False
    passive = [verb for verb in verbs if any(s == "auxpass" for s, _ in layout.below[verb])]
    return len(clauses) > 1 or bool(passive) or _is_timed(layout, clauses[0], verbs[0])


def _is_timed(layout: Layout, clause: Stretch, verb: int) -> bool:
    """Tell whether what is told in the present has a day or a term: "leave on Monday".

    A day that stands in front is that of an entry of a log: "5 Mar: Rebels leave the town".
    """
    start, end = clause
    first = start if layout.pos[start] == "ADP" else verb
    timed = any(layout.ents[i] in ("DATE", "TIME") for i in range(first, end))
    return timed and bool(find_topics(layout.lemmas[start:end]))


def _is_pronoun(layout: Layout, subject: int) -> bool:
    """Tell whether a subject is "he", "this", but not "nobody" or "each"."""
    return layout.pos[subject] == "PRON" and layout.lowers[subject] not in _ANYBODY


def _is_to_be(doc: Doc, clause: Stretch, verb: int) -> bool:
    """Tell whether a clause says what will or may be done with what agreements are about."""
    layout, words = lay_out(doc), provision_words()
    helped = {layout.lowers[i] for label, i in layout.below[verb] if label == "aux"}
    bound = layout.lemmas[verb] == "be" and acting(layout, verb) != verb
    deed = acting(layout, verb)
    if not (bound or helped & _BINDING):
        return False
    if _is_there(layout, verb):
        return len(cut_clauses(doc, clause)) == 1 and len(_of_clause(doc, clause)) > 1
    if layout.lemmas[deed] in words.proceeding:
        return False
    subject = next((i for label, i in layout.below[verb] if label in SUBJECTS), None)
    if subject is None or _is_pronoun(layout, subject) or _is_spoken_of(layout, subject):
        return False
    return bool(find_topics(layout.lemmas[clause[0] : clause[1]]))


def _is_there(layout: Layout, verb: int) -> bool:
    """Tell whether a verb is that of "there is to be"."""
    return layout.lemmas[verb] == "be" and any(
        label == "expl" and layout.lowers[i] == "there" for label, i in layout.below[verb]
    )


def _of_terms(doc: Doc, clauses: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the points of clauses of which the first is a term."""
    for clause in clauses:
        if is_term(doc, clause, present=True):
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
    """Return the points of one clause: what its subject binds itself to, or its verbs.

    Of "there is to be a truce and a release of captives" they are the nouns.
    """
    layout, verb = lay_out(doc), main_verb(doc, clause)
    if verb is not None and _is_there(layout, verb):
        last = max(i for i in range(verb, clause[1]) if layout.lemmas[i] == "be")
        return cut_nouns(doc, trimmed(layout, (last + 1, clause[1])))
    held = [] if verb is None else bound_points(doc, verb, clause[1])
    return held or [
        part for verbs in cut_verbs(doc, clause) for part in cut_predicates(doc, verbs, ())
    ]
