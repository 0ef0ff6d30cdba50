"""The persons of a report: who is named, under which spellings, for whom, in what office.

Two passes: first all full names with what titles say of them, wherever in the report;
then surnames alone.  So a name is known before its title has been read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from parley.grounding.folding import fold
from parley.grounding.lexicon import Lexicon, Part
from parley.grounding.lines import POSSESSIVES, Line, Name
from parley.grounding.phrases import Phrase
from parley.grounding.runs import Run, read_run
from parley.model import Party, Person

# Two spellings of one name share so much of their letters ("Antony", "Anthony").
ALIKE = 0.8


@dataclass(slots=True)
class Figure:
    """One person of the report.  `words` is the fullest name, folded, in its parts.

    `fights` is true where a title says so: "rebel leader".
    """

    words: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    parties: Counter[Party] = field(default_factory=Counter)
    past_parties: Counter[Party] = field(default_factory=Counter)
    known: Party | None = None
    fights: bool = False
    title: str | None = None
    title_is_past: bool = False
    keys: set[str] = field(default_factory=set)
    part: Part = "person"
    man: bool | None = None

    @property
    def name(self) -> str:
        """The fullest form of the name; among equals the commonest, then the first."""
        longest = max(len(form.split()) for form in self.forms)
        full = [form for form in self.forms if len(form.split()) == longest]
        return max(full, key=lambda form: self.forms[form])

    @property
    def person(self) -> Person:
        """The person as the record has him or her."""
        return Person(name=self.name, title=self.title)

    @property
    def party(self) -> Party:
        """The party that the person acts for; the person himself where none is told or known.

        Who once held an office acts for himself: "former president X".
        """
        if self.parties:
            return max(self.parties, key=lambda party: self.parties[party])
        if self.past_parties or self.title_is_past:
            past = next(iter(self.past_parties), self.known)
            return Party(name=self.name, kind="person", country=past.country if past else None)
        if self.known is not None:
            return self.known
        return Party(name=self.name, kind="person", country=None)

    @property
    def is_told(self) -> bool:
        """Whether the report tells for whom the person acts."""
        return bool(self.parties or self.past_parties)

    @property
    def has_party(self) -> bool:
        """Whether it is told or known for whom the person acts."""
        return self.is_told or self.known is not None

    def hold(self, phrase: Phrase, parties: list[Party], lexicon: Lexicon) -> None:
        """Learn from a title that stands with the name."""
        past = phrase.is_past(lexicon)
        if phrase.leads_fighters and not past:
            self.fights = True
        for party in parties:
            (self.past_parties if past else self.parties)[party] += 1
        words = {phrase.line.lower[phrase.head]}
        if words & lexicon.offices.men:
            self.man = True
        elif words & lexicon.offices.women:
            self.man = False
        if phrase.form.key == "counterpart":
            return
        if self.title is None or (self.title_is_past and not past):
            self.title = phrase.title()
            self.title_is_past = past
            below = phrase.is_below(lexicon) and phrase.form.part == "leader"
            self.part = "official" if below else phrase.form.part
        self.keys.add(office_key(phrase, lexicon))


def office_key(phrase: Phrase, lexicon: Lexicon) -> str:
    """Return what makes two phrases tell of one office."""
    key = phrase.form.key
    if phrase.is_below(lexicon):
        return f"deputy {key}"
    if key == "minister" and phrase.core_first - 1 in phrase.qualifiers:
        return f"{phrase.line.lower[phrase.core_first - 1]} minister"
    return key


class Persons:
    """The persons of one report, and which tokens name them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.holders: list[Figure] = []
        self.by_token: dict[tuple[int, int], tuple[Figure, Run]] = {}
        self._runs: dict[int, list[Run]] = {}

    def at(self, line: Line, token: int) -> tuple[Figure, Run] | None:
        """Return the person whom a token names, and the whole name."""
        return self.by_token.get((line.index, token))

    def of_line(self, line: Line) -> Iterator[tuple[Figure, Run]]:
        """Yield the persons named in a line, in the order in which they were learned of."""
        for run in self._runs.get(line.index, ()):
            yield self.by_token[line.index, run.first]

    def add(self, line: Line, run: Run) -> Figure | None:
        """Learn of a person's name at a place; None when the words are nobody's name."""
        words = _words(line, run)
        if not words:
            return None
        holder = self._find(words)
        if holder is None:
            holder = Figure(words)
            self.holders.append(holder)
        elif len(words) > len(holder.words):
            holder.words = words
        start, end = line.span(run.first, run.last)
        holder.forms[line.string[start - line.start : end - line.start]] += 1
        before = line.lower[run.first - 1] if run.first else ""
        if before in self._lexicon.offices.men:
            holder.man = True
        elif before in self._lexicon.offices.women:
            holder.man = False
        self._runs.setdefault(line.index, []).append(run)
        for i in range(run.first, run.last):
            self.by_token[line.index, i] = (holder, run)
        return holder

    def _find(self, words: tuple[str, ...]) -> Figure | None:
        """Return whom the words name: the same name, else its end, else its beginning."""
        recent = self.holders[::-1]
        for fits in (_same, _ends, _begins, _resembles):
            for holder in recent:
                if fits(words, holder.words):
                    return holder
        return None


