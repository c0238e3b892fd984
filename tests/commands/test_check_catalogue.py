"""`check_catalogue` and `catalogue_coverage` say what is wrong and end with an error where something is."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def run(name: str, *args: str) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=out)
    return out.getvalue()


def test_the_shipped_catalogue_passes() -> None:
    assert "no problems" in run("check_catalogue")


def test_a_problem_is_named_and_counted(tmp_path: Path) -> None:
    (tmp_path / "weapons.csv").write_text("designation,family,category\nA,B,other\n", encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="1 problems in the catalogue"):
        call_command("check_catalogue", "--folder", str(tmp_path), stdout=out, stderr=out)
    assert "weapons: A: there is no family B" in out.getvalue()


def test_a_malformed_row_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "weapons.csv").write_text("designation,category\nA,tanks\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"weapons\.csv, line 2: category is 'tanks'"):
        run("check_catalogue", "--folder", str(tmp_path))


def orders(folder: Path, *rows: str) -> str:
    path = folder / "orders.csv"
    path.write_text("\n".join(["designation,orders_since_2000", *rows]) + "\n", encoding="utf-8")
    return str(path)


def test_enough_orders_are_a_success(tmp_path: Path) -> None:
    printed = run("catalogue_coverage", "--designations", orders(tmp_path, "F-16C Block-50,9", "Nothing at all,1"))
    assert "orders since 2000: 90.00% (9 of 10)" in printed
    assert "names: 50.00% (1 of 2)" in printed
    assert "missing     1  Nothing at all" in printed


def test_too_few_orders_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"89\.0% of the orders resolve, less than 90%"):
        run("catalogue_coverage", "--designations", orders(tmp_path, "F-16C,89", "Nothing at all,11"))


def test_one_missing_party_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "parties.csv"
    path.write_text("register_name,as_supplier,as_recipient\nRussia,9,1\nAtlantis,0,0\n", encoding="utf-8")
    with pytest.raises(CommandError, match="1 parties do not resolve"):
        run("catalogue_coverage", "--parties", str(path))


@pytest.mark.parametrize("args", [(), ("--parties", "/nowhere/parties.csv")])
def test_nothing_to_measure_is_one_clear_error(args: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"nothing to measure|cannot be read"):
        run("catalogue_coverage", *args)
