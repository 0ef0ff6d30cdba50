"""How a text is cut into words: as spaCy cuts English, without its detours.

In: a pipeline that is being loaded, which asks for its tokenizer by `CUTTER`.  Out: that
tokenizer.  Each new piece between two spaces is searched for what may be cut off its
beginning, its end and from within, for an address, and again for what is left of it.  All
that is sought there has a sign, a figure or a letter beyond ASCII: in plain letters it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from spacy import util
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found] # it has no stub

from parley.parsing.standins import SHORT_TITLES

CUTTER = "parley.cutter.v1"
# As many forms as a newspaper has; the known names alone would fill spaCy's own measure.
_FORMS_AT_HAND = 200_000


@util.registry.tokenizers(CUTTER)  # type: ignore[untyped-decorator] # it has no types
def make_cutter() -> Callable[[Language], Tokenizer]:
    """Return what makes the tokenizer of a pipeline."""

    def make(nlp: Language) -> Tokenizer:
        told: Any = nlp.Defaults
        return Tokenizer(
            nlp.vocab,
            rules={**told.tokenizer_exceptions, **{t: [{"ORTH": t}] for t in SHORT_TITLES}},
            prefix_search=_where_not_plain(util.compile_prefix_regex(told.prefixes).search, None),
            suffix_search=_where_not_plain(util.compile_suffix_regex(told.suffixes).search, None),
            infix_finditer=_where_not_plain(util.compile_infix_regex(told.infixes).finditer, ()),
            token_match=told.token_match,
            url_match=_where_not_plain(told.url_match, None),
            max_cache_size=_FORMS_AT_HAND,
        )

    return make


def _where_not_plain(seek: Callable[[str], Any], nothing: tuple[()] | None) -> Callable[[str], Any]:
    """Return what seeks in a piece of text, but finds nothing in one of plain letters."""

    @wraps(seek)
    def sought(piece: str) -> Any:  # noqa: ANN401 - what spaCy asks for
        return nothing if piece.isalpha() and piece.isascii() else seek(piece)

    return sought
