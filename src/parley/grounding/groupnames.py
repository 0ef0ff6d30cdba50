"""Names of groups that no table knows, in full and in short, as a report gives them.

In: the lines of a report with their known names.  Out: the same lines.  "Rebels of the People's
Army of Carmona", "the Movement for the Dignity of Marabu" are names whole; "the Movement" and the
letters of the name are the group named before; a group that has fighters is one that fights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import POSSESSIVES, Line, Name
from parley.grounding.names import Sense
from parley.model import Party, PartyKind

_GROUPS = frozenset({"armed_group", "organisation"})
# Words of a name that have no letter in its abbreviation, and that join its parts.
_JOINING = frozenset({"of", "for", "the", "and", "in"})
_LONGEST = 8
_FEWEST_LETTERS = 3
_FEWEST_WORDS = 2


def name_groups(
    lines: Sequence[Line], lexicon: Lexicon, *, sense: Callable[[str], Sense | None]
) -> None:
    """Put the groups into the lines that a report tells by their full names, then in short.

    `sense` says what a name is known as.
    """
    for line in lines:
        for i, label in enumerate(line.entity):
            if label == "NORP" and i not in line.name_at:
                _take_followers(line, i, lexicon, sense)
        for name in list(line.names):
            if name.guessed and line.lower[name.last - 1] in lexicon.groups.heads:
                _lengthen(line, name, lexicon)
        for name in list(line.names):
            _take_party(line, name, lexicon)
        _find_led(line, lexicon)
        _find_called(line, lexicon)
        line.names.sort(key=lambda name: name.first)
    _recall(lines, lexicon)
    _join(lines)
    _abbreviate(lines)
    _shorten(lines, lexicon)


def _take_followers(
    line: Line, i: int, lexicon: Lexicon, sense: Callable[[str], Sense | None]
) -> None:
    """Take followers of whom nobody knows for a party: "the Maoists", "Maoist cadres"."""
    name = line.text[i].removesuffix("s")
    if not line.is_capital(i) or not name.endswith(("ist", "ista")):
        return
    if line.lower[i] in lexicon.forms or sense(name + "s") is not None:
        return
    party = Party(name=name + "s", kind="organisation", country=None)
    several = line.text[i].endswith("s")
    line.name_word(i, Sense(party, "name" if several else "demonym", None), guessed=True)


def _lengthen(line: Line, name: Name, lexicon: Lexicon) -> None:
    """Take "of Carmona" behind a group's name for a part of it."""
    last = _tail(line, name.last, lexicon)
    party = name.sense.party
    if last > name.last and party is not None:
        _put(line, name.first, last, party.kind)


def _take_party(line: Line, name: Name, lexicon: Lexicon) -> None:
    """Take a state for the beginning of a party's name: "the Kenya Freedom Party" is no Kenya.

    What "the Kenya Defence Forces", "the Kenya Foreign Ministry" do is the state's.
    """
    party, at = name.sense.party, name.last
    if party is None or party.kind != "state" or name.suffix is not None:
        return
    while at < len(line) and at - name.last < _LONGEST and _is_of_party(line, at, name, lexicon):
        if line.lower[at] in lexicon.groups.parties and at > name.last:
            if at + 1 == len(line) or not line.is_capital(at + 1):
                kind = lexicon.groups.leading.get(line.lower[at], "organisation")
                _put(line, name.first, _tail(line, at + 1, lexicon), kind)
                return
        at += 1


def _is_of_party(line: Line, i: int, name: Name, lexicon: Lexicon) -> bool:
    if line.lower[i] in POSSESSIVES:
        return i > name.last  # "the Burundi Workers' Party", but not "Burundi's Freedom Party"
    free = i not in line.name_at or line.name_at[i].guessed
    capital = line.is_capital(i) and line.sentence[i] == line.sentence[name.first]
    groups = lexicon.groups
    own = line.lower[i] in groups.parties | groups.causes | groups.plain
    return free and capital and (own or line.lower[i] not in lexicon.forms)


