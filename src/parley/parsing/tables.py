"""What is told of the words of a paragraph, as a table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# A row a word: the tag, the head as so many words from the word, its part in the
# sentence, and how it stands to a name of what type; each as spaCy's number for it.
Table = NDArray[np.uint64]
COLUMNS: list[int | str] = ["TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]
TAG, HEAD, DEP, IOB, TYPE = range(5)

# How a word stands to a name, in spaCy's count.
NOWHERE, INSIDE, OUTSIDE, BEGINS = range(4)


def tie(table: Table, word: int, head: int) -> None:
    """Hang a word on another, or on itself where it heads its sentence."""
    table[word, HEAD] = np.int64(head - word).astype(np.uint64)
