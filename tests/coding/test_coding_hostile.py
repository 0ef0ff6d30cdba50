"""Texts that are no reports, or are made to break things: no crash, and nothing invented."""

from __future__ import annotations

import gc
import time

import pytest
from coded import DAY, Bench, Coded, make_report
from soundness import check_all

NOTHING = {
    "empty": "",
    "blank": " \n\t\r\n  \n",
    "a full stop": ".",
    "punctuation": "... !!! ??? ,,, ;;; --- *** ((( ))) [] {} <> / \\ | ~ ^ %",
    "emoji": "🔥🔥🔥 💥 🕊️ 🤝 👍🏽\n😀😀😀",
    "zero-width": "\u200b\u200d\ufeff\u2060",
    "NULs": "\x00\x00\x00 \x00",
    "controls": "\x01\x02\x07\x08\x0b\x0c\x1b[31m\x7f",
    "numbers": "12 45 300 6,500 2,000\n14 17 3.5",
    "a table of numbers": "Year\tKilled\tWounded\n2019\t12\t30\n2020\t14\t28\n2021\t9\t11",
    "arithmetic": "x = 3 * (y + 4) / 2\nassert x > 0",
    "python": "def close(self):\n    for item in self.items:\n        item.free()\n    return",
    "html": "<div class='row'><a href='/x'>more</a></div>\n<script>var a = 1;</script>",
    "json": '{"id": 4, "name": "x", "items": [1, 2, 3], "ok": true}',
    "a log": "2024-03-14T10:11:12Z INFO request handled in 12 ms\n2024-03-14T10:11:13Z WARN slow",
    "a recipe": "Whisk the eggs. Add two cups of flour and stir. Bake for forty minutes.",
    "weather": "It rained all night. The morning was cold, and the streets were wet.",
    "French": "Le chat dort sur le canapé. Il fait beau aujourd'hui.",
    "Spanish": "La casa es muy bonita. Mañana lloverá en toda la costa.",
    "Russian": "Сегодня хорошая погода. Кошка спит на диване.",
    "Greek": "Σήμερα ο καιρός είναι καλός.",
    "Arabic": "الطقس جميل اليوم. القطة نائمة.",
    "Hebrew": "מזג האוויר יפה היום.",
    "Chinese": "今天天气很好。猫在睡觉。",
    "Hindi": "आज मौसम अच्छा है।",
    "Georgian": "დღეს კარგი ამინდია.",
    "directional marks": "\u202eabc\u202c \u2067xyz\u2069",
    "combining marks": "Z̸̡̛a̷l̴g̵o̶ ̷t̸e̵x̷t̴",
    "surrogates of nothing": "\ufffd\ufffd \ufffe",
    "an essay": "Patience is a virtue. Nobody is born with it, and most of us learn it late.",
    "sport": "The home side scored twice in the second half and won the cup.",
}

# Sentences that name what the coder looks for, and tell of nothing done.
NOTHING_DONE = {
    "a condition": "If Chad attacks Niger, the union will fall apart.",
    "a question of whether": "Whether Chad attacked Niger is unclear.",
    "a risk": "The risk of war between Chad and Niger is growing.",
    "a fear": "Fears of an attack by Chad on Niger grew.",
    "a duty": "Chad and Niger must sign a peace agreement.",
    "a possibility": "Chad may attack Niger.",
    "an ability": "Chad could attack Niger.",
    "an absence": "Without talks between Chad and Niger, nothing will change.",
    "an averted attack": "An attack by Chad on Niger was averted.",
    "an earthquake": "An earthquake in Turkey killed 200 people.",
    "a flood": "Floods in Pakistan killed dozens of people on Monday.",
    "a storm": "A storm killed 40 people in Mozambique.",
    "a heart attack": "The old king died of a heart attack.",
    "a film": "Critics loved the film about the two brothers.",
}


@pytest.mark.parametrize("what", NOTHING)
def test_nothing_is_made_of_nothing(bench: Bench, what: str) -> None:
    """A text that tells no event gives none."""
    assert bench.code(NOTHING[what]).mentions == ()


@pytest.mark.parametrize("what", NOTHING_DONE)
def test_what_is_not_told_to_be_done_is_no_event(bench: Bench, what: str) -> None:
    """Conditions, fears, duties, accidents: the words are there, the event is not."""
    done = bench.code(NOTHING_DONE[what])
    assert [(done.trigger(m), m.status) for m in done.mentions] == []


def test_a_report_without_a_date_is_coded(bench: Bench) -> None:
    """Where nothing tells the day, what happened is told without one."""
    (mention,) = bench.code("Chad attacked Niger.", given=None).mentions
    assert mention.status == "happened"
    assert mention.when is None


