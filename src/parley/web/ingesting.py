"""The process that adds reports: `python -m parley.web.ingesting`, a job on standard input.

Coding a report takes seconds of a processor, and a report that runs wild must be stopped
from outside of it: both have no place in the process that answers requests.  Out, a line
of JSON for each thing that happens (`Said`).  The working folder is the job's own, empty
but for what the person sent.
"""

from __future__ import annotations

import sys
from typing import BinaryIO

import msgspec
from msgspec import Struct

from parley.engine import Ingested, Progress
from parley.errors import ParleyError

_CHANGES = 300


class Order(Struct, frozen=True, kw_only=True):
    """What is to be added to which record: names of files in the working folder, or addresses."""

    record: str
    paths: tuple[str, ...]
    allow_private: bool = False


class Changed(Struct, frozen=True, kw_only=True):
    """An event that the run made, changed, or did away with (its `successor` has its mentions)."""

    what: str
    id: str
    summary: str
    status: str | None = None
    successor: str | None = None


class Said(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened: exactly one of these is set."""

    progress: Progress | None = None
    refused: str | None = None
    notice: str | None = None
    done: Ingested | None = None
    changes: tuple[Changed, ...] | None = None
    failed: str | None = None


class _Told(Struct, frozen=True):
    """What of an event is told."""

    summary: str = ""
    status: str | None = None


def main() -> int:
    """Carry out the order on standard input; return 0, or 1 where the record failed."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    out = sys.stdout.buffer
    try:
        _carry_out(order, out)
    except ParleyError as error:
        _say(out, Said(failed=str(error)))
        return 1
    return 0


def _carry_out(order: Order, out: BinaryIO) -> None:
    from parley.engine import ingest  # noqa: PLC0415 - slow to load
    from parley.reading import Fetching  # noqa: PLC0415
    from parley.record import Record  # noqa: PLC0415

    with Record.open(order.record) as record:
        before = record.latest
        done = ingest(
            record,
            order.paths,
            refuse=lambda error: _say(out, Said(refused=str(error))),
            notice=lambda text: _say(out, Said(notice=text)),
            progress=lambda progress: _say(out, Said(progress=progress)),
            fetching=Fetching(allow_private=order.allow_private),
        )
        changes: list[Changed] = []
        for change in record.changes(since=before):
            if change.kind != "event" or len(changes) == _CHANGES:
                continue
            raw = change.value
            event = msgspec.json.decode(raw, type=_Told) if raw is not None else _Told()
            changes.append(
                Changed(
                    what=change.action,
                    id=change.id,
                    summary=event.summary,
                    status=event.status,
                    successor=change.successor,
                )
            )
        _say(out, Said(changes=tuple(changes)))
    _say(out, Said(done=done))


def _say(out: BinaryIO, said: Said) -> None:
    out.write(msgspec.json.encode(said) + b"\n")
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
