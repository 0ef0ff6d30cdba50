"""Who held which office, and for whom a person acts of whom a report does not tell it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from world import World

from parley.errors import DataError
from parley.grounding import Holder, Knowledge, ground
from parley.grounding.officeholders import FILE, Officeholders, TermRow, during, spelling
from parley.grounding.tables import data_folder, read_table
from parley.model import Party, Published, Report
from parley.parsing import Parser

GREECE = Party(name="Greece", kind="state", country="GRC")
TURKEY = Party(name="Turkey", kind="state", country="TUR")


def term(name: str, party: Party, office: str, first: int, last: int | None) -> Holder:
    """Return a term of office from one year to another."""
    end = date(last, 12, 31) if last else None
    return Holder(name, party, office, date(first, 1, 1), end)


TERMS = {
    "Kostas Maridakis": (term("Kostas Maridakis", GREECE, "prime minister", 1990, 1996),),
    "Maridakis": (
        term("Kostas Maridakis", GREECE, "prime minister", 1990, 1996),
        term("Selim Maridakis", TURKEY, "president", 2000, None),
    ),
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The real tables."""
    return Knowledge.load()


@pytest.fixture(scope="module")
def world() -> World:
    """Names of which two holders of office are known."""
    world = World()
    world.terms.update(TERMS)
    return world


@pytest.fixture(scope="module")
def reader(world: World) -> Parser:
    """A parser that knows the names."""
    return Parser(names=world.patterns())


def acting_for(
    text: str, who: str, reader: Parser, world: World, *, year: int | None = None
) -> str:
    """Return for whom a person acts in a report, by the party's name."""
    published = None
    if year is not None:
        day = date(year, 6, 1)
        published = Published(start=day, end=day, how="given", confidence=1.0)
    report = Report(id="r", source="test", text="Daily.\n" + text, published=published)
    for found in ground(reader.parse(report), knowledge=world).references:
        for member in found.members:
            if member.person is not None and member.person.name.endswith(who):
                return member.party.name
    return "nobody"


def test_unsaid_party(reader: Parser, world: World) -> None:
    """A known person whose country a report does not say acts for the country known."""
    text = "Kostas Maridakis said on Monday that the talks had failed."
    assert acting_for(text, "Maridakis", reader, world) == "Greece"


@pytest.mark.parametrize(
    "text",
    [
        "Turkish President Kostas Maridakis said on Monday that the talks had failed.",
        "Kostas Maridakis, the Turkish president, said the talks had failed.",
        "Turkey was silent, but its president, Kostas Maridakis, said the talks had failed.",
        "Kostas Maridakis spoke. Later the Turkish president, Kostas Maridakis, flew home.",
    ],
)
def test_report_goes_before(text: str, reader: Parser, world: World) -> None:
    """What the report says of a person counts, whatever is known of a namesake."""
    assert acting_for(text, "Maridakis", reader, world) == "Turkey"


@pytest.mark.parametrize(("year", "party"), [(1993, "Greece"), (2010, "Turkey")])
def test_term_of_office(year: int, party: str, reader: Parser, world: World) -> None:
    """Of namesakes who is in office when the report was written is meant."""
    text = "Mr. Maridakis said on Monday that the talks had failed."
    assert acting_for(text, "Maridakis", reader, world, year=year) == party


def test_title_and_surname(reader: Parser, world: World) -> None:
    """A title tells a person from the namesakes who held other offices."""
    text = "Prime Minister Maridakis said on Monday that the talks had failed."
    assert acting_for(text, "Maridakis", reader, world) == "Greece"


def test_unclear_namesakes(reader: Parser, world: World) -> None:
    """Where nothing tells namesakes apart, none is chosen; a country told of does."""
    text = "Mr. Maridakis said on Monday that the talks had failed."
    assert acting_for(text, "Maridakis", reader, world) == "Maridakis"
    assert acting_for(text + " Greece agreed.", "Maridakis", reader, world) == "Greece"


def test_table_is_wide(knowledge: Knowledge) -> None:
    """Every member state of the United Nations of some size has holders, most have several."""
    rows = read_table(data_folder() / FILE, TermRow)
    assert len(rows) > 2500
    held = Counter(row.party for row in rows)
    polities = Path(str(data_folder() / "polities.tsv")).read_text("utf-8").splitlines()
    codes = [line.split("\t")[2] for line in polities[1:195] if line.split("\t")[1] == "state"]
    assert sum(code in held for code in codes) > 180
    assert all(knowledge.state(row.party) or knowledge.party(row.party) for row in rows)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Recep Tayyip Erdoğan", "Recep Erdogan"),
        ("Muhammad bin Salman", "Mohammed Bin Salman"),
        ("Yevgeny Prigozhin", "Evgeny Prigozhin"),
        ("Gerhard Schröder", "Gerhard Schroeder"),
        ("Aleksandar Vučić", "Aleksandar Vucic"),
        ("Bashar al-Assad", "Bashar Assad"),
    ],
)
def test_spellings(one: str, other: str, knowledge: Knowledge) -> None:
    """Transliterations and diacritics do not matter."""
    found = knowledge.holders(one)
    assert found
    assert found == knowledge.holders(other)


def test_common_names_need_context(knowledge: Knowledge) -> None:
    """A surname that many bear is no person's alone."""
    for name in ("Khan", "Singh", "Kim", "Bush", "Clinton", "Johnson", "Ali"):
        assert not knowledge.holders(name)
    assert knowledge.is_common("John Reid")
    assert not knowledge.is_common("Nursultan Nazarbayev")


def test_terms_bound_time() -> None:
    """A term overlaps a window, else lies before it, else is yet to come."""
    terms = TERMS["Maridakis"]
    assert during(terms, None) == list(terms)
    assert during(terms, (date(1995, 1, 1), date(1995, 1, 31))) == [terms[0]]
    assert during(terms, (date(1998, 1, 1), date(1998, 1, 31))) == [terms[0]]
    assert during(terms, (date(1980, 1, 1), date(1980, 1, 31))) == list(terms)
    assert spelling("the") == ("the",)


def test_malformed_rows(tmp_path: Path) -> None:
    """A malformed row is refused with its line; an unknown party with its name."""
    columns = "name\taliases\tparty\toffice\tsince\tuntil\talone\n"
    file = tmp_path / FILE
    file.write_text(f"{columns}X Y\t\tGRC\tking\t19x0\t\t\n", "utf-8")
    with pytest.raises(DataError, match=r"officeholders\.tsv, line 2"):
        read_table(file, TermRow)
    row = TermRow("X Y", (), "Nowhere", "king", "1990")
    with pytest.raises(DataError, match="Nowhere"):
        Officeholders([row], named=lambda _: None)
    backwards = TermRow("X Y", (), "GRC", "king", "1990-05", "1990-04")
    with pytest.raises(DataError, match="before"):
        Officeholders([backwards], named=lambda _: GREECE)