def find_persons(
    lines: list[Line],
    phrases: dict[int, list[Phrase]],
    lexicon: Lexicon,
    *,
    known: Callable[[str], object],
) -> tuple[Persons, list[tuple[Phrase, list[Figure]]]]:
    """Find the persons of a report.  Returns them, and whom each phrase introduces.

    `known` tells whether a surname alone is somebody's, which taggers may not see.
    """
    persons = Persons(lexicon)
    runs: list[tuple[Line, Run, Phrase | None]] = []
    taken: set[tuple[int, int]] = set()

    def take(line: Line, run: Run, phrase: Phrase | None) -> None:
        cells = {(line.index, i) for i in range(run.first, run.last)}
        if not cells & taken:
            taken.update(cells)
            runs.append((line, run, phrase))

    for line in lines:
        for phrase in phrases[line.index]:
            for run in phrase.runs:
                take(line, run, phrase)
        _share_runs(line, phrases[line.index])
        for phrase in phrases[line.index]:
            apposed = _run_before(phrase, lexicon)
            if apposed is not None:
                phrase.runs.append(apposed)
                phrase.first = apposed.first
                take(line, apposed, phrase)
    for line in lines:
        for ent in line.doc.ents:
            if ent.label_ == "PERSON":
                found = _entity_run(line, ent.start, ent.end, lexicon)
                if found is not None:
                    take(line, found, None)
    # Full names first: surnames then find them, whatever the order in the text; titled
    # ones before others, as theirs are the surest bounds; headlines last, for their capitals.
    runs.sort(
        key=lambda item: (
            item[0].kind == "headline",
            item[1].last - item[1].first == 1,
            item[2] is None,
        )
    )
    for line, run, _ in runs:
        persons.add(line, run)
    introduced = [
        (phrase, [told[0] for run in phrase.runs if (told := persons.at(line, run.first))])
        for line in lines
        for phrase in phrases[line.index]
        if phrase.runs
    ]
    _find_surnames(lines, persons, taken, known)
    return persons, introduced


