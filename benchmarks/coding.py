"""What coding costs beside parsing: `python -m benchmarks.coding [FOLDER] [--rounds N]`.

Prints, for the reports of a folder (the sample reports where none is given), the seconds of
processor time that the bare pipeline takes for them, and that each step takes: parse, dating,
grounding, coding by the rules, coding by rules and learnt components (the best of some rounds, each
with a parser that has seen nothing yet, some reports at a time); each as a share of the bare
pipeline.  Then how fast the whole coder is, of the pipeline's speed, and how long lexicon and
components take to load.
What is aimed at is 0.6 at least, with the components.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parley.coding import RuleCoder, lexicon, load_lexicon
from parley.dating import date_report
from parley.engine.crew import GROUP_LENGTH
from parley.grounding import Knowledge, ground
from parley.learnt import load
from parley.model import Report
from parley.parsing import Parser
from parley.parsing.pipeline import load_pipeline
from parley.reading import read
from parley.sample import sample_paths

AIM = 0.6
_SHARED = ("parsing", "dating", "grounding")
_CODERS = ("rules", "learnt")


def measure(reports: list[Report], rounds: int) -> dict[str, float]:
    """Return the seconds of the bare pipeline and of each step, the best of the rounds."""
    knowledge, nlp = Knowledge.load(), load_pipeline()
    coders = {"rules": RuleCoder(), "learnt": RuleCoder(components=load())}
    lines = [line for report in reports for line in report.text.split("\n") if line.strip()]
    best: dict[str, float] = {}
    for _ in range(rounds + 1):  # the first one warms up, and may be the best all the same
        spent: dict[str, float] = defaultdict(float)
        with clocked("bare", spent):
            list(nlp.pipe(lines))
        parser = Parser(names=knowledge.patterns())
        for some in in_groups(reports):
            with clocked("parsing", spent):
                parser.expect(some)
                parses = [parser.parse(report) for report in some]
            with clocked("dating", spent):
                dated = [date_report(parse) for parse in parses]
            with clocked("grounding", spent):
                told = [(one, ground(one.parse, knowledge=knowledge)) for one in dated]
            for name, coder in coders.items():
                with clocked(name, spent):
                    coder.code_together(told)
        best = {step: min(best.get(step, seconds), seconds) for step, seconds in spent.items()}
    return best


def in_groups(reports: list[Report]) -> Iterator[list[Report]]:
    """Yield reports some at a time, as `parley ingest` hands them to the coder."""
    group: list[Report] = []
    for report in reports:
        group.append(report)
        if sum(len(one.text) for one in group) > GROUP_LENGTH:
            yield group
            group = []
    if group:
        yield group


@contextmanager
def clocked(step: str, spent: dict[str, float]) -> Iterator[None]:
    """Add the seconds that the block takes to those of a step."""
    start = time.process_time()
    yield
    spent[step] += time.process_time() - start


def load_times() -> dict[str, float]:
    """Return the seconds that the lexicon and the components take to load."""
    lexicon._load.cache_clear()
    times: dict[str, float] = defaultdict(float)
    for name, run in (("lexicon", load_lexicon), ("components", load)):
        with clocked(name, times):
            run()
    return times


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    paths = [str(given.folder)] if given.folder else [str(path) for path in sample_paths()]
    reports = list(read(paths, refuse=print))
    loading = load_times()
    best = measure(reports, given.rounds)
    lines = [
        f"{step:<10} {seconds:6.3f} s  {seconds / best['bare']:5.2f} of the bare pipeline"
        for step, seconds in best.items()
    ]
    shared = sum(best[step] for step in _SHARED)
    for name in _CODERS:
        speed = best["bare"] / (shared + best[name])
        lines.append(f"whole way to mentions, {name}: {speed:.2f} of the bare pipeline's speed")
    lines += [f"{name:<10} {seconds:6.3f} s  to load, once" for name, seconds in loading.items()]
    verdict = "met" if best["bare"] / (shared + best["learnt"]) >= AIM else "missed"
    lines.append(f"aim: {AIM} with the components: {verdict}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
