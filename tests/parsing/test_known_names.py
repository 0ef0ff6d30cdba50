"""Known names are marked wherever they stand, though most are not looked for from the start."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from parley.grounding import Knowledge
from parley.parsing.marking import Marker
from parley.parsing.pipeline import load_pipeline

NAMES = [
    {"label": "ORG", "pattern": "U.N."},
    {"label": "GPE", "pattern": "Côte d'Ivoire", "id": "state:Côte d'Ivoire"},
    {"label": "GPE", "pattern": "Guinea", "id": "state:Guinea"},
    {"label": "GPE", "pattern": "Guinea-Bissau", "id": "state:Guinea-Bissau"},
    {"label": "ORG", "pattern": "'Ndrangheta"},
    {"label": "ORG", "pattern": "+7"},
    {"label": "PERSON", "pattern": "Lima", "id": "seat:Peru", "when": "told"},
    {"label": "GPE", "pattern": "Peru", "id": "state:Peru"},
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The pinned pipeline."""
    return load_pipeline()


def marked(marker: Marker, nlp: Language, *texts: str) -> list[str]:
    """Return the names that are marked in paragraphs of one report."""
    docs = [nlp.make_doc(text) for text in texts]
    marker.mark(docs, "\n".join(texts))
    return [f"{ent.text}/{ent.label_}" for doc in docs for ent in doc.ents]


def test_a_name_is_marked_whatever_it_begins_with(nlp: Language) -> None:
    """With a dot, a hyphen, an apostrophe, no letter at all; behind marks; the longer first."""
    told = "(U.N.) men left Guinea-Bissau's coast, not Guinea, for Côte d'Ivoire: 'Ndrangheta +7"
    assert marked(Marker(nlp, NAMES), nlp, told) == [
        "U.N./ORG", "Guinea-Bissau/GPE", "Guinea/GPE", "Côte d'Ivoire/GPE", "'Ndrangheta/ORG",
        "+7/ORG",
    ]  # fmt: skip


def test_what_was_read_before_makes_no_difference(nlp: Language) -> None:
    """A name is marked by its own report alone, first or last, and one that waits with it."""
    marker = Marker(nlp, NAMES)
    for _ in range(2):
        assert marked(marker, nlp, "Lima was quiet.") == []
        assert marked(marker, nlp, "Lima was quiet.", "Peru said so.") == [
            "Lima/PERSON",
            "Peru/GPE",
        ]


def test_every_name_that_parley_knows_is_marked(nlp: Language) -> None:
    """Each of a sample of them, in a sentence by itself, from its first letter to its last."""
    names = [name for name in Knowledge.load().patterns() if not name.get("when")][::37]
    marker = Marker(nlp, Knowledge.load().patterns())
    assert len(names) > 200
    for name in names:
        doc: Doc = nlp.make_doc(f"They wrote {name['pattern']} there.")
        marker.mark([doc], doc.text)
        begins, ends = 11, 11 + len(name["pattern"])
        assert any(e.start_char <= begins and e.end_char >= ends for e in doc.ents), name
