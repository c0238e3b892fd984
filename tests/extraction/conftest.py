"""The configuration that armstrack ships, built once for all tests of the reader."""

import pytest

from reports.catalogue.load import load_catalogue
from reports.extraction.config import ReaderConfig, default_config


@pytest.fixture(scope="session")
def config() -> ReaderConfig:
    return default_config(load_catalogue())
