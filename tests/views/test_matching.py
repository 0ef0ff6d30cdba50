"""A record beside events that somebody else coded: by hand, or in a data set."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import event_of, killing, make_report, meeting
from parley.errors import InputError
from parley.export import FORMATS
from parley.model import Count, Participant, Place, When
from parley.record import Record
from parley.views import line_up, read_gold, score_record
from parley.views.matching import Outline, liken, match

ACLED = [
    "event_id_cnty", "event_date", "sub_event_type", "actor1", "actor2", "country", "location",
    "latitude", "longitude", "geo_precision", "fatalities",
]  # fmt: skip
UCDP = [
    "id", "date_start", "date_end", "side_a", "side_b", "where_coordinates", "country",
    "latitude", "longitude", "where_prec", "low", "best", "high",
]  # fmt: skip


@pytest.fixture
def record(tmp_path):
    """Yield a record of a meeting and of two attacks in Chad."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        report = make_report("They met in Castel. Shots at Abéché. Shots at Faya-Largeau.")
        parties = (
            Participant(name="Chad", kind="state", country="TCD", role="actor"),
            Participant(name="Libya", kind="state", country="LBY", role="recipient"),
        )
        told = [meeting(report, "met in Castel")]
        for day, place, lat, lon, dead in (
            (10, "Abéché", 13.83, 20.83, 5),
            (20, "Faya-Largeau", 17.93, 19.11, 9),
        ):
            told.append(
                killing(
                    report,
                    f"Shots at {place}",
                    when=When(start=date(2023, 5, day), end=date(2023, 5, day), precision="day"),
                    where=(Place(name=place, country="TCD", lat=lat, lon=lon, precision="city"),),
                    participants=parties,
                    counts=(Count(what="killed", low=dead, best=dead, high=dead + 2),),
                )
            )
        record.add_report(report, told)
        record.replace_events([event_of(mention) for mention in told], [])
        yield record


def table(path, columns, *rows):
    """Write a CSV; return its path."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return str(path)


def test_lined_up_with_acled(record, tmp_path):
    """A day off, another spelling and another name of the army are one incident all the same."""
    path = table(
        tmp_path / "acled.csv",
        ACLED,
        ["TCD1", "11 May 2023", "Armed clash", "Military Forces of Chad (2021-)",
         "Military Forces of Libya", "Chad", "Abeche", "13.829", "20.832", "1", "12"],
        ["TCD2", "2023-05-30", "Attack", "Unidentified", "", "Chad", "Mongo", "12.18", "18.69",
         "1", "3"],
    )  # fmt: skip
    found = line_up(record, path, since=date(2023, 5, 1), until=date(2023, 5, 31))
    assert found.dataset == "acled"
    (pair,) = found.both
    assert (pair.theirs, pair.low, pair.high, pair.dead, pair.difference) == ("TCD1", 5, 7, 12, 5)
    assert [one.low for one in found.only_here] == [9]
    assert [one.id for one in found.only_there] == ["TCD2"]


def test_lined_up_with_ucdp(record, tmp_path):
    """UCDP's best figure is held against what the reports claim: inside it there is none."""
    path = table(
        tmp_path / "ucdp.csv",
        UCDP,
        ["77", "2023-05-19 00:00:00.000", "2023-05-20 00:00:00.000", "Government of Chad", "FACT",
         "Faya-Largeau town", "Chad", "17.925", "19.104", "1", "8", "10", "12"],
    )  # fmt: skip
    found = line_up(record, path)
    assert found.dataset == "ucdp"
    assert [(pair.theirs, pair.difference) for pair in found.both] == [("77", 0)]
    assert not found.only_here, "only the days that the data set has are looked at"


def test_what_is_no_violence_is_passed_over(record, tmp_path):
    """ACLED's protests and agreements are not told as missing from the record's fighting."""
    rows = [["1", "2023-05-20", "Protests"], ["2", "2023-05-20", "Battles"]]
    path = table(
        tmp_path / "acled.csv",
        ["event_id_cnty", "event_date", "event_type", "actor1", "country", "fatalities"],
        *([*row, "Somebody", "Chad", "0"] for row in rows),
    )
    found = line_up(record, path)
    assert found.passed_over == 1
    assert [one.id for one in found.only_there] == ["2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "neither ACLED's nor UCDP's columns"),
        ("", "neither ACLED's nor UCDP's columns"),
        ("event_date,actor1,country,fatalities\nsoon,A,Chad,1\n", "#1: 'soon' is no day"),
        ("event_date,actor1,country,fatalities\n2023-05-01,A,Chad,many\n", "#1: could not"),
        ("event_date,actor1,country,fatalities\n2023-05-01,A,Chad,inf\n", "#1: 'inf' is no number"),
        ("event_date,actor1,country,fatalities\n2023-05-01,A,Chad,-3\n", "#1: '-3' is no number"),
        ("event_date,actor1,country,fatalities\n2023-05-01,A\n", "#1: the row has 2 of 4 cells"),
        (f"event_date,actor1,country,fatalities\n,{'x' * 200_000},,\n", "#1: no row of CSV"),
        (
            "date_start,date_end,side_a,country,best\n2023-05-09,2023-05-01,A,Chad,1\n",
            "#1: it ends on 2023-05-01",
        ),
        (
            "date_start,side_a,country,best,latitude,longitude\n2023-05-09,A,Chad,1,nan,500\n",
            "#1: nan, 500.0 is no point",
        ),
    ],
)
def test_files_that_are_no_data_set(record, tmp_path, text, said):
    """The row that cannot be read is named, with the way out."""
    path = tmp_path / "x.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        line_up(record, str(path))


