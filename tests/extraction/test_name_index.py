import pytest

from reports.extraction.names import Name, NameIndex, fold

INDEX = NameIndex(
    [
        Name("MiG-29M/M2", "w:MiG-29M/M2", variant=True),
        Name("F-16", "w:F-16", variant=True),
        Name("Patriot", "w:Patriot"),
        Name("United States", "p:US", plural=False),
        Name("US", "p:US", plural=False),
        Name("I-Gnat", "w:GNAT"),
        Name("patrol boat", "g:patrol boat", proper=False, plural=False),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the MiG -29 M/M2 contract", "MiG -29 M/M2"),
        ("MiG29M/M2 jets", "MiG29M/M2"),
        ("24 F\u201116s", "F\u201116s"),
        ("F 16C/D of the air force", "F 16C"),
        ("two Patriots", "Patriots"),
        ("the United States said", "United States"),
        ("a patrol-boat", "patrol-boat"),
    ],
)
def test_names_are_found_however_they_are_spelled(text: str, found: str) -> None:
    (hit,) = INDEX.find(text)
    assert text[hit.start : hit.end] == found


@pytest.mark.parametrize("text", ["usage", "give us time", "patriotic", "Yuriy Ignat said", "United\n\nStates", ""])
def test_other_words_are_no_names(text: str) -> None:
    assert INDEX.find(text) == ()


def test_folding_keeps_every_offset() -> None:
    text = "Ünïted — “Stàtes” İstanbul ﬁ"
    assert len(fold(text)) == len(text)
