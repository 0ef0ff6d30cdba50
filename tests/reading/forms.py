"""Samples of the forms, small and whole."""

from __future__ import annotations

from .samples import HEADLINE, PARAGRAPHS

CAPTION = "Delegates arrive in Port Louis on Sunday (Photo: Agency)"
HTML = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{HEADLINE} | Island Post</title>
<meta property="og:title" content="{HEADLINE} | Island Post">
<meta property="og:site_name" content="Island Post"><meta name="author" content="Ann Ash">
<meta property="article:published_time" content="2024-02-29T22:10:00+04:00">
<link rel="canonical" href="https://news.example/2024/02/29/islands"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<header><h1>{HEADLINE}</h1>
<p class="byline">By <a rel="author" href="/a">Ann Ash</a> in Port Louis</p>
<time datetime="2024-02-29T22:10:00+04:00">29 February 2024</time></header>
<article><p>{PARAGRAPHS[0]}</p>
<figure><img src="x.jpg" alt="x"><figcaption>{CAPTION}</figcaption></figure>
<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></article>
<aside><h2>Related</h2><ul><li><a href="/1">Fuel prices rise again</a></li></ul></aside>
<footer><p>Copyright 2024 Island Post</p></footer><script>var a="<p>no</p>";</script></body></html>
""".encode()


def http(body: bytes, *, fields: str = "Content-Type: text/html; charset=utf-8") -> bytes:
    """Return an HTTP response."""
    return f"HTTP/1.1 200 OK\r\n{fields}\r\n\r\n".encode() + body


def record(
    block: bytes,
    *,
    kind: str = "response",
    url: str = "https://news.example/1",
    media: str = "application/http; msgtype=response",
    length: object = None,
) -> bytes:
    """Return a record of a web archive."""
    size = len(block) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-03-01T05:06:07Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {media}\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


WARC = (
    record(b"software: x\r\n", kind="warcinfo", media="application/warc-fields")
    + record(b"GET / HTTP/1.1\r\n\r\n", kind="request")
    + record(http(HTML))
    + record(http(b"\x89PNG", fields="Content-Type: image/png"), url="https://news.example/p")
)


NEWS_PLEASE = {
    "authors": ["Ann Ash"],
    "date_download": "2024-03-01 05:06:07",
    "date_publish": "2024-02-29 22:10:00",
    "description": None,
    "filename": "https%3A%2F%2Fnews.example%2F1.json",
    "language": "en",
    "maintext": "\n".join(PARAGRAPHS),
    "source_domain": "news.example",
    "text": None,
    "title": HEADLINE,
    "url": "https://news.example/1",
}
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Island Post</title><link>https://news.example/</link>
<item><title>{HEADLINE}</title><link>https://news.example/1</link><guid>https://news.example/1</guid>
<pubDate>Thu, 29 Feb 2024 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>]]></content:encoded></item>
<item><title>Harbour &amp;amp; port to reopen</title><link>https://news.example/2</link>
<description>&lt;p&gt;{PARAGRAPHS[2]}&lt;/p&gt;</description></item>
</channel></rss>""".encode()
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Island Post</title>
<entry><id>urn:x:1</id><title>{HEADLINE}</title><link href="https://news.example/1"/>
<published>2024-02-29T23:30:00-05:00</published><updated>2024-03-05T00:00:00Z</updated>
<content type="html">&lt;p&gt;{PARAGRAPHS[0]}&lt;/p&gt;</content></entry></feed>""".encode()
MAIL = f"""\
Return-Path: <desk@post.example>
From: "Island Post: The Brief" <desk@post.example>
To: reader@mail.example
Subject: =?utf-8?q?{HEADLINE.replace(" ", "_")}?=
Date: Thu, 29 Feb 2024 23:30:00 -0500
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

View this e-mail in your browser.

--b1
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><body><div style=3D"display:none">Preheader</div><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}=
</p></body></html>
--b1--
""".encode()
