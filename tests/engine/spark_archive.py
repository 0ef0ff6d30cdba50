"""An archive for the tests of the cluster engine: many files, in the forms that archives have."""

from __future__ import annotations

import gzip
import html
import json
import random
from collections.abc import Sequence
from pathlib import Path

import pyarrow
from pyarrow import parquet

from benchmarks import archive

STORY = (
    "Two soldiers were killed on Tuesday when their patrol came under fire near Kidal, the army "
    "of Mali said. A spokesman blamed rebels of the north for the attack, which they denied. "
    "The foreign ministers of Mali and Niger met in Niamey on Wednesday to discuss the border."
)
COPIES = 25
# Files of one report each.
SINGLE = 30


def write(folder: Path) -> None:
    """Write a made-up archive as JSON Lines, WARC and Parquet, in parts, and by itself.

    With it go a story with many copies, a report in a language that nobody codes, and a
    file that cannot be read.
    """
    rows = list(archive.rows(30, seed=4))
    archive.write(folder / "archive.jsonl", reports=6, seed=4)
    for part in range(3):
        _write_pages(folder / "web" / f"part-{part}.warc.gz", rows[6 + part : 18 : 3])
        _write_table(folder / "tables" / f"part-{part}.parquet", rows[18 + part : 30 : 3])
    for number in range(SINGLE):
        file = folder / "single" / f"{number:02}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"March {number + 1}, 2024\n\n{rows[number]['text'].split('. ')[0]}.")
    _write_story(folder / "story.jsonl")
    (folder / "german.txt").write_text("Die Minister trafen sich am Montag in Wien. " * 20)
    (folder / "broken.jsonl").write_text('{"text": 5}\n')


def _write_pages(file: Path, rows: Sequence[dict[str, str]]) -> None:
    """Write a web archive, packed page by page as crawlers do."""
    file.parent.mkdir(exist_ok=True)
    packed = b""
    for number, row in enumerate(rows):
        paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in row["text"].split("\n\n"))
        page = (
            f"<html><head><title>{html.escape(row['title'])}</title>"
            f'<meta property="og:site_name" content="{row["outlet"]}">'
            f'<meta property="article:published_time" content="{row["date"]}"></head>'
            f"<body><article><h1>{html.escape(row['title'])}</h1>{paragraphs}</article></body></html>"
        ).encode()
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: {row['date']}T05:06:07Z\r\n"
            f"WARC-Target-URI: https://news.example/{file.stem}/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}"
        )
        packed += gzip.compress(head.encode() + b"\r\n\r\n" + block + b"\r\n\r\n")
    file.write_bytes(packed)


def _write_table(file: Path, rows: Sequence[dict[str, str]]) -> None:
    file.parent.mkdir(exist_ok=True)
    parquet.write_table(pyarrow.Table.from_pylist(list(rows)), file)


def _write_story(file: Path) -> None:
    draw = random.Random(8)
    rows = [
        {
            "id": str(number),
            "outlet": f"Outlet {number % 7}",
            "date": f"2024-03-{13 + number % 2}",
            "text": f"{STORY}\n\n" + f"Printed for district {draw.randint(1, 5)}. " * (number % 3),
        }
        for number in range(COPIES)
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