def test_a_record_scores_full_marks_against_itself(record, tmp_path):
    """Its own export as gold: every event is found and every field right."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"".join(FORMATS["jsonl"].write(record)))
    found = score_record(record, read_gold(str(path)))
    assert (found.precision, found.recall, found.f1) == (1.0, 1.0, 1.0)
    assert {part.share for part in found.fields} == {1.0}
    assert (found.missed, found.extra) == ((), ())


def test_a_score_tells_what_is_wrong(record, tmp_path):
    """A gold event that is not there is missed; a field that is another is counted so."""
    path = table(
        tmp_path / "gold.csv",
        ["id", "type", "status", "start", "end", "places", "parties", "killed"],
        ["g1", "ASSAULT", "happened", "2023-05-11", "2023-05-11", "Abeche", "Chad; Libya", "5"],
        ["g2", "AGREE", "happened", "2020-01-01", "", "Tunis", "Libya", ""],
    )
    found = score_record(record, read_gold(path))
    assert (found.found, found.recall, found.missed) == (1, 0.5, ("g2",))
    shares = {part.measure: part.share for part in found.fields}
    assert shares["type"] == 1.0
    assert shares["status"] == 0.0, "the record has it as alleged"
    assert (shares["when"], shares["where"], shares["killed"]) == (0.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no table of events"),
        ("a,b\n1,2\n", "no table of events"),
        ("type,start\nASSAULT,soon\n", "#1: Invalid isoformat"),
        ('{"type": "ASSAULT"}\n{"type": \n', "#2: no event"),
        ('{"kind": "report"}\n', "no events in it"),
        ('{"type": "ATTACK"}\n', "#1: no event"),
        ('{"type": "ASSAULT", "counts": [{"what": "killed", "low": "x"}]}\n', "#1: no event"),
        ('{"when": {"start": "2023-05-09", "end": "2023-05-01"}}\n', "#1: no event .it ends on"),
        ("[1, 2]\n", "no table of events"),
        ("type,start\nATTACK,2023-05-01\n", "#1: Invalid enum value 'ATTACK'"),
        ("type,start\nASSAULT\n", "#1: the row has 1 of 2 cells"),
        ("type,start,killed\nASSAULT,2023-05-01,-4\n", "#1: Expected `int` >= 0"),
    ],
)
def test_gold_that_cannot_be_read(tmp_path, text, said):
    """The line is named, with the way out."""
    path = tmp_path / "gold"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        read_gold(str(path))


def test_gold_that_is_not_there(tmp_path):
    """A file that is missing is told so."""
    with pytest.raises(InputError, match="No such file"):
        read_gold(str(tmp_path / "none.jsonl"))


DAYS = st.dates(min_value=date(2023, 5, 1), max_value=date(2023, 5, 12))
OUTLINES = st.lists(
    st.builds(
        lambda start, place, party, type_: Outline(
            id="", summary="", type=type_, start=start, end=start, places=(place,), parties=(party,)
        ),
        st.none() | DAYS,
        st.sampled_from(["Abéché", "Faya"]),
        st.sampled_from(["Chad", "Libya"]),
        st.sampled_from(["ASSAULT", "AGREE"]),
    ),
    max_size=8,
).map(lambda found: [replace(one, id=f"{n}") for n, one in enumerate(found)])


@given(OUTLINES, OUTLINES)
def test_no_one_is_matched_twice(ones, others):
    """Each is in one pair at most, every pair is near in time, and likeness goes both ways."""
    pairs = match(ones, others, days=3)
    assert len({pair.one for pair in pairs}) == len({pair.other for pair in pairs}) == len(pairs)
    for pair in pairs:
        one, other = ones[pair.one], others[pair.other]
        assert pair.likeness == liken(other, one, days=3) >= 0.5
        if one.start and other.start:
            assert abs((one.start - other.start).days) <= 3
    back = match(others, ones, days=3)
    assert sum(p.likeness for p in back) == pytest.approx(sum(p.likeness for p in pairs))


def test_the_commands_print_it(record, tmp_path, capfd):
    """`score`, `diff` and `compare` print tables, or JSON, and say what is wrong in a line."""
    from parley.cli import main  # noqa: PLC0415

    where = record.where
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(b"".join(FORMATS["jsonl"].write(record)))
    csv_ = table(
        tmp_path / "ucdp.csv",
        UCDP,
        ["77", "2023-05-20", "2023-05-20", "Chad", "FACT", "Faya-Largeau", "Chad", "17.9", "19.1",
         "1", "8", "10", "12"],
    )  # fmt: skip
    assert main(["score", str(gold), where]) == 0
    assert "precision   1.000" in capfd.readouterr().out
    assert main(["diff", "--against", csv_, "--record", where, "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["both"][0]["difference"] == 0
    assert main(["diff", "--against", csv_, "--record", where]) == 0
    assert "1 in both, 0 only here, 0 only in ucdp" in capfd.readouterr().err
    assert main(["compare", where, where]) == 0
    assert capfd.readouterr().out.startswith("field")
    args = ["--since", "2023-05-09", "--until", "2023-05-01", "--record", where]
    assert main(["diff", "--against", csv_, *args]) == 2
    assert "lies before" in capfd.readouterr().err
    assert main(["score", str(tmp_path / "none"), where]) == 1