def _find_led(line: Line, lexicon: Lexicon) -> None:
    """Find names that begin with what the group is: "the Sons of the Plateau"."""
    for at, word in enumerate(line.lower):
        kind = lexicon.groups.leading.get(word)
        if kind is None or not line.is_capital(at) or at in line.name_at or line.is_time(at):
            continue
        if at and (line.is_capital(at - 1) and line.lower[at - 1] not in ("the", "a")):
            continue
        last = _tail(line, at + 1, lexicon)
        if last > at + 1 and not _is_of_land(line, at, last):
            _put(line, at, last, kind)


def _find_called(line: Line, lexicon: Lexicon) -> None:
    """Find names behind a word for what they are: "the Tutsi party Uprona"."""
    for at in range(1, len(line)):
        noun, last = at - 1, at
        if line.lower[noun] not in lexicon.groups.called or line.is_capital(noun):
            continue
        while last < len(line) and last - at < _LONGEST and _may_go_on(line, last, at, lexicon):
            last += 1
        if last > at and not (last < len(line) and line.lower[last] in lexicon.forms):
            _put(line, at, last, "organisation")


def _may_go_on(line: Line, i: int, first: int, lexicon: Lexicon) -> bool:
    """Tell whether a word is of a name that begins at `first` and that nobody knows."""
    return (
        line.sentence[i] == line.sentence[first]
        and line.is_capital(i)
        and line.text[i].isalpha()
        and line.pos[i] in ("PROPN", "NOUN", "ADJ")
        and line.may_be_named(i)
        and line.lower[i] not in lexicon.forms
        and not line.is_time(i)
    )


def _is_of_land(line: Line, at: int, last: int) -> bool:
    """Tell whether a name is that of a land's own body: "the Army of Mali", "Council of Europe"."""
    link = line.lower[at + 1]
    lands = line.name_at.get(last - 1)
    return link == "of" and lands is not None and lands.first <= at + 3 and lands.last == last


def _tail(line: Line, at: int, lexicon: Lexicon) -> int:
    """Return where "of the Plateau", "for the Defence of Democracy" ends; `at` where none is."""
    end = at
    while end + 1 < len(line) and line.lower[end] in ("of", "for"):
        first = end + 1
        if line.lower[first] in ("the", "a", "an") and first + 1 < len(line):
            first += 1
        last = first
        while last < len(line) and last - at < _LONGEST and _is_of_name(line, last, first, lexicon):
            last += 1
        if last == first:
            break
        end = last
    return end


def _is_of_name(line: Line, i: int, first: int, lexicon: Lexicon) -> bool:
    if line.sentence[i] != line.sentence[first] or line.is_time(i):
        return False
    if i > first and line.lower[i] == "and" and i + 1 < len(line):
        inside = line.doc[i].ent_iob_ == "I" and line.doc[i + 1].ent_iob_ == "I"
        return inside and line.is_capital(i + 1)
    if not line.is_capital(i) or not line.text[i].isalpha():
        return False
    return i > first or line.lower[i] not in lexicon.offices.men | lexicon.offices.women


def _put(line: Line, first: int, last: int, kind: PartyKind) -> None:
    """Put a group's name in place of what stands there."""
    line.names = [n for n in line.names if n.last <= first or n.first >= last]
    party = Party(name=line.doc[first:last].text, kind=kind, country=None)
    name = Name(first, last, Sense(party, "name", None), guessed=True)
    line.names.append(name)
    line.name_at |= dict.fromkeys(range(first, last), name)


def fighting_groups(lines: Iterable[Line]) -> dict[Party, frozenset[str]]:
    """Return the armed groups that a report names, with the words of their names, small."""
    return {
        party: frozenset(told)
        for party, told in _groups(lines).items()
        if party.kind == "armed_group"
    }


