"""Talks by track, agreements with what became of each point, claims beside their denials."""

from __future__ import annotations

from datetime import date

import httpx
import pytest
from lxml import html
from msgspec.structs import replace
from served import client_of

from builders import event_of, killing, link_of, make_report, meeting
from parley.model import Attribution, Count, Participant, Provision, When
from parley.record import Record
from parley.web.settings import Settings

TEXT = "They met in Castel on May 3. Later two people were killed, and nobody denied it.\n"
YEAR = When(start=date(2023, 1, 1), end=date(2023, 12, 31), precision="year")
AHEAD = When(start=date(2031, 5, 3), end=date(2031, 5, 3), precision="day")


def party(name, role):
    """Return somebody who takes part."""
    return Participant(name=name, kind="state", country=None, role=role)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A client of the app over a record with a track, an agreement, a claim, a toll of a year."""
    path = tmp_path_factory.mktemp("threads") / "parley.db"
    reports = [
        make_report(TEXT + str(at), source=f"{at}.txt", outlet="The Wire") for at in range(6)
    ]
    met = [meeting(report) for report in reports[:3]]
    shot = [killing(report) for report in reports[3:]]
    both = (party("Norland", "signatory"), party("Sudmark", "signatory"))
    talks = event_of(
        met[0],
        id="e_talks1",
        type="CONSULT",
        summary="Talks",
        participants=(*both, party("Westria", "mediator")),
    )
    points = (Provision(text="a truce along the northern border"),
              Provision(text="an exchange of all prisoners"))  # fmt: skip
    agreed = event_of(met[1], id="e_agreed1", type="AGREE", summary="A truce agreed",
                      participants=both, provisions=points)  # fmt: skip
    broken = event_of(shot[0], id="e_broken1", summary="Prisoners killed at the exchange")
    denial = Attribution(name="Sudmark", kind="state", country=None, stance="denies")
    denied = replace(shot[1], status="denied", attribution=(denial,))
    claim = event_of(
        denied,
        id="e_claim1",
        type="ACCUSE",
        summary="Norland accuses Sudmark",
        status="alleged",
        participants=(party("Norland", "actor"),),
    )
    toll = (Count(what="killed", low=900, best=900, high=900, side="Norland", mention=0),)
    whole_year = event_of(shot[2], id="e_year1", type="ASSAULT", summary="900 killed in the year",
                          when=YEAR, counts=toll)  # fmt: skip
    ahead = event_of(met[2], id="e_ahead1", type="CONSULT", status="scheduled", when=AHEAD,
                     summary="Talks to come", participants=both)  # fmt: skip
    with Record.open(str(path), create=True) as record:
        for report, mention in zip(reports, (*met, shot[0], denied, shot[2]), strict=True):
            record.add_report(report, [mention])
        record.replace_events(
            [talks, agreed, broken, claim, whole_year, ahead],
            [link_of("violates", broken, agreed, shot[0])],
        )
    with client_of(Settings(record=str(path))) as client:
        yield client


def page(client: httpx.Client, path: str):
    """Return a page, parsed."""
    answer = client.get(path)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def words(element):
    """Return the words of an element on one line."""
    return " ".join(element.text_content().split())


def test_talks_stand_under_who_mediated_them(client):
    """A track has its talks, with who took part; the data say the same."""
    (body,) = page(client, "/talks").xpath("//table/tbody")
    assert words(body).startswith("Westria")
    assert body.xpath(".//a[@href='/events/e_talks1']")
    assert "Norland" in words(body)
    (track,) = client.get("/api/talks").json()["rows"]
    assert (track["mediator"], track["talks"]) == ("Westria", 1)


def test_an_agreement_has_a_thread_for_what_was_broken(client):
    """What is told of its breach stands with it, and points nobody told of say so."""
    (article,) = page(client, "/agreements").xpath("//article")
    assert len(article.xpath(".//ol/li")) == 2
    (knot,) = article.xpath(".//li[@data-relation='violates']")
    assert "broken" in words(knot)
    assert knot.xpath(".//a[@href='/events/e_broken1']")
    assert "unknown a truce along the northern border" in words(article)


def test_a_claim_stands_beside_its_denial(client):
    """Who says so is in one half, who denies it in the other."""
    claims = {
        a.xpath("string(.//h2//@href)"): a for a in page(client, "/claims").xpath("//article")
    }
    one, other = claims["/events/e_claim1"].xpath(".//section")
    assert "says Norland" in words(one)
    assert "Sudmark" not in words(one)
    assert "denied by Sudmark" in words(other)


def test_the_latest_is_nothing_that_is_yet_to_come(client):
    """The overview puts what is announced under what is ahead, not under what happened last."""
    parts = {part["name"]: part for part in client.get("/api/overview").json()["parts"]}
    assert "e_ahead1" in {row["id"] for row in parts["ahead"]["rows"]}
    assert "e_ahead1" not in {row["id"] for row in parts["latest"]["rows"]}
    assert "e_talks1" in {row["id"] for row in parts["latest"]["rows"]}


def test_what_is_known_to_a_year_is_in_no_week(client):
    """A figure of a whole year is drawn as a span of its own, in no period of the fighting."""
    drawn = client.get("/api/drawings/fighting").json()
    spans = [(span["start"], span["end"], span["best"]) for span in drawn["spans"]]
    assert ("2023-01-01", "2023-12-31", 900) in spans
    assert all(period["best"] < 900 for period in drawn["periods"])
