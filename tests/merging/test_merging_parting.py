"""What keeps two events apart is named: a person, the evidence, a pair that can never be one ..."""

from __future__ import annotations

import json

import pytest
from tellings import ARDEN, CORVIA, DELTIA, HOLLOW, Page, day, exactly, party, window

from parley.cli.app import main
from parley.merging import Judge, join
from parley.model import Constraints, LinkCue
from parley.record import Record


def _fight(page, words, **told):
    told.setdefault("when", day("2023-05-20"))
    told.setdefault("who", [party(ARDEN), party(CORVIA, "recipient")])
    return page.tell("ASSAULT", words, trigger=words.split()[0], **told)


def _pages():
    """Return a raid and what answered it, in one report, and the raid in another."""
    first, second = Page("first", "2023-05-21"), Page("second", "2023-05-21")
    raid = _fight(first, "Raided the granary near Low Hollow", where=[HOLLOW])
    answer = _fight(
        first,
        "Shelling hit the granary after it",
        counts=[exactly("killed", 14)],
        salient=["granary", "shelling", "hauliers", "viaduct"],
        links=[LinkCue(relation="responds_to", mention=raid.id)],
    )
    told = _fight(
        second,
        "Shelling killed fourteen hauliers at the viaduct by the granary",
        counts=[exactly("killed", 14)],
        salient=["granary", "shelling", "hauliers", "viaduct"],
        where=[HOLLOW],
    )
    return [first, second], raid, answer, told


def _judge(*pages):
    mentions = [mention for page in pages for mention in page.mentions]
    return Judge(mentions, reports={page.id: page.report() for page in pages})


def test_a_pair_that_can_never_be_one_is_shown():
    """Where a tie or a day forbids one pair of two events, that pair follows the likest."""
    pages, raid, answer, told = _pages()
    parting = _judge(*pages).part([raid.id], [answer.id, told.id])
    nearest, against = parting.reasons
    assert parting.decided == "forbidden"
    assert nearest.score > 0
    assert (against.mention, against.other) == (raid.id, answer.id)
    assert [weight.name for weight in against.weights if weight.veto] == ["cue"]


def test_the_evidence_is_enough_where_no_pair_is_likelier_one():
    """Of two events that have little in common the likest pair is all there is to show."""
    pages, raid, *_ = _pages()
    other = Page("other", "2023-09-21")
    far = _fight(
        other, "Bombed", when=day("2023-09-20"), who=[party(DELTIA), party(ARDEN, "recipient")]
    )
    parting = _judge(*pages, other).part([raid.id], [far.id])
    assert parting.decided == "evidence"
    assert [reason.score <= 0 for reason in parting.reasons] == [True]


def test_the_mean_is_told_where_it_decides():
    """Two events that a likely pair does not join are told with their mean and what is heard."""
    pages, raid, _, told = _pages()
    vague, vaguer = Page("vague", "2023-06-21"), Page("vaguer", "2023-06-21")
    month = _fight(
        vague,
        "Raids in May",
        when=window("2023-05-01", "2023-05-31", "month"),
        who=[party(ARDEN)],
        counts=[exactly("killed", 60)],
    )
    again = _fight(
        vaguer, "Bombings", when=window("2023-04-01", "2023-05-31", "season"), who=[party(DELTIA)]
    )
    parting = _judge(*pages, vague, vaguer).part([told.id], [raid.id, month.id, again.id])
    assert parting.decided == "average"
    assert parting.reasons[0].score > 0 >= parting.average
    assert (parting.pairs, parting.speaking) == (3, "dated")


def test_one_pair_too_unlike_is_shown():
    """Where one pair is below what any pair of an event may be, it follows the likest."""
    pages, raid, _, told = _pages()
    slip = Page("slip", "2023-05-24")
    other = _fight(
        slip,
        "Burnt",
        when=day("2023-05-22"),
        who=[party(DELTIA), party(ARDEN, "recipient")],
        counts=[exactly("killed", 90)],
    )
    parting = _judge(*pages, slip).part([told.id], [raid.id, other.id])
    assert parting.decided == "unlike"
    assert parting.reasons[1].other == other.id
    assert parting.reasons[1].score < -8


def test_a_persons_word_goes_before_all():
    """What a person set apart is told to be, in whatever order the two events are named."""
    pages, raid, answer, told = _pages()
    said = Constraints(apart=(((told.id,), (raid.id,)),))
    judge = _judge(*pages)
    assert judge.part([raid.id], [told.id], said=said).decided == "said"
    assert judge.part([told.id, answer.id], [raid.id], said=said).decided == "said"
    assert judge.part([raid.id], [answer.id], said=said).decided != "said"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Return the path of a record of the raid and what answered it."""
    path = tmp_path_factory.mktemp("parting") / "parley.db"
    with Record.open(str(path), create=True) as opened:
        for page in _pages()[0]:
            opened.add_report(page.report(), page.mentions)
        with opened.memory() as (memory, standing):
            joined = join(memory, opened.stirred)
        opened.join_events(joined, standing)
    return path


def test_the_command_names_what_decided(path, capsys):
    """`parley why A B` says in words, and with `--json` in a key, what keeps two events apart."""
    with Record.open(str(path), read_only=True) as opened:
        one, two = [event.id for event in opened.events()]
    assert main(["why", one, two, "--record", str(path)]) == 0
    told = capsys.readouterr().out
    assert "can never be one: the second pair below" in told
    assert "never  cue:" in told
    assert main(["why", one, two, "--record", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["decided"] == "forbidden"
    assert len(found["reasons"]) == 2


def test_the_command_names_a_persons_split(path, tmp_path, capsys):
    """After a split the two are apart by that person's word, whatever the evidence says."""
    copy = tmp_path / "split.db"
    copy.write_bytes(path.read_bytes())
    with Record.open(str(copy), read_only=True) as opened:
        event = max(opened.events(), key=lambda event: len(event.mentions))
    assert main(["split", event.id, event.mentions[0].id, "--record", str(copy)]) == 0
    capsys.readouterr()
    with Record.open(str(copy), read_only=True) as opened:
        of = opened.told_by([mention.id for mention in event.mentions])
    apart = sorted({of[mention.id] for mention in event.mentions})
    assert len(apart) == 2
    assert main(["why", *apart, "--record", str(copy)]) == 0
    assert "a person who said that they are two" in capsys.readouterr().out
