"""What Splink could take over of scoring pairs: `python -m benchmarks.weighing --reports 60`.

Splink weighs what is told of a pair in columns; Parley's comparisons (days within windows, kin of
parties, likeness of stories) are functions of two mentions, so they would fill the columns
first.  Printed is the processor time of a pair, over the same pairs of a made-up archive: for the
comparisons, for adding up their weights here, and for Splink's `predict` over the columns, by
DuckDB in this process, which sends nothing from one machine to another.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from benchmarks.scale import pairs_of
from benchmarks.skew import others
from parley.merging import scattered
from parley.merging.comparing import COMPARISONS
from parley.merging.frequencies import Frequencies
from parley.merging.rules import load_rules
from parley.merging.scoring import Scorer
from parley.merging.traits import Traits

_Found = TypeVar("_Found")
_MOST = 20_000


def measure(reports: int) -> None:
    """Compare, add up, and let Splink add up."""
    nodes: dict[str, Traits] = {}
    for coded in others(reports):
        for placed in scattered.tell(coded.report, coded.mentions).placed:
            nodes.setdefault(placed.node, placed.traits)
    pairs = sorted(pairs_of({node: scattered.keys_for(traits) for node, traits in nodes.items()}))
    random.Random(1).shuffle(pairs)
    both = [(nodes[a], nodes[b]) for a, b in pairs[:_MOST]]
    frequencies = Frequencies((), rules=load_rules())
    scorer = Scorer(frequencies)

    def take(name: str, step: Callable[[], _Found]) -> _Found:
        step()  # what is kept at hand is kept by then
        begun = time.process_time()
        found = step()
        spent = time.process_time() - begun
        sys.stdout.write(f"{name:<44}{1e6 * spent / len(both):>8.1f} us a pair\n")
        return found

    take("score, to the first veto", lambda: [scorer.score(*pair) for pair in both])
    levels = take(
        "all comparisons",
        lambda: [[c(*pair, frequencies) for c in COMPARISONS.values()] for pair in both],
    )
    weights = [
        {key: level.weight for key, level in frequencies.rules.levels[name].items()}
        for name in COMPARISONS
    ]
    take(
        "add up their weights",
        lambda: [
            sum(own[level] + more for own, (level, more) in zip(weights, row, strict=True))
            for row in levels
        ],
    )
    linker = _linker([[level for level, _ in row] for row in levels])
    take(
        "Splink: add up their weights",
        lambda: len(linker.inference.predict().as_duckdbpyrelation()),
    )


def _linker(levels: list[list[str]]) -> Any:  # noqa: ANN401 - Splink has no types
    """Return Splink's linker over pairs whose levels are columns."""
    import pandas as pd  # noqa: PLC0415 - slow to load
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415

    logging.disable(logging.WARNING)
    names = list(COMPARISONS)
    columns: dict[str, Any] = {
        f"of_{name}": [row[at] for row in levels] for at, name in enumerate(names)
    }
    numbers = list(range(len(levels)))
    table = pd.DataFrame(columns | {"pair": numbers, "unique_id": numbers})
    rules = load_rules().levels
    comparisons = [
        {
            "output_column_name": name,
            "comparison_levels": [
                {
                    "sql_condition": "ELSE" if left == 1 else f"of_{name}_l = '{level}'",
                    "label_for_charts": level,
                    "m_probability": 0.9 / left,
                    "u_probability": 0.1 / left,
                }
                for left, level in zip(range(len(rules[name]), 0, -1), rules[name], strict=True)
            ],
        }
        for name in names
    ]
    api = DuckDBAPI()
    sides = [api.register(table.copy(), dataset_display_name=side) for side in ("one", "two")]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on("pair")],
        probability_two_random_records_match=0.001,
    )
    return Linker(sides, settings)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--reports", type=int, default=60)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        measure(parser.parse_args().reports)


if __name__ == "__main__":
    main()
