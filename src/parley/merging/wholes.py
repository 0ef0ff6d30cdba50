"""Wholes: what two whole reports say of whether two of their mentions tell one happening.

In: the traits of two mentions.  Out: the level of the comparison `story`, and whether the two
reports speak as wholes: where both mentions tell the incident that their report is about.
`likeness.py` weighs all that two such reports tell (words, names, ages, days, the dead), so that
what the one sentence has and the other has not says nothing more.
"""

from __future__ import annotations

from parley.merging.focus import FRESH, INCIDENTS
from parley.merging.frequencies import Frequencies
from parley.merging.likeness import Likenesses, Part, weigh
from parley.merging.placing import Reached
from parley.merging.stories import Story
from parley.merging.traits import Traits

_TERMS = 12  # telling words that a report must have for its story to be compared
_LEAST, _MOST = -12.0, 10.0  # bits that two reports say at most
_STORIES = (
    *((7.5, "one"), (3.5, "likely"), (1.5, "rather"), (-1.5, "open")),
    *((-4.0, "hardly"), (-8.0, "unlikely")),
)
_ALIKE = ("one", "likely", "rather")
_OPEN = (*_ALIKE, "open")
_ASIDE = ((0.45, "one_aside"), (0.35, "much_aside"), (0.25, "some_aside"))


def speaks_whole(one: Traits, two: Traits) -> bool:
    """Tell whether both tell the incident that their report (or reports) is about."""
    if not (one.focus and two.focus and one.type == two.type):
        return False
    return (one.report == two.report and one.item == two.item) or _have_stories(one, two)


def _have_stories(one: Traits, two: Traits) -> bool:
    if one.story is None or two.story is None:
        return False
    return min(len(one.story.terms), len(two.story.terms)) >= _TERMS


def compare_story(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Compare the two reports as wholes: whether they tell one story."""
    whole = speaks_whole(one, two)
    if one.report == two.report:
        if one.item != two.item and one.item and two.item:
            return "item", 0.0
        return ("incident_here" if whole else "here"), 0.0
    if one.story is None or two.story is None or not _have_stories(one, two):
        return "unknown", 0.0
    if whole:
        return "incident", max(_LEAST, min(_MOST, frequencies.alike.likeness(one.story, two.story)))
    if one.local or two.local:
        level = _story_level(one.story, two.story, frequencies.alike)
        if (one.recalled or two.recalled or one.accord or two.accord) and level not in _ALIKE:
            # What a report tells of its own incident speaks neither for nor against another's.
            return "recalled", 0.0
        both = one.main and two.main and one.type in INCIDENTS
        return (level if both or level not in _OPEN else f"{level}_passing"), 0.0
    # Who tells of a conflict recalls its talks and claims from the first line on.
    if _is_news(one) and _is_news(two):
        level = _story_level(one.story, two.story, frequencies.alike)
        if one.several and two.several:
            # Likeness was fitted to reports of one incident: it says less of those of several.
            return f"{level}_of_conflict", 0.0
        return (f"{level}_passing" if level in _ALIKE else level), 0.0
    if one.core and two.core and not _names_alike(one, two):
        # Reports of one story may each recall another matter: a war of others.
        return "aside", 0.0
    alike = frequencies.alike.cosine(one.story, two.story)
    return next((level for least, level in _ASIDE if alike >= least), "aside"), 0.0


def weigh_stories(one: Traits, two: Traits, level: str) -> tuple[Part, ...]:
    """Return what the likeness of the two reports is made of, where it decided the `level`."""
    decided = {"incident", "other", *(name for _, name in _STORIES)}
    named = level.removesuffix("_passing").removesuffix("_of_conflict")
    if named not in decided or one.story is None or two.story is None:
        return ()
    return weigh(one.story, two.story)


def _story_level(one: Story, two: Story, alike: Likenesses) -> str:
    bits = alike.likeness(one, two)
    return next((level for least, level in _STORIES if bits >= least), "other")


def _is_news(trait: Traits) -> bool:
    """Tell whether a report is about an incident that was fresh when it was printed."""
    if not trait.head or trait.type not in INCIDENTS:
        return False
    told, printed = trait.last, trait.published
    return told is None or printed is None or printed - told <= FRESH


def _names_alike(one: Traits, two: Traits) -> bool:
    return bool(one.core & two.core or one.kin & two.kin)
