"""What coding looked up of a report is let go of when it is coded."""

from __future__ import annotations

from coded import Bench, make_report

from parley.parsing.layout import Layout


def test_no_layout_is_left_with_a_coded_report(bench: Bench) -> None:
    """A layout and its paragraph hold each other: who codes many reports would keep them all."""
    coded = bench.code_report(make_report("Rebels shelled Kidal on Friday, killing five."))
    assert coded.mentions
    kept = [value for doc in coded.dated.parse.docs for value in doc.user_data.values()]
    assert not [value for value in kept if isinstance(value, Layout)]
