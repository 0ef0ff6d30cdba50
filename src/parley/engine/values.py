"""The values of an event's fields, as an analyst gives them.

In: a field and what was written for it, in short words or as in the JSON export.  Out:
the plain JSON value that the field takes.  `Refused` tells what cannot be read, and how it
is written.

    type, status          a word: CONSULT, denied
    mode, summary         text; `none` for no mode
    contexts              words with commas: diplomatic, military
    when                  2023-05-19, 2023-W20, 2023-05, 2023, 2023-05-19/2023-05-21,
                          2023-05-19/ (it lasts), unknown
    where                 names of places with semicolons: Geneva; Lachin corridor
    participants          role: name, with semicolons: mediator: European Union; actor: Armenia
    counts                killed 3; wounded 10-12; displaced 5000+; killed 2 of Armenia
    provisions            what was agreed, with bars: a ceasefire | withdrawal of troops
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, get_args

import msgspec

from parley.errors import Refused
from parley.model import Count, CountKind, Event, EventType, Place, Role, Status, When

_TYPES = {field.name: field.type for field in msgspec.structs.fields(Event)}
_NOTHING = frozenset({"none", "unknown", "-", ""})
_COUNT = re.compile(
    r"(?P<what>[a-z]+)\s+(?P<low>\d[\d,]*)\s*(?:(?P<more>\+)|[-–]\s*(?P<high>\d[\d,]*))?"
    r"(?:\s+(?P<void>corrected|earlier))?(?:\s+of\s+(?P<side>.+?))?(?:\s+says\s+(?P<by>.+))?",
    re.IGNORECASE,
)


def read_value(field: str, text: str) -> Any:  # noqa: ANN401 - any field's value
    """Return the value of a field that was written in short words, or as JSON."""
    stripped = text.strip()
    if stripped[:1] in ("[", "{") and field not in ("summary", "mode"):
        try:
            return msgspec.json.decode(stripped)
        except msgspec.DecodeError as error:
            raise Refused(
                f"{field}: no JSON ({error}); write it as in parley show --json"
            ) from error
    read: Callable[[str], Any] | None = _READERS.get(field)
    if read is None:
        raise Refused(f"{field}: no field that can be corrected; there is {', '.join(_READERS)}")
    return read(stripped)


def check_value(field: str, value: Any, *, mentions: int) -> Any:  # noqa: ANN401
    """Return a field's value as plain JSON, all its keys there; raise `Refused` for another.

    `mentions` is how many mentions the event has.
    """
    if field not in _READERS:
        raise Refused(f"{field}: no field that can be corrected; there is {', '.join(_READERS)}")
    try:
        made = msgspec.convert(value, _TYPES[field])
    except msgspec.ValidationError as error:
        raise Refused(f"{field}: {error}; write it as in parley show --json") from error
    if field == "summary" and (not made.strip() or "\n" in made):
        raise Refused("summary: it must be one line that says something")
    if field == "when" and made is not None:
        _check_window(made)
    for part in made if isinstance(made, tuple) else ():
        if isinstance(part, Place):
            _check_place(part)
        if isinstance(part, Count):
            _check_count(part)
        index = getattr(part, "mention", 0)
        if not 0 <= index < max(mentions, 1):
            raise Refused(f"{field}: there is no mention {index}; the event has {mentions}")
    return msgspec.json.decode(msgspec.json.encode(made))


def _check_window(when: When) -> None:
    if when.end is not None and when.end < when.start:
        raise Refused(f"when: {when.end} lies before {when.start}; write the earlier day first")


def _check_place(place: Place) -> None:
    if not place.name.strip():
        raise Refused("where: a place has no name; write one, or none for no place")
    if (place.lat is None) != (place.lon is None) or not (
        -90 <= (place.lat or 0) <= 90 and -180 <= (place.lon or 0) <= 180
    ):
        raise Refused(
            f"where: {place.name} lies nowhere on Earth; lat is -90 to 90, lon -180 to 180 degrees"
        )


def _check_count(count: Count) -> None:
    known = [n for n in (count.low, count.best, count.high) if n is not None]
    if not known or min(known) < 0 or known != sorted(known):
        raise Refused(
            f"counts: {count.what} {count.low} to {count.high}: write the lower number first, none "
            f"below 0"
        )


def _word(options: tuple[str, ...], field: str, text: str) -> str:
    wanted = text.casefold().replace(" ", "_")
    found = [option for option in options if option.casefold() == wanted]
    if not found:
        raise Refused(f"{field}: {text!r} is none; there is {', '.join(options)}")
    return found[0]


def _mode(text: str) -> str | None:
    return None if text.casefold() in _NOTHING else text


def _contexts(text: str) -> list[str]:
    return [] if text.casefold() in _NOTHING else [part.strip() for part in text.split(",")]


def _when(text: str) -> dict[str, Any] | None:
    if text.casefold() in _NOTHING:
        return None
    first, slash, last = text.partition("/")
    start, end, precision = _window(first.strip())
    if slash:
        end = _window(last.strip())[1] if last.strip() else None
        precision = "span"
    return {
        "start": start.isoformat(),
        "end": end.isoformat() if end else None,
        "precision": precision,
    }


def _window(text: str) -> tuple[date, date | None, str]:
    """Return the first and last day that a day, week, month or year has, and which it is."""
    try:
        if found := re.fullmatch(r"(\d{4})-?W(\d{1,2})", text, re.IGNORECASE):
            year, week = int(found[1]), int(found[2])
            return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7), "week"
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
            year, month = int(found[1]), int(found[2])
            last = calendar.monthrange(year, month)[1]
            return date(year, month, 1), date(year, month, last), "month"
        if found := re.fullmatch(r"\d{4}", text):
            return date(int(text), 1, 1), date(int(text), 12, 31), "year"
        day = date.fromisoformat(text)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise Refused(
            f"when: {text!r} is no day; write 2023-05-19, 2023-05, 2023, two days with a slash, or "
            f"unknown"
        ) from error
    return day, day, "day"


def _where(text: str) -> list[dict[str, Any]]:
    from parley.grounding import Knowledge  # noqa: PLC0415 - slow to load

    knowledge = Knowledge.load()
    found = []
    for name in _parts(text, ";"):
        place = knowledge.place(name) or Place(name=name)
        found.append(msgspec.to_builtins(place))
    return found


def _participants(text: str) -> list[dict[str, Any]]:
    from parley.grounding import Knowledge  # noqa: PLC0415 - slow to load

    knowledge = Knowledge.load()
    found = []
    for part in _parts(text, ";"):
        role, colon, name = part.partition(":")
        if not colon:
            role, name = "actor", part
        party = knowledge.party(name.strip())
        found.append(
            {
                "name": party.name if party else name.strip(),
                "kind": party.kind if party else "unknown",
                "country": party.country if party else None,
                "role": _word(get_args(Role), "participants", role.strip()),
            }
        )
    return found


def _counts(text: str) -> list[dict[str, Any]]:
    found = []
    for part in _parts(text, ";"):
        match = _COUNT.fullmatch(part)
        if match is None:
            raise Refused(
                f"counts: {part!r} is no count; write killed 3, wounded 10-12, displaced 5000+ or "
                f"killed 2 of Armenia says Russia"
            )
        low = int(match["low"].replace(",", ""))
        high = int(match["high"].replace(",", "")) if match["high"] else None
        found.append(
            {
                "what": _word(get_args(CountKind), "counts", match["what"]),
                "low": low,
                "best": low if high is None else None,
                "high": high if high is not None or match["more"] else low,
                "side": match["side"],
                "claimed_by": match["by"],
                "corrected": (match["void"] or "").lower() == "corrected",
                "earlier": (match["void"] or "").lower() == "earlier",
            }
        )
    return found


def _provisions(text: str) -> list[dict[str, Any]]:
    return [{"text": part} for part in _parts(text, "|")]


def _parts(text: str, mark: str) -> list[str]:
    if text.casefold() in _NOTHING:
        return []
    return [part.strip() for part in text.split(mark) if part.strip()]


_READERS: dict[str, Callable[[str], Any]] = {
    "type": partial(_word, get_args(EventType), "type"),
    "mode": _mode,
    "contexts": _contexts,
    "summary": str,
    "status": partial(_word, get_args(Status), "status"),
    "when": _when,
    "where": _where,
    "participants": _participants,
    "counts": _counts,
    "provisions": _provisions,
}
