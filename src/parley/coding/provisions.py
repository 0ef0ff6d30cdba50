"""Provisions: what was agreed, point by point, in the report's words.

In: the verb that agrees, or a point that `terms.py` found.  Out: `Provision`s: the items of the
list that a sentence opens ("agreed:"), or what its verb governs ("agreed to exchange prisoners
and to reopen the road").  To whom the points of other sentences belong is told in `agreed.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from parley.coding.points import Stretch, cut_clauses, cut_verbs, trimmed
from parley.coding.prefaces import content_of
from parley.coding.syntax import children
from parley.coding.topics import find_topics
from parley.coding.triggers import Trigger, is_definite
from parley.coding.undertakings import bound_points
from parley.coding.words import provision_words
from parley.model import Provision, Report, Trace
from parley.parsing import end_of, kind_of, start_of
from parley.parsing.layout import lay_out

_OPENS = frozenset({":", ",", ";", "–", "—", "-"})


def find_provisions(
    trigger: Trigger, *, paragraph: int, docs: Sequence[Doc], report: Report
) -> tuple[Provision, ...]:
    """Return the provisions that an agreement's own sentence gives or opens."""
    doc, verb = docs[paragraph], trigger.head
    if verb.sent == list(doc.sents)[-1] and not is_definite(trigger):
        # "The points of the accord are:" are those of the accord told of before.
        items = [docs[at] for at in list_behind(paragraph, docs)]
        if items:
            return tuple(whole_provision(item, report) for item in items)
    layout = lay_out(doc)
    (start, end), _ = content_of(doc, (layout.begins[verb.i], layout.ends[verb.i]))
    inside = start <= verb.i < end
    points = bound_points(doc, verb.i, end) if inside else []
    points = points or _clauses(verb)
    if verb.dep_ in ("acl", "advcl", "conj") and verb.tag_ == "VBN" and not children(verb, "aux"):
        # "..., as was agreed in May" opens nothing, and what it stands behind is no point.
        points = [point for point in points if point[0] > verb.i]
    if trigger.pos == "noun" and trigger.partner is None and trigger.governor is None:
        # "The accord sets out these steps: ceasefire ...": what stands before a noun opens it.
        points = [point for point in points if point[1] > verb.i]
    return tuple(provisions_of(doc, points, report))


def provisions_of(doc: Doc, points: Sequence[Stretch], report: Report) -> list[Provision]:
    """Return the provisions that stretches of a paragraph tell."""
    found = []
    for first, behind in points:
        start, end = start_of(doc[first]), end_of(doc[behind - 1])
        found.append(
            Provision(
                text=report.text[start:end],
                topics=find_topics(lay_out(doc).lemmas[first:behind]),
                evidence=(Trace(report=report.id, start=start, end=end),),
            )
        )
    return found


def whole_provision(item: Doc, report: Report) -> Provision:
    """Return the provision that an item of a list is."""
    start, end = trimmed(lay_out(item), (0, len(item)))
    return provisions_of(item, [(start, end) if end > start else (0, len(item))], report)[0]


def list_behind(paragraph: int, docs: Sequence[Doc]) -> list[int]:
    """Return the indexes of the list items that a paragraph opens: it ends in no full stop."""
    if paragraph + 1 == len(docs) or kind_of(docs[paragraph + 1]) != "item":
        return []
    words = docs[paragraph].text.rstrip()
    if not words or not (words[-1] in _OPENS or words[-1].isalnum()):
        return []
    if kind_of(docs[paragraph]) == "item":
        return []
    found = []
    for at in range(paragraph + 1, len(docs)):
        if kind_of(docs[at]) != "item":
            break
        found.append(at)
    return found


def opens_terms(doc: Doc, items: Sequence[Doc], *, agreed: bool) -> bool:
    """Tell whether a paragraph opens the list of an agreement's terms: "Under the annex:".

    "Press statement", "The army said:" do so only where an agreement was told (`agreed`), and
    what is mostly told as done is a list of news: "Ceasefire violations: ...".
    """
    layout, words = lay_out(doc), provision_words()
    start, end = layout.sentences[-1]
    named = {lemma.lower() for lemma in layout.lemmas[start:end]}
    opening = words.agreements | words.parts
    if agreed:
        opening |= words.papers | words.bound
    return not named.isdisjoint(opening) and 2 * sum(map(_is_news, items)) <= len(items)


def _is_news(item: Doc) -> bool:
    """Tell whether an item of a list is told as done, by its first main verb."""
    layout = lay_out(item)
    root = next((i for i, label in enumerate(layout.deps) if label == "ROOT"), None)
    if root is None or not {"VERB", "AUX"} & {layout.pos[root]}:
        return False
    helped = {layout.tags[i] for label, i in layout.below[root] if label in ("aux", "auxpass")}
    return "MD" not in helped and (layout.tags[root] == "VBD" or "VBD" in helped)


def _clauses(verb: Token) -> list[Stretch]:
    """Return the clauses that another verb of promising governs, cut where each begins."""
    doc = verb.doc
    governed = [
        (clause.left_edge.i, clause.right_edge.i + 1)
        for clause in children(verb, "xcomp", "ccomp")
        # "They locked the guns up, the first stage of the plan agreed in May": done, and no point.
        if clause.i > verb.i or clause.tag_ != "VBD"
    ]
    clauses = [clause for stretch in governed for clause in cut_clauses(doc, stretch)]
    return [point for clause in clauses for point in cut_verbs(doc, clause)]
