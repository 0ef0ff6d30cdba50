"""A paragraph laid out for the rules: its tokens as plain lists, and the names known in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from parley.grounding.knowledge import Knowledge
from parley.grounding.lexicon import Lexicon
from parley.grounding.names import Sense
from parley.model import Party, Place
from parley.parsing import ParagraphKind, kind_of, start_of
from parley.parsing.headcounts import names_month
from parley.parsing.layout import lay_out as words_of

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
HYPHENS = frozenset({"-", "–", "—", "/"})
NOMINAL = frozenset({"NOUN", "PROPN"})
_NAMED = frozenset({"GPE", "NORP", "ORG", "LOC", "FAC", "PERSON", "PRODUCT", "EVENT", "LAW"})
_TIMES = frozenset({"DATE", "TIME"})
# An abbreviation written as a word: "Eta", "Unita".
_LETTERS = re.compile("[A-Z][a-z]{2,6}")
_ACRONYM = re.compile("[A-Z]{3,7}")
_BRACKETED = re.compile("[A-Z][A-Za-z]{1,6}")
_GROUPS, _FIGHTS = ("group", "armed"), ("armed_group", "organisation")
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that"})


@dataclass(slots=True)
class Name:
    """A known name: tokens `first` up to, not including, `last`; what it means.

    `suffix` is where the name ends inside its one token ("U.S." in "U.S.-brokered"), else None;
    `guessed` is true for what only the tagger takes for an organisation.
    """

    first: int
    last: int
    sense: Sense
    suffix: int | None = None
    guessed: bool = False

    @property
    def adjectival(self) -> bool:
        """Whether it stands before nouns as an adjective does."""
        return self.sense.via == "demonym"


@dataclass(slots=True)
class Line:
    """One paragraph, `string`.  All lists are by token; `head` holds indexes into them.

    `hanging` has the relation and the index of all that hangs on a token, in order.
    `placed` has what the words behind a name say of where it lies: "Camden, New Jersey".
    """

    index: int
    doc: Doc
    start: int
    kind: ParagraphKind
    string: str
    text: list[str]
    lower: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    lemma: list[str]
    entity: list[str]
    sentence: list[int]
    offset: list[int]
    hanging: Sequence[list[tuple[str, int]]]
    names: list[Name] = field(default_factory=list)
    name_at: dict[int, Name] = field(default_factory=dict)
    placed: dict[int, Place] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.text)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets in the report of tokens `first` up to, not including, `last`."""
        end = self.start + self.offset[last - 1] + len(self.text[last - 1])
        return self.start + self.offset[first], end

    def below(self, head: int, *deps: str) -> Iterator[int]:
        """Yield the children of a token that hang on it by one of these relations."""
        for dep, child in self.hanging[head]:
            if dep in deps:
                yield child

    def children(self, head: int) -> list[int]:
        """Return the tokens that hang on one, in order."""
        return [child for _, child in self.hanging[head]]

    def within(self, token: int, ancestor: int) -> bool:
        """Tell whether a token is, or hangs below, another."""
        for _ in range(60):
            if token == ancestor:
                return True
            if self.head[token] == token:
                return False
            token = self.head[token]
        return False

    def ancestors(self, token: int) -> Iterator[int]:
        """Yield what a token hangs on, the nearest first."""
        for _ in range(60):
            above = self.head[token]
            if above == token:
                return
            yield above
            token = above

    def is_capital(self, token: int) -> bool:
        """Tell whether a token begins with a capital letter."""
        return self.text[token][:1].isupper()

    def is_time(self, token: int) -> bool:
        """Tell whether a token is part of a date or time."""
        return self.entity[token] in _TIMES or names_month(self.doc, token)

    def may_be_named(self, token: int) -> bool:
        """Tell whether no known name stands at a token, a guess at that one word aside."""
        name = self.name_at.get(token)
        return name is None or (name.guessed and name.last - name.first == 1)

    def name_word(self, token: int, sense: Sense, *, guessed: bool = False) -> None:
        """Put a name of one word in place of what was guessed of it."""
        self.names = [name for name in self.names if name.first != token]
        self.name_at[token] = Name(token, token + 1, sense, guessed=guessed)
        self.names = sorted([*self.names, self.name_at[token]], key=lambda name: name.first)


