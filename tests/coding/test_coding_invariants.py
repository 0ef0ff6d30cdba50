"""What holds of every mention, whatever the report."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

import msgspec
import pytest
from coded import DAY, Bench, Coded, make_report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from soundness import check_all

from parley.model import Mention, Report

_JOINTS = (" ", "\n", "\n\n", "\r\n", "\n- ", " — ", "\n1. ", "\u2028")
_SHUFFLE = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_mentions_hold_together(coded: Mapping[str, Coded]) -> None:
    """Spans, evidence, roles, counts and windows of all reports at hand are sound."""
    assert sum(len(one.mentions) for one in coded.values()) > 300
    for one in coded.values():
        check_all(one)


def test_mentions_come_in_the_order_of_the_text(coded: Mapping[str, Coded]) -> None:
    """The mentions of a report are ordered by their triggers."""
    for one in coded.values():
        triggers = [mention.trigger for mention in one.mentions]
        assert triggers == sorted(triggers)


def test_nothing_is_told_by_boilerplate(coded: Mapping[str, Coded]) -> None:
    """No trigger stands in a part of the page that is not the report."""
    for one in coded.values():
        for mention in one.mentions:
            start, end = mention.trigger
            assert not [b for b in one.report.boilerplate if b.start < end and start < b.end]


def test_ids_are_stable(bench: Bench, reports: Mapping[str, Report], coded: Mapping[str, Coded]):
    """A report gives the same mentions again, whatever was coded in between, in any order."""
    names = sorted(reports)
    random.Random(7).shuffle(names)
    for name in names[:12]:
        again = bench.code_parse(coded[name].dated.parse, given=None)
        assert again.mentions == coded[name].mentions


def test_ids_tell_reports_apart(bench: Bench) -> None:
    """The same words in two reports are two mentions."""
    one = bench.code("Chad and Niger held talks on Monday.")
    other = bench.code("Chad and Niger held talks on Monday. It rained.")
    assert {m.id for m in one.mentions}.isdisjoint(m.id for m in other.mentions)


def test_mentions_survive_json(coded: Mapping[str, Coded]) -> None:
    """What is written as JSON reads back equal."""
    mentions = [mention for one in coded.values() for mention in one.mentions]
    written = msgspec.json.encode(mentions)
    assert msgspec.json.decode(written, type=list[Mention]) == mentions


@pytest.fixture(scope="session")
def sentences(coded: Mapping[str, Coded]) -> list[str]:
    """Return the sentences of all reports."""
    found = {
        sentence.text.strip()
        for one in coded.values()
        for doc in one.dated.parse.docs
        for sentence in doc.sents
    }
    return sorted(sentence for sentence in found if sentence)


@_SHUFFLE
@given(
    picks=st.lists(
        st.tuples(st.integers(0, 10_000), st.sampled_from(_JOINTS)), min_size=1, max_size=14
    ),
    day=st.sampled_from([None, DAY]),
)
def test_shuffled_sentences_hold_together(
    bench: Bench, sentences: list[str], picks: list[tuple[int, str]], day: date | None
) -> None:
    """Sentences of many reports in any order and paragraphs: whatever comes out is sound."""
    text = "".join(sentences[at % len(sentences)] + joint for at, joint in picks)
    done = bench.code_report(make_report(text), given=day)
    check_all(done)
    assert bench.code_parse(done.dated.parse, given=day).mentions == done.mentions
