"""The columns of ACLED, UCDP and PA-X, and PLOVER's records, as pandas and DuckDB read them."""

from __future__ import annotations

import io
import json

import duckdb
import pandas
import pytest

from builders import event_of, make_mention, make_report
from parley.errors import DataError
from parley.export import FORMATS, acled, mapping, pax, plover, ucdp
from parley.export.sides import sides_of
from parley.model import Count, Participant, When
from parley.record.finding import Filters


def frame(name, record, **filters):
    """Return an export of a record as a data frame of texts."""
    raw = b"".join(FORMATS[name].write(record, filters=Filters(**filters)))
    return pandas.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False)


def fight(*participants, **fields):
    """Return an assault in which these take part."""
    mention = make_mention(make_report(), "two people were killed", type="ASSAULT", **fields)
    return event_of(mention, id="e_1", participants=participants)


def party(name, kind, role="actor", country="SWE", **fields):
    """Return a participant."""
    return Participant(name=name, kind=kind, country=country, role=role, **fields)


def test_acled_has_its_columns_and_conventions(war):
    """Each event of ACLED's has its columns, codes and words."""
    table = frame("acled", war)
    assert tuple(table.columns) == acled.COLUMNS
    rows = table.set_index("event_id_cnty").to_dict("index")
    assert set(rows) == {"SWEbattle", "SWEshelling", "SWEdeal", "SWEmarch"}
    battle = rows["SWEbattle"]
    assert (battle["event_type"], battle["sub_event_type"]) == ("Battles", "Armed clash")
    assert (battle["actor1"], battle["inter1"]) == ("Castel Front", "Rebel group")
    assert (battle["actor2"], battle["inter2"]) == ("Suderian Army", "State forces")
    assert battle["interaction"] == "State forces-Rebel group"
    assert (battle["iso"], battle["country"], battle["region"]) == ("752", "Sweden", "Europe")
    assert (battle["event_date"], battle["time_precision"]) == ("2023-05-09", "1")
    assert battle["fatalities"] == "9"
    shelling = rows["SWEshelling"]
    assert shelling["sub_event_type"] == "Shelling/artillery/missile attack"
    assert shelling["civilian_targeting"] == "Civilian targeting"
    assert shelling["inter1"] == "External/Other forces"
    march = rows["SWEmarch"]
    assert (march["event_date"], march["time_precision"]) == ("2023-05-16", "3")
    assert (march["inter1"], march["interaction"]) == ("Protesters", "Protesters only")
    assert "Date: May 2023." in march["notes"]
    assert rows["SWEdeal"]["sub_event_type"] == "Agreement"


def test_acled_leaves_out_what_is_not_known_to_the_month(tmp_path, war):
    """What has no date, or none finer than a season, is counted in a notice."""
    said = []
    told = FORMATS["acled"].write(war, filters=Filters(status=("happened",)), notice=said.append)
    b"".join(told)
    assert said == []
    one = fight(party("Norland", "state"))
    assert acled.kind_of(one).event == "Battles"


def test_acled_leaves_out_what_did_not_happen(war):
    """What is scheduled or denied is no event of ACLED's, even when it is asked for."""
    assert len(frame("acled", war, status=("denied",))) == 0
    assert len(frame("acled", war, type=("CONSULT",))) == 0


def test_acled_tells_violence_against_civilians_from_battles():
    """It is whom it is done to that tells."""
    army, people = party("army", "military"), party("villagers", "population", "victim")
    assert acled.kind_of(fight(army, people)).event == "Violence against civilians"
    rebels = party("rebels", "armed_group", "recipient")
    assert acled.kind_of(fight(army, rebels)).event == "Battles"
    assert acled.kind_of(fight(army, people, mode="aerial")).sub_event == "Air/drone strike"


def test_ucdp_has_its_columns_and_conventions(war):
    """Each event with deaths has UCDP's columns: sides, precisions, estimates, grid cell."""
    table = frame("ucdp", war)
    assert tuple(table.columns) == ucdp.COLUMNS
    rows = table.set_index("parley_event").to_dict("index")
    assert set(rows) == {"e_battle", "e_shelling"}
    battle = rows["e_battle"]
    assert battle["type_of_violence"] == "1"
    assert battle["dyad_name"] == "Government of Sweden - Castel Front"
    assert (battle["deaths_a"], battle["deaths_b"], battle["best"]) == ("9", "0", "9")
    assert (battle["low"], battle["high"]) == ("9", "12")
    assert (battle["gwnoa"], battle["gwnob"], battle["country_id"]) == ("380", "", "380")
    assert (battle["date_prec"], battle["where_prec"], battle["event_clarity"]) == ("1", "1", "1")
    shelling = rows["e_shelling"]
    assert (shelling["type_of_violence"], shelling["side_b"]) == ("3", "Civilians")
    assert (shelling["deaths_civilians"], shelling["best"]) == ("3", "3")
    for row in rows.values():
        parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
        assert sum(int(row[part]) for part in parts) == int(row["best"])
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-90, -180, 1), (-89.75, 179.75, 720), (0.25, 0.25, 129961), (90, 180, 259200)],
)
def test_cells_of_the_grid(lat, lon, cell):
    """PRIO-GRID counts half degrees from the south-western corner, 720 a row."""
    assert ucdp.cell_of(lat, lon) == cell


