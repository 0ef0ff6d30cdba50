"""WARC: pages as they were fetched, archives that are damaged, archives of any size."""

from __future__ import annotations

import gzip
import os
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import brotli
import pytest

from parley.reading import read

from .conftest import Outcome
from .forms import HTML, WARC, http, record
from .samples import HEADLINE, PARAGRAPHS
from .test_packed import tar_bytes

Run = Callable[..., Outcome]
GOOD = record(http(HTML), url="https://news.example/good")


def test_pages_of_an_archive_are_reports(outcome: Run, tmp_path: Path) -> None:
    """Packed record by record or not; the source is the archive and the address."""
    (tmp_path / "a.warc").write_bytes(WARC)
    members = b"".join(gzip.compress(part) for part in (WARC, GOOD))
    (tmp_path / "b.warc.gz").write_bytes(members)
    (tmp_path / "c.tar.gz").write_bytes(tar_bytes({"x.warc": WARC}))
    reports, refused = outcome(tmp_path)
    assert not refused
    assert [report.source for report in reports] == [
        f"{tmp_path}/a.warc#https://news.example/1",
        f"{tmp_path}/b.warc.gz#https://news.example/1",
        f"{tmp_path}/b.warc.gz#https://news.example/good",
        f"{tmp_path}/c.tar.gz/x.warc#https://news.example/1",
    ]
    assert {report.title for report in reports} == {HEADLINE}
    assert reports[0].url == "https://news.example/1"


def test_page_has_the_id_that_it_has_as_a_file(outcome: Run, tmp_path: Path) -> None:
    """However it travelled: as it is, packed by the server, in chunks."""
    (tmp_path / "a.html").write_bytes(HTML)
    fields = "Content-Type: text/html\r\n"
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(HTML), HTML)
    bare = zlib.compress(HTML)[2:-4]
    (tmp_path / "b.warc").write_bytes(
        record(http(HTML))
        + record(http(gzip.compress(HTML), fields=fields + "Content-Encoding: gzip"))
        + record(http(zlib.compress(HTML), fields=fields + "Content-Encoding: deflate"))
        + record(http(bare, fields=fields + "Content-Encoding: deflate"))
        + record(http(chunked, fields=fields + "Transfer-Encoding: chunked"))
        + record(http(HTML, fields=fields + "Content-Encoding: gzip"))  # taken off already
        + record(http(HTML, fields=fields + "Transfer-Encoding: chunked"))
        + record(http(HTML, fields=fields + "Content-Encoding: br"))
        + record(http(brotli.compress(HTML), fields=fields + "Content-Encoding: br"))
        + record(HTML, kind="resource", media="text/html")
    )
    reports, refused = outcome(tmp_path)
    assert not refused
    assert len(reports) == 11
    assert len({report.id for report in reports}) == 1


def test_brotli_that_is_damaged_or_endless_is_refused(outcome: Run, tmp_path: Path) -> None:
    """It is named, and the pages behind it are read."""
    fields = "Content-Type: text/html\r\nContent-Encoding: br"
    packed = brotli.compress(HTML)
    bomb = brotli.compress(b"<html>" + bytes(30_000_000))
    (tmp_path / "a.warc").write_bytes(
        record(http(packed[:40] + b"\xff" * 40, fields=fields), url="https://news.example/torn")
        + record(http(bomb, fields=fields), url="https://news.example/bomb")
        + GOOD
    )
    (report,), refused = outcome(tmp_path)
    assert report.url == "https://news.example/good"
    assert [error.source.partition("#")[2] for error in refused] == [
        "https://news.example/torn",
        "https://news.example/bomb",
    ]
    assert "unpacks to more than a page may have" in str(refused[1])


