"""Merging in pieces: the steps of `join`, each over what one task of many has at hand.

In: reports with their mentions; then nodes, keys, pairs and pools, as a cluster deals them
out.  Out: what `merge` would give over everything.  Nothing here knows how the pieces are
dealt out, or looks at more than its own: `engine/spark` puts them together.

    tell         a report's mentions, ties and sketch, as merging compares them
    keys_for     the keys of a node, and under which keys it finds others
    Pairs        whether two nodes may tell the same
    group        the groups of a pool
    lean_on      what leans on fighting that ended
    make_event   a group of mentions as an event
    make_side, choose_part   incidents and the wars that they are parts of
    ties_among, ties_between   copies in a bucket of look-alikes
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from parley.merging.blocking import HUBS, Key, keys_of, kind_of, lookups_of
from parley.merging.chaining import tellings_of
from parley.merging.clustering import cluster, node_of
from parley.merging.copies import Copied, print_order
from parley.merging.events import build_event, show
from parley.merging.fields import choose_when
from parley.merging.frequencies import Frequencies
from parley.merging.joining import order_text
from parley.merging.linking import choose_war, is_incident, is_war, link_part
from parley.merging.memory import Cue
from parley.merging.rules import load_rules
from parley.merging.scoring import Scorer
from parley.merging.settling import Settled, ended_by, lean, lend, types_alone
from parley.merging.sketches import Sketch, copies_among, sketch_of
from parley.merging.traits import Traits
from parley.model import Event, EventMention, Link, Mention, Report, digest

_SPOKEN_FOR = 5  # mentions of a war or an incident whose places are compared


class Placed(Struct, frozen=True):
    """A mention's traits, the node that it is compared as, and its place in the order."""

    traits: Traits
    node: str
    order: str


class Sketched(Struct, frozen=True):
    """A report's sketch, and its place in the order of printing."""

    sketch: Sketch
    order: str


class Told(Struct, frozen=True):
    """What merging reads from one report; `sketch` is None for one without words."""

    placed: tuple[Placed, ...]
    cues: tuple[Cue, ...]
    sketch: Sketched | None


class Side(Struct, frozen=True):
    """A war or an incident, with as many of its mentions and their traits as tell which it is."""

    event: Event
    traits: dict[str, Traits]


def tell(report: Report, mentions: Sequence[Mention]) -> Told:
    """Return what merging reads from a report and all of its mentions."""
    frequencies = Frequencies(mentions, rules=load_rules())
    scorer = Scorer(Frequencies((), rules=load_rules()))
    sketch = sketch_of(report)
    return Told(
        placed=tuple(
            map(place, tellings_of(mentions, frequencies, scorer, reports={report.id: report}))
        ),
        cues=tuple(
            Cue(mention.id, cue.relation, cue.mention, mention.report)
            for mention in mentions
            for cue in mention.links
        ),
        sketch=Sketched(sketch, print_order(report)) if sketch else None,
    )


def place(traits: Traits) -> Placed:
    """Return a mention with the node that its traits put it to."""
    return Placed(traits, node_of(traits), order_text(traits.order))


def stands_alone(type_: str) -> bool:
    """Tell whether mentions of a type share events with no other type: fighting."""
    return type_ in types_alone(load_rules())


# Nodes to groups


def keys_for(traits: Traits) -> dict[Key, tuple[Key, ...]]:
    """Return each key of a node with the keys, of its own and other types, that it meets by."""
    lookups = lookups_of(traits, load_rules())
    return {key: lookups.get(key, ()) for key in keys_of(traits)}


def limit(key: Key) -> int:
    """Return how many nodes may have a key and meet by it."""
    return kind_of(key).limit


def suffices(key: Key) -> bool:
    """Tell whether a key in common is enough to be compared; of others it takes two."""
    return kind_of(key).alone


def hubs(key: Key) -> int:
    """Return how many of the first nodes, by id, meet all that have a key which too many have."""
    return HUBS if kind_of(key).hubs else 0


class Pairs:
    """Scores pairs of nodes."""

    def __init__(self) -> None:
        self._scorer = Scorer(Frequencies((), rules=load_rules()))
        self._threshold = load_rules().settings.threshold

    def edge(self, one: Traits, two: Traits) -> float | None:
        """Return the score of a pair that may tell the same, None where they hardly do.

        The node whose id sorts first must be `one`.
        """
        score = self._scorer.score(one, two)
        return score if score > self._threshold else None


def group(
    nodes: Mapping[str, Traits], edges: Iterable[tuple[str, str, float]], level: float
) -> list[list[str]]:
    """Return the groups of a pool's nodes; edges at its `level` or below do not count."""
    if len(nodes) == 1:
        return [list(nodes)]
    counted = [(min(a, b), max(a, b), score) for a, b, score in edges if score > level]
    return cluster(nodes, sorted(counted), Scorer(Frequencies((), rules=load_rules())))


# What leans on fighting


def settle_group(mentions: Sequence[Mention]) -> Settled:
    """Return what others lean on of a group, its mentions in their order."""
    return Settled(mentions[0].id, choose_when(mentions))


