"""`python -m training COMMAND ...`: the corpus from the command line.

check FILE ...           what is wrong in files that hold texts and labels, and what they hold
check-labels NAME ...    what is wrong in a second hand's labels of conflicts
agreement [NAME ...]     how far the two hands agree, by field
differences NAME         what a third hand has to settle
settle FILE NAME         take a third hand's decisions on a conflict
leakage                  what test has in common with training, and the corpus with the benchmarks
train                    make the learnt components anew
thresholds               write the thresholds of settings.toml into the components' card
compare FOLD ...         the rules against the rules with the components (docs/reliability.svg too)
roles NAME ...           sides, places, figures of conflicts or folds in reports; with --faults each
sides NAME ...           who takes part in the events merged of them; with --faults each
scenes                   the weights by which a sentence without a place takes one, fitted anew
dates NAME ...           how reports of conflicts or folds are dated whose date is taken away
draw NUMBER              mentions of held-out conflicts, drawn at random, to be judged
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from parley.errors import DataError
from training.agreement import both, figures
from training.corpus import FOLDER, Conflict, conflicts, texts
from training.items import Item, parse_label, read_items, read_labels
from training.leakage import across_folds, benchmark_texts, with_benchmarks
from training.settling import settled, shown


def check(names: list[str]) -> int:
    """Print what is wrong in files that hold texts and labels, and what they hold."""
    wrong = 0
    counts: Counter[str] = Counter()
    for path in map(Path, names):
        for item, lines in read_items(path).values():
            counts["sentences" if item.id[0] == "s" else "reports"] += 1
            counts["without an event"] += not lines
            wrong += _check_lines(path.name, item, lines, counts)
    print("  ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    return wrong


def check_labels(names: list[str]) -> int:
    """Print what is wrong in a second hand's labels."""
    wrong = 0
    counts: Counter[str] = Counter()
    for name in names:
        items = read_items(FOLDER / "texts" / f"{name}.txt")
        for id_, lines in read_labels(FOLDER / "second" / f"{name}.txt").items():
            if id_ not in items:
                print(f"{name}: there is no {id_}")
                wrong += 1
            else:
                wrong += _check_lines(name, items[id_][0], lines, counts)
    print("  ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    return wrong


def _check_lines(name: str, item: Item, lines: list[str], counts: Counter[str]) -> int:
    wrong, taken = 0, set()
    for line in lines:
        try:
            label = parse_label(line, item.text)
        except DataError as error:
            wrong += 1
            print(f"{name} {item.id}: {error}")
            continue
        if label.trigger in taken:
            wrong += 1
            print(f"{name} {item.id}: {line!r}: two events with one trigger")
        taken.add(label.trigger)
        counts[label.type] += 1
        counts[label.status] += 1
        counts["bg"] += label.background
    return wrong


def agreement(names: list[str]) -> int:
    """Print how far the two hands agree."""
    items = [
        item
        for conflict in conflicts()
        if not names or conflict.name in names
        for item in both(conflict)
    ]
    for field, figure in figures(items).items():
        print(f"{field:12} {figure}")
    return 0


def differences(names: list[str]) -> int:
    """Print the items on which the two hands differ."""
    for conflict in conflicts():
        if conflict.name in names:
            print("\n".join(shown(conflict)))
    return 0


def settle(names: list[str]) -> int:
    """Write what a third hand decided on a conflict, if all of it holds to the notation."""
    file, name = names
    conflict = next(one for one in conflicts() if one.name == name)
    items = {item.id: item for item in texts(conflict)}
    decided = settled(conflict, Path(file))
    open_ = [one.item.id for one in both(conflict) if not one.alike and one.item.id not in decided]
    wrong = sum(_check_lines(name, items[id_], lines, Counter()) for id_, lines in decided.items())
    print(f"{name}: {len(decided)} settled, {wrong} lines wrong, open: {' '.join(open_) or 'none'}")
    if not wrong:
        path = FOLDER / "settled" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            "\n".join("\n".join([f"@{id_}", *lines, ""]) for id_, lines in decided.items()),
            encoding="utf-8",
        )
    return wrong


def train(_: list[str]) -> int:
    """Make the learnt components anew from the corpus, and say how good they are."""
    from training.making import make  # noqa: PLC0415 - loads the parser

    make(lambda line: print(line, flush=True))
    return 0


def leakage(_: list[str]) -> int:
    """Print what stands twice where it should not."""
    across = list(across_folds())
    root = FOLDER.parent
    benchmarks = benchmark_texts(root.parent / "shared", root / "evals")
    quoted = list(with_benchmarks(benchmarks))
    for pair in (*across, *quoted):
        print(f"{pair.first} | {pair.second} | {pair.share:.2f}")
    print(f"test items too like one of training: {len(across)}")
    print(f"items with a run of words of {len(benchmarks)} benchmark texts: {len(quoted)}")
    return bool(across or quoted)


def thresholds(_: list[str]) -> int:
    """Write the thresholds of settings.toml into the card of the components."""
    from training.making import set_thresholds  # noqa: PLC0415 - loads the parser

    set_thresholds()
    return 0


def compare_coders(folds: list[str]) -> int:
    """Print how the rules do, and the rules with the components, and the reliability table."""
    from parley.engine.coder import BuiltIn  # noqa: PLC0415 - loads the parser
    from training.comparing import compare  # noqa: PLC0415
    from training.reliability import drawn, table  # noqa: PLC0415

    by_rules, by_both = BuiltIn(coder="rules"), BuiltIn(coder="learnt")
    rules = compare(lambda report: by_rules.code(report).mentions, folds)
    learnt = compare(lambda report: by_both.code(report).mentions, folds)
    for (name, one), other in zip(rules.figures().items(), learnt.figures().values(), strict=True):
        print(f"{name:24} {one:32} {other}")
    print(table(learnt.bins))
    (FOLDER.parent / "docs" / "reliability.svg").write_text(drawn(learnt.bins), encoding="utf-8")
    return 0


