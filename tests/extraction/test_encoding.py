"""What the encoder is shown: names replaced, windows of bounded length, a place for every mention."""

import pytest

from reports.extraction.config import ReaderConfig
from reports.extraction.encoding import WINDOW, Encoded, code_words, encode, stand_ins, tokenizer
from reports.extraction.scene import Scene, survey
from reports.extraction.sentences import split


def scene_of(text: str, config: ReaderConfig) -> Scene:
    content = f"News\n\n{text}"
    return survey(content, split(content), config.lexicon, config.roles)


def shown(encoded: Encoded) -> str:
    return " ".join(tokenizer().decode(window) for window in encoded.windows)


@pytest.mark.parametrize(
    ("text", "stand_in", "hidden"),
    [
        ("Brazil will sell A-29 aircraft to Nigeria.", "name", "brazil"),
        ("The Brazilian government will sell A-29 aircraft to Nigeria.", "demonym", "brazilian"),
        ("Moscow will sell MiG-29 jets to Algeria.", "capital", "moscow"),
    ],
)
def test_a_state_is_replaced_form_for_form(config: ReaderConfig, text: str, stand_in: str, hidden: str) -> None:
    name, demonym, capital = stand_ins()[5]
    encoded = encode(scene_of(text, config), order=[5, 6])
    told = shown(encoded).lower()
    assert {"name": name, "demonym": demonym, "capital": capital}[stand_in].lower() in told
    assert hidden not in told


def test_a_designation_becomes_a_code_word_and_its_kind(config: ReaderConfig) -> None:
    told = shown(encode(scene_of("France will sell 30 Rafale fighters to Egypt.", config)))
    assert f"{code_words()[0]} aircraft" in told
    assert "rafale" not in told.lower()


def test_a_generic_noun_stays_as_it_is_written(config: ReaderConfig) -> None:
    assert "patrol boats" in shown(encode(scene_of("Italy gave Libya four patrol boats.", config)))


def test_every_mention_has_its_place(config: ReaderConfig) -> None:
    scene = scene_of("France will sell 30 Rafale fighters to Egypt for 3.75 billion euros.", config)
    encoded = encode(scene)
    assert {kind for kind, _ in encoded.mentions} == {"P", "W", "Q", "M"}
    place = encoded.mentions["W", scene.weapons[0].span.start]
    tokens = encoded.windows[place.window][place.start : place.end]
    assert tokenizer().decode(list(tokens)) == f"{code_words()[0]} aircraft"


def test_long_texts_go_into_windows_of_bounded_length(config: ReaderConfig) -> None:
    encoded = encode(scene_of("France will sell 30 Rafale fighters to Egypt. " * 300, config))
    assert 1 < len(encoded.windows) <= 24
    assert max(map(len, encoded.windows)) <= WINDOW + 1
    assert len(encoded.sentences) > 50


def test_a_text_without_a_sentence_has_no_window(config: ReaderConfig) -> None:
    assert encode(survey("", [], config.lexicon, config.roles)) == Encoded((), {}, {})
