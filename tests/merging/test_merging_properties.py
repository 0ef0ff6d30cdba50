"""Properties of merging that hold for any mentions."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tellings import (
    ARDEN,
    BELMAR,
    CORVIA,
    DELTIA,
    HOLLOW,
    LUMEN,
    NORTH,
    PORTO,
    RIDGE,
    exactly,
    party,
    said,
)

from parley.merging import Merged, Story, likeness, merge, reach_of, scoring
from parley.merging.comparing import COMPARISONS, NEEDED, SILENT
from parley.merging.describing import traits_of
from parley.merging.frequencies import Frequencies
from parley.merging.likeness import Likenesses
from parley.merging.scoring import VETO, Scorer
from parley.merging.timing import out_of_reach
from parley.merging.wholes import speaks_whole
from parley.model import (
    LinkCue,
    Mention,
    Participant,
    Published,
    Report,
    When,
    digest,
)

REPORTS = {
    f"r{number}": Report(
        id=f"r{number}",
        source=f"r{number}",
        text="The sentence. " * 40,
        published=Published(
            start=date(2023, 5, 10) + timedelta(days=number),
            end=date(2023, 5, 10) + timedelta(days=number),
            how="given",
            confidence=1.0,
        )
        if number
        else None,
    )
    for number in range(4)
}
SWAP = {"Arden": "Belmar", "Belmar": "Arden", "ARD": "BEL", "BEL": "ARD"}

_days = st.integers(0, 12).map(lambda gap: date(2023, 5, 8) + timedelta(days=gap))
_whens = st.one_of(
    st.none(),
    _days.map(lambda on: When(start=on, end=on, precision="day")),
    _days.map(lambda on: When(start=on, end=on, precision="day", basis="report")),
    _days.map(lambda on: When(start=on, end=on + timedelta(days=6), precision="week")),
    _days.map(lambda on: When(start=on, end=on + timedelta(days=40), precision="span")),
    _days.map(lambda on: When(start=on, end=None, precision="span")),
    st.just(When(start=date(2023, 5, 1), end=date(2023, 5, 31), precision="month")),
)
_people = st.sampled_from(
    [(), (("Ona Tarrish", "Foreign Minister"),), (("Karl Hovik", "President"),), (("Hovik", None),)]
)
_parties = st.builds(
    party,
    st.sampled_from([ARDEN, BELMAR, CORVIA, DELTIA]),
    st.sampled_from(["actor", "recipient", "mediator", "victim"]),
    _people,
)


@st.composite
def _mention(draw: st.DrawFn, number: int) -> Mention:
    report = draw(st.sampled_from(sorted(REPORTS)))
    start = 14 * draw(st.integers(0, 30))
    type_ = draw(st.sampled_from(["CONSULT", "AGREE", "ASSAULT", "ACCUSE", "RETREAT"]))
    return Mention(
        id=digest("m", str(number)),
        report=report,
        start=start,
        end=start + 13,
        text="The sentence.",
        trigger=(start + 4, start + 12),
        type=type_,
        status=draw(
            st.sampled_from(["happened", "scheduled", "called_off", "alleged", "denied", "ongoing"])
        ),
        when=draw(_whens),
        where=tuple(
            draw(st.lists(st.sampled_from([LUMEN, PORTO, RIDGE, HOLLOW, NORTH]), max_size=2))
        ),
        participants=tuple(draw(st.lists(_parties, max_size=3))),
        counts=tuple(
            exactly("killed", figure) for figure in draw(st.lists(st.integers(1, 5), max_size=1))
        ),
        attribution=draw(st.sampled_from([(), (said(ARDEN),), (said(BELMAR, "denies"),)])),
        salient=tuple(draw(st.lists(st.sampled_from(["border", "truce", "convoy"]), max_size=3))),
        background=draw(st.booleans()),
    )


@st.composite
def _mentions(draw: st.DrawFn) -> list[Mention]:
    mentions = [draw(_mention(number)) for number in range(draw(st.integers(0, 9)))]
    if len(mentions) > 1 and draw(st.booleans()):
        cue = LinkCue(relation="denies", mention=mentions[0].id)
        mentions[1] = msgspec.structs.replace(mentions[1], report=mentions[0].report, links=(cue,))
    return mentions


_settings = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@_settings
@given(_mentions(), st.randoms(use_true_random=False))
def test_the_order_given_means_nothing(mentions: list[Mention], random: object) -> None:
    """Any order of the same mentions gives the same events and links."""
    shuffled = list(mentions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled, reports=REPORTS) == merge(mentions, reports=REPORTS)


@_settings
@given(_mentions())
def test_each_mention_is_in_exactly_one_event(mentions: list[Mention]) -> None:
    """Merging is a partition: nothing is lost, nothing is told twice."""
    outcome = merge(mentions, reports=REPORTS)
    told = sorted(mention.id for event in outcome.events for mention in event.mentions)
    assert told == sorted(mention.id for mention in mentions)
    ids = [event.id for event in outcome.events]
    assert len(set(ids)) == len(ids)
    assert all(link.from_ in ids and link.to in ids for link in outcome.links)


@_settings
@given(_mentions())
def test_ids_are_stable(mentions: list[Mention]) -> None:
    """Merging again with the ids of before changes nothing."""
    outcome = merge(mentions, reports=REPORTS)
    assert merge(mentions, reports=REPORTS, known=_known(outcome)) == outcome


@_settings
@given(_mentions(), _mention(99))
def test_an_event_keeps_its_id_as_mentions_join(mentions: list[Mention], one: Mention) -> None:
    """An event whose mentions stay together keeps its id when another mention comes."""
    before = merge(mentions, reports=REPORTS)
    after = merge([*mentions, one], reports=REPORTS, known=_known(before))
    parts = {event.id: {mention.id for mention in event.mentions} for event in before.events}
    for event in after.events:
        old = {mention.id for mention in event.mentions} - {one.id}
        if old in parts.values():
            assert parts[event.id] == old


@_settings
@given(_mentions())
def test_no_side_is_favoured(mentions: list[Mention]) -> None:
    """Swap the two parties' names, and the same events come out with the names swapped."""
    outcome = merge(mentions, reports=REPORTS)
    swapped = merge([_swap(mention) for mention in mentions], reports=REPORTS)
    assert _swap_outcome(outcome) == swapped


