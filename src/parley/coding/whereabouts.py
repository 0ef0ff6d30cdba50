"""The whereabouts of what names no place: a scene of its report, where one is likely enough.

"Two others were wounded", "the gunman fled", a headline: such a sentence goes on with what the
report tells of a place elsewhere.  In: the drafts of a report and its grounding.  Out: the same,
with places where they were left out.  What is told beside it of its own kind and day comes first
(`venues.py`).  Else each scene is weighed by what speaks for it: the weights of `data/scenes.toml`
were fitted on reports of which it is known where each happening was (`python -m training scenes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import exp

from msgspec import Struct

from parley.coding.drafts import Draft, changed
from parley.coding.scenes import Naming, Scene, Scenes, scenes_of
from parley.coding.triggers import Trigger, once
from parley.coding.words import load_table, place_words
from parley.grounding import Grounding
from parley.model import EventType, Mention, Status, When
from parley.parsing import kind_of, start_of

# What happens at one place: what others say of it is said anywhere.
_PLACED: frozenset[EventType] = frozenset(
    {
        "AID",
        "ASSAULT",
        "CONSULT",
        "COOPERATE",
        "MOBILIZE",
        "PROTEST",
        "RETREAT",
    }
)
_MUTUAL: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "COOPERATE"})
_PAST: frozenset[Status] = frozenset({"happened", "ongoing", "alleged"})
_LONG = 31  # days: what lasts longer, or happened on no nearer a day, is of no one place
_FIRST = 2  # paragraphs: the headline and the lead
_MANY = 5
_NAMED_OFTEN = 4


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """What speaks for a scene, each with its weight, and how likely one must be to be taken.

    `everywhere` are the words by which violence is called that is at no one place: wars.
    """

    everywhere: frozenset[str]
    likely: float
    bias: float
    speaks: dict[str, float]


@cache
def load_weights() -> Weights:
    """Return the weights.  Raises DataError."""
    return load_table("scenes.toml", Weights)


def placed_by_scene(drafts: Sequence[Draft], grounding: Grounding) -> list[Draft]:
    """Give what names no place the scene of the report that is likely enough its own."""
    if not any(map(lacks_place, drafts)):
        return list(drafts)
    scenes = scenes_of(drafts, grounding)
    return [_placed(draft, scenes) if lacks_place(draft) else draft for draft in drafts]


def lacks_place(draft: Draft) -> bool:
    """Tell whether something was at one place that its sentence leaves out.

    Talks that are only planned, or of which no time is told, may be talks of any place.
    """
    mention = draft.mention
    if mention.where or mention.type not in _PLACED or _word(draft) in load_weights().everywhere:
        return False
    if mention.type in _MUTUAL:
        return mention.status in _PAST and mention.when is not None
    return mention.status in _PAST | {"denied"} and not _is_long(mention.when)


def _is_long(when: When | None) -> bool:
    return when is not None and (when.end is None or (when.end - when.start).days > _LONG)


def _placed(draft: Draft, scenes: Scenes) -> Draft:
    weights, own = load_weights(), dict(_of_draft(draft))
    likely = [
        (likelihood(_weighed(own, draft, scene, scenes), weights), -at)
        for at, scene in enumerate(scenes.all)
        if may_be_at(draft, scene)
    ]
    most, at = max(likely, default=(0.0, 0))
    if most < weights.likely:
        return draft
    return changed(draft, where=(scenes.all[-at].place,))


def may_be_at(draft: Draft, scene: Scene) -> bool:
    """Tell whether a scene may be a draft's: no war is fought where its talks are held.

    Nor is it that of what is told with a day of its own, on which nothing was told there.
    """
    if draft.mention.type == "ASSAULT" and scene.types and scene.types <= _MUTUAL:
        return False
    when = draft.mention.when
    if when is None or when.basis != "told" or not scene.drafts:
        return True
    return not all(_is_apart(when, other.mention.when) for other in scene.drafts)


def _is_apart(one: When, two: When | None) -> bool:
    if two is None or one.end is None or two.end is None:
        return False
    return one.end < two.start or two.end < one.start


def likelihood(told: Mapping[str, float], weights: Weights) -> float:
    """Return how likely a scene is a draft's, by what speaks for it."""
    score = weights.bias + sum(weights.speaks.get(name, 0.0) * told[name] for name in told)
    return 1 / (1 + exp(-score))


def weighed(draft: Draft, scene: Scene, scenes: Scenes) -> dict[str, float]:
    """Return what speaks for or against a scene as the place of a draft, by name, without zeros."""
    return _weighed(dict(_of_draft(draft)), draft, scene, scenes)


def _weighed(
    own: Mapping[str, float], draft: Draft, scene: Scene, scenes: Scenes
) -> dict[str, float]:
    """Return `weighed`, given what the draft has in itself."""
    told = {**own, **dict(_of_namings(draft, scene, scenes))}
    if scene.drafts:
        told |= dict(_of_drafts(draft, scene, scenes))
        told |= dict(_of_nearest(draft, scene))
    else:
        told["only named"] = True
    if told["names a kind of place"] and told["named last"]:
        told["the town named last"] = True
    return {name: float(value) for name, value in told.items() if value}


