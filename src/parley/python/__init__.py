"""Parley from Python: what `import parley` offers, a small public interface.

In: paths, texts, filters as plain Python values.  Out: the structs of `parley.model` and
`parley.views`, and data frames.  docs/python.md tells how it is used, with examples.

    opened.py      `open` and `OpenRecord`: a record to be fed, asked and exported
    viewed.py      the part of it that has the views
    correctable.py the part of it that takes corrections, and compares
    asking.py      filters from keyword arguments
    rows.py        rows of a record, to be looped over or made a data frame of
    coding.py      `code`: what one text tells, without a record
    component.py   the spaCy component `parley`

Each is loaded when it is first used: spaCy loads the component with every pipeline, and
must not load a database with it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parley.python.asking import Asked
    from parley.python.coding import CodedText, code
    from parley.python.opened import OpenRecord, open
    from parley.python.rows import Rows

__all__ = ["Asked", "CodedText", "OpenRecord", "Rows", "code", "open"]

_WHERE = {
    "Asked": "asking",
    "CodedText": "coding",
    "OpenRecord": "opened",
    "Rows": "rows",
    "code": "coding",
    "open": "opened",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in _WHERE:
        return getattr(import_module(f"parley.python.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'parley.python' has no attribute {name!r}")
