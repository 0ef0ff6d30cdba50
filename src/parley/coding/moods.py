"""Moods: which clauses say what is to be, or what holds, and not what was done.

In: a stretch of a paragraph.  Out: its main verb, and whether it may be a term of an agreement.
"""

from __future__ import annotations

from spacy.tokens import Doc

from parley.coding.points import Stretch
from parley.coding.words import provision_words
from parley.parsing.layout import Layout, lay_out

_AHEAD = frozenset(
    {"will", "wo", "'ll", "’ll", "shall", "sha", "would", "must", "should", "may", "can"}
)
_RELATIVE = frozenset({"WDT", "WP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def main_verb(doc: Doc, stretch: Stretch) -> int | None:
    """Return the verb of the first subject in a stretch."""
    layout, (start, end) = lay_out(doc), stretch
    found: list[tuple[int, int]] = []
    for verb in range(start, end):
        if layout.pos[verb] in ("VERB", "AUX"):
            found += [
                (i, verb)
                for label, i in layout.below[verb]
                if label in SUBJECTS and start <= i < end and layout.tags[i] not in _RELATIVE
            ]
    return min(found)[1] if found else None


def acting(layout: Layout, verb: int) -> int:
    """Return the verb of "are to meet" that says what is done."""
    return next((i for label, i in layout.below[verb] if label == "xcomp" and i > verb), verb)


def is_term(doc: Doc, clause: Stretch, *, present: bool) -> bool:
    """Tell whether a clause says what is to be, or `present` what holds: not what was done."""
    layout, verb = lay_out(doc), main_verb(doc, clause)
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
