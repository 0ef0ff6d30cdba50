"""What names mean."""

from __future__ import annotations

import pickle
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import DataError
from parley.grounding.folding import fold, is_latin, without_possessive
from parley.grounding.knowledge import Knowledge
from parley.grounding.tables import (
    MetonymRow,
    PartyRow,
    PolityRow,
    RegionRow,
    data_folder,
    read_names,
    read_table,
)

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)
PARTY_TABLES = ("bodies.tsv", "organisations.tsv", "groups.tsv", "peoples.tsv")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The knowledge of this process."""
    return Knowledge.load()


def table(name: str) -> Traversable:
    """Return a table of the package."""
    return data_folder() / name


@pytest.mark.parametrize(
    ("name", "party", "via"),
    [
        ("the United States", "United States", "name"),
        ("The United States", "United States", "name"),
        ("U.S.", "United States", "alias"),
        ("US", "United States", "alias"),
        ("USA", "United States", "alias"),
        ("UAE", "United Arab Emirates", "alias"),
        ("DR Congo", "Democratic Republic of the Congo", "alias"),
        ("CAR", "Central African Republic", "alias"),
        ("Bosnia", "Bosnia and Herzegovina", "alias"),
        ("Swaziland", "Eswatini", "alias"),
        ("Burma", "Myanmar", "alias"),
        ("Türkiye", "Turkey", "alias"),
        ("Côte d’Ivoire", "Ivory Coast", "alias"),
        ("Cote d'Ivoire", "Ivory Coast", "alias"),
        ("Macedonia", "North Macedonia", "alias"),
        ("Armenia’s", "Armenia", "name"),
        ("Cyprus'", "Cyprus", "name"),
        ("the French", "France", "demonym"),
        ("Englishmen", "United Kingdom", "demonym"),
        ("Armenians", "Armenia", "demonym"),
        ("Serb", "Serbia", "demonym"),
        ("Serbian", "Serbia", "demonym"),
        ("Kosovar", "Kosovo", "demonym"),
        ("Filipinos", "Philippines", "demonym"),
        ("Palestinian", "Palestine", "demonym"),
        ("Greek Cypriot", "Cyprus", "demonym"),
        ("Turkish Cypriots", "Northern Cyprus", "demonym"),
        ("Kosovo Albanians", "Kosovo Albanians", "name"),
        ("Chechen", "Chechnya", "demonym"),
        ("Yerevan", "Armenia", "capital"),
        ("Pristina", "Kosovo", "capital"),
        ("Prishtinë", "Kosovo", "capital"),
        ("Ramallah", "Palestine", "capital"),
        ("Sana’a", "Yemen", "capital"),
        ("Washington, D.C.", "United States", "capital"),
        ("the Kremlin", "Russia", "metonym"),
        ("the White House", "United States", "metonym"),
        ("Downing Street", "United Kingdom", "metonym"),
        ("the Élysée", "France", "metonym"),
        ("the State Department", "United States", "metonym"),
        ("Tel Aviv", "Israel", "metonym"),
        ("Brussels", "European Union", "metonym"),
        ("Knesset", "Knesset", "member"),
        ("the Security Council", "United Nations Security Council", "alias"),
        ("UN", "United Nations", "alias"),
        ("U.N.", "United Nations", "alias"),
        ("Nato", "NATO", "name"),
        ("the Minsk Group", "OSCE Minsk Group", "alias"),
        ("Sant’Egidio", "Community of Sant'Egidio", "alias"),
        ("Al-Shabab", "al-Shabaab", "alias"),
        ("Houthi", "Houthis", "alias"),
        ("FARC-EP", "FARC", "alias"),
        ("Abkhaz", "Abkhazia", "demonym"),
        ("Republika Srpska", "Republika Srpska", "name"),
    ],
)
def test_a_name_leads_to_its_party(knowledge: Knowledge, name: str, party: str, via: str) -> None:
    """Spellings, short forms, nationalities, seats and bodies lead where a reader is led."""
    sense = knowledge.sense(name)
    assert sense is not None
    assert sense.party is not None
    assert (sense.party.name, sense.via) == (party, via)
    assert knowledge.party(name) == sense.party


@pytest.mark.parametrize("name", ["turkey", "us", "Us", "who", "is", "Of", "Split", "Lincoln", ""])
def test_what_is_no_name_has_no_sense(knowledge: Knowledge, name: str) -> None:
    """Capitals tell a name from a word; a word or person's name is no town by itself."""
    assert knowledge.sense(name) is None


def test_a_seat_tells_where_it_is(knowledge: Knowledge) -> None:
    """A metonym has the party that it stands for and the place where it stands."""
    brussels = knowledge.sense("Brussels")
    assert brussels is not None
    assert brussels.party is not None
    assert brussels.party.country is None
    assert brussels.place is not None
    assert (brussels.place.name, brussels.place.country) == ("Brussels", "BEL")
    kremlin = knowledge.sense("the Kremlin")
    assert kremlin is not None
    assert kremlin.place is not None
    assert (kremlin.place.name, kremlin.place.precision) == ("Moscow", "city")


