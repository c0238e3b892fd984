"""Cutting a text where marks begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.selectors.articles import Mark, paragraphs, segments


def test_marks_may_overlap_and_nest() -> None:
    cut = segments("abcdef", [Mark(0, 4, "claim", "c"), Mark(2, 6, "statement", "s")])
    assert [(run.text, run.kinds) for run in cut] == [
        ("ab", ("claim",)),
        ("cd", ("claim", "statement")),
        ("ef", ("statement",)),
    ]


def test_without_the_full_text_only_what_is_marked_is_left() -> None:
    cut = segments("secret told secret", [Mark(7, 11, "claim", "c")], full_text=False)
    assert [(run.text, run.gap) for run in cut] == [("told", True), ("", True)]


def test_without_the_full_text_the_blanks_between_what_is_marked_stay() -> None:
    cut = segments("One. Two.\nThree.", [Mark(0, 4, "claim", "a"), Mark(5, 9, "claim", "b")], full_text=False)
    assert [run.text for run in cut] == ["One.", " ", "Two.", ""]


def test_a_line_break_starts_a_paragraph_and_blank_ones_are_dropped() -> None:
    cut = paragraphs(segments("one\n\ntwo", [Mark(0, 8, "claim", "c")]))
    assert [[run.text for run in paragraph] for paragraph in cut] == [["one"], ["two"]]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6),
)
def test_the_segments_in_order_are_the_text(content: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(start, start + width, "claim", "c") for start, width in spans if start + width <= len(content)]
    assert "".join(run.text for run in segments(content, marks)) == content


@pytest.mark.parametrize("full_text", [True, False])
def test_an_empty_text_gives_nothing(full_text: bool) -> None:
    assert segments("", [], full_text=full_text) == []