def _find_surnames(
    lines: list[Line],
    persons: Persons,
    taken: set[tuple[int, int]],
    known: Callable[[str], object],
) -> None:
    """Find the persons' last names where the tagger saw no person."""
    surnames = {holder.words[-1] for holder in persons.holders if len(holder.words[-1]) > 2}
    whole = {holder.words[-1] for holder in persons.holders if len(holder.words) > 1}
    given = {holder.words[0] for holder in persons.holders if len(holder.words) > 1}
    for line in lines:
        for name in [
            name
            for name in line.names
            if _is_surname(line, name, whole) or _is_given_name(line, name, given)
        ]:
            line.names.remove(name)
            del line.name_at[name.first]
        for i, pos in enumerate(line.pos):
            if pos not in ("PROPN", "NOUN", "X") or not line.is_capital(i):
                continue
            if (line.index, i) in taken or i in line.name_at:
                continue
            told = fold(line.text[i])
            if told in surnames or (told in given and line.entity[i] == "PERSON"):
                persons.add(line, Run(i, i + 1))
            elif pos == "PROPN":
                run = _known_run(line, i, known)
                if run is not None:
                    persons.add(line, run)


def _is_surname(line: Line, name: Name, surnames: Set[str]) -> bool:
    """Tell whether the name of a people or town is that of a person: "Tatar said"."""
    first = name.first
    town = name.sense.party is None and first not in line.placed
    if not (name.adjectival or town) or name.last - first > 1:
        return False
    if fold(line.text[first]) not in surnames:
        return False
    before = (
        line.pos[first - 1] if first and line.sentence[first - 1] == line.sentence[first] else ""
    )
    subjects = ("nsubj", "nsubjpass") if town else ("nsubj", "nsubjpass", "dobj", "pobj", "poss")
    alone = line.dep[first] in subjects or (line.dep[first] == "conj" and not town)
    named = line.pos[first] in ("PROPN", "ADJ", "NOUN")
    return alone and named and before not in ("DET", "ADJ", "NUM", "PROPN")


def _is_given_name(line: Line, name: Name, given: Set[str]) -> bool:
    """Tell whether the name of a town is by what a person goes here: "talks with Abiy"."""
    first = name.first
    town = name.sense.party is None and first not in line.placed
    alone = name.last - first == 1 and line.entity[first] == "PERSON"
    return town and alone and fold(line.text[first]) in given


def _known_run(line: Line, last: int, known: Callable[[str], object]) -> Run | None:
    """Return the known person's name that ends with a token, though no tagger saw it."""
    before = line.name_at.get(last - 1) if last else None
    free = before is None or (before.sense.party is None and before.last - before.first == 1)
    if (
        free
        and last
        and line.is_capital(last - 1)
        and line.sentence[last - 1] == line.sentence[last]
    ):
        if known(f"{line.text[last - 1]} {line.text[last]}"):
            return Run(last - 1, last + 1)
    if _stands_alone(line, last) and known(line.text[last]):
        return Run(last, last + 1)
    return None


def _stands_alone(line: Line, token: int) -> bool:
    """Tell whether no other name stands beside a token."""
    beside = [i for i in (token - 1, token + 1) if 0 <= i < len(line)]
    return len(line.text[token]) > 3 and not any(
        line.pos[i] == "PROPN" and line.is_capital(i) and line.kind != "headline" for i in beside
    )


def _entity_run(line: Line, first: int, last: int, lexicon: Lexicon) -> Run | None:
    while last > first and line.lower[last - 1] in POSSESSIVES:
        last -= 1
    while first < last and (first in line.name_at or line.lower[first] in lexicon.forms):
        first += 1
    if first >= last or not line.is_capital(first):
        return None
    while first > 0 and line.dep[first - 1] == "compound" and _is_given_place(line, first - 1):
        first -= 1
    run = read_run(line, first, lexicon)
    if run is None or _is_label(line, run, lexicon):
        return None
    beyond = line.lower[run.last] if run.last < len(line) else ""
    if run.last - run.first == 1 and beyond in lexicon.places.venues | lexicon.places.parts:
        return None  # "the Lachin corridor" is no person, whatever the tagger says
    return run


def _is_label(line: Line, run: Run, lexicon: Lexicon) -> bool:
    """Tell whether words in capitals open a line as its label: "JOINT READOUT:"."""
    words = range(run.first, run.last)
    return run.first == 0 and all(
        line.text[i].isupper() and line.lower[i] in lexicon.offices.labels for i in words
    )


