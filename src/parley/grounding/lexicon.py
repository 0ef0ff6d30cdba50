"""The words that refer: offices, bodies, people, collectives, and where names are places.

Read from `data/references_*.toml`; each file is checked against a schema when loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from parley.errors import DataError
from parley.model import PartyKind

Part = Literal[
    "leader",
    "official",
    "spokesperson",
    "government_body",
    "military",
    "population",
    "person",
    "place",
    "whole",
]
FormKind = Literal[
    "office", "body", "military", "armed", "group", "population", "side", "collective"
]

_Table = TypeVar("_Table", bound=Struct)


class OfficeRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Titles of one office."""

    key: str
    part: Part
    titles: tuple[str, ...]


class PortfolioRow(Struct, frozen=True, forbid_unknown_fields=True):
    """What a minister or a ministry is in charge of."""

    key: str
    words: tuple[str, ...]
    ministry: str


class OfficeTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`references_offices.toml`."""

    ranks: frozenset[str]
    past: frozenset[str]
    below: frozenset[str]
    courtesies: frozenset[str]
    labels: frozenset[str]
    men: frozenset[str]
    women: frozenset[str]
    representing: frozenset[str]
    abroad: frozenset[str]
    signing: frozenset[str]
    particles: frozenset[str]
    office: tuple[OfficeRow, ...]
    portfolio: tuple[PortfolioRow, ...]


class BodyRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Names for one kind of body or people."""

    key: str
    names: tuple[str, ...]


class BodyTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`references_bodies.toml`."""

    body: tuple[BodyRow, ...]
    military: tuple[BodyRow, ...]
    armed: tuple[BodyRow, ...]
    group: tuple[BodyRow, ...]
    population: tuple[BodyRow, ...]
    side: tuple[BodyRow, ...]


class CollectiveTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`references_collectives.toml`."""

    numbers: dict[str, int]
    rivals: frozenset[str]
    pairs: frozenset[str]
    many: frozenset[str]
    others: frozenset[str]
    mediate_verbs: frozenset[str]
    urge_verbs: frozenset[str]
    mediate_nouns: frozenset[str]
    mediated: frozenset[str]


class GroupTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`references_groups.toml`."""

    heads: dict[str, PartyKind]
    caused: dict[str, PartyKind]
    leading: dict[str, PartyKind]
    short: frozenset[str]
    called: frozenset[str]
    fighters: frozenset[str]
    causes: frozenset[str]
    plain: frozenset[str]
    parties: frozenset[str]
    bound: frozenset[str]
    acting: frozenset[str]
    lying: frozenset[str]
    addressing: frozenset[str]
    members: frozenset[str]
    fighting: frozenset[str]


class PlaceTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`references_places.toml`."""

    locative: frozenset[str]
    directional: frozenset[str]
    addressed: frozenset[str]
    motion: frozenset[str]
    removal: frozenset[str]
    divisions: frozenset[str]
    parts: frozenset[str]
    venues: frozenset[str]
    sites: frozenset[str]
    seats: frozenset[str]


class PronounTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`references_pronouns.toml`."""

    agentive: frozenset[str]
    willing: frozenset[str]
    empty: frozenset[str]
    partitives: frozenset[str]
    blaming: frozenset[str]
    harming: frozenset[str]


class Form(Struct, frozen=True):
    """One way to write an office, a body or a people word.

    `head` is the index, among `words`, of the noun that heads it; `key` says which
    forms mean the same; `name` is how a body is named in the record, None for as written;
    `singular` is the singular of the head.
    """

    words: tuple[str, ...]
    head: int
    kind: FormKind
    key: str
    part: Part
    plural: bool
    name: str | None = None
    singular: str = ""


class Lexicon(Struct, frozen=True):
    """All of the tables.

    `forms` are by their first word and by all of their words, `lengths` how many words those have
    that begin with a word, the most first.
    """

    offices: OfficeTable
    collectives: CollectiveTable
    places: PlaceTable
    pronouns: PronounTable
    groups: GroupTable
    forms: dict[str, dict[tuple[str, ...], Form]]
    lengths: dict[str, tuple[int, ...]]
    portfolio_words: frozenset[str]

    def match(self, words: Sequence[str], at: int) -> Form | None:
        """Return the longest form that the lower-case `words` hold from index `at` on."""
        for length in self.lengths.get(words[at], ()):
            form = self.forms[words[at]].get(tuple(words[at : at + length]))
            if form is not None:
                return form
        return None


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon, read once.  Raises DataError when a file is malformed."""
    offices = _read("offices", OfficeTable)
    bodies = _read("bodies", BodyTable)
    collectives = _read("collectives", CollectiveTable)
    laid: dict[str, dict[tuple[str, ...], Form]] = {}
    for form in (
        *_office_forms(offices),
        *_body_forms(bodies),
        *_collective_forms(collectives),
    ):
        # The first to name a form keeps it: files are written from the special to the general.
        laid.setdefault(form.words[0], {}).setdefault(form.words, form)
    return Lexicon(
        offices=offices,
        collectives=collectives,
        places=_read("places", PlaceTable),
        pronouns=_read("pronouns", PronounTable),
        groups=_read("groups", GroupTable),
        forms=laid,
        lengths={
            first: tuple(sorted({len(words) for words in forms}, reverse=True))
            for first, forms in laid.items()
        },
        portfolio_words=frozenset(
            word for row in offices.portfolio for phrase in row.words for word in phrase.split()
        ),
    )


