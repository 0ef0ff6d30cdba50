"""Who did it to whom, in the ways in which English says it: passives, nouns, headlines, blame.

`roles/roles.tsv` holds sentences on some sixty conflicts, a row each: its half, the type, who did
it, to whom, the sentence.  `;` parts several parties, `|` names for one, three capitals are a
country, `-` is nobody.  Of the type DENY the doer is who denies.  Rules were written with the dev
half alone in view; the test half tells how far they reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from coded import Bench, Coded
from msgspec import Struct

from parley.model import Participant

_FILE = Path(__file__).parent / "roles" / "roles.tsv"
# How many of a half are right, on both sides and without a party too many: none may be lost.
_LEAST = {"dev": 57, "test": 48}
_DOERS = frozenset({"actor", "signatory"})
_STRUCK = frozenset({"recipient", "victim"})
# Of a meeting or an accord only the parties are asked for, of a deployment only whose it is.
_MUTUAL = frozenset({"AGREE", "CONSULT"})
_ALONE = frozenset({"MOBILIZE", "RETREAT"})


class _Told(Struct):
    half: str
    type: str
    doers: str
    struck: str
    text: str


def _read(half: str) -> list[_Told]:
    rows = [_Told(*row.split("\t")) for row in _FILE.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row.half == half]


def _is(party: Participant, names: str) -> bool:
    for name in names.split("|"):
        if len(name) == 3 and name.isupper():
            if party.country == name and party.kind != "armed_group":
                return True
        if name.lower() in party.name.lower():
            return True
    return False


def _right(found: Iterable[Participant], wanted: str, *, crowds: bool) -> bool:
    """Tell whether parties are those wanted and no others; `crowds` may stand beside them."""
    parties = [p for p in found if not (crowds and p.kind == "population" and p.name.islower())]
    names = [one for one in wanted.split(";") if one != "-"]
    asked = [one for one in names if "-" not in one.split("|")]
    everyone = all(any(_is(party, name) for party in found) for name in asked)
    return everyone and all(any(_is(party, name) for name in names) for party in parties)


def _is_right(row: _Told, done: Coded) -> bool:
    if row.type == "DENY":
        sources = [s.name for m in done.mentions for s in m.attribution if s.stance == "denies"]
        deniers = [p for m in done.told("REJECT") for p in m.participants if p.role in _DOERS]
        return row.doers in sources or any(_is(party, row.doers) for party in deniers)
    told = done.told(row.type)
    parties = [party for mention in told for party in mention.participants]
    if row.type in _MUTUAL:
        wanted = ";".join(side for side in (row.doers, row.struck) if side != "-")
        taking_part = [p for p in parties if p.role in _DOERS | _STRUCK]
        return bool(told) and _right(taking_part, wanted, crowds=False)
    doers = [p for p in parties if p.role in _DOERS]
    struck = [p for p in parties if p.role in _STRUCK]
    return (
        bool(told)
        and _right(doers, row.doers, crowds=False)
        and (row.type in _ALONE or _right(struck, row.struck, crowds=True))
    )


@pytest.mark.parametrize("half", ["dev", "test"])
def test_both_sides_are_told_as_often_as_they_were(bench: Bench, half: str) -> None:
    """No more sentences of a half are read with a party missing, wrong, or too many."""
    rows = _read(half)
    wrong = [row.text for row in rows if not _is_right(row, bench.code(row.text))]
    assert len(rows) - len(wrong) >= _LEAST[half], "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "doers", "struck"),
    [
        ("Ghana blamed Togo for the raid on a Ghanaian post on Monday.", ["Togo"], ["Ghana"]),
        ("A raid on a Ghanaian post on Monday was blamed on Togo.", ["Togo"], ["Ghana"]),
        ("Ghanaian troops repelled an attack by Togo on Monday.", ["Togo"], ["Ghana"]),
        ("Ghanaian troops came under fire from Togolese soldiers on Monday.", ["Togo"], ["Ghana"]),
        ("The shelling of Lome by Ghana killed six people.", ["Ghana"], None),
        ("Forces loyal to Hamas shelled a Ghanaian ship on Monday.", ["Hamas"], ["Ghana"]),
        ("Togo captured a village from Ghana on Monday.", ["Togo"], ["Ghana"]),
    ],
)
def test_whoever_is_told_first_did_not_do_all(
    bench: Bench, text: str, doers: list[str], struck: list[str] | None
) -> None:
    """Blame, repelled attacks, what a deed was done to and whom fighters serve."""
    parties = [p for m in bench.code(text).told("ASSAULT") for p in m.participants]
    assert [p.name for p in parties if p.role in _DOERS] == doers
    if struck is not None:
        assert [p.name for p in parties if p.role in _STRUCK] == struck