def _is_ordinal(word: str) -> bool:
    """Tell whether a word is a number that counts units: "33rd", "5th"."""
    return word[:1].isdigit() and word[-2:] in ("st", "nd", "rd", "th")


def lay_out(doc: Doc, index: int, first_sentence: int) -> Line:
    """Lay a paragraph out; its sentences are numbered from `first_sentence` on."""
    layout = words_of(doc)
    sentence: list[int] = []
    for number, (start, end) in enumerate(layout.sentences, first_sentence):
        sentence += [number] * (end - start)
    return Line(
        index=index,
        doc=doc,
        start=start_of(doc),
        kind=kind_of(doc),
        string=doc.text,
        text=layout.texts,
        lower=layout.lowers,
        pos=layout.pos,
        dep=layout.deps,
        head=layout.heads,
        lemma=[lemma.lower() for lemma in layout.lemmas],
        entity=layout.ents,
        sentence=sentence,
        offset=layout.offsets,
        hanging=layout.below,
    )


def _is_of_agency(line: Line, name: Name) -> bool:
    """Tell whether a name stands in the brackets of a dateline: "KARACHI (Sudan Tribune) -"."""
    opens = next((i for i, word in enumerate(line.text[: name.first]) if word == "("), None)
    if opens is None or line.kind == "dateline":
        return opens is not None
    closes = next((i for i in range(opens, len(line) - 1) if line.text[i] == ")"), None)
    return (
        closes is not None
        and opens < _BEFORE_AGENCY
        and any(other.first == 0 for other in line.names)
        and name.last <= closes
        and line.text[closes + 1] in _AFTER_DATELINE
    )


# A dateline has so many words before its brackets at most, and one of these behind them.
_BEFORE_AGENCY = 9
_AFTER_DATELINE = frozenset({"-", "–", "—", "--", ":"})


def _is_of_state(line: Line, first: int, head: str) -> bool:
    """Tell whether a unit is of a state's own forces: "Thailand's 2nd Army"."""
    owner = first - 2 if line.lower[first - 1] in POSSESSIVES else first - 1
    states = (name for name in line.names if name.first <= owner < name.last)
    party = next((name.sense.party for name in states), None)
    return (
        head in _UNITS
        and _is_ordinal(line.lower[first])
        and (party is not None and party.kind == "state")
    )


_UNITS = frozenset({"army", "brigade", "battalion"})


def _ends_name(line: Line, at: int, start: int) -> bool:
    """Tell whether a town's name only ends that of a firm or body: "Banco Central Karya"."""
    return (
        at > start
        and line.entity[at] == "ORG"
        and line.pos[at - 1] == "PROPN"
        and line.is_capital(at - 1)
        and (not line.names or line.names[-1].last != at)
    )


def _capitals(line: Line, first: int, least: int) -> tuple[int, int] | None:
    """Return the capitalised words from a token on, up to three: "New South Wales"."""
    last = first
    while last < len(line) and last < first + 3 and _is_of_town(line, last):
        last += 1
    return (first, last) if last >= first + least else None


def _is_of_town(line: Line, i: int) -> bool:
    word = line.text[i]
    return (
        word[:1].isupper()
        and (line.pos[i] == "PROPN" or bool(line.entity[i]))
        and (not line.is_time(i) and line.entity[i] not in ("PERSON", "NORP"))
    )


