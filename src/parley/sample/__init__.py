"""A small folder of press reports to try Parley on, shipped with the package.

What comes in: nothing.  What goes out: the paths of the reports, plain UTF-8 text
files that `parley ingest` reads as it reads any other.

The reports tell of the Armenia-Azerbaijan process from 2020 to 2023.  The outlets,
their reporters, the private persons quoted and the wording are invented: nothing here
was published by anybody, none of it is a source, and the words put into the mouths of
ministries and office holders paraphrase positions taken in public.  The happenings
behind them are real, but details are simplified.  The outlets are partisan in opposite
directions on purpose, and the pages carry what scraped pages carry: cookie notices,
links to other stories, page dates years off.

Their gold answers are in `evals/gold/samples.jsonl` of the source tree.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from parley.errors import DataError

__all__ = ["sample_paths"]


def sample_paths() -> list[Path]:
    """Return the paths of the sample reports, sorted by file name.

    Raises `DataError` when the package lies inside an archive, where no path would
    outlive this call; pip and uv install it unpacked.
    """
    folder = files(__name__)
    if not isinstance(folder, Path):
        problem = f"the sample reports are packed inside {folder}"
        raise DataError(f"{problem}; install the package unpacked to read them")
    return sorted(folder.glob("*.txt"))
