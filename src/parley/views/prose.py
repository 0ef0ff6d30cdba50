"""The sentences of a brief: made of an event's coded fields, each with the mentions that say so.

In: an event and its mentions as they were coded.  Out: `Piece`s, a text and the mentions
behind it.  Nothing is added up or concluded: a name, a figure or a date stands in a
coded field of one of the mentions behind the piece that has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from parley.merging import summarise
from parley.model import Count, Event, Mention, Participant
from parley.views.phrases import phrase_count, phrase_when

_NUMBER = re.compile(r"\d[\d,]*")
_TOLLS = ("killed", "wounded", "captured", "missing", "displaced", "deployed")
_FIELDS = {"counts": "Figures", "when": "When", "where": "Where", "participants": "Who took part",
           "status": "Whether it happened", "actor": "Who began", "mediators": "Who mediated",
           "place names": "Name of the place", "framing": "Words used"}  # fmt: skip


class Piece(Struct, frozen=True, kw_only=True):
    """Some text of a brief; `mentions` are the ids of those that say it.

    `by_hand` tells that a person corrected what it says.
    """

    text: str
    mentions: tuple[str, ...]
    by_hand: bool = False


def phrase_date(event: Event, told: Mapping[str, Mention]) -> Piece:
    """Return when an event happens, with the mentions that give that date."""
    text = phrase_when(event.when)
    same = [m for m in _mentions(event, told) if m.when and phrase_when(m.when) == text]
    return Piece(text=text, mentions=_ids(same[:1]), by_hand=_by_hand(event, "when") and not same)


def phrase_event(event: Event, told: Mapping[str, Mention]) -> Piece:
    """Return an event in a sentence, its figures left out."""
    if _by_hand(event, "summary"):
        return Piece(text=_sentence(event.summary), mentions=_ids(told_by(event)[:1]), by_hand=True)
    plain = summarise(msgspec.structs.replace(event, counts=()))
    hands = any(field.field in ("participants", "where", "type") for field in event.corrections)
    return Piece(
        text=_sentence(plain), mentions=cover(plain, _mentions(event, told)), by_hand=hands
    )


def phrase_figures(event: Event, told: Mapping[str, Mention]) -> list[Piece]:
    """Return every figure that is claimed of an event: "Killed, of Armenia: 49 (says X)"."""
    groups: dict[tuple[str, str | None], list[Count]] = {}
    for count in event.counts:
        groups.setdefault((count.what, count.side), []).append(count)
    pieces = []
    for what, side in sorted(groups, key=lambda key: (_TOLLS.index(key[0]), key[1] or "")):
        before = f"{what.capitalize()}{f', of {side}' if side else ''}: "
        counts = groups[what, side]
        # Said only where it sets a figure apart from others.
        own = ", in the outlet’s own voice" if any(c.claimed_by for c in counts) else ""
        for number, count in enumerate(counts):
            by = f", according to {count.claimed_by}" if count.claimed_by else own
            by = "" if count.corrected else by
            end = "." if number == len(counts) - 1 else ";"
            text = f"{before if number == 0 else ''}{phrase_count(count)}{by}{end}"
            behind = (
                [event.mentions[count.mention].id] if count.mention < len(event.mentions) else []
            )
            pieces.append(
                Piece(text=text, mentions=tuple(behind), by_hand=_by_hand(event, "counts"))
            )
    return pieces


def phrase_provisions(event: Event) -> list[Piece]:
    """Return what was agreed, in the reports' words."""
    return [
        Piece(
            text=f"{'' if at else 'Agreed: '}“{_trimmed(provision.text)}”{'.' if last else ';'}",
            mentions=(event.mentions[provision.mention].id,)
            if provision.mention < len(event.mentions)
            else (),
            by_hand=_by_hand(event, "provisions"),
        )
        for at, provision in enumerate(event.provisions)
        for last in (at == len(event.provisions) - 1,)
    ]


def phrase_voices(event: Event) -> list[Piece]:
    """Return who claims, denies or confirms it."""
    words = {"asserts": "Said by", "accuses": "Claimed by", "denies": "Denied by",
             "confirms": "Confirmed by"}  # fmt: skip
    pieces = []
    for stance, before in words.items():
        said: dict[str, list[str]] = {}
        for mention in event.mentions:
            for voice in mention.attribution:
                if voice.stance == stance:
                    said.setdefault(voice.name, []).append(mention.id)
        if said:
            behind = dict.fromkeys(ids[0] for ids in said.values())
            pieces.append(Piece(text=f"{before} {listed(list(said))}.", mentions=tuple(behind)))
    return pieces


def phrase_disagreements(event: Event) -> list[Piece]:
    """Return what the sources tell differently: a piece a value, the field before the first."""
    pieces = []
    for differ in event.disagreements:
        field = _FIELDS.get(differ.field, differ.field.capitalize())
        for number, value in enumerate(differ.values):
            before = f"{field}: " if number == 0 else ""
            end = "." if number == len(differ.values) - 1 else ";"
            ids = [event.mentions[at].id for at in value.mentions if at < len(event.mentions)]
            pieces.append(
                Piece(text=f"{before}{value.value.replace('_', ' ')}{end}", mentions=tuple(ids))
            )
    return pieces


def cover(text: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return as few mentions as have every name and figure of a text in their fields.

    One at least; where no mention has a name it is passed over.
    """
    has = {mention.id: _facts(mention) for mention in mentions}
    every = {fact for facts in has.values() for fact in facts}
    missing = {fact for fact in every if _stands_in(fact, text)}
    chosen: list[Mention] = []
    while missing or not chosen:
        best = max(mentions, key=lambda m: len(has[m.id] & missing), default=None)
        if best is None:
            break
        chosen.append(best)
        missing -= has[best.id]
    return _ids(mention for mention in mentions if mention in chosen)


def figures_in(text: str) -> set[int]:
    """Return the numbers that a text has."""
    return {int(found.replace(",", "")) for found in _NUMBER.findall(text) if found.strip(",")}


def listed(names: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def told_by(event: Event) -> list[str]:
    """Return the mentions of an event, those that recall it as background last."""
    return [m.id for m in sorted(event.mentions, key=lambda mention: mention.background)]


def _facts(mention: Mention) -> set[str]:
    """Return the names in a mention's fields."""
    found = {place.name for place in mention.where} | {said.name for said in mention.attribution}
    for party in mention.participants:
        found |= _names(party)
    return {fact for fact in found if fact}


def _names(party: Participant) -> set[str]:
    return {party.name, party.side or "", *(person.name for person in party.people)}


def _stands_in(fact: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", text, re.IGNORECASE) is not None


def _mentions(event: Event, told: Mapping[str, Mention]) -> list[Mention]:
    return [told[id_] for id_ in told_by(event) if id_ in told]


def _ids(mentions: Iterable[Mention | str]) -> tuple[str, ...]:
    return tuple(each if isinstance(each, str) else each.id for each in mentions)


def _by_hand(event: Event, field: str) -> bool:
    return any(corrected.field == field for corrected in event.corrections)


def _trimmed(text: str) -> str:
    return " ".join(text.split()).rstrip(".;,")


def _sentence(text: str) -> str:
    """Return a summary as a sentence: with a capital, and one stop."""
    text = " ".join(text.split()).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