def _share_runs(line: Line, phrases: list[Phrase]) -> None:
    """Give "the Thai army chief, General X" one person."""
    for at, after in enumerate(phrases):
        for before in phrases[max(0, at - 2) : at]:
            _share_run(line, before, after)


def _share_run(line: Line, before: Phrase, after: Phrase) -> None:
    comma = after.first - 1
    if comma < before.core_last:
        return
    adjoins = before.last == comma or (
        before.object is not None
        and all(line.within(i, before.head) for i in range(before.core_last, comma))
    )
    if (
        after.runs
        and not before.runs
        and before.form.kind == after.form.kind == "office"
        and not before.form.plural
        and not after.names
        and after.determiner is None
        and line.text[comma] == ","
        and adjoins
    ):
        before.runs = after.runs[:1]
        before.last = after.last


def names_party(line: Line, token: int) -> bool:
    """Tell whether a token is of the name of a known party."""
    name = line.name_at.get(token)
    return name is not None and name.sense.party is not None and not name.guessed


def _is_given_place(line: Line, token: int) -> bool:
    """Tell whether a token is a place's name that may be a given name: "Ararat", "Vahan"."""
    name = line.name_at.get(token)
    return name is not None and name.sense.party is None and name.last - name.first == 1


def _run_before(phrase: Phrase, lexicon: Lexicon) -> Run | None:
    """Return the name in "X, the Armenian foreign ministry spokesman,"."""
    line = phrase.line
    comma = phrase.first - 1
    if (
        phrase.runs
        or phrase.form.kind != "office"
        or phrase.form.plural
        or phrase.form.key == "delegation"
        or comma < 1
        or line.text[comma] not in (",", "(", "–", "—")
        or line.sentence[comma] != line.sentence[phrase.head]
        or (phrase.determiner is None and not phrase.names and phrase.object is None)
    ):
        return None
    first = comma
    while first > 0 and comma - first < 5:
        before = first - 1
        if names_party(line, before):
            break
        if not (
            line.is_capital(before)
            or line.lower[before] in lexicon.offices.particles
            or line.text[before] == "-"
        ):
            break
        if line.pos[before] not in ("PROPN", "NOUN", "ADJ", "X", "PUNCT", "PART", "ADP"):
            break
        if line.lower[before] in lexicon.forms and line.entity[before] != "PERSON":
            break
        first = before
    if first == comma:
        return None
    run = read_run(line, first, lexicon)
    people = any(line.entity[i] == "PERSON" for i in range(first, comma))
    if run is None or run.last != comma or not (people or comma - first > 1):
        return None
    return run


def _words(line: Line, run: Run) -> tuple[str, ...]:
    whole = "".join(
        line.text[i] + (" " if line.doc[i].whitespace_ else "") for i in range(run.first, run.last)
    )
    return tuple(fold(whole).split())


def _same(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return words == known


def _ends(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    if len(words) == len(known):
        return False
    short, long = sorted((words, known), key=len)
    return long[-len(short) :] == short


def _begins(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Tell whether one begins the other: "Xi" Xi Jinping, "George Bush" George W. Bush."""
    if len(words) == 1 or len(known) == 1:
        return len(known) > 1 and words[0] == known[0]
    return words[0] == known[0] and words[-1] == known[-1]


def _resembles(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Tell whether two names are spellings of one: "Anthony", "Antony"."""
    if len(words) == 1 or len(known) == 1:
        return _alike(words[-1], known[-1]) and len(words[-1]) > 5
    first = _alike(words[0], known[0]) or (
        words[0][0] == known[0][0] and 1 in (len(words[0]), len(known[0]))
    )
    same = (words[0] == known[0]) + (words[-1] == known[-1])
    return first and _alike(words[-1], known[-1]) and (same > 0 or len(words) == len(known))


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    return a[0] == b[0] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE
