"""What a reader has in mind at a place of a report: who was told of, how lately, as what.

Salience follows the grammatical role (subjects first) and fades with each sentence, in
the manner of Lappin and Leass (1994) with the few features that hold in news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parley.grounding.lines import Line
from parley.grounding.persons import Figure
from parley.grounding.references import Member

# The salience of a role; half of it is left a sentence later.
SUBJECT, LESSER_SUBJECT, OBJECT, OBLIQUE, MODIFIER = 3.0, 2.6, 2.0, 1.5, 0.6
FADE = 0.5
REACH = 3


@dataclass(slots=True)
class Entry:
    """Something told of.  `kind` is the kind of its words: "name", "office", "military" ..."""

    line: Line
    token: int
    sentence: int
    members: tuple[Member, ...]
    plural: bool
    weight: float
    kind: str
    key: str
    holder: Figure | None

    @property
    def personal(self) -> bool:
        """Whether it is one person, named or not."""
        return self.holder is not None or (
            not self.plural
            and len(self.members) == 1
            and self.members[0].part in ("leader", "official", "spokesperson")
            and self.key != "delegation"
        )


class Memory:
    """The entries of a report, in the order in which they are told."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Keep an entry."""
        self.entries.append(entry)

    def back(self, reach: int | None = None, *, sentence: int = 0) -> Iterator[Entry]:
        """Yield the entries, the latest first, at most `reach` sentences back."""
        for entry in reversed(self.entries):
            if reach is not None and sentence - entry.sentence > reach:
                return
            yield entry

    def best(
        self, sentence: int, fits: Callable[[Entry], bool], *, reach: int = REACH
    ) -> Entry | None:
        """Return the most salient fitting entry of the last sentences."""
        found: Entry | None = None
        top = 0.0
        for entry in self.back(reach, sentence=sentence):
            if fits(entry):
                score = entry.weight * FADE ** (sentence - entry.sentence)
                if score > top:
                    found, top = entry, score
        return found


def role_weight(line: Line, first: int, last: int, head: int) -> float:
    """Return the salience that tokens `first` to `last` have by their role in the sentence."""
    token = head
    for _ in range(10):
        above = line.head[token]
        if (first <= above < last and above != token) or line.dep[token] in ("conj", "appos"):
            token = above
        else:
            break
    dep = line.dep[token]
    if dep in ("nsubj", "nsubjpass", "ROOT", "csubj"):
        verb = line.head[token]
        main = line.head[verb] == verb or line.dep[verb] == "conj"
        return SUBJECT if main else LESSER_SUBJECT
    if dep in ("dobj", "dative", "agent", "attr") or (
        dep == "pobj" and line.lower[line.head[token]] == "by"
    ):
        return OBJECT
    if dep in ("amod", "compound", "nmod", "npadvmod"):
        return MODIFIER
    return OBLIQUE
