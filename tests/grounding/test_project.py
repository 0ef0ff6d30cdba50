"""The project file: what it adds, and what is wrong with one that is not as it should be."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from parley.coding import load_lexicon
from parley.errors import DataError
from parley.grounding import Knowledge
from parley.grounding.project import adopt, adopted, read_project

WHOLE = """
[[party]]
name = "Ombra Vanguard"
kind = "armed_group"
country = "MLI"
aliases = ["OV", "Vanguardists"]
adjectives = ["Ombran"]

[[person]]
name = "Idrissa Temba"
party = "Ombra Vanguard"
office = "commander"
since = "2021-03"
alone = "Temba"

[[place]]
name = "Tin Zoulla"
country = "MLI"
lat = 17.91
lon = -2.33
aliases = ["Split"]

[[frame]]
name = "bulldozing"
type = "COERCE"
verbs = ["bulldoze >home|house"]
"""


@pytest.fixture(autouse=True)
def alone():
    """Leave the process without a project."""
    yield
    adopt(None)


def written(folder: Path, text: str | bytes) -> Path:
    """Write a project file; return its path."""
    path = folder / "parley.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_names_of_a_project_are_known(tmp_path):
    """Parties, adjectives, persons and places answer to their names, and go before others."""
    adopt(read_project(written(tmp_path, WHOLE)))
    knowledge = Knowledge.load()
    party = knowledge.party("the Vanguardists")
    assert party is not None
    assert (party.name, party.kind, party.country) == ("Ombra Vanguard", "armed_group", "MLI")
    assert knowledge.party("OV") == knowledge.party("Ombran") == knowledge.party("Ombrans") == party
    assert [term.office for term in knowledge.holders("Temba")] == ["commander"]
    place = knowledge.place("Split", near=("HRV",))
    assert place is not None
    assert (place.name, place.country, place.lat) == ("Tin Zoulla", "MLI", 17.91)
    marked = {pattern["pattern"] for pattern in knowledge.patterns()}
    assert {"Ombra Vanguard", "Vanguardists", "Ombran", "Tin Zoulla", "Split"} <= marked


def test_without_a_project_nothing_of_it_is_known(tmp_path):
    """What a project adds ends with it."""
    adopt(written(tmp_path, WHOLE))
    assert Knowledge.load().party("Vanguardists") is not None
    assert len(load_lexicon().starting_with("bulldoze")) > 0
    adopt(None)
    assert adopted() is None
    assert Knowledge.load().party("Vanguardists") is None


def test_frames_of_a_project_go_before_equals(tmp_path):
    """An analyst's verb stands in the lexicon, before Parley's own of the same exactness."""
    ours = load_lexicon().starting_with("detain")
    adopt(
        read_project(
            written(tmp_path, '[[frame]]\nname="own"\ntype="SUPPORT"\nverbs=["detain", "zoom +in"]')
        )
    )
    entries = load_lexicon().starting_with("detain")
    assert len(entries) == len(ours) + 1
    plain = [entry for entry in entries if entry.pattern == entries[-1].pattern] or entries
    assert plain[0].frame.name == "own"
    assert load_lexicon().starting_with("zoom")[0].frame.name == "own"


def test_knowledge_of_a_project_can_be_sent_to_another_process(tmp_path):
    """A process that is sent the knowledge has the project's names too."""
    adopt(read_project(written(tmp_path, WHOLE)))
    sent = pickle.loads(pickle.dumps(Knowledge.load()))
    assert sent.party("Vanguardists") == Knowledge.load().party("Vanguardists")


WRONG = {
    '[[party]]\nname = "X"': ("number 1 (X)", "kind"),
    '[[party]]\nname = "X"\nkind = "army"': ("number 1 (X)", "key 'kind'"),
    '[[party]]\nname = " "\nkind = "state"': ("number 1", "key 'name'"),
    '[[party]]\nname = "X"\nkind = "state"\ncolour = 1': ("number 1 (X)", "colour"),
    '[[party]]\nname = "X"\nkind = "igo"\ncountry = "QQQ"': ("number 1 (X)", "key 'country'"),
    '[[place]]\nname = "X"\nlat = 91\nlon = 0': ("number 1 (X)", "key 'lat'"),
    '[[place]]\nname = "X"\nlat = 9': ("number 1 (X)", "key 'lon'"),
    '[[place]]\nname = "A"\n[[place]]\nname = "B"\naliases = ["b", 3]': ("number 2 (B)", "aliases"),
    '[[person]]\nname = "X"\nparty = "Nobody At All"': ("number 1 (X)", "key 'party'"),
    '[[person]]\nname = "X"\nparty = "MLI"\nsince = "2020"\nuntil = "2019"': ("(X)", "key 'until'"),
    '[[person]]\nname = "X"\nparty = "MLI"\nsince = "May"': ("number 1 (X)", "key 'since'"),
    '[[frame]]\nname = "X"\ntype = "WAR"': ("number 1 (X)", "key 'type'"),
    '[[frame]]\nname = "X"\ntype = "AID"\nverbs = ["zap @nope"]': ("frame 'X'", "@nope"),
    '[[frame]]\nname = "X"\ntype = "AID"\nverbs = ["zap #nope"]': ("frame 'X'", "#nope"),
    "frame = 3": ("key 'frame'",),
    "colour = 1": ("colour",),
    "party = [": ("is not TOML",),
    b"\xff\xfe": ("is not UTF-8",),
}


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_a_malformed_file_is_refused_in_a_line(tmp_path, text):
    """What is wrong is told in one line that names the file and the key, and the way out."""
    path = written(tmp_path, text)
    adopt(path)
    with pytest.raises(DataError) as raised:
        adopted()
        Knowledge.load()
        load_lexicon()
    message = str(raised.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert all(words in message for words in WRONG[text])


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """A path that leads to no file, or to a folder, is a DataError."""
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(DataError, match=r"no such file|directory"):
            read_project(path)
