import pytest


@pytest.fixture
def world(db: None) -> None:
    """A database with a few parties and weapons."""
    from tests.services.newsroom import furnish  # models can be imported only once Django is set up

    furnish()
