"""Who takes part where no table knows the parties, and where others stand near their words."""

from __future__ import annotations

import pytest
from coded import Bench


def _sides(bench: Bench, text: str, type_: str) -> set[tuple[str, str]]:
    told = bench.code(text).told(type_)
    assert told
    return {(p.role, p.name) for mention in told for p in mention.participants}


_LEAD = "Rebels of the People's Army of Carmona freed a mayor on Thursday.\n"


@pytest.mark.parametrize(
    ("text", "type_", "side"),
    [
        (
            _LEAD + "About 80 guerrillas stormed a post near Tuco on Friday.",
            "ASSAULT",
            ("actor", "People's Army of Carmona"),
        ),
        (
            "Soldiers killed eleven fighters of the Free Karel Movement on Monday.\n"
            "On Sunday, Karel rebels freed two Ostarian soldiers.",
            "RETREAT",
            ("actor", "Free Karel Movement"),
        ),
        (
            "The Tutsi party Uprona said it would not sign the agreement.",
            "REJECT",
            ("signatory", "Uprona"),
        ),
        (
            "On Monday government negotiators met Hassan Diallo in Geneva.",
            "CONSULT",
            ("actor", "government"),
        ),
        (
            "The Tamil Tigers protested to Colombo on Monday over the seizure of two trawlers.",
            "ACCUSE",
            ("recipient", "Sri Lanka"),
        ),
        (
            "The FDD denied the charge. Jerome Ndiho, its spokesman in Brussels, said the army "
            "itself had fired on the camp.",
            "ASSAULT",
            ("actor", "army"),
        ),
        (
            "Soldiers and MFDC fighters clashed at Niaguis on Monday.",
            "ASSAULT",
            ("actor", "Senegal"),
        ),
        (
            "Talks between the provincial government and Ister First broke up on Thursday.",
            "CONSULT",
            ("actor", "provincial government"),
        ),
        (
            "The Salvadoran army bombed a village on 4 March 1990.\n"
            "Comandante Joaquin Villalobos accused the Cristiani government of sabotaging the "
            "dialogue and called on the UN secretary-general to intervene.",
            "ACCUSE",
            ("recipient", "El Salvador"),
        ),
        (
            "Villagers beat two Maoists to death on Wednesday.",
            "ASSAULT",
            ("victim", "Maoists"),
        ),
        (
            "The Maoists held the Nepalese army responsible for arming the villagers.",
            "ACCUSE",
            ("recipient", "Nepal"),
        ),
        (
            "On the same day the Foreign Minister of Chad, Mr. Dato Melik, spoke by telephone with "
            "the Chairman-in-Office of the OSCE, Mr. Laszlo Kovacs, and requested observers.",
            "CONSULT",
            ("actor", "OSCE"),
        ),
        (
            "Secretary of State John Kerry visited Juba on Friday.",
            "CONSULT",
            ("recipient", "South Sudan"),
        ),
        (
            "A government patrol boat fired rockets at a ferry on Tuesday.",
            "ASSAULT",
            ("actor", "government"),
        ),
        (
            "Police blamed the Reef Guard for the raid on Tuesday.",
            "ACCUSE",
            ("recipient", "Reef Guard"),
        ),
        (
            "Sudanese troops opened fire on Chadian guards. Three guards were killed on Monday.",
            "ASSAULT",
            ("victim", "Chad"),
        ),
        (
            "On 2 July two observers witnessed an exchange of fire between Chadian troops and "
            "elements of the Highland Resistance Army at the bridge.",
            "ASSAULT",
            ("actor", "Highland Resistance Army"),
        ),
        (
            "Human rights groups accused government soldiers on Monday of burning villages.",
            "ACCUSE",
            ("recipient", "government"),
        ),
    ],
)
def test_whose_side_it_is(bench: Bench, text: str, type_: str, side: tuple[str, str]) -> None:
    """By the only group that is told of, by a word of its name, by the form of the sentence."""
    assert side in _sides(bench, text, type_)


@pytest.mark.parametrize(
    ("text", "type_", "side"),
    [
        (
            "The talks in Geneva were mediated on Monday by former Spanish prime minister "
            "Felipe Arroyo.",
            "CONSULT",
            "Spain",
        ),
        ("Rebels and the government broke off talks in Caracas on Monday.", "REJECT", "Caracas"),
        ("The guerrillas withdrew from Tuco with Mayor Julio Beteta.", "RETREAT", "Julio Beteta"),
        (
            "A U.N. observer, a Danish major, was killed by a mine near Tuco on Monday.",
            "ASSAULT",
            "Denmark",
        ),
        (
            "Chadian soldiers shelled a camp. The commander blamed the other party on Monday.",
            "ACCUSE",
            "other party",
        ),
        (
            "Hamas' political wing, Reform List, condemned the killings on Monday.",
            "ACCUSE",
            "Hamas",
        ),
        (
            "Turkish minister Ali Demir flew to Gyumri on Monday for talks with "
            "Armenia's president.",
            "CONSULT",
            "Gyumri",
        ),
    ],
)
def test_whose_side_it_is_not(bench: Bench, text: str, type_: str, side: str) -> None:
    """A former office, the place of talks, who is taken along: none of them takes part."""
    assert side not in {name for _, name in _sides(bench, text, type_)}


def test_who_mediates_is_none_of_those_who_meet(bench: Bench) -> None:
    """A person told to mediate does so wherever the report has him meet two others."""
    text = (
        "Pastor Elia Vonu mediated in the conflict in May.\n"
        "Pastor Vonu met Chad's president and leaders of the FARC in Nuku on Monday."
    )
    sides = _sides(bench, text, "CONSULT")
    assert ("actor", "Elia Vonu") not in sides
    assert {("actor", "Chad"), ("mediator", "Elia Vonu")} <= sides
