"""Memory: what merging must know of the mentions that a record has already.

In: ids.  Out: what is kept under them.  A record keeps it in tables; `Fresh` is the memory
of a merge that starts from nothing.  All is asked for in bulk and by id or key: what a merge
asks for grows with what is new, not with what is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from parley.merging.sketches import Sketch
from parley.merging.timing import Reach
from parley.merging.traits import Traits
from parley.model import Constraints, Event, Link, Mention, Relation, Report

Key = int


class Member(Struct, frozen=True):
    """Where a mention stands: its node, its report and its place in the order of mentions.

    A node is what is compared: one mention, or all that are the same word for word.
    """

    mention: str
    node: str
    report: str
    order: str


class Pool(Struct, frozen=True):
    """The nodes that are grouped together, and how strong an edge must be to tie them."""

    id: str
    level: int


class Cue(Struct, frozen=True):
    """A tie in a report's words from one of its mentions to another."""

    mention: str
    relation: Relation
    target: str
    report: str


class Printed(Struct, frozen=True):
    """Where a report stands among copies: its node, its place in order, the first of its group.

    A node is all reports with the same words.
    """

    report: str
    node: str
    order: str
    copy_of: str | None


class CopyNode(Struct, frozen=True):
    """What is compared of reports with the same words, and the group that they are of."""

    sketch: Sketch
    group: str


class Memory(Protocol):
    """What a merge asks of the record that it adds to."""

    @property
    def reports(self) -> Mapping[str, Report]:
        """The reports by id, each fetched when it is asked for."""

    def bring(self, reports: Collection[str]) -> None:
        """Fetch several reports at once, which are asked for next."""

    def mentions_of(self, reports: Collection[str]) -> dict[str, list[Mention]]:
        """Return report -> its mentions."""

    def mentions(self, ids: Collection[str]) -> dict[str, Mention]:
        """Return the mentions with these ids."""

    def members_in(self, reports: Collection[str]) -> list[Member]:
        """Return the members that are of these reports."""

    def members_of(self, nodes: Collection[str]) -> list[Member]:
        """Return the members of these nodes."""

    def nodes_of(self, mentions: Collection[str]) -> dict[str, str]:
        """Return mention -> its node."""

    def nodes(self, ids: Collection[str]) -> dict[str, Traits]:
        """Return node -> the traits of its first mention."""

    def reaches(self, ids: Collection[str]) -> dict[str, Reach]:
        """Return node -> how far it reaches in time; none for one that excludes nobody."""

    def pools(self, nodes: Collection[str]) -> dict[str, Pool]:
        """Return node -> its pool."""

    def in_pools(self, pools: Collection[str]) -> dict[str, Pool]:
        """Return node -> pool of all nodes in these pools."""

    def crowds(self, keys: Collection[Key]) -> dict[Key, int]:
        """Return key -> how many nodes have it, of those that more than their limit have."""

    def holders(self, keys: Collection[Key]) -> dict[Key, list[str]]:
        """Return key -> the nodes that have it; none for a key that nobody has."""

    def first_holders(self, keys: Collection[Key], most: int) -> dict[Key, list[str]]:
        """Return key -> the first nodes that have it, by id, at most so many."""

    def edges(self, nodes: Collection[str]) -> dict[str, dict[str, float]]:
        """Return node -> the nodes that may tell the same, with the score."""

    def cues_in(self, reports: Collection[str]) -> list[Cue]:
        """Return the ties in these reports."""

    def events_of(self, mentions: Collection[str]) -> dict[str, str]:
        """Return mention -> the event that it is in."""

    def events(self, ids: Collection[str]) -> dict[str, Event]:
        """Return the events with these ids, as merging made them."""

    def links_of(self, events: Collection[str], *, steady: Collection[str]) -> list[Link]:
        """Return the links from or to these events.

        Of the events in `steady` those are left out by which another event, not of these,
        is a part of them.
        """

    def wars(self) -> list[str]:
        """Return the ids of the events that may have others as their parts."""

    def incidents(self, war: Event) -> list[str]:
        """Return the ids of the events that may be parts of a war: fights in its days."""

    def accords(self) -> list[str]:
        """Return the ids of the agreements with points that later events may keep or break."""

    def after(self, accord: Event) -> list[str]:
        """Return the ids of the events that may keep or break an agreement: done after it."""

    def printed_in(self, reports: Collection[str]) -> dict[str, Printed]:
        """Return report -> where it stands among copies."""

    def printed_of(self, nodes: Collection[str]) -> list[Printed]:
        """Return where all reports of these nodes stand."""

    def printed_after(self, firsts: Collection[str]) -> list[Printed]:
        """Return where the reports stand that are copies of these."""

    def copy_nodes(self, ids: Collection[str]) -> dict[str, CopyNode]:
        """Return the nodes with these ids."""

    def copy_nodes_of(self, groups: Collection[str]) -> dict[str, CopyNode]:
        """Return all nodes of these groups."""

    def copy_holders(self, keys: Collection[Key]) -> dict[Key, list[str]]:
        """Return key -> the nodes that have it."""

    def copy_groups(self, keys: Collection[Key]) -> dict[Key, dict[str, str]]:
        """Return key -> the groups that have it, each with its first node of those that do."""

    def first_printed(self, groups: Collection[str]) -> dict[str, Printed]:
        """Return group -> its report that was printed first."""