@pytest.mark.parametrize(
    ("name", "canonical", "country", "precision"),
    [
        ("Armenia", "Armenia", "ARM", "country"),
        ("Yerevan", "Yerevan", "ARM", "city"),
        ("Kelbajar", "Kalbajar", "AZE", "city"),
        ("Khankendi", "Stepanakert", "AZE", "city"),
        ("Lachin corridor", "Lachin corridor", "AZE", "area"),
        ("Nagorno–Karabakh", "Nagorno-Karabakh", "AZE", "region"),
        ("Bombay", "Mumbai", "IND", "city"),
        ("Rangoon", "Yangon", "MMR", "city"),
        ("al-Hudaydah", "Hodeidah", "YEM", "city"),
        ("the Strait of Hormuz", "Strait of Hormuz", None, "region"),
        ("Catatumbo", "Catatumbo", "COL", "region"),
        ("Cabo Delgado", "Cabo Delgado", "MOZ", "region"),
        ("Syunik Province", "Syunik", "ARM", "region"),
        ("the town of Goris", "Goris", "ARM", "city"),
        ("Kharkiv region", "Kharkiv Oblast", "UKR", "region"),
        ("northern Chad", "Northern Chad", "TCD", "region"),
        ("Kosovska Mitrovica", "Mitrovica", "XKX", "city"),
    ],
)
def test_a_name_leads_to_its_place(
    knowledge: Knowledge, name: str, canonical: str, country: str | None, precision: str
) -> None:
    """Regions, corridors, towns and their other names are found, with their spot."""
    place = knowledge.place(name)
    assert place is not None
    assert (place.name, place.country, place.precision) == (canonical, country, precision)
    assert place.lat is not None
    assert place.lon is not None


@pytest.mark.parametrize(
    ("name", "near", "country"),
    [
        ("Tripoli", (), "LBY"),
        ("Tripoli", ("LBN",), "LBN"),
        ("Tripoli", ("LBN", "LBY"), "LBY"),
        ("Georgia", (), "GEO"),
        ("Georgia", ("USA",), "USA"),
        ("Georgia", ("USA", "GEO"), "GEO"),
        ("Paris", ("USA",), "FRA"),
        ("London", ("CAN",), "GBR"),
        ("Victoria", ("CAN",), "CAN"),
        ("Valencia", ("VEN",), "VEN"),
        ("Valencia", ("ESP",), "ESP"),
        ("Martuni", ("ARM",), "ARM"),
        ("Split", ("HRV",), "HRV"),
        ("Bar", ("MNE",), "MNE"),
        ("Lincoln", ("GBR",), "GBR"),
        ("Nowhere At All", ("GBR",), None),
    ],
)
def test_the_report_chooses_among_namesakes(
    knowledge: Knowledge, name: str, near: tuple[str, ...], country: str | None
) -> None:
    """Countries told of decide; a capital does not give way to a hamlet; words need help."""
    place = knowledge.place(name, near=near)
    assert (place.country if place else None) == country


def test_institutions_keep_their_state(knowledge: Knowledge) -> None:
    """A body, an army and an armed group have the country of their home."""
    found = {name: knowledge.party(name) for name in ("IDF", "IRGC", "Tatmadaw", "TPLF", "M23")}
    assert {name: party and (party.kind, party.country) for name, party in found.items()} == {
        "IDF": ("military", "ISR"),
        "IRGC": ("military", "IRN"),
        "Tatmadaw": ("military", "MMR"),
        "TPLF": ("armed_group", "ETH"),
        "M23": ("armed_group", "COD"),
    }


def test_states_and_demonyms(knowledge: Knowledge) -> None:
    """A code leads to its state, a state to its adjectives."""
    kosovo = knowledge.state("XKX")
    assert kosovo is not None
    assert (kosovo.name, kosovo.kind) == ("Kosovo", "state")
    assert "Kosovar" in knowledge.demonyms("Kosovo")
    assert knowledge.state("ZZZ") is None
    assert knowledge.demonyms("Nowhere") == ()


def test_patterns_are_safe(knowledge: Knowledge) -> None:
    """Marked unseen are states and their people, not words or persons of the same name."""
    patterns = {p["pattern"]: p["label"] for p in knowledge.patterns() if "when" not in p}
    wanted = {
        "Armenia": "GPE",
        "Armenian": "NORP",
        "Turkey": "GPE",
        "U.S.": "GPE",
        "Lachin corridor": "LOC",
        "Stepanakert": "GPE",
        "NATO": "ORG",
        "Sant’Egidio": "ORG",
        "Kremlin": "FAC",
        "Kharkiv": "GPE",
        "Mitrovica": "GPE",
    }
    assert {name: patterns.get(name) for name in wanted} == wanted
    unwanted = {"Of", "Mobile", "Nice", "Most", "Bar", "Jordan", "Chad", "Georgia", "Lincoln"}
    assert unwanted.isdisjoint(patterns)
    assert len(patterns) > 8000