@pytest.mark.parametrize(
    "noise",
    ["\x00", "\u200b", "\u202e", "🔥", "\ufeff", "\u00a0", "\t", "\u0301", "\u2028", "\r"],
    ids=lambda noise: f"U+{ord(noise):04X}",
)
def test_noise_breaks_no_span(bench: Bench, noise: str) -> None:
    """Odd characters in and around the words leave every span where it belongs."""
    plain = "Chad attacked Niger on Monday. The two sides held talks in Doha on Tuesday."
    for text in (noise + plain, plain + noise, plain.replace(" ", " " + noise), noise.join(plain)):
        check_all(bench.code(text))


def test_quotations_alone(bench: Bench) -> None:
    """A report of nothing but quotations, unclosed ones too, is sound."""
    text = "\n".join(
        [
            "“We were attacked.”",
            '"They killed them," he said. "They will attack again',
            "«Nous sommes prêts» “We held talks with Niger on Monday.",
            "'' `` \" \" “ ” ‘ ’",
            '"""""""',
        ]
    )
    check_all(bench.code(text))


# Of some 5,000 words, in one sentence each.
LONG = {
    "clauses joined by and": " and ".join(["Chad attacked a village in Niger"] * 830) + ".",
    "a list of names": "Talks between " + ", ".join(["Chad", "Niger", "Mali"] * 800) + " began.",
    "nested speech": "Chad said that Niger said that " * 800 + "Mali attacked the town.",
    "adjectives": "The " + "deadly " * 5000 + "attack by Chad on Niger continued.",
    "infinitives": "Chad wanted " + "to try to begin " * 1250 + "to attack Niger.",
}
# Trees that no writer grows, each word a trigger: smaller, since the words of one
# paragraph (which is at most 10,000 characters) may cost their square.
TANGLED = {
    "no verb": "the attack of the war of " * 160,
    "nested relatives": "Soldiers " + "who attacked the rebels " * 200 + "left.",
    "verbs joined by and": "Chad " + "attacked and bombed and " * 200 + "left Niger.",
    "participles joined by and": "Soldiers were " + "shot and killed and " * 200 + "left.",
    "talks of talks": "The " + "talks about " * 400 + "the war began.",
    "possessives": "The " + "minister's envoy's " * 400 + "visit to Niger began.",
}


@pytest.mark.parametrize("what", LONG)
def test_sentences_of_thousands_of_words(bench: Bench, what: str) -> None:
    """A sentence of some 5,000 words is coded, in a time that its parse bounds."""
    parse_time, code_time, done = timed(bench, LONG[what])
    check_all(done)
    # A bound against what runs away, no promise: what coding costs beside the parse of a
    # common report is printed by the benchmark.
    assert code_time < 20 * parse_time


@pytest.mark.parametrize("what", TANGLED)
def test_tangled_sentences(bench: Bench, what: str) -> None:
    """Coordinations and nestings deeper than any stack are coded, in bounded time."""
    parse_time, code_time, done = timed(bench, TANGLED[what])
    check_all(done)
    assert code_time < 40 * parse_time


def test_thousands_of_items(bench: Bench) -> None:
    """A list of 2,000 points is coded, and is the agreement's."""
    items = "\n".join(f"- {n} prisoners;" for n in range(2000))
    text = f"Chad and Niger agreed on Monday:\n{items}"
    parse_time, code_time, done = timed(bench, text)
    check_all(done)
    agreed = done.mentions[0]
    assert agreed.type == "AGREE"
    assert len(agreed.provisions) == 2000
    assert code_time < 5 * parse_time


def test_many_mentions_cost_no_square(bench: Bench) -> None:
    """Twice the paragraphs take about twice the time."""
    line = "Chad attacked Niger on Monday, and the talks between them were called off.\n"
    _, once, _ = timed(bench, line * 60)
    _, fourfold, done = timed(bench, line * 240)
    check_all(done)
    assert fourfold < 10 * max(once, 0.05)


def test_long_words(bench: Bench) -> None:
    """Words of a thousand letters and long addresses leave the mention short and whole."""
    long = "x" * 1000
    text = f"Chad {long} attacked {long} Niger {long} on Monday, see https://example.org/{long}."
    check_all(bench.code(text))


def timed(bench: Bench, text: str) -> tuple[float, float, Coded]:
    """Return the seconds that parsing took, those that the coder took, and the outcome."""
    start = time.process_time()
    parse = bench.parser.parse(make_report(text))
    parsed = time.process_time()
    done = bench.code_parse(parse, given=DAY)
    # One search for garbage among all that a run of tests holds takes longer than the coding.
    gc.collect()
    gc.disable()
    try:
        again = time.process_time()
        bench.coder.code(done.dated, done.grounding)
        took = time.process_time() - again
    finally:
        gc.enable()
    return parsed - start, took, done
