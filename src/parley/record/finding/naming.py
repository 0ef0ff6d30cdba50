"""Naming: which parties and countries are meant by a name that a person typed.

"RSF", "Sudanese" and "GBR" are names as much as those that the record writes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from parley.record.names import folded

if TYPE_CHECKING:
    from parley.grounding.knowledge import Knowledge

_CODE_LENGTH = 3


class Meant(Struct, frozen=True):
    """What a name can mean: the party of that `name`, and `words` to look for as typed.

    `whole` says that the party's name must be the whole of a participant's: a state's is
    ("Sudan" is not South Sudan), that of a body may go on ("United Nations Security
    Council").  `code` is that of the state, None where the name is no state's.
    """

    words: str
    name: str | None = None
    whole: bool = False
    code: str | None = None


def meaning(typed: str) -> Meant:
    """Return what a name means, whatever the case in which it was typed."""
    from parley.grounding.knowledge import Knowledge  # noqa: PLC0415 - read when a name is asked for

    return _meaning(typed, Knowledge.load())


@lru_cache(maxsize=1024)
def _meaning(typed: str, knowledge: Knowledge) -> Meant:
    words = folded(typed)
    bare = " ".join(typed.split())
    if len(bare) == _CODE_LENGTH and (state := knowledge.state(bare.upper())):
        return Meant(words, name=folded(state.name), whole=True, code=bare.upper())
    for form in dict.fromkeys((bare, bare.upper(), bare.title(), bare[:1].upper() + bare[1:])):
        party = knowledge.party(form)
        if party is not None:
            whole = party.kind in ("state", "population")
            code = party.country if party.kind == "state" else None
            return Meant(words, name=folded(party.name), whole=whole, code=code)
    return Meant(words)
