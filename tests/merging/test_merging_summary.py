"""Summaries: one neutral line for every type and status, from coded fields only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

import msgspec
import pytest
from tellings import (
    ARDEN,
    BELMAR,
    CORVIA,
    LUMEN,
    RIDGE,
    Page,
    at_least,
    both,
    day,
    ministers,
    party,
    said,
)

from parley.errors import DataError
from parley.merging import merge, rules
from parley.merging.summary import load_phrases, summarise
from parley.merging.topics import load_topics, topics_in
from parley.model import Count, Event, EventType, LinkCue, Participant, Status, Trace


def _event(type_: EventType, status: Status = "happened", **fields: object) -> Event:
    page = Page("one", "2023-05-20")
    page.tell(type_, "It", status=status, **fields)  # type: ignore[arg-type]
    return merge(page.mentions, reports={page.id: page.report()}).events[0]


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (
            _event("CONSULT", "scheduled", who=ministers(), where=[LUMEN]),
            "Arden and Belmar to hold talks in Lumen (foreign ministers Ona Tarrish, Pavel Mirow)",
        ),
        (
            _event("CONSULT", who=(*both(), party(CORVIA, "mediator"))),
            "Arden and Belmar hold talks, mediated by Corvia",
        ),
        (
            _event("CONSULT", "scheduled", who=(party(CORVIA, "host"),), where=[LUMEN]),
            "Talks in Lumen, hosted by Corvia scheduled",
        ),
        (
            _event("ASSAULT", who=both(), counts=[at_least("killed", 286)]),
            "Clashes between Arden and Belmar: at least 286 killed",
        ),
        (
            _event("ASSAULT", who=(party(ARDEN), party(BELMAR, "recipient"))),
            "Arden attacks Belmar",
        ),
        (_event("ASSAULT", where=[LUMEN]), "Violence in Lumen"),
        (_event("ACCUSE", who=(party(ARDEN), party(BELMAR, "recipient"))), "Arden accuses Belmar"),
        (_event("ACCUSE", who=(party(ARDEN),)), "Accusation by Arden"),
        (
            _event(
                "MOBILIZE",
                who=(party(CORVIA),),
                counts=[Count(what="deployed", low=None, best=2000, high=None)],
            ),
            "Corvia deploys about 2,000 personnel",
        ),
        (
            _event(
                "ASSAULT",
                "denied",
                who=(party(ARDEN), party(BELMAR, "recipient")),
                attribution=[said(ARDEN, "denies")],
            ),
            "Arden denies attacking Belmar",
        ),
        (
            _event(
                "ASSAULT",
                "denied",
                who=(party(ARDEN), party(BELMAR, "recipient")),
                attribution=[said(CORVIA, "denies")],
            ),
            "Corvia denies that Arden attacks Belmar",
        ),
        (
            _event(
                "ASSAULT",
                "alleged",
                who=(party(ARDEN), party(BELMAR, "recipient")),
                attribution=[said(BELMAR, "accuses")],
            ),
            "Arden is said to have attacked Belmar (according to Belmar)",
        ),
        (
            _event("CONSULT", "called_off", who=both(), where=[LUMEN]),
            "Talks between Arden and Belmar in Lumen called off",
        ),
    ],
)
def test_lines(event: Event, line: str) -> None:
    """The lines that a reader meets most."""
    assert event.summary == line


@pytest.mark.parametrize("type_", get_args(EventType))
def test_every_type_status_and_set_of_roles_has_a_line(type_: EventType) -> None:
    """No template leaves a hole, a double space or an unfilled name, whatever is missing."""
    casts: list[tuple[Participant, ...]] = [
        (),
        (party(ARDEN),),
        (party(BELMAR, "recipient"),),
        (party(ARDEN), party(BELMAR, "recipient")),
        both(),
        (party(CORVIA, "mediator"),),
    ]
    base = _event(type_)
    for mode in (None, *load_phrases()[type_].modes):
        for status in get_args(Status):
            for cast in casts:
                event = msgspec.structs.replace(
                    base, mode=mode, status=status, participants=cast, where=(LUMEN,)
                )
                line = summarise(event)
                assert line[0].isupper()
                assert not re.search(r"[{}]|  | ,|None| \)|\( | $", line), line
                assert all(p.name in line for p in cast), line


def test_a_plural_name_takes_a_plural_verb() -> None:
    """Rebels attack, an army attacks."""
    rebels = Participant(name="rebels", kind="armed_group", country=None, role="actor")
    army = Participant(name="the army", kind="military", country=None, role="actor")
    target = party(BELMAR, "recipient")
    assert _event("ASSAULT", who=(rebels, target)).summary == "Rebels attack Belmar"
    assert _event("ASSAULT", who=(army, target)).summary == "The army attacks Belmar"


def _said(type_: EventType, text: str, **fields: object) -> Event:
    page = Page("said", "2031-05-20")
    page.tell(type_, text, **fields)  # type: ignore[arg-type]
    return merge(page.mentions, reports={page.id: page.report()}).events[0]


@pytest.mark.parametrize(
    ("type_", "text", "line"),
    [
        (
            "REQUEST",
            "Arden demanded that Belmar pull its troops out of the valley",
            "Arden makes a request to Belmar over a withdrawal of forces",
        ),
        (
            "REJECT",
            "Arden dismissed the shameless lie that it had shelled a village",
            "Arden rejects a claim or demand of Belmar over shelling and air strikes",
        ),
        (
            "REJECT",
            "Arden denied that its troops had shelled a village",
            "Arden denies a claim with regard to Belmar over shelling and air strikes",
        ),
        ("REJECT", "Arden rejected the plan", "Arden rejects a claim or demand of Belmar"),
        (
            "ACCUSE",
            "Arden accused Belmar's butchers of breaching the truce",
            "Arden accuses Belmar over breaches of a ceasefire",
        ),
        (
            "THREATEN",
            "Arden warned Belmar that it would answer any incursion",
            "Arden threatens Belmar over an attack",
        ),
        (
            "PROTEST",
            "Arden protested against Belmar at the arrests",
            "Arden protests against Belmar over arrests",
        ),
        ("SANCTION", "Arden imposed sanctions on Belmar", "Arden takes measures against Belmar"),
        ("REQUEST", "Arden asked Belmar", "Arden makes a request to Belmar"),
        (
            "ASSAULT",
            "Arden attacked Belmar's troops who were to withdraw",
            "Arden attacks Belmar",
        ),
    ],
)
def test_a_claim_says_what_it_is_over(type_: EventType, text: str, line: str) -> None:
    """A neutral noun tells the matter, never the outlet's adjectives; without one, none is made."""
    event = _said(type_, text, who=(party(ARDEN), party(BELMAR, "recipient")))
    assert event.summary == line


