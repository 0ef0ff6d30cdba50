"""The time expressions of a text, without a record."""

from __future__ import annotations

from datetime import date

from parley.engine import find_times


def test_the_page_s_own_date_is_a_time_expression(tmp_path):
    """The date on a line of its own, which coding leaves out, is found with the others."""
    file = tmp_path / "report.txt"
    file.write_text(
        "Envoys meet in Lisbon\n\nMarch 01, 2008\n\nThe envoys of both sides met in Lisbon on "
        "Friday. They will meet again next week, the hosts said.\n"
    )
    (found,) = find_times([str(file)], refuse=lambda error: None, given=date(2008, 3, 1))
    told = {time.text: time.value_start for time in found.times}
    assert told["March 01, 2008"] == date(2008, 3, 1)
    assert told["Friday"] == date(2008, 2, 29)