def _groups(lines: Iterable[Line]) -> dict[Party, tuple[str, ...]]:
    """Return the groups that a report names, with the words of their longest names, small."""
    found: dict[Party, tuple[str, ...]] = {}
    for line in lines:
        for name in line.names:
            party = name.sense.party
            if party is None or party.kind not in _GROUPS or name.suffix is not None:
                continue
            told = tuple(line.lower[name.first : name.last])
            if len(told) > len(found.get(party, ("",))):
                found[party] = told
    return found


def _recall(lines: Sequence[Line], lexicon: Lexicon) -> None:
    """Know a group of several words wherever it stands, whatever the tagger takes it for there.

    Another name that is once taken for a body's may be a street's: "Portage Place".
    """
    guessed = {
        tuple(line.text[name.first : name.last]): name.sense
        for line in lines
        for name in line.names
        if name.guessed and name.last - name.first > 1 and _is_group(line, name, lexicon)
    }
    for line in lines:
        for words, sense in guessed.items():
            for at in _where(line, words):
                if all(i not in line.name_at for i in range(at, at + len(words))):
                    name = Name(at, at + len(words), sense, guessed=True)
                    line.names.append(name)
                    line.name_at |= dict.fromkeys(range(name.first, name.last), name)
        line.names.sort(key=lambda name: name.first)


def _is_group(line: Line, name: Name, lexicon: Lexicon) -> bool:
    """Tell whether a name says itself that a group bears it, or the group is called one."""
    party, words = name.sense.party, line.lower[name.first : name.last]
    armed = _is_armed(line, name, lexicon) or (party is not None and party.kind == "armed_group")
    called = name.first > 0 and line.lower[name.first - 1] in lexicon.groups.called
    return armed or called or any(word in lexicon.groups.heads for word in words)


def _where(line: Line, words: Sequence[str]) -> list[int]:
    """Return where words stand in a line one behind the other."""
    length = len(words)
    return [
        i
        for i in range(len(line) - length + 1)
        if line.text[i] == words[0] and tuple(line.text[i : i + length]) == words
    ]


def _join(lines: Sequence[Line]) -> None:
    """Know "the Homeland Army" for the Ister Homeland Army, where no other ends so."""
    full = _groups(lines)
    for line in lines:
        for name in line.names:
            own = tuple(line.lower[name.first : name.last])
            if not name.guessed or len(own) < _FEWEST_WORDS:
                continue
            longer = [p for p, told in full.items() if told[-len(own) :] == own and told != own]
            if len(longer) == 1:
                name.sense = Sense(longer[0], "name", None)


def _abbreviate(lines: Sequence[Line]) -> None:
    """Know a group by the first letters of its name: "the FDD" of "Forces for the Defence ..."."""
    letters: dict[str, set[Party]] = {}
    for party, told in _groups(lines).items():
        own = "".join(w[0] for w in told if w not in _JOINING and w[0].isalpha()).upper()
        if len(own) >= _FEWEST_LETTERS:
            letters.setdefault(own, set()).add(party)
    for line in lines:
        for i, word in enumerate(line.text):
            meant = letters.get(word, set())
            if len(meant) == 1 and line.may_be_named(i):
                line.name_word(i, Sense(next(iter(meant)), "name", None), guessed=True)


def _shorten(lines: Sequence[Line], lexicon: Lexicon) -> None:
    """Take "the Movement", "the Tigers" for the group named last before of whose name it is."""
    told: list[tuple[Party, tuple[str, ...]]] = []
    full = _groups(lines)
    for line in lines:
        names = {name.first: name for name in line.names}
        for i, word in enumerate(line.lower):
            name = names.get(i)
            if name is not None and name.sense.party is not None:
                words = tuple(line.lower[name.first : name.last])
                told.append((name.sense.party, full.get(name.sense.party, words)))
            elif _is_short(line, i, lexicon) or _is_small(line, i, lexicon):
                owner = next((party for party, words in reversed(told) if word in words), None)
                if owner is not None and owner.kind in _GROUPS:
                    line.name_word(i, Sense(owner, "name", None), guessed=True)


