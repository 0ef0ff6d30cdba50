"""The model run Parley's way says what the model's own pipeline says."""

from __future__ import annotations

import inspect
import random
import warnings
from collections.abc import Sequence
from typing import Any

import catalogue
import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from parley.parsing import split_paragraphs
from parley.parsing.annotating import Annotator
from parley.parsing.pipeline import MODEL, load_pipeline
from parley.parsing.tables import COLUMNS, Table
from parley.parsing.wording import FOLLOWS, GIVEN, Wording
from parley.reading import read
from parley.sample import sample_paths

ODD = (
    "Go",
    "“",
    "They're gonna talk, ain't they? Let's see. There's nobody; c'mon, y'all gotta come on.",
    "  two   spaces  and\ttabs  ",
    "On 3 May 2021 the U.N. envoy for Alania-Osset, Dr. K. Maro-Beck, met 1,500 people 🙂 in Tbor.",
    "WAR IS OVER " * 60,
    "a \ufffd b \u200b c",
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The pinned pipeline."""
    return load_pipeline()


@pytest.fixture(scope="module")
def whole() -> Language:
    """The model as its package has it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load(MODEL)


@pytest.fixture(scope="module")
def texts() -> Sequence[str]:
    """The paragraphs of the sample reports, and odd ones."""
    reports = read([str(path) for path in sample_paths()], refuse=print)
    found = [r.text[p.start : p.end] for r in reports for p in split_paragraphs(r)]
    return [*found, *ODD]


def marked(nlp: Language, texts: Sequence[str], *, share: float) -> list[Doc]:
    """Return the paragraphs, some of their words marked as names by chance, the same each time."""
    draw = random.Random(7)
    docs = [nlp.make_doc(text) for text in texts]
    for doc in docs:
        spans, at = [], 0
        while at < len(doc):
            end = min(at + draw.choice((1, 1, 2, 3)), len(doc))
            if draw.random() < share:
                spans.append(doc[at:end])
            at = end
        kinds = ("GPE", "NORP", "ORG", "LOC")
        named = [doc.char_span(s.start_char, s.end_char, draw.choice(kinds)) for s in spans]
        doc.set_ents([name for name in named if name is not None], default="missing")
    return docs


def piped(nlp: Language, docs: Sequence[Doc]) -> list[Table]:
    """Return what spaCy's own pipeline says."""
    return [doc.to_array(COLUMNS) for doc in nlp.pipe(docs)]


@pytest.mark.parametrize("share", [0.0, 0.08, 0.4])
def test_annotations_are_the_pipelines(nlp: Language, texts: Sequence[str], share: float) -> None:
    """Tags, heads, parts and names are those of the pipeline, whatever names were marked before."""
    wanted = piped(nlp, marked(nlp, texts, share=share))
    found = Annotator(nlp).annotate(marked(nlp, texts, share=share))
    told = np.concatenate(found)
    assert len(told) > 1000
    assert (told == np.concatenate(wanted)).all()


def test_a_batch_says_what_single_paragraphs_say(nlp: Language, texts: Sequence[str]) -> None:
    """It makes no difference which paragraphs are looked at together."""
    together = Annotator(nlp).annotate(marked(nlp, texts, share=0.1))
    one_by_one = Annotator(nlp)
    for table, doc in zip(together, marked(nlp, texts, share=0.1), strict=True):
        assert (one_by_one.annotate([doc])[0] == table).all()


def test_a_paragraph_seen_before_is_told_alike(nlp: Language, texts: Sequence[str]) -> None:
    """The second time, the answer is the same, and nobody can change it by changing the first."""
    annotator = Annotator(nlp)
    first = annotator.annotate(marked(nlp, texts, share=0.1))
    again = annotator.annotate(marked(nlp, texts, share=0.1))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert not any(table.flags.writeable for table in again)


def test_no_paragraph_gives_no_table(nlp: Language) -> None:
    """An empty report, and an empty paragraph, are no failure."""
    annotator = Annotator(nlp)
    assert annotator.annotate([]) == []
    assert [len(table) for table in annotator.annotate([nlp.make_doc("")])] == [0]


def test_words_are_told_as_the_rules_tell_them(nlp: Language, texts: Sequence[str]) -> None:
    """Lemma, form and kind of a word are what the model's rules say, paragraph by paragraph."""
    wording = Wording(nlp)
    for doc in nlp.pipe(texts):
        told = nlp.make_doc(doc.text)
        told.from_array(COLUMNS, doc.to_array(COLUMNS))  # type: ignore[arg-type]
        (found,) = wording.follow([told.to_array(GIVEN)])
        assert (found == doc.to_array(FOLLOWS)).all(), doc.text


@pytest.mark.parametrize(
    "words",
    [
        "there is",
        "there there is",
        "gon na gon na",
        "let let 's 's",
        "ca n't ai n't",
        "there",
        "got got ta",
    ],
)
def test_rules_for_two_words_hold_wherever_they_stand(nlp: Language, words: str) -> None:
    """A word that may open a pair is told by the words behind it, at a paragraph's end too."""
    wanted = Doc(nlp.vocab, words=words.split())
    tags = {"there": ("EX", "expl"), "is": ("VBZ", "ROOT"), "ai": ("VBZ", "aux")}
    told = [tags.get(token.text, ("VB", "ROOT")) for token in wanted]
    for token, (tag, dep) in zip(wanted, told, strict=True):
        token.tag_, token.dep_ = tag, dep
    given = wanted.to_array(GIVEN)
    for name in ("attribute_ruler", "lemmatizer"):
        wanted = nlp.get_pipe(name)(wanted)
    for found in Wording(nlp).follow([given, given]):
        assert (found == wanted.to_array(FOLLOWS)).all()


def test_texts_are_cut_into_words_as_the_model_cuts_them(nlp: Language, whole: Language) -> None:
    """What the model's package says of it is what spaCy does for English, and need not be read."""
    for told in ("prefix_search", "suffix_search", "infix_finditer", "token_match", "url_match"):
        own, saved = getattr(nlp.tokenizer, told), getattr(whole.tokenizer, told)
        assert (own and inspect.unwrap(own).__self__.pattern) == (saved and saved.__self__.pattern)
    assert nlp.tokenizer.rules.items() >= whole.tokenizer.rules.items()


@settings(deadline=None)
@given(st.from_regex(r"[A-Za-z]{1,40}", fullmatch=True))
def test_nothing_is_cut_off_plain_letters(whole: Language, piece: str) -> None:
    """What is not sought in a piece of plain letters would not be found there."""
    cut: Any = whole.tokenizer
    assert all(
        seek(piece) is None for seek in (cut.prefix_search, cut.suffix_search, cut.url_match)
    )
    assert not list(cut.infix_finditer(piece))


def test_other_packages_are_not_asked_for_parts_of_the_pipeline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All parts are spaCy's own; who asks for another one later finds those of packages again."""
    asked: list[str] = []

    class Packages:
        def select(self, group: str) -> list[Any]:
            asked.append(group)
            return []

    monkeypatch.setattr(catalogue, "AVAILABLE_ENTRY_POINTS", Packages())
    assert load_pipeline().pipe_names
    assert set(asked) <= {"spacy_factories"}  # for which it asks by itself
    with pytest.raises(catalogue.RegistryError):
        spacy.util.registry.tokenizers.get("another")
    assert "spacy_tokenizers" in asked
