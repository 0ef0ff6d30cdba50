"""Records whose truth is known: which pairs of tellings are one happening, and how they group.

In: a record that a set of `sets.py`, a conflict of the corpus (`chronicles.py`), or a load of
`benchmarks/told.py` was ingested into.  Out: `Marked`: its pairs, those of known truth with it,
and the figure that its events get.  Of a set the answers tell which tellings are one (a telling
of two answers tells nothing), of a conflict its labels.  Of
a load the incidents of the reports do: two reports' assaults at the head are one where they
are of one incident, and whatever their heads tell is two where they are not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from benchmarks.stories import cluster_reports, figures, read_truth
from evals.answers import Gold, read_gold
from evals.chronicles import happenings_of, read_chronicles
from evals.clustering import bcubed, measure_clustering
from evals.outcome import LONGEST_MENTION, Outcome
from evals.sets import SETS
from parley.merging import Weights, merge, rules_by
from parley.merging.blocking import keys_of, kind_of
from parley.merging.describing import traits_of
from parley.merging.frequencies import Frequencies
from parley.merging.memory import Fresh
from parley.merging.pairing import Pair, Pairing
from parley.merging.traits import Traits
from parley.model import Constraints, Event, Mention, Report, ReportLine
from parley.record import Record

_ALL = 10_000_000  # pairs: more than any of these records has


@dataclass(frozen=True)
class Marked:
    """A record of known truth: its pairs, and the figure (B-cubed F1) that events get."""

    name: str
    reports: dict[str, Report]
    mentions: Sequence[Mention]
    pairs: Sequence[Pair]
    figure: Callable[[Sequence[Event]], float]
    truth: Mapping[str, str] = field(default_factory=dict)  # mention -> what it tells, if known

    def grouped(self, weights: Weights) -> float:
        """Return the figure of the events that merging makes by some weights."""
        return self.figure(
            merge(self.mentions, reports=self.reports, rules=rules_by(weights)).events
        )


class _Compared(Fresh):
    """A memory of mentions as this version reads them, whatever merged the record."""

    def __init__(self, mentions: Sequence[Mention], reports: Mapping[str, Report]) -> None:
        super().__init__(mentions, reports, {})
        found = traits_of(mentions, Frequencies(mentions), reports=reports)
        self.traits: dict[str, Traits] = {traits.id: traits for traits in found}
        self._holders: dict[int, list[str]] = {}
        for traits in found:
            for key in keys_of(traits):
                self._holders.setdefault(key, []).append(traits.id)

    def nodes(self, ids: Collection[str]) -> dict[str, Traits]:
        """Return mention -> its traits: none is taken for the copy of another."""
        return {id_: self.traits[id_] for id_ in ids}

    def crowds(self, keys: Collection[int]) -> dict[int, int]:
        """Return key -> how many have it, of those that more than their limit have."""
        found = {key: len(self._holders[key]) for key in keys if key in self._holders}
        return {key: count for key, count in found.items() if count > kind_of(key).limit}

    def holders(self, keys: Collection[int]) -> dict[int, list[str]]:
        """Return key -> the mentions that have it."""
        return {key: self._holders[key] for key in keys if key in self._holders}


def read_marked(name: str, folder: Path) -> Marked:
    """Return the record `NAME.db` of a folder, with what is known of it."""
    with Record.open(str(folder / f"{name}.db"), read_only=True) as record:
        lines = list(record.report_lines())
        reports = {report.id: report for report in record.reports()}
        mentions = list(record.mentions())
    compared = _Compared(mentions, reports)
    nodes = compared.traits
    pairs = Pairing(rules_by(None)).draw(compared, nodes, Constraints(), most=_ALL, seed=1)
    if name in SETS:
        gold = read_gold(SETS[name].gold, reports=SETS[name].reports)
        named = {Path(line.source).name: line for line in lines}
        answers = _answers(mentions, gold, {line.id: key for key, line in named.items()})
        return Marked(
            name,
            reports,
            mentions,
            _by_truth(pairs, answers),
            lambda events: measure_clustering(gold, Outcome(named, events)).f1,
            answers,
        )
    ids = {line.id: _own(line) for line in lines}
    if (chronicle := read_chronicles().get(name)) is not None:
        told = happenings_of(chronicle.reports, mentions, ids)
        grouped = partial(_grouped, told)
        return Marked(name, reports, mentions, _by_truth(pairs, told), grouped, told)
    truth, tells = read_truth(folder / name / "truth.tsv")

    def figure(events: Sequence[Event]) -> float:
        found, _ = cluster_reports(
            ids.values(),
            ([ids[m.report] for m in event.mentions] for event in events),
            truth,
            tells,
        )
        return figures(found, truth)[0][3]

    incidents = {id_: truth[own] for id_, own in ids.items()}
    others = {id_: tells[own] for id_, own in ids.items()}
    return Marked(name, reports, mentions, _by_reports(pairs, nodes, incidents, others), figure)


def _grouped(happenings: Mapping[str, str], events: Iterable[Event]) -> float:
    """Return B-cubed F1 of the mentions that tell known happenings."""
    order = {id_: at for at, id_ in enumerate(happenings)}
    got = {order[m.id]: e.id for e in events for m in e.mentions if m.id in order}
    gold = {order[id_]: happening for id_, happening in happenings.items() if order[id_] in got}
    precision, recall = bcubed(gold, got)
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def _own(line: ReportLine) -> str:
    return line.source.rpartition("#")[2]


def _answers(mentions: Iterable[Mention], gold: Gold, files: Mapping[str, str]) -> dict[str, str]:
    """Return mention -> the one gold answer that it tells."""
    answers: dict[str, set[str]] = {}
    told = list(mentions)
    for answer in gold.events:
        for name, start, end in dict.fromkeys(gold.told_at(answer)):
            for mention in told:
                if (
                    files[mention.report] == name
                    and mention.end - mention.start <= LONGEST_MENTION
                    and mention.start < end
                    and start < mention.end
                    and mention.type in answer.types
                ):
                    answers.setdefault(mention.id, set()).add(answer.id)
    return {id_: min(found) for id_, found in answers.items() if len(found) == 1}


def _by_truth(pairs: Iterable[Pair], truth: Mapping[str, str]) -> list[Pair]:
    """Return the pairs, with their truth those of which it is known what both tell."""
    said: dict[tuple[str, str], int] = {}

    def marked(pair: Pair) -> Pair:
        if pair.one not in truth or pair.two not in truth:
            return pair
        one, two = sorted((truth[pair.one], truth[pair.two]))
        return replace(pair, truth=one == two, said=said.setdefault((one, two), len(said)))

    return [marked(pair) for pair in pairs]


def _by_reports(
    pairs: Iterable[Pair],
    told: dict[str, Traits],
    incidents: dict[str, str],
    tells: dict[str, set[str]],
) -> list[Pair]:
    """Return the pairs, those of which the incidents of two reports tell with their truth."""
    said: dict[tuple[str, str], int] = {}

    def marked(pair: Pair) -> Pair:
        one, two = told[pair.one], told[pair.two]
        if one.report == two.report:
            return pair
        same = incidents[one.report] == incidents[two.report]
        if same:
            known = one.head and two.head and one.type == two.type == "ASSAULT"
        else:
            apart = not tells[one.report] & tells[two.report]
            known = apart and one.main and two.main and (one.head or two.head)
        if not known:
            return pair
        first, second = sorted((incidents[one.report], incidents[two.report]))
        number = said.setdefault((first, second), len(said))
        return replace(pair, truth=same, said=number)

    return [marked(pair) for pair in pairs]
