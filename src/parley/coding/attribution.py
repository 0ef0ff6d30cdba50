"""Who says so: the speaker of what a sentence tells, and the date of the saying.

In: a trigger in its parse.  Out: a `Speaker` or None for the outlet's own voice.  Direct
and indirect speech, "according to", clauses in front of and behind the verb of saying, and
quotations that go on over several sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from spacy.tokens import Doc, Span, Token

from parley.coding.patterns import lemma_of
from parley.coding.syntax import (
    ancestors,
    children,
    is_apart,
    is_passive,
    is_verbal,
    near,
    prepositions,
    subjects,
)
from parley.coding.triggers import Trigger
from parley.coding.words import number_words, speech_words
from parley.grounding import Grounding, Reference
from parley.model import Attribution, PartyKind, Stance, Trace
from parley.parsing import end_of, start_of
from parley.parsing.layout import lay_out

_OPEN, _CLOSE = frozenset("“«„"), frozenset("”»")
# How far back the speaker of a quotation may have been named.
_PARAGRAPHS = 3
_QUOTES = _OPEN | {'"', "`"}
_STRAIGHT = frozenset({'"', "``", "''"})


class Speaker(Struct, frozen=True):
    """Who speaks (`token`, the head of the phrase), by which verb, and with which stance."""

    token: Token
    verb: Token | None
    stance: Stance


def find_speaker(trigger: Trigger) -> Speaker | None:
    """Return who is quoted for a trigger within its own sentence."""
    at: Token = trigger.head
    # The trigger may itself be a verb of saying ("accused"); what it says is not its source.
    for above in (at, *ancestors(at)):
        source = _according_to(above)
        if source is not None:
            return Speaker(source, None, "asserts")
    previous, aside = at, False
    for above in ancestors(at):
        aside = aside or (previous.dep_ == "relcl" and previous != trigger.governor)
        if is_verbal(above) and above != trigger.predicate:
            found = _says(above, previous)
            # "Denied that it attacked the village, where 12 were killed": nobody denies these.
            if found is not None and not (aside and found.stance == "denies"):
                return found
        previous = above
    return _interposed(trigger.predicate) or _beside(near(at), trigger) or _giver(trigger)


def _giver(trigger: Trigger) -> Speaker | None:
    """'Army sources put the dead at nine': who gives a figure is quoted for it."""
    words = number_words()
    for noun in (trigger.head, *children(trigger.head, "dobj")):
        verb = noun.head
        if noun.dep_ == "dobj" and lemma_of(noun) in words.tolls and verb.lemma_ in words.moving:
            who = [each for each in subjects(verb) if lemma_of(each) not in words.bringing]
            if who and not is_passive(verb):
                return Speaker(who[0], verb, "asserts")
    return None


def _interposed(verb: Token) -> Speaker | None:
    """'The rebels, the army said, attacked a post': who is named in between."""
    for inner in children(verb, "parataxis"):
        who = children(inner, "nsubj")
        if inner.lemma_ in speech_words().asserts and who and in_quotes(verb) == in_quotes(inner):
            return Speaker(who[0], inner, "asserts")
    return None


def _says(verb: Token, below: Token) -> Speaker | None:
    """A verb of saying whose complement holds the trigger."""
    words = speech_words()
    lemma = verb.lemma_
    if lemma not in words.verbs or below.dep_ not in (
        "ccomp",
        "parataxis",
        "xcomp",
        "dobj",
        "dep",
    ):
        return None
    if is_apart(below, verb):
        return None
    if (
        below.dep_ in ("dobj", "xcomp")
        and lemma not in words.denies | words.confirms | words.claims
    ):
        if below.dep_ == "xcomp" or lemma not in ("announce", "report", "declare"):
            return None
    speakers = subjects(verb)
    if is_passive(verb):
        speakers = [noun for name, noun in prepositions(verb) if name in ("by", "from")]
    if not speakers:
        return None
    return Speaker(speakers[0], verb, _stance(lemma))


def _stance(lemma: str) -> Stance:
    words = speech_words()
    if lemma in words.denies:
        return "denies"
    if lemma in words.confirms:
        return "confirms"
    return "accuses" if lemma in words.accuses else "asserts"


def _according_to(word: Token) -> Token | None:
    for child in children(word, "prep", "advcl", "pcomp", "advmod", "mark"):
        if child.lower_ in ("according", "citing", "quoting") and child.dep_ != "mark":
            for inner in child.children:
                if inner.dep_ == "prep":
                    found = children(inner, "pobj", "pcomp")
                    if found:
                        return found[0]
                if inner.dep_ in ("pobj", "dobj"):
                    return inner
        if child.lower_ == "as" and child.dep_ == "mark" and word.lemma_ in speech_words().asserts:
            found = children(word, "nsubj")
            if found:
                return found[0]
    return None


def _beside(sentence: Span, trigger: Trigger) -> Speaker | None:
    """A verb of saying at the sentence's other end that the parse did not put on top."""
    doc, lemmas, asserts = sentence.doc, lay_out(sentence.doc).lemmas, speech_words().asserts
    for i in range(sentence.start, sentence.end):
        if lemmas[i] not in asserts:
            continue
        token = doc[i]
        if (
            is_verbal(token)
            and token.dep_ in ("parataxis", "ROOT", "ccomp", "conj")
            and token != trigger.predicate
            and not any(token.is_ancestor(trigger.head) for _ in (0,))
        ):
            quoted = in_quotes(trigger.head) and not in_quotes(token)
            who = children(token, "nsubj")
            if quoted and who:
                return Speaker(who[0], token, "asserts")
    return None


