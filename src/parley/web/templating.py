"""Templates: every value escaped, names and texts of reports set apart.

What stands in `templates/` is loaded once.  `StrictUndefined` makes a misspelt name an
error instead of an empty place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from parley.model import Count, When
from parley.version import __version__
from parley.views import phrase_count, phrase_when
from parley.views.phrases import phrase_day
from parley.web.static import asset_url, has_asset

_FOLDER = Path(__file__).parent / "templates"
# What turns the direction of all that follows, hides, or is no character of any text.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ud800-\udfff]"
)
SIGNS = {
    "happened": "●",
    "ongoing": "◐",
    "scheduled": "○",
    "expected": "◌",
    "proposed": "◇",
    "called_off": "✕",
    "alleged": "?",
    "denied": "≠",
}
TYPES = {
    "AGREE": "agreement",
    "CONSULT": "talks",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "retreat",
    "REQUEST": "demand",
    "ACCUSE": "accusation",
    "REJECT": "rejection",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilization",
    "COERCE": "coercion",
    "ASSAULT": "fighting",
}


@cache
def environment() -> Environment:
    """Return the templates' environment."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        plain=plain,
        name=show_name,
        text=show_text,
        status=show_status,
        type=show_type,
        when=show_when,
        day=phrase_day,
        day_mark=show_day,
        number=lambda number: f"{number:,}",
        words=lambda text: str(text).replace("_", " "),
        count=_count,
        path=lambda text: quote(str(text), safe=""),
        query=lambda pairs: urlencode(pairs, doseq=True),
        weblink=safe_link,
        excerpt=show_excerpt,
    )
    made.tests["contains_item"] = lambda items, item: item in items
    made.globals.update(
        asset=asset_url, has_asset=has_asset, version=__version__, types=TYPES, signs=SIGNS
    )
    return made


def render(name: str, **context: Any) -> str:  # noqa: ANN401 - what a template shows
    """Return a page.  What all pages need and is not given has its plain value."""
    plainly: Mapping[str, Any] = {
        "read_only": True,
        "signed_in": False,
        "page": "",
        "analyst": None,
    }
    return environment().get_template(name).render({**plainly, **context})


def plain(text: object) -> str:
    """Return a text without characters that hide or turn others, for titles and attributes."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", str(text))


def show_name(text: object) -> Markup:
    """Return a name on a line, its direction its own, that of what follows untouched."""
    return Markup("<bdi>{}</bdi>").format(plain(" ".join(str(text).split())))


def show_text(text: object) -> Markup:
    """Return words of a report, as they are but for what hides or turns others."""
    return Markup("<bdi>{}</bdi>").format(plain(text))


def show_excerpt(text: str) -> Markup:
    """Return an excerpt of a search, the words that were searched for marked."""
    parts = []
    for number, part in enumerate(text.split("\x02")):
        word, closed, rest = part.partition("\x03")
        if number and closed:
            parts.append(Markup("<mark>{}</mark>{}").format(plain(word), plain(rest)))
        else:
            parts.append(Markup("{}").format(plain(part)))
    return Markup("<bdi>{}</bdi>").format(Markup("").join(parts))


def show_status(status: str) -> Markup:
    """Return a status with its sign."""
    return Markup('<span class="status" data-status="{}">{} {}</span>').format(
        status, SIGNS.get(status, "·"), status.replace("_", " ")
    )


def show_type(type_: str) -> Markup:
    """Return a type in a word, its name in PLOVER beside it as a title."""
    return Markup('<span class="type" data-type="{}" title="{}">{}</span>').format(
        type_, type_, TYPES.get(type_, type_.lower())
    )


def show_when(when: When | None) -> Markup:
    """Return when something happens, in words, with the days for programs."""
    if when is None:
        return Markup('<span class="muted">undated</span>')
    if when.start == when.end:
        return show_day(when.start)
    return Markup('<time datetime="{}">{}</time>').format(when.start.isoformat(), phrase_when(when))


def show_day(day: date) -> Markup:
    """Return a day in words, marked so that the reader's browser may write it its own way."""
    return Markup('<time datetime="{}" data-day>{}</time>').format(day.isoformat(), phrase_day(day))


def safe_link(url: str | None) -> str | None:
    """Return a web address that may be followed, None for any other (javascript:, data:)."""
    if url is None or _UNSEEN.search(url):
        return None
    return url if re.match(r"https?://[^\s/]", url, re.IGNORECASE) else None


def _count(count: Count) -> str:
    return phrase_count(count)
