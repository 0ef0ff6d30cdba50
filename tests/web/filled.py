"""A small record: two reports, two events, a link between them."""

from __future__ import annotations

from pathlib import Path

from builders import event_of, killing, link_of, make_report, meeting
from parley.model import Boilerplate, Disagreement, DisputedValue
from parley.record import Record

TEXT = "They met in Castel on May 3, after two people were killed.\nRead also: another story\n"


def fill(path: Path) -> None:
    """Make a record of two reports, three events and a link."""
    extra = (Boilerplate(start=TEXT.index("Read"), end=len(TEXT), why="a link to another story"),)
    first = make_report(TEXT, title="Talks in Castel", boilerplate=extra)
    second = make_report(
        "Envoys met in Castel on May 3.", source="news/two.txt", published=None, outlet="Wire"
    )
    met, shot, again = meeting(first), killing(first), meeting(second)
    differ = Disagreement(
        field="place",
        values=(
            DisputedValue(value="Castel", mentions=(0,)),
            DisputedValue(value="Port Élan", mentions=(1,)),
        ),
    )
    one = event_of(met, again, id="e_abc1", disagreements=(differ,), summary="Talks in Castel")
    two = event_of(shot, id="e_abd2", summary="Two killed at Port Élan")
    with Record.open(str(path), create=True) as record:
        record.add_report(first, [met, shot])
        record.add_report(second, [again])
        record.replace_events([one, two], [link_of("responds_to", two, one, shot)])
