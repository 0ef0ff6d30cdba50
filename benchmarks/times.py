"""What time expressions cost beside the parse: run `python benchmarks/times.py`.

Prints, for the sample reports, how long finding and resolving the time expressions takes as
a share of the parse, in one run on one machine.
"""

from __future__ import annotations

import sys
import time
from datetime import date

from parley.dating.expressions import find_expressions
from parley.dating.resolution import resolve
from parley.grounding import Knowledge
from parley.parsing import Parser
from parley.reading import read
from parley.sample import sample_paths

AIM = 0.05
ROUNDS = 5
WRITTEN = (date(2023, 1, 1), date(2023, 1, 1))


def measure() -> tuple[float, float]:
    """Return the seconds of the parse and of the time expressions, the best of some rounds."""
    parser = Parser(names=Knowledge.load().patterns())
    reports = list(read([str(path) for path in sample_paths()], refuse=print))
    rounds = []
    for _ in range(ROUNDS):
        spent = [0.0, 0.0]
        for report in reports:
            start = time.process_time()
            parse = parser.parse(report)
            parsed = time.process_time()
            resolve(find_expressions(parse), written=WRITTEN)
            spent[0] += parsed - start
            spent[1] += time.process_time() - parsed
        rounds.append(spent)
    return min(spent[0] for spent in rounds), min(spent[1] for spent in rounds)


def main() -> None:
    """Measure and print."""
    parsing, times = measure()
    sys.stdout.write(f"time expressions take {times / parsing:.3f} of the parse\n")
    sys.stdout.write(f"aim: below {AIM}: {'met' if times / parsing < AIM else 'missed'}\n")


if __name__ == "__main__":
    main()
