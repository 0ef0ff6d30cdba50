"""E-mail: a newsletter as a file, and many of them in a mailbox."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from .conftest import Outcome
from .forms import HTML, MAIL
from .samples import BODY, HEADLINE, PARAGRAPHS

Run = Callable[..., Outcome]
PLAIN = (
    "From: desk@post.example\nSubject: Talks\nDate: Thu, 31 Apr 2024 10:00:00 +0000\n"
    "Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
)


def test_newsletter_is_a_report(outcome: Run, tmp_path: Path) -> None:
    """Subject, sender, the day in the sender's zone, and the HTML part as a reader sees it."""
    (tmp_path / "a.txt").write_bytes(MAIL)
    (tmp_path / "b.eml").write_bytes(MAIL.replace(b"\n", b"\r\n"))
    reports, refused = outcome(tmp_path)
    assert not refused
    for report in reports:
        assert report.title == HEADLINE
        assert report.outlet == "Island Post: The Brief"
        assert report.text == "\n".join([HEADLINE, *PARAGRAPHS[:2]])
        assert report.published is not None
        assert report.published.start == date(2024, 2, 29)
        assert report.published.how == "metadata"


def test_mailbox_gives_each_message(outcome: Run, tmp_path: Path) -> None:
    """A line that begins with From within a message is its own; ids are those of the files."""
    (tmp_path / "a.eml").write_bytes(MAIL)
    text = f"{PLAIN.format(charset='utf-8')}{BODY}\n\n>From the border nothing was heard.\n"
    (tmp_path / "b.mbox").write_bytes(
        b"From desk Thu Feb 29 23:30:00 2024\n" + MAIL + b"\nFrom x Thu\n" + text.encode()
    )
    (one, two, three), refused = outcome(tmp_path)
    assert not refused
    assert (two.source, three.source) == (f"{tmp_path}/b.mbox#1", f"{tmp_path}/b.mbox#2")
    assert one.title == two.title
    assert "\nFrom the border nothing" in three.text
    assert three.published is None  # there is no 31 April
    assert three.outlet == "post.example"


def test_plain_message_is_unwrapped(outcome: Run, tmp_path: Path) -> None:
    """Sentences that the mail program broke are whole again; lists and verses stay."""
    body = "\n\n".join(textwrap.fill(text, 72) for text in PARAGRAPHS) + "\n\n- one\n- two\n"
    (tmp_path / "a.eml").write_text(PLAIN.format(charset="utf-8") + body)
    (report,), _ = outcome(tmp_path)
    assert report.text.split("\n\n")[:3] == [f"Talks\n{PARAGRAPHS[0]}", *PARAGRAPHS[1:]]
    assert "- one\n- two" in report.text


def test_message_is_decoded_as_it_says(outcome: Run, tmp_path: Path) -> None:
    """By its charset, and by a guess where there is no such charset."""
    raw = "Стороны встретятся, сообщил представитель правительства в среду."
    head = PLAIN.format(charset="koi8-r").encode()
    (tmp_path / "a.eml").write_bytes(head + raw.encode("koi8-r"))
    (tmp_path / "b.eml").write_bytes(head.replace(b"koi8-r", b"klingon") + raw.encode())
    reports, _ = outcome(tmp_path)
    assert [raw in report.text for report in reports] == [True, True]


def test_saved_page_is_read_as_the_page(outcome: Run, tmp_path: Path) -> None:
    """Browsers save pages as messages: the id is the page's, and its address is kept."""
    (tmp_path / "a.html").write_bytes(HTML)
    (tmp_path / "b.mhtml").write_bytes(
        b"From: <Saved by a browser>\nSnapshot-Content-Location: https://news.example/1\n"
        b'Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
        b"--b\nContent-Type: text/html\nContent-Transfer-Encoding: binary\n\n" + HTML + b"\n--b--\n"
    )
    (one, two), refused = outcome(tmp_path)
    assert not refused
    assert two.url == "https://news.example/1"
    assert two.text == one.text


@pytest.mark.parametrize(
    "raw",
    [
        MAIL[: MAIL.index(b"--b1\n")],
        MAIL.replace(b"text/html", b"image/png").replace(b"text/plain", b"image/gif"),
        b"From: a@b.example\nTo: c@d.example\nSubject: Talks\n\n",
        MAIL.replace(b"text/plain", b"message/rfc822").replace(b"text/html", b"x/y"),
    ],
)
def test_message_without_text_is_refused(outcome: Run, tmp_path: Path, raw: bytes) -> None:
    """There is nothing to read in it, and that is said."""
    (tmp_path / "a.eml").write_bytes(raw)
    reports, refused = outcome(tmp_path)
    assert len(reports) + len(refused) == 1


def test_deeply_nested_message_is_calm(outcome: Run, tmp_path: Path) -> None:
    """Parts within parts beyond what can be followed are refused."""
    head = "From: a@b.example\nSubject: x\nDate: x\nMIME-Version: 1.0\n"
    raw = head + "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000)
    )
    (tmp_path / "a.eml").write_text(raw + "Content-Type: text/plain\n\nHello there.\n")
    reports, refused = outcome(tmp_path)
    assert len(reports) + len(refused) == 1
