"""The stance of a statement where the verb or a closed phrase decides it."""

import pytest

from reports.choices import Stance
from reports.extraction.attribution import find_statements
from reports.extraction.sentences import split
from tests.extraction.test_persons import parties


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Russia's defence ministry announced that it had signed a contract for 12 jets with Syria.", Stance.ANNOUNCES),
        ("The Indian defence ministry confirmed the purchase of the missiles.", Stance.CONFIRMS),
        ("The Russian ministry denied that it had sold missiles to Syria.", Stance.DENIES),
        ("A Pentagon spokesman declined to comment on the missile sale.", Stance.DECLINES),
        ("The Indian government condemned the sale of missiles to Syria.", Stance.CRITICISES),
        ("The Indian government welcomed the sale of the jets.", Stance.SUPPORTS),
        ("Russian officials warned that the missile shipment could lead to war.", Stance.WARNS),
    ],
)
def test_the_verb_decides(text: str, stance: Stance) -> None:
    sentences = split(f"Title\n\n{text}")
    (statement,) = find_statements(sentences, parties(sentences))
    assert statement.stance == stance