def _of_draft(draft: Draft) -> Iterator[tuple[str, float]]:
    mention = draft.mention
    words = [word.lower_ for word in draft.trigger.head.sent]
    told = place_words()
    yield (
        "names a kind of place",
        any(
            one == "the" and (two in told.settlements or two in told.buildings)
            for one, two in pairwise(words)
        ),
    )
    yield "headline", kind_of(draft.trigger.head) == "headline"
    yield "first lines", draft.paragraph <= _FIRST
    yield "recalled", mention.background
    yield "violence", mention.type == "ASSAULT"


@once
def _bounds_of_sentence(trigger: Trigger) -> tuple[int, int]:
    sentence = trigger.head.sent
    return start_of(sentence), start_of(sentence) + len(sentence.text)


def _of_namings(draft: Draft, scene: Scene, scenes: Scenes) -> Iterator[tuple[str, float]]:
    start, end = _bounds_of_sentence(draft.trigger)

    def here(naming: Naming) -> bool:
        return start <= naming.start < end and not naming.dateline

    yield "unlisted", scene.place.lat is None
    yield "area", scene.place.precision == "area"
    yield "in the headline", any(n.headline for n in scene.namings)
    yield "dateline", any(n.dateline for n in scene.namings)
    yield "in its sentence", any(start <= n.start < end for n in scene.namings)
    yield "in its paragraph", any(n.paragraph == draft.paragraph for n in scene.namings)
    yield "behind a preposition", any(n.told for n in scene.namings)
    yield "how often", min(len(scene.namings), _NAMED_OFTEN) / _NAMED_OFTEN
    before = [n for n in scenes.namings if n.start < start and not n.dateline]
    yield "named last", bool(before) and before[-1].place.name == scene.place.name
    yield (
        "another in its sentence",
        any(here(n) and n.told and n.place.name != scene.place.name for n in scenes.namings),
    )


def _of_drafts(draft: Draft, scene: Scene, scenes: Scenes) -> Iterator[tuple[str, float]]:
    mention, own = draft.mention, scene.drafts
    others = [other for other in scenes.all if other.drafts]
    alike = [other for other in others if mention.type in other.types]
    yield "of many", len(others) >= _MANY
    yield "of its type", mention.type in scene.types
    yield "of its family", bool(mention.type in _MUTUAL and _MUTUAL & scene.types)
    yield "alone of its type", alike == [scene]
    when = None if mention.when is None else (mention.when.start, mention.when.end)
    yield "of its day", when in scene.days
    yield "by the same word", any(_word(draft) == _word(other) for other in own)
    yield "of its frame", any(draft.trigger.frame.name == d.trigger.frame.name for d in own)
    yield "told in the headline", any(kind_of(d.trigger.head) == "headline" for d in own)
    doers = _doers(mention)
    yield (
        "by others",
        bool(doers) and all(_doers(d.mention) and not doers & _doers(d.mention) for d in own),
    )
    yield "told last of its type", _last_before(draft, alike) is scene


def _of_nearest(draft: Draft, scene: Scene) -> Iterator[tuple[str, float]]:
    """Yield how near the nearest telling is, and whether it is of the same type."""
    mention = draft.mention
    stands, near = min(
        ((_stands(draft, other), other) for other in scene.drafts),
        key=lambda told: (_ORDER.index(told[0]), told[1].mention.type != mention.type),
    )
    alike = near.mention.type == mention.type
    yield "before in the paragraph, of its type", alike and stands == "before in the paragraph"
    yield "further before, of its type", alike and stands == "further before"
    yield "paragraph before", stands == "paragraph before"
    yield "paragraph behind", stands == "paragraph behind"
    yield "recalled as it is not", near.mention.background != mention.background


_ORDER = (
    "same sentence",
    "before in the paragraph",
    "paragraph before",
    "behind in the paragraph",
    "paragraph behind",
    "further before",
    "further behind",
)


def _stands(draft: Draft, other: Draft) -> str:
    """Return where another draft stands, seen from a draft."""
    if (other.paragraph, other.sentence) == (draft.paragraph, draft.sentence):
        return "same sentence"
    if other.paragraph == draft.paragraph:
        before = other.mention.trigger[0] < draft.mention.trigger[0]
        return "before in the paragraph" if before else "behind in the paragraph"
    if abs(other.paragraph - draft.paragraph) == 1:
        return "paragraph before" if other.paragraph < draft.paragraph else "paragraph behind"
    return "further before" if other.paragraph < draft.paragraph else "further behind"


def _last_before(draft: Draft, scenes: Sequence[Scene]) -> Scene | None:
    """Return the scene of which something of a draft's type is told last before it."""
    told = [
        (other.mention.trigger[0], at)
        for at, scene in enumerate(scenes)
        for other in scene.drafts
        if other.mention.trigger[0] < draft.mention.trigger[0]
        and other.mention.type == draft.mention.type
    ]
    return scenes[max(told)[1]] if told else None


def _word(draft: Draft) -> str:
    return draft.trigger.head.lemma_.lower()


def _doers(mention: Mention) -> frozenset[str]:
    acting = ("actor", "signatory")
    return frozenset(party.name for party in mention.participants if party.role in acting)