def in_quotes(token: Token) -> bool:
    """Tell whether a word stands inside quotation marks of its paragraph."""
    known = lay_out(token.doc).found.setdefault("in_quotes", {})
    if not known:
        known.update(enumerate(_quoted(token.doc)))
    return bool(known[token.i])


def _quoted(doc: Doc) -> Iterator[bool]:
    """Yield of each word of a paragraph whether the marks before it open a quotation."""
    depth = 0
    straight = False
    for text in lay_out(doc).lowers:
        yield depth > 0 or straight
        if text[:1] in _OPEN:
            depth += 1
        elif text[:1] in _CLOSE:
            depth = max(0, depth - 1)
        elif text in _STRAIGHT:
            straight = not straight


class Voices(Struct, frozen=True):
    """Who speaks in a paragraph, sentence by sentence, and whom "he" and "it" mean.

    `before` is who spoke last in the paragraphs in front of it.
    """

    spoken: tuple[Speaker | None, ...]
    stand_ins: Mapping[int, Token]
    before: Speaker | None = None

    def of_sentence(self, at: int) -> Speaker | None:
        """Return whose quotation a sentence is that names no speaker itself.

        A quotation may name its speaker only behind its last sentence, and may have named
        it a paragraph ago.
        """
        if self.spoken[at] is not None:
            return self.spoken[at]
        first = next((speaker for speaker in self.spoken if speaker is not None), None)
        return first or self.before

    def named(self, speaker: Speaker | None, *, grounding: Grounding) -> Speaker | None:
        """Return a speaker with a name in place of a pronoun that nobody else resolves."""
        if speaker is None or speaker.token.pos_ != "PRON":
            return speaker
        reference = grounding.reference(speaker.token)
        if reference is not None and reference.members:
            return speaker
        meant = self.stand_ins.get(speaker.token.i)
        if meant is None or speaker.token.doc is not meant.doc:
            meant = meant or (self.before.token if self.before is not None else None)
        return Speaker(meant, speaker.verb, speaker.stance) if meant is not None else speaker


