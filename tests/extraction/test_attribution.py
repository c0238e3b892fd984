"""Statements: the constructions that attribute, those that do not, and that no text breaks or stalls it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.extraction.attribution import find_candidates, find_statements
from reports.extraction.config import ReaderConfig
from reports.extraction.reader import read
from reports.extraction.sentences import split
from tests.extraction.test_persons import parties


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Defence Minister Ivan Petrov said the missiles would be delivered to Syria.", "Ivan Petrov"),
        ("The missiles would be delivered to Syria, Defence Minister Ivan Petrov said.", "Ivan Petrov"),
        ('"We will deliver the missiles to Syria," said Defence Minister Ivan Petrov.', "Ivan Petrov"),
        ("Syria will get the missiles, according to Russian officials.", "Russian officials"),
        ("Syria will get the missiles, said two sources familiar with the deal.", "two sources familiar with the deal"),
        ("A Pentagon spokesman declined to comment on the missile sale.", "Pentagon spokesman"),
        ("The Indian ministry could not be reached for comment on the missile deal.", "Indian ministry"),
        ("The Russian ministry made no immediate comment on the missile sale.", "Russian ministry"),
        ("Ivan Petrov, Russia's defence minister, told reporters the missiles had arrived.", "Ivan Petrov"),
        ("The missiles have arrived, a Russian official was quoted by Interfax as saying.", "Russian official"),
        ("Interfax quoted a Russian official as saying the missiles have arrived.", "Russian official"),
        ("Reuters reported that Russia had sold missiles to Syria.", "Reuters"),
    ],
)
def test_a_construction_attributes_its_sentence_to_its_speaker(text: str, speaker: str) -> None:
    sentences = split(f"Title\n\n{text}")
    (statement,) = find_statements(sentences, parties(sentences))
    assert statement.speaker == speaker
    assert text == f"Title\n\n{text}"[statement.span.start : statement.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "Russia will deliver the missiles to Syria in May.",
        "The reports about the missiles were read in Moscow.",
        "The missiles reportedly arrived in Syria.",
        "Its promised missiles have arrived.",
    ],
)
def test_the_outlets_own_voice_is_no_statement(text: str) -> None:
    sentences = split(f"Title\n\n{text}")
    assert find_statements(sentences, parties(sentences)) == []


def test_a_quotation_over_two_sentences_is_two_statements_of_one_speaker(config: ReaderConfig) -> None:
    text = (
        "Russia has sold S-300 missiles to Syria.\n"
        '"We sold the S-300 missiles to Syria," Defence Minister Ivan Petrov said. "We will deliver the missiles soon."'
    )
    found = read(f"Title\n\n{text}", published=None, config=config).statements
    assert [(statement.speaker, statement.quote) for statement in found] == [("Ivan Petrov", True)] * 2


def test_the_medium_that_quotes_is_the_via_of_the_inner_speaker() -> None:
    sentences = split("Title\n\nThe missiles have arrived, a Russian official was quoted by Interfax as saying.")
    (statement,) = find_statements(sentences, parties(sentences))
    assert statement.via == "Interfax"


def test_a_voice_that_names_its_state_speaks_for_it() -> None:
    sentences = split("Title\n\nRussian Foreign Minister Ivan Petrov said India would get the missiles.")
    (statement,) = find_statements(sentences, parties(sentences))
    assert statement.party is not None and statement.party.code == "RU"


@given(st.text(alphabet=st.sampled_from("aAB said,.\"“”'’()\n-he to"), max_size=300) | st.text(max_size=200))
@settings(deadline=None)
def test_no_text_raises(content: str) -> None:
    sentences = split(content)
    for candidate in find_candidates(sentences, parties(sentences)):
        assert candidate.sentence in sentences


@pytest.mark.parametrize(
    "unit", [",", "said ", "Lavrov, Putin, said ", '"a" ', "one of ", "Aa Bb ", "(", "Russia said. "]
)
def test_long_monotonous_text_is_read_without_deep_recursion(unit: str) -> None:
    sentences = split("Title\n\n" + unit * 3_000)
    statements = find_statements(sentences, parties(sentences))
    assert all(statement.span.end <= 10 + len(unit) * 3_000 for statement in statements)
