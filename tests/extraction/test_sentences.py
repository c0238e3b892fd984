"""Sentence splitting: where sentences end, and that spans are exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.extraction.sentences import split


@pytest.mark.parametrize(
    "body",
    [
        "Lt. Gen. Smith met Adm. Jones on Dec. 29 near St. Petersburg.",
        "The U.S. Navy and the U.S. Army agreed.",
        "It costs Rs. 400 crore, or No. 5 on the list.",
        "S. Korea bought them from J. P. Morgan Ltd. of London.",
        "Colonel Kh. Batbileg received the guests.",
        '"Is it over?" Lavrov said on Monday.',
        '"Stop!" he shouted.',
        "They cost 1.5 million each, i.e. Too much for most is not a sentence here",
    ],
)
def test_abbreviations_initials_and_tags_end_no_sentence(body: str) -> None:
    assert [sentence.text for sentence in split(f"Title\n\n{body}")[1:]] == [body]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It came. They left.", ["It came.", "They left."]),
        ('"We will sell." He smiled.', ['"We will sell."', "He smiled."]),
        ('He said: "We buy. We pay." Then he left.', ['He said: "We buy.', 'We pay."', "Then he left."]),
        ("It went to the U.S. The rest stayed.", ["It went to the U.S.", "The rest stayed."]),
        ("- First item\n- Second item", ["- First item", "- Second item"]),
        ("1. Tanks and guns. More", ["1. Tanks and guns.", "More"]),
        ("Why? Nobody knows! It is so…", ["Why?", "Nobody knows!", "It is so…"]),
    ],
)
def test_sentences_end(body: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split(f"Title\n\n{body}")[1:]] == expected


def test_the_title_is_sentence_zero_of_paragraph_zero_whatever_it_holds() -> None:
    title, *rest = split("Deal done. Jets to fly\n\nOne. Two.\nThree.")
    assert title.title and title.index == title.paragraph == 0 and title.text == "Deal done. Jets to fly"
    assert [(sentence.index, sentence.paragraph) for sentence in rest] == [(1, 1), (2, 1), (3, 2)]


@given(st.text(alphabet=st.sampled_from("aA .!?\"'”\n\t…(1,é"), max_size=200) | st.text(max_size=200))
def test_spans_are_exact_disjoint_ordered_and_cover_every_character_that_is_no_blank(content: str) -> None:
    sentences = split(content)
    covered = ""
    end = 0
    for sentence in sentences:
        assert sentence.span.start >= end
        end = sentence.span.end
        assert content[sentence.span.start : end] == sentence.text == sentence.text.strip() != ""
        covered += sentence.text
    assert "".join(covered.split()) == "".join(content.split())
