"""The making of the learnt components: from the corpus to the file of weights and its card.

In: the corpus, the pinned parser and the rules.  Out: in `src/parley/learnt/data/`, the weights and
`components.toml`.  A first network, fitted without the conflicts of the fold "tune", gives the
calibration; the one that is kept is fitted to them too.  No conflict of the fold "test" is
seen by either.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from parley import dating, grounding, parsing
from parley.coding.finding import found_by_rules
from parley.coding.judging import hints_of
from parley.coding.lexicon import load_lexicon
from parley.learnt.card import VERSION, Card
from parley.learnt.components import save
from parley.learnt.network import Network
from training.corpus import FOLDER, labelled
from training.examples import Example, batch_of, example_of
from training.fitting import Plan, fit
from training.gold import as_report, lay
from training.measuring import measure

DATA = FOLDER.parent / "src" / "parley" / "learnt" / "data"
_TEMPERATURES = np.arange(0.6, 2.01, 0.05)


def examples(folds: Sequence[str]) -> Iterator[Example]:
    """Yield the paragraphs of the corpus in some folds, parsed, with what the rules say of them."""
    knowledge, lexicon = grounding.Knowledge.load(), load_lexicon()
    parser = parsing.Parser(names=knowledge.patterns())
    for source in labelled():
        if source.conflict.fold not in folds:
            continue
        parse = parser.parse(as_report(source.item))
        grounded = grounding.ground(dating.date_report(parse).parse, knowledge=knowledge)
        hints = [
            hints_of(found_by_rules(doc, grounding=grounded, lexicon=lexicon)[0])
            for doc in parse.docs
        ]
        for gold in lay(parse, hints, source):
            yield example_of(gold)


def make(tell: Callable[[str], None], *, folder: Path = DATA) -> None:
    """Fit the network, calibrate it, and write weights and card; `tell` hears of the progress."""
    chosen = settings()
    plan = chosen.plan
    train, tune, test = (list(examples([fold])) for fold in ("train", "tune", "test"))
    tell(f"{len(train)} paragraphs train, {len(tune)} tune, {len(test)} test")

    def report(number: int, loss: float, network: Network) -> None:
        tell(f"round {number + 1} of {plan.rounds}: loss {loss:.3f}")

    first = fit(train, plan=plan, report=report)
    _tell_figures("tune", measure(first, tune), tell)
    temperature = {name: _temperature(first, tune, name) for name in ("event", "type", "status")}
    network = fit([*train, *tune], plan=plan, report=report)
    _tell_figures("test", measure(network, test), tell)
    card = Card(
        version=VERSION,
        sha256=save(network, folder),
        corpus=corpus_hash(),
        temperature=temperature,
        thresholds=chosen.thresholds,
    )
    (folder / "components.toml").write_text(written(card), encoding="utf-8")


def set_thresholds(*, folder: Path = DATA) -> None:
    """Write the thresholds of `settings.toml` into the card; the weights stay."""
    path = folder / "components.toml"
    # Not by `read_card`: the thresholds that stand there may lack one that is new.
    card = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Card)
    card = msgspec.structs.replace(card, thresholds=settings().thresholds)
    path.write_text(written(card), encoding="utf-8")


def corpus_hash() -> str:
    """Return the SHA-256 of all that the corpus is made of, file by file in the order of names."""
    whole = hashlib.sha256((FOLDER / "removed.tsv").read_bytes())
    for path in sorted(FOLDER.glob("*/*.txt")):
        whole.update(path.relative_to(FOLDER).as_posix().encode())
        whole.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()


def written(card: Card) -> str:
    """Return a card as TOML."""
    lines = [
        "# Written by `make train`; docs/model-card.md tells what it says.",
        f"version = {card.version}",
        f'sha256 = "{card.sha256}"',
        f'corpus = "{card.corpus}"',
    ]
    for head, values in (("temperature", card.temperature), ("thresholds", card.thresholds)):
        lines += ["", f"[{head}]", *(f"{name} = {value:g}" for name, value in values.items())]
    return "\n".join(lines) + "\n"


class Settings(Struct, forbid_unknown_fields=True):
    """What `settings.toml` says."""

    plan: Plan
    thresholds: dict[str, float]


def settings() -> Settings:
    """Return how the network is fitted, and from which likelihood on it decides."""
    told = tomllib.loads((FOLDER / "settings.toml").read_text(encoding="utf-8"))
    return msgspec.convert(told, Settings)


def _tell_figures(fold: str, figures: dict[str, str], tell: Callable[[str], None]) -> None:
    for name, figure in figures.items():
        tell(f"{fold} {name:14} {figure}")


def _temperature(network: Network, tune: Sequence[Example], name: str) -> float:
    """Return what divides a decision's scores so that the labels are likeliest."""
    cost = np.zeros(len(_TEMPERATURES))
    for example in tune:
        batch = batch_of([example])
        rows, answers = {
            "event": (batch.words, batch.events),
            "type": (batch.triggers, batch.types),
            "status": (batch.triggers, batch.statuses),
        }[name]
        if not len(rows):
            continue
        encoded, _ = network.encode(batch.features)
        for at, temperature in enumerate(_TEMPERATURES):
            told, _ = network.decide(name, encoded[rows], temperature=float(temperature))
            cost[at] -= np.log(np.maximum(told[np.arange(len(rows)), answers], 1e-9)).sum()
    return round(float(_TEMPERATURES[cost.argmin()]), 2)
