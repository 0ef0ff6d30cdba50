"""Who and where is meant by the words of a report.

In: a `Parse` and the `Knowledge` of names.  Out: a `Grounding`, which tells for a token
the `Reference` of the noun phrase that it heads, with its `Member`s, and the `Place` that
a name is; `rivals` are the parties that face each other in the whole report.

    knowledge.py      what names mean: parties, peoples, capitals, bodies, groups, places
    project.py        the project file: names and verbs of an analyst's own
    names.py          the index of names: what the tables say that each can mean
    tables.py         the rows of the tables, and how they are read and checked
    folding.py        the one form under which all spellings of a name are kept
    gazetteer.py      where on Earth the places of a name lie
    compilation.py    the gazetteer, compiled once to one small file
    officeholders.py  who held which office when (data/officeholders.tsv)
    lexicon.py        the words that refer: offices, bodies, peoples, collectives (references_*)
    lines.py          a paragraph laid out for the rules, and the known names in it
    states.py         states that no table knows: "the government of X", "X-ian troops"
    groupnames.py     groups that no table knows, by their full names and in short
    opposites.py      names that a prefix turns round: "anti-Taliban", "ex-Soviet"
    phrases.py        noun phrases of offices, bodies and people, read by their words
    runs.py           which words are a person's name
    persons.py        who is named in the report, under which spellings, in what office
    delegates.py      for whom a person acts by the words beside the name
    known.py          for whom a person acts of whom the report does not tell it
    settings.py       where the name of a country or capital is a place
    members.py        which part of its parties a phrase means, and under what name
    anaphora.py       "the minister", "the army": what is named again
    home.py           whose affairs a report tells of: "the army", "the government"
    rivals.py         which parties face each other: whom "the two sides" means
    collectives.py    "the two sides", "both countries", "the two ministers"
    memory.py         who was told of lately, and how saliently
    pronouns.py       he, she, it and they
    quotes.py         we and our in quotations
    resolution.py     the pass that resolves phrase by phrase
    references.py     what comes out
    grounding.py      `ground`, which runs these in turn
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parley.grounding.knowledge import Knowledge
from parley.grounding.names import Sense, Via
from parley.grounding.officeholders import Holder

if TYPE_CHECKING:
    from parley.grounding.grounding import ground
    from parley.grounding.lexicon import Part
    from parley.grounding.references import Grounding, How, Member, Reference

__all__ = [
    "Grounding",
    "Holder",
    "How",
    "Knowledge",
    "Member",
    "Part",
    "Reference",
    "Sense",
    "Via",
    "ground",
]

# Names are looked up by those who parse nothing; what needs the parser waits for who does.
_LATER = {
    "ground": "grounding",
    "Part": "lexicon",
    "Grounding": "references",
    "How": "references",
    "Member": "references",
    "Reference": "references",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module has
    """Import what needs the parser when it is asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
