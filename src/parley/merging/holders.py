"""Holders: who has which key, and who meets whom by it.

In: nodes with their keys, as they come, change and go.  Out: the nodes that one may meet.  A
key that more than its limit have is crowded: nobody meets by it but its hubs, the first few by
their ids, who meet all others.  Of a key that is not crowded all holders are at hand; of a
crowded one their number, the hubs, and all of them only when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from parley.merging.blocking import HUBS, Key, kind_of
from parley.merging.memory import Memory

_NOBODY: frozenset[str] = frozenset()


class Changed(NamedTuple):
    """What came of a change of who has which key.

    `over` are the keys that are crowded now, with all who have them; `under` those that no
    more are; `moved` those whose hubs are others, with the ones before and now.
    """

    over: dict[Key, set[str]]
    under: dict[Key, set[str]]
    moved: dict[Key, tuple[set[str], set[str]]]


class Holders:
    """Who has the keys that one merge touches, over what memory has."""

    def __init__(self, memory: Memory) -> None:
        """Stand over `memory`, which is not written to."""
        self._memory = memory
        self._asked: set[Key] = set()  # whether they are crowded
        self._loaded: set[Key] = set()
        self._open: dict[Key, set[str]] = {}
        self._crowds: dict[Key, int] = {}
        self._stood: dict[Key, int] = {}  # crowds as memory has them
        self._hubs: dict[Key, list[str]] = {}  # of crowds, in their order
        self._all: dict[Key, set[str]] = {}  # of crowds, where somebody asked
        self._came: dict[Key, set[str]] = {}  # of other crowds, since memory was asked
        self._went: dict[Key, set[str]] = {}

    def ask(self, keys: Iterable[Key]) -> None:
        """Learn whether keys are crowded, and by whom one meets by them then."""
        wanted = set(keys) - self._asked
        if not wanted:
            return
        self._asked |= wanted
        crowds = self._memory.crowds(wanted)
        self._crowds.update(crowds)
        self._stood.update(crowds)
        hubs = [key for key in crowds if kind_of(key).hubs]
        self._hubs.update(self._memory.first_holders(hubs, HUBS) if hubs else {})

    def load(self, keys: Iterable[Key]) -> None:
        """Bring to hand who has keys, and learn whether they are crowded."""
        wanted = set(keys) - self._loaded
        if not wanted:
            return
        self._loaded |= wanted
        self.ask(wanted)
        found = self._memory.holders(wanted - self._crowds.keys())
        self._open.update((key, set(nodes)) for key, nodes in found.items())

    def known(self, key: Key) -> AbstractSet[str] | None:
        """Return who has a loaded key, None where it is crowded and they are not at hand."""
        return self._all.get(key) if key in self._crowds else self._open.get(key, _NOBODY)

    def met_by(self, id_: str, own: Key, turns: Iterable[int]) -> set[str]:
        """Return the nodes that one meets by a key of its own, which theirs is when it is turned.

        All of these are loaded.
        """
        crowds, hubs = self._crowds, self._hubs
        met: set[str] = set()
        mine = hubs.get(own, ()) if own in crowds else None
        if mine is not None and id_ not in mine:
            return met.union(mine) if 0 in turns else met
        for turn in turns:
            key = own ^ turn
            if key not in crowds:
                met |= self._open.get(key, _NOBODY)
            elif turn or mine is None:
                met.update(hubs.get(key, ()))
            else:
                met |= self._everyone(key)
        return met

    def open_among(self, keys: AbstractSet[Key]) -> list[Key]:
        """Return those of some keys that are not crowded; it has been asked whether they are."""
        return [key for key in keys if key not in self._crowds]

    def meet(self, one: str, two: str, key: Key, other: Key) -> bool:
        """Tell whether two nodes may meet by a key of the one and the same of the other.

        It has been asked whether they are crowded.
        """
        here = key not in self._crowds or one in self._hubs.get(key, ())
        if key == other:
            return here or two in self._hubs.get(key, ())
        return here and (other not in self._crowds or two in self._hubs.get(other, ()))

    def change(
        self, before: Mapping[str, AbstractSet[Key]], after: Mapping[str, AbstractSet[Key]]
    ) -> Changed:
        """Change who has which key: nodes with the keys that they had, and have."""
        self.load(key for keys in (*before.values(), *after.values()) for key in keys)
        touched: set[Key] = set()
        hubs: dict[Key, list[str]] = {}  # as they were
        left: set[Key] = set()  # by one of their hubs
        for id_, keys in before.items():
            lost = keys - after.get(id_, frozenset())
            touched |= lost
            for key in lost:
                if key in self._crowds:
                    self._leave(key, id_)
                    if id_ in self._hubs.get(key, ()):
                        hubs.setdefault(key, self._hubs[key])
                        left.add(key)
                else:
                    self._open[key].discard(id_)
        for id_, keys in after.items():
            gained = keys - before.get(id_, frozenset())
            touched |= gained
            for key in gained:
                if key not in self._crowds:
                    self._open.setdefault(key, set()).add(id_)
                    continue
                self._join(key, id_)
                if key in self._hubs and (len(now := self._hubs[key]) < HUBS or id_ < now[-1]):
                    hubs.setdefault(key, now)
                    self._hubs[key] = sorted({*now, id_})[:HUBS]
        for key in left:
            self._hubs[key] = sorted(self._everyone(key))[:HUBS]
        return Changed(*self._cross(touched), self._moved(hubs))

    def _leave(self, key: Key, id_: str) -> None:
        self._crowds[key] -= 1
        if key in self._all:
            self._all[key].discard(id_)
        else:
            self._came.get(key, set()).discard(id_)
            self._went.setdefault(key, set()).add(id_)

    def _join(self, key: Key, id_: str) -> None:
        self._crowds[key] += 1
        if key in self._all:
            self._all[key].add(id_)
        else:
            self._came.setdefault(key, set()).add(id_)
            self._went.get(key, set()).discard(id_)

    def _cross(self, touched: Iterable[Key]) -> tuple[dict[Key, set[str]], dict[Key, set[str]]]:
        """Make crowds of keys that too many have now, and of those no more that few have."""
        over: dict[Key, set[str]] = {}
        under: dict[Key, set[str]] = {}
        for key in touched:
            kind = kind_of(key)
            if key in self._crowds:
                if self._crowds[key] <= kind.limit:
                    under[key] = self._open[key] = self._everyone(key)
                    del self._crowds[key], self._all[key]
                    self._hubs.pop(key, None)
            elif len(holders := self._open[key]) > kind.limit:
                over[key] = holders
                self._all[key] = set(self._open.pop(key))
                self._crowds[key] = len(holders)
                if kind.hubs:
                    self._hubs[key] = sorted(holders)[:HUBS]
        return over, under

    def _moved(self, hubs: Mapping[Key, list[str]]) -> dict[Key, tuple[set[str], set[str]]]:
        """Return the keys whose hubs are others than they were, where they still are crowded."""
        return {
            key: (set(before), set(self._hubs[key]))
            for key, before in hubs.items()
            if key in self._hubs and before != self._hubs[key]
        }

    def _everyone(self, key: Key) -> set[str]:
        """Return all nodes that have a crowded key now, however many."""
        if key not in self._all:
            stood = set(self._memory.holders([key]).get(key, ())) - self._went.pop(key, set())
            self._all[key] = stood | self._came.pop(key, set())
        return self._all[key]

    def changed_crowds(self) -> dict[Key, int]:
        """Return the crowds that are others than memory has; 0 for those that are no more."""
        return {
            key: count
            for key in self._crowds.keys() | self._stood.keys()
            if (count := self._crowds.get(key, 0)) != self._stood.get(key, 0)
        }
