"""Which party a name stands for, where it could stand for two."""

from datetime import date

import pytest

from reports.extraction.config import ReaderConfig
from reports.extraction.scene import survey
from reports.extraction.sentences import split


@pytest.mark.parametrize(
    ("published", "code"),
    [(date(2013, 5, 6), "NL"), (date(2025, 5, 6), "nato"), (None, "nato")],
)
def test_a_person_speaks_for_the_office_of_the_day(config: ReaderConfig, published: date | None, code: str) -> None:
    content = "Fighters\n\nMark Rutte promised F-16 fighters."
    scene = survey(content, split(content), config.lexicon, config.roles, published)
    assert scene.codes == (code,)


def test_the_seat_of_a_body_stands_for_the_body(config: ReaderConfig) -> None:
    content = "Embargo\n\nOn Monday, officials in Brussels banned the sale of F-16 fighters."
    assert survey(content, split(content), config.lexicon, config.roles).codes == ("eu",)
