"""What the network makes of paragraphs: a `Judgement` each, which is asked of its words.

The paragraphs of a report are judged together (`judge`), and so are the slots of all its triggers
(`fill`).  Whatever else is asked is worked out then, with the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from spacy.tokens import Doc, Token

from parley.learnt.decisions import ANSWERS, SLOTS, STATUSES, TYPES
from parley.learnt.features import Hints, look
from parley.learnt.inference import Inference
from parley.learnt.network import PADDING, Floats
from parley.learnt.ways import Way, Ways
from parley.model import EventType, Status
from parley.parsing.layout import lay_out

# What is asked of the words that may name an event, and how likely they do, at least: of all
# others it is asked when somebody wants to know.
_OF_EVENTS = tuple(name for name in ANSWERS if name not in ("event", "slot"))
_MAY_BE = 0.1


def judge(
    inference: Inference,
    docs: Sequence[Doc],
    hints: Sequence[Hints],
    *,
    temperature: Mapping[str, float],
) -> list[Judgement]:
    """Return what the network makes of paragraphs, given what the rules say of each.

    They are looked at together, which is cheaper; none has a part in another's.
    """
    if not docs:
        return []
    seen = look(docs, hints, padding=PADDING)
    answers = Answers(inference, inference.encode(seen, docs[0].vocab), temperature)
    hinted = {int(rows[i]) for rows, own in zip(seen.rows, hints, strict=True) for i in own}
    likely = {row for row, how in enumerate(answers.events) if how >= _MAY_BE}
    answers.ask(sorted(hinted | likely))
    return [
        Judgement(answers, rows.tolist(), doc, own)
        for rows, doc, own in zip(seen.rows, docs, hints, strict=True)
    ]


class Answers:
    """The answers on the rows of some paragraphs; none is worked out twice.

    `encoded` is what the network makes of the rows, `events` how likely each names an event.
    """

    def __init__(
        self, inference: Inference, encoded: Floats, temperature: Mapping[str, float]
    ) -> None:
        self.inference, self.encoded, self._temperature = inference, encoded, temperature
        self.events: list[float] = self._decide("event", encoded)[:, 1].tolist()
        self._told: dict[str, dict[int, list[float]]] = {name: {} for name in _OF_EVENTS}

    def ask(self, rows: Sequence[int]) -> None:
        """Work out all that may be asked of some rows together."""
        if rows:
            for name in _OF_EVENTS:
                told = self._decide(name, self.encoded[rows])
                self._told[name].update(zip(rows, told.tolist(), strict=True))

    def of(self, name: str, row: int) -> list[float]:
        """Return the probabilities of a decision's answers."""
        told = self._told[name]
        if row not in told:
            told[row] = self._decide(name, self.encoded[row : row + 1])[0].tolist()
        return told[row]

    def _decide(self, name: str, rows: Floats) -> Floats:
        return self.inference.decide(name, rows, temperature=self._temperature.get(name, 1.0))


class Judgement:
    """What the network makes of one paragraph; asked of its tokens."""

    def __init__(self, answers: Answers, rows: Sequence[int], doc: Doc, hints: Hints) -> None:
        self.answers, self.rows, self.doc = answers, rows, doc
        self._hints, self._ways = hints, Ways(lay_out(doc))
        self._slots: dict[int, list[tuple[Token, str, float]]] = {}
        self._told: dict[tuple[int, int], Floats] = {}

    def event(self, token: Token) -> float:
        """Return how likely a word names an event."""
        return self.answers.events[self.rows[token.i]]

    def likely_events(self, least: float) -> list[Token]:
        """Return the words that name an event at least so likely."""
        events = self.answers.events
        return [self.doc[i] for i, row in enumerate(self.rows) if events[row] >= least]

    def types(self, token: Token) -> dict[EventType, float]:
        """Return how likely each type is for the event that a word names."""
        return dict(zip(TYPES, self.answers.of("type", self.rows[token.i]), strict=True))

    def statuses(self, token: Token) -> dict[Status, float]:
        """Return how likely each status is for the event that a word names."""
        return dict(zip(STATUSES, self.answers.of("status", self.rows[token.i]), strict=True))

    def background(self, token: Token) -> float:
        """Return how likely the event that a word names is recalled from before the news."""
        return self.answers.of("background", self.rows[token.i])[1]

    def slots(self, trigger: Token) -> list[tuple[Token, str, float]]:
        """Return the words that fill a slot of a trigger: the word, the slot, how likely."""
        if trigger.i not in self._slots:
            fill([(self, trigger.i)])
        return self._slots[trigger.i]

    def likely(self, trigger: Token, word: Token, slot: str) -> float | None:
        """Return how likely a word fills a slot of a trigger, None of one that may fill none."""
        self.slots(trigger)
        told = self._told.get((trigger.i, word.i))
        return None if told is None else float(told[SLOTS.index(slot)])

    def pairs(self, trigger: int) -> tuple[list[int], list[Way]]:
        """Return the words that may fill a slot of a trigger, and the way of each to it."""
        words = self._ways.fillers(trigger)
        return words, self._ways.between(trigger, words, self._hints.get(trigger))

    def take(self, trigger: int, words: Sequence[int], told: Floats) -> None:
        """Keep what the network says of the words that may fill a slot of a trigger."""
        self._told.update(((trigger, word), row) for word, row in zip(words, told, strict=True))
        best = told.argmax(axis=1)
        likely = told[np.arange(len(words)), best].tolist()
        self._slots[trigger] = [
            (self.doc[word], SLOTS[slot], how)
            for word, slot, how in zip(words, best.tolist(), likely, strict=True)
            if slot
        ]


def fill(asked: Sequence[tuple[Judgement, int]]) -> None:
    """Work out together what fills the slots of triggers, of judgements made by one call."""
    found = [(judgement, trigger, *judgement.pairs(trigger)) for judgement, trigger in asked]
    ways = [way for *_, some in found for way in some]
    told = np.zeros((0, len(SLOTS)), dtype="float32")
    if ways:
        answers = found[0][0].answers
        triggers = [judge.rows[trigger] for judge, trigger, words, _ in found for _ in words]
        fillers = [judge.rows[word] for judge, _, words, _ in found for word in words]
        told = answers.inference.pair(answers.encoded, np.array(triggers), np.array(fillers), ways)
    at = 0
    for judgement, trigger, words, _ in found:
        judgement.take(trigger, words, told[at : at + len(words)])
        at += len(words)