@given(ANYTHING)
def test_no_text_is_too_odd(name: str) -> None:
    """Lookups answer for any text at all, lone surrogates included."""
    knowledge = Knowledge.load()
    knowledge.sense(name)
    knowledge.party(name)
    knowledge.place(name, near=("ARM",))
    assert is_latin(name) in (True, False)


def test_long_texts_are_answered_at_once(knowledge: Knowledge) -> None:
    """A megabyte is no name."""
    assert knowledge.sense("The " * 250_000) is None
    assert knowledge.place("northern " * 100_000) is None


@given(ANYTHING)
def test_folding_is_idempotent(name: str) -> None:
    """A folded name folds to itself."""
    assert fold(fold(name)) == fold(name)


@given(st.sampled_from(["Côte d’Ivoire", "Nagorno-Karabakh", "U.S.", "Xankəndi", "Łódź"]))
def test_folding_overlooks_what_readers_overlook(name: str) -> None:
    """Case, article, dots, dashes and apostrophes make no other name."""
    for variant in (name.upper(), f"the {name}", name.replace("-", "–"), name.replace("’", "'")):
        assert fold(variant) == fold(name)
    assert without_possessive(f"{name}'s") == name


def test_the_knowledge_is_sent_as_a_reference(knowledge: Knowledge) -> None:
    """Another process gets its own, not a copy of megabytes."""
    sent = pickle.dumps(knowledge)
    assert len(sent) < 200
    assert pickle.loads(sent) is knowledge


def test_the_tables_are_as_large_as_promised() -> None:
    """Several hundred armed groups and regions, from all over the world."""
    groups = read_table(table("groups.tsv"), PartyRow)
    regions = read_table(table("regions.tsv"), RegionRow)
    assert len({row.name for row in groups}) >= 350
    assert len({row.country for row in groups}) >= 60
    assert len({(row.name, row.country) for row in regions}) >= 400


def test_every_row_is_sound() -> None:
    """Codes are those of states, spots are on Earth, and no name stands twice in a table."""
    polities = read_table(table("polities.tsv"), PolityRow)
    codes = {row.code for row in polities if row.kind == "state"}
    for polity in polities:
        assert polity.code in codes
        assert (polity.capital_lat is None) == (polity.capital == "")
    for name in PARTY_TABLES:
        seen: dict[str, str] = {}
        for party in read_table(table(name), PartyRow):
            assert party.country is None or party.country in codes, party
            for written in (party.name, *party.aliases):
                assert fold(written)
                assert seen.setdefault(written, party.name) == party.name, written
    names: set[tuple[str, str | None]] = set()
    for region in read_table(table("regions.tsv"), RegionRow):
        assert region.country is None or region.country in codes, region
        assert -90 <= region.lat <= 90
        assert -180 <= region.lon <= 180
        for written in (region.name, *region.aliases):
            assert (written, region.country) not in names, written
            names.add((written, region.country))
    parties = {row.name for row in polities}
    parties |= {row.name for row in read_table(table("organisations.tsv"), PartyRow)}
    for metonym in read_table(table("metonyms.tsv"), MetonymRow):
        assert not metonym.party or metonym.party in parties, metonym
        assert not metonym.place or metonym.lat is not None, metonym


def test_lists_of_names_are_folded() -> None:
    """The lists hold folded names, without remarks."""
    words = read_names(table("words.txt"))
    assert "split" in words
    assert "" not in words
    assert all(fold(word) == word for word in words)
    assert not any(word.startswith("names that") for word in read_names(table("unmarked.txt")))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("only one cell", "line 3: 1 cells"),
        ("Name\tnonsense\tARM\t", "line 3: .*nonsense"),
    ],
)
def test_a_malformed_row_is_named(tmp_path: Path, row: str, complaint: str) -> None:
    """The error says which file, which line, and what is wrong."""
    file = tmp_path / "groups.tsv"
    file.write_text(f"# a remark\nname\tkind\tcountry\taliases\n{row}\n", "utf-8")
    with pytest.raises(DataError, match=f"groups.tsv, {complaint}"):
        read_table(file, PartyRow)


@pytest.mark.parametrize("name", ["Aden", "Saigon"])
def test_a_town_of_today_is_no_state_of_the_past(knowledge: Knowledge, name: str) -> None:
    """Where a state that is no more had its seat, a town is a town: nobody speaks for it."""
    sense = knowledge.sense(name)
    assert sense is None or sense.party is None