def _is_short(line: Line, i: int, lexicon: Lexicon) -> bool:
    """Tell whether a word with a capital stands alone behind "the", as a name in short does."""
    if i in line.name_at or not line.is_capital(i) or line.lower[i] not in lexicon.groups.short:
        return False
    if not i or line.lower[i - 1] != "the" or line.kind == "headline":
        return False
    behind = i + 1
    if behind < len(line) and line.lower[behind] in POSSESSIVES:
        return True
    return behind >= len(line) or not (line.is_capital(behind) or line.lower[behind] == "of")


def _is_small(line: Line, i: int, lexicon: Lexicon) -> bool:
    """Tell whether a word of a group's name stands for it in small letters: "the front said".

    A front that nobody acts for is where the war is: "returned from the front".
    """
    if line.is_capital(i) or line.lower[i] not in lexicon.groups.acting or i in line.name_at:
        return False
    if not i or line.lower[i - 1] != "the":
        return False
    before = line.head[i]
    while line.dep[before] == "conj" and line.pos[before] == "ADP":
        before = line.head[before]  # "of the government and of the front"
    if line.dep[i] in ("nsubj", "nsubjpass"):
        return line.lemma[line.head[i]] not in lexicon.groups.lying
    if line.dep[i] == "poss":
        return True
    if line.dep[i] == "dobj":
        return line.lemma[line.head[i]] in lexicon.groups.addressing
    if line.dep[i] != "pobj":
        return False
    return line.lower[before] in _ACTING or (
        line.lower[before] == "of" and _is_of_people(line, line.head[before], lexicon)
    )


def _is_of_people(line: Line, noun: int, lexicon: Lexicon) -> bool:
    """Tell whether a noun is of people or of what they form: "members of", "a unit of"."""
    form = lexicon.match(line.lower, noun)
    return line.lemma[noun] in lexicon.groups.members or (
        form is not None and form.kind in ("office", "military", "armed", "group")
    )


# Behind these is somebody.
_ACTING = frozenset({"by", "with", "between", "against"})


def arm(lines: list[Line], lexicon: Lexicon) -> None:
    """Make armed groups of the organisations that nobody knows but "the X militia" tells of."""
    guessed = [(line, name) for line in lines for name in line.names if name.guessed]
    armed = {
        name.sense.party.name
        for line, name in guessed
        if name.sense.party is not None and _is_armed(line, name, lexicon)
    }
    for _, name in guessed:
        party = name.sense.party
        if party is not None and party.name in armed:
            fights = Party(name=party.name, kind="armed_group", country=party.country)
            name.sense = Sense(fights, name.sense.via, name.sense.place)


def _is_fought(line: Line, name: Name, lexicon: Lexicon) -> bool:
    """Tell whether somebody fights a name: "has been fighting the X", "at war with the X"."""
    head = next(
        (i for i in range(name.first, name.last) if not name.first <= line.head[i] < name.last),
        name.last - 1,
    )
    above = line.head[head]
    if line.dep[head] == "dobj":
        return line.lemma[above] in lexicon.groups.fighting
    if line.dep[head] != "pobj" or line.lower[above] not in ("with", "against"):
        return False
    return line.lemma[line.head[above]] in lexicon.groups.fighting


def _is_armed(line: Line, name: Name, lexicon: Lexicon) -> bool:
    """Tell whether a name stands beside its fighters: "X militia", "X's men", "rebels of the X"."""
    if _is_fought(line, name, lexicon):
        return True
    behind = name.last + (line.lower[name.last : name.last + 1] in (["'s"], ["’s"]))
    form = lexicon.match(line.lower, behind) if behind < len(line) else None
    if form is not None and form.kind == "armed":
        return True
    at = name.first - 1
    while at > 0 and line.lower[at] in ("the", "of", "from", "with", "so", "-", "called"):
        at -= 1
    for start in (at - 1, at):  # "rebels of", "the rebel group"
        before = lexicon.match(line.lower, start) if start >= 0 else None
        if before is not None and start + len(before.words) == at + 1:
            return before.kind == "armed"
    return False
