"""The spaCy component `parley`: for those who have a pipeline of their own.

`nlp.add_pipe("parley")` gives each document `doc._.parley`, the mentions that it tells, and
`doc.spans["parley"]`, the tokens that tell each, with its type as label.  Parley parses the
text by its own pinned model, whatever the pipeline: its rules were measured on that one.
"""

from __future__ import annotations

from datetime import date
from typing import cast

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from parley.errors import InputError, Refused
from parley.learnt import DEFAULT_CODER, CoderName
from parley.model import Mention

KEY = "parley"
_DATA = "parley.mentions"
_DAY = "parley.date"


def _mentions(doc: Doc) -> tuple[Mention, ...]:
    raw = doc.user_data.get(_DATA)
    return msgspec.json.decode(raw, type=tuple[Mention, ...]) if raw else ()


def _mention(span: Span) -> Mention | None:
    """Return the mention that a span of `doc.spans["parley"]` tells."""
    return next((one for one in _mentions(span.doc) if one.id == span.id_), None)


def _day(doc: Doc) -> str | None:
    return cast("str | None", doc.user_data.get(_DAY))


def _set_day(doc: Doc, day: date | str | None) -> None:
    doc.user_data[_DAY] = day.isoformat() if isinstance(day, date) else day


# Kept in the document's own data as bytes, so that it goes to disk and to other processes.
Doc.set_extension("parley", getter=_mentions, force=True)
Doc.set_extension("parley_date", getter=_day, setter=_set_day, force=True)
Span.set_extension("parley", getter=_mention, force=True)


class ParleyComponent:
    """Codes each document.  `date` is when those were published that have no `parley_date`."""

    def __init__(self, date: str | None, coder: CoderName = DEFAULT_CODER) -> None:
        self._date = date
        self._coder = coder

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with what it tells."""
        # Not before a text is coded: spaCy loads this module with every pipeline.
        from parley.python.coding import code  # noqa: PLC0415

        mentions: tuple[Mention, ...] = ()
        if doc.text.strip():
            try:
                mentions = code(
                    doc.text,
                    date=doc._.parley_date or self._date,
                    coder=self._coder,
                ).mentions
            except (InputError, Refused) as error:
                raise ValueError(str(error)) from error
        doc.user_data[_DATA] = msgspec.json.encode(mentions)
        spans = (
            doc.char_span(
                one.start, one.end, label=one.type, span_id=one.id, alignment_mode="expand"
            )
            for one in mentions
        )
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=[span for span in spans if span])
        return doc


@Language.factory(
    "parley",
    default_config={"date": None, "coder": DEFAULT_CODER},
    assigns=["doc._.parley", "doc.spans"],
)
def make_component(nlp: Language, name: str, date: str | None, coder: CoderName) -> ParleyComponent:
    """Return the component for a pipeline.

    `date` is the day of publication, as 2023-05-19, `coder` "learnt" or "rules".
    """
    return ParleyComponent(date, coder)
