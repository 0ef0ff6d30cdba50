"""The lexicon: which words tell of which kind of event, and what their neighbours do in it.

Read once from `data/frames/*.toml` and checked as it is read: an unknown event type, slot
or role, or a pattern that is not of the notation, is a `DataError` naming the file, the
frame and the word.  The notation is told in `patterns`, the form of the files in
`data/README.md`.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct

from parley.coding.patterns import GROUNDED, Pattern, WordPos, is_of, parse_pattern
from parley.errors import DataError
from parley.grounding.project import HELP, Project, adopted, told
from parley.model import EventType, Role, Status

Template = Literal["mutual", "directed"]
SlotRole = Literal[
    "actor", "recipient", "mediator", "host", "signatory", "victim", "observer", "none"
]

# What a neighbour does, by the way in which it hangs on the word; a frame may say otherwise.
TEMPLATES: Mapping[Template, Mapping[str, SlotRole]] = {
    "mutual": {
        "subject": "actor",
        "object": "actor",
        "with": "actor",
        "between": "actor",
        "among": "actor",
        "of": "actor",
        "by": "actor",
        "from": "actor",
        "possessive": "actor",
        "modifier": "actor",
        "against": "actor",
    },
    "directed": {
        "subject": "actor",
        "by": "actor",
        "object": "recipient",
        "against": "recipient",
        "on": "recipient",
        "upon": "recipient",
        "to": "recipient",
        "toward": "recipient",
        "towards": "recipient",
        "with": "recipient",
        "of": "recipient",
        "over": "none",
        "between": "actor",
        "possessive": "actor",
        "modifier": "actor",
    },
}


class Frame(Struct, frozen=True, kw_only=True):
    """One kind of happening.

    `roles` maps slots (`subject`, `object`, `possessive`, `modifier`, or a preposition) to
    roles.  `absorb` is true for acts of speech and will: what they govern is what is
    demanded, promised or denied, and no happening of its own.  `needs` "two" asks for two
    parties at least.  `status` is what the words themselves make of it ("is expected in").
    """

    name: str
    type: EventType
    mode: str | None
    template: Template
    roles: Mapping[str, SlotRole]
    absorb: bool
    needs: Literal["one", "two"]
    status: Status | None = None


class Entry(Struct, frozen=True):
    """One pattern of one frame."""

    pattern: Pattern
    frame: Frame


class _FrameRow(Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    type: EventType
    mode: str | None = None
    template: Template = "directed"
    roles: dict[str, SlotRole] = {}
    absorb: bool = False
    needs: Literal["one", "two"] = "one"
    status: Status | None = None
    verbs: list[str] = []
    nouns: list[str] = []
    adjectives: list[str] = []


class _FrameFile(Struct, forbid_unknown_fields=True):
    frame: list[_FrameRow]


class Lexicon:
    """All patterns, found by the first word of each."""

    def __init__(self, entries: Iterable[Entry], *, classes: Mapping[str, frozenset[str]]) -> None:
        self.classes = classes
        self._by_word: dict[str, list[Entry]] = defaultdict(list)
        self._fitting: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            self._by_word[entry.pattern.words[0]].append(entry)
        for found in self._by_word.values():
            # The longest and most exacting wording first: "suicide bombing" before "bombing".
            found.sort(key=lambda entry: _exactness(entry.pattern), reverse=True)

    def starting_with(self, word: str) -> list[Entry]:
        """Return the entries whose pattern begins with this lemma, the most exacting first."""
        return self._by_word.get(word, [])

    def fitting(self, word: str, pos: str) -> Sequence[Entry]:
        """Return those of `starting_with` that a word of this part of speech may begin.

        A pattern of one word is headed by it, one of several perhaps by another.
        """
        entries = self._by_word.get(word)
        if entries is None:
            return ()
        key = (word, pos)
        if key not in self._fitting:
            self._fitting[key] = [
                e for e in entries if len(e.pattern.words) > 1 or is_of(e.pattern, pos)
            ]
        return self._fitting[key]

    def names_deed(self, noun: str) -> bool:
        """Tell whether a noun by itself, or with what hangs on it, names violence."""
        return any(
            entry.pattern.pos == "noun"
            and len(entry.pattern.words) == 1
            and entry.frame.type == "ASSAULT"
            for entry in self.starting_with(noun)
        )

    def __len__(self) -> int:
        return sum(map(len, self._by_word.values()))


def _exactness(pattern: Pattern) -> tuple[int, int, int]:
    conditions = (
        2 * len(pattern.particles)
        + 2 * bool(pattern.wanted)
        + 2 * bool(pattern.subject)
        + 2 * bool(pattern.complement)
        + bool(pattern.barred)
        + bool(pattern.barred_subject)
    )
    return (len(pattern.words), conditions, len(pattern.flags))


def load_lexicon() -> Lexicon:
    """Read and check the lexicon: what the adopted project adds, and what Parley ships.

    Raises DataError.
    """
    return _load(adopted())


@cache
def _load(project: Project | None) -> Lexicon:
    folder = files("parley.coding") / "data"
    classes = {name: frozenset(words) for name, words in read_toml(folder / "classes.toml").items()}
    # Of equals the first wins: an analyst's own words.
    entries = _frames_of_project(project, classes) if project is not None else []
    for path in sorted((folder / "frames").iterdir(), key=lambda item: item.name):
        if path.name.endswith(".toml"):
            entries += read_frames(path)
    return Lexicon(entries, classes=classes)


def read_toml(path: Traversable) -> dict[str, Any]:
    """Read a TOML data file.  Raises DataError naming the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: cannot be read as TOML ({error}); mend the file") from error


