"""A load of invented mentions of known truth, and what merging makes of it.

`python tests/merging/loads.py 20000` prints pairs compared, seconds, and B-cubed precision
and recall.  Everything is drawn from one seed: the same number gives the same load.
"""

from __future__ import annotations

import logging
import random
import sys
import time
from collections import Counter
from datetime import date, timedelta

from tellings import ARDEN, BELMAR, CORVIA, DELTIA, Page, day, exactly, party, window

from parley.merging import Merged, merge
from parley.model import EventType, Mention, Place, Report, When

_TYPES: tuple[EventType, ...] = (
    *("ASSAULT",) * 5,
    *("CONSULT",) * 4,
    "AGREE",
    "ACCUSE",
    "REJECT",
    "MOBILIZE",
    "RETREAT",
    "REQUEST",
    "COERCE",
)
_TELLINGS = (1, 1, 1, 2, 3, 5, 8)
_DELAYS = (1, 1, 2, 3, 20, 100)
_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")


class Load:
    """Mentions of one invented conflict over three years, and which event each one tells."""

    def __init__(self, size: int, *, seed: int = 1) -> None:
        """Draw about `size` mentions."""
        self._draw = random.Random(seed)
        self._places = [self._place(number) for number in range(150)]
        self._words = [self._word() for _ in range(2000)]
        self._people = [f"{self._word()} {self._word()}".title() for _ in range(60)]
        self.pages: dict[str, Page] = {}
        self.mentions: list[Mention] = []
        self.truth: dict[str, int] = {}
        event = 0
        while len(self.mentions) < size:
            self._tell_event(event, size)
            event += 1

    @property
    def reports(self) -> dict[str, Report]:
        """The reports by id."""
        return {page.id: page.report() for page in self.pages.values()}

    def _word(self) -> str:
        return "".join(self._draw.choice(_SYLLABLES) for _ in range(self._draw.randint(2, 4)))

    def _place(self, number: int) -> Place:
        return Place(
            name=f"Town {number}",
            country=self._draw.choice(["ARD", "BEL", "COR"]),
            lat=self._draw.uniform(38, 44),
            lon=self._draw.uniform(42, 50),
            precision="city",
        )

    def _tell_event(self, event: int, size: int) -> None:
        draw = self._draw
        type_ = draw.choice(_TYPES)
        on = date(2020, 1, 1) + timedelta(days=draw.randrange(3 * 365))
        states = (
            [ARDEN, BELMAR]
            if draw.random() < 0.8
            else draw.sample([ARDEN, BELMAR, CORVIA, DELTIA], 2)
        )
        place, people = draw.choice(self._places), draw.sample(self._people, 2)
        killed = draw.choice([None, None, draw.randrange(1, 40), draw.randrange(40, 999)])
        words = draw.sample(self._words, 6)
        mutual = type_ in ("CONSULT", "AGREE")
        for _ in range(draw.choice(_TELLINGS)):
            printed = on + timedelta(days=draw.choice(_DELAYS))
            name = f"{printed} {draw.randrange(max(size // 2000, 1))}"
            page = self.pages.setdefault(name, Page(name, str(printed)))
            named = type_ == "CONSULT" and draw.random() < 0.5
            salient = (*draw.sample(words, 4), *draw.sample(self._words, 3))
            mention = page.tell(
                type_,
                " ".join(salient),
                when=self._when(on),
                where=[place] if draw.random() < 0.6 else [],
                who=[
                    party(
                        state,
                        "actor" if mutual or number == 0 else "recipient",
                        [(people[number], "President")] if named else [],
                    )
                    for number, state in enumerate(states)
                ],
                counts=[exactly("killed", killed)]
                if killed and type_ == "ASSAULT" and draw.random() < 0.7
                else [],
                salient=salient,
            )
            self.mentions.append(mention)
            self.truth[mention.id] = event

    def _when(self, on: date) -> When | None:
        chance = self._draw.random()
        monday = on - timedelta(days=on.weekday())
        for least, when in (
            (0.40, day(str(on))),
            (0.30, window(str(monday), str(monday + timedelta(days=6)), "week")),
            (0.22, window(f"{on:%Y-%m}-01", f"{on:%Y-%m}-28", "month")),
            (0.17, window(f"{on.year}-01-01", f"{on.year}-12-31", "year")),
        ):
            if chance > least:
                return when
        return None


def b_cubed(outcome: Merged, truth: dict[str, int]) -> tuple[float, float]:
    """Return B-cubed precision and recall (Bagga and Baldwin 1998) over all mentions."""
    found = {m.id: event.id for event in outcome.events for m in event.mentions}
    both = Counter((found[id_], event) for id_, event in truth.items())
    sizes, wanted = Counter(found.values()), Counter(truth.values())
    precision = sum(both[found[id_], event] / sizes[found[id_]] for id_, event in truth.items())
    recall = sum(both[found[id_], event] / wanted[event] for id_, event in truth.items())
    return precision / len(truth), recall / len(truth)


def main(size: int) -> None:
    """Merge a load of `size` mentions and print what came of it."""
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
    load = Load(size)
    reports = load.reports
    began = time.perf_counter()
    outcome = merge(load.mentions, reports=reports)
    took = time.perf_counter() - began
    precision, recall = b_cubed(outcome, load.truth)
    sys.stdout.write(f"{took:.1f} s, precision {precision:.3f}, recall {recall:.3f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
