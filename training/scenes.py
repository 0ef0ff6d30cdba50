"""The weights by which a sentence that names no place takes one of its report: how they are fitted.

In: the reports of conflicts whose labels name the happening that they tell, coded.  Out: the
weights of `data/scenes.toml`.  Where a happening was, any of its labels may say, in this report or
another of the conflict: a scene of the report is right where its name shares a word with such a
place, or its characters with such a slot.  Of a happening that no report places nothing is learnt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from parley.coding import discourse
from parley.coding.drafts import Draft
from parley.coding.scenes import Scene, Scenes, scenes_of
from parley.coding.whereabouts import (
    Weights,
    lacks_place,
    likelihood,
    load_weights,
    may_be_at,
    weighed,
)
from parley.grounding import Grounding
from parley.model import Report
from training.comparing import as_dated, matched
from training.corpus import Labelled
from training.items import Label, Span
from training.measuring import Tally

_NAME = re.compile(r"[A-Z][\w-]+")
# Words of many names, by which two places are not told to be one.
_COMMON = frozenset(
    "The Street Road City Town Province District State County Region Mount Lake River North South "
    "East West Northern Southern Eastern Western New Old".split()
)
_PENALTY = 1.0
_ROUNDS = 25

_HEADING = """\
# What speaks for a scene of a report as the place of what names none: whereabouts.py.
# Written by `python -m training scenes`: docs/decisions/coding.md tells what it was fitted on.
"""

Floats = NDArray[np.float64]


class Choice(msgspec.Struct, frozen=True):
    """One scene that may be a draft's: of which draft, what speaks for it, whether it is right."""

    conflict: str
    draft: str
    told: Mapping[str, float]
    right: bool


def choices_of(code: Callable[[Report], object], sources: Iterable[Labelled]) -> list[Choice]:
    """Return the scenes that drafts without a place may choose among, where the truth is known."""
    sources = [source for source in sources if source.item.id.startswith("r")]
    places = _places_of(sources)
    return [choice for source in sources for choice in _choices(code, source, places)]


def fitted(choices: Sequence[Choice]) -> Weights:
    """Return the weights that fit choices, by logistic regression with a penalty on each.

    What is chosen by hand stays as it is.
    """
    names = sorted({name for choice in choices for name in choice.told})
    columns = {name: at for at, name in enumerate(names)}
    told = np.zeros((len(choices), len(names) + 1))
    told[:, -1] = 1.0
    for row, choice in enumerate(choices):
        for name, value in choice.told.items():
            told[row, columns[name]] = value
    weights = _fit(told, np.array([float(choice.right) for choice in choices]))
    speaks = {name: round(float(weights[at]), 2) for name, at in columns.items()}
    return replace(load_weights(), bias=round(float(weights[-1]), 2), speaks=speaks)


def _fit(told: Floats, right: Floats) -> Floats:
    """Return what Newton's method finds; the bias, which is last, is not held small."""
    weights = np.zeros(told.shape[1])
    held = np.full(told.shape[1], _PENALTY)
    held[-1] = 1e-6
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-told @ weights))
        slope = told.T @ (likely - right) + held * weights
        bend = (told * (likely * (1 - likely))[:, None]).T @ told + np.diag(held)
        weights -= np.linalg.solve(bend, slope)
    return weights


def write(weights: Weights, path: Path) -> None:
    """Write weights as the coder reads them."""
    words = ", ".join(f'"{word}"' for word in sorted(weights.everywhere))
    lines = [
        _HEADING,
        f"everywhere = [{words}]",
        f"likely = {weights.likely}",
        f"bias = {weights.bias}",
        "",
        "[speaks]",
    ]
    lines += [f'"{name}" = {weight}' for name, weight in weights.speaks.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def lent(choices: Iterable[Choice], weights: Weights) -> Tally:
    """Return how often the likeliest scene of a draft is taken and right, taken and wrong."""
    best: dict[str, tuple[float, bool]] = {}
    for choice in choices:
        mine = (likelihood(choice.told, weights), choice.right)
        best[choice.draft] = max(best.get(choice.draft, (0.0, False)), mine)
    taken = [right for likely, right in best.values() if likely >= weights.likely]
    return Tally(right=sum(taken), wrong=len(taken) - sum(taken), missed=len(best) - len(taken))


class _Seen:
    """The drafts of the report that is coded last, with its grounding."""

    def __init__(self) -> None:
        self.drafts: Sequence[Draft] = ()
        self.grounding: Grounding | None = None

    def __call__(self, drafts: Sequence[Draft], grounding: Grounding) -> list[Draft]:
        """Keep the drafts, and give no place."""
        self.drafts, self.grounding = drafts, grounding
        return list(drafts)


def _choices(
    code: Callable[[Report], Any], source: Labelled, places: Mapping[tuple[str, str], set[str]]
) -> Iterator[Choice]:
    seen = _Seen()
    with mock.patch.object(discourse, "placed_by_scene", seen):
        code(as_dated(source))
    if seen.grounding is None:
        return
    scenes = scenes_of(seen.drafts, seen.grounding)
    drafts = {draft.mention.id: draft for draft in seen.drafts}
    for label, mention in matched(source.labels, [draft.mention for draft in seen.drafts]):
        if mention is None or not lacks_place(drafts[mention.id]) or label.happening is None:
            continue
        names = places.get((source.conflict.name, label.happening), set())
        if names:
            draft = drafts[mention.id]
            yield from _judged(draft, scenes, names, _spans_of(label, source), source)


def _judged(
    draft: Draft, scenes: Scenes, names: set[str], spans: Sequence[Span], source: Labelled
) -> Iterator[Choice]:
    for scene in (scene for scene in scenes.all if may_be_at(draft, scene)):
        right = bool(_names_in(scene.place.name) & names) or _is_at(scene, spans)
        told = weighed(draft, scene, scenes)
        yield Choice(source.conflict.name, draft.mention.id, told, right)


def _is_at(scene: Scene, spans: Sequence[Span]) -> bool:
    traces = [trace for place in _tellings(scene) for trace in place.evidence]
    return any(t.start < span.end and span.start < t.end for t in traces for span in spans)


def _tellings(scene: Scene) -> Iterator[Any]:
    yield scene.place
    yield from (naming.place for naming in scene.namings)


def _spans_of(label: Label, source: Labelled) -> list[Span]:
    alike = (other for other in source.labels if other.happening == label.happening)
    return [slot.span for other in alike for slot in other.slots if slot.kind == "at"]


def _places_of(sources: Iterable[Labelled]) -> Mapping[tuple[str, str], set[str]]:
    """Return the words of the names by which the reports of a conflict place each happening."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for source in sources:
        for label in source.labels:
            for slot in label.slots:
                if slot.kind == "at" and label.happening:
                    words = source.item.text[slot.span.start : slot.span.end]
                    found[source.conflict.name, label.happening] |= _names_in(words)
    return found


def _names_in(words: str) -> set[str]:
    return {word.removesuffix("'s") for word in _NAME.findall(words)} - _COMMON
