"""New reports join what stands: in any order and any batches, what comes out is the same."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from loads import Load
from msgspec.structs import replace

from parley.merging import blocking, clustering, join, pools
from parley.model import Constraints, Event, Mention, Report
from parley.record import Record


def _fill(record: Record, reports: Sequence[Report], told: dict[str, list[Mention]]) -> None:
    for report in reports:
        record.add_report(report, told.get(report.id, ()))


def _merge(record: Record, constraints: Constraints | None = None) -> None:
    with record.memory() as (memory, standing):
        joined = join(
            memory,
            record.stirred,
            touched=standing.events,
            constraints=constraints or Constraints(),
        )
    record.join_events(joined, standing)


def _outcome(record: Record) -> tuple[set[object], set[object]]:
    """Return the events and links of a record, without their ids."""
    events = {event.id: event for event in record.events()}
    told = {id_: tuple(m.id for m in event.mentions) for id_, event in events.items()}
    plain = {(told[id_], *_fields(event)) for id_, event in events.items()}
    links = {
        (link.relation, told[link.from_], told[link.to], tuple(m.id for m in link.mentions))
        for link in record.links()
    }
    return plain, links


def _fields(event: Event) -> tuple[object, ...]:
    return (event.type, event.status, event.when, event.where, event.counts, event.summary)


def _load(size: int, seed: int) -> tuple[list[Report], dict[str, list[Mention]]]:
    load = Load(size, seed=seed)
    told: dict[str, list[Mention]] = {}
    for mention in load.mentions:
        told.setdefault(mention.report, []).append(mention)
    return list(load.reports.values()), told


def _crowd(patch):
    """Let keys fall out of use and pools fall apart in a load as small as these."""
    few = [kind._replace(limit=3) for kind in blocking._CODED]
    patch.setattr(blocking, "_CODED", few)
    patch.setattr("parley.merging.holders.HUBS", 2)
    patch.setattr(pools, "MOST", 5)
    patch.setattr(clustering, "AT_ONCE", 8)


@pytest.mark.parametrize("crowded", [False, True])
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(0, 60), max_size=4))
@example(seed=3, cuts=[1, 2, 3])
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_and_any_batches_give_the_same(
    tmp_path_factory, monkeypatch, crowded, seed, cuts
):
    """Reports merged at once, or in any order in any batches, give the same events and links."""
    with monkeypatch.context() as patch:
        if crowded:
            _crowd(patch)
        reports, told = _load(45, seed)
        folder = tmp_path_factory.mktemp("joining")
        with Record.open(str(folder / "one.db"), create=True) as record:
            _fill(record, reports, told)
            _merge(record)
            wanted = _outcome(record)
        random.Random(seed).shuffle(reports)
        with Record.open(str(folder / "many.db"), create=True) as record:
            at = 0
            for cut in [*sorted(cuts), len(reports)]:
                _fill(record, reports[at:cut], told)
                _merge(record)
                at = max(at, cut)
            assert _outcome(record) == wanted
            assert not record.unmerged


@pytest.mark.parametrize("crowded", [False, True])
@given(seed=st.integers(0, 10_000))
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_coded_anew_leaves_nothing_behind(tmp_path_factory, monkeypatch, crowded, seed):
    """Mentions that go when a report is coded anew leave the events as if they never were."""
    with monkeypatch.context() as patch:
        if crowded:
            _crowd(patch)
        never, anew = _coded_anew(tmp_path_factory, seed)
    assert anew == never


def _coded_anew(tmp_path_factory, seed):
    """Return what comes of mentions that never were, and of those that went."""
    reports, told = _load(50, seed)
    draw = random.Random(seed)
    fewer = {id_: draw.sample(found, draw.randint(0, len(found))) for id_, found in told.items()}
    folder = tmp_path_factory.mktemp("joining")
    with Record.open(str(folder / "one.db"), create=True) as record:
        _fill(record, reports, fewer)
        _merge(record)
        wanted = _outcome(record)
    with Record.open(str(folder / "many.db"), create=True) as record:
        _fill(record, reports, told)
        _merge(record)
        for report in reports:
            record.recode(report, fewer.get(report.id, ()))
        _merge(record)
        return wanted, _outcome(record)


@pytest.mark.parametrize(("before", "after"), [("ASSAULT", "COERCE"), ("COERCE", "ASSAULT")])
def test_what_is_fighting_no_more_leaves_the_fight(tmp_path, before, after):
    """Mentions coded anew as of a type that is grouped apart from theirs leave their old events."""
    reports, told = _load(60, 5)
    kinds = {"ASSAULT": "COERCE", "COERCE": "ASSAULT"}
    told = {
        id_: [replace(m, type=before) if m.type in kinds else m for m in found]
        for id_, found in told.items()
    }
    anew = {
        report.id: [replace(m, type=after) if m.type == before else m for m in told[report.id]]
        for report in reports[::3]
        if report.id in told
    }
    with Record.open(str(tmp_path / "one.db"), create=True) as record:
        _fill(record, reports, {**told, **anew})
        _merge(record)
        wanted = _outcome(record)
    with Record.open(str(tmp_path / "many.db"), create=True) as record:
        _fill(record, reports, told)
        _merge(record)
        for report in reports:
            if report.id in anew:
                record.recode(report, anew[report.id])
        _merge(record)
        assert _outcome(record) == wanted
        assert list(record.faults()) == []


def test_an_event_that_joins_another_leaves_word_where_it_went(tmp_path):
    """The id of an event that became part of another leads on to that other."""
    reports, told = _load(100, 6)
    random.Random(6).shuffle(reports)
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        seen: dict[str, set[str]] = {}
        for at in range(0, len(reports), 3):
            _fill(record, reports[at : at + 3], told)
            _merge(record)
            for event in record.events():
                seen.setdefault(event.id, set()).update(m.id for m in event.mentions)
        now = {m.id: event.id for event in record.events() for m in event.mentions}
        gone = seen.keys() - set(now.values())
        assert gone
        for id_ in gone:
            assert record.forward(id_) in {now[mention] for mention in seen[id_]}


def test_an_analysts_word_stands_over_all_evidence(tmp_path):
    """What is said to be one is one, what is said not to be is not; also as reports join."""
    reports, told = _load(80, 11)
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        _fill(record, reports[:-5], told)
        _merge(record)
        events = list(record.events())
        large = max(events, key=lambda event: len(event.mentions))
        ones = [event for event in events if event is not large][:2]
        pair = (large.mentions[0].id,), (large.mentions[-1].id,)
        together = (ones[0].mentions[0].id, ones[1].mentions[0].id)
        constraints = Constraints(together=(together,), apart=(pair,))
        record.stir([*pair[0], *pair[1], *together])
        _fill(record, reports[-5:], told)
        _merge(record, constraints)
        now = {m.id: event.id for event in record.events() for m in event.mentions}
        assert now[together[0]] == now[together[1]]
        assert now[pair[0][0]] != now[pair[1][0]]


def test_nothing_new_changes_nothing(tmp_path):
    """A merge of nothing writes nothing."""
    reports, told = _load(40, 2)
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        _fill(record, reports, told)
        _merge(record)
        latest = record.latest
        _merge(record)
        assert record.latest == latest
