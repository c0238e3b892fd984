import pytest

from reports.resolution.stories import COPY, bands, overlap, shingles

BODY = """DAMASCUS - A Syrian delegation is in Moscow to discuss a contract for fighter jets, the director of the maker
said. The number of jets would be higher than the ten first agreed, he told reporters at the works on Friday afternoon.
Russia's foreign minister had said earlier this month that no new contracts were planned with the Syrian government."""
REWRITE = BODY.replace("on Friday afternoon", "late on Friday").replace(
    "A Syrian delegation", "A delegation from Syria"
)
OTHER = """WARSAW - Poland took delivery of its first ten tanks from South Korea on Tuesday, four months after signing.
The ministry said that the rest of the first batch would arrive over the next three years under the contract."""
LEAD, _, _ = BODY.partition("Russia")


def copies(one: str, other: str) -> bool:
    """As the services decide it: a band in common, then the overlap of their words."""
    return bool(set(bands(one)) & set(bands(other))) and overlap(shingles(one), shingles(other)) >= COPY


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(f"Syria in jet talks\n\n{BODY}", id="the same words"),
        pytest.param(f"Syria in jet talks - Sample Valley Post\n\n{BODY}", id="an outlet's suffix in the title"),
        pytest.param(f"Jets for Damascus\n\n(Reuters) - {BODY}", id="an agency's mark"),
        pytest.param(f"Syria in jet talks\n\n{REWRITE}", id="a light rewrite"),
        pytest.param(f"Syria in jet talks\n\n{LEAD}", id="cut short"),
        pytest.param(f"Syria in jet talks\n\n{BODY.upper()}", id="in capitals"),
    ],
)
def test_a_copy_is_found(copy: str) -> None:
    assert copies(f"Syria in jet talks\n\n{BODY}", copy)
    assert copies(copy, f"Syria in jet talks\n\n{BODY}")


def test_another_article_under_the_same_title_is_no_copy() -> None:
    assert not copies(f"News\n\n{BODY}", f"News\n\n{OTHER}")


def test_a_text_without_words_has_no_bands_and_copies_nothing() -> None:
    assert bands("\n\n---") == ()
    assert overlap(shingles("\n\n---"), shingles(BODY)) == 0.0


def test_bands_fit_a_database_column_and_are_the_same_every_time() -> None:
    found = bands(BODY)
    assert found == bands(BODY)
    assert all(-(2**63) <= band < 2**63 for band in found)
