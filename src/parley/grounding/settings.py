"""Where the name of a country or a capital is a place, and where it acts."""

from __future__ import annotations

from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import NOMINAL, POSSESSIVES, Line, Name

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "poss"})


def is_place(line: Line, name: Name, lexicon: Lexicon) -> bool:
    """Tell whether a name tells where, and not who.

    "in Moscow", "from Moscow", "the Moscow talks" and "visited Moscow" are places, so is
    a dateline; "Moscow denied", "by Moscow", "told Moscow" and "Moscow's offer" are not.
    A country is one only where a preposition of place or a verb of motion governs it.
    """
    sense = name.sense
    if sense.via == "demonym" or (sense.place is None and sense.via not in ("capital", "metonym")):
        return False
    seat = sense.via in ("capital", "metonym")
    if not seat and sense.party is not None and sense.party.kind in _OF_REGIONS:
        return _is_region(line, name, lexicon)
    places = lexicon.places
    if is_dateline(line, name):
        return True
    last = name.last - 1
    following = line.lower[name.last] if name.last < len(line) else ""
    if following in POSSESSIVES:
        return _is_owner_of_place(line, name, lexicon)
    if seat and (_is_apposed(line, name, lexicon) or _is_venue(line, name, lexicon)):
        return True
    governor = _governor(line, name)
    if governor is None:
        return False
    word = line.lower[governor]
    if line.pos[governor] == "ADP" or line.dep[governor] in ("prep", "agent"):
        if word in places.locative:
            # "interest in Armenia" and "at war with" aside, these tell where.
            return True
        above = line.head[governor]
        if seat and word in places.directional:
            return not _addresses(line, above, lexicon)
        if word in ("of", "including", "like"):
            return line.lower[above] in places.parts and (seat or line.lower[above] != "part")
        if word == "for":
            return seat and line.lemma[above] in _MOVES | places.motion
        if word in places.directional:
            return line.lemma[above] in _MOVES
        return False
    object_here = line.dep[last] == "dobj" or line.dep[line.head[last]] == "dobj"
    return (
        line.lemma[governor] in places.motion and object_here and (seat or _visits(line, governor))
    )


def tells_where(line: Line, name: Name, lexicon: Lexicon) -> bool:
    """Tell whether the adjective of a country only says where a town lies or a building stands.

    So it does in "the Ghanaian capital, Accra" and "the Swiss presidential palace".
    """
    if not name.adjectival or name.suffix is not None:
        return False
    for at in range(name.last, min(name.last + _SITE_REACH, len(line))):
        if line.lower[at] in lexicon.places.sites:
            return True
        if line.pos[at] not in NOMINAL and line.pos[at] != "ADJ":
            return False
    return False


# So many words may stand between a country's adjective and the town or building.
_SITE_REACH = 4
# Disputed regions are told of as places, save where they act.
_OF_REGIONS = frozenset({"government_body", "population", "unknown"})
_PARTNERS = frozenset({"with", "by", "between", "against"})


def _is_region(line: Line, name: Name, lexicon: Lexicon) -> bool:
    last = name.last - 1
    if name.last < len(line) and line.lower[name.last] in POSSESSIVES:
        return False
    if line.dep[last] in ("compound", "nmod", "amod"):
        return _is_venue(line, name, lexicon) or line.lower[line.head[last]] in lexicon.places.parts
    governor = _governor(line, name)
    if governor is None:
        return line.dep[last] == "nsubjpass"
    return line.lower[governor] not in _PARTNERS


_MOVES = frozenset(
    {
        "travel",
        "go",
        "come",
        "fly",
        "flee",
        "arrive",
        "return",
        "drive",
        "move",
        "trip",
        "visit",
        "journey",
        "head",
        "escape",
        "route",
        "road",
        "flight",
        "bring",
        "deport",
    }
)


def _visits(line: Line, verb: int) -> bool:
    """Tell whether a verb takes a country for where one goes, and does nothing to it."""
    return line.lemma[verb] in ("visit", "leave", "tour", "flee", "reach", "quit", "depart")


def is_dateline(line: Line, name: Name) -> bool:
    """Tell whether a name opens a paragraph as its dateline: "KYIV (Reuters) -"."""
    if name.first != 0 or name.last >= len(line):
        return False
    following = line.text[name.last]
    if (
        line.text[0].isupper()
        and len(line.text[0]) > 3
        and following in (",", "(", "–", "—", "-", "/")
    ):
        return True
    opening = line.text[name.last : name.last + 8]
    return following in ("(", ",") and any(mark in opening for mark in (")", "--", "—", "–"))


def _is_owner_of_place(line: Line, name: Name, lexicon: Lexicon) -> bool:
    """Tell whether "'s" makes a place of a city: "Kyiv's suburbs", not "Kyiv's offer"."""
    beyond = name.last + 1
    return (
        name.sense.via == "capital"
        and beyond < len(line)
        and line.lower[beyond] in lexicon.places.parts
    )


def _is_apposed(line: Line, name: Name, lexicon: Lexicon) -> bool:
    k = name.first - 1
    while k >= 0 and line.text[k] in (",", "the", "of"):
        k -= 1
    return k >= 0 and line.lower[k] in ("capital", "city", "town", "village")


def _is_venue(line: Line, name: Name, lexicon: Lexicon) -> bool:
    """Tell whether something is held there: "the Moscow talks", "in Brussels, Belgium"."""
    beyond = name.last
    if beyond >= len(line) or line.sentence[beyond] != line.sentence[name.first]:
        return False
    for k in range(beyond, min(beyond + 3, len(line))):
        if line.pos[k] not in NOMINAL and line.pos[k] not in ("ADJ", "NUM"):
            break
        if line.lower[k] in lexicon.places.venues:
            return True
    if line.text[beyond] == "," and beyond + 1 in line.name_at:
        country = line.name_at[beyond + 1]
        party = country.sense.party
        return party is not None and party == name.sense.party and country.sense.via == "name"
    return False


def _governor(line: Line, name: Name) -> int | None:
    """Return the preposition or verb that governs a name, through lists of names."""
    token = name.last - 1
    for _ in range(12):
        # The words before a name tell more surely than the parse what governs it.
        head = line.head[token]
        if head == token:
            return None
        if line.dep[token] in ("conj", "compound", "appos", "nmod") and head != token:
            if line.dep[token] in ("compound", "nmod") and not (name.first <= head < name.last):
                return None
            token = head
            continue
        if line.dep[token] in _SUBJECTS:
            return None
        return head
    return None


def _addresses(line: Line, above: int, lexicon: Lexicon) -> bool:
    """Tell whether what a "to" or "from" hangs on is said, given, asked or owed."""
    if line.lemma[above] in lexicon.places.addressed:
        return True
    return line.dep[above] in ("dobj", "pobj") and (
        line.lemma[line.head[above]] in lexicon.places.addressed
    )
