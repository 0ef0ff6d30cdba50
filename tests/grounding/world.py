"""A small world of names for the tests, so that they hold whatever the tables know."""

from __future__ import annotations

from collections.abc import Collection

from parley.grounding import Grounding, Holder, Sense, ground
from parley.model import Party, PartyKind, Place, Report
from parley.parsing import Parser

# name, adjectives and peoples, capital, code
_STATES = """
Armenia|Armenian Armenians|Yerevan|ARM
Azerbaijan|Azerbaijani Azerbaijanis|Baku|AZE
Russia|Russian Russians|Moscow|RUS
Ukraine|Ukrainian Ukrainians|Kyiv|UKR
Serbia|Serbian Serb Serbs|Belgrade|SRB
Kosovo|Kosovar Kosovars|Pristina|XKX
Israel|Israeli Israelis|Jerusalem|ISR
Turkey|Turkish Turks|Ankara|TUR
Britain|British Britons|London|GBR
Afghanistan|Afghan Afghans|Kabul|AFG
Greece|Greek Greeks|Athens|GRC
France|French|Paris|FRA
Germany|German Germans|Berlin|DEU
Ethiopia|Ethiopian Ethiopians|Addis Ababa|ETH
Eritrea|Eritrean Eritreans|Asmara|ERI
Sudan|Sudanese|Khartoum|SDN
India|Indian Indians|New Delhi|IND
Pakistan|Pakistani Pakistanis|Islamabad|PAK
China|Chinese|Beijing|CHN
Colombia|Colombian Colombians|Bogota|COL
Venezuela|Venezuelan Venezuelans|Caracas|VEN
Qatar|Qatari Qataris|Doha|QAT
Egypt|Egyptian Egyptians|Cairo|EGY
Iran|Iranian Iranians|Tehran|IRN
Iraq|Iraqi Iraqis|Baghdad|IRQ
Syria|Syrian Syrians|Damascus|SYR
Yemen|Yemeni Yemenis|Sanaa|YEM
Belgium|Belgian Belgians||BEL
Cyprus|Cypriot Cypriots|Nicosia|CYP
Rwanda|Rwandan Rwandans|Kigali|RWA
Uganda|Ugandan Ugandans|Kampala|UGA
Cambodia|Cambodian Cambodians|Phnom Penh|KHM
Thailand|Thai Thais|Bangkok|THA
Philippines|Philippine Filipino Filipinos|Manila|PHL
Moldova|Moldovan Moldovans|Chisinau|MDA
Georgia|Georgian Georgians|Tbilisi|GEO
Fiji|Fijian Fijians|Suva|FJI
Palestine|Palestinian Palestinians||PSE
Bosnia|Bosnian Bosnians|Sarajevo|BIH
"""
_OTHERS: tuple[tuple[str, PartyKind, str | None, tuple[str, ...]], ...] = (
    ("European Union", "igo", None, ("European Union", "EU", "European Council")),
    ("United Nations", "igo", None, ("United Nations", "UN", "U.N.", "Security Council")),
    ("NATO", "igo", None, ("NATO",)),
    ("African Union", "igo", None, ("African Union", "AU")),
    ("Hamas", "armed_group", "PSE", ("Hamas",)),
    ("Taliban", "armed_group", "AFG", ("Taliban",)),
    ("Houthis", "armed_group", "YEM", ("Houthi", "Houthis")),
    ("FARC", "armed_group", "COL", ("FARC",)),
    ("M23", "armed_group", "COD", ("M23",)),
)
_UNITED_STATES = Party(name="United States", kind="state", country="USA")


