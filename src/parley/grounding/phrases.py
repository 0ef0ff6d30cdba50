"""Noun phrases built on an office, a body or a people word, as they stand in a line.

    three Azerbaijani servicemen · the Armenian and Azerbaijani foreign ministers ·
    Serbian Foreign Ministry spokeswoman X · the presidents of A and B, X and Y

Found by the words themselves rather than by the parse: in front of names a parser often
errs, the order of the words never does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parley.grounding.lexicon import Form, Lexicon
from parley.grounding.lines import HYPHENS, NOMINAL, POSSESSIVES, Line, Name
from parley.grounding.opposites import is_turned_round
from parley.grounding.runs import AND, Run, read_runs
from parley.grounding.settings import is_place
from parley.model import Party

_DETERMINERS = frozenset({"the", "a", "an", "this", "these", "that", "those", "both", "all"})
_OWNERS = frozenset({"its", "their", "his", "her", "our", "my"})
_ATTRIBUTIVE = frozenset({"amod", "compound", "nmod", "poss", "npadvmod", "advmod", "nummod"})
_RIGHT_LINKS = frozenset({"of", "from", "for"})
MOST_QUALIFIERS = 7
_SHOUTED = 4  # words in capitals: fewer may be a name and its abbreviation


@dataclass(slots=True)
class Phrase:
    """A noun phrase; token indexes throughout, `last` and `core_last` not included.

    `core` is the form or forms ("foreign ministry spokeswoman"), `form` the last of them,
    which says what the phrase is.  `names` are the parties before the core or after an
    "of"; `owner` is the token of "its" or of "the group" in "the group's fighters";
    `object` the noun after of, from or for that is no known name; `epithet` is true for a
    name that only qualifies ("Turkish-backed").  `runs` are the persons named after it,
    `organisation` the tokens of a name before a title that nobody knows.
    """

    line: Line
    first: int
    last: int
    core_first: int
    core_last: int
    head: int
    form: Form
    body: Form | None
    determiner: str | None = None
    numbers: list[str] = field(default_factory=list)
    qualifiers: list[int] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    owner: int | None = None
    object: int | None = None
    epithet: bool = False
    possessive: bool = False
    runs: list[Run] = field(default_factory=list)
    organisation: range = range(0)

    @property
    def plural(self) -> bool:
        """Whether the words tell of several."""
        return self.form.plural or (len(self.names) > 1 and self.form.kind != "office")

    @property
    def leads_fighters(self) -> bool:
        """Whether it is an office among those who fight a state: "rebel leader"."""
        armed = self.body is not None and self.body.kind == "armed"
        return armed and self.form.kind == "office"

    def is_below(self, lexicon: Lexicon) -> bool:
        """Whether it is a deputy of the office that its form names."""
        return any(self.line.lower[i] in lexicon.offices.below for i in self.qualifiers)

    def is_past(self, lexicon: Lexicon) -> bool:
        """Whether the office is a former one."""
        return any(self.line.lower[i] in lexicon.offices.past for i in self.qualifiers)

    def title(self) -> str:
        """Return the office in the report's words, without the party."""
        first = self.core_first
        while first - 1 in self.qualifiers and first - 1 not in self.organisation:
            first -= 1
        last = self.names[-1] if self.names else None
        if last is not None and last.last == first and last.sense.via == "metonym":
            # "State Department spokesman", but "White House" and "Kremlin" alike.
            first = last.first
        return self.core(first)

    def words(self) -> str:
        """Return the core just as the report writes it."""
        start, end = self.line.span(self.core_first, self.core_last)
        return self.line.string[start - self.line.start : end - self.line.start]

    def core(self, first: int | None = None) -> str:
        """Return the core in the report's words, in the singular; from token `first` on."""
        line = self.line
        start, end = line.span(self.core_first if first is None else first, self.core_last)
        text = line.string[start - line.start : end - line.start]
        if not self.form.plural or not self.form.singular:
            return text
        at = line.start + line.offset[self.head] - start
        singular = self.form.singular
        if line.is_capital(self.head):
            singular = singular.capitalize()
        return text[:at] + singular + text[at + len(line.text[self.head]) :]


def find_phrases(line: Line, lexicon: Lexicon) -> list[Phrase]:
    """Return the phrases of a line in order."""
    found: list[Phrase] = []
    at, size, lowers = 0, len(line), line.lower
    while at < size:
        form = lexicon.match(lowers, at) if lowers[at] in lexicon.forms else None
        if form is None or at in line.name_at:
            at += 1
            continue
        first, body, head = at, None, at + form.head
        at += len(form.words)
        while at < len(line) and at not in line.name_at:
            following = lexicon.match(line.lower, at)
            if following is None or not _continues(line, head, at):
                break
            body = form if form.kind != "office" or body is None else body
            form, head = following, at + following.head
            at += len(following.words)
        if not _is_noun(line, head, form, first):
            continue
        phrase = Phrase(line, first, at, first, at, head, form, body)
        if form.kind in ("group", "side") and line.is_capital(head) and line.kind != "headline":
            if at > first and head > 0 and line.is_capital(head - 1):
                continue  # "Minsk Group", "People's Republic": names, known or not
        _read_left(phrase, lexicon)
        _read_right(phrase, lexicon)
        _read_organisation(phrase, lexicon)
        if phrase.runs and phrase.runs[0].first == phrase.core_last:
            at = max(at, phrase.last)
        found.append(phrase)
    return found


def _continues(line: Line, head: int, at: int) -> bool:
    """Tell whether the form at `at` is of the same noun phrase as the one headed by `head`."""
    return line.pos[at] in ("NOUN", "PROPN", "ADJ") and line.sentence[head] == line.sentence[at]


def _is_noun(line: Line, head: int, form: Form, first: int) -> bool:
    if line.pos[head] in NOMINAL:
        return True
    if form.kind == "armed" and line.pos[head] == "ADJ":
        return line.dep[head] in ("amod", "compound")  # "a rebel attack"
    # Taggers take "Foreign" for an adjective and "Police" for a verb in headlines; a form
    # of several words is none by chance.
    return len(form.words) > 1 and first != head and line.pos[head] != "AUX"


def _read_left(phrase: Phrase, lexicon: Lexicon) -> None:
    line = phrase.line
    k = phrase.core_first - 1
    while k >= 0 and line.sentence[k] == line.sentence[phrase.head]:
        word = line.lower[k]
        name = line.name_at.get(k)
        if name is not None:
            if name.sense.party is not None and not is_place(line, name, lexicon):
                _read_names(phrase, name)
                return
            phrase.first = name.first
            k = name.first - 1
        elif word in POSSESSIVES and k:
            owner = line.name_at.get(k - 1)
            if owner is not None and owner.sense.party is not None:
                phrase.possessive = True
                _read_names(phrase, owner)
            else:
                phrase.owner = k - 1
                phrase.first = _left_edge(line, k - 1)
            return
        elif word in _OWNERS:
            phrase.owner = k
            phrase.first = k
            return
        elif word in _DETERMINERS and line.pos[k] in ("DET", "CCONJ", "PRON"):
            if word == "both" and any(line.below(phrase.head, "conj")):
                return  # "both government forces and the rebels" are not two armies
            phrase.determiner = word if phrase.determiner is None else phrase.determiner
            if word in ("both", "all"):
                phrase.numbers.append(word)
            phrase.first = k
            k -= 1
            if word in ("both", "all"):
                return
        elif phrase.determiner is not None:
            return
        elif line.pos[k] == "NUM" or word in lexicon.collectives.numbers:
            phrase.numbers.append(word)
            phrase.first = k
            k -= 1
        elif _qualifies(line, k) and len(phrase.qualifiers) < MOST_QUALIFIERS:
            phrase.qualifiers.append(k)
            phrase.first = k
            k -= 1
        else:
            return


def _qualifies(line: Line, k: int) -> bool:
    pos = line.pos[k]
    if pos in ("ADJ", "NOUN", "PROPN", "ADV"):
        return not line.is_time(k) and (pos != "ADV" or line.dep[k] in _ATTRIBUTIVE)
    if line.text[k] in HYPHENS:
        return True
    if line.lower[k] == "and":
        # "defence and foreign ministers", "Planning and Investment Minister"
        listed = k > 0 and line.is_capital(k - 1) and line.is_capital(k + 1)
        return listed and k - 1 not in line.name_at and line.entity[k - 1] != "PERSON"
    return pos == "VERB" and line.dep[k] in ("amod", "compound")


def _read_names(phrase: Phrase, last: Name) -> None:
    """Take the known names that end with `last` for the parties of the phrase."""
    line = phrase.line
    follows = last.last
    if last.suffix is not None or (
        follows < len(line)
        and line.text[follows] in HYPHENS
        and follows + 1 < len(line)
        and line.pos[follows + 1] in ("VERB", "ADJ")
        and follows + 1 not in line.name_at
        and follows in phrase.qualifiers
    ):
        phrase.epithet = True
        phrase.first = last.first
        return
    group = [last]
    for name, link in names_before(line, last):
        if not _groups(line, name, group[0], phrase, link):
            break
        group.insert(0, name)
    phrase.names = group
    if (
        phrase.form.kind in ("side", "collective")
        and phrase.form.plural
        and len(group) == 1
        and line.lower[phrase.head] != "sides"
        and not phrase.possessive
    ):
        phrase.names = []  # "Soviet republics", "Arab states", "African neighbours"
    phrase.first = group[0].first
    before = phrase.first - 1
    if before >= 0 and line.lower[before] in _DETERMINERS and line.pos[before] == "DET":
        phrase.determiner = line.lower[before]
        phrase.first = before
        before -= 1
    k = before
    while k >= 0 and k > before - 4 and line.sentence[k] == line.sentence[phrase.head]:
        word = line.lower[k]
        if line.pos[k] == "NUM" or word in ("both", "all"):
            phrase.numbers.append(word)
        elif word in _DETERMINERS and line.pos[k] == "DET":
            phrase.determiner = word
        elif line.pos[k] == "ADJ" and line.dep[k] == "amod":
            phrase.qualifiers.append(k)
        else:
            break
        phrase.first = k
        k -= 1


def names_before(line: Line, name: Name) -> Iterator[tuple[Name, str]]:
    """Yield the party names listed before a name, the nearest first, and what links them.

    The link is "", ",", "and" or "-".
    """
    while True:
        k = name.first - 1
        if k >= 0 and line.lower[k] in ("the", "a", "an"):
            k -= 1
        link = ""
        while k >= 0 and (line.lower[k] in AND or line.text[k] == "," or line.text[k] in HYPHENS):
            if line.lower[k] in AND:
                link = "and"
            elif link != "and":
                link = "," if line.text[k] == "," else "-"
            k -= 1
        if k >= 0 and line.lower[k] in POSSESSIVES:
            k -= 1
        found = line.name_at.get(k) if k >= 0 else None
        if found is None or found.sense.party is None or found is name:
            return
        yield found, link
        name = found


def _groups(line: Line, name: Name, after: Name, phrase: Phrase, link: str) -> bool:
    """Tell whether a listed name qualifies the phrase as the name after it does."""
    if line.sentence[name.first] != line.sentence[after.first]:
        return False
    if link == "":
        return name.last == after.first and name.sense.party != after.sense.party
    if link == "," and line.kind != "headline" and len(phrase.names) < 1:
        listed = after is not phrase_last(line, phrase)
        if not listed:
            return False
    if _either(line, name) or _either(line, after) or name.adjectival == after.adjectival:
        deps = {line.dep[i] for i in range(name.first, name.last)}
        return bool(deps & _ATTRIBUTIVE) or name.adjectival or phrase.possessive
    return False


def phrase_last(line: Line, phrase: Phrase) -> Name | None:
    """Return the name that stands nearest before the core of a phrase."""
    k = phrase.core_first - 1
    while k >= 0 and k not in line.name_at:
        k -= 1
    return line.name_at.get(k)


def _either(line: Line, name: Name) -> bool:
    """Tell whether the name has no adjective of its own: "U.S.", "Hamas", "NATO"."""
    party = name.sense.party
    word = line.text[name.last - 1]
    acronym = word.isupper() and line.kind != "headline" and len(word) < 6
    return acronym or (party is not None and party.kind != "state")


def _left_edge(line: Line, k: int) -> int:
    first = k
    while first > 0 and line.within(first - 1, k) and line.pos[first - 1] not in ("ADP", "VERB"):
        first -= 1
    return first


def _read_organisation(phrase: Phrase, lexicon: Lexicon) -> None:
    """Take an unknown name before a title for an organisation: "the RSF commander"."""
    line = phrase.line
    last = first = phrase.core_first
    while first - 1 in phrase.qualifiers and _is_proper(line, first - 1, lexicon):
        first -= 1
    if first == last or phrase.names or phrase.form.kind in ("population", "side"):
        return
    if first and line.lower[first - 1] in ("former", "ex"):
        return  # "the former Soviet states"
    if phrase.form.key in ("arms", "unit") or not line.text[last - 1].isalpha():
        return
    named = any(line.entity[i] in ("ORG", "NORP", "GPE") for i in range(first, last))
    acronym = line.text[last - 1].isupper() and len(line.text[last - 1]) > 1
    acronym = acronym and not _is_shouted(line)
    if not (named or acronym) or (line.kind == "headline" and not acronym):
        return
    phrase.organisation = range(first, last)


def _is_shouted(line: Line) -> bool:
    """Tell whether a line is in capitals throughout, so that they mark no abbreviation."""
    words = [word for word in line.text if word.isalpha()]
    return len(words) >= _SHOUTED and all(word.isupper() for word in words)


def _is_proper(line: Line, i: int, lexicon: Lexicon) -> bool:
    return (
        (line.pos[i] == "PROPN" or line.entity[i] == "NORP")
        and line.is_capital(i)
        and i not in line.name_at
        and line.lower[i] not in lexicon.offices.ranks
        and line.lower[i] not in lexicon.portfolio_words
    )


def organisation_of(phrase: Phrase) -> Party | None:
    """Return the party, unknown to all, that a phrase names before its core.

    "the RSF commander" tells of the RSF, "Tigrayan rebels" of an armed group of that
    name, "Tigrayan officials" of a people.
    """
    line = phrase.line
    if not phrase.organisation or is_turned_round(line, phrase.organisation.start):
        return None
    start, end = line.span(phrase.organisation.start, phrase.organisation.stop)
    name = line.string[start - line.start : end - line.start]
    if is_own_name(phrase):
        name = f"{name} {phrase.words()}"
    elif _is_people(phrase):
        return Party(name=_plural(name), kind="population", country=None)
    fights = phrase.form.kind in ("armed", "military") or phrase.form.key == "commander"
    return Party(name=name, kind="armed_group" if fights else "organisation", country=None)


def is_own_name(phrase: Phrase) -> bool:
    """Tell whether an unknown name is that of the whole: "Ceasefire Committee"."""
    if not phrase.organisation:
        return False
    if phrase.form.kind in ("armed", "military"):
        return _is_people(phrase)
    return phrase.form.kind == "body" and phrase.line.is_capital(phrase.head)


def _is_people(phrase: Phrase) -> bool:
    return any(phrase.line.entity[i] == "NORP" for i in phrase.organisation)


def _plural(name: str) -> str:
    return name if name.endswith(("s", "sh", "ese")) else name + "s"


def _read_right(phrase: Phrase, lexicon: Lexicon) -> None:
    line, at = phrase.line, phrase.core_last
    if phrase.form.kind == "office":
        phrase.runs = read_runs(line, at, lexicon)
        if len(phrase.names) < 2 and not phrase.form.plural:
            phrase.runs = _of_one_office(phrase.runs)
        if phrase.runs:
            phrase.last = phrase.runs[-1].last
            at = phrase.last
    if at >= len(line) or line.sentence[at] != line.sentence[phrase.head]:
        return
    link = line.lower[at]
    if _is_bound(phrase, at, lexicon):
        at = _read_link(phrase, "of", at + 1, lexicon)
    elif link in _RIGHT_LINKS or (phrase.form.key == "envoy" and link in ("to", "in", "at")):
        at = _read_link(phrase, link, at, lexicon)
    if phrase.form.kind == "office" and not phrase.runs and at + 1 < len(line):
        _read_apposed(phrase, at, lexicon)


def _of_one_office(runs: list[Run]) -> list[Run]:
    """Return who holds an office in the singular: not Y in "President Ann X and Y"."""
    later = [run for run in runs[1:] if run.last - run.first > 1]
    return [*runs[:1], *later] if runs and runs[0].last - runs[0].first > 1 else runs


def _is_bound(phrase: Phrase, at: int, lexicon: Lexicon) -> bool:
    """Tell whether fighters are told by whom they fight for: "forces loyal to X"."""
    line = phrase.line
    fights = phrase.form.kind in ("military", "armed", "group")
    bound = fights and line.lower[at] in lexicon.groups.bound
    return bound and at + 1 < len(line) and line.lower[at + 1] in ("to", "with")


def _read_link(phrase: Phrase, link: str, at: int, lexicon: Lexicon) -> int:
    """Read "of A, B and C" after a phrase; return the token after it."""
    line = phrase.line
    listed = names_after(line, at + 1)
    if listed:
        end = listed[-1].last
        if link == "from" and _is_removed(phrase, lexicon):
            return at
        if link in _RIGHT_LINKS and (not phrase.names or phrase.possessive):
            owned = end < len(line) and line.lower[end] in POSSESSIVES
            headed = (
                end < len(line)
                and line.pos[end] in NOMINAL
                and line.head[end - 1] == end
                and end not in line.name_at
                and not line.is_capital(end)
            )
            if owned or headed:
                phrase.object = _object(line, at, phrase)
                return at
            phrase.names = [*phrase.names, *listed]
            if not phrase.runs:
                phrase.last = end
        return end
    target = _object(line, at, phrase)
    if target is not None:
        phrase.object = target
        last = target
        while last + 1 < len(line) and line.text[last + 1] != "," and line.within(last + 1, target):
            last += 1
        return last + 1
    return at


def _is_removed(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Tell whether "from" tells where a phrase is taken away: "withdrew its force from Chad"."""
    line = phrase.line
    for steps, above in enumerate((phrase.head, *line.ancestors(phrase.head))):
        if line.lemma[above] in lexicon.places.removal:
            return True
        if steps == 3:
            break
    return False


def _object(line: Line, at: int, phrase: Phrase) -> int | None:
    """Return the noun or pronoun that a preposition after the phrase governs."""
    for child in line.below(at, "pobj", "pcomp"):
        if child > at and line.pos[child] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            return child
    return None


def names_after(line: Line, at: int) -> list[Name]:
    """Return the party names listed from a token on: "Russia, Armenia and Azerbaijan"."""
    listed: list[Name] = []
    ended = at
    while at < len(line):
        if line.lower[at] in ("the", "both"):
            at += 1
            continue
        name = line.name_at.get(at)
        if name is None or name.sense.party is None or name.suffix is not None:
            break
        if listed and name.adjectival:
            break
        listed.append(name)
        at = ended = name.last
        if at < len(line) and line.text[at] == ",":
            at += 1
        if at < len(line) and line.lower[at] in AND:
            at += 1
        if at == ended:
            break
    if listed and listed[0].adjectival:
        return []
    return listed


def _read_apposed(phrase: Phrase, at: int, lexicon: Lexicon) -> None:
    """Read the names after "the foreign minister of A, X," and "the ministers, X and Y,"."""
    line = phrase.line
    if line.text[at] not in (",", "(", "–", "—", ":"):
        if at != phrase.core_last:
            runs = read_runs(line, at, lexicon)
            if runs:
                phrase.runs, phrase.last = runs, runs[-1].last
        return
    if (phrase.determiner in ("a", "an") and not phrase.names) or phrase.form.key == "delegation":
        return
    runs = read_runs(line, at + 1, lexicon)
    if not runs:
        return
    end = runs[-1].last
    closed = end >= len(line) or line.text[end] in (",", ")", ".", "–", "—", ";")
    expected = len(phrase.names) if phrase.form.plural else 1
    if len(runs) == expected and (closed or phrase.form.plural):
        phrase.runs, phrase.last = runs, end
