"""Weights by Splink: m and u of Parley's own levels, by expectation-maximisation.

Splink compares records by SQL; here the levels are reached already.  So each pair is a row of
two tables, the blocking rule joins it with itself, and a level's condition is that its number
stands there.  Needs the extra `splink`.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from parley.merging import Weights
from parley.merging.levels import LEVELS
from parley.merging.pairing import Pair


def estimate(pairs: Sequence[Pair], weights: Weights, *, rounds: int) -> Weights:
    """Return the weights that Splink finds in some pairs, beginning with others.

    m and u begin as the weights say, for levels as often as they are reached.  The prior is
    the one that is estimated.  Raises ValueError where a level's m or u comes out as nothing.
    """
    import pandas  # noqa: PLC0415 - heavy, and an extra
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415

    logging.getLogger("splink").setLevel(logging.CRITICAL)
    table = pandas.DataFrame(
        [pair.levels for pair in pairs], columns=[f"level_{name}" for name in LEVELS]
    )
    table["pair"] = table["unique_id"] = range(len(pairs))
    reached = {name: table[f"level_{name}"].value_counts().to_dict() for name in LEVELS}
    likely = 1 / (1 + 2**-weights.settings.prior)
    database = DuckDBAPI()
    linker = Linker(
        [
            database.register(table, dataset_display_name="one"),
            database.register(table.copy(), dataset_display_name="two"),
        ],
        SettingsCreator(
            link_type="link_only",
            comparisons=[_comparison(name, reached[name], weights, likely) for name in LEVELS],
            blocking_rules_to_generate_predictions=[block_on("pair")],
            probability_two_random_records_match=likely,
            max_iterations=rounds,
        ),
    )
    linker.training.estimate_parameters_using_expectation_maximisation(
        block_on("pair"),
        fix_u_probabilities=False,
        populate_probability_two_random_records_match_from_trained_values=True,
    )
    return _weights(linker.misc.save_model_to_json(), reached, weights)


def _comparison(
    name: str, reached: dict[int, int], weights: Weights, likely: float
) -> dict[str, Any]:
    """Return a comparison as Splink wants it, with the m and u that some weights stand for."""
    odds = [2 ** weights.levels[name][level].weight for level in LEVELS[name]]
    share = [reached.get(at, 0) + 1 for at in range(len(odds))]
    u = [often / (likely * ratio + 1 - likely) for often, ratio in zip(share, odds, strict=True)]
    m = [one * ratio for one, ratio in zip(u, odds, strict=True)]
    last = len(odds) - 1
    return {
        "output_column_name": name,
        "comparison_levels": [
            {
                "sql_condition": "ELSE" if at == last else f"level_{name}_l = {at}",
                "label_for_charts": level,
                "m_probability": m[at] / sum(m),
                "u_probability": u[at] / sum(u),
            }
            for at, level in enumerate(LEVELS[name])
        ],
    }


def _weights(
    model: dict[str, Any], reached: dict[str, dict[int, int]], weights: Weights
) -> Weights:
    """Return the weights of a trained model; a level that it did not see keeps its own."""
    levels = {name: dict(found) for name, found in weights.levels.items()}
    for comparison in model["comparisons"]:
        name = comparison["output_column_name"]
        found = levels[name]
        for at, told in enumerate(comparison["comparison_levels"]):
            m, u = told.get("m_probability"), told.get("u_probability")
            before = found[told["label_for_charts"]]
            if m and u and at in reached[name] and not before.veto:
                found[told["label_for_charts"]] = replace(before, weight=math.log2(m / u))
    likely = model["probability_two_random_records_match"]
    settings = replace(weights.settings, prior=math.log2(likely / (1 - likely)))
    return replace(weights, levels=levels, settings=settings)