def lean_on(placed: Placed, mention: Mention, settled: Mapping[str, Settled]) -> Placed:
    """Return a mention with what it ended; `settled` is by the mention of what ended."""
    leaning = lean(placed.traits, mention, settled.get)
    return place(leaning) if leaning is not placed.traits else placed


def ends(mention: Mention) -> list[str]:
    """Return the mentions of what a mention says it ended."""
    return ended_by(mention)


# Groups to events


def name_of(first: str) -> str:
    """Return the id of an event, from its first mention."""
    return digest("e", first)


def make_event(
    mentions: Sequence[Mention],
    reports: Mapping[str, Report],
    copied: Mapping[str, str | None],
    settled: Mapping[str, Mapping[str, Settled]],
) -> Event:
    """Return the event that mentions, in their order, tell.

    `copied` is report -> the first of its copies; `settled` has for each mention that
    leans on fighting the groups that it leans on.
    """
    lent = [lend(m, settled[m.id].get) if m.id in settled else m for m in mentions]
    return build_event(
        name_of(mentions[0].id), lent, reports=Copied(reports, copied), rules=load_rules()
    )


def make_link(relation: str, source: str, target: str, told: Sequence[Mention]) -> Link:
    """Return the link that some mentions, in the order of their ties, make of two events."""
    shown: list[EventMention] = []
    for mention in map(show, told):
        if mention not in shown:
            shown.append(mention)
    return msgspec.convert(
        {"kind": "link", "relation": relation, "from": source, "to": target, "mentions": shown},
        Link,
    )


def stands_as(event: Event) -> str:
    """Return "war" or "incident" for fighting that may have parts or be one, else ""."""
    return "war" if is_war(event) else "incident" if is_incident(event) else ""


def make_side(event: Event, traits: Mapping[str, Traits]) -> Side:
    """Return what choosing a war needs of an event; `traits` are by mention."""
    kept: list[EventMention] = []
    seen: set[str] = set()
    for at, mention in enumerate(event.mentions):
        core = traits[mention.id].core
        if at < _SPOKEN_FOR or not core <= seen:
            kept.append(mention)
            seen |= core
    return Side(
        msgspec.structs.replace(event, mentions=tuple(kept)),
        {mention.id: traits[mention.id] for mention in kept},
    )


def choose_part(incident: Side, wars: Sequence[Side]) -> Link | None:
    """Return the link of an incident to the war that it is a part of."""
    traits = {id_: t for side in (incident, *wars) for id_, t in side.traits.items()}
    frequencies = Frequencies((), rules=load_rules())
    war = choose_war(incident.event, [side.event for side in wars], traits, frequencies)
    return None if war is None else link_part(incident.event, war)


# Copies


def ties_among(sketches: Mapping[str, Sketch]) -> list[tuple[str, str]]:
    """Return ties that hold together what hangs together by copies among some nodes.

    A node is compared with one of each group before it is compared with all, so that
    thousands of copies of one text cost little more than as many look-ups.
    """
    bucket = _Bucket(sketches)
    ties: list[tuple[str, str]] = []
    groups: list[list[str]] = []
    for id_ in sorted(sketches):
        joined: list[str] = [id_]
        others: list[list[str]] = []
        for members in groups:
            if bucket.meet(id_, members):
                ties.append((members[0], id_))
                joined = [*members, *joined]
            else:
                others.append(members)
        groups = [*others, joined]
    return ties


def ties_between(
    own: Mapping[str, tuple[str, Sketch]], odd: Mapping[str, tuple[str, Sketch]]
) -> list[tuple[str, str]]:
    """Return the ties of copies of two groups: node -> the label of its group, its sketch."""
    labels: dict[str, list[str]] = {}
    for id_, (label, _) in own.items():
        labels.setdefault(label, []).append(id_)
    bucket = _Bucket({id_: sketch for id_, (_, sketch) in (*own.items(), *odd.items())})
    found = []
    for id_, (label, _) in sorted(odd.items()):
        for other, members in labels.items():
            if other != label and (met := bucket.meet(id_, members)):
                found.append((id_, met))
    return found


class _Bucket:
    """Sketches as arrays."""

    _FEW = 32

    def __init__(self, sketches: Mapping[str, Sketch]) -> None:
        import numpy as np  # noqa: PLC0415 - slow to load

        self._at = {id_: at for at, id_ in enumerate(sketches)}
        self._sketches = dict(sketches)
        self._least = np.array([sketch.least for sketch in sketches.values()], dtype=np.int64)
        self._runs = np.array([sketch.runs for sketch in sketches.values()], dtype=np.int64)

    def meet(self, id_: str, members: Sequence[str]) -> str | None:
        """Return one of some nodes that is a copy of one, the last ones looked at first."""
        step, end = self._FEW, len(members)
        while end > 0:
            part = members[max(0, end - step) : end]
            rows = [self._at[member] for member in part]
            found = copies_among(self._sketches[id_], self._least[rows], self._runs[rows])
            if found.any():
                return part[int(found.argmax())]
            end -= step
            step *= 8
        return None
