"""Reports with the names of their parties changed for others, and the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec
from coded import Bench, Coded

from parley.model import Mention, Report, digest


@dataclass(frozen=True)
class Country:
    """What a country, its people and its capital are called."""

    name: str
    adjective: str
    plural: str
    capital: str

    def forms(self) -> tuple[str, ...]:
        """Return the names in a fixed order."""
        return (self.name, self.plural, self.adjective, self.capital)


ARMENIA = Country("Armenia", "Armenian", "Armenians", "Yerevan")
AZERBAIJAN = Country("Azerbaijan", "Azerbaijani", "Azerbaijanis", "Baku")
PERU = Country("Peru", "Peruvian", "Peruvians", "Lima")
ECUADOR = Country("Ecuador", "Ecuadorian", "Ecuadorians", "Quito")
KENYA = Country("Kenya", "Kenyan", "Kenyans", "Nairobi")
UGANDA = Country("Uganda", "Ugandan", "Ugandans", "Kampala")

# Office holders of the sample reports, and who stands for them.
PEOPLE = {
    "Nikol": "Tomas",
    "Pashinyan": "Hallen",
    "Pashinian": "Hallen",
    "Ilham": "Edvin",
    "Aliyev": "Marsden",
    "Aliev": "Marsden",
    "Ararat": "Simon",
    "Mirzoyan": "Brandt",
    "Jeyhun": "Oskar",
    "Bayramov": "Lindal",
    "Armen": "Peter",
    "Grigoryan": "Groven",
}


@dataclass(frozen=True)
class Swap:
    """Countries and those that take their names."""

    pairs: tuple[tuple[Country, Country], ...]

    def __str__(self) -> str:
        """Return it for a table."""
        return ", ".join(f"{one.name} as {other.name}" for one, other in self.pairs)

    def table(self) -> dict[str, str]:
        """Return what is written for what."""
        table = {}
        for one, other in self.pairs:
            table |= dict(zip(one.forms(), other.forms(), strict=True))
        return table

    def names(self, words: str) -> str:
        """Return a name of the record in the other names."""
        table = self.table()
        forms = "|".join(sorted(table, key=len, reverse=True))
        pattern = rf"\b(?<!Karabakh )(?<!Artsakh )({forms})\b"
        return re.sub(pattern, lambda match: table[match[0]], words)

    def report(self, report: Report) -> tuple[Report, Callable[[int], int]]:
        """Return the report in the other names, and where an offset of it has come to.

        "Karabakh Armenians" and their like stay: they are a party of that name.
        """
        written = {form.lower(): other for form, other in self.table().items()}
        pattern = re.compile(
            r"(?P<article>\ban?\s+)?\b(?<!Karabakh )(?<!Artsakh )(?P<name>"
            + "|".join(sorted(written, key=len, reverse=True))
            + r")\b",
            re.IGNORECASE,
        )

        def new(match: re.Match[str]) -> str:
            other = _cased(written[match["name"].lower()], match["name"])
            return _article(match["article"], other) + other

        return rewritten(report, pattern, new)


def _cased(other: str, name: str) -> str:
    return other.upper() if name.isupper() else other


def _article(article: str | None, name: str) -> str:
    if article is None:
        return ""
    right = "an" if name[0].lower() in "aeio" else "a"
    right = right.capitalize() if article[0].isupper() else right
    return right + article.lstrip("aAnN")


def told(mention: Mention, rename: Callable[[str], str]) -> dict[str, object]:
    """Return what a mention tells, its names put through `rename`; no offsets, no ids."""
    when = mention.when
    return {
        "type": mention.type,
        "mode": mention.mode,
        "status": mention.status,
        "when": when and (when.start, when.end, when.precision, when.basis),
        "where": sorted((rename(p.name), p.precision) for p in mention.where),
        "participants": sorted(
            (
                rename(p.name),
                p.kind,
                p.role,
                tuple(sorted(person.name for person in p.people)),
            )
            for p in mention.participants
        ),
        "counts": sorted(
            (c.what, str(c.low), str(c.best), str(c.high), rename(c.side or ""))
            for c in mention.counts
        ),
        "provisions": len(mention.provisions),
        "attribution": sorted((rename(a.name), a.kind, a.stance) for a in mention.attribution),
        "said": mention.said,
        "background": mention.background,
        "links": sorted(link.relation for link in mention.links),
    }


@dataclass
class Outcome:
    """Mentions that were told alike and those that were not, with what differs."""

    alike: int = 0
    asked: int = 0
    differing: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of mentions that say the same in the other names."""
        return self.alike / self.asked if self.asked else 1.0


def unknown_people(report: Report) -> Report:
    """Return the report with its office holders renamed to people of whom nothing is known.

    Who holds an office is knowledge of the world, and would go on naming the true country.
    """
    pattern = re.compile(r"\b(" + "|".join(PEOPLE) + r")\b")
    return rewritten(report, pattern, lambda match: PEOPLE[match[0]])[0]


def rewritten(
    report: Report, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]
) -> tuple[Report, Callable[[int], int]]:
    """Return a report with what the pattern finds replaced, and where an offset has come to."""
    parts: list[str] = []
    moves: list[tuple[int, int]] = []
    at = length = 0
    for match in pattern.finditer(report.text):
        piece = report.text[at : match.start()] + new(match)
        at = match.end()
        length += len(piece)
        parts.append(piece)
        moves.append((at, length - at))
    text = "".join(parts) + report.text[at:]

    def moved(offset: int) -> int:
        passed = bisect_right(moves, offset, key=lambda move: move[0])
        return offset + (moves[passed - 1][1] if passed else 0)

    boilerplate = tuple(
        msgspec.structs.replace(part, start=moved(part.start), end=moved(part.end))
        for part in report.boilerplate
    )
    title = report.title and pattern.sub(new, report.title)
    return msgspec.structs.replace(
        report, id=digest("r", text), text=text, boilerplate=boilerplate, title=title
    ), moved


def compare(bench: Bench, reports: Mapping[str, Coded], swap: Swap) -> Outcome:
    """Code each report in the other names too, and compare mention by mention."""
    outcome = Outcome()
    for name, one in reports.items():
        report, moved = swap.report(one.report)
        other = bench.code_report(report)
        ours = {moved(mention.trigger[0]): mention for mention in one.mentions}
        theirs = {mention.trigger[0]: mention for mention in other.mentions}
        for at in sorted(ours.keys() | theirs.keys()):
            mine, yours = ours.get(at), theirs.get(at)
            outcome.asked += 1
            before = told(mine, swap.names) if mine else {"mention": False}
            after = told(yours, str) if yours else {"mention": False}
            if before == after:
                outcome.alike += 1
                continue
            here = report.text[max(0, at - 25) : at + 30].replace("\n", "|")
            outcome.differing += [
                f"{name} ...{here}... {key}: {before.get(key)} != {after.get(key)}"
                for key in sorted(before.keys() | after.keys())
                if before.get(key) != after.get(key) and (mine is None) == (yours is None)
            ] or [f"{name} ...{here}... told only in {'these' if mine else 'the other'} names"]
    return outcome
