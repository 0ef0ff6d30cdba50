"""What the pages show, without a browser, and the same as data."""

from __future__ import annotations

import re

import pytest
from lxml import html
from served import client_of

from builders import event_of, make_mention, make_report
from parley.record import Record
from parley.web.settings import Settings

PAGES = (
    "/",
    "/timeline",
    "/talks",
    "/calendar",
    "/agreements",
    "/fighting",
    "/claims",
    "/disagreements",
    "/map",
    "/parties",
    "/people",
    "/sources",
    "/reports",
    "/search?q=castel",
    "/add",
    "/api",
    "/corrections",
    "/export?party=Norland",
    "/events/e_abc1",
    "/events/e_abd2",
    "/parties/Norland",
)


def with_class(page, name, below=""):
    """Return the elements of a class, or what of them lies at a path below."""
    return page.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]{below}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_without_scripts(client, path):
    """Every page has its title and one heading, and all that it links to is there."""
    answer = client.get(path)
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    assert len(page.findall(".//h1")) == 1
    assert page.findtext(".//title").strip(" ·").endswith("Parley")
    for link in {*page.xpath("//a/@href"), *page.xpath("//@src"), *page.xpath("//link/@href")}:
        if link.startswith("/") and not link.startswith("/review"):
            assert client.get(link.partition("#")[0]).status_code in {200, 204}, link


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_inline(client, path):
    """No page has a script, a style or a handler of its own, which the policy would refuse."""
    page = html.fromstring(client.get(path).text)
    assert [script for script in page.iter("script") if (script.text or "").strip()] == []
    assert page.xpath("//style | //@style | //@*[starts-with(name(), 'on')]") == []


def test_an_event_shows_each_field_with_its_words(client):
    """Fields lead to the passages, passages to the reports, and the disputed is a matrix."""
    page = html.fromstring(client.get("/events/e_abc1").text)
    text = " ".join(page.text_content().split())
    assert "3 May 2023" in text
    assert "Aino Søby, foreign minister" in text
    assert len(with_class(page, "telling")) == 2
    (matrix,) = with_class(page, "matrix")
    assert [cell.text_content().strip() for cell in matrix.xpath(".//thead//th")] == [
        "Who tells",
        "Castel",
        "Port Élan",
    ]
    assert page.xpath("//a[@href='/events/e_abd2']")


def test_a_report_is_shown_as_it_is(client):
    """Its text stands there unchanged, coded spans, proof and boilerplate marked in place."""
    (row,) = client.get("/api/reports?words=talks").json()["rows"]
    shown = client.get(f"/api/reports/{row['line']['id']}").json()
    page = html.fromstring(client.get(f"/reports/{row['line']['id']}").text)
    (article,) = with_class(page, "report-text")
    for label in with_class(article, "label"):
        label.drop_tree()
    assert article.text_content() == shown["text"]
    assert [mark.text_content() for mark in with_class(article, "coded")] == [
        "met in Castel on May 3",
        "two people were killed",
    ]
    assert with_class(article, "proof")[0].text_content() == "They "
    assert "Read also" in with_class(article, "boilerplate")[0].text_content()


def test_the_address_holds_the_filters(client):
    """A list's address finds the same again, and names each filter with a way to drop it."""
    answer = client.get("/timeline", params={"party": "Norland", "status": "happened", "type": ""})
    page = html.fromstring(answer.text)
    assert [a.get("href") for a in with_class(page, "chips", "//a")] == [
        "/timeline?party=Norland",
        "/timeline?status=happened",
        "/timeline",
    ]
    ids = [row["id"] for row in client.get("/api/timeline?party=Norland").json()["rows"]]
    assert ids == ["e_abc1"]
    assert client.get("/timeline?text=nowhere").text.count("event-line") == 0


def test_rows_come_a_page_at_a_time(client):
    """A page says how many there are, and leads on and back."""
    first = client.get("/api/timeline?limit=1").json()
    assert (first["total"], first["next"], len(first["rows"])) == (2, 1, 1)
    page = html.fromstring(client.get("/timeline?limit=1").text)
    (following,) = page.xpath("//nav[@class='pages']/a[@rel='next']/@href")
    assert following == "/timeline?limit=1&offset=1"
    assert "begins after them" in client.get("/timeline?offset=7").text


def test_what_passes_the_filters_can_be_had_as_a_file(client):
    """A file has the events that pass the filters, and is a file to the browser."""
    answer = client.get("/export/jsonl?party=Norland")
    assert answer.headers["content-disposition"] == 'attachment; filename="record.jsonl"'
    assert '"e_abc1"' in answer.text
    assert '"id":"e_abd2"' not in answer.text
    assert client.get("/export/nothing").status_code == 404


