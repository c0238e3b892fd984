"""Small catalogues in a folder, and the one that armstrack ships."""

from pathlib import Path

import pytest

from reports.catalogue.load import Catalogue, load_catalogue
from tests.catalogue.tables import HEADERS, Folder


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes tables (lists of lines, without their header) and gives their folder."""

    def write(**tables: list[str]) -> Path:
        for name, lines in tables.items():
            (tmp_path / f"{name}.csv").write_text("\n".join([HEADERS[name], *lines]) + "\n", encoding="utf-8")
        return tmp_path

    return write
