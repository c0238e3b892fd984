"""Reads the word tables of reports/extraction/data: CSV files, one thing a row."""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `data/<name>.csv`, in order. Raises FileNotFoundError where there is no such table."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(name: str, column: str = "word") -> frozenset[str]:
    """The values of one column of a table."""
    return frozenset(row[column] for row in rows(name))