def hear(index: int, docs: Sequence[Doc]) -> Voices:
    """Return the voices of a paragraph, given the paragraphs of its report."""
    before: Speaker | None = None
    for at in range(max(0, index - _PARAGRAPHS), index):
        heard = _listen(docs[at], before)
        last = next((speaker for speaker in reversed(heard.spoken) if speaker is not None), None)
        if last is not None and last.token.pos_ == "PRON":
            meant = heard.stand_ins.get(last.token.i)
            last = Speaker(meant, last.verb, last.stance) if meant is not None else None
        goes_on = len(docs[at]) > 0 and docs[at][0].text[:1] in _QUOTES
        before = last if last is not None else before if goes_on else None
    return _listen(docs[index], before)


def _listen(doc: Doc, before: Speaker | None) -> Voices:
    spoken: list[Speaker | None] = []
    stand_ins: dict[int, Token] = {}
    last: Speaker | None = None
    # The noun that a pronoun of the next sentence may stand for.
    known = before.token if before is not None else None
    for speakers, subject in _sayings(doc):
        for speaker in speakers:
            last, who = speaker, speaker.token
            if who.pos_ != "PRON":
                known = who
            elif known is not None and _may_mean(who, known):
                stand_ins[who.i] = known
        spoken.append(last)
        known = subject or known
    return Voices(tuple(spoken), stand_ins, before)


def _sayings(doc: Doc) -> list[tuple[list[Speaker], Token | None]]:
    """Return of each sentence who says something, and the subject of a sentence of speech.

    A paragraph is listened to for itself, and for each of those behind it.
    """
    layout, words = lay_out(doc), speech_words()
    kept: list[tuple[list[Speaker], Token | None]] | None = layout.found.get("sayings")
    if kept is not None:
        return kept
    found: list[tuple[list[Speaker], Token | None]] = []
    for start, end in layout.sentences:
        saying = [doc[i] for i in range(start, end) if layout.lemmas[i] in words.telling]
        heard = [(children(verb, "nsubj"), verb) for verb in saying if is_verbal(verb)]
        speakers = [
            Speaker(who[0], verb, "asserts")
            for who, verb in heard
            if who and who[0].tag_ not in ("WDT", "WP")
        ]
        root = doc[start:end].root
        opened = root.lemma_ in words.telling or root.lemma_ in words.speaking
        subject = children(root, "nsubj") if opened else []
        named = bool(subject) and subject[0].pos_ in ("NOUN", "PROPN")
        found.append((speakers, subject[0] if named else None))
    layout.found["sayings"] = found
    return found


def _may_mean(pronoun: Token, noun: Token) -> bool:
    plural = noun.tag_ in ("NNS", "NNPS")
    return plural == (pronoun.lower_ in ("they", "we"))


def attribute(speaker: Speaker | None, *, grounding: Grounding) -> tuple[Attribution, ...]:
    """Return the public form: the person, body or party that is quoted, named as far as known."""
    if speaker is None:
        return ()
    reference = grounding.reference(speaker.token)
    report = grounding.parse.report.id
    if reference is None or not reference.members:
        return _unnamed(speaker.token, speaker.stance, report)
    trace = Trace(report=report, start=reference.start, end=reference.end)
    return tuple(
        Attribution(
            name=member.person.name if member.person else member.name,
            kind=_kind(reference, index),
            country=member.party.country,
            stance=speaker.stance,
            evidence=(trace,),
        )
        for index, member in enumerate(reference.members)
    )


def _kind(reference: Reference, index: int) -> PartyKind:
    member = reference.members[index]
    if member.person is not None:
        return "person"
    if member.part in ("government_body", "military", "population"):
        return member.part
    return member.party.kind


def _unnamed(token: Token, stance: Stance, report: str) -> tuple[Attribution, ...]:
    """'officials', 'a resident': named as the report names them."""
    if token.pos_ == "PRON":
        return ()
    first = min((child.left_edge for child in token.lefts), key=lambda t: t.i, default=token)
    span = token.doc[first.i : token.i + 1]
    return (
        Attribution(
            name=span.text,
            kind="unknown",
            country=None,
            stance=stance,
            evidence=(Trace(report=report, start=start_of(span), end=end_of(span)),),
        ),
    )
