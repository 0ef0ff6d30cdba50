"""`parley why`: the evidence by which mentions are one event, or two events are not one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.terminal import clean, many, write, write_json

if TYPE_CHECKING:
    from parley.merging import Reason
    from parley.views import Told, Why

EXAMPLES = ("parley why e_4f2a", "parley why e_4f2a e_77b1", "parley why e_4f2a --json")
_DECIDED = {
    "said": "Kept apart by a person who said that they are two.  The likest pair:",
    "evidence": "Kept apart by the evidence: even the likest pair is likelier two.",
    "forbidden": "Kept apart by two mentions that can never be one: the second pair below.",
    "unlike": "Kept apart by two mentions too unlike for one event: the second pair below.",
    "unmet": "Never compared: they share no day, place, party or word that few others have.",
}
_HEARD = {
    "whole": "the {} that tell what their reports are about speak for the rest",
    "dated": "the {} that tell a time speak for the rest",
    "all": "{} in all",
}
_WIDTH = 20  # characters of the longest bar
_LONGEST = 8.0  # bits that it stands for
_INDENT = 2 * _WIDTH + 12  # where what a weight is made of stands: below its words
_WORDS = 70


def why(
    *,
    event: Annotated[
        str, typer.Argument(metavar="EVENT", help="The event's id, or its first characters.")
    ],
    other: Annotated[
        str | None,
        typer.Argument(metavar="[OTHER]", help="Another event: why the two are not one."),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Say why mentions are one event, or why two events are not.

    The evidence is in bits: each makes it twice as likely, or half, that two mentions tell one
    happening.  For each mention the one is shown that it hangs on most.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load
    from parley.views import explain_event  # noqa: PLC0415

    with Record.open(record, read_only=True) as opened:
        found = explain_event(opened, event, other)
    if json:
        write_json(found)
    else:
        write(_page(found))


def _page(found: Why) -> str:
    lines = [clean(found.summary)]
    if found.other is not None:
        lines.append(clean(found.other_summary or ""))
        if not found.reasons:
            lines.append("The two are one event.")
    elif not found.reasons:
        lines.append("One mention tells it, so nothing was compared.")
    told = {mention.id: mention for mention in found.mentions}
    if found.reasons:
        lines += [_judged_by(found)]
    if found.decided is not None:
        lines += _decided(found)
    shown: set[frozenset[str]] = set()
    for reason in found.reasons:
        pair = frozenset((reason.mention, reason.other))
        if pair in shown:
            continue  # each hangs on the other most
        shown.add(pair)
        one, two = told[reason.mention], told[reason.other]
        lines += [
            "",
            _quoted(one),
            _quoted(two),
            *_chart(reason),
        ]
    return "\n".join(lines) + "\n"


def _decided(found: Why) -> list[str]:
    """Return what keeps two events apart."""
    if found.decided == "average":
        heard = _HEARD[found.speaking or "all"].format(many(found.pairs, "pair"))
        return [
            f"Kept apart by what they tell as a whole: {heard}.",
            f"Their mean is {found.average:+.1f} bits; above 0 the two would be one.",
            "The likest pair, and the one most against:",
        ]
    return [_DECIDED[found.decided or "evidence"]]


def _judged_by(found: Why) -> str:
    """Return whose weights these are."""
    whose = (
        f"the record's own weights ({clean(found.weights)})"
        if found.weights
        else ("Parley's weights")
    )
    how = found.learnt
    if how is None:
        return f"Judged by {whose}, set by hand."
    known = how.together + how.apart
    return f"Judged by {whose}, learnt {how.at} from {how.pairs:,} pairs, {known:,} of them known."


def _chart(reason: Reason) -> list[str]:
    lines = []
    for weight in reason.weights:
        lines.append(
            f"  {_bar(weight.weight)} "
            + ("   never" if weight.veto else f"{weight.weight:+8.1f}")
            + f"  {weight.name}: {weight.words}"
            + (" [learnt]" if weight.how == "learnt" else "")
        )
        lines += [f"  {' ' * _INDENT}{part.bits:+6.1f} {part.words}" for part in weight.parts]
    forbidden = any(weight.veto for weight in reason.weights)
    verdict = "  never" if forbidden else f"{reason.score:+7.1f}"
    words = "one" if reason.score > 0 else "two"
    return [*lines, f"  {' ' * (2 * _WIDTH + 1)} {verdict:>8}  in all: likelier {words}"]


def _bar(bits: float) -> str:
    size = min(_WIDTH, round(abs(bits) / _LONGEST * _WIDTH))
    left, right = ("#" * size, "") if bits < 0 else ("", "#" * size)
    return f"{left:>{_WIDTH}}|{right:<{_WIDTH}}"


def _quoted(told: Told) -> str:
    words = clean(told.text)
    short = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
    return f'"{short}" ({clean(told.source.rpartition("/")[2])})'
