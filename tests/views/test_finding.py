"""Filters find what they say, and refuse what makes no sense."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import WrongFilter
from parley.record.finding import Filters, Near, Paging, find_events, narrow, short_length
from parley.views import frame, show_timeline


def names(record, events, **filters):
    """Return the short names of the events that pass."""
    found = find_events(record, Filters(**filters), Paging())
    by_id = {event.id: name for name, event in events.items()}
    return {by_id[event.id] for event in found.rows}


@pytest.mark.parametrize("name", ["RSF", "rsf", "Rapid Support Forces", "rapid support"])
def test_a_party_by_any_of_its_names(world, name):
    """An abbreviation, in any case, and words of the name find one party."""
    assert names(*world, party=(name,)) == {"shelling"}


@pytest.mark.parametrize("name", ["Sudan", "SDN", "Sudanese", "sudan"])
def test_a_state_is_no_other_state(world, name):
    """A demonym and a code find a state, and not another whose name holds its own."""
    found = names(*world, party=(name,))
    assert "talks" in found
    assert "denial" not in found  # South Sudan's alone


def test_each_filter(world):
    """Every filter keeps what it names, and nothing else."""
    assert names(*world, type=("AGREE",)) == {"deal"}
    assert names(*world, status=("scheduled", "expected")) == {"ahead", "unheard"}
    assert names(*world, party=("John Deng",)) == {"talks", "deal", "claim", "denial"}
    assert names(*world, party=("Sudan", "AU")) == {"talks", "ahead"}
    assert names(*world, place="kosti") == {"shelling"}
    assert names(*world, place="South Sudan") == names(*world, country="SSD") == {"talks"}
    assert names(*world, near=Near(lat=4.9, lon=31.5)) == {"talks"}
    assert names(*world, near=Near(lat=9, lon=32, km=600)) == {"talks", "shelling"}
    assert names(*world, since=date(2023, 5, 9)) == {"ahead", "unheard"}
    assert names(*world, until=date(2023, 5, 3)) == {"talks"}
    assert names(*world, outlet="observer") == {"shelling", "denial", "breach"}
    assert names(*world, source="two.html") == {"shelling", "denial", "breach"}
    assert names(*world, text="heavy weap") == {"deal", "breach"}
    assert names(*world, min_sources=2) == names(*world, disputed=True) == {"shelling"}
    assert names(*world, corrected=True) == set()


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"type": ("AGREE",)},
        {"party": ("Sudan", "AU")},
        {"place": "kosti"},
        {"country": "SSD"},
        {"near": Near(lat=9, lon=32, km=600)},
        {"outlet": "observer"},
        {"source": "two.html", "type": ("ASSAULT",)},
        {"text": "heavy weap"},
        {"text": "nobodysaysthis"},
        {"corrected": True},
    ],
)
def test_filters_asked_once_find_the_same(world, filters):
    """A view that asks several times asks the record once, and finds what it would have."""
    record, _ = world
    plain = Filters(**filters)
    narrowed = narrow(record, plain)
    assert find_events(record, narrowed, Paging()) == find_events(record, plain, Paging())
    assert narrow(record, narrowed) is narrowed
    fights = narrow(record, plain, kind="fighting")
    found = find_events(record, plain, Paging(), kind="fighting")
    assert find_events(record, fights, Paging(), kind="fighting") == found


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        ({"since": date(2023, 6, 1), "until": date(2023, 5, 1)}, "lies before"),
        ({"type": ("WAR",)}, "'WAR' is none"),
        ({"type": "AGREE"}, "give a tuple"),
        ({"party": ("...",)}, "no letter or digit"),
        ({"text": "?"}, "no letter or digit"),
        ({"min_sources": 0}, "1 or more"),
        ({"min_confidence": 1.5}, "from 0 to 1"),
        ({"min_confidence": float("nan")}, "from 0 to 1"),
        ({"near": Near(lat=91, lon=0)}, "no point of the Earth"),
        ({"near": Near(lat=float("nan"), lon=0)}, "no point of the Earth"),
        ({"near": Near(lat=1, lon=0, km=0)}, "makes no sense"),
    ],
)
def test_what_makes_no_sense(world, filters, says):
    """A filter that no event could pass is refused, and says why."""
    with pytest.raises(WrongFilter, match=says):
        find_events(world[0], Filters(**filters), Paging())


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-1, 0), (10**9, 0), (5, -1)])
def test_pages_that_are_none(world, limit, offset):
    """A page without rows, or before the first, is refused."""
    with pytest.raises(WrongFilter):
        find_events(world[0], Filters(), Paging(limit=limit, offset=offset))


@pytest.mark.parametrize("kind", ["any", "claims", "ahead"])
@pytest.mark.parametrize("order", ["time", "latest"])
def test_pages_put_together_are_the_whole(world, kind, order):
    """Pages of one row each, one after the other, are all events once, and know the total."""
    record, _ = world
    day = date(2023, 5, 8)
    whole = find_events(record, Filters(), Paging(), kind=kind, order=order, on=day)
    pages = [
        find_events(record, Filters(), Paging(limit=1, offset=at), kind=kind, order=order, on=day)
        for at in range(whole.total + 1)
    ]
    assert [event for page in pages for event in page.rows] == list(whole.rows)
    assert {page.total for page in pages} == {whole.total}
    assert [page.next_offset for page in pages[-2:]] == [None, None]


@given(text=st.text(max_size=30))
def test_any_text_finds_or_is_refused(text):
    """No text that a person may type breaks a filter: it is taken, or refused as a filter."""
    for filters in (Filters(party=(text,)), Filters(place=text), Filters(outlet=text)):
        try:
            filters.check()
        except WrongFilter:
            continue
        assert any(character.isalnum() for character in text)


def test_hostile_words_are_only_words(world):
    """Signs of SQL, LIKE and full-text queries in a filter find nothing, and do no harm."""
    for text in ("x' OR 1=1 --", "%a%", "a_b", 'a" OR b', "NEAR(a b)", "a*"):
        for name in ("place", "outlet", "source", "text", "country"):
            assert names(*world, **{name: text}) <= set(world[1])
        assert names(*world, party=(text,)) == set()


def test_short_ids(world):
    """So many characters of an id tell it from every other event's."""
    record, events = world
    ids = [event.id for event in events.values()]
    length = short_length(record, ids, least=1)
    assert len({id_[:length] for id_ in ids}) == len(ids)
    assert len({id_[: length - 1] for id_ in ids}) < len(ids)


def test_a_data_frame(world):
    """Rows become a data frame with a column a field."""
    pandas = pytest.importorskip("pandas")
    page = show_timeline(world[0])
    table = frame(page.rows)
    assert isinstance(table, pandas.DataFrame)
    assert list(table["id"]) == [row.id for row in page.rows]
    assert {"date", "summary", "when_start", "status"} <= set(table.columns)
