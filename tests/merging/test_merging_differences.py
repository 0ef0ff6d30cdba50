"""What reports tell differently of one event, and one figure out of several claims."""

from __future__ import annotations

import cProfile
import pstats

import msgspec
import pytest
from tellings import (
    ARDEN,
    BELMAR,
    CORVIA,
    DELTIA,
    PORTO,
    RIDGE,
    Page,
    at_least,
    both,
    day,
    exactly,
    party,
    said,
)

from parley.errors import DataError
from parley.merging import merge, naming, rules
from parley.merging.disagreements import find_disagreements
from parley.merging.estimating import Estimate, estimate_acled, estimate_ucdp
from parley.merging.naming import load_families
from parley.model import Count, Event, Mention, Trace


def only(*pages: Page) -> Event:
    """Merge all that the pages tell, which must be one event."""
    outcome = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    )
    assert len(outcome.events) == 1
    return outcome.events[0]


def disputed(event: Event) -> dict[str, list[tuple[str, list[str]]]]:
    """Return field -> each value with the reports of its mentions, in the order told."""
    return {
        entry.field: [
            (value.value, sorted({event.mentions[at].report for at in value.mentions}))
            for value in entry.values
        ]
        for entry in event.disagreements
    }


def capture(page: Page, text: str, name: str) -> Mention:
    """Tell of the taking of a town that the page calls by a name of its own."""
    at = len(page.text) + text.index(name)
    place = msgspec.structs.replace(
        RIDGE, evidence=(Trace(report=page.id, start=at, end=at + len(name)),)
    )
    return page.tell(
        "ASSAULT",
        text,
        when=day("2031-06-02"),
        where=[place],
        who=[party(ARDEN), party(BELMAR, "recipient")],
    )


def test_names_of_a_place_and_framing_words_are_shown_with_who_uses_them() -> None:
    """One desk's town is liberated, another's is seized, and each calls it otherwise."""
    one, two = Page("ours"), Page("theirs")
    capture(one, "Our army liberated Graustein on Monday", "Graustein")
    capture(two, "Arden seized Grey Ridge, a town of Belmar, on Monday", "Grey Ridge")
    found = disputed(only(one, two))
    assert dict(found["framing"]) == {"liberated": [one.id], "seized": [two.id]}
    assert dict(found["place names"]) == {"Graustein": [one.id], "Grey Ridge": [two.id]}


def test_a_longer_form_of_a_name_is_no_other_name() -> None:
    """The town of Grey Ridge and Grey Ridge are one name."""
    one, two = Page("long"), Page("short")
    capture(one, "A raid on Upper Grey Ridge was reported", "Upper Grey Ridge")
    capture(two, "A raid on Grey Ridge's market was reported", "Grey Ridge's")
    assert "place names" not in disputed(only(one, two))


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("Terrorists attacked a post", "Fighters attacked a post", True),
        ("Rebels attacked a post", "Fighters attacked a post", False),
        ("Five were martyred at a post", "Five were killed at a post", True),
        ("Five died at a post", "Five were killed at a post", False),
        ("Fighters attacked the Resistance Square post", "Rebels attacked a post", False),
        ("Terrorists attacked a post", "A terrorist attacked a post", False),
    ],
)
def test_only_loaded_words_divide(first: str, second: str, differ: bool) -> None:
    """Two neutral words are no dispute, nor is a word that is part of a name."""
    pages = [Page("first"), Page("second")]
    for page, text in zip(pages, (first, second), strict=True):
        page.tell("ASSAULT", text, when=day("2031-06-02"), where=[RIDGE], who=both())
    assert ("framing" in disputed(only(*pages))) is differ


def test_one_voice_that_uses_both_words_is_no_dispute() -> None:
    """A report that says both in its own voice disagrees with nobody."""
    page = Page("one-voice")
    page.tell("ASSAULT", "Rebels killed five", when=day("2031-06-02"), where=[RIDGE], who=both())
    page.tell("ASSAULT", "Terrorists did", when=day("2031-06-02"), where=[RIDGE], who=both())
    assert "framing" not in disputed(only(page))


def test_two_sides_quoted_by_one_report_do_differ() -> None:
    """One report that quotes either side shows both sides' words."""
    page = Page("two-voices")
    for state, text in ((ARDEN, "Terrorists attacked"), (BELMAR, "Freedom fighters attacked")):
        page.tell(
            "ASSAULT",
            text,
            when=day("2031-06-02"),
            where=[RIDGE],
            who=both(),
            attribution=[said(state)],
        )
    assert "framing" in disputed(only(page))


def test_who_mediates_is_disputed() -> None:
    """Corvia's mediation in one report, Deltia's in the other."""
    one, two = Page("corvian"), Page("deltian")
    for page, state in ((one, CORVIA), (two, DELTIA)):
        page.tell(
            "CONSULT",
            "Talks were held at the lake about the prisoners of war",
            when=day("2031-06-02"),
            where=[PORTO],
            who=(*both(), party(state, "mediator")),
            salient=["talks", "lake", "prisoners", "war"],
            counts=[exactly("captured", 1234)],
        )
    assert dict(disputed(only(one, two))["mediators"]) == {
        "Corvia": [one.id],
        "Deltia": [two.id],
    }