def test_what_is_no_page_is_passed_over(outcome: Run, tmp_path: Path) -> None:
    """Redirects, errors, scripts, pictures and data are no reports, and no failures."""
    (tmp_path / "a.warc").write_bytes(
        record(http(HTML).replace(b"200 OK", b"404 Not Found"))
        + record(http(HTML).replace(b"200 OK", b"301 Moved"))
        + record(http(b"var a;", fields="Content-Type: application/javascript"))
        + record(http(b"User-agent: *", fields="Content-Type: text/plain"))
        + record(http(b"<urlset></urlset>", fields="Content-Type: text/xml"))
        + record(http(b""))
        + GOOD
    )
    (report,), refused = outcome(tmp_path)
    assert report.url == "https://news.example/good"
    assert not refused


def test_charset_of_the_server_and_day_of_fetching_count(outcome: Run, tmp_path: Path) -> None:
    """Text is read as the server says; what the page dates after its fetching is no date."""
    late = HTML.replace(b"2024-02-29T22", b"2024-05-29T22")
    russian = "<html><body><p>Стороны встретятся, сообщил представитель.</p></body></html>"
    (tmp_path / "a.warc").write_bytes(
        record(http(late))
        + record(
            http(russian.encode("koi8-r"), fields="Content-Type: text/html; charset=koi8-r"),
            url="https://news.example/ru",
        )
    )
    (one, two), _ = outcome(tmp_path)
    assert one.published is None or one.published.end <= date(2024, 3, 1)
    assert "сообщил представитель" in two.text
    assert (two.outlet, two.language) == ("news.example", "ru")


@pytest.mark.parametrize(
    ("damaged", "problem"),
    [
        (record(http(HTML), length="abc"), "has no length"),
        (record(http(HTML), length="-5"), "has no length"),
        (record(http(HTML), length=50), "belong to none"),
        (record(HTML), "holds no HTTP response"),
        (b"garbage\r\n" * 3, "belong to none"),
        (record(http(HTML)).replace(b"\r\nContent-Type: app", b"\r\nno header\r\nX: "), "is none"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 20_000, "without an end"),
        (b"WARC/1.0\r\n\r\n", "has no length"),
    ],
)
def test_damaged_record_costs_no_other(
    outcome: Run, tmp_path: Path, damaged: bytes, problem: str
) -> None:
    """Each is named; the records before and behind it are read."""
    (tmp_path / "a.warc").write_bytes(GOOD + damaged + GOOD)
    reports, refused = outcome(tmp_path)
    assert [report.url for report in reports].count("https://news.example/good") == 2
    assert any(problem in error.problem for error in refused)


def test_cut_archive_gives_what_came_before(outcome: Run, tmp_path: Path) -> None:
    """A record whose end is missing is named, packed or not, and so is a length without end."""
    (tmp_path / "a.warc").write_bytes((GOOD + GOOD)[:-300])
    (tmp_path / "b.warc").write_bytes(GOOD + record(http(HTML), kind="metadata", length=10**12))
    noise = record(http(os.urandom(400_000), fields="Content-Type: image/png"))
    (tmp_path / "c.warc.gz").write_bytes(gzip.compress(GOOD) + gzip.compress(noise)[:-100])
    reports, refused = outcome(tmp_path)
    assert len(reports) == 3
    assert ["cut" in error.problem for error in refused] == [True] * 3


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    """60 MB of records take no more than a few of them, as 6 MB do."""
    filler = "<!-- " + "x" * 60_000 + " -->"
    page = f"<html><body>{filler}<p>{PARAGRAPHS[0]}</p></body></html>".encode()
    picture = record(http(b"\0" * 1_000_000, fields="Content-Type: image/png"))

    def write(path: Path, times: int) -> Path:
        with path.open("wb") as file:
            for number in range(times):
                file.write(picture * 5)
                for part in range(5):
                    file.write(record(http(page), url=f"https://news.example/{number}-{part}"))
        return path

    def peak(path: Path) -> int:
        tracemalloc.start()
        reports: Iterator[object] = read([str(path)], refuse=lambda error: None)
        count = sum(1 for _ in reports)
        assert count == 5 * (path.stat().st_size // (5 * len(picture)))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(write(tmp_path / "warm.warc", 1))
    small, large = peak(write(tmp_path / "a.warc", 1)), peak(write(tmp_path / "b.warc", 11))
    assert large < 1.3 * small + 2_000_000
    assert large < 30_000_000
