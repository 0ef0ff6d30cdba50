"""Texts that were coded before: an agency's dispatch stands word for word in fifty papers.

In: a report, and what was coded of those before it.  Out: what it tells, where one with the
same text was coded: the same, under its own id.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable

import msgspec

from parley.engine.steps import CodedReport
from parley.model import Mention, Report, digest

# So many are kept at hand, and so many characters of their texts.
_MOST = 256
_LONGEST = 2_000_000
_MENTIONS = msgspec.json.Decoder(tuple[Mention, ...])


class Reprints:
    """What was coded last, by all that coding looks at: text, title, marks and given date."""

    def __init__(self) -> None:
        self._coded: OrderedDict[Hashable, CodedReport] = OrderedDict()
        self._length = 0

    def without(self, reports: Iterable[Report]) -> list[Report]:
        """Return the reports whose text is not at hand, of those with the same one the first."""
        new = {_key(report): report for report in reversed(list(reports))}
        return [report for key, report in reversed(new.items()) if key not in self._coded]

    def find(self, report: Report) -> CodedReport | None:
        """Return what a report tells, None where its text is new or was too long ago."""
        key = _key(report)
        coded = self._coded.get(key)
        if coded is None:
            return None
        self._coded.move_to_end(key)
        return _under(coded, report)

    def keep(self, report: Report, coded: CodedReport) -> None:
        """Keep what was coded of a report, as it was before it was dated."""
        if any(mention.id != _id(mention, report) for mention in coded.mentions):
            return  # nobody knows what another coder makes its ids of
        key = _key(report)
        if key not in self._coded:
            self._length += len(report.text)
        self._coded[key] = coded
        while len(self._coded) > _MOST or self._length > _LONGEST:
            _, oldest = self._coded.popitem(last=False)
            self._length -= len(oldest.report.text)


def _key(report: Report) -> Hashable:
    return (report.text, report.title, report.boilerplate, report.published)


def _under(coded: CodedReport, report: Report) -> CodedReport:
    """Return what was coded of one report as what another of the same text tells."""
    dated = msgspec.structs.replace(report, published=coded.report.published)
    ids = {mention.id: _id(mention, report) for mention in coded.mentions}
    ids[coded.report.id] = report.id
    told = msgspec.json.encode(coded.mentions)
    for old, new in ids.items():
        # Between quotation marks that are not escaped there is nothing but the id.
        told = told.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    undated = coded.undated and msgspec.structs.replace(coded.undated, report=dated)
    return CodedReport(dated, _MENTIONS.decode(told), undated)


def _id(mention: Mention, report: Report) -> str:
    """Return the id that the built-in coder gives a mention in a report."""
    return digest("m", report.id, str(mention.trigger[0]), mention.type)
