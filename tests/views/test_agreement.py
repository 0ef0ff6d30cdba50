"""How far two analysts agree, and what is left to talk over."""

from __future__ import annotations

import random

import pytest

from builders import event_of, killing, make_report, meeting
from parley.engine import delete_event, edit_event, split_event
from parley.errors import ParleyError
from parley.record import Record
from parley.views.agreement import alpha, compare_records


@pytest.fixture
def pair(tmp_path):
    """Yield two records of the same reports and events."""
    records = [Record.open(str(tmp_path / f"{name}.db"), create=True) for name in ("ana", "ben")]
    for record in records:
        events = []
        for number in range(6):
            report = make_report(
                f"Day {number}. They met in Castel on May 3.\nTwo people were killed there."
            )
            met = meeting(report, "met in Castel on May 3")
            shot = killing(report, "Two people were killed")
            record.add_report(report, [met, shot])
            events += [event_of(met), event_of(shot)]
        record.replace_events(events, [])
    yield records
    for record in records:
        record.close()


def test_the_same_twice_is_full_agreement(pair):
    """Where both say the same of all, alpha is 1 and nothing is left to adjudicate."""
    found = compare_records(*pair)
    assert (found.both, found.only_one, found.only_other, found.differences) == (12, 0, 0, ())
    alphas = {field.field: field.alpha for field in found.fields}
    assert (alphas["type"], alphas["status"], alphas["when"]) == (1.0, 1.0, 1.0)
    assert alphas["found"] is None, "it is not defined where all values are alike"


def test_what_differs_is_told(pair):
    """Each field on which the two differ is in the list, with both values; so is each event."""
    ana, ben = pair
    ids = [event.id for event in ana.events(type="CONSULT")]
    edit_event(ben, ids[0], {"status": "denied"}, by="Ben")
    delete_event(ben, ids[1], by="Ben")
    found = compare_records(ana, ben)
    assert (found.both, found.only_one, found.only_other) == (11, 1, 0)
    differences = {(d.event, d.field): (d.one, d.other) for d in found.differences}
    assert differences == {
        (ids[0], "status"): ("happened", "denied"),
        (ids[1], "found"): ("yes", None),
    }
    fields = {field.field: field for field in found.fields}
    assert fields["status"].alpha is not None
    assert 0.5 < fields["status"].alpha < 1
    assert (fields["status"].same, fields["status"].compared) == (10, 11)
    assert fields["type"].alpha == 1.0


def test_alpha_is_that_of_the_literature():
    """Krippendorff's own example of two observers and nominal data gives 0.692.

    K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section B.
    """
    one = "a a b b d c c c e d d a".split()
    other = "b a b b b c c c e d d d".split()
    assert alpha(list(zip(one, other, strict=True)), "nominal") == pytest.approx(0.692, abs=0.001)


def test_chance_gives_about_nothing():
    """Two who throw dice agree as far as chance goes, and their order makes no difference."""
    chance = random.Random(7)
    values = [(chance.randrange(4), chance.randrange(4)) for _ in range(2000)]
    assert abs(alpha(values, "nominal")) < 0.05
    assert alpha([(b, a) for a, b in values], "nominal") == alpha(values, "nominal")
    assert alpha([(1, 1), (1, 1)], "nominal") is None
    assert alpha([(1, None), (None, 2)], "ratio") is None


def test_a_split_is_a_difference(pair):
    """Where one analyst makes two of an event, one of the two is only in his or her record."""
    ana, ben = pair
    events = list(ana.events(type="CONSULT"))
    for record in pair:
        from parley.engine import merge_events  # noqa: PLC0415

        merge_events(record, [events[0].id, events[1].id], by="both")
    split_event(ben, events[0].id, ["1"], by="both")
    found = compare_records(ana, ben)
    assert (found.only_one, found.only_other) == (0, 1)


def test_records_of_other_reports(pair, tmp_path):
    """Nothing can be said of two records without a report in common."""
    with Record.open(str(tmp_path / "other.db"), create=True) as other:
        other.add_report(make_report("Something else."), [])
        with pytest.raises(ParleyError, match="no report in common"):
            compare_records(pair[0], other)
