"""What a user asks a view for: the options of the filters and of the page, on any command."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parley.cli import filtering
from parley.cli.terminal import is_terminal

if TYPE_CHECKING:
    from parley.record.finding import Filters, Paging

_ALL = 10_000  # rows for a program that asks for no page
_FILTERS: dict[str, tuple[Any, Any]] = {
    "type": (filtering.TypeOption, None),
    "mode": (filtering.ModeOption, None),
    "status": (filtering.StatusOption, None),
    "party": (filtering.PartyOption, None),
    "place": (filtering.PlaceOption, None),
    "country": (filtering.CountryOption, None),
    "near": (filtering.NearOption, None),
    "since": (filtering.SinceOption, None),
    "until": (filtering.UntilOption, None),
    "source": (filtering.SourceOption, None),
    "outlet": (filtering.OutletOption, None),
    "text": (filtering.TextOption, None),
    "min_sources": (filtering.MinSourcesOption, None),
    "min_confidence": (filtering.MinConfidenceOption, None),
    "disputed": (filtering.DisputedOption, False),
    "corrected": (filtering.CorrectedOption, False),
}
_PAGING: dict[str, tuple[Any, Any]] = {
    "limit": (
        Annotated[
            int | None,
            typer.Option(metavar="N", help="So many rows; all of them for a program, unless told."),
        ],
        None,
    ),
    "offset": (Annotated[int, typer.Option(metavar="N", help="Leave out the first N rows.")], 0),
}


class Asked:
    """What a user asked for: `filters`, and the page that `paging` gives."""

    def __init__(self, filters: Filters, limit: int | None, offset: int) -> None:
        self.filters = filters
        self._limit = limit
        self._offset = offset

    def paging(self, usual: int, *, all_rows: bool = False) -> Paging:
        """Return the page: where no limit was given of `usual` rows, all for a program."""
        from parley.record.finding import Paging  # noqa: PLC0415 - slow to load

        all_rows = all_rows or not is_terminal()
        limit = self._limit if self._limit is not None else _ALL if all_rows else usual
        paging = Paging(limit=limit, offset=self._offset)
        paging.check()
        return paging


def filtered(
    command: Callable[..., None] | None = None, *, paging: bool = True
) -> Callable[..., Any]:
    """Give a command the options of the filters, and of the page unless there is none.

    The command takes them as one keyword, `asked`.
    """
    if command is None:
        return functools.partial(filtered, paging=paging)
    more = {**_FILTERS, **(_PAGING if paging else {})}

    @functools.wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401 - whatever the options are
        values = {name: given.pop(name) for name in more}
        limit, offset = values.pop("limit", None), values.pop("offset", 0)
        command(**given, asked=Asked(filtering.filters_of(**values), limit, offset))

    signature = inspect.signature(command, eval_str=True)
    own = [each for each in signature.parameters.values() if each.name != "asked"]
    options = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, (annotation, default) in more.items()
    ]
    run.__signature__ = signature.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
    return run