def test_a_party_whom_one_report_leaves_out() -> None:
    """Who sat at the table differs; who mediates there is left out by neither list."""
    one, two = Page("three", "2031-06-03"), Page("two", "2031-06-04")
    one.tell(
        "CONSULT",
        "They met",
        when=day("2031-06-02"),
        where=[PORTO],
        who=(*both(), party(DELTIA), party(CORVIA)),
    )
    two.tell(
        "CONSULT",
        "They met",
        when=day("2031-06-02"),
        where=[PORTO],
        who=(*both(), party(CORVIA, "mediator")),
    )
    assert disputed(only(one, two))["participants"] == [
        ("Arden, Belmar, Deltia", [one.id]),
        ("Arden, Belmar", [two.id]),
    ]


def test_framing_words_are_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A family without loaded words, or with a capital, is refused by file and family."""
    folder = tmp_path_factory.mktemp("framing")
    (folder / "data").mkdir()
    (folder / "data" / "framing.toml").write_text(
        '[[families]]\nabout = "towns"\nloaded = [["Seized"]]\nneutral = []\n', encoding="utf-8"
    )
    monkeypatch.setattr(rules, "files", lambda _: folder)
    with pytest.raises(DataError, match=r"framing\.toml: families: towns"):
        naming.load_families.__wrapped__()


def test_every_family_has_its_types_and_words() -> None:
    """The shipped families load, and no word stands in two lists of one family."""
    for family in load_families():
        words = [word for ways in (*family.loaded, family.neutral) for word in ways]
        assert len(words) == len(set(words)), family.about


def claimed(*claims: Count) -> Event:
    """An event of which each report makes one claim."""
    pages = []
    for number, count in enumerate(claims):
        page = Page(f"claim{number}", f"2031-06-{number + 3:02}")
        trace = Trace(report=page.id, start=0, end=5)
        page.tell(
            "ASSAULT",
            "Shells hit the market of Grey Ridge",
            when=day("2031-06-02"),
            where=[RIDGE],
            who=both(),
            counts=[msgspec.structs.replace(count, evidence=(trace,))],
            salient=["shells", "market"],
        )
        pages.append(page)
    return only(*pages)


def risen(claimant: str, number: int) -> Count:
    """What a claimant puts the dead at, at the least."""
    return at_least("killed", number, claimed_by=claimant)


@pytest.mark.parametrize(
    ("claims", "ucdp", "acled"),
    [
        ([], None, None),
        ([exactly("wounded", 4)], None, None),
        ([exactly("killed", 9)], (9, 9, 9), 9),
        ([exactly("killed", 9), exactly("killed", 12)], (12, 12, 12), 12),
        ([exactly("killed", 12), exactly("killed", 9)], (9, 9, 12), 9),
        ([exactly("killed", 12), exactly("killed", 9), exactly("killed", 12)], (9, 12, 12), 9),
        ([Count(what="killed", low=20, best=None, high=30)], (20, 20, 30), 20),
        ([Count(what="killed", low=24, best=None, high=None)], (24, 24, 24), 12),
        ([risen("Arden", 9), risen("Arden", 17)], (17, 17, 17), 17),
        ([risen("Arden", 9), risen("Belmar", 17)], (9, 9, 17), 9),
        ([exactly("killed", 4, side="Arden"), exactly("killed", 3, side="Belmar")], (7, 7, 7), 7),
        ([exactly("killed", 8), exactly("killed", 3, side="Belmar")], (8, 8, 8), 8),
    ],
)
def test_one_figure_as_ucdp_and_as_acled_choose_it(
    claims: list[Count], ucdp: tuple[int, int, int] | None, acled: int | None
) -> None:
    """UCDP: low, most reported, high; ACLED: the most cautious; a claimant's last word counts."""
    event = claimed(*claims) if claims else only_event_without_claims()
    assert estimate_ucdp(event) == (Estimate(*ucdp) if ucdp else None)
    assert estimate_acled(event) == acled


def only_event_without_claims() -> Event:
    """An event of which nobody gives a figure."""
    page = Page("no-claim")
    page.tell("ASSAULT", "Shells hit the market", when=day("2031-06-02"), who=both())
    return only(page)


def test_thousands_of_copies_disagree_in_time_that_grows_with_them():
    """Twice as many tellings take about twice the calls, not four times, to compare."""

    def calls(count):
        pages = [Page(f"copy {number}", "2024-03-13") for number in range(count)]
        told = [
            page.tell(
                "ASSAULT",
                ("Rebels" if number % 2 else "Terrorists") + " shelled the town",
                when=day("2024-03-12"),
                where=(RIDGE,),
                who=(party(ARDEN), party(BELMAR, "victim")),
                counts=(exactly("killed", 2 + number % 2),),
            )
            for number, page in enumerate(pages)
        ]
        reports = {page.id: page.report() for page in pages}
        profile = cProfile.Profile()
        profile.enable()
        found = find_disagreements(told, reports=reports, rules=rules.load_rules())
        profile.disable()
        assert {one.field for one in found} >= {"counts"}
        return pstats.Stats(profile).total_calls

    calls(10)
    assert calls(400) < 2.5 * calls(200)
