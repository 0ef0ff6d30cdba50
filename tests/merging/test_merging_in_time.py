"""What is said anew weeks later is another saying; what was to be done by a day joins its doing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tellings import ARDEN, BELMAR, Page, both, day, party

from parley.merging import merge
from parley.model import EventType, Mention, Trace, When


def is_one(pages: list[Page], one: Mention, two: Mention) -> bool:
    """Tell whether merging makes one event of two mentions."""
    mentions = [mention for page in pages for mention in page.mentions]
    outcome = merge(mentions, reports={page.id: page.report() for page in pages})
    return any({one.id, two.id} <= {m.id for m in event.mentions} for event in outcome.events)


def printed(text: str) -> When:
    """Undated news: the day of its report alone."""
    return replace(day(text), basis="report")


def charge(page: Page, told: When, *, place: str = "along the old canal") -> Mention:
    """Arden accuses Belmar of breaking the truce."""
    return page.tell(
        "ACCUSE",
        f"Arden accused Belmar of violating the ceasefire {place}",
        mode="allege",
        when=told,
        who=(party(ARDEN), party(BELMAR, "recipient")),
        salient=("accuse", "violate", "ceasefire", *place.split()[-1:]),
    )


@pytest.mark.parametrize(("later", "same"), [("2031-05-02", True), ("2031-05-24", False)])
def test_a_charge_repeated_weeks_later_is_another(later: str, same: bool) -> None:
    """The day after it is told once more; as the news of three weeks later it is made anew."""
    one, two = Page("charge", "2031-05-01"), Page("charge-later", later)
    first = charge(one, printed("2031-05-01"))
    second = charge(two, printed(later), place="by shelling a mill")
    assert is_one([one, two], first, second) is same


def test_a_charge_recalled_with_its_day_joins_it() -> None:
    """Weeks later, but told with the day on which it was made."""
    one, two = Page("made", "2031-05-01"), Page("recalled", "2031-05-24")
    first, second = charge(one, printed("2031-05-01")), charge(two, day("2031-05-01"))
    assert is_one([one, two], first, second)


def test_an_agreement_without_a_day_is_recalled_for_longer() -> None:
    """Many reports tell who brokered a deal, and not when: it stands."""
    one, two = Page("deal", "2031-05-01"), Page("deal-later", "2031-06-20")
    first, second = (
        page.tell(
            "AGREE",
            "The fighting ended with a deal that Corvia brokered in all haste",
            mode="ceasefire",
            when=printed(on),
            who=both(),
            salient=("fighting", "end", "deal", "broker", "haste"),
        )
        for page, on in ((one, "2031-05-01"), (two, "2031-06-20"))
    )
    assert is_one([one, two], first, second)


def promise(page: Page, before: str) -> Mention:
    """Arden is to free prisoners on, or by, May 31."""
    mention = page.tell(
        "CONCEDE",
        f"Arden will release twenty prisoners {before} May 31",
        mode="release",
        status="scheduled",
        when=day("2031-05-31"),
        who=(party(ARDEN), party(BELMAR, "recipient")),
        salient=("release", "prisoner"),
    )
    at = mention.start + mention.text.index("May 31")
    assert mention.when is not None
    evidence = (Trace(report=page.id, start=at, end=at + 6),)
    page.mentions[-1] = replace(mention, when=replace(mention.when, evidence=evidence))
    return page.mentions[-1]


def deed(page: Page, on: str, type_: EventType = "CONCEDE") -> Mention:
    """Arden frees prisoners."""
    return page.tell(
        type_,
        "Arden released twenty prisoners",
        mode="release" if type_ == "CONCEDE" else None,
        when=day(on),
        who=(party(ARDEN), party(BELMAR, "recipient")),
        salient=("release", "prisoner"),
    )


@pytest.mark.parametrize(
    ("before", "on", "same"),
    [
        ("by", "2031-05-20", True),
        ("no later than", "2031-05-20", True),
        ("before", "2031-05-20", True),
        ("on", "2031-05-20", False),  # eleven days before its own day: another one
        ("by", "2031-06-20", False),  # long after it was due
        ("by", "2031-04-20", False),  # before it was promised
    ],
)
def test_what_is_due_by_a_day_may_be_done_before_it(before: str, on: str, same: bool) -> None:
    """A deadline is the last day of the deed, not its day."""
    one, two = Page("promise", "2031-05-10"), Page("deed", "2031-06-21")
    first, second = promise(one, before), deed(two, on)
    assert is_one([one, two], first, second) is same


def test_two_tellings_of_one_deadline_are_one() -> None:
    """Both lie ahead: their day is compared as ever."""
    one, two = Page("promise", "2031-05-10"), Page("promise-again", "2031-05-12")
    assert is_one([one, two], promise(one, "by"), promise(two, "by"))


def test_who_signs_for_a_deadline_has_not_met_it() -> None:
    """An agreement made after the promise was printed is not what was promised."""
    one, two = Page("promise", "2031-05-10"), Page("signing", "2031-05-13")
    first, second = promise(one, "by"), deed(two, "2031-05-12", "AGREE")
    assert not is_one([one, two], first, second)
