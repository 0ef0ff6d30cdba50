"""`parley search`: words, in what the record tells and in the reports themselves."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import LinesOption, reading, write_data
from parley.cli.terminal import clean, say, write

EXAMPLES = (
    "parley search ceasefire",
    "parley search 'prisoner exchange' --kind report --limit 5",
)


def search(
    *,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Words, or how they begin.")],
    record: RecordOption = DEFAULT_RECORD,
    kind: Annotated[
        Literal["event", "report"], typer.Option(help="What to search: event or report.")
    ] = "event",
    limit: Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="So many.")] = 20,
    offset: Annotated[int, typer.Option(min=0, metavar="N", help="Leave out the first N.")] = 0,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Search the events or the reports for words.

    All of the words must be there; the best hits come first.  Case and accents do not
    count, and the beginning of a word is enough.  For a list with other filters
    besides, use `parley timeline --text WORDS`.
    """
    if not any(character.isalnum() for character in words):
        raise typer.BadParameter(f"{words!r} has no letter or digit", param_hint="'WORDS'")
    with reading(record) as opened:
        hits = opened.search(words, kind=kind, limit=limit, offset=offset)
        if write_data(hits, json=json, jsonl=jsonl):
            return
        for hit in hits:
            write(f"{hit.id}  {clean(hit.title)}")
            if hit.excerpt:
                marked = hit.excerpt.replace(chr(2), "[").replace(chr(3), "]")
                write(f"    {clean(marked)}")
        if not hits:
            say(f"no {kind} has these words" + (f" after the first {offset:,}" if offset else ""))
