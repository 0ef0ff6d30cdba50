"""Stories told over days, whose tolls move: one figure in the end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley.engine import ingest
from parley.merging.estimating import estimate_acled, estimate_ucdp
from parley.record import Record

STORIES = {
    "a bomb whose wounded die": (
        14,
        [
            ("2019-04-13", "At least nine people were killed and 30 wounded when a bomb exploded "
             "at a vegetable market in Quetta on Friday, police said."),
            ("2019-04-13", "A bomb ripped through a market in the Pakistani city of Quetta on "
             "Friday, killing 12 people, officials said. Earlier reports had put the toll at "
             "nine."),
            ("2019-04-15", "The death toll from Friday's bombing at a market in Quetta has risen "
             "to 14 after two of the wounded died in hospital, a doctor said on Sunday."),
            ("2019-04-20", "Police arrested three suspects on Friday in last week's bombing of a "
             "market in Quetta, in which 14 people were killed."),
        ],
    ),
    "an ambush with the dead of both sides": (
        11,
        [
            ("2020-06-02", "Five Malian soldiers were killed and eight wounded on Monday when "
             "jihadists ambushed an army convoy near Kidal, the army said. Four attackers were "
             "also killed."),
            ("2020-06-03", "Seven soldiers died in Monday's ambush near Kidal, the army said in a "
             "new statement, raising its earlier toll of five. It said four jihadists were "
             "killed."),
            ("2020-06-05", "Mali buried seven soldiers on Thursday who were killed in an ambush "
             "near Kidal on Monday."),
        ],
    ),
    "a shooting whose eighth victim dies days later": (
        8,
        [
            ("2017-10-06", "Six farmers were killed on Thursday when police opened fire on a "
             "protest of coca growers in Tumaco, residents said."),
            ("2017-10-07", "The number of people killed in Thursday's shooting in Tumaco rose to "
             "seven, the ombudsman said."),
            ("2017-10-09", "An eighth farmer died on Sunday of wounds he had suffered in the "
             "shooting in Tumaco last Thursday, bringing the death toll to eight, according to "
             "the hospital."),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_a_toll_that_moves_is_one_figure(story: str, tmp_path: Path) -> None:
    """The last toll of the incident, its earlier ones no rivals, is what both projects choose."""
    dead, reports = STORIES[story]
    file = tmp_path / "reports.jsonl"
    rows = [
        {"id": str(at), "date": printed, "text": text, "outlet": f"Paper {at}"}
        for at, (printed, text) in enumerate(reports)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    refused: list[Exception] = []
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        ingest(record, [str(file)], refuse=refused.append)
        told = [
            (estimate.best, estimate_acled(event))
            for event in record.events()
            if event.type == "ASSAULT" and (estimate := estimate_ucdp(event)) is not None
        ]
    assert not refused
    assert told == [(dead, dead)]