@_settings
@given(_mentions())
def test_vetoes_are_respected(mentions: list[Mention]) -> None:
    """Two mentions that a level forbids never share an event."""
    outcome = merge(mentions, reports=REPORTS)
    frequencies = Frequencies(mentions)
    scorer = Scorer(frequencies)
    traits = {trait.id: trait for trait in traits_of(mentions, frequencies, reports=REPORTS)}
    for event in outcome.events:
        for one in event.mentions:
            for two in event.mentions:
                if one.id != two.id:
                    assert not scorer.forbids(traits[one.id], traits[two.id])


@_settings
@given(_mentions())
def test_scores_are_symmetric(mentions: list[Mention]) -> None:
    """It does not matter which of two mentions is named first."""
    scorer = Scorer(Frequencies(mentions))
    traits = traits_of(mentions, scorer.frequencies, reports=REPORTS)
    for one in traits:
        for two in traits:
            if one is not two:
                # pytest.approx: names that are spelt in two ways may differ in rareness
                assert scorer.score(one, two) == pytest.approx(scorer.score(two, one))


@_settings
@given(_mentions())
def test_what_is_spared_would_have_said_nothing(mentions: list[Mention]) -> None:
    """A comparison is left out only where it reaches the level that is then taken."""
    frequencies = Frequencies(mentions)
    traits = traits_of(mentions, frequencies, reports=REPORTS)
    for one, two in combinations(traits, 2):
        for name, need in NEEDED.items():
            if name in SILENT and speaks_whole(one, two):
                continue
            told = need.told(one), need.told(two)
            if not (any(told) if need.either else all(told)):
                assert COMPARISONS[name](one, two, frequencies) == (need.level, 0.0)