def test_search_marks_the_words(client):
    """Reports are found by their words, which are marked in the excerpt."""
    page = html.fromstring(client.get("/search?q=CASTEL&kind=report").text)
    assert {mark.text for mark in with_class(page, "hits", "//mark")} == {"Castel"}
    assert "No event has these words" in client.get("/search?q=nowhere").text


def test_an_id_that_begins_so_leads_to_the_event(client):
    """The first characters of an id are enough in an address, as on the command line."""
    answer = client.get("/events/e_abc", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/events/e_abc1")


def test_the_timeline_is_drawn_by_level_of_detail(client):
    """Days for a short window, years for decades; single events where they are few."""
    short = client.get("/api/drawings/timeline?from=2023-05-01&to=2023-05-31").json()
    assert short["unit"] == "day"
    assert {event["id"] for event in short["events"]} == {"e_abc1", "e_abd2"}
    long = client.get("/api/drawings/timeline?from=1900-01-01&to=2023-12-31").json()
    assert long["unit"] == "year"
    assert [(each["lane"], each["events"]) for each in long["bins"]] == [
        ("fighting", 1),
        ("talks", 1),
    ]
    assert {(each["low"], each["best"], each["high"]) for each in long["bins"][:1]} == {(2, 2, 2)}


def test_the_map_is_honest(client):
    """A place that the gazetteer does not have is counted as nowhere, not put somewhere."""
    drawn = client.get("/api/drawings/map").json()
    assert (drawn["total"], drawn["nowhere"]) == (2, 1)
    by_name = {place["name"]: place for place in drawn["places"]}
    assert by_name["Port Élan"]["lat"] is None
    assert by_name["Castel"]["by_kind"] == {"talks": 1}


def test_who_met_whom(client):
    """Two parties of the same talks are joined by a line."""
    drawn = client.get("/api/drawings/meetings").json()
    assert drawn["edges"] == [{"one": "Norland", "other": "Suderia", "talks": 1}]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/api/events/none", 404, "not_found"),
        ("/api/nothing", 404, "not_found"),
        ("/api/timeline?since=2023-02-30", 422, "wrong_request"),
        ("/api/timeline?since=2023-02-03&until=2022-01-01", 422, "wrong_filter"),
        ("/api/timeline?limit=0", 422, "wrong_request"),
        ("/api/timeline?near=here", 422, "wrong_request"),
        ("/api/timeline?party=!!", 422, "wrong_filter"),
    ],
)
def test_errors_have_one_shape(client, path, status, kind):
    """Whatever goes wrong is told in the same way to a program, and as a page to a person."""
    answer = client.get(path)
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"status", "kind", "message"}
    assert (answer.json()["error"]["status"], answer.json()["error"]["kind"]) == (status, kind)
    page = client.get(path.removeprefix("/api"))
    assert page.status_code == status
    assert re.search(r'role="alert"', page.text)


def test_the_api_describes_itself(client):
    """Each address of the API has its answer's shape, and that of errors, in the description."""
    described = client.get("/openapi.json").json()
    for path, methods in described["paths"].items():
        assert path.startswith("/api/")
        for operation in methods.values():
            assert {"404", "422"} <= set(operation["responses"])
            assert any(status.startswith("2") for status in operation["responses"])


def test_thin_events_are_folded_away_on_pages_and_stand_in_the_data(tmp_path):
    """A list, its count and its drawing leave them out, a link shows them; the data has all."""
    report = make_report("They met in Juba. Shots were heard.")
    sure, shots = make_mention(report, "They met in Juba"), make_mention(report, "Shots")
    path = str(tmp_path / "thin.db")
    with Record.open(path, create=True) as record:
        record.add_report(report, [sure, shots])
        record.replace_events(
            [
                event_of(sure, id="e_sure", confidence=0.9),
                event_of(shots, id="e_thin", confidence=0.1),
            ],
            [],
        )
    with client_of(Settings(record=path)) as client:
        folded = html.fromstring(client.get("/timeline").text)
        assert folded.xpath("//a/@href[. = '/events/e_sure']")
        assert not folded.xpath("//a/@href[. = '/events/e_thin']")
        assert folded.xpath("//figure/@data-source") == ["/api/drawings/timeline?thin=folded"]
        assert "1 more of which little is known" in folded.text_content()
        (way,) = folded.xpath("//a[contains(., 'little is known')]/@href")
        shown = html.fromstring(client.get(way).text)
        assert shown.xpath("//a/@href[. = '/events/e_thin']")
        assert client.get("/api/timeline").json()["total"] == 2
        assert client.get("/api/timeline?thin=folded").json()["total"] == 1
        assert client.get("/api/drawings/timeline?thin=folded").json()["total"] == 1
        assert client.get("/timeline?thin=perhaps").status_code == 422
