"""What a site's robots.txt allows, after RFC 9309.

Written here because what a hostile file can cost has to be bounded: patterns are compared
piece by piece, without regular expressions, in time linear in their length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from msgspec import Struct

LARGEST = 512_000  # RFC 9309 asks for 500 KiB at least; what is beyond is not read
_LONGEST_DELAY = 30.0
_LONGEST_PATTERN = 8_000
_TOKEN = re.compile(r"[a-z_-]+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


class Robots(Struct, frozen=True):
    """The rules for one agent: patterns, each with whether it allows, and a wait."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Tell whether a path with its query may be fetched.

        The longest pattern that fits decides, and of equal ones that which allows.
        """
        target = _normal(target)
        fitting = [(len(p), allow) for p, allow in self.rules if _fits(p, target)]
        return target == "/robots.txt" or max(fitting, default=(0, True))[1]


EVERYTHING = Robots()
NOTHING = Robots((("/", False),))


def parse_robots(raw: bytes, *, agent: str) -> Robots:
    """Return the rules of a robots.txt for an agent (in lower case), else for all agents."""
    own: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    named = False
    for agents, rules in _groups(raw[:LARGEST].decode("utf-8", "replace")):
        if agent in agents:
            named = True
            own += rules
        elif "*" in agents:
            others += rules
    chosen = own if named else others
    patterns = tuple(
        (_normal(value), key == "allow")
        for key, value in chosen
        if key in {"allow", "disallow"} and value and len(value) <= _LONGEST_PATTERN
    )
    delays = [_seconds(value) for key, value in chosen if key == "crawl-delay"]
    return Robots(patterns, max(delays, default=0.0))


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Yield the groups: the agents that each is for, and its lines."""
    agents: set[str] = set()
    rules: list[tuple[str, str]] = []
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if rules:
                yield agents, rules
                agents, rules = set(), []
            token = _TOKEN.match(value.lower())
            agents.add(token[0] if token else value[:1])
        elif key in {"allow", "disallow", "crawl-delay"} and agents:
            rules.append((key, value))
    yield agents, rules


def _fits(pattern: str, target: str) -> bool:
    """Tell whether a pattern fits the beginning of a target, or all of it where it ends in $."""
    whole = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    if not parts:
        return not whole or target == first
    at = len(first)
    for part in parts[:-1]:
        found = target.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    last = parts[-1]
    if whole:
        return target.endswith(last) and len(target) - len(last) >= at
    return target.find(last, at) >= 0


def _normal(text: str) -> str:
    """Write escapes in one way, so that what means the same is compared as the same."""

    def plain(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if _UNRESERVED.fullmatch(character) else match[0].upper()

    return _ESCAPE.sub(plain, quote(text, safe="/%:?#[]@!$&'()*+,;=~-._"))


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return min(seconds, _LONGEST_DELAY) if seconds > 0 else 0.0  # not for NaN