class World:
    """Answers as `Knowledge` does, from the lines above."""

    def __init__(self) -> None:
        self._senses: dict[str, tuple[str, Sense]] = {}
        self._states: dict[str, Party] = {}
        self.terms: dict[str, tuple[Holder, ...]] = {}
        for row in _STATES.split("\n"):
            if row:
                self._add_state(*row.split("|"))
        usa = Place(name="United States", country="USA", precision="country")
        for name in ("United States", "U.S.", "US"):
            self._senses[name] = "GPE", Sense(_UNITED_STATES, "name", usa)
        self._senses["American"] = "NORP", Sense(_UNITED_STATES, "demonym", None)
        self._senses["Americans"] = "NORP", Sense(_UNITED_STATES, "demonym", None)
        self._city("Washington", "USA", Sense(_UNITED_STATES, "capital", None))
        self._senses["White House"] = "ORG", Sense(_UNITED_STATES, "metonym", None)
        self._senses["Kremlin"] = "ORG", Sense(self._states["RUS"], "metonym", None)
        for name, kind, country, names in _OTHERS:
            party = Party(name=name, kind=kind, country=country)
            for each in names:
                via = "name" if each == name else "alias"
                self._senses[each] = "ORG", Sense(party, via, None)
        union = self._senses["European Union"][1].party
        self._city("Brussels", "BEL", Sense(union, "metonym", None))
        for city, code in (("Geneva", "CHE"), ("Goris", "ARM"), ("Mekelle", "ETH")):
            self._city(city, code, Sense(None, "name", None))

    def _add_state(self, name: str, words: str, capital: str, code: str) -> None:
        party = Party(name=name, kind="state", country=code)
        self._states[code] = party
        place = Place(name=name, country=code, precision="country")
        self._senses[name] = "GPE", Sense(party, "name", place)
        for word in words.split():
            self._senses[word] = "NORP", Sense(party, "demonym", None)
        if capital:
            self._city(capital, code, Sense(party, "capital", None))

    def _city(self, name: str, code: str, sense: Sense) -> None:
        place = Place(name=name, country=code, precision="city")
        self._senses[name] = "GPE", Sense(sense.party, sense.via, place)

    def sense(self, name: str) -> Sense | None:
        """Return what a name means."""
        found = self._senses.get(name)
        return found[1] if found else None

    def party(self, name: str) -> Party | None:
        """Return the party of a name."""
        sense = self.sense(name)
        return sense.party if sense else None

    def state(self, code: str) -> Party | None:
        """Return the state of a code."""
        return self._states.get(code)

    def demonyms(self, party: str) -> tuple[str, ...]:
        """Return the adjectives of a party."""
        return tuple(
            name
            for name, (_, sense) in self._senses.items()
            if sense.via == "demonym" and sense.party is not None and sense.party.name == party
        )

    def place(self, name: str, *, near: Collection[str] = ()) -> Place | None:
        """Return the place of a name."""
        sense = self.sense(name)
        return sense.place if sense else None

    def place_in(self, name: str, whole: str, *, near: Collection[str] = ()) -> Place | None:
        """Return the town of a name in the country of another, as in "Lima, Peru"."""
        town, land = self.place(name, near=near), self.party(whole)
        inside = town is not None and land is not None and town.country == land.country
        return town if inside else None

    def holders(self, name: str) -> tuple[Holder, ...]:
        """Return the terms of office of a name: nobody is known unless a test says so."""
        return self.terms.get(name.title(), ())

    def namesakes(self, word: str) -> tuple[Holder, ...]:
        """Return the terms of all whose name ends with a word."""
        return tuple(
            term
            for name, terms in self.terms.items()
            if name.lower().split()[-1] == word.lower()
            for term in terms
        )

    def is_common(self, name: str) -> bool:
        """Tell whether many are called so: here nobody is."""
        return False

    def patterns(self) -> list[dict[str, str]]:
        """Return patterns for the parser."""
        return [{"label": label, "pattern": name} for name, (label, _) in self._senses.items()]


def read(text: str, reader: Parser, world: World) -> Grounding:
    """Ground a report of that text."""
    return ground(reader.parse(Report(id="r", source="test", text=text)), knowledge=world)
