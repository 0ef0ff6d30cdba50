"""A paragraph laid out as lists says of each word what its tokens say."""

from __future__ import annotations

import gc
import weakref

from spacy.tokens import Doc
from spacy.vocab import Vocab

from parley.parsing import layout as module
from parley.parsing.layout import Layout, lay_out, let_go
from parley.reading import read
from parley.sample import sample_paths


def test_it_says_what_the_tokens_say(parser):
    """Heads, labels, lemmas, kinds of names, dependents and sentences are spaCy's own."""
    report = next(iter(read([str(sample_paths()[0])], refuse=print)))
    for doc in parser.parse(report).docs:
        layout = lay_out(doc)
        assert layout.sentences == [(sentence.start, sentence.end) for sentence in doc.sents]
        for token in doc:
            i = token.i
            assert layout.heads[i] == token.head.i
            assert (layout.deps[i], layout.tags[i]) == (token.dep_, token.tag_)
            assert (layout.pos[i], layout.ents[i]) == (token.pos_, token.ent_type_)
            assert (layout.lowers[i], layout.lemmas[i]) == (token.lower_, token.lemma_)
            assert layout.inside[i] == (token.ent_iob_ == "I")
            assert (layout.begins[i], layout.ends[i]) == (token.sent.start, token.sent.end)
            below = [(child.dep_, child.i) for child in token.children]
            assert layout.below[i] == below
            assert layout.labels[i] == ({label for label, _ in below} or None)
        assert lay_out(doc) is layout


def test_words_that_were_forgotten_are_read_again(parser, monkeypatch):
    """With room for no word that was met before, a paragraph is laid out the same."""
    report = next(iter(read([str(sample_paths()[0])], refuse=print)))
    docs = parser.parse(report).docs
    columns = ("deps", "tags", "pos", "ents", "lowers", "lemmas", "texts")
    wanted = [[getattr(Layout(doc), column) for column in columns] for doc in docs]
    monkeypatch.setattr(module, "_NAMES", {0: "", **dict.fromkeys(range(1, 9), "forgotten")})
    monkeypatch.setattr(module, "_MOST_NAMES", 0)
    told = [[getattr(Layout(doc), column) for column in columns] for doc in docs]
    assert told == wanted


def test_a_copy_of_another_length_is_laid_out_anew(parser):
    """What a part of a paragraph carries along of the whole is not taken for its own."""
    report = next(iter(read([str(sample_paths()[0])], refuse=print)))
    doc = max(parser.parse(report).docs, key=len)
    lay_out(doc)
    part = doc[:3].as_doc(copy_user_data=True)
    assert len(lay_out(part).heads) == 3


def test_an_empty_paragraph_has_no_words():
    """Nothing is laid out of nothing."""
    layout = Layout(Doc(Vocab(), words=[]))
    assert (layout.heads, layout.below, layout.sentences) == ([], [], [])


def test_a_copy_of_the_whole_is_laid_out_anew(parser):
    """What rules keep with a layout are words of the paragraph that was laid out."""
    report = next(iter(read([str(sample_paths()[0])], refuse=print)))
    doc = max(parser.parse(report).docs, key=len)
    lay_out(doc).found["words"] = list(doc)
    assert not lay_out(doc[:].as_doc(copy_user_data=True)).found


def test_what_is_let_go_of_is_freed_at_once():
    """Rules keep words with a layout, which lead back to their paragraph."""
    doc, other = Doc(Vocab(), words=["a"]), Doc(Vocab(), words=["b"])
    lay_out(doc).found["words"] = list(doc)
    lay_out(other)
    held = weakref.ref(doc)
    let_go([doc])
    gc.disable()
    try:
        del doc
        assert held() is None
    finally:
        gc.enable()
