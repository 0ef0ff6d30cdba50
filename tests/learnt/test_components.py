"""The file of weights and its card: what is altered, missing or of another version is told."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from parley.errors import DataError, Refused
from parley.learnt import components, load, read_card
from parley.learnt.card import FOLDER, THRESHOLDS, VERSION
from parley.learnt.decisions import ANSWERS, STATUSES, TYPES
from parley.learnt.features import see
from parley.learnt.network import PADDING, Network

CARD = (
    'version = {version}\nsha256 = "{sha}"\ncorpus = "0"\n'
    "[temperature]\nevent = {heat}\n[thresholds]\n"
)


def network():
    """Return a network that has learnt nothing."""
    return Network({name: len(answers) for name, answers in ANSWERS.items()})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with weights that were learnt from nothing, and their hash."""
    folder = tmp_path_factory.mktemp("weights")
    return folder, components.save(network(), folder)


@pytest.fixture
def folder(made, tmp_path):
    """Return what makes a folder of weights with a card as it is told to be."""

    def make(*, version=VERSION, sha=None, heat="1.0", thresholds=None):
        source, hash_ = made
        (tmp_path / "components.npz").write_bytes((source / "components.npz").read_bytes())
        card = CARD.format(version=version, sha=sha or hash_, heat=heat)
        for name, value in (thresholds or dict.fromkeys(sorted(THRESHOLDS), 0.5)).items():
            card += f"{name} = {value}\n"
        (tmp_path / "components.toml").write_text(card)
        return tmp_path

    return make


WORDS = spacy.blank("en").vocab  # which knows of each word how it looks


def sentence(*words, ents=None):
    """Return a parsed sentence of which the second word is the root."""
    count = len(words)
    return Doc(
        WORDS,
        words=list(words),
        heads=[min(1, count - 1)] * count,
        deps=["nsubj", "ROOT", *["dobj"] * count][:count],
        pos=["PROPN", "VERB", *["PROPN"] * count][:count],
        tags=["NNP", "VBD", *["NNP"] * count][:count],
        ents=ents or ["O"] * count,
    )


def test_weights_are_loaded_as_they_were_saved(folder):
    """What is loaded judges as what was saved, to the exactness of half floats."""
    loaded = load(folder())
    doc = sentence("Envoys", "met", "ministers")
    judgement = loaded.judge([doc], [{}])[0]
    assert 0 <= judgement.event(doc[1]) <= 1
    assert sum(judgement.types(doc[1]).values()) == pytest.approx(1, abs=1e-4)
    assert set(judgement.types(doc[1])) == set(TYPES)
    assert set(judgement.statuses(doc[1])) == set(STATUSES)
    assert 0 <= judgement.background(doc[1]) <= 1
    again = load(folder()).judge([doc], [{}])[0]
    assert [again.event(token) for token in doc] == [judgement.event(token) for token in doc]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("TALKS", "HELD", "IN", "CASTEL"),
        ("they", "met", "and", "then", "they", "left", "and", "nobody", "knows", "why"),
        ("代表", "会谈", "了"),
        ("\u0000", "\ud7ff", "🙂", "\u200f"),
    ],
)
def test_any_words_are_judged(folder, words):
    """No text, capitals, no punctuation, another script: a judgement comes of each."""
    doc = sentence(*words)
    judgement = load(folder()).judge([doc], [{}])[0]
    for token in doc:
        assert 0 <= judgement.event(token) <= 1
        assert all(0 <= how <= 1 for _, _, how in judgement.slots(token))


def test_who_it_is_does_not_count():
    """The network sees the same whoever acts and whoever suffers it."""
    names = ["B-GPE", "O", "B-GPE", "I-GPE"]
    one = see([sentence("Alba", "struck", "New", "Corvia", ents=names)], [{}], padding=PADDING)
    other = see([sentence("Corvia", "struck", "Upper", "Alba", ents=names)], [{}], padding=PADDING)
    assert (one.ids == other.ids).all()
    assert (one.vectors == other.vectors).all()
    assert (one.heads == other.heads).all()
    told = see([sentence("Rebels", "struck", "New", "Corvia")], [{}], padding=PADDING)
    assert told.ids.shape != one.ids.shape or (told.ids != one.ids).any()


