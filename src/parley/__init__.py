"""Parley: from press reports about a conflict to a record of its events.

    import parley

    with parley.open("yemen.db") as record:
        record.ingest("reports/")
        for event in record.events(type="CONSULT", since="2023-01-01"):
            ...

`open` opens a record, `code` tells what one text tells; docs/python.md has the rest.  Both
are loaded when they are first used, so that `import parley` costs nothing.
"""

from typing import TYPE_CHECKING, Any

from parley.version import __version__

if TYPE_CHECKING:
    from parley.python import CodedText, OpenRecord, code, open

__all__ = ["CodedText", "OpenRecord", "__version__", "code", "open"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in __all__:
        from parley import python  # noqa: PLC0415 - slow to load

        return getattr(python, name)
    raise AttributeError(f"module 'parley' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
