"""`ground`: from a parse to who is meant by each of its noun phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from parley.grounding.groupnames import arm, name_groups
from parley.grounding.home import find_home
from parley.grounding.knowledge import Knowledge
from parley.grounding.known import recognise
from parley.grounding.lexicon import Lexicon, load_lexicon
from parley.grounding.lines import Line, Name, NameFinder, lay_out
from parley.grounding.opposites import drop_opposites
from parley.grounding.persons import Figure, Persons, find_persons
from parley.grounding.phrases import Phrase, find_phrases, organisation_of
from parley.grounding.references import Grounding
from parley.grounding.resolution import Resolver
from parley.grounding.rivals import Rivals, Told, mediates, urges, within
from parley.grounding.settings import is_place, tells_where
from parley.grounding.states import name_states
from parley.model import Party
from parley.parsing import Parse


def ground(parse: Parse, *, knowledge: Knowledge) -> Grounding:
    """Say who is meant by each noun phrase of a report.

    The parse should come from a parser that was given `knowledge.patterns()`.
    """
    lexicon = load_lexicon()
    published = parse.report.published
    window = (published.start, published.end) if published is not None else None
    lines = _lay_out(parse, knowledge, lexicon)
    phrases = {line.index: find_phrases(line, lexicon) for line in lines}
    persons, introduced = find_persons(lines, phrases, lexicon, known=knowledge.holders)
    for phrase, holders in introduced:
        _hold(phrase, holders, lexicon)
    recognise(persons, knowledge=knowledge, lexicon=lexicon, told=_told_of(lines), window=window)
    rivals = _find_rivals(lines, phrases, persons, lexicon, knowledge)
    home = find_home(
        lines,
        phrases,
        persons=persons,
        knowledge=knowledge,
        lexicon=lexicon,
        facing=rivals.overall(),
        aside={party for parties in rivals.mediators.values() for party in parties},
    )
    rivals.within = within(home, lines)
    near = _countries(lines)

    def resolve() -> Resolver:
        resolver = Resolver(
            lines,
            phrases,
            persons=persons,
            rivals=rivals,
            home=home,
            near=near,
            knowledge=knowledge,
            lexicon=lexicon,
        )
        resolver.run()
        return resolver

    resolver = resolve()
    if resolver.learned:
        # "its foreign minister, X" told for whom X acts: earlier mentions of X know it now, and
        # so does who faces whom ("President Y and rebel leader X").
        rivals = _find_rivals(lines, phrases, persons, lexicon, knowledge)
        rivals.within = within(home, lines)
        resolver = resolve()
    return Grounding(
        parse,
        references=resolver.references,
        persons=frozenset(persons.by_token),
        knowledge=knowledge,
        near=near,
        rivals=rivals.overall(),
        home=home,
        placed={(line.index, i): place for line in lines for i, place in line.placed.items()},
    )


def _lay_out(parse: Parse, knowledge: Knowledge, lexicon: Lexicon) -> list[Line]:
    finder = NameFinder(knowledge, lexicon)
    lines: list[Line] = []
    sentences = 0
    for index, doc in enumerate(parse.docs):
        line = lay_out(doc, index, sentences)
        sentences = line.sentence[-1] + 1 if line.sentence else sentences
        lines.append(line)
    finder.listen(lines)
    for line in lines:
        finder.find(line)
    finder.recall(lines)
    name_states(lines, sense=finder.sense, lexicon=lexicon)
    name_groups(lines, lexicon, sense=finder.sense)
    for line in lines:
        drop_opposites(line)
    arm(lines, lexicon)
    return lines


def _hold(phrase: Phrase, holders: list[Figure], lexicon: Lexicon) -> None:
    """Let the persons of a phrase learn their title and, where its words say so, their party."""
    parties = [name.sense.party for name in phrase.names if name.sense.party is not None]
    organisation = organisation_of(phrase)
    if organisation is not None:
        parties.append(organisation)
    distinct = list(dict.fromkeys(parties))
    if len(holders) == len(parties) > 1:
        for holder, party in zip(holders, parties, strict=True):
            holder.hold(phrase, [party], lexicon)
        return
    for holder in holders:
        holder.hold(phrase, distinct if len(distinct) == 1 else [], lexicon)


def _find_rivals(
    lines: list[Line],
    phrases: dict[int, list[Phrase]],
    persons: Persons,
    lexicon: Lexicon,
    knowledge: Knowledge,
) -> Rivals:
    rivals = Rivals()
    for line in lines:
        sentences: dict[int, list[Told]] = {}
        for told in _told(line, phrases[line.index], persons, lexicon):
            told.parties = tuple(_whole(party, knowledge) for party in told.parties)
            sentences.setdefault(line.sentence[told.token], []).append(told)
        for sentence in sorted(sentences):
            rivals.learn(sentences[sentence])
    return rivals


def _whole(party: Party, knowledge: Knowledge) -> Party:
    """Return the state whose body a party is: the Knesset faces others as Israel."""
    sense = knowledge.sense(party.name)
    if sense is None or sense.via != "member" or party.country is None:
        return party
    return knowledge.state(party.country) or party


def _told(line: Line, phrases: list[Phrase], persons: Persons, lexicon: Lexicon) -> list[Told]:
    """Return the noun phrases of a line that name parties, in order."""
    found: list[Told] = []
    used: set[int] = set()

    def tell(
        token: int, parties: Iterable[Party], *, mediator: bool = False, aside: bool = False
    ) -> None:
        found.append(
            Told(
                line,
                token,
                tuple(dict.fromkeys(parties)),
                mediator or mediates(line, token, lexicon),
                aside or urges(line, token, lexicon),
            )
        )

    for phrase in phrases:
        parties = [name.sense.party for name in phrase.names if name.sense.party is not None]
        for name in phrase.names:
            used.update(range(name.first, name.last))
        for run in phrase.runs:
            told = persons.at(line, run.first)
            used.update(range(run.first, run.last))
            if told is not None and not phrase.names and told[0].has_party:
                parties.append(told[0].party)
        if phrase.runs and phrase.is_past(lexicon):
            continue  # "former Spanish prime minister X" tells nothing of Spain
        if parties:
            token = phrase.runs[0].last - 1 if phrase.runs else phrase.head
            tell(token, parties, mediator=_keeps_peace(phrase))
    for name in line.names:
        party = name.sense.party
        if name.first in used or party is None or tells_where(line, name, lexicon):
            continue
        if _is_left_behind(line, name) or _is_of_a_part(line, name):
            continue
        placed = is_place(line, name, lexicon)
        if not placed or (party.kind == "state" and name.sense.via in ("name", "alias")):
            # "visited A and B": better than no pair at all.
            brokers = name.suffix is not None or _is_epithet(line, name, lexicon)
            brokers = brokers or line.lower[name.last : name.last + 1] in _WATCHING
            tell(name.last - 1, [party], mediator=brokers, aside=placed)
    for holder, run in persons.of_line(line):
        if run.first not in used and holder.has_party:
            tell(run.last - 1, [holder.party])
    return sorted(found, key=lambda told: told.token)


# Who only looks on stands between the parties as well: "UNVET observers".
_WATCHING = (["observers"], ["observer"], ["monitors"], ["monitor"], ["peacekeepers"])


def _is_left_behind(line: Line, name: Name) -> bool:
    """Tell whether a name is of the state that another once left: "independence from Sudan"."""
    before = line.head[name.last - 1]
    return line.lower[before] == "from" and line.lower[line.head[before]] in _LEAVING


def _is_of_a_part(line: Line, name: Name) -> bool:
    """Tell whether an adjective is of a people without a state: "its Central Asian rival X"."""
    party = name.sense.party
    return (
        name.adjectival
        and party is not None
        and party.kind == "population"
        and party.country is None
        and line.dep[name.last - 1] in ("amod", "compound", "nmod")
    )


# How a state came to be tells of no two that face each other now.
_LEAVING = frozenset({"independence", "secession", "separation"})


def _keeps_peace(phrase: Phrase) -> bool:
    """Tell whether a phrase tells of peacekeepers, who stand between the parties."""
    words = {*phrase.form.words, *(phrase.line.lower[i] for i in phrase.qualifiers)}
    return any(word.startswith("peacekeep") for word in words)


def _is_epithet(line: Line, name: Name, lexicon: Lexicon) -> bool:
    """Tell whether a name stands in "Russian-brokered"."""
    last = name.last
    return (
        last + 1 < len(line)
        and line.text[last] in ("-", "–")
        and line.lower[last + 1] in lexicon.collectives.mediated
    )


def _told_of(lines: list[Line]) -> frozenset[str]:
    """Return the parties that a report names, by name, and the codes of their countries."""
    parties = [name.sense.party for line in lines for name in line.names if name.sense.party]
    codes = [party.country for party in parties if party.country is not None]
    return frozenset((*(party.name for party in parties), *codes))


def _countries(lines: list[Line]) -> tuple[str, ...]:
    """Return the countries that a report tells of, the commonest first."""
    counted: Counter[str] = Counter()
    for line in lines:
        for name in line.names:
            party = name.sense.party
            if party is not None and party.country is not None:
                counted[party.country] += 1
    return tuple(country for country, _ in counted.most_common())
