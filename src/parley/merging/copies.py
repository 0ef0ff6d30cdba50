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

from msgspec import Struct
from msgspec.structs import replace

from parley.merging.memory import CopyNode, Memory, Printed
from parley.merging.sketches import Sketch, are_copies, copies_among, sketch_of
from parley.merging.spreading import Spread, unspread
from parley.model import Report

_FEW = 200  # reports whose sketches are made faster than divided


class Copies(Struct, frozen=True):
    """What a merge changes of which reports are copies.

    `printed` are the reports that are new or stand otherwise, `left` those that are no
    more; `nodes` are new, or of another group than before; `gone` are no more,
    and `lost` their keys.  `of` is
    report -> the first of its group, None for the first itself and for one that has no
    copies: for each of which that is new or another than before.
    """

    printed: tuple[Printed, ...] = ()
    left: frozenset[str] = frozenset()
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
        joined, grown = self._grow(touched - changed)
        kept, group_of = self._regroup(touched - {self._find(label) for label in grown.values()})
        rows = {row.report: row for row in self.memory.printed_of(group_of)} | dict(self.before)
        printed = (*self._printed(group_of, rows), *joined)
        group_of |= grown
        return Copies(
            printed=printed,
            left=frozenset(self.before.keys() - self.at.keys()),
            nodes={**kept, **{id_: CopyNode(self.fresh[id_], group_of[id_]) for id_ in new}},
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
        self._bring({node for of in asked.values() for node in of.values()})
        for id_ in sorted(self.fresh):
            for key in keys[id_]:
                for group, node in asked.get(key, {}).items():
                    apart = self._find(group) != self._find(id_)
                    if apart and are_copies(self.fresh[id_], self.nodes[node].sketch):
                        _unite(self._of, self._find(group), self._find(id_))
        unsure = {
            key
            for id_, own in keys.items()
            for key in own
            if any(self._find(group) != self._find(id_) for group in asked.get(key, ()))
        }
        self._compare(keys, self.memory.copy_holders(unsure))

    def _bring(self, ids: Collection[str]) -> None:
        """Have some nodes at hand."""
        self.nodes.update(self.memory.copy_nodes(ids - self.nodes.keys()))

    def _compare(
        self, keys: Mapping[str, Sequence[int]], holders: Mapping[int, Sequence[str]]
    ) -> None:
        """Compare fresh nodes with one another and with those `holders` that share a key."""
        fresh, find = self.fresh, self._find
        stood = {id_ for ids in holders.values() for id_ in ids} - fresh.keys() - self.gone
        self._bring(stood)
        shelf = _Shelf(
            {id_: (self.nodes[id_].sketch, self._group(id_)) for id_ in sorted(stood)}
            | {id_: (fresh[id_], find(id_)) for id_ in sorted(fresh)}
        )
        for key, ids in holders.items():
            for id_ in stood.intersection(ids):
                shelf.hang(key, id_)
        for id_ in sorted(fresh):
            for key in keys[id_]:
                for label in shelf.alike(id_, fresh[id_], key):
                    _unite(self._of, find(label), find(id_))
                    shelf.relabel(label, id_)
                shelf.hang(key, id_)

    def _grow(self, touched: Collection[str]) -> tuple[list[Printed], dict[str, str]]:
        """Return the reports that come to groups which else stay as they are, and node -> group.

        Such a group keeps its label and its first report, so nobody looks at the rest of it.
        """
        came: dict[str, set[str]] = {}
        for id_ in {*self.sketches, *self.fresh}:
            came.setdefault(self._group(id_), set()).add(id_)
        labels: dict[str, set[str]] = {}
        for node in self.nodes.values():
            labels.setdefault(self._find(node.group), set()).add(node.group)
        kept = {group: min(labels[group]) for group in touched if len(labels.get(group, ())) == 1}
        firsts = self.memory.first_printed(kept.values())
        printed: list[Printed] = []
        grown: dict[str, str] = {}
        for group, label in kept.items():
            rows = [
                Printed(id_, node, order, firsts[label].report)
                for id_, (node, order) in self.at.items()
                if node in came[group]
            ]
            if label <= min(came[group]) and firsts[label].order < min(row.order for row in rows):
                printed += rows
                grown.update(dict.fromkeys(came[group], label))
        return printed, grown

    def _regroup(self, touched: Collection[str]) -> tuple[dict[str, CopyNode], dict[str, str]]:
        """Return the nodes that are of another group than before, and the group of all touched."""
        labels = {n.group for n in self.nodes.values() if self._find(n.group) in touched}
        self.nodes.update(self.memory.copy_nodes_of(labels))
        inside: dict[str, list[str]] = {}
        for id_ in {*self.nodes, *self.fresh} - self.gone:
            if (group := self._group(id_)) in touched:
                inside.setdefault(group, []).append(id_)
        group_of = {id_: min(ids) for ids in inside.values() for id_ in ids}
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