class Fresh:
    """The memory of a merge that starts from nothing: mentions and reports, and no more."""

    def __init__(
        self,
        mentions: Iterable[Mention],
        reports: Mapping[str, Report],
        known: Mapping[str, str],
    ) -> None:
        """Take the mentions, the reports by id, and the events that mentions had before."""
        self._mentions = {mention.id: mention for mention in mentions}
        self._known = known
        self.reports = reports

    def bring(self, reports: Collection[str]) -> None:
        """Do nothing: all are here."""

    def mentions_of(self, reports: Collection[str]) -> dict[str, list[Mention]]:
        """Return report -> its mentions."""
        found: dict[str, list[Mention]] = {}
        for mention in self._mentions.values():
            found.setdefault(mention.report, []).append(mention)
        return found

    def mentions(self, ids: Collection[str]) -> dict[str, Mention]:
        """Return the mentions with these ids."""
        return {id_: self._mentions[id_] for id_ in ids if id_ in self._mentions}

    def events_of(self, mentions: Collection[str]) -> dict[str, str]:
        """Return mention -> the event that it was in."""
        return {id_: self._known[id_] for id_ in mentions if id_ in self._known}

    def members_in(self, reports: Collection[str]) -> list[Member]:
        """Return nothing."""
        return []

    def members_of(self, nodes: Collection[str]) -> list[Member]:
        """Return nothing."""
        return []

    def nodes_of(self, mentions: Collection[str]) -> dict[str, str]:
        """Return nothing."""
        return {}

    def nodes(self, ids: Collection[str]) -> dict[str, Traits]:
        """Return nothing."""
        return {}

    def reaches(self, ids: Collection[str]) -> dict[str, Reach]:
        """Return nothing."""
        return {}

    def pools(self, nodes: Collection[str]) -> dict[str, Pool]:
        """Return nothing."""
        return {}

    def in_pools(self, pools: Collection[str]) -> dict[str, Pool]:
        """Return nothing."""
        return {}

    def crowds(self, keys: Collection[Key]) -> dict[Key, int]:
        """Return nothing."""
        return {}

    def holders(self, keys: Collection[Key]) -> dict[Key, list[str]]:
        """Return nothing."""
        return {}

    def first_holders(self, keys: Collection[Key], most: int) -> dict[Key, list[str]]:
        """Return nothing."""
        return {}

    def edges(self, nodes: Collection[str]) -> dict[str, dict[str, float]]:
        """Return nothing."""
        return {}

    def cues_in(self, reports: Collection[str]) -> list[Cue]:
        """Return nothing."""
        return []

    def events(self, ids: Collection[str]) -> dict[str, Event]:
        """Return nothing."""
        return {}

    def links_of(self, events: Collection[str], *, steady: Collection[str]) -> list[Link]:
        """Return nothing."""
        return []

    def wars(self) -> list[str]:
        """Return nothing."""
        return []

    def incidents(self, war: Event) -> list[str]:
        """Return nothing."""
        return []

    def accords(self) -> list[str]:
        """Return nothing."""
        return []

    def after(self, accord: Event) -> list[str]:
        """Return nothing."""
        return []

    def printed_in(self, reports: Collection[str]) -> dict[str, Printed]:
        """Return nothing."""
        return {}

    def printed_of(self, nodes: Collection[str]) -> list[Printed]:
        """Return nothing."""
        return []

    def printed_after(self, firsts: Collection[str]) -> list[Printed]:
        """Return nothing."""
        return []

    def copy_nodes(self, ids: Collection[str]) -> dict[str, CopyNode]:
        """Return nothing."""
        return {}

    def copy_nodes_of(self, groups: Collection[str]) -> dict[str, CopyNode]:
        """Return nothing."""
        return {}

    def copy_holders(self, keys: Collection[Key]) -> dict[Key, list[str]]:
        """Return nothing."""
        return {}

    def copy_groups(self, keys: Collection[Key]) -> dict[Key, dict[str, str]]:
        """Return nothing."""
        return {}

    def first_printed(self, groups: Collection[str]) -> dict[str, Printed]:
        """Return nothing."""
        return {}


NO_CONSTRAINTS = Constraints()


def sequence_of(members: Sequence[Member]) -> list[str]:
    """Return the mentions of members in their order."""
    return [member.mention for member in sorted(members, key=lambda member: member.order)]