@_settings
@given(_mentions(), st.integers(0, 40))
def test_who_is_out_of_reach_would_have_been_forbidden(mentions: list[Mention], on: int) -> None:
    """Two that are left out unread, by their days alone, are never one by all that they tell."""
    later = REPORTS | {
        id_: msgspec.structs.replace(report, published=None if on > 30 else _printed(on))
        for id_, report in REPORTS.items()
        if id_ in ("r1", "r2")
    }
    frequencies = Frequencies(mentions)
    scorer = Scorer(frequencies)
    for one, two in combinations(traits_of(mentions, frequencies, reports=later), 2):
        if out_of_reach(reach_of(one), reach_of(two)):
            assert scorer.score(one, two) == VETO


def _printed(after: int) -> Published:
    on = date(2023, 4, 20) + timedelta(days=after)
    return Published(start=on, end=on, how="given", confidence=1.0)


@_settings
@given(_mentions())
def test_a_score_is_what_its_parts_add_up_to(mentions: list[Mention]) -> None:
    """The score of a pair is the sum of the weights that explain it, a veto what forbids it."""
    scorer = Scorer(Frequencies(mentions))
    for one, two in combinations(traits_of(mentions, scorer.frequencies, reports=REPORTS), 2):
        parts = scorer.weigh(one, two)
        if any(part.veto for part in parts):
            assert scorer.score(one, two) == VETO
        else:
            assert scorer.score(one, two) == pytest.approx(sum(part.weight for part in parts))


def _known(outcome: Merged) -> dict[str, str]:
    return {m.id: event.id for event in outcome.events for m in event.mentions}


def _swap(mention: Mention) -> Mention:
    return msgspec.structs.replace(
        mention,
        participants=tuple(_swap_party(party) for party in mention.participants),
        attribution=tuple(
            msgspec.structs.replace(
                said,
                name=SWAP.get(said.name, said.name),
                country=SWAP.get(said.country or "", said.country),
            )
            for said in mention.attribution
        ),
        where=tuple(
            msgspec.structs.replace(place, country=SWAP.get(place.country or "", place.country))
            for place in mention.where
        ),
    )


def _swap_party(party: Participant) -> Participant:
    return msgspec.structs.replace(
        party,
        name=SWAP.get(party.name, party.name),
        country=SWAP.get(party.country or "", party.country),
    )


def _swap_outcome(outcome: Merged) -> Merged:
    """Swap every whole name in an outcome, wherever it stands."""
    text = msgspec.json.encode(outcome).decode()
    for index, one in enumerate(SWAP):
        text = text.replace(one, f"\x00{index}")
    for index, two in enumerate(SWAP.values()):
        text = text.replace(f"\x00{index}", two)
    return msgspec.json.decode(text, type=Merged)


@_settings
@given(_mentions())
def test_what_is_kept_of_pairs_is_bounded(mentions: list[Mention]) -> None:
    """However many are compared, few are kept for it, and the scores are the same."""
    free = Scorer(Frequencies(mentions))
    traits = traits_of(mentions, free.frequencies, reports=REPORTS)
    pairs = list(combinations(traits, 2))
    wanted = [free.score(*pair) for pair in pairs]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring, "_AT_HAND", 2)
        patch.setattr(likeness, "_AT_HAND", 2)
        bound = Scorer(Frequencies(mentions))
        assert [bound.score(*pair) for pair in pairs] == wanted
        assert len(bound._told) <= 2
        stories = [Story({f"word {number}": 1.0}, 1.0) for number in range(9)]
        alike = Likenesses()
        for one, two in combinations(stories, 2):
            assert alike.cosine(one, two) == likeness.cosine(one, two)
            assert len(alike._kept) <= 3
