"""How much of a list of orders resolves, counted by orders and by names."""

from pathlib import Path

import pytest

from reports.catalogue.coverage import designation_coverage, party_coverage, read_table
from reports.catalogue.load import load_catalogue
from reports.catalogue.records import CatalogueError
from tests.catalogue.tables import Folder


def test_orders_and_names_are_counted_apart_and_the_missing_listed_by_orders(folder: Folder) -> None:
    catalogue = load_catalogue(folder(weapons=["MiG-29,,aircraft,IVa,,,,,,"], generics=["ship engine,engines,,"]))
    rows = [
        {"designation": name, "orders_since_2000": orders}
        for name, orders in [("MiG-29SMT", "6"), ("ship engine", "2"), ("Few", "1"), ("Many", "3"), ("None", "")]
    ]
    found = designation_coverage(catalogue, rows)
    assert (found.resolved, found.names) == (2, 5)
    assert (found.resolved_orders, found.orders) == (8, 12)
    assert found.missing == (("Many", 3), ("Few", 1), ("None", 0))
    assert (found.share, found.share_of_orders) == pytest.approx((0.4, 8 / 12))


def test_no_party_is_forgotten_even_without_orders(folder: Folder) -> None:
    catalogue = load_catalogue(
        folder(parties=["RU,,Russia,,state,,,,,,,,,"], missing_parties=["unknown recipient(s),said_unknown"])
    )
    rows = [
        {"register_name": name, "as_supplier": "0", "as_recipient": count}
        for name, count in [("Russia", "5"), ("unknown recipient(s)", "1"), ("Atlantis", "0")]
    ]
    assert party_coverage(catalogue, rows).missing == (("Atlantis", 0),)


def test_nothing_to_cover_is_covered(folder: Folder) -> None:
    found = designation_coverage(load_catalogue(folder()), [])
    assert (found.share, found.share_of_orders) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name\nMiG-29\n", "line 1: there is no column designation, orders_since_2000"),
        ("", "line 1: there is no column designation, orders_since_2000"),
        ("designation,orders_since_2000\nMiG-29,many\n", "row 2: orders_since_2000 is 'many'"),
        ("designation,orders_since_2000\nMiG-29\n", "row 2: orders_since_2000 is None"),
    ],
)
def test_a_list_that_cannot_be_measured_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        read_table(path, ("designation", "orders_since_2000"))


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"none\.csv: cannot be read"):
        read_table(tmp_path / "none.csv", ())
