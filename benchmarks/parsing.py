"""What the parse costs: `python -m benchmarks.parsing`.

Prints, for the reports of the corpus of `training`, which repeat nothing, the seconds of processor
time of plain `nlp.pipe`, of Parley's parser report by report and some reports together, and each
as a share of the first.  The parsers have seen nothing before.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable

from parley.grounding import Knowledge
from parley.model import Report
from parley.model.identity import digest
from parley.parsing import Parser
from parley.parsing.pipeline import load_pipeline
from training.corpus import conflicts, texts

_WARM = 20


def main() -> None:
    """Measure and print."""
    items = [item.text for one in conflicts() for item in texts(one) if item.date]
    reports = [Report(id=digest("r", text), source="corpus", text=text) for text in items]
    words = sum(len(text.split()) for text in items)
    sys.stdout.write(f"{len(reports)} reports, {words:,} words\n")
    nlp, names = load_pipeline(), Knowledge.load().patterns()
    list(nlp.pipe(items[:_WARM]))
    bare = _clocked(lambda: nlp.pipe(items))
    _say("nlp.pipe", bare, bare)
    alone, together = Parser(names=names), Parser(names=names)
    _say("one by one", _clocked(lambda: map(alone.parse, reports)), bare)
    _say("together", _clocked(lambda: together.parse_many(reports)), bare)


def _clocked(run: Callable[[], Iterable[object]]) -> float:
    """Return the seconds of the processor that it takes to go through what a function yields."""
    start = time.process_time()
    for _ in run():
        pass
    return time.process_time() - start


def _say(what: str, seconds: float, bare: float) -> None:
    sys.stdout.write(f"{what:<14}{seconds:7.2f} s{seconds / bare:7.2f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
