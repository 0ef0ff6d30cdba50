"""What triage by words would save: `python -m benchmarks.triage`.

Triage would leave sentences out before the parse, by their words alone.  Here the corpus of
`training` (real-looking sentences and reports of many conflicts, and of sport, weather and business
beside them) is coded whole; from the conflicts of the fold `train` it is learnt how much each word
speaks for a mention (logistic regression, which does better than a list of words), and
over the others it is counted which part of the words could be left out while so many of the
mentions are kept.  The sentences are those of the parse, which triage would not have: what is
printed is more than could be saved.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from parley.engine.coder import BuiltIn
from parley.model import Report
from parley.model.identity import digest
from parley.parsing import start_of
from training.corpus import conflicts, texts

KEPT = (1.0, 0.995, 0.99, 0.98, 0.95)
_ROUNDS = 30
_RATE, _SLOWER, _SHRINK = 0.1, 0.9, 1e-4


class Told(Struct, frozen=True):
    """A sentence: its words, each once, how many there are, and how many mentions they trigger."""

    words: frozenset[str]
    length: int
    mentions: int


def sentences_of(own: BuiltIn, items: Iterable[str]) -> Iterator[Told]:
    """Code texts and yield their sentences."""
    for text in items:
        report = Report(id=digest("r", text), source="corpus", text=text)
        parse = own._parser.parse(report)
        triggers = [mention.trigger[0] for mention in own._code([parse])[0].mentions]
        for doc in parse.docs:
            for sentence in doc.sents:
                start = start_of(sentence)
                end = start + len(sentence.text)
                yield Told(
                    frozenset(token.lower_ for token in sentence),
                    len(sentence),
                    sum(start <= trigger < end for trigger in triggers),
                )


def learn(sentences: Sequence[Told]) -> dict[str, float]:
    """Return how much each word that occurs twice speaks for a mention."""
    seen = Counter(word for sentence in sentences for word in sentence.words)
    numbers = {word: i for i, word in enumerate(w for w, times in seen.items() if times > 1)}
    rows = [
        (np.array([numbers[w] for w in told.words if w in numbers], dtype=int), told.mentions > 0)
        for told in sentences
    ]
    weights, rate, draw = np.zeros(len(numbers)), _RATE, random.Random(1)
    for _ in range(_ROUNDS):
        draw.shuffle(rows)
        for row, tells in rows:
            wrong = 1 / (1 + np.exp(-weights[row].sum())) - tells
            weights[row] -= rate * (wrong + _SHRINK * weights[row])
        rate *= _SLOWER
    return dict(zip(numbers, weights.tolist(), strict=True))


def saved(weights: dict[str, float], sentences: Sequence[Told]) -> list[float]:
    """Return which part of the words could be left out, for each part of mentions in `KEPT`."""
    scores = [sum(weights.get(word, 0.0) for word in told.words) for told in sentences]
    order = np.argsort(scores, kind="stable")
    lost = _shares(np.array([sentences[i].mentions for i in order]))
    left = _shares(np.array([sentences[i].length for i in order]))
    parts = []
    for kept in KEPT:
        most = int(np.searchsorted(lost, 1 - kept + 1e-9, side="right"))
        parts.append(float(left[most - 1]) if most else 0.0)
    return parts


def _shares(values: NDArray[np.int64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = np.cumsum(values) / values.sum()
    return shares


def main() -> None:
    """Measure and print."""
    own = BuiltIn()
    known = list(sentences_of(own, _texts("train", "sr")))
    weights = learn(known)
    sys.stdout.write("part of the mentions kept".ljust(38))
    sys.stdout.write("".join(f"{kept:8.1%}" for kept in KEPT) + "\n")
    for name, kinds in (("sentences of all kinds", "s"), ("reports of conflicts", "r")):
        unseen = [t for fold in ("tune", "test") for t in sentences_of(own, _texts(fold, kinds))]
        told = sum(sentence.length for sentence in unseen if sentence.mentions)
        words = sum(sentence.length for sentence in unseen)
        sys.stdout.write(f"{name}: {words:,} words".ljust(38))
        sys.stdout.write("".join(f"{part:8.1%}" for part in saved(weights, unseen)))
        sys.stdout.write(f"   at best {1 - told / words:.1%}\n")
        sys.stdout.flush()


def _texts(fold: str, kinds: str) -> Iterator[str]:
    for conflict in conflicts():
        if conflict.fold == fold:
            yield from (item.text for item in texts(conflict) if item.id[0] in kinds)


if __name__ == "__main__":
    main()
