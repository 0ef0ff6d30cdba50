"""The notation of the lexicon, and the errors of who writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from coded import Bench

from parley.coding.lexicon import load_lexicon, read_frames
from parley.coding.patterns import head_of_match, matches, parse_pattern
from parley.errors import DataError

# A pattern, a part of speech, a sentence, and whether the sentence has it.
MATCHES = [
    ("meet", "verb", "They met in Doha.", True),
    ("meet", "verb", "The meeting was long.", False),
    ("air strike", "noun", "The air strike hit a depot.", True),
    ("air strike", "noun", "The strike hit the air base.", False),
    ("cease-fire", "noun", "The cease-fire began.", True),
    ("open >fire", "verb", "Guards opened fire.", True),
    ("open >fire", "verb", "Guards opened the gate.", False),
    ("open >fire|gate", "verb", "Guards opened the gate.", True),
    ("sign >treaty", "verb", "The treaty was signed in Lima.", True),
    ("sign >treaty", "verb", "The letter was signed in Lima.", False),
    ("call +off", "verb", "They called off the summit.", True),
    ("call +off", "verb", "They called the minister.", False),
    ("fire +at|on", "verb", "Guards fired on the crowd.", True),
    ("fire +at|on", "verb", "Guards fired in the air.", False),
    ("fight !fire|crime", "verb", "They fought crime.", False),
    ("fight !fire|crime", "verb", "They fought rebels.", True),
    ("beat @people", "verb", "Guards beat the prisoners.", True),
    ("beat @people", "verb", "The team beat the record.", False),
    ("attack @party", "verb", "Chad attacked Niger.", True),
    ("attack @party", "verb", "They attacked the idea.", False),
    ("strike =worker|@people", "verb", "Teachers struck in Accra.", True),
    ("strike =worker|@people", "verb", "The clock struck twelve.", False),
    ("rally =!market", "verb", "The market rallied.", False),
    ("rally =!market", "verb", "Students rallied.", True),
    ("fail ~agree", "verb", "They failed to agree.", True),
    ("fail ~agree", "verb", "They failed to appear.", False),
    ("talk #plural", "noun", "The talks began.", True),
    ("talk #plural", "noun", "The talk began.", False),
    ("warn #ahead", "verb", "Chad warned that it would leave.", True),
    ("warn #ahead", "verb", "Chad warned that it was late.", False),
    ("ready", "adjective", "Chad is ready.", True),
]


@pytest.mark.parametrize(("pattern", "pos", "text", "expected"), MATCHES)
def test_the_notation(bench: Bench, pattern: str, pos: str, text: str, expected: bool) -> None:
    """Each sign of the notation asks what its description says."""
    done = bench.code(text)
    read = parse_pattern(pattern, pos=pos)  # type: ignore[arg-type]

    def refers(token: object, what: str) -> bool:
        reference = done.grounding.reference(token)  # type: ignore[arg-type]
        return reference is not None and bool(reference.members)

    found = False
    for doc in done.dated.parse.docs:
        for token in doc:
            head = head_of_match(read, token)
            if head is not None and token.lemma_.lower() == read.words[0]:
                classes = load_lexicon().classes
                found |= matches(read, head, classes=classes, refers=refers)
    assert found is expected


def test_underlines_and_hyphens_are_words() -> None:
    """A pattern's words are cut as the parse cuts them."""
    assert parse_pattern("good_office", pos="noun").words == ("good", "office")
    assert parse_pattern("hit-and-run", pos="noun").words == ("hit", "-", "and", "-", "run")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("+off", "no word"),
        ("talk #always", "no such flag: '#always'"),
        ("call +off summit", "a word behind the conditions: 'summit'"),
    ],
)
def test_what_is_not_of_the_notation(pattern: str, problem: str) -> None:
    """A pattern that cannot be read says which part of it."""
    with pytest.raises(ValueError, match=problem.replace("'", ".").replace("#", ".")):
        parse_pattern(pattern, pos="verb")


FRAME = """
[[frame]]
name = "meet"
type = "CONSULT"
verbs = ["meet"]
"""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (FRAME.replace("CONSULT", "PARTY"), ["PARTY", "frame"]),
        (FRAME + '[frame.roles]\nwith = "guest"\n', ["guest"]),
        (FRAME + 'colour = "red"\n', ["colour"]),
        (FRAME + 'template = "mutal"\n', ["mutal"]),
        (FRAME + 'status = "done"\n', ["done"]),
        (FRAME + 'needs = "three"\n', ["three"]),
        (FRAME.replace('"meet"]', '"meet #often"]'), ["'meet'", "meet #often", "#often"]),
        (FRAME.replace('"meet"]', '"+off"]'), ["'meet'", "+off", "no word"]),
        (FRAME.replace('["meet"]', '"meet"'), ["verbs"]),
        (FRAME.replace('name = "meet"\n', ""), ["name"]),
        ("[[frame]\n", ["TOML"]),
        ('frames = "none"\n', ["frame"]),
    ],
)
def test_a_malformed_frame_is_named(tmp_path: Path, lines: str, told: list[str]) -> None:
    """An error names the file, and as far as it goes the frame and the word."""
    path = tmp_path / "mine.toml"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_frames(path)
    assert [part for part in ["mine.toml", *told] if part not in str(caught.value)] == []


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A file that is not UTF-8, or is not there, is named."""
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe")
    for one in (path, tmp_path / "none.toml"):
        with pytest.raises(DataError, match=one.name):
            read_frames(one)


def test_the_shipped_lexicon_is_whole() -> None:
    """What ships is read without complaint, once, and tells of every type of event."""
    lexicon = load_lexicon()
    assert lexicon is load_lexicon()
    assert len(lexicon) > 1000
    types = {
        entry.frame.type
        for word in ("meet", "sign", "attack", "accuse", "refuse", "demand", "threaten", "protest")
        for entry in lexicon.starting_with(word)
    }
    assert {"CONSULT", "AGREE", "ASSAULT", "ACCUSE", "REJECT", "REQUEST", "THREATEN"} <= types
