"""Neighbours found by many tasks are those that one finds."""

from __future__ import annotations

from parley.dating import Nearest, telling
from parley.model import Report

TEXTS = [
    "Rebels seized the bridge at Dalmar on May 11 and the army shelled the road.",
    "The army shelled the road to Dalmar after rebels seized the bridge there on 11 May.",
    "Ministers of both countries met in Geneva and spoke of a truce.",
    "A truce was spoken of when the ministers met in Geneva.",
    "The harvest festival drew thousands to the river.",
    "Rebels released prisoners near the bridge.",
]


def test_parts_find_the_same_neighbours():
    """With the counts of all, what each part finds is together what the whole finds."""
    reports = [Report(id=f"r{at}", source="x", text=text) for at, text in enumerate(TEXTS)]
    told = [telling(report) for report in reports]
    wanted, others = told[:2], told[2:]
    whole = Nearest(wanted)
    for one in others:
        whole.see(one)
    found = {}
    for part in (others[:2], others[2:]):
        nearest = Nearest(wanted, counted=whole.counted)
        for one in part:
            nearest.see(one)
        for one in wanted:
            for near in nearest.of(one.report, most=12, least=0.0):
                found.setdefault(one.report, set()).add(near)
    assert found == {one.report: set(whole.of(one.report, most=12, least=0.0)) for one in wanted}
    assert all(found.values())