def test_ucdp_tells_the_types_of_violence():
    """A government on a side is state-based, two groups non-state, civilians one-sided."""
    army, rebels = party("army", "military"), party("rebels", "armed_group", "recipient")
    militia, crowd = party("militia", "armed_group"), party("people", "population", "victim")
    assert ucdp.dyad_of(fight(army, rebels)).violence == 1
    assert ucdp.dyad_of(fight(militia, rebels)).violence == 2
    assert ucdp.dyad_of(fight(militia, crowd)).violence == 3
    assert ucdp.dyad_of(fight(militia)).violence is None
    turned = ucdp.dyad_of(fight(militia, party("army", "military", "recipient")))
    assert (turned.a.name, turned.b.name, turned.violence) == ("army", "militia", 1)


def test_ucdp_is_read_by_duckdb(war, tmp_path):
    """DuckDB finds numbers and days in the columns of numbers and days."""
    path = tmp_path / "ged.csv"
    path.write_bytes(b"".join(FORMATS["ucdp"].write(war)))
    found = duckdb.sql(
        f"select year, sum(best), min(typeof(date_start)) from read_csv('{path}') group by year"
    ).fetchall()
    assert [(int(year), int(best), type_) for year, best, type_ in found] == [(2023, 12, "DATE")]


def test_pax_has_the_agreements(war):
    """An agreement has its parties, third parties, stage, type and what it provides."""
    table = frame("pax", war)
    assert tuple(table.columns) == pax.COLUMNS
    (row,) = table.to_dict("records")
    assert (row["AgtId"], row["Dat"], row["Stage"]) == ("e_deal", "2023-05-20", "Cea")
    assert (row["Con"], row["Agtp"]) == ("Norway/Sweden", "Inter")
    assert row["Part"] == "Norland (Aino Søby); Suderia"
    assert row["ThrdPart"] == "United Nations"
    assert row["parley_provisions"] == "guns fall silent; =1+1"
    assert (row["Loc1ISO"], row["Loc2GWNO"]) == ("NOR", "380")


def test_plover_records(war):
    """The file is a JSON array; what is ahead is filed under its intention."""
    records = {
        record["id"]: record for record in json.loads(b"".join(FORMATS["plover"].write(war)))
    }
    assert "e_denial" not in records
    assert "e_off" not in records
    meeting = records["e_meeting"]
    assert (meeting["event"], meeting["quadCode"]) == ("AGREE", 1)
    assert meeting["comment"] == "CONSULT that is scheduled"
    assert [actor["actorText"] for actor in meeting["source"]] == ["Norland", "Suderia"]
    battle = records["e_battle"]
    assert battle["source"][0] == {"actorText": "Castel Front", "code": "SWE", "sector": "REB"}
    assert battle["target"][0]["sector"] == "MIL"
    assert battle["dead"] == 9
    assert battle["eventLoc"]["cc3"] == "SWE"
    texts = {report.id: report.text for report in war.reports()}
    for record in records.values():
        start, end = record["textInfo"]["start"], record["textInfo"]["end"]
        assert texts[record["citation"]][start:end] == record["text"]


def test_plover_says_which_records_have_no_date(war):
    """PLOVER wants a date of each; without one the notice counts."""
    said = []
    b"".join(FORMATS["plover"].write(war, notice=said.append))
    assert said == ["plover: 1 record without a date, which PLOVER wants"]


def test_sides_of_a_clash():
    """Where nobody suffers it, the first is one side and the others face it."""
    one, ally = party("A", "state"), party("A's army", "military", side="A")
    other = party("B", "state")
    sides = sides_of(fight(one, ally, other))
    assert [p.name for p in sides.one] == ["A", "A's army"]
    assert [p.name for p in sides.other] == ["B"]


def test_deaths_never_exceed_the_total(war):
    """Where the sides' figures sum to more than the total that most give, whose is left open."""
    counts = (
        Count(what="killed", low=5, best=5, high=5),
        Count(what="killed", low=9, best=9, high=9, side="army"),
    )
    event = event_of(
        make_mention(make_report(), "two people were killed", type="ASSAULT"),
        id="e_1", counts=counts, when=When(start=war.event("e_battle").when.start,
                                           end=None, precision="day"),
        participants=(party("army", "military"), party("rebels", "armed_group", "recipient")),
    )  # fmt: skip
    toll = ucdp.estimate_ucdp(event, "killed")
    assert sum(ucdp._deaths(event, ucdp.dyad_of(event), toll)) == toll.best == 5


def test_states_are_whole():
    """Each state has its codes once, and regions that the projects know."""
    states = mapping.load_states()
    assert len({state.short for state in states.values()}) == len(states)
    numbers = [state.gwno for state in states.values() if state.gwno]
    assert len(set(numbers)) == len(numbers) > 190
    assert {state.ucdp_region for state in states.values()} == {
        "Africa", "Americas", "Asia", "Europe", "Middle East", "",
    }  # fmt: skip


def test_mappings_are_whole():
    """Each mapping has a word for every type, kind and precision, and loads."""
    assert set(plover.load_plover().ahead) == set(plover.load_plover().quad)
    assert pax.load_pax().stages == {"ceasefire": "Cea"}
    order = acled.load_acled().inter.order
    assert set(acled.load_acled().inter.kinds.values()) <= set(order)


def test_a_malformed_mapping_is_named():
    """A data file that is not of its form is an error that names the file and the key."""
    with pytest.raises(DataError, match=r"pax\.toml: .*statuses"):
        mapping.read_mapping("pax.toml", plover._Plover)
