"""How much of a list of orders the catalogue can name."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reports.catalogue.load import Catalogue
from reports.catalogue.records import CatalogueError
from reports.catalogue.resolve import resolve_designation, resolve_party


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares are 0 to 1. `missing` pairs each unresolved name with its orders, most orders first."""

    names: int
    resolved: int
    orders: int
    resolved_orders: int
    missing: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float:
        """The share of names that resolves; 1 where there is none."""
        return self.resolved / self.names if self.names else 1.0

    @property
    def share_of_orders(self) -> float:
        """The share of orders whose name resolves; 1 where there is none."""
        return self.resolved_orders / self.orders if self.orders else 1.0


def designation_coverage(
    catalogue: Catalogue, rows: Iterable[Mapping[str, str]], weight: str = "orders_since_2000"
) -> Coverage:
    """Coverage of rows with a `designation` and a count of orders in the column `weight`."""
    counted = [(row["designation"], int(row[weight] or 0)) for row in rows]
    return _coverage(counted, {name for name, _ in counted if resolve_designation(catalogue, name) is not None})


def party_coverage(catalogue: Catalogue, rows: Iterable[Mapping[str, str]]) -> Coverage:
    """Coverage of rows with a `register_name` and its counts `as_supplier` and `as_recipient`."""
    counted = [(row["register_name"], int(row["as_supplier"] or 0) + int(row["as_recipient"] or 0)) for row in rows]
    return _coverage(counted, {name for name, _ in counted if resolve_party(catalogue, name) is not None})


def read_table(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a CSV file. Raises CatalogueError where it cannot be read or a column is not there."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            header = reader.fieldnames or ()
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}") from error
    absent = [column for column in columns if column not in header]
    if absent:
        raise CatalogueError(f"{path}, line 1: there is no column {', '.join(absent)}")
    for line, row in enumerate(rows, start=2):
        for column in columns:
            value = row[column]
            counts = column.startswith(("orders", "as_"))
            if value is None or (counts and value and not value.isdecimal()):
                raise CatalogueError(f"{path}, row {line}: {column} is {value!r}")
    return rows


def _coverage(counted: list[tuple[str, int]], resolved: set[str]) -> Coverage:
    missing = [(name, orders) for name, orders in counted if name not in resolved]
    return Coverage(
        names=len(counted),
        resolved=len(counted) - len(missing),
        orders=sum(orders for _, orders in counted),
        resolved_orders=sum(orders for name, orders in counted if name in resolved),
        missing=tuple(sorted(missing, key=lambda pair: (-pair[1], pair[0]))),
    )
