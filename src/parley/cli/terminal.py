"""What may be printed, where, and how wide.

Data goes to standard output; what is said about it to standard error.  Words that come
from reports are never taken as markup, and no control character of theirs reaches a
terminal.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import msgspec

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text in one line, without characters that a terminal would act on."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def many(number: int, noun: str) -> str:
    """Return "1 report", "2 reports"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def is_terminal() -> bool:
    """Tell whether standard output is read by a person."""
    return sys.stdout.isatty()


def say(text: str) -> None:
    """Tell the user something on standard error."""
    sys.stderr.write(clean(text) + "\n")


def write(text: str) -> None:
    """Write a line of data to standard output."""
    sys.stdout.write(text + "\n")


def write_json(value: Any) -> None:  # noqa: ANN401 - whatever msgspec can encode
    """Write a value as one JSON document to standard output."""
    raw = msgspec.json.format(msgspec.json.encode(value), indent=2)
    write(raw.decode())


def prepare_streams() -> None:
    """Let a stream that cannot show a character show a substitute instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
