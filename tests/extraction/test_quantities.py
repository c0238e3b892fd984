import pytest

from reports.extraction.mentions import Sentence
from reports.extraction.quantities import find_quantities, parse_number
from reports.records import Span


def sentence(text: str) -> Sentence:
    return Sentence(0, 0, Span(0, len(text)), text)


@pytest.mark.parametrize(
    ("text", "minimum", "maximum"),
    [
        ("more than 10 jets", 11, None),
        ("more than a dozen tanks", 13, None),
        ("at least 30 guns", 30, None),
        ("up to 50 tanks", None, 50),
        ("as many as 156 vehicles", None, 156),
        ("fewer than 40 boats", None, 39),
        ("about 36 jets", 36, 36),
        ("two dozen helicopters", 24, 24),
        ("half a dozen boats", 6, 6),
        ("between 20 and 30 launchers", 20, 30),
        ("20-30 jets", 20, 30),
        ("12 or 13 aircraft", 12, 13),
        ("twenty-four (24) aircraft", 24, 24),
        ("a hundred and fifty vehicles", 150, 150),
        ("2.5 million rounds", 2_500_000, 2_500_000),
        ("1,500 shells", 1500, 1500),
    ],
)
def test_numbers_are_read_with_their_bounds(text: str, minimum: int | None, maximum: int | None) -> None:
    first = find_quantities(sentence(text))[0]
    assert (first.min, first.max) == (minimum, maximum)


@pytest.mark.parametrize("text", ["155mm shells", "a share of 12 percent", "the F-16", "$12 million"])
def test_calibres_shares_names_and_sums_are_no_quantities(text: str) -> None:
    assert find_quantities(sentence(text)) == ()


def test_vague_words_keep_their_words_and_give_no_number() -> None:
    (dozens,) = find_quantities(sentence("dozens of tanks"))
    assert (dozens.text, dozens.min, dozens.max) == ("dozens", None, None)


@pytest.mark.parametrize(("text", "value"), [("ninety-two", 92), ("three hundred", 300), ("tank", None)])
def test_number_words_have_values(text: str, value: int | None) -> None:
    assert parse_number(text) == value