def test_neighbours_do_not_change_what_is_seen():
    """A paragraph is judged alike alone and between others."""
    net = network()
    doc, before, behind = sentence("They", "met", "there"), sentence("A"), sentence("Go", "home")
    alone = see([doc], [{}], padding=PADDING)
    among = see([before, doc, behind], [{}, {}, {}], padding=PADDING)
    told, _ = net.encode(alone)
    told_among, _ = net.encode(among)
    assert told[alone.rows[0]] == pytest.approx(told_among[among.rows[1]], abs=1e-4)


def test_a_missing_card_is_told(tmp_path):
    """Without the card there are no models, and the way out is told."""
    with pytest.raises(DataError, match=r"components\.toml: the models are not there.*coder rules"):
        load(tmp_path)


def test_missing_weights_are_told(folder):
    """A card alone is not enough."""
    where = folder()
    (where / "components.npz").unlink()
    with pytest.raises(DataError, match=r"components\.npz: the models cannot be read.*rules"):
        load(where)


def test_altered_weights_are_told(folder):
    """A byte more, and they are not what was measured."""
    where = folder()
    with (where / "components.npz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(DataError, match="not those that were measured"):
        load(where)


def test_weights_that_are_none_are_told(folder):
    """What the card pins may be no weights at all."""
    import hashlib  # noqa: PLC0415 - only here

    where = folder(sha=hashlib.sha256(b"nothing").hexdigest())
    (where / "components.npz").write_bytes(b"nothing")
    with pytest.raises(DataError, match="do not fit this Parley"):
        load(where)


def test_weights_of_another_version_are_told(folder):
    """Both versions are named."""
    with pytest.raises(DataError, match=f"version {VERSION + 1}, this Parley reads {VERSION}"):
        load(folder(version=VERSION + 1))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"version": '"one"'}, "version"),
        ({"heat": "0"}, r"temperature\.event is 0\.0, no number over 0"),
        ({"heat": "nan"}, r"temperature\.event"),
        ({"thresholds": {"bare": 0.1}}, r"thresholds\.\w+ is missing"),
        ({"thresholds": dict.fromkeys(sorted(THRESHOLDS), 2)}, "no number from 0 to 1"),
        ({"heat": "1.0\n[threshold]"}, "threshold"),
    ],
)
def test_a_malformed_card_is_told(folder, given, said):
    """File and key are named, in one line."""
    with pytest.raises(DataError, match=said) as told:
        read_card(folder(**given))
    assert "components.toml" in str(told.value)


def test_the_weights_that_come_with_it_are_small_and_load():
    """Those of Parley itself are under 30 MB, and are the ones that their card pins."""
    path = FOLDER / "components.npz"
    if not path.exists():
        pytest.skip("the models are not built; `make train` builds them")
    assert path.stat().st_size < 30_000_000
    assert load().card.name == read_card().name


def test_loading_draws_no_numbers(folder):
    """A program's own random numbers go on as before, and nothing is drawn to be written over."""
    where = folder()
    np.random.seed(7)
    expected = np.random.random(3).tolist()
    np.random.seed(7)
    load(where)
    assert np.random.random(3).tolist() == expected


def test_there_is_no_third_coder():
    """A coder that there is not is told, with those that there are."""
    from parley.engine.steps import identify  # noqa: PLC0415 - only here

    with pytest.raises(Refused, match="no coder 'llm'; there is learnt, rules"):
        identify("llm")
    assert identify("rules") == "rules"


def test_paths_have_a_row_a_word(folder):
    """Every candidate for a slot is looked at once."""
    doc = sentence("Envoys", "met", "ministers")
    told = load(folder()).judge([doc], [{}])[0].slots(doc[1])
    assert {word.i for word, _, _ in told} <= {0, 2}
