"""What an outlet repeats is the same whether all is read at once or outlet by outlet."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.model import Report
from parley.reading import mark_outlet
from parley.reading.outlets import mark_habits

LINES = st.sampled_from(
    [
        "Share this on the wire",
        "Follow us",
        "The ministers met in the capital on Monday to talk about the border at length",
        "A convoy with food reached the northern town before the rain began to fall",
        "Rebels and the army blamed each other for the fire in the market of the town",
        "Read also",
    ]
)
REPORTS = st.lists(
    st.tuples(st.sampled_from(["Wire", "Herald", "Gazette"]), st.lists(LINES, max_size=6)),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(REPORTS)
def test_outlet_by_outlet_the_same_is_marked(told):
    """Marking each outlet's reports by themselves marks what reading all in a row marks."""
    reports = [
        Report(id=f"r{at}", source=f"{at}.txt", text="\n".join(lines), outlet=outlet)
        for at, (outlet, lines) in enumerate(told)
    ]
    wanted = {report.id: report.boilerplate for report in mark_habits(reports)}
    found = {
        report.id: report.boilerplate
        for outlet in ("Wire", "Herald", "Gazette")
        for _, report in mark_outlet(
            (at, report) for at, report in enumerate(reports) if report.outlet == outlet
        )
    }
    assert found == wanted


def test_a_window_of_reports_is_waited_for():
    """Of more reports than wait at once the first are marked by what had been read by then."""
    common = "Sign up for our letter\n"
    reports = [
        Report(
            id=f"r{at}",
            source=f"{at}.txt",
            outlet="Wire",
            text=(common if at >= 300 else "") + f"In town number {at} nothing of note was said "
            f"by anybody at all on the {at}th day of the strike",
        )
        for at in range(800)
    ]
    # The first report of all ends as the later ones begin.
    reports[0] = Report(id="r0", source="0.txt", outlet="Wire", text=common + reports[0].text)
    wanted = {report.id: report.boilerplate for report in mark_habits(reports)}
    found = {r.id: r.boilerplate for _, r in mark_outlet(enumerate(reports))}
    assert found == wanted
    assert not wanted["r0"]
    assert wanted["r790"]