def parse_table(text: str, table: type[_Table], *, file: str) -> _Table:
    """Read one table from TOML.  Raises DataError naming `file` and the key at fault."""
    try:
        return msgspec.toml.decode(text, type=table)
    except (msgspec.ValidationError, msgspec.DecodeError) as problem:
        raise DataError(f"{file}: {problem}; mend that key") from problem


def _read(name: str, table: type[_Table]) -> _Table:
    file = f"references_{name}.toml"
    text = (files("parley.grounding") / "data" / file).read_text("utf-8")
    return parse_table(text, table, file=file)


def _office_forms(table: OfficeTable) -> Iterator[Form]:
    for row in table.portfolio:
        key = f"{row.key} minister"
        for words in row.words:
            for base in ("minister", "secretary"):
                yield from _both_numbers(f"{words} {base}", "office", key, "official")
                for link in ("of", "for", "of the", "for the"):
                    phrase = f"{base} {link} {words}"
                    yield from _both_numbers(phrase, "office", key, "official", head=0)
            for base in ("ministry", "department"):
                ministry = row.ministry
                key_body = f"{row.key} ministry"
                for phrase, head in (
                    (f"{words} {base}", None),
                    (f"{base} of {words}", 0),
                    (f"{base} for {words}", 0),
                ):
                    yield from _both_numbers(
                        phrase, "body", key_body, "government_body", head=head, name=ministry
                    )
    keys = {"foreign minister": "foreign minister", "defence minister": "defence minister"}
    for office in table.office:
        for title in office.titles:
            head = title.split().index("of") - 1 if " of " in title else None
            head = 0 if title.startswith(("commander-", "commander in")) else head
            key = keys.get(office.key, office.key)
            yield from _both_numbers(title, "office", key, office.part, head=head)


def _body_forms(table: BodyTable) -> Iterator[Form]:
    kinds: tuple[tuple[FormKind, Part, tuple[BodyRow, ...]], ...] = (
        ("body", "government_body", table.body),
        ("military", "military", table.military),
        ("armed", "whole", table.armed),
        ("group", "whole", table.group),
        ("population", "population", table.population),
        ("side", "whole", table.side),
    )
    for kind, part, rows in kinds:
        for row in rows:
            for name in row.names:
                head = name.split().index("of") - 1 if " of " in name else None
                yield from _both_numbers(name, kind, row.key, part, head=head)


def _collective_forms(table: CollectiveTable) -> Iterator[Form]:
    for word in sorted(table.rivals | table.pairs):
        words = _tokens(word)
        yield Form(words, len(words) - 1, "collective", word, "whole", True)


def _both_numbers(
    phrase: str,
    kind: FormKind,
    key: str,
    part: Part,
    *,
    head: int | None = None,
    name: str | None = None,
) -> Iterator[Form]:
    words = _tokens(phrase)
    at = len(words) - 1 if head is None else head
    plural = words[at] in _ALWAYS_PLURAL
    yield Form(words, at, kind, key, part, plural, name, words[at])
    for other in _plurals(words[at]):
        phrase_of_several = (*words[:at], other, *words[at + 1 :])
        yield Form(phrase_of_several, at, kind, key, part, True, name, words[at])


_ALWAYS_PLURAL = frozenset(
    {"people", "forces", "marines", "personnel", "police", "authorities", "envoys", "spokespeople"}
)


def _plurals(word: str) -> Iterable[str]:
    if word in _ALWAYS_PLURAL or word.endswith(("men", "children")):
        return ()
    if word.endswith("man"):
        return (word[:-2] + "en",)
    if word.endswith("child"):
        return (word + "ren",)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    if word.endswith(("s", "ch", "sh", "x")):
        return (word + "es",)
    return (word + "s",)


def _tokens(phrase: str) -> tuple[str, ...]:
    """Cut a phrase as the parser does: hyphens and the possessive stand alone."""
    spaced = phrase.replace("-", " - ").replace("'s", " 's")
    return tuple(spaced.split())