def test_a_denial_is_over_what_was_charged() -> None:
    """'Arden rejected the accusation': the matter stands in the charge that it is tied to."""
    page = Page("charge", "2031-05-20")
    charge = page.tell(
        "ACCUSE",
        "Belmar accused Arden of kidnapping two villagers",
        trigger="accused",
        who=(party(BELMAR), party(ARDEN, "recipient")),
    )
    traces = (
        Trace(report=page.id, start=len(page.text), end=len(page.text) + 10),
        Trace(report=page.id, start=charge.start, end=charge.end),
    )
    denial = page.tell(
        "REJECT",
        "Arden rejected the accusation on Friday",
        trigger="rejected",
        who=(party(ARDEN),),
        links=[LinkCue(relation="denies", mention=charge.id, evidence=traces)],
    )
    merged = merge([charge, denial], reports={page.id: page.report()})
    assert "Arden denies a claim over abductions" in [event.summary for event in merged.events]


def _attack(name: str, doer: Participant, others: Sequence[Participant]) -> Page:
    page = Page(name, "2031-05-20")
    page.tell("ASSAULT", "Shells fell", when=day("2031-05-19"), where=[RIDGE], who=(doer, *others))
    return page


def test_who_attacked_is_left_open_where_reports_differ() -> None:
    """One desk says that Arden attacked, one that Belmar did: the line takes no side."""
    villagers = Participant(name="villagers", kind="population", country=None, role="victim")
    pages = [_attack("a", party(ARDEN), [villagers]), _attack("b", party(BELMAR), [villagers])]
    reports = {page.id: page.report() for page in pages}
    (event,) = merge([m for page in pages for m in page.mentions], reports=reports).events
    assert re.fullmatch(
        r"Attack on villagers in Grey Ridge, by (Arden or Belmar|Belmar or Arden) "
        r"\(reports differ\)",
        event.summary,
    )


def test_those_who_hit_each_other_clash() -> None:
    """Each is told to have attacked the other: clashes, and not that both attacked somebody."""
    pages = [
        _attack("a", party(ARDEN), [party(BELMAR, "recipient")]),
        _attack("b", party(BELMAR), [party(ARDEN, "recipient")]),
    ]
    reports = {page.id: page.report() for page in pages}
    (event,) = merge([m for page in pages for m in page.mentions], reports=reports).events
    assert event.summary.startswith("Clashes between ")


def test_the_matter_that_most_reports_tell_is_told() -> None:
    """Two reports tell of prisoners and one of food: it is over prisoners."""
    event = _said("REQUEST", "Arden asked Belmar for food")
    texts = ("for food", "to free the prisoners", "about prisoners of war")
    mentions = tuple(msgspec.structs.replace(event.mentions[0], text=text) for text in texts)
    assert summarise(msgspec.structs.replace(event, mentions=mentions)).endswith(
        "over prisoners and captives"
    )


def test_topics_are_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A topic without words, or for no type that there is, is refused by file and name."""
    folder = tmp_path_factory.mktemp("topics")
    (folder / "data").mkdir()
    monkeypatch.setattr(rules, "files", lambda _: folder)
    for content in ('name = "a"\nwords = []', 'name = "a"\nwords = ["b"]\nnot_for = ["C"]'):
        (folder / "data" / "topics.toml").write_text(f"[[topics]]\n{content}\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"topics\.toml: topics: a"):
            load_topics.__wrapped__()


def test_every_topic_is_named_once() -> None:
    """No two topics have one name, and every word is in lower case."""
    names = [topic.name for topic, _ in load_topics()]
    assert len(names) == len(set(names))
    assert all(word == word.lower() for topic, _ in load_topics() for word in topic.words)


def test_every_topic_is_told_by_each_of_its_words():
    """In capitals, and with any ending where the words have a star."""
    for topic, _ in load_topics():
        type_ = next(type_ for type_ in get_args(EventType) if type_ not in topic.not_for)
        for words in topic.words:
            told = words.replace("*", "ed")
            assert topic.name in topics_in([told], type_), words
            assert topic.name in topics_in([f"THEY {told.upper()} AGAIN"], type_), words
