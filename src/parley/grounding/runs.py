"""Persons' names as they stand in a line: which words after a title, or alone, are one."""

from __future__ import annotations

from dataclasses import dataclass

from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import NOMINAL, POSSESSIVES, Line

AND = frozenset({"and", "&", "or"})
LONGEST_RUN = 6


@dataclass(slots=True)
class Run:
    """A person's name: tokens `first` up to, not including, `last`."""

    first: int
    last: int


def read_runs(line: Line, at: int, lexicon: Lexicon) -> list[Run]:
    """Return the persons named from a token on: "Putin and Erdogan" are two."""
    runs: list[Run] = []
    while at < len(line):
        run = read_run(line, at, lexicon)
        if run is None:
            break
        runs.append(run)
        at = run.last
        if at < len(line) and line.text[at] == ",":
            at += 1
        if at < len(line) and line.lower[at] in AND:
            at += 1
        if at == run.last:
            break
    # "Macron and German Chancellor Scholz": a list of bare names is one only if all are bare.
    return runs


def read_run(line: Line, at: int, lexicon: Lexicon) -> Run | None:
    """Return the person's name that begins at a token, None when none does."""
    first = at
    while at < len(line) and line.lower[at] in lexicon.offices.courtesies:
        at += 1
    first = at
    while at < len(line) and at - first < LONGEST_RUN:
        word = line.text[at]
        if line.lower[at] in POSSESSIVES or line.is_time(at):
            break
        if at > first and line.sentence[at] != line.sentence[first]:
            break
        if line.lower[at] in lexicon.offices.particles or word in ("-", "'"):
            beyond = at + 1
            if beyond >= len(line) or not (
                line.is_capital(beyond) or line.text[beyond] == "-" or word == "-"
            ):
                break
        elif at > first and _ends_given_name(line, at):
            pass  # "Ki-moon", "Myung-bak": the second half of a given name is written small
        elif not _is_name_word(line, at, lexicon, first=at == first):
            break
        at += 1
    while at > first and (line.text[at - 1] in ("-", "'") or line.lower[at - 1] in ("y",)):
        at -= 1
    if at == first or not any(line.is_capital(i) for i in range(first, at)):
        return None
    known = line.name_at.get(first)
    party = known.sense.party if known is not None and not known.guessed else None
    if known is not None and party is not None and at <= known.last:
        return None
    return Run(first, at)


def _ends_given_name(line: Line, at: int) -> bool:
    """Tell whether a word written small is the second half of a name: "Ki-moon", not "Kim-led"."""
    return (
        line.text[at - 1] == "-"
        and line.text[at].islower()
        and line.pos[at] in NOMINAL
        and line.entity[at] in ("PERSON", line.entity[at - 2])
        and not line.doc[at - 1].whitespace_
        and not line.doc[at - 2].whitespace_
    )


def _ranks_office(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a word only ranks the office after it: "and Vice President X"."""
    beyond = at + 1
    if beyond < len(line) and line.text[beyond] == "-":
        beyond += 1
    if line.lower[at] not in lexicon.offices.below or beyond >= len(line):
        return False
    form = lexicon.match(line.lower, beyond)
    return form is not None and form.kind == "office"


def _qualifies_fighters(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a word is the adjective of fighters: "and Maoist rebel leader X"."""
    form = lexicon.match(line.lower, at + 1) if at + 1 < len(line) else None
    return form is not None and form.kind == "armed" and line.entity[at] == "NORP"


def _is_name_word(line: Line, at: int, lexicon: Lexicon, *, first: bool) -> bool:
    word = line.text[at]
    if not line.is_capital(at) or line.pos[at] in ("DET", "ADP", "AUX", "PRON", "CCONJ", "SCONJ"):
        return False
    if _ranks_office(line, at, lexicon) or _qualifies_fighters(line, at, lexicon):
        return False
    if line.pos[at] not in NOMINAL and line.entity[at] != "PERSON" and line.kind == "headline":
        return False
    if line.pos[at] == "VERB" and line.entity[at] != "PERSON" and not first:
        return False
    name = line.name_at.get(at)
    if name is not None and name.sense.party is not None and not name.guessed:
        # A state's name may be a given name (Israel, Jordan, Chad) if a name follows.
        beyond = name.last
        return (
            not name.adjectival
            and name.sense.via == "name"
            and name.last - name.first == 1
            and beyond < len(line)
            and line.is_capital(beyond)
            and line.pos[beyond] == "PROPN"
            and beyond not in line.name_at
            and lexicon.match(line.lower, beyond) is None
        )
    if line.lower[at] in lexicon.forms:
        form = lexicon.match(line.lower, at)
        beyond = at + 1
        ends = beyond >= len(line) or not line.is_capital(beyond)
        return (
            form is None
            or (form.kind != "office" and line.entity[at] == "PERSON")
            # Tom King, John Major: a title in the place of a last name is one.
            or (not first and ends and len(form.words) == 1 and line.pos[at] == "PROPN")
        )
    return word[0].isalpha()
