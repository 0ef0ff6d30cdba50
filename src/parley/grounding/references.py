"""What `ground` returns: who is meant by each noun phrase of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from spacy.tokens import Token

from parley.grounding.knowledge import Knowledge
from parley.grounding.lexicon import Part
from parley.model import Party, Person, Place
from parley.parsing import Parse, start_of

How = Literal["name", "demonym", "metonym", "office", "person", "collective", "pronoun"]

_PLACES = frozenset({"GPE", "LOC", "FAC"})


class Member(Struct, frozen=True):
    """One of those meant: a party, and who or what of it.

    `person` acts for `party`; a person of whom no party is told is a party of kind
    "person".  `name` is how to name the member alone: "Armenia", "Armenian Ministry of
    Defense", the person's full name.
    """

    party: Party
    person: Person | None = None
    part: Part = "whole"
    name: str = ""


class Reference(Struct, frozen=True):
    """A noun phrase, `text[start:end]` of the report, and whom it means.

    `members` is empty where a name only tells where ("in Moscow"); `place` is that
    place.  `how` is what kind of words refer.
    """

    start: int
    end: int
    members: tuple[Member, ...]
    place: Place | None
    how: How
    plural: bool


class Grounding:
    """Who and where is meant, for one report.

    `rivals` are the two parties that face each other in the whole of it, those whom "the
    two sides" means, in the order in which they are told of; empty where that is unclear.
    """

    def __init__(
        self,
        parse: Parse,
        *,
        references: Mapping[tuple[int, int], Reference],
        persons: frozenset[tuple[int, int]],
        knowledge: Knowledge,
        near: tuple[str, ...],
        rivals: tuple[Party, ...] = (),
        home: Party | None = None,
        placed: Mapping[tuple[int, int], Place] | None = None,
    ) -> None:
        self.parse = parse
        self.rivals = rivals
        self.home = home
        self.references = tuple(
            sorted(set_of(references), key=lambda found: (found.start, found.end))
        )
        self._references = references
        self._persons = persons
        self._knowledge = knowledge
        self._near = near
        self._told = placed or {}
        self._placed: dict[int, dict[int, str]] = {}
        self._lines = {start_of(doc): index for index, doc in enumerate(parse.docs)}

    def reference(self, token: Token) -> Reference | None:
        """Return what is meant by the noun phrase that the token heads, or is named by.

        Works on any token inside a name or title, and on a name that modifies another
        noun ("the Armenia-Azerbaijan border", "U.S.-brokered").
        """
        return self._references.get(self._cell(token))

    def place(self, token: Token) -> Place | None:
        """Return the place that the token's name is, chosen near the report's countries."""
        cell = self._cell(token)
        if cell in self._told:
            return self._told[cell]
        known = self._references.get(cell)
        if known is not None and known.place is not None and not known.members:
            # Whatever the tagger takes it for; of namesakes the one of the countries told of.
            return self._knowledge.place(known.place.name, near=self._near)
        if cell in self._persons or token.ent_type_ not in _PLACES:
            return None
        placed = self._placed.setdefault(cell[0], {})
        if not placed:
            for ent in token.doc.ents:
                name = ent.text.removesuffix("'s").removesuffix("’s").strip()
                placed.update(dict.fromkeys(range(ent.start, ent.end), name))
        return self._knowledge.place(placed[token.i], near=self._near)

    def place_called(self, name: str) -> Place | None:
        """Return the place of a name that is known to be one's, chosen as `place` does."""
        return self._knowledge.place(name, near=self._near)

    def seated(self, name: str) -> Party | None:
        """Return the state whose government sits in a town of that name, None where none does."""
        sense = self._knowledge.sense(name)
        return sense.party if sense is not None and sense.via in ("capital", "metonym") else None

    def _cell(self, token: Token) -> tuple[int, int]:
        return self._lines.get(start_of(token.doc), -1), token.i


def set_of(references: Mapping[tuple[int, int], Reference]) -> list[Reference]:
    """Return the distinct references of a map."""
    seen: dict[int, Reference] = {id(found): found for found in references.values()}
    return list(seen.values())
