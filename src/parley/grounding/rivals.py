"""Which parties of a report face each other: whom "the two sides" means at a place in it.

Each sentence adds evidence for the pairs of parties that it joins ("A and B", "between A
and B", "A accused B"); evidence fades with the distance in sentences.  Who hosts or
mediates is no party to what is mediated.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import Line
from parley.model import Party

# Evidence a sentence further back counts so much of the nearer; what a report tells only
# later counts a fifth.
FADE = 0.85
LATER = 0.2
MOST_HEADS = 14
# Two pairs of which the second has this share of the first's evidence are told of alike.
UNCLEAR = 0.7
# Who mediates somewhere is hardly one of the two that face each other in the whole.
BROKERS = 3
# Who urges another is rarely its adversary.
ASIDE = 0.3
_JOINED = 3.0
_FACING = 2.0
_TOGETHER = 0.4
_WITH = frozenset({"with", "against", "between", "from", "to", "on", "by", "over"})


@dataclass(slots=True)
class Told:
    """Parties that one noun phrase of a sentence tells of, headed by `token`.

    `mediates`: they host or mediate; `urges`: they call on others, or are mere places.
    """

    line: Line
    token: int
    parties: tuple[Party, ...]
    mediates: bool = False
    urges: bool = False


@dataclass(slots=True)
class _Evidence:
    sentence: int
    pair: tuple[Party, Party]
    weight: float
    aside: bool = False


@dataclass(slots=True)
class Rivals:
    """The evidence of one report."""

    evidence: list[_Evidence] = field(default_factory=list)
    groups: list[tuple[int, tuple[Party, ...]]] = field(default_factory=list)
    order: dict[Party, int] = field(default_factory=dict)
    mediators: dict[int, set[Party]] = field(default_factory=lambda: defaultdict(set))
    counts: Counter[Party] = field(default_factory=Counter)
    within: tuple[Party, ...] = ()

    def overall(self) -> tuple[Party, ...]:
        """Return the two parties that face each other in the whole report, if that is clear.

        Where no two are told of together, they are `within`: a state and the one armed
        group in it.
        """
        roles = Counter(party for parties in self.mediators.values() for party in parties)
        scores: dict[tuple[Party, Party], float] = defaultdict(float)
        for told in self.evidence:
            brokers = sum(roles[party] for party in told.pair)
            share = ASIDE if told.aside else 1.0
            scores[told.pair] += share * told.weight / (1 + BROKERS * brokers)
            if {party.kind for party in told.pair} == {"state", "armed_group"}:
                scores[told.pair] += told.weight * (told.pair[0].country == told.pair[1].country)
        for pair in scores:
            # The two that face each other are those of whom most is told.
            scores[pair] *= min(self.counts[party] for party in pair)
        ranked = sorted(scores, key=lambda pair: -scores[pair])
        if not ranked or scores[ranked[0]] < _FACING:
            return self.within
        if len(ranked) > 1 and scores[ranked[1]] > UNCLEAR * scores[ranked[0]]:
            return ()
        first, second = ranked[0]
        return first, second

    def learn(self, told: Sequence[Told]) -> None:
        """Add the evidence of one sentence."""
        if not told:
            return
        sentence = told[0].line.sentence[told[0].token]
        for each in told:
            for party in each.parties:
                self.order.setdefault(party, len(self.order))
                self.counts[party] += 1
            if each.mediates:
                self.mediators[sentence].update(each.parties)
        for each in told:
            aside = each.mediates or each.urges
            self._join(sentence, each.parties, _JOINED, mediates=aside)
        joined: dict[int, list[Party]] = {}
        for a, b in combinations(told[:MOST_HEADS], 2):
            weight = _weight(a, b)
            if weight == _JOINED:
                joined.setdefault(a.token, list(a.parties)).extend(b.parties)
            for x in a.parties:
                for y in b.parties:
                    aside = a.mediates or b.mediates or (a.urges and b.urges)
                    urged = a.urges or b.urges
                    self._join(sentence, (x, y), weight, mediates=aside, urged=urged)
        for parties in joined.values():
            self._group(sentence, parties)

    def choose(
        self,
        number: int,
        sentence: int,
        *,
        without: Collection[Party] = (),
        among: Collection[Party] | None = None,
        fade: float = FADE,
    ) -> tuple[Party, ...]:
        """Return the `number` parties that face each other, in the order of the text.

        Empty when the report tells of too few.  `without` are parties that cannot be
        meant; `among`, if given, the only ones that can.
        """
        out = set(without) | self.mediators.get(sentence, set())
        if number > 2:
            for at, group in reversed(self.groups):
                if at <= sentence and len(group) == number:
                    return group
            out = set(without)
        scores: dict[tuple[Party, Party], float] = defaultdict(float)
        for told in self.evidence:
            a, b = told.pair
            if a in out or b in out or (among is not None and not (a in among and b in among)):
                continue
            gap = sentence - told.sentence
            scores[told.pair] += told.weight * (fade**gap if gap >= 0 else LATER * fade**-gap)
        if not scores:
            inside = number == 2 and not out & set(self.within) and among is None
            return self.within if inside else ()
        # Parties that mediate elsewhere in the report are less likely to be meant.
        roles = [party for parties in self.mediators.values() for party in parties]
        best = max(
            scores,
            key=lambda pair: (
                scores[pair] / (1 + sum(roles.count(party) for party in pair)),
                -self.order[pair[0]] - self.order[pair[1]],
            ),
        )
        chosen = list(best)
        while len(chosen) < number:
            added = self._next(chosen, scores)
            if added is None:
                return ()
            chosen.append(added)
        return tuple(sorted(chosen, key=lambda party: self.order[party]))

    def _next(self, chosen: list[Party], scores: dict[tuple[Party, Party], float]) -> Party | None:
        gain: dict[Party, float] = defaultdict(float)
        for (a, b), score in scores.items():
            if (a in chosen) != (b in chosen):
                gain[b if a in chosen else a] += score
        if not gain:
            return None
        return max(gain, key=lambda party: (gain[party], -self.order[party]))

    def _join(
        self,
        sentence: int,
        parties: Sequence[Party],
        weight: float,
        *,
        mediates: bool,
        urged: bool = False,
    ) -> None:
        distinct = list(dict.fromkeys(parties))
        if len(distinct) > 2:
            self._group(sentence, distinct)
        for a, b in combinations(distinct, 2):
            first, second = sorted((a, b), key=lambda party: self.order[party])
            share = weight / (len(distinct) - 1) * (0.1 if mediates else 1.0)
            # Bodies of several states are rarely the parties of a conflict, often its hosts.
            third = {"igo", "organisation", "person"} & {first.kind, second.kind}
            share *= 0.3 if third else 1.0
            self.evidence.append(_Evidence(sentence, (first, second), share, mediates or urged))

    def _group(self, sentence: int, parties: Sequence[Party]) -> None:
        distinct = tuple(dict.fromkeys(parties))
        if len(distinct) > 2:
            self.groups.append((sentence, distinct))


def within(home: Party | None, lines: Sequence[Line]) -> tuple[Party, ...]:
    """Return a state and the armed group in it, where a report tells of no other group."""
    if home is None:
        return ()
    groups = {
        name.sense.party
        for line in lines
        for name in line.names
        if name.sense.party is not None
        and name.sense.party.kind == "armed_group"
        and name.sense.party.country in (home.country, None)
    }
    return (home, groups.pop()) if len(groups) == 1 else ()


def mediates(line: Line, token: int, lexicon: Lexicon) -> bool:
    """Tell whether the noun phrase headed by a token hosts or mediates."""
    words = lexicon.collectives
    if line.lower[token] in words.mediate_nouns:
        return True  # "Saudi and American mediators"
    before = token
    for above in line.ancestors(token):
        lemma = line.lemma[above]
        if lemma in words.mediate_nouns and line.dep[before] in (
            "poss",
            "amod",
            "compound",
            "prep",
        ):
            return True
        if line.pos[above] in ("VERB", "AUX"):
            if line.dep[before] in ("nsubj",) and lemma in words.mediate_verbs:
                return True
            passive = line.dep[before] in ("agent", "prep") and line.lower[before] == "by"
            return passive and (lemma in words.mediate_verbs or line.lower[above] in words.mediated)
        before = above
    return False


def urges(line: Line, token: int, lexicon: Lexicon) -> bool:
    """Tell whether the noun phrase headed by a token calls on others."""
    for _ in range(6):
        if line.dep[token] != "conj":
            break
        token = line.head[token]
    verb = line.head[token]
    return line.dep[token] == "nsubj" and line.lemma[verb] in lexicon.collectives.urge_verbs


def _weight(a: Told, b: Told) -> float:
    line = a.line
    if _coordinated(line, a.token, b.token):
        return _JOINED
    verb_a, role_a = _clause(line, a.token)
    verb_b, role_b = _clause(line, b.token)
    if verb_a == verb_b and verb_a is not None and role_a != role_b and "nsubj" in (role_a, role_b):
        return _FACING
    return _TOGETHER


def _coordinated(line: Line, a: int, b: int) -> bool:
    for low, high in ((a, b), (b, a)):
        token = high
        for _ in range(8):
            if line.dep[token] not in ("conj", "appos", "compound", "nmod", "amod"):
                break
            token = line.head[token]
            if token == low:
                return True
    between = line.text[min(a, b) + 1 : max(a, b)]
    return between in (["-"], ["–"], ["and"])


def _clause(line: Line, token: int) -> tuple[int | None, str]:
    """Return the verb that a noun phrase hangs on, and how."""
    before = token
    for above in line.ancestors(token):
        if line.pos[above] in ("VERB", "AUX"):
            role = line.dep[before]
            if role == "prep" and line.lower[before] not in _WITH:
                role = "other"
            return above, "nsubj" if role in ("nsubj", "nsubjpass") else role
        before = above
    return None, ""
