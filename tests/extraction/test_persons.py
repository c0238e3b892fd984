"""Persons with what they are, and what surnames, pronouns and offices stand for."""

import re

import pytest

from reports.choices import NameKind
from reports.extraction.attribution import find_candidates
from reports.extraction.mentions import PartyMention, Sentence
from reports.extraction.persons import find_persons
from reports.extraction.sentences import split
from reports.records import PartyRef, Span

NAMES = {
    "Russia": ("RU", NameKind.NAME),
    "Russian": ("RU", NameKind.DEMONYM),
    "Moscow": ("RU", NameKind.METONYM),
    "India": ("IN", NameKind.NAME),
    "Indian": ("IN", NameKind.DEMONYM),
    "Syria": ("SY", NameKind.NAME),
    "Pentagon": ("US", NameKind.METONYM),
}


def parties(sentences: tuple[Sentence, ...]) -> list[PartyMention]:
    found = []
    for sentence in sentences:
        for match in re.finditer(rf"\b(?:{'|'.join(NAMES)})\b", sentence.text):
            code, form = NAMES[match.group()]
            start = sentence.span.start + match.start()
            span = Span(start, start + len(match.group()))
            found.append(PartyMention(span, sentence.index, PartyRef(code, code), form))
    return found


@pytest.mark.parametrize(
    ("text", "name", "role", "party"),
    [
        ("Russian Foreign Minister Sergei Lavrov said so.", "Sergei Lavrov", "Russian Foreign Minister", "RU"),
        ("Lavrov Sergei, Russia's foreign minister, said so.", "Lavrov Sergei", "Russia's foreign minister", "RU"),
        ("The then defence minister Wayne Mapp said so.", "Wayne Mapp", "then defence minister", None),
        ("Nouri al-Maliki, the prime minister, said so.", "Nouri al-Maliki", "prime minister", None),
        ("Lt. Gen. Jan van Dyk said so.", "Jan van Dyk", "Lt. Gen.", None),
        ("MiG's director general Sergei Korotkov said so.", "Sergei Korotkov", "MiG's director general", None),
    ],
)
def test_a_person_is_found_with_title_office_or_apposition(text: str, name: str, role: str, party: str | None) -> None:
    sentences = split(f"Title\n\n{text}")
    (person,) = find_persons(sentences, parties(sentences))
    assert (person.name, person.role, person.party and person.party.code) == (name, role, party)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Foreign Minister Sergei Lavrov met them. Lavrov said they would come.", ["Sergei Lavrov"]),
        ("Foreign Minister Sergei Lavrov met them. He said they would come.", ["Sergei Lavrov"]),
        ("Foreign Minister Sergei Lavrov met them. The minister said they would come.", ["Sergei Lavrov"]),
        ("The Indian defence ministry bought them. The ministry said so.", ["Indian defence ministry"]),
        ("Russian officials said they would come. They added that it was late.", ["Russian officials"] * 2),
        ("The Indian Air Force has them. It said the jets were new.", ["Indian Air Force"]),
    ],
)
def test_surnames_pronouns_and_offices_lead_to_who_they_stand_for(text: str, speakers: list[str]) -> None:
    sentences = split(f"Title\n\n{text}")
    assert [candidate.voice.name for candidate in find_candidates(sentences, parties(sentences))] == speakers
