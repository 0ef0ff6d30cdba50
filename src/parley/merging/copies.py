"""Copies: which reports were made from one another, kept up as reports come, change and go.

In: a memory of the reports that stand, and those that are new, changed or gone.  Out:
`Copies`: the groups that this changes.  Two reports are of one group when they are copies
(`sketches.py`) or when others between them are, so the groups follow from the reports alone.
Reports with the same words are one node, compared once; and a node is not compared with those
that are of its group already, so that ten thousand copies cost little more than one.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import compress

from msgspec import Struct
from msgspec.structs import replace

from parley.merging.memory import CopyNode, Memory, Printed
from parley.merging.sketches import Sketch, copies_among, sketch_of
from parley.merging.spreading import Spread, unspread
from parley.model import Report

_AT_HAND = 1_000  # nodes that are compared together, some 3 kB each
_FEW = 200  # reports whose sketches are made faster than divided


class Copies(Struct, frozen=True):
    """What a merge changes of which reports are copies.

    `printed` are the reports that are new or stand otherwise, `left` those that are no
    more; `renamed` is group -> the group that all its nodes are of now; `nodes` are new, or of
    another group than the rest of theirs; `gone` are no more, and `lost` their keys.  `of` is
    report -> the first of its group, None for the first itself and for one that has no
    copies: for each of which that is new or another than before.
    """

    printed: tuple[Printed, ...] = ()
    left: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = {}
    nodes: Mapping[str, CopyNode] = {}
    new: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    lost: tuple[tuple[str, int], ...] = ()
    of: Mapping[str, str | None] = {}


class Copied(Mapping[str, Report]):
    """Reports by id, those that are of another group now with the first of that group."""

    def __init__(self, reports: Mapping[str, Report], of: Mapping[str, str | None]) -> None:
        """Stand over `reports`; `of` is that of `Copies`."""
        self._reports = reports
        self._of = of

    def __getitem__(self, id_: str) -> Report:
        report = self._reports[id_]
        return replace(report, copy_of=self._of[id_]) if id_ in self._of else report

    def __iter__(self) -> Iterator[str]:
        return iter(self._reports)

    def __len__(self) -> int:
        return len(self._reports)


def count_sources(reports: Collection[str], known: Mapping[str, Report]) -> int:
    """Return how many independent sources some reports (ids) are.

    Copies of one text are one source, and so are all reports of one outlet but those that it
    copied; of a report that is not `known`, or has no outlet, only that is known of it.
    """
    of: dict[str, str] = {}
    find = _finder(of)
    for id_ in reports:
        report = known.get(id_)
        own = f"r {id_}"
        find(own)
        if report is not None and report.copy_of is not None:
            _unite(of, find(own), find(f"r {report.copy_of}"))
        elif report is not None and report.outlet and report.outlet.strip():
            _unite(of, find(own), find(f"o {' '.join(report.outlet.casefold().split())}"))
    return len({find(f"r {id_}") for id_ in reports})


def find_copies(memory: Memory, reports: Collection[str], *, spread: Spread = unspread) -> Copies:
    """Return what `reports` (ids: new, changed or gone) change of which reports are copies."""
    before = memory.printed_in(reports)
    memory.bring(reports)
    there = [report for id_ in reports if (report := memory.reports.get(id_)) is not None]
    sketches = spread(_sketch, there, few=_FEW)
    now = {
        report.id: (sketch, print_order(report))
        for report, sketch in zip(there, sketches, strict=True)
        if sketch is not None
    }
    return _Grouping(memory, before, now).run()


def _sketch(reports: Sequence[Report]) -> list[Sketch | None]:
    return [sketch_of(report) for report in reports]


class _Grouping:
    """One round of putting reports to their nodes, and nodes to their groups."""

    def __init__(
        self,
        memory: Memory,
        before: Mapping[str, Printed],
        now: Mapping[str, tuple[Sketch, str]],
    ) -> None:
        self.memory = memory
        self.before = before
        self.sketches = {sketch.id: sketch for sketch, _ in now.values()}
        self.at = {id_: (sketch.id, order) for id_, (sketch, order) in now.items()}

        self.nodes: dict[str, CopyNode] = {}  # those at hand, as they stood
        self.fresh: dict[str, Sketch] = {}  # to be put to a group
        self.gone: set[str] = set()
        self._of: dict[str, str] = {}
        self._find = _finder(self._of)

    def run(self) -> Copies:
        """Return what changes."""
        lost = {
            row.node
            for id_, row in self.before.items()
            if id_ not in self.at or self.at[id_][0] != row.node
        }
        stood = self.memory.copy_nodes({*self.sketches, *(r.node for r in self.before.values())})
        held = {row.node for row in self.memory.printed_of(lost) if row.report not in self.before}
        self.gone = (lost & stood.keys()) - held - self.sketches.keys()
        new = frozenset(self.sketches.keys() - stood.keys())
        # What hung together by a node that is gone may do so no more.
        broken = self.memory.copy_nodes_of({stood[id_].group for id_ in self.gone})
        self.nodes = stood | broken
        self.fresh = {id_: self.sketches[id_] for id_ in new}
        self.fresh.update((id_, n.sketch) for id_, n in broken.items() if id_ not in self.gone)
        self._link({node.group for node in broken.values()})
        still = {row.node for row in self.before.values()} - self.gone
        touched = {self._group(id_) for id_ in {*self.sketches, *self.fresh, *still}}
        changed = {self._group(id_) for id_ in still | (broken.keys() - self.gone)}
        moved, group_of = self._regroup(touched & changed)
        rows = {row.report: row for row in self.memory.printed_of(group_of)} | dict(self.before)
        joined, label_of = self._grow(touched - changed)
        printed = (*self._printed(group_of, rows), *joined)
        group_of |= {id_: label_of[self._group(id_)] for id_ in new if self._group(id_) in label_of}
        return Copies(
            printed=printed,
            left=frozenset(self.before.keys() - self.at.keys()),
            renamed=self._renamed(label_of),
            nodes={**moved, **{id_: CopyNode(self.fresh[id_], group_of[id_]) for id_ in new}},
            new=new,
            gone=frozenset(self.gone),
            lost=tuple(
                (id_, key) for id_ in sorted(self.gone) for key in self.nodes[id_].sketch.bands()
            ),
            of={
                row.report: row.copy_of
                for row in printed
                if row.report not in rows or rows[row.report].copy_of != row.copy_of
            },
        )

    def _group(self, id_: str) -> str:
        """Return the label that stands for the group of a node now.

        A group goes by the label it had, a fresh node by its own id.
        """
        return self._find(id_ if id_ in self.fresh else self.nodes[id_].group)

    def _link(self, broken: Collection[str]) -> None:
        """Put fresh nodes to the groups of their copies; no group of `broken` is one any more.

        Of each group that has a key one node is asked first, which mostly is a copy: of a
        story that thousands copy few are looked at.
        """
        keys = {id_: sketch.bands() for id_, sketch in self.fresh.items()}
        having = self.memory.copy_groups({key for own in keys.values() for key in own})
        asked = {
            key: {g: n for g, n in of.items() if g not in broken} for key, of in having.items()
        }
        self._meet(keys, {key: of.values() for key, of in asked.items()})
        unsure = {
            key
            for id_, own in keys.items()
            for key in own
            if any(self._find(group) != self._find(id_) for group in asked.get(key, ()))
        }
        self._meet(keys, self.memory.copy_holders(unsure))
        self._compare(keys)

    def _meet(
        self, keys: Mapping[str, Sequence[int]], holders: Mapping[int, Collection[str]]
    ) -> None:
        """Put fresh nodes to the groups of the `holders` of their keys that are their copies.

        Some of these are at hand at a time: where wordings are common they are a good part of
        all that there are.
        """
        import numpy as np  # noqa: PLC0415 - slow to load, and only new reports need it

        near: dict[str, list[str]] = {}
        for id_ in sorted(self.fresh):
            for node in {node for key in keys[id_] for node in holders.get(key, ())}:
                if node not in self.fresh and node not in self.gone:
                    near.setdefault(node, []).append(id_)
        wanted = sorted(near)
        for at in range(0, len(wanted), _AT_HAND):
            some = wanted[at : at + _AT_HAND]
            nodes = self.memory.copy_nodes(some)
            least = np.array([nodes[id_].sketch.least for id_ in some])
            runs = np.array([nodes[id_].sketch.runs for id_ in some])
            rows: dict[str, list[int]] = {}
            for row, node in enumerate(some):
                for id_ in near[node]:
                    rows.setdefault(id_, []).append(row)
            for id_, own in rows.items():
                strange = [
                    row for row in own if self._find(nodes[some[row]].group) != self._find(id_)
                ]
                alike = copies_among(self.fresh[id_], least[strange], runs[strange])
                for row in compress(strange, alike):
                    self.nodes[some[row]] = nodes[some[row]]
                    _unite(self._of, self._find(nodes[some[row]].group), self._find(id_))

    def _compare(self, keys: Mapping[str, Sequence[int]]) -> None:
        """Compare fresh nodes with one another."""
        shelf = _Shelf({id_: (self.fresh[id_], self._find(id_)) for id_ in sorted(self.fresh)})
        for id_ in sorted(self.fresh):
            for key in keys[id_]:
                for label in shelf.alike(id_, self.fresh[id_], key):
                    _unite(self._of, self._find(label), self._find(id_))
                    shelf.relabel(label, id_)
                shelf.hang(key, id_)

    def _grow(self, touched: Collection[str]) -> tuple[list[Printed], dict[str, str]]:
        """Let groups of which nothing is gone take in what came, and one another.

        A group goes by the least of its nodes, and knows its first report, so that of
        thousands of nodes none is looked at.  Returned are the reports that are new or are
        copies of another now, and what each group of `touched` goes by.
        """
        came: dict[str, set[str]] = {group: set() for group in touched}
        for id_ in {*self.sketches, *self.fresh}:
            if (group := self._group(id_)) in came:
                came[group].add(id_)
        labels = self._labels(touched)
        firsts = self.memory.first_printed({label for own in labels.values() for label in own})
        stood = {group: [firsts[label] for label in labels[group]] for group in touched}
        rows = {group: list(own) for group, own in stood.items()}
        for id_, (node, order) in self.at.items():
            if (group := self._group(node)) in rows:
                rows[group].append(Printed(id_, node, order, None))
        first = {group: min(own, key=lambda row: row.order) for group, own in rows.items()}
        passed = {
            row.report: group
            for group, own in stood.items()
            for row in own
            if row.report != first[group].report
        }
        for row in self.memory.printed_after(passed):
            rows[passed[row.copy_of or row.report]].append(row)
        printed = []
        for group, own in rows.items():
            for row in own:
                copy_of = first[group].report if row.report != first[group].report else None
                if row.report in self.at or row.copy_of != copy_of:
                    printed.append(replace(row, copy_of=copy_of))
        return printed, {group: min(came[group] | labels[group]) for group in touched}

    def _labels(self, groups: Collection[str]) -> dict[str, set[str]]:
        """Return what the nodes of each group went by before."""
        labels: dict[str, set[str]] = {group: set() for group in groups}
        for node in self.nodes.values():
            if (group := self._find(node.group)) in labels:
                labels[group].add(node.group)
        return labels

    def _renamed(self, label_of: Mapping[str, str]) -> dict[str, str]:
        """Return what groups went by before -> what they go by now, where that differs."""
        return {
            label: label_of[group]
            for group, labels in self._labels(label_of).items()
            for label in labels
            if label != label_of[group]
        }

    def _regroup(self, touched: Collection[str]) -> tuple[dict[str, CopyNode], dict[str, str]]:
        """Return the nodes that are of another group than before, and the group of all touched."""
        labels = self._labels(touched).values()
        self.nodes.update(self.memory.copy_nodes_of({label for own in labels for label in own}))
        inside: dict[str, list[str]] = {}
        for id_ in {*self.nodes, *self.fresh} - self.gone:
            if (group := self._group(id_)) in touched:
                inside.setdefault(group, []).append(id_)
        group_of: dict[str, str] = {}
        for ids in inside.values():
            group_of.update(dict.fromkeys(ids, min(ids)))
        moved = {
            id_: CopyNode(self.nodes[id_].sketch, group)
            for id_, group in group_of.items()
            if id_ in self.nodes and self.nodes[id_].group != group
        }
        return moved, group_of

    def _printed(self, group_of: Mapping[str, str], stood: Mapping[str, Printed]) -> list[Printed]:
        """Return the reports of groups that stand otherwise than before."""
        rows = {id_: row for id_, row in stood.items() if id_ not in self.before}
        for id_, (node, order) in self.at.items():
            if node in group_of:
                rows[id_] = Printed(id_, node, order, None)
        firsts: dict[str, str] = {}
        for row in sorted(rows.values(), key=lambda row: row.order):
            firsts.setdefault(group_of[row.node], row.report)
        found = []
        for id_ in sorted(rows):
            first = firsts[group_of[rows[id_].node]]
            row = replace(rows[id_], copy_of=first if first != id_ else None)
            if row != stood.get(id_):
                found.append(row)
        return found


class _Shelf:
    """Sketches, which nodes have which key, and what group each is of, as arrays."""

    def __init__(self, nodes: Mapping[str, tuple[Sketch, str]]) -> None:
        """Take node -> its sketch and the label of its group."""
        import numpy as np  # noqa: PLC0415 - slow to load

        self._at = {id_: at for at, id_ in enumerate(nodes)}
        self._names = list(dict.fromkeys(label for _, label in nodes.values()))
        self._numbers = {label: number for number, label in enumerate(self._names)}
        sketches = [sketch for sketch, _ in nodes.values()]
        self._least = np.array([sketch.least for sketch in sketches], dtype=np.int64)
        self._runs = np.array([sketch.runs for sketch in sketches], dtype=np.int64)
        self._labels = np.array([self._numbers[label] for _, label in nodes.values()])
        self._holders: dict[int, array[int]] = {}

    def hang(self, key: int, id_: str) -> None:
        """Note that a node has a key."""
        self._holders.setdefault(key, array("q")).append(self._at[id_])

    def alike(self, id_: str, sketch: Sketch, key: int) -> list[str]:
        """Return the labels of the other groups of which a copy of `id_` has a key."""
        import numpy as np  # noqa: PLC0415 - slow to load

        if key not in self._holders:
            return []
        holders = np.array(self._holders[key], dtype=np.int64)
        others = holders[self._labels[holders] != self._labels[self._at[id_]]]
        if not len(others):
            return []
        found = others[copies_among(sketch, self._least[others], self._runs[others])]
        return [self._names[number] for number in np.unique(self._labels[found])]

    def relabel(self, old: str, id_: str) -> None:
        """Put what is of one group to the group of a node."""
        self._labels[self._labels == self._numbers[old]] = self._labels[self._at[id_]]


def _finder(of: dict[str, str]) -> Callable[[str], str]:
    """Return what finds the one that stands for all that `of` puts together."""

    def find(label: str) -> str:
        root = label
        while root in of:
            root = of[root]
        while label != root:
            of[label], label = root, of[label]
        return root

    return find


def _unite(of: dict[str, str], one: str, two: str) -> None:
    """Put two that stand for others together."""
    if one != two:
        of[one] = two


def print_order(report: Report) -> str:
    """Return what sorts reports by when they were printed, those without a date last."""
    printed = report.published.start if report.published is not None else date.max
    return f"{printed.isoformat()} {report.id}"
