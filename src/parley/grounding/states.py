"""States that no table knows, as a report tells of them: "the government of X", "X-ian troops".

In: the lines of a report with their known names.  Out: the same lines; a name that is a state's
by what the report says of it is one wherever it stands, and so is its adjective.  The words are
in `data/states.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import POSSESSIVES, Line
from parley.grounding.names import Sense
from parley.model import Party, Place
from parley.parsing.wordlists import read_words

# Shorter names and beginnings are too often alike by chance.
_SHORTEST = 4
_STEM = 4
_LONGEST_FORM = 2


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `data/states.toml`, in small letters."""

    bodies: frozenset[str]
    forces: frozenset[str]
    called: frozenset[str]
    parts: frozenset[str]
    endings: frozenset[str]
    of_lands: tuple[str, ...]


@cache
def words() -> Words:
    """Return the words that tell of states.  Raises `DataError` where their file is malformed."""
    return read_words("grounding", "states.toml", Words)


def name_states(
    lines: Sequence[Line], *, sense: Callable[[str], Sense | None], lexicon: Lexicon
) -> None:
    """Put the names of states that no table knows into the lines.

    `sense` says what a name is known as.
    """
    unknown = {
        word
        for line in lines
        for i, word in enumerate(line.text)
        if _may_be_name(line, i, lexicon) and sense(word) is None
    }
    if not unknown:
        return
    nouns = {word for word in unknown if any(_is_called(line, word) for line in lines)}
    strong = {word for line in lines for word in _owners(line, words().bodies)} & unknown
    weak = {word for line in lines for word in _owners(line, words().forces)} & unknown
    states: dict[str, Party] = {}
    for adjective in sorted(strong | weak):
        noun = next((each for each in sorted(unknown) if _is_adjective_of(adjective, each)), None)
        if noun is not None:
            states[adjective] = states[noun] = _state(noun)
        elif adjective in strong and (_sounds_so(adjective) or _may_be_land(adjective, lines)):
            states.setdefault(adjective, _state(adjective))
    for noun in nouns - states.keys():
        states[noun] = _state(noun)
    for word in list(states):
        if any(_is_part(line, word) for line in lines):
            del states[word]
    for line in lines:
        _put(line, states)


def _state(name: str) -> Party:
    return Party(name=name, kind="state", country=None)


def _may_be_name(line: Line, i: int, lexicon: Lexicon) -> bool:
    """Tell whether a word is a name alone: no part of a person's or of a longer one."""
    word = line.text[i]
    if not (word[:1].isupper() and word.isalpha() and len(word) >= _SHORTEST) or word.isupper():
        return False
    if line.pos[i] not in ("PROPN", "ADJ", "NOUN") or line.is_time(i):
        return False
    if line.lower[i] in lexicon.forms or line.lower[i] in lexicon.portfolio_words:
        return False
    return line.may_be_named(i)


def _owners(line: Line, told: frozenset[str]) -> Iterator[str]:
    """Yield the names right before such a word, be it with "'s": "X troops", "X's parliament"."""
    for i in range(len(line) - 1):
        after = i + 2 if line.lower[i + 1] in POSSESSIVES else i + 1
        if not line.is_capital(i) or (i and _continues(line, i - 1)):
            continue
        for length in range(1, _LONGEST_FORM + 1):
            if " ".join(line.lower[after : after + length]) in told:
                yield line.text[i]


def _continues(line: Line, i: int) -> bool:
    """Tell whether the word after a token is the last of a longer name: "the Civic Union"."""
    return line.is_capital(i) and line.pos[i] == "PROPN"


def _is_called(line: Line, name: str) -> bool:
    """Tell whether a line has the government, the army or the republic of that name."""
    known = words()
    for i in range(2, len(line)):
        if line.text[i] != name or line.lower[i - 1] != "of" or _is_longer(line, i):
            continue
        before = line.lower[i - 2]
        if before in known.called or before in known.bodies - {"president", "king"}:
            return True
    return False


def _is_longer(line: Line, i: int) -> bool:
    """Tell whether a name goes on behind a word: "the government of Ann X"."""
    return i + 1 < len(line) and line.is_capital(i + 1) and line.pos[i + 1] == "PROPN"


def _is_part(line: Line, name: str) -> bool:
    """Tell whether a line tells a name as that of a part of a country or of a people."""
    for i, word in enumerate(line.text):
        if word != name:
            continue
        if i + 1 < len(line) and line.lower[i + 1] in words().parts:
            return True
        if i > 1 and line.lower[i - 1] == "of" and line.lower[i - 2] in words().parts:
            return True
    return False


def _is_adjective_of(adjective: str, noun: str) -> bool:
    """Tell whether one name is the adjective of another: "Ruritanian" of "Ruritania"."""
    for cut in (0, 1, 2):
        stem = noun[: len(noun) - cut]
        if len(stem) >= _STEM and adjective.startswith(stem) and adjective != noun:
            ending = adjective[len(stem) :]
            if ending in words().endings and not (cut == 0 and ending == "i" and noun[-1] in "aeo"):
                return True
    return False


def _sounds_so(adjective: str) -> bool:
    """Tell whether a word has the ending of an adjective of nationality that is never a name's."""
    return adjective.endswith(("ian", "ese", "ish"))


def _may_be_land(name: str, lines: Sequence[Line]) -> bool:
    """Tell whether a name has a land's ending and is nobody's surname: "Zambaria's government"."""
    return name.endswith(words().of_lands) and not any(
        word == name and i and _continues(line, i - 1) and not line.is_time(i - 1)
        for line in lines
        for i, word in enumerate(line.text)
    )


def _put(line: Line, states: dict[str, Party]) -> None:
    """Put the names of states into a line, where nothing longer that is known stands."""
    for i, word in enumerate(line.text):
        several = word[:-1] if word.endswith("s") else ""
        party = states.get(word) or states.get(several)
        if party is None or not line.may_be_named(i):
            continue
        demonym = (word if word in states else several) != party.name or _sounds_so(word)
        place = None if demonym else Place(name=word, country=None, precision="country")
        line.name_word(i, Sense(party, "demonym" if demonym else "name", place))
