"""`parley.code` and the spaCy component, with the parser that users have."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

import parley
from parley.errors import InputError
from parley.python import component

TEXT = (
    "GENEVA — Norway and Sweden will hold talks in Geneva on Sunday, a spokesman said. "
    "At least 12 soldiers were killed near Goma on Monday.\n"
)
ROOT = Path(__file__).parents[2]


def test_a_text_is_coded():
    """What a text tells comes out with the characters that say it, by the date given."""
    coded = parley.code(TEXT, date="2023-05-11", outlet="The Courier")
    assert {mention.type for mention in coded.mentions} >= {"CONSULT", "ASSAULT"}
    for mention in coded.mentions:
        assert TEXT[mention.start : mention.end] == mention.text
    talks = next(mention for mention in coded.mentions if mention.type == "CONSULT")
    assert talks.status == "scheduled"
    assert talks.when.start.isoformat() == "2023-05-14"
    assert coded.report.published.how == "given"
    assert coded.report.outlet == "The Courier"


def test_texts_that_are_none():
    """No text, or a date that is none, is one clear error; odd characters are none."""
    with pytest.raises(InputError, match="has no text"):
        parley.code(" \n")
    with pytest.raises(InputError, match="write it as 2023-05-19"):
        parley.code(TEXT, date="May 11")
    odd = "\ud800 Rebels killed 12 soldiers near Goma on Monday, the army said."
    (mention, *_) = parley.code(odd, date="2023-05-11").mentions
    assert odd[mention.start : mention.end].replace("\ud800", "\ufffd") == mention.text


@pytest.fixture(scope="module")
def nlp():
    """A pipeline of the user's own: English tokens and the component."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("parley", config={"date": "2023-05-11"})
    return pipeline


def test_the_component_sets_mentions_and_spans(nlp):
    """A document has its mentions, and for each the tokens that tell it, labelled by type."""
    doc = nlp(TEXT)
    assert doc._.parley == parley.code(TEXT, date="2023-05-11").mentions
    spans = {span.label_: span for span in doc.spans["parley"]}
    assert "talks" in spans["CONSULT"].text
    assert spans["CONSULT"]._.parley.status == "scheduled"
    assert len(doc.spans["parley"]) == len(doc._.parley)


def test_a_document_may_have_its_own_date(nlp):
    """`parley_date` goes before the component's."""
    doc = nlp.make_doc(TEXT)
    doc._.parley_date = "2024-05-16"
    talks = next(mention for mention in nlp(doc)._.parley if mention.type == "CONSULT")
    assert talks.when.start.isoformat() == "2024-05-19"
    wrong = nlp.make_doc(TEXT)
    wrong._.parley_date = "soon"
    with pytest.raises(ValueError, match="is no date"):
        nlp(wrong)


def test_documents_are_kept_with_what_they_tell(nlp):
    """Through DocBin and back the mentions and spans are there; an empty document has none."""
    kept = DocBin(store_user_data=True, docs=[nlp(TEXT), nlp("")])
    one, none = DocBin().from_bytes(kept.to_bytes()).get_docs(nlp.vocab)
    assert one._.parley == nlp(TEXT)._.parley
    assert none._.parley == ()
    assert len(none.spans["parley"]) == 0


def test_spacy_finds_the_component_by_its_entry_point(tmp_path):
    """Where Parley is installed, `add_pipe` needs no import: the entry point is declared."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    points = project["entry-points"]["spacy_factories"]
    module, _, name = points["parley"].partition(":")
    assert (module, getattr(component, name)) == (component.__name__, component.make_component)
    info = tmp_path / "parley_entry-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: parley-entry\nVersion: 0\n")
    (info / "entry_points.txt").write_text(f"[spacy_factories]\nparley = {points['parley']}\n")
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('parley'); print(nlp.pipe_names)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "src")])},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "['parley']"