class NameFinder:
    """Finds the known names of paragraphs; keeps what it looked up for one report."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self._knowledge = knowledge
        self._lexicon = lexicon
        self._seen: dict[str, Sense | None] = {}
        self._called: dict[str, Sense] = {}

    def listen(self, lines: Iterable[Line]) -> None:
        """Learn which abbreviations a report writes as words: "the separatist group Eta"."""
        for line in lines:
            for i in range(1, len(line)):
                word = line.text[i]
                form = self._lexicon.match(line.lower, i - 1)
                if form is None or form.kind not in _GROUPS or not _LETTERS.fullmatch(word):
                    continue
                plain, known = self.sense(word), self._knowledge.sense(word.upper())
                if known is None or known.party is None or known.party.kind not in _FIGHTS:
                    continue
                if plain is None or plain.party is None:
                    self._called[word] = known

    def find(self, line: Line) -> None:
        """Put the known names of the line into it, in order."""
        for ent in line.doc.ents:
            if ent.label_ in _NAMED:
                known = len(line.names)
                self._find_in(line, ent.start, ent.end)
                if ent.label_ == "ORG" and len(line.names) == known:
                    self._take_organisation(line, ent.start, ent.end)
        if line.kind == "dateline" and not any(name.first == 0 for name in line.names):
            self._find_dateline(line)
        taken = {i for name in line.names for i in range(name.first, name.last)}
        for i, word in enumerate(line.text):
            if i not in taken and word in self._called:
                line.names.append(Name(i, i + 1, self._called[word]))
                taken.add(i)
            if i not in taken and "-" in word[1:-1] and line.is_capital(i):
                self._find_compound(line, i, word)
        self._find_groups(line, taken)
        for link in range(1, len(line) - 1):
            whole = self._whole_at(line, link)
            if whole is not None:
                self._find_town(line, link, whole)
        self._name_anew(line)
        self._abbreviate(line)
        line.names = [name for name in line.names if not _is_of_agency(line, name)]
        line.names.sort(key=lambda name: name.first)
        self._join(line)
        for name in line.names:
            for i in range(name.first, name.last):
                line.name_at[i] = name

    def _find_dateline(self, line: Line) -> None:
        """Know the town of a dateline in capitals, which the tagger may not have seen."""
        last = 0
        while last < len(line) and line.text[last].isalpha() and line.text[last].isupper():
            last += 1
        sense = self.sense(line.doc[:last].text) if last else None
        if sense is not None:
            line.names.append(Name(0, last, sense))

    def _find_town(self, line: Line, link: int, whole: tuple[int, int]) -> None:
        """Place "Camden, New Jersey", "Payao in Sibugay province": a town by what it lies in."""
        if not line.is_capital(link - 1):
            return
        inside, beyond = line.doc[whole[0] : whole[1]].text, line.text[whole[1] : whole[1] + 1]
        if beyond and line.lower[whole[1]] in POSSESSIVES | HYPHENS:
            return
        for reach in (3, 2, 1):
            first = link - reach
            if first < 0 or not all(_is_of_town(line, i) for i in range(first, link)):
                continue
            name = line.doc[first:link].text
            before = self.sense(name)
            named = before is not None and before.via in ("name", "alias") and before.party
            other = self.sense(inside)
            if named and (other is None or other.party is not None or other.place is None):
                return  # "Chad, Niger and Mali" are three; "Lebanon, Pennsylvania" is a town
            place = self._knowledge.place_in(name, inside)
            if place is None:
                continue
            self._set_place(line, first, link, place)
            party = other.party if other is not None else None
            abroad = party is not None and party.country != place.country
            if abroad or (other is None and line.lower[link] == "in"):
                # "Atlanta, Georgia": a state of another country than its namesake; and a
                # province of which only a part of the name is known, which is another's.
                around = Place(name=inside, country=place.country, precision="region")
                self._set_place(line, *whole, around)
            return

    def _whole_at(self, line: Line, link: int) -> tuple[int, int] | None:
        """Return the words behind a comma, or behind "in" where they are called a province."""
        if line.text[link] == ",":
            return _capitals(line, link + 1, 1)
        if line.lower[link] != "in":
            return None
        last = link + 1
        while last < min(link + 4, len(line) - 1) and line.is_capital(last):
            last += 1
        called = line.lower[last] in self._lexicon.places.divisions
        return (link + 1, last) if called and last > link + 1 else None

    def _set_place(self, line: Line, first: int, last: int, place: Place) -> None:
        line.names = [n for n in line.names if n.last <= first or n.first >= last]
        line.names.append(Name(first, last, Sense(None, "name", place)))
        line.placed.update(dict.fromkeys(range(first, last), place))

    def sense(self, name: str) -> Sense | None:
        """Return what a name means; written all in capitals, as in "MOSCOW", if need be."""
        if name in self._called:
            return self._called[name]
        if name not in self._seen:
            found = self._knowledge.sense(name)
            if found is None and len(name) > 4 and name.isupper():
                found = self._knowledge.sense(name.title())
            self._seen[name] = found
        return self._seen[name]

    def _join(self, line: Line) -> None:
        """Make one name of a land and a people: "Kosovo Serbs", "Turkish Cypriot leader"."""
        joined: list[Name] = []
        for name in line.names:
            land = joined[-1] if joined else None
            if land is not None and land.last == name.first and name.suffix is None:
                party = self._people(line, land, name)
                if party is not None:
                    self._join_listed(line, joined, name)
                    joined[-1] = Name(land.first, name.last, Sense(party, "demonym", None))
                    continue
            joined.append(name)
        line.names = joined

    def _join_listed(self, line: Line, joined: list[Name], people: Name) -> None:
        """Make "Greek Cypriots" too of "Greek and Turkish Cypriot leaders"."""
        if len(joined) < 2 or line.lower[joined[-2].last : joined[-1].first] != ["and"]:
            return
        other = joined[-2]
        party = self._people(line, other, people)
        if party is not None and other.adjectival:
            word = line.text[people.last - 1]
            name = f"{line.doc[other.first : other.last].text} {word}"
            name = name if name.endswith("s") else name + "s"
            party = Party(name=name, kind="population", country=party.country)
            joined[-2] = Name(other.first, other.last, Sense(party, "demonym", None))

    def _people(self, line: Line, land: Name, people: Name) -> Party | None:
        a, b = land.sense.party, people.sense.party
        if a is None or b is None or a == b or not people.adjectival or land.sense.place is None:
            if a is None or b is None or a == b or not (people.adjectival and land.adjectival):
                return None
        word = line.text[people.last - 1]
        beyond = line.lower[people.last] if people.last < len(line) else ""
        if not (word.endswith("s") or beyond in self._lexicon.forms):
            return None
        if a.country == b.country or a.kind == "igo":
            return None
        name = line.doc[land.first : people.last].text
        name = name if name.endswith(("s", "sh", "ese")) else name + "s"
        return Party(name=name, kind="population", country=a.country)

    def _find_in(self, line: Line, first: int, last: int) -> None:
        while first < last and line.lower[first] in ("the", "a", "an"):
            first += 1
        while last > first and line.lower[last - 1] in POSSESSIVES:
            last -= 1
        start = first
        # "Georgian Dream" is known whole, "Georgian parliament" by its first word: the longest
        # stretch from the left that is known is the name, and what follows is looked at anew.
        while first < last:
            for end in range(last, first, -1):
                if not line.is_capital(first):
                    continue
                stretch = line.doc[first:end].text
                sense = self.sense(stretch)
                if sense is not None and sense.party is None and _ends_name(line, first, start):
                    sense = None
                if sense is not None:
                    line.names.append(Name(first, end, sense))
                    first = end
                    break
            else:
                if line.entity[first] == "PERSON":
                    return
                first += 1

    def _take_organisation(self, line: Line, first: int, last: int) -> None:
        """Take an organisation that nobody knows for a party, if it is clearly a name."""
        while first < last and line.lower[first] in ("the", "a", "an"):
            first += 1
        while last > first and line.lower[last - 1] in POSSESSIVES:
            last -= 1
        words = line.text[first:last]
        acronym = len(words) == 1 and words[0].isupper() and len(words[0]) > 2
        bracketed = first > 0 and line.text[first - 1] == "("
        if line.kind == "headline" or bracketed or not (acronym or len(words) > 1):
            return
        if any(line.lower[i] in self._lexicon.forms for i in range(first, last)):
            return  # "Defense Ministry" is no name of its own
        if not (words[0][:1].isupper() and words[-1][:1].isupper()):
            return
        name = line.doc[first:last].text
        kind = self._lexicon.groups.heads.get(words[-1].lower(), "organisation")
        party = Party(name=name, kind=kind, country=None)
        line.names.append(Name(first, last, Sense(party, "name", None), guessed=True))

    def _find_groups(self, line: Line, taken: set[int]) -> None:
        """Take groups that nobody knows by the noun that heads their name: "the 33rd Front"."""
        words = self._lexicon.groups
        self._part_causes(line, taken)
        for head in range(1, len(line)):
            lower = line.lower[head]
            kind = words.heads.get(lower) or words.caused.get(lower)
            if kind is None or not line.is_capital(head) or head in taken:
                continue
            if line.kind == "headline" or line.text[head].isupper():
                continue
            first = head
            while (
                first > 0
                and first - 1 not in taken
                and line.sentence[first - 1] == line.sentence[head]
                and (line.is_capital(first - 1) or _is_ordinal(line.text[first - 1]))
                and line.lower[first - 1] not in _ARTICLES
                and not line.is_time(first - 1)
                and (
                    line.pos[first - 1] in ("PROPN", "ADJ", "NOUN", "NUM", "VERB")
                    or line.lower[first - 1] in words.causes
                )
            ) or (
                # "the People's Liberation Army": the 's is of the name.
                first > 1
                and line.lower[first - 1] in POSSESSIVES
                and line.lower[first - 2] == "people"
                and line.is_capital(first - 2)
            ):
                first -= 1
            if first - 1 in taken or first == head or _is_of_state(line, first, lower):
                continue
            if lower in words.caused and line.lower[head - 1] not in words.causes:
                continue  # "Burundi's Armed Forces"
            own = any(line.lower[i] not in words.plain for i in range(first, head))
            called = line.text[head + 1 : head + 2] == ["("] and (
                line.text[head + 3 : head + 4] == [")"] and line.text[head + 2].isupper()
            )
            if not (own or called):
                continue
            name = line.doc[first : head + 1].text
            party = Party(name=name, kind=kind, country=None)
            sense = Sense(party, "name", None)
            known = self.sense(line.text[head + 2]) if called else None
            if known is not None and known.party is not None:
                sense = known  # "National Liberation Army (ELN)": there are others of the name
            line.names.append(Name(first, head + 1, sense, guessed=known is None))
            taken.update(range(first, head + 1))
            if called and known is None:
                line.names = [n for n in line.names if n.first != head + 2]
                line.names.append(Name(head + 2, head + 3, sense, guessed=True))
                taken.add(head + 2)
                self._called[line.text[head + 2]] = sense

    def _part_causes(self, line: Line, taken: set[int]) -> None:
        """Free the known name in "the Kachar Liberation Front", which is part of another."""
        words = self._lexicon.groups
        for name in list(line.names):
            party, at = name.sense.party, name.last
            if party is None or (party.kind == "state" and name.sense.via != "demonym"):
                if party is not None or name.sense.place is None:
                    continue
            while at < len(line) and line.lower[at] in words.causes | POSSESSIVES | HYPHENS:
                at += 1
            cause = line.lower[name.last : at]
            headed = at < len(line) and line.lower[at] in words.heads and line.is_capital(at)
            region = party is None and name.sense.place is not None
            if headed and not cause and region and words.heads[line.lower[at]] == "armed_group":
                cause = [line.lower[at]]  # "the Shan State Army"
            if headed and cause and cause[0] not in POSSESSIVES and line.is_capital(name.last):
                line.names.remove(name)
                taken.difference_update(range(name.first, name.last))
        for name in list(line.names):
            before = name.first - 1
            if (
                before >= 0
                and name.last - name.first > 1
                and line.lower[name.last - 1] in words.heads
                and before not in taken
                and line.is_capital(before)
                and line.pos[before] == "PROPN"
                and line.lower[before] not in self._lexicon.forms
                and line.kind != "headline"
                and not line.is_time(before)
                and line.sentence[before] == line.sentence[name.first]
            ):
                # "the Zendara People's Liberation Army" is not the one that all know.
                line.names.remove(name)
                taken.difference_update(range(name.first, name.last))

    def _abbreviate(self, line: Line) -> None:
        """Learn what the letters behind a known group's name stand for: "X Movement (XM)"."""
        for name in list(line.names):
            party, letters = name.sense.party, name.last + 1
            if (
                party is None
                or name.guessed
                or party.kind not in _FIGHTS
                or line.text[name.last : letters] != ["("]
                or line.text[letters + 1 : letters + 2] != [")"]
                or not _BRACKETED.fullmatch(line.text[letters])
            ):
                continue
            known = self.sense(line.text[letters])
            if known is None or known.party is None:
                self._called[line.text[letters]] = name.sense
                line.names = [n for n in line.names if n.first != letters]
                line.names.append(Name(letters, letters + 1, name.sense))

    def recall(self, lines: Sequence[Line]) -> None:
        """Know the abbreviations of those whom the report names in full, wherever they stand."""
        told = {name.sense.party for line in lines for name in line.names if not name.guessed}
        for line in lines:
            for i, word in enumerate(line.text):
                name, sense = line.name_at.get(i), self._called.get(word)
                if sense is None and _ACRONYM.fullmatch(word) and line.kind != "headline":
                    sense = self.sense(word)
                    if sense is None or sense.party is None or sense.party not in told:
                        continue
                if sense is None or (name is not None and not name.guessed):
                    continue
                if name is None:
                    line.name_at[i] = Name(i, i + 1, sense)
                    line.names.append(line.name_at[i])
                elif name.last - name.first == 1:
                    name.sense, name.guessed = sense, False
            line.names.sort(key=lambda name: name.first)

    def _name_anew(self, line: Line) -> None:
        """Take "the National Liberation Army of Aceh" for another than its known namesake."""
        lands = {name.first: name for name in line.names if name.sense.place is not None}
        for name in list(line.names):
            party, land = name.sense.party, lands.get(name.last + 1)
            if (
                party is None
                or party.kind != "armed_group"
                or land is None
                or line.lower[name.last] != "of"
                or line.lower[name.last - 1] not in self._lexicon.groups.heads
                or land.sense.place is None
                or land.sense.place.country in (None, party.country)
            ):
                continue
            short, place = line.doc[name.first : name.last].text, line.doc[land.first : land.last]
            known = self.sense(f"{place.text} {short}")
            if known is None or known.party is None:
                whole = f"{short} of {place.text}"
                known = Sense(Party(name=whole, kind=party.kind, country=None), "name", None)
            line.names.remove(land)
            at = line.names.index(name)
            line.names[at] = Name(name.first, land.last, known, guessed=known.via == "name")

    def _find_compound(self, line: Line, i: int, word: str) -> None:
        prefix, _, rest = word.rpartition("-")
        if rest.lower() in self._lexicon.collectives.mediated or rest.islower():
            sense = self.sense(prefix)
            if sense is not None and sense.party is not None:
                line.names.append(Name(i, i + 1, sense, suffix=len(prefix)))
