"""`parley why`: the evidence by which mentions are one event, or two events are not one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import listed
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
# What a comparison looks at, for a reader; what says too little alone (the type) is left out.
_HELD = {
    "when": "when it was",
    "where": "where it was",
    "parties": "who took part",
    "offices": "who took part",
    "persons": "who took part",
    "brokers": "who mediated",
    "counts": "the figures",
    "words": "the words",
    "matter": "the matter",
    "aim": "the matter",
    "story": "what the reports are about as a whole",
    "telling": "one report telling it in several words",
    "cue": "words that tie one sentence to another",
    "scale": "telling of a war as a whole",
}
_MOST_HELD = 3
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
    happening.  First stands in plain words what weighs most; then, of each two reports, the pair
    of mentions that holds best.  --json has a pair for each mention.
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
        lines += [_held_by(found)] if found.other is None else []
        lines += [_judged_by(found)]
    if found.decided is not None:
        lines += _decided(found)
    pairs: dict[frozenset[str], list[Reason]] = {}
    for reason in found.reasons:
        sources = [told[id_].source for id_ in (reason.mention, reason.other)]
        # Of one event the likest pair of two reports stands for all of theirs.
        apart = [reason.mention, reason.other] if found.other else sources
        pairs.setdefault(frozenset(apart), []).append(reason)
    for reason, *rest in pairs.values():
        one, two = told[reason.mention], told[reason.other]
        lines += [
            "",
            _quoted(one),
            _quoted(two),
            *_chart(reason),
        ]
        others = {frozenset((each.mention, each.other)) for each in rest}
        others -= {frozenset((reason.mention, reason.other))}
        if others and found.other is None:
            of = "this report" if one.source == two.source else "these two reports"
            lines.append(f"  and {many(len(others), 'more pair')} of {of}")
    return "\n".join(lines) + "\n"


def _decided(found: Why) -> list[str]:
    """Return what keeps two events apart."""
    if found.decided == "average":
        heard = _HEARD[found.speaking or "all"].format(many(found.pairs, "pair"))
        return [
            f"Kept apart by what they tell as a whole: {heard}.",
            f"Together they weigh {found.average:+.1f} bits; above 0 the two would be one.",
            "The likest pair, and the one most against:",
        ]
    return [_DECIDED[found.decided or "evidence"]]


def _held_by(found: Why) -> str:
    """Return in plain words what holds the mentions of one event together."""
    worth: dict[str, float] = {}
    for reason in found.reasons:
        for weight in reason.weights:
            if weight.weight > 0 and weight.name in _HELD:
                worth[_HELD[weight.name]] = worth.get(_HELD[weight.name], 0.0) + weight.weight
    most = sorted(worth, key=lambda words: -worth[words])[:_MOST_HELD]
    return f"Held together above all by {listed(most)}." if most else ""


def _judged_by(found: Why) -> str:
    """Return whose weights these are."""
    whose = (
        f"the record's own weights ({clean(found.weights)})"
        if found.weights
        else ("Parley's weights")
    )
    bits = "in bits: +1 makes one happening twice as likely"
    how = found.learnt
    if how is None:
        return f"Judged by {whose}, set by hand ({bits})."
    known = how.together + how.apart
    return (
        f"Judged by {whose}, learnt {how.at} from {how.pairs:,} pairs, {known:,} of "
        f"them known ({bits})."
    )


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
