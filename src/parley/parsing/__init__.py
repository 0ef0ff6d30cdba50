"""From a report to its dependency parse.

In: a `Report`.  Out: a `Parse`, one spaCy `Doc` for each paragraph that is not
boilerplate, each knowing where it stands in the report (`start_of`, `end_of` turn any
token or span into offsets of the report).  A paragraph is a line: parsed together,
headlines would run into the sentence below them.

    paragraphs.py   cuts the text into paragraphs and tells headlines and list items apart
    labels.py       what opens the lines of a log: their day, hour and town
    pipeline.py     the pinned spaCy pipeline, with the known names laid before its own
    cutting.py      how a text is cut into words
    marking.py      the known names of a report, marked before a model guesses at names
    annotating.py   tags, heads and names: the pipeline's model, run faster than the pipeline does
    words.py        its vectors of words; entities.py, the names it finds; tables.py, what comes out
    kept.py         paragraphs that it has seen before, on disk
    participles.py  participles that the model took for the verb of their clause
    coordinations.py  what an "and" joins, where the model joined something else
    headcounts.py   numbers behind a date that count people, tied to these
    outcomes.py     what a deed came to, tied to the deed and not to who tells of it
    struck.py       places that the model took for persons or bodies, known by the words around
    nouns.py        nouns of agreements that the model took for verbs
    wordlists.py    the tables of words that these go by
    layout.py       a paragraph laid out as plain lists, for who asks of its words again and again
    threads.py      products of matrices on one thread
    wording.py      what follows for a word from its tag: its lemma, its form
    standins.py     names parsed under another name, so that no side is parsed better
"""

from parley.parsing.layout import let_go
from parley.parsing.paragraphs import Paragraph, ParagraphKind, split_paragraphs
from parley.parsing.pipeline import Parse, Parser, end_of, kind_of, start_of

__all__ = [
    "Paragraph",
    "ParagraphKind",
    "Parse",
    "Parser",
    "end_of",
    "kind_of",
    "let_go",
    "split_paragraphs",
    "start_of",
]
