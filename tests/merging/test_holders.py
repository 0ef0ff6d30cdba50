"""Who has which key, as nodes come and go: always what a count of all of them would say."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.merging import blocking, holders
from parley.merging.blocking import Key, kind_of
from parley.merging.holders import Holders
from parley.merging.memory import Fresh

KEYS = tuple(number << 4 | code for number in (1, 2) for code in range(len(blocking._CODED)))
NODES = tuple(f"node {number}" for number in range(9))
LIMIT, HUBS = 3, 2

_having = st.dictionaries(st.sampled_from(NODES), st.frozensets(st.sampled_from(KEYS)))


class Stood(Fresh):
    """A memory of who has which key, and of nothing else."""

    def __init__(self, having: dict[str, frozenset[Key]]) -> None:
        super().__init__((), {}, {})
        self.having = having

    def crowds(self, keys: Collection[Key]) -> dict[Key, int]:
        """Return key -> how many nodes have it, of those that more than their limit have."""
        return {key: number for key, number in _crowds(self.having).items() if key in keys}

    def holders(self, keys: Collection[Key]) -> dict[Key, list[str]]:
        """Return key -> the nodes that have it; none for a key that nobody has."""
        found = {key: [n for n, own in self.having.items() if key in own] for key in keys}
        return {key: nodes for key, nodes in found.items() if nodes}

    def first_holders(self, keys: Collection[Key], most: int) -> dict[Key, list[str]]:
        """Return key -> the first nodes that have it, by id, at most so many."""
        return {key: sorted(self.holders([key]).get(key, ()))[:most] for key in keys}


@pytest.fixture(scope="module", autouse=True)
def few():
    """Let a few be a crowd."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "_CODED", [kind._replace(limit=LIMIT) for kind in blocking._CODED])
        patch.setattr(holders, "HUBS", HUBS)
        yield


@given(stood=_having, steps=st.lists(_having, max_size=3))
def test_all_that_changes_is_told(stood, steps):
    """After any changes a key is crowded, has hubs and is met by as if counted anew."""
    having = dict(stood)
    found = Holders(Stood(dict(stood)))
    found.load(KEYS)
    crowds = _crowds(having)
    for step in steps:
        before = {node: having[node] for node in step if node in having}
        changed = found.change(before, {node: keys for node, keys in step.items() if keys})
        having.update(step)
        having = {node: keys for node, keys in having.items() if keys}
        now = _crowds(having)
        assert set(changed.over) == now.keys() - crowds.keys()
        assert set(changed.under) == crowds.keys() - now.keys()
        crowds = now
    assert found.changed_crowds() == {
        key: crowds.get(key, 0)
        for key in crowds.keys() | _crowds(stood).keys()
        if crowds.get(key, 0) != _crowds(stood).get(key, 0)
    }
    for node, keys in having.items():
        for key in keys:
            assert found.met_by(node, key, [0]) | {node} == _met(having, node, key) | {node}


def _crowds(having: dict[str, frozenset[Key]]) -> dict[Key, int]:
    count = {key: sum(key in keys for keys in having.values()) for key in KEYS}
    return {key: number for key, number in count.items() if number > LIMIT}


def _met(having: dict[str, frozenset[Key]], node: str, key: Key) -> set[str]:
    everyone = sorted(other for other, keys in having.items() if key in keys)
    if len(everyone) <= LIMIT:
        return set(everyone)
    hubs = everyone[:HUBS] if kind_of(key).hubs else []
    return set(everyone) if node in hubs else set(hubs)