def judge_roles(names: list[str]) -> int:
    """Print how well reports are told who did what to whom, where; the faults of open conflicts."""
    from parley.engine.coder import BuiltIn  # noqa: PLC0415 - loads the parser
    from training.corpus import labelled  # noqa: PLC0415
    from training.roles import judge  # noqa: PLC0415

    named = _named(set(names) - {"--faults"})
    if named is None:
        return 1
    by_rules, by_both = BuiltIn(coder="rules", cache=True), BuiltIn(coder="learnt", cache=True)
    wanted = [s for s in labelled() if s.conflict in named]
    judged = judge(
        lambda report: by_both.code(report).mentions,
        lambda report: by_rules.code(report).mentions,
        wanted,
    )
    for name, figure in judged.figures():
        print(f"{name:28} {figure}")
    closed = {conflict.name for conflict in conflicts() if conflict.fold == "test"}
    if "--faults" in names:
        for fault in judged.faults:
            if fault.conflict not in closed:
                print(fault.shown())
    return 0


def judge_sides(names: list[str]) -> int:
    """Print how well events name who takes part, of conflicts together; the faults of open ones."""
    from parley.engine.coder import BuiltIn  # noqa: PLC0415 - loads the parser
    from parley.merging import merge  # noqa: PLC0415
    from training.comparing import as_dated  # noqa: PLC0415
    from training.corpus import labelled  # noqa: PLC0415
    from training.sides import Judged, judge_events  # noqa: PLC0415

    wanted = _named(set(names) - {"--faults"})
    if wanted is None:
        return 1
    coder, whole = BuiltIn(coder="learnt", cache=True), Judged()
    for conflict in wanted:
        sources = [s for s in labelled() if s.conflict == conflict and s.item.id[0] == "r"]
        reports = {source.item.id: as_dated(source) for source in sources}
        mentions = [m for report in reports.values() for m in coder.code(report).mentions]
        events = merge(mentions, reports=reports).events
        judged = judge_events(sources, mentions, events)
        whole.add(judged)
        if "--faults" in names and conflict.fold != "test":
            print("\n".join(fault.shown() for fault in judged.faults))
    for name, figure in whole.figures():
        print(f"{name:45} {figure}")
    return 0


def fit_scenes(_names: list[str]) -> int:
    """Fit the weights of scenes on the conflicts that train, and write them; print what they do."""
    from parley.engine.coder import BuiltIn  # noqa: PLC0415 - loads the parser
    from training import scenes  # noqa: PLC0415
    from training.corpus import labelled  # noqa: PLC0415

    code, told = BuiltIn(coder="learnt", cache=True).code, list(labelled())
    train, tune = (
        scenes.choices_of(code, [s for s in told if s.conflict.fold == fold])
        for fold in ("train", "tune")
    )
    weights = scenes.fitted(train)
    scenes.write(weights, Path("src/parley/coding/data/scenes.toml"))
    for fold, choices in (("train", train), ("tune", tune)):
        print(f"{fold:28} {scenes.lent(choices, weights)}")
    return 0


def judge_dates(names: list[str]) -> int:
    """Print how well reports are dated whose own date is taken away, by conflict and in all."""
    from training.undated import Dates, dates_of, day_of  # noqa: PLC0415 - loads the parser

    wanted = _named(names)
    if wanted is None:
        return 1
    whole = Dates()
    for conflict in wanted:
        reports = [item for item in texts(conflict) if item.id[0] != "s" and item.date]
        here = Dates()
        for item, way, told in dates_of(conflict.name, reports):
            true = day_of(item)
            here.take(way, told, true)
            whole.take(way, told, true)
        print(conflict.name, *here.lines(), sep="\n  ")
    print("all", *whole.lines(), sep="\n  ")
    return 0


def _named(names: Collection[str]) -> list[Conflict] | None:
    """Return the conflicts of some names or folds; say so and return None where one is unknown."""
    known = {told for one in conflicts() for told in (one.name, one.fold)}
    if not names or set(names) - known:
        unknown = " ".join(sorted(set(names) - known)) or "none named"
        print(f"no conflict or fold of conflicts.tsv: {unknown}")
        return None
    return [one for one in conflicts() if {one.name, one.fold} & set(names)]


def draw_some(names: list[str]) -> int:
    """Print mentions of held-out conflicts, drawn at random."""
    from parley.engine.coder import BuiltIn  # noqa: PLC0415 - loads the parser
    from training.drawing import draw  # noqa: PLC0415

    built = BuiltIn(coder="learnt")
    for one in draw(lambda report: built.code(report).mentions, count=int(names[0])):
        print(one)
    return 0


COMMANDS = {
    "compare": compare_coders,
    "draw": draw_some,
    "roles": judge_roles,
    "sides": judge_sides,
    "scenes": fit_scenes,
    "dates": judge_dates,
    "thresholds": thresholds,
    "leakage": leakage,
    "train": train,
    "check": check,
    "check-labels": check_labels,
    "agreement": agreement,
    "differences": differences,
    "settle": settle,
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(__doc__)
        sys.exit(2)
    sys.exit(bool(COMMANDS[sys.argv[1]](sys.argv[2:])))
