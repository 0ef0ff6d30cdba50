"""Invented mentions and reports for the tests of merging: two made-up states and their doings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from parley.merging import merge
from parley.model import (
    Attribution,
    Count,
    CountKind,
    Event,
    EventType,
    LinkCue,
    Mention,
    Participant,
    Person,
    Place,
    Precision,
    Provision,
    Published,
    Report,
    Role,
    Status,
    When,
    digest,
)

ARDEN = ("Arden", "ARD")
BELMAR = ("Belmar", "BEL")
CORVIA = ("Corvia", "COR")
DELTIA = ("Deltia", "DEL")

LUMEN = Place(name="Lumen", country="COR", lat=46.2, lon=6.1, precision="city")
PORTO = Place(name="Porto Alto", country="DEL", lat=55.7, lon=37.6, precision="city")
RIDGE = Place(name="Grey Ridge", country="ARD", lat=39.9, lon=46.0, precision="city")
HOLLOW = Place(name="Low Hollow", country="ARD", lat=41.5, lon=44.5, precision="city")
NORTH = Place(name="North Province", country="ARD", lat=40.2, lon=46.3, precision="region")
ARDENLAND = Place(name="Arden", country="ARD", lat=40.0, lon=45.0, precision="country")


def day(text: str) -> When:
    """One day, as ISO."""
    return When(start=date.fromisoformat(text), end=date.fromisoformat(text), precision="day")


def window(start: str, end: str | None, precision: Precision) -> When:
    """A window of time, as ISO."""
    last = date.fromisoformat(end) if end else None
    return When(start=date.fromisoformat(start), end=last, precision=precision)


def party(
    state: tuple[str, str], role: Role = "actor", people: Sequence[tuple[str, str | None]] = ()
) -> Participant:
    """A state in a role, with persons as (name, title)."""
    return Participant(
        name=state[0],
        kind="state",
        country=state[1],
        role=role,
        people=tuple(Person(name=name, title=title) for name, title in people),
    )


def both(role: Role = "actor") -> tuple[Participant, ...]:
    """Arden and Belmar in one role."""
    return (party(ARDEN, role), party(BELMAR, role))


def ministers(role: Role = "actor") -> tuple[Participant, ...]:
    """The foreign ministers of Arden and Belmar."""
    return (
        party(ARDEN, role, [("Ona Tarrish", "Foreign Minister")]),
        party(BELMAR, role, [("Pavel Mirow", "Foreign Minister")]),
    )


def leaders(role: Role = "actor") -> tuple[Participant, ...]:
    """The heads of Arden and Belmar."""
    return (
        party(ARDEN, role, [("Karl Hovik", "President")]),
        party(BELMAR, role, [("Imre Dalan", "Prime Minister")]),
    )


def exactly(what: CountKind, number: int, **more: str) -> Count:
    """A figure given without "about"."""
    return Count(what=what, low=number, best=number, high=number, **more)


def at_least(what: CountKind, number: int, **more: str) -> Count:
    """A figure given as the least."""
    return Count(what=what, low=number, best=number, high=None, **more)


def said(state: tuple[str, str], stance: str = "asserts") -> Attribution:
    """A state that is quoted for it."""
    return Attribution(name=state[0], kind="state", country=state[1], stance=stance)  # type: ignore[arg-type]


class Page:
    """A report that grows by one sentence a mention; it keeps every offset true."""

    def __init__(self, name: str, published: str | None = None, *, headline: str = "") -> None:
        self.id = digest("r", name)
        self.published = published
        self.text = f"{headline}\n\n" if headline else ""
        self.mentions: list[Mention] = []

    def tell(
        self,
        type_: EventType,
        text: str,
        *,
        trigger: str = "",
        status: Status = "happened",
        salient: Sequence[str] = (),
        new_line: bool = False,
        end: str = ".",
        when: When | None = None,
        where: Sequence[Place] = (),
        who: Sequence[Participant] = (),
        counts: Sequence[Count] = (),
        provisions: Sequence[str] = (),
        attribution: Sequence[Attribution] = (),
        links: Sequence[LinkCue] = (),
        background: bool = False,
        mode: str | None = None,
    ) -> Mention:
        """Add a sentence that tells of something, and return its mention."""
        start = len(self.text)
        text += end
        word = trigger or text.split()[0]
        at = start + text.index(word)
        self.text += text + ("\n\n" if new_line else " ")
        mention = Mention(
            id=digest("m", self.id, str(at), type_),
            report=self.id,
            start=start,
            end=start + len(text),
            text=text,
            trigger=(at, at + len(word)),
            type=type_,
            mode=mode,
            status=status,
            when=when,
            where=tuple(where),
            participants=tuple(who),
            counts=tuple(counts),
            provisions=tuple(Provision(text=words) for words in provisions),
            attribution=tuple(attribution),
            links=tuple(links),
            salient=tuple(salient),
            background=background,
        )
        self.mentions.append(mention)
        return mention

    def report(self) -> Report:
        """The report as it stands."""
        published = None
        if self.published:
            on = date.fromisoformat(self.published)
            published = Published(start=on, end=on, how="given", confidence=1.0)
        return Report(id=self.id, source=self.id, text=self.text, published=published)


def only_event(*pages: Page) -> Event:
    """Return the one event that some pages tell."""
    (event,) = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    ).events
    return event
