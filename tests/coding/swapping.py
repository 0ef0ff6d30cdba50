"""Reports with the names of their parties changed for others, and the way back."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import msgspec
from coded import Bench, Coded

from parley.grounding import Holder, Knowledge, Sense
from parley.model import Mention, Place, Report, digest


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
RUSSIA = Country("Russia", "Russian", "Russians", "Moscow")
UKRAINE = Country("Ukraine", "Ukrainian", "Ukrainians", "Kyiv")
ISRAEL = Country("Israel", "Israeli", "Israelis", "Jerusalem")
IRAN = Country("Iran", "Iranian", "Iranians", "Tehran")
INDIA = Country("India", "Indian", "Indians", "New Delhi")
PAKISTAN = Country("Pakistan", "Pakistani", "Pakistanis", "Islamabad")
ETHIOPIA = Country("Ethiopia", "Ethiopian", "Ethiopians", "Addis Ababa")
ERITREA = Country("Eritrea", "Eritrean", "Eritreans", "Asmara")
SUDAN = Country("Sudan", "Sudanese", "Sudanese", "Khartoum")
SOUTH_SUDAN = Country("South Sudan", "South Sudanese", "South Sudanese", "Juba")
NORTH_KOREA = Country("North Korea", "North Korean", "North Koreans", "Pyongyang")
JAPAN = Country("Japan", "Japanese", "Japanese", "Tokyo")
SERBIA = Country("Serbia", "Serbian", "Serbs", "Belgrade")
KOSOVO = Country("Kosovo", "Kosovan", "Kosovars", "Pristina")
ALBANIA = Country("Albania", "Albanian", "Albanians", "Tirana")
CROATIA = Country("Croatia", "Croatian", "Croats", "Zagreb")
GREECE = Country("Greece", "Greek", "Greeks", "Athens")
TURKEY = Country("Turkey", "Turkish", "Turks", "Ankara")
COLOMBIA = Country("Colombia", "Colombian", "Colombians", "Bogotá")
VENEZUELA = Country("Venezuela", "Venezuelan", "Venezuelans", "Caracas")
GEORGIA = Country("Georgia", "Georgian", "Georgians", "Tbilisi")
CHAD = Country("Chad", "Chadian", "Chadians", "N'Djamena")
BURKINA_FASO = Country("Burkina Faso", "Burkinabe", "Burkinabe", "Ouagadougou")
NIGER = Country("Niger", "Nigerien", "Nigeriens", "Niamey")
POLAND = Country("Poland", "Polish", "Poles", "Warsaw")


class Bookless(Knowledge):
    """Knows names, but not who holds which office, nor where groups fight and towns lie.

    Bodies that only one state has ("the Knesset") are unknown to it as well.  All that is
    of the true countries, and would go on naming them under other names.
    """

    def holders(self, name: str) -> tuple[Holder, ...]:
        """Return nobody."""
        return ()

    def namesakes(self, word: str) -> tuple[Holder, ...]:
        """Return nobody."""
        return ()

    def sense(self, name: str) -> Sense | None:
        """Return what a name means, a group or a town at home nowhere."""
        sense = super().sense(name)
        if sense is not None and sense.via == "member":
            return None
        if sense is not None and sense.party is None and sense.place is not None:
            return msgspec.structs.replace(sense, place=_nowhere(sense.place))
        if sense is None or sense.party is None or sense.party.kind not in GROUPS:
            return sense
        party = msgspec.structs.replace(sense.party, country=None)
        return msgspec.structs.replace(sense, party=party)

    def place(self, name: str, *, near: Collection[str] = ()) -> Place | None:
        """Return the place of a name, in no country; nor does any country tell which it is.

        A village is a place where its country is told of, and its country is not swapped.
        """
        place = super().place(name)
        return place and _nowhere(place)


def _nowhere(place: Place) -> Place:
    return place if place.precision == "country" else msgspec.structs.replace(place, country=None)


GROUPS = ("armed_group", "organisation")


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
        return table | {plain(name): other for name, other in table.items()}

    def names(self, words: str) -> str:
        """Return a name of the record in the other names."""
        table = self.table()
        forms = "|".join(sorted(table, key=len, reverse=True))
        pattern = rf"\b(?<!Karabakh )(?<!Artsakh )(?<!Port )({forms})\b"
        return plain(re.sub(pattern, lambda match: table[match[0]], words))

    def report(self, report: Report) -> tuple[Report, Callable[[int], int]]:
        """Return the report in the other names, and where an offset of it has come to.

        "Karabakh Armenians" and "Port Sudan" stay: these are names of others.
        """
        written = {form.lower(): other for form, other in self.table().items()}
        pattern = re.compile(
            r"(?P<article>\ban?\s+)?\b(?<!Karabakh )(?<!Artsakh )(?<!Port )(?P<name>"
            + "|".join(sorted(written, key=len, reverse=True))
            + r")\b",
            re.IGNORECASE,
        )

        def new(match: re.Match[str]) -> str:
            other = _cased(written[match["name"].lower()], match["name"])
            return _article(match["article"], other) + other

        return rewritten(report, pattern, new)


def plain(name: str) -> str:
    """Return a name without accents, as the record has those of its tables."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


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
            after = told(yours, plain) if yours else {"mention": False}
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