def read_frames(path: Traversable) -> list[Entry]:
    """Read one file of frames.  Raises DataError naming the file, the frame and the word."""
    try:
        rows = msgspec.convert(read_toml(path), _FrameFile).frame
    except msgspec.ValidationError as error:
        raise DataError(f"{path.name}: {error}; data/README.md tells the form") from error
    return _entries(rows, path.name, way_out="data/README.md tells the notation")


def _frames_of_project(project: Project, classes: Collection[str]) -> list[Entry]:
    table = {"frame": list(project.frames)}
    try:
        rows = msgspec.convert(table, _FrameFile).frame
    except msgspec.ValidationError as error:
        raise DataError(f"{project.path}: {told(error, table)}; {HELP}") from error
    entries = _entries(rows, project.path, way_out=HELP)
    for entry in entries:
        pattern = entry.pattern
        named = (pattern.wanted, pattern.barred, pattern.subject, pattern.barred_subject)
        for name in (name for words in named for name in words.classes):
            if name not in classes and name not in GROUNDED:
                raise DataError(
                    f"{project.path}: frame {entry.frame.name!r}: there is no class @{name}; {HELP}"
                )
    return entries


def _entries(rows: Iterable[_FrameRow], file: str, *, way_out: str) -> list[Entry]:
    entries = []
    for row in rows:
        frame = Frame(
            name=row.name,
            type=row.type,
            mode=row.mode,
            template=row.template,
            roles={**TEMPLATES[row.template], **row.roles},
            absorb=row.absorb,
            needs=row.needs,
            status=row.status,
        )
        worded: list[tuple[WordPos, list[str]]] = [
            ("verb", row.verbs),
            ("noun", row.nouns),
            ("adjective", row.adjectives),
        ]
        for pos, texts in worded:
            for text in texts:
                try:
                    entries.append(Entry(parse_pattern(text, pos=pos), frame))
                except ValueError as error:
                    raise DataError(
                        f"{file}: frame {row.name!r}, {text!r}: {error}; {way_out}"
                    ) from error
    return entries


ROLES: frozenset[str] = frozenset(get_args(Role))
