"""The network as it is asked answers as the one that is trained, and nothing hangs on company."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.vocab import Vocab

from parley.coding.judging import hints_of
from parley.coding.lexicon import load_lexicon
from parley.coding.triggers import find_triggers
from parley.learnt import components, fill, load, sums
from parley.learnt.decisions import ANSWERS
from parley.learnt.features import VECTOR_WIDTH, look, see
from parley.learnt.inference import Inference
from parley.learnt.network import PADDING, Network
from parley.learnt.ways import Ways, numbers_of
from parley.model import Report
from parley.parsing.layout import lay_out
from parley.reading import read
from parley.sample import sample_paths


@pytest.fixture(scope="module")
def network() -> Network:
    """Return the network that Parley brings, as it is trained."""
    network = Network({name: len(answers) for name, answers in ANSWERS.items()})
    with np.load(components.FOLDER / "components.npz") as arrays:
        network.from_arrays(dict(arrays))
    return network


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """Return the shortest of the sample reports."""
    found = list(read([str(path) for path in sample_paths()], refuse=print))
    return sorted(found, key=lambda report: len(report.text))[:4]


@pytest.fixture(scope="module")
def told(parser, reports):
    """Return the paragraphs of some reports, and what the rules say of each."""
    lexicon = load_lexicon()
    docs = [doc for report in reports for doc in parser.parse(report).docs]
    found = [find_triggers(doc, lexicon=lexicon, refers=lambda *_: False) for doc in docs]
    return docs, [hints_of(triggers) for triggers in found]


def test_it_answers_as_the_network(network, told):
    """Words, pairs and every decision come out as from the layers that were trained."""
    docs, hints = told
    features = see(docs, hints, padding=PADDING)
    seen = look(docs, hints, padding=PADDING)
    assert (features.ids == seen.ids).all()
    asked = Inference(network)
    for _ in range(2):  # once with nothing kept, once with all of it
        encoded = asked.encode(seen, docs[0].vocab)
        wanted, _ = network.encode(features)
        assert encoded == pytest.approx(wanted, abs=1e-4)
        for name in set(ANSWERS) - {"slot"}:
            answers, _ = network.decide(name, wanted, temperature=1.5)
            assert asked.decide(name, encoded, temperature=1.5) == pytest.approx(answers, abs=1e-4)
        for doc, own, rows in zip(docs, hints, seen.rows, strict=True):
            between = Ways(lay_out(doc))
            for trigger, hint in own.items():
                words = between.fillers(trigger)
                if not words:
                    continue
                ways = between.between(trigger, words, hint)
                at = np.full(len(words), rows[trigger])
                pairs, _ = network.pair(wanted, at, rows[words], numbers_of(ways))
                assert asked.pair(encoded, at, rows[words], ways) == pytest.approx(pairs, abs=1e-4)


def test_slots_filled_together_are_those_of_each_alone(told):
    """A report's triggers asked at once fill their slots as each does that is asked alone."""
    docs, hints = told
    together = load().judge(docs, hints)
    fill([(one, i) for one, own in zip(together, hints, strict=True) for i in own])
    alone = load().judge(docs, hints)
    filled = 0
    for one, other, doc, own in zip(together, alone, docs, hints, strict=True):
        for i in own:
            mine, theirs = one.slots(doc[i]), other.slots(doc[i])
            assert [(word.i, slot) for word, slot, _ in mine] == [
                (word.i, slot) for word, slot, _ in theirs
            ]
            assert [how for *_, how in mine] == pytest.approx([how for *_, how in theirs], abs=1e-4)
            filled += len(mine)
    assert filled


def test_what_was_not_asked_ahead_is_answered_alike(told, network):
    """Of words that name no event all is told as of those that do, when somebody asks."""
    docs, hints = told
    judgements = load().judge(docs, hints)
    features = see(docs, hints, padding=PADDING)
    encoded, _ = network.encode(features)
    heat = load().card.temperature
    for name, of in (("type", "types"), ("status", "statuses")):
        answers, _ = network.decide(name, encoded, temperature=heat.get(name, 1.0))
        for judgement, doc, rows in zip(judgements, docs, features.rows, strict=True):
            for token in doc:
                told_of = list(getattr(judgement, of)(token).values())
                assert told_of == pytest.approx(answers[rows[token.i]].tolist(), abs=1e-4)


def test_what_is_kept_is_bounded_and_forgotten(told, network, monkeypatch):
    """With room for next to nothing the answers are the same."""
    docs, hints = told
    seen = look(docs, hints, padding=PADDING)
    wanted = Inference(network).encode(seen, docs[0].vocab)
    monkeypatch.setattr(sums, "_MOST", 10)
    small = Inference(network)
    for one, own, rows in zip(docs, hints, seen.rows, strict=True):
        alone = look([one], [own], padding=PADDING)
        encoded = small.encode(alone, one.vocab)
        assert encoded[alone.rows[0]] == pytest.approx(wanted[rows], abs=1e-4)
    assert max(map(len, (small._words._words._at, small._words._places._at))) < len(seen.ids)


def test_vectors_are_those_of_the_paragraph(told, network):
    """What was kept of words with vectors is not taken for the same words without."""
    docs, hints = told
    seen = look(docs[:1], hints[:1], padding=PADDING)
    asked, bare = Inference(network), Vocab()
    assert docs[0].vocab.vectors_length == VECTOR_WIDTH
    first = asked.encode(seen, docs[0].vocab)
    assert asked.encode(seen, bare) == pytest.approx(
        Inference(network).encode(seen, bare), abs=1e-6
    )
    assert np.abs(asked.encode(seen, bare) - first).max() > 0.01
    assert asked.encode(seen, docs[0].vocab) == pytest.approx(first, abs=1e-6)
