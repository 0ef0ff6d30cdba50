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


def _people(name: str) -> Participant:
    return Participant(name=name, kind="population", country=None, role="actor")


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
            _event(
                "PROTEST",
                who=(_people("protesters"), party(ARDEN, "recipient")),
                where=[RIDGE],
            ),
            "Protesters protest against the government in Grey Ridge",
        ),
        (
            _event(
                "PROTEST",
                who=(_people("protesters"), party(BELMAR, "recipient")),
                where=[RIDGE],
            ),
            "Protesters protest against Belmar in Grey Ridge",
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
    assert _event("ASSAULT", who=(army, target)).summary == "Army attacks Belmar"


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
        (
            "REJECT",
            "Arden rejected the plan",
            "Arden rejects a claim or demand of Belmar (“Arden rejected the plan”)",
        ),
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
        (
            "SANCTION",
            "Arden imposed sanctions on Belmar",
            "Arden takes measures against Belmar (“Arden imposed sanctions on Belmar”)",
        ),
        ("REQUEST", "Arden asked", "Arden makes a request to Belmar"),
        (
            "ASSAULT",
            "Arden attacked Belmar's troops who were to withdraw",
            "Arden attacks Belmar",
        ),
    ],
)
def test_a_claim_says_what_it_is_over(type_: EventType, text: str, line: str) -> None:
    """A neutral noun tells the matter; without one the report's words do, in quotation marks."""
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


def test_who_hit_each_other_did_not_attack_the_bystanders_together() -> None:
    """Civilians whom one telling names beside two sides that clash are left out of the line."""
    civilians = Participant(name="civilians", kind="population", country=None, role="recipient")
    both_ways = (party(ARDEN, "victim"), party(BELMAR, "recipient"), civilians)
    event = _event("ASSAULT", who=(*both(), *both_ways))
    assert event.summary == "Clashes between Arden and Belmar"
    assert "villagers" in _event("ASSAULT", who=(*both(), _villagers())).summary


def _villagers() -> Participant:
    return Participant(name="villagers", kind="population", country=None, role="victim")


def test_the_matter_that_most_reports_tell_is_told() -> None:
    """Two reports tell of prisoners and one of food: it is over prisoners."""
    event = _said("REQUEST", "Arden asked Belmar for food")
    texts = ("for food", "to free the prisoners", "about prisoners of war")
    mentions = tuple(msgspec.structs.replace(event.mentions[0], text=text) for text in texts)
    line = summarise(msgspec.structs.replace(event, mentions=mentions))
    assert line.startswith("Request over prisoners and captives")


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


def _bare(type_: EventType, text: str, **fields: object) -> str:
    """Return the line of an event that one report tells in these words."""
    event = _said(type_, text)
    mention = msgspec.structs.replace(event.mentions[0], text=text)
    return summarise(msgspec.structs.replace(event, mentions=(mention,), **fields))


@pytest.mark.parametrize(
    ("type_", "text", "line"),
    [
        ("AGREE", "a deal was done in the end", "Agreement (“a deal was done in the end”)"),
        ("CONSULT", "The two sat down again.", "Talks (“The two sat down again”)"),
        ("CONCEDE", 'He was "let go" at noon', "Concession (“He was ’let go’ at noon”)"),
        ("RETREAT", "gone again", "Pullback"),
        (
            "SUPPORT",
            "In a speech to the parliament of the capital, the president praised the fallen of a "
            "war that had lasted for more than nine long years",
            "Support (“…the president praised the fallen of a war that had lasted for more than "
            "nine long…”)",
        ),
        (
            "SUPPORT",
            "The envoy, reached by telephone, praised the men and women who had stayed in their "
            "villages through years of war",
            "Support (“The envoy, reached by telephone, praised the men and women who had stayed "
            "in their villages…”)",
        ),
    ],
)
def test_what_says_nothing_alone_has_the_words_of_the_report(
    type_: EventType, text: str, line: str
) -> None:
    """No party, place or figure: some words stand behind it, cut at a word."""
    assert _bare(type_, text) == line


def test_a_verb_that_is_hardly_sure_gives_way_to_the_words() -> None:
    """With little confidence, a verb that says nothing or an impossible target, words stand."""
    text = "Arden kept troops in the valley for another year"
    cast = (party(ARDEN), party(BELMAR, "recipient"))
    words = f"Arden and Belmar: “{text}”"
    assert _bare("SANCTION", text, participants=cast, confidence=0.1) == words
    assert _bare("COERCE", text, participants=cast) == words
    assert _bare("COERCE", text, participants=cast, mode="arrest") == words
    taken = Participant(name="reporters", kind="population", country=None, role="recipient")
    cast = (party(ARDEN), taken)
    assert _bare("COERCE", text, participants=cast, mode="arrest", confidence=0.9) == (
        "Arden makes arrests of reporters"
    )
    ahead = _bare("CONSULT", text, participants=both(), confidence=0.1, status="scheduled")
    assert ahead == f"Arden and Belmar (scheduled): “{text}”"


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The junta declared the truce at an end on Friday", "ends a ceasefire"),
        ("The truce between the two collapsed, and the ceasefire ended", "ends a ceasefire"),
        ("The guns fell silent at noon", "ceases fire"),
        ("The truce holds in all of the north", "ceases fire"),
    ],
)
def test_the_end_of_a_truce_is_no_truce(text: str, verb: str) -> None:
    """Words that end a ceasefire have a verb of their own."""
    line = _bare("RETREAT", text, mode="ceasefire", participants=(party(ARDEN),), where=(LUMEN,))
    assert line == f"Arden {verb} in Lumen"


def test_names_are_shown_without_what_is_no_part_of_them() -> None:
    """'So-called', articles and a headline's capitals go; an abbreviation stays as it is."""
    names = {
        "so-called Valley Front": "Valley Front",
        "the Valley Front": "Valley Front",
        "The Gambia": "The Gambia",
        "VALLEY FRONT": "Valley Front",
        "LUMEN": "Lumen",
        "RVF": "RVF",
        "RENFOR": "RENFOR",
    }
    for name, line in names.items():
        doer = Participant(name=name, kind="armed_group", country=None, role="actor")
        cast = (doer, party(BELMAR, "recipient"))
        assert _bare("ASSAULT", "They struck", participants=cast, where=(LUMEN,)).startswith(line)


def test_the_figure_that_is_chosen_stands_first() -> None:
    """Two of three reports say six: six, and what others give; no part of a telling is a rival."""

    def told(name: str, *figures: int) -> Page:
        page = Page(name, "2031-05-20")
        for at, figure in enumerate(figures):
            said = (Trace(report=page.id, start=at, end=at + 1),)
            count = Count(what="killed", low=figure, best=figure, high=figure, evidence=said)
            page.tell(
                "ASSAULT",
                f"Shells fell {at}",
                when=day("2031-05-19"),
                where=[RIDGE],
                who=both(),
                counts=[count],
            )
        return page

    def line(*pages: Page) -> str:
        reports = {page.id: page.report() for page in pages}
        (event,) = merge([m for page in pages for m in page.mentions], reports=reports).events
        return event.summary.partition(": ")[2]

    assert line(told("a", 6), told("b", 4), told("c", 6)) == "6 killed (4 by another account)"
    assert line(told("a", 6), told("b", 4), told("c", 6), told("d", 9)) == (
        "6 killed (4 to 9 by other accounts)"
    )
    assert line(told("a", 12, 1)) == "12 killed"
