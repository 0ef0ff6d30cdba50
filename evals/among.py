"""Learn what evidence weighs within a report that tells of several happenings.

`python -m evals.among FOLDER [--write FILE]`.  FOLDER keeps the records of `evals.weights`, which
makes them where they are missing.  Learnt is of the mentions of one report of which it is known
whether they tell one happening: by the labels of the corpus's conflicts that train, and by the
answers of `samples`, `dev` and `dev2`.  Printed are, for each record, the B-cubed F1 of its groups
by weights set by hand, as shipped and learnt; for a conflict that trains, by weights that were
learnt without it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace as changed
from itertools import combinations, groupby
from pathlib import Path

from msgspec.structs import replace

from evals.chronicles import read_chronicles
from evals.marked import Marked
from evals.weights import head_of_lesson, marked_record
from parley.merging import Weights, merge, rules_by, shipped_weights
from parley.merging.describing import traits_of
from parley.merging.frequencies import Frequencies
from parley.merging.learning import Lesson, learn
from parley.merging.pairing import Pair, Pairing
from parley.merging.weights import Level, Levels, head_of, levels_among

_ANSWERED = ("samples", "dev", "dev2")
_UNSEEN = ("dev3",)
_SEED = 1
_PULL = 1.0  # bits
_OF_A_WORD = 4.0  # pairs: so much all tellings of two happenings weigh at most
# What a report itself says of two stays as it is: held and called off, done to one another.
_SAID = ("_here", "other_wanted")
_OWN = frozenset({"type", "when"})  # where a level of one report is one of several happenings


def main(args: Sequence[str] | None = None) -> int:
    """Run; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.among", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the records are kept")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put what is learnt into it")
    options = parser.parse_args(args)
    told = read_chronicles()
    tested = [name for name, one in told.items() if one.conflict.fold == "test"]
    fitted = [*_ANSWERED, *(name for name in told if name not in tested)]
    marked = {name: marked_record(name, options.folder) for name in (*fitted, *_UNSEEN, *tested)}
    pairs = {name: pairs_within(one) for name, one in marked.items()}
    shipped, by_hand = levels_among(), set_by_hand(levels_among())
    lesson = _learnt([pairs[name] for name in fitted], by_hand)
    for name, one in marked.items():
        others = [pairs[other] for other in fitted if other != name]
        own = _learnt(others, by_hand) if name in told and name in fitted else lesson
        figures = (_grouped(one, levels) for levels in (by_hand, shipped, own.weights.levels))
        told_as = " ".join(f"{figure:.3f}" for figure in figures)
        sys.stdout.write(f"{name:26}{told_as}  of {len(pairs[name])} pairs\n")
        sys.stdout.flush()
    sys.stdout.write(f"doubt {lesson.before.loss} to {lesson.after.loss}, one {lesson.together}\n")
    if options.write:
        options.write.write_text(_rewritten(options.write.read_text(), lesson))
    return 0


def pairs_within(marked: Marked) -> list[Pair]:
    """Return the pairs of one type and one report of several that tell known happenings."""
    pairing = Pairing(rules_by(None))
    found = traits_of(marked.mentions, Frequencies(marked.mentions), reports=marked.reports)
    known: list[Pair] = []
    said: dict[tuple[str, ...], int] = {}
    for report, group in groupby(found, key=lambda trait: trait.report):
        told = [trait for trait in group if trait.several and trait.id in marked.truth]
        for one, two in combinations(told, 2):
            pair = pairing.pair(one, two) if one.type == two.type else None
            if pair is not None and one.item == two.item:
                both = sorted((marked.truth[one.id], marked.truth[two.id]))
                number = said.setdefault((report, *both), len(said))
                known.append(changed(pair, truth=both[0] == both[1], said=number))
    return known


def set_by_hand(levels: Levels) -> Levels:
    """Return levels as they were before anything was learnt."""
    return {
        comparison: {
            name: replace(level, weight=_by_hand(level), how="hand", seen=0, was=None)
            for name, level in found.items()
        }
        for comparison, found in levels.items()
    }


def _by_hand(level: Level) -> float:
    return level.weight if level.was is None else level.was


def _learnt(pairs: Sequence[Sequence[Pair]], levels: Levels) -> Lesson:
    """Return what the pairs of several records teach."""
    together = [
        changed(pair, said=None if pair.said is None else pair.said * 1000 + at)
        for at, found in enumerate(pairs)
        for pair in found
    ]
    return learn(
        together,
        Weights(settings=shipped_weights().settings, levels=levels),
        seed=_SEED,
        pulls=(_PULL,),
        of_a_word=_OF_A_WORD,
        held=[
            (comparison, name)
            for comparison, found in levels.items()
            for name in found
            if name.endswith(_SAID) and comparison not in _OWN
        ],
    )


def _grouped(marked: Marked, levels: Levels) -> float:
    """Return the figure of the events that merging makes by some levels within reports."""
    rules = replace(rules_by(None), among=levels)
    return marked.figure(merge(marked.mentions, reports=marked.reports, rules=rules).events)


def _rewritten(text: str, lesson: Lesson) -> str:
    """Return the text of `among.toml` with what was learnt in the place of what it has."""
    comments: Iterable[str] = [line for line in text.splitlines() if line.startswith("#")]
    lines = [*comments, "", *head_of(head_of_lesson(lesson))]
    for comparison, levels in lesson.weights.levels.items():
        base = shipped_weights().levels[comparison]
        own = [
            f"{name} = {{ weight = {level.weight}, was = {_by_hand(level)}, seen = {level.seen} }}"
            for name, level in levels.items()
            if {level.weight, _by_hand(level)} != {base[name].weight}
        ]
        lines += ["", f"[{comparison}]", *own] if own else []
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
