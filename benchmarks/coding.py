"""What coding costs beside parsing: `python benchmarks/coding.py [ROUNDS]`.

Prints, for the sample reports, the seconds that the parse, the dating, the grounding and
the coding of all of them take (the best of some rounds), and each as a ratio to the parse;
and how long the lexicon takes to load.  What is aimed at is coding below 0.35 of the parse.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict

from parley.coding import RuleCoder, lexicon, load_lexicon
from parley.dating import date_report
from parley.grounding import Knowledge, ground
from parley.model import Report
from parley.parsing import Parser
from parley.reading import read
from parley.sample import sample_paths

AIM = 0.35


def measure(rounds: int) -> dict[str, float]:
    """Return the seconds of each step over all sample reports, the best of the rounds."""
    knowledge = Knowledge.load()
    parser = Parser(names=knowledge.patterns())
    coder = RuleCoder()
    reports: list[Report] = list(read([str(path) for path in sample_paths()], refuse=print))
    best: dict[str, float] = {}
    for _ in range(rounds + 1):  # the first one warms up, and may be the best all the same
        spent: dict[str, float] = defaultdict(float)
        for report in reports:
            marks = [time.process_time()]
            parse = parser.parse(report)
            marks.append(time.process_time())
            dated = date_report(parse)
            marks.append(time.process_time())
            grounding = ground(dated.parse, knowledge=knowledge)
            marks.append(time.process_time())
            coder.code(dated, grounding)
            marks.append(time.process_time())
            steps = ("parsing", "dating", "grounding", "coding")
            for step, start, end in zip(steps, marks, marks[1:], strict=False):
                spent[step] += end - start
        best = {step: min(best.get(step, seconds), seconds) for step, seconds in spent.items()}
    return best


def load_time() -> float:
    """Return the seconds that reading and checking the lexicon takes."""
    lexicon._load.cache_clear()
    start = time.process_time()
    load_lexicon()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    lexicon = load_time()
    best = measure(rounds)
    lines = [
        f"{step:<10} {seconds:6.3f} s  {seconds / best['parsing']:5.2f} of the parse"
        for step, seconds in best.items()
    ]
    lines.append(f"{'lexicon':<10} {lexicon:6.3f} s  to load, once")
    verdict = "met" if best["coding"] / best["parsing"] < AIM else "missed"
    lines.append(f"aim: coding below {AIM} of the parse: {verdict}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
