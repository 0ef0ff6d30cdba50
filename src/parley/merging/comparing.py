"""Comparing: which level of each comparison two mentions reach.

In: the traits of two mentions.  Out: comparison -> (level, bits that rareness adds).  What
a level weighs is not decided here but in `data/weights.toml`, so that another scorer can
stand on the same levels.  Every comparison is symmetric.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

from parley.merging.frequencies import Frequencies
from parley.merging.names import fold, same_person
from parley.merging.placing import Reached, compare_where
from parley.merging.timing import compare_days, compare_when
from parley.merging.traits import FAR, SPOKEN, Figure, Traits
from parley.merging.wholes import compare_story, speaks_whole

Comparison = Callable[[Traits, Traits, Frequencies], Reached]

_NEAR_TEXT = 250  # characters: about one sentence
_FEW_OFF = 4  # sentences: more is anywhere in the report
_LEAD = 1  # the sentence, counted from 0, up to which a report says what it is about
_LENGTHS_ALIKE = 1.15  # "six weeks" of 44 days: lengths are rounded


def compare_cue(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Tell whether the text ties the two together as two happenings."""
    tied = two.passage in one.ties or one.passage in two.ties
    return ("tied" if tied else "none"), 0.0


def compare_type(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Compare the types by the table of types that desks mix up."""
    if one.type == two.type:
        spoken = one.type in SPOKEN and one.is_among_several(two)
        return ("spoken_here" if spoken else "same"), 0.0
    pair = frequencies.rules.pairs.get(frozenset((one.type, two.type)))
    if pair is None or (pair.when == "ahead" and not one.stage == two.stage == "ahead"):
        return "other", 0.0
    return "compatible", 0.0


def compare_mode(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Compare the modes, where both have one and the type is the same."""
    if one.mode is None or two.mode is None or one.type != two.type:
        return "unknown", 0.0
    if one.mode == two.mode:
        return "same", 0.0
    return ("other_act" if frequencies.rules.types[one.type].acts else "other"), 0.0


def compare_scale(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare the scale of fighting: a war as a whole, or an incident."""
    if one.scale is None or two.scale is None:
        return "unknown", 0.0
    if one.scale == two.scale:
        return "both_" + one.scale, 0.0
    return "whole_and_part", 0.0


def compare_parties(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Compare the parties to it, mediators and hosts left out."""
    if not one.core or not two.core:
        return _compare_contexts(one, two, frequencies)
    shared = one.core & two.core
    if not shared and _are_persons(one) != _are_persons(two):
        # A person of no state told may be anybody's: of the army of which the other tells.
        return _compare_contexts(one, two, frequencies)
    if not shared:
        return _compare_strangers(one, two, frequencies), 0.0
    # A report names its own parties again and again: only between two does a rare one tell.
    here = one.report == two.report and (one.end <= two.start or two.end <= one.start)
    rareness = frequencies.party_rareness(shared) / (2 if here else 1)
    if one.core == two.core:
        return "same", rareness
    if one.core <= two.parties or two.core <= one.parties:
        return "within", rareness / 2
    return "overlap", 0.0


def _are_persons(trait: Traits) -> bool:
    """Tell whether all who are named are persons under no party."""
    own = {key for key, names in trait.persons if key in map(fold, names)}
    return trait.core <= own


def _compare_strangers(one: Traits, two: Traits, frequencies: Frequencies) -> str:
    """Compare two that name no party alike: perhaps each names another one of the same."""
    if one.core <= two.parties or two.core <= one.parties:
        return "within"
    if one.parties & two.parties:
        return "overlap"
    if _tells_sides(one, two, frequencies):
        return "sides"
    # "the army" and its country, a front and the region that it is of: names of one party
    if one.kin & two.kin:
        return "kin"
    return "complement" if _complete_each_other(one, two, frequencies) else "disjoint"


def _complete_each_other(one: Traits, two: Traits, frequencies: Frequencies) -> bool:
    """Tell whether one names only who did it, and the other only to whom it was done."""
    if frequencies.rules.types[one.type].direction == "mutual":
        return False
    sides = (one.actors, one.targets), (two.actors, two.targets)
    return any(
        did and not suffered and done_to and not by_whom
        for (did, suffered), (by_whom, done_to) in (sides, sides[::-1])
    )


def _tells_sides(one: Traits, two: Traits, frequencies: Frequencies) -> bool:
    """Tell whether each names one side of a happening between those both reports are about.

    Each side tells its own dead: the other side's are those of the same fight.  So with talks
    of which one report names this party, the other that one.
    """
    if one.report == two.report or one.type != two.type:
        return False
    direction = frequencies.rules.types[one.type].direction
    if direction == "mutual":
        met = len(one.core) == len(two.core) == 1
        return met and one.core <= two.context and two.core <= one.context
    return one.type == "ASSAULT" and bool(one.core & two.context and two.core & one.context)


def _compare_contexts(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Let the parties that a report is about stand for those that a mention does not name."""
    mine, theirs = (t.context if _are_persons(t) else t.core for t in (one, two))
    if one.report == two.report or not mine or not theirs:
        return "unknown", 0.0
    shared = mine & theirs
    if not shared:
        # Whoever speaks of an accord by its town need have no part in it.
        return ("unknown" if one.accord or two.accord else "no_context"), 0.0
    if len(shared) < min(2, len(mine), len(theirs)):
        return "unknown", 0.0
    return "context", frequencies.party_rareness(shared) / 2


def compare_direction(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Compare who does it to whom, for types where that is one happening's own."""
    direction = frequencies.rules.types[one.type].direction
    other = frequencies.rules.types[two.type].direction
    if "mutual" in (direction, other) or not one.actors or not two.actors:
        return "unknown", 0.0
    if not one.actors & two.actors:
        if "strict" in (direction, other):
            return "reversed_strict", 0.0
        crossed = one.actors & two.targets or two.actors & one.targets
        if not crossed:
            return "unknown", 0.0
        # In a fight either may be told to have begun; two handovers of one report are two.
        fought = "ASSAULT" in (one.type, two.type)
        here = one.report == two.report and not fought
        return ("reversed_here" if here else "reversed"), 0.0
    if not one.targets or not two.targets:
        return "unknown", 0.0
    if one.actors == two.actors and one.targets == two.targets:
        return "same", 0.0
    if "strict" not in (direction, other) or one.targets & two.targets:
        return "unknown", 0.0
    if one.kin_of_targets & two.kin_of_targets:
        return "unknown", 0.0
    return ("other_target_here" if one.report == two.report else "other_target"), 0.0


def compare_victims(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Compare whose the victims are, unless each tells but its own side of a fight."""
    if not one.victims or not two.victims:
        return "unknown", 0.0
    if not one.core & two.core and _tells_sides(one, two, frequencies):
        return "unknown", 0.0
    return ("same" if one.victims & two.victims else "other"), 0.0


def compare_persons(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Compare the persons who act for a party that both name."""
    theirs = dict(two.persons)
    shared: list[str] = []
    apart, alone = False, False
    for key, names in one.persons:
        others = theirs.get(key)
        if others is None:
            continue
        met = [pair for pair in product(names, others) if same_person(*pair)]
        shared += [name for pair in met for name in pair]
        apart = apart or not met
        alone = alone or len(met) < max(len(names), len(others))
    if shared:
        level = "shared" if apart or alone else "same"
        # Who speaks for a party is known from the party for the most part: half counts.
        return level, frequencies.person_rareness(shared) / (4 if level == "shared" else 2)
    rules = frequencies.rules.types
    if apart and (rules[one.type].persons or rules[two.type].persons):
        return "other", 0.0
    return "unknown", 0.0


def compare_offices(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare the rank of those who act: ministers, leaders, envoys."""
    if not one.offices or not two.offices:
        return "unknown", 0.0
    if not one.offices & two.offices:
        return "other", 0.0
    # Where both name someone, the names speak; the offices would say the same once more.
    named = {key for key, _ in one.persons} & {key for key, _ in two.persons}
    return ("unknown" if named else "same"), 0.0


def compare_brokers(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare mediators and hosts."""
    if one.brokers and two.brokers:
        if one.brokers == two.brokers:
            return "same", 0.0
        if one.brokers & two.brokers:
            return "overlap", 0.0
        # "European Council" and "European Union": bodies of one name's kin may be one broker
        kin = {name.split()[0] for name in one.brokers} & {name.split()[0] for name in two.brokers}
        return ("unknown" if kin else "other"), 0.0
    if one.brokers or two.brokers:
        told, silent = (one, two) if one.brokers else (two, one)
        if any(spot.country in told.brokers for spot in silent.spots):
            return "venue", 0.0
        if told.brokers & silent.parties:
            return "party", 0.0
    return "unknown", 0.0


def compare_counts(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare what is counted: the best agreement, else the worst difference."""
    if not one.figures or not two.figures:
        return "unknown", 0.0
    later_is_two = one.order < two.order
    levels = [
        _compare_figures(mine, theirs, one, two)
        if later_is_two
        else _compare_figures(theirs, mine, two, one)
        for mine in one.figures
        for theirs in two.figures
        if mine.what == theirs.what and _comparable(mine, theirs)
    ]
    if not levels:
        return "unknown", 0.0
    agreed = [level for level in _AGREEING if level in levels]
    if agreed:
        return agreed[0], 0.0
    return next(level for level in _DIFFERING if level in levels), 0.0


def _comparable(mine: Figure, theirs: Figure) -> bool:
    """Tell whether two figures count the same: one side's dead are but a part of all the dead."""
    if mine.side is None or theirs.side is None:
        part, total = (mine, theirs) if theirs.side is None else (theirs, mine)
        return mine.side == theirs.side or 10 * part.number >= 9 * total.number
    return mine.side == theirs.side


_AGREEING = ("same_rare", "same_telling", "same_common", "close")
_DIFFERING = ("differ", "some_way_off", "growing")


def _compare_figures(earlier: Figure, later: Figure, one: Traits, two: Traits) -> str:
    low, high = sorted((earlier.number, later.number))
    if high - low <= 1 and high >= 100:  # "more than 6,500" is 6,500 or 6,501
        low = high = low if str(low).endswith("0") else high
    if low == high:
        digits = len(str(low).rstrip("0"))
        if digits >= 3 or (digits == 2 and low >= 1000):
            return "same_rare"
        return "same_telling" if digits == 2 or low >= 1000 else "same_common"
    if low and high / low <= 1.1:
        return "close"
    # Figures rise: a later report's larger one of the same day is no contradiction.
    risen = later.number > earlier.number and one.report != two.report
    same_day = one.width == 1 and one.first == two.first and two.width == 1
    if risen and (same_day or earlier.at_least):
        return "growing"
    return "some_way_off" if low and high / low <= 1.5 else "differ"


def compare_lasting(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare how long it took: by both's words, or by one's words and the other's span."""
    lengths = [
        trait.lasting if trait.lasting is not None else _span_told(trait) for trait in (one, two)
    ]
    mine, theirs = lengths
    if mine is None or theirs is None or one.lasting is two.lasting is None:
        return "unknown", 0.0
    low, high = sorted((mine, theirs))
    if high <= _LENGTHS_ALIKE * low or (low >= 2 and high - low <= 1):
        return "same", 0.0
    both_say = one.lasting is not None and two.lasting is not None
    return ("other" if both_say else "unknown"), 0.0


def _span_told(trait: Traits) -> float | None:
    """Return the days of a span that is told with its first and last day."""
    if trait.precision != "span" or trait.last == FAR or trait.undated or trait.lent:
        return None
    return float(trait.width)


def compare_aim(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare what they end, where the text says so and that is settled already."""
    if not one.aims or not two.aims:
        return "unknown", 0.0
    return ("same" if one.aims & two.aims else "other"), 0.0


def compare_matter(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare what claims and demands are over, where the words of both tell."""
    if not one.matter or not two.matter:
        return "unknown", 0.0
    if one.matter & two.matter:
        return "same", 0.0
    return ("other_here" if one.report == two.report else "other"), 0.0


def compare_words(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare the telling words by the cosine of their inverse document frequencies."""
    if len(one.words) < 2 or len(two.words) < 2:
        return "unknown", 0.0
    mine, theirs = one.words, two.words
    shared = [weight * weight for word, weight in mine.items() if word in theirs]
    if not shared:
        return "none", 0.0
    alike = sum(sorted(shared)) / (one.length * two.length)
    for least, level in ((0.8, "alike"), (0.5, "many"), (0.3, "some")):
        if alike >= least:
            return level, 0.0
    return "few", 0.0


def compare_status(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare how far it is: ahead, done, called off, or a claim."""
    if one.stage == two.stage:
        return "same", 0.0
    stages = {one.stage, two.stage}
    if "claim" in stages:
        here = "ahead" in stages and one.report == two.report
        return ("denied_here" if here else "disputed"), 0.0
    if "ahead" not in stages:
        return ("contradict_here" if one.report == two.report else "contradict"), 0.0
    if one.report == two.report:
        return ("moved" if "off" in stages else "mixed_here"), 0.0
    ahead, past = (one, two) if one.stage == "ahead" else (two, one)
    if ahead.published is not None and past.published is not None:
        return ("backwards" if ahead.published > past.published else "moved"), 0.0
    return "moved", 0.0


def compare_telling(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare how it is told: in one sentence, headline and text, copied, two reports."""
    if one.report != two.report:
        copied = one.wording and one.wording == two.wording
        return ("copied" if copied else "other_report"), 0.0
    first, then = (one, two) if one.order < two.order else (two, one)
    if then.start < first.end:
        return "same_sentence", 0.0
    if one.wording and one.wording == two.wording:
        return "copied", 0.0
    if then.wants_other:
        return "other_wanted", 0.0
    if first.headline and then.main:
        return "headline", 0.0
    if one.is_among_several(two):
        off = then.sentence - first.sentence
        if off > 1:
            level = "two_off" if off == 2 else "few_off" if off <= _FEW_OFF else "same_report"
            return level, 0.0
    elif then.start - first.end > _NEAR_TEXT:
        return "same_report", 0.0
    return ("toll_after" if _is_bare_toll(then) else "near"), 0.0


def _is_bare_toll(trait: Traits) -> bool:
    """Tell whether a mention counts dead or wounded, and says not who, where or when itself."""
    told = trait.core or trait.spots or not (trait.first is None or trait.lent or trait.undated)
    return trait.type == "ASSAULT" and bool(trait.figures) and not told


def compare_naming(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare how the later one is named: as known ("the attack"), or as new."""
    first, then = (one, two) if one.order < two.order else (two, one)
    mine, named = first.deed, then.deed
    if not named.noun:
        return {"known": "of_known", "new": "of_new"}.get(named.article, "plain"), 0.0
    if named.article == "known":
        return ("known_again" if named.stem == mine.stem else "known"), 0.0
    return ("new" if named.article == "new" else "named"), 0.0


def compare_order(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare where in a report the earlier stands: what its head tells it tells once more."""
    first, then = (one, two) if one.order < two.order else (two, one)
    if first.headline or first.sentence == 0:
        return ("head_lead" if then.sentence <= _LEAD + 1 else "head"), 0.0
    return ("lead" if first.sentence <= _LEAD else "later"), 0.0


def compare_between(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare how many others of their type a report tells between them."""
    off = abs(one.nth - two.nth)
    return ("none" if off <= 1 else "one" if off == 2 else "more"), 0.0


def compare_sum(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Tell whether one of them counts several happenings, and the other does not."""
    return ("one" if one.summed != two.summed else "none"), 0.0


class Need(NamedTuple):
    """What mentions must tell for a comparison to say anything; else it reaches `level`.

    Both of them must, or, with `either`, one.
    """

    told: Callable[[Traits], bool]
    either: bool = False
    level: str = "unknown"


# So that most pairs are spared most comparisons.
NEEDED = {
    "cue": Need(lambda trait: bool(trait.ties), either=True, level="none"),
    "mode": Need(lambda trait: trait.mode is not None),
    "where": Need(lambda trait: bool(trait.spots or trait.scene)),
    "scale": Need(lambda trait: trait.scale is not None),
    "parties": Need(lambda trait: bool(trait.core or trait.context)),
    "direction": Need(lambda trait: bool(trait.actors)),
    "victims": Need(lambda trait: bool(trait.victims)),
    "persons": Need(lambda trait: bool(trait.persons)),
    "offices": Need(lambda trait: bool(trait.offices)),
    "brokers": Need(lambda trait: bool(trait.brokers), either=True),
    "counts": Need(lambda trait: bool(trait.figures)),
    "lasting": Need(lambda trait: trait.lasting is not None, either=True),
    "aim": Need(lambda trait: bool(trait.aims)),
    "matter": Need(lambda trait: bool(trait.matter)),
    "words": Need(lambda trait: len(trait.words) > 1),
}

# Where two reports speak as wholes most comparisons say nothing more: the level they are then at.
SILENT = {
    "when": "incident",
    "parties": "incident",
    **dict.fromkeys(("where", "direction", "mode", "scale", "victims", "persons"), "unknown"),
    **dict.fromkeys(("counts", "lasting", "words"), "unknown"),
}


# What sets two incidents apart is told all the same.
SETTING_APART: dict[str, Comparison] = {"when": compare_days, "where": compare_where}
_APART = frozenset({"apart", "incident_apart", "not_yet", "other"})


def _but_of_wholes(name: str, comparison: Comparison) -> Comparison:
    """Return a comparison that is silent where two reports speak as wholes."""
    silent, setting = SILENT[name], SETTING_APART.get(name)

    def compare(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
        if not speaks_whole(one, two):
            return comparison(one, two, frequencies)
        if setting and (reached := setting(one, two, frequencies))[0] in _APART:
            return reached
        return silent, 0.0

    return compare


# The ones that can forbid come first, so that most pairs are done with after a few.
_ALONE: dict[str, Comparison] = {
    "cue": compare_cue,
    "type": compare_type,
    "when": compare_when,
    "where": compare_where,
    "direction": compare_direction,
    "mode": compare_mode,
    "scale": compare_scale,
    "parties": compare_parties,
    "victims": compare_victims,
    "persons": compare_persons,
    "offices": compare_offices,
    "brokers": compare_brokers,
    "counts": compare_counts,
    "lasting": compare_lasting,
    "aim": compare_aim,
    "matter": compare_matter,
    "words": compare_words,
    "story": compare_story,
    "status": compare_status,
    "telling": compare_telling,
}

# These say something of two mentions of one report only, and only where it tells of several
# happenings.
AMONG: dict[str, Comparison] = {
    "naming": compare_naming,
    "order": compare_order,
    "between": compare_between,
    "sum": compare_sum,
}


# What compares two of which neither is asked of for the whole of its report: no more is asked then.
BARE: dict[str, Comparison] = _ALONE | AMONG


def _but_elsewhere(comparison: Comparison) -> Comparison:
    def compare(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
        if not one.is_among_several(two):
            return "elsewhere", 0.0
        return comparison(one, two, frequencies)

    return compare


COMPARISONS: dict[str, Comparison] = {
    name: _but_of_wholes(name, comparison) if name in SILENT else comparison
    for name, comparison in _ALONE.items()
} | {name: _but_elsewhere(comparison) for name, comparison in AMONG.items()}
