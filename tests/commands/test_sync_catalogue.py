"""`sync_catalogue` brings the CSV files into the database, and says of a broken one which line it is."""

import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.catalogue import load
from reports.management.commands import sync_catalogue
from reports.models import Party, Weapon

pytestmark = pytest.mark.django_db


def sync(capsys: Any) -> str:
    call_command("sync_catalogue")
    return str(capsys.readouterr().out.strip())


def test_the_second_time_says_the_same_and_changes_nothing(capsys: Any) -> None:
    first = sync(capsys)
    rows = (set(Party.objects.values_list()), set(Weapon.objects.values_list()))
    assert sync(capsys) == first
    assert (set(Party.objects.values_list()), set(Weapon.objects.values_list())) == rows
    assert first.startswith(f"{Party.objects.count()} parties, {Weapon.objects.count()} weapons, ")


def test_a_broken_file_is_named_with_its_line_and_nothing_changes(
    tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    data = tmp_path / "data"
    shutil.copytree(Path(load.__file__).parent / "data", data)
    weapons = (data / "weapons.csv").read_text(encoding="utf-8").splitlines()
    weapons.insert(1, "Nonesuch,,no such category,,,,,,,")
    (data / "weapons.csv").write_text("\n".join(weapons) + "\n", encoding="utf-8")
    monkeypatch.setattr(sync_catalogue, "load_catalogue", partial(load.load_catalogue, data))
    with pytest.raises(CommandError, match=r"weapons\.csv.*2.*no such category"):
        sync(capsys)
    assert not Party.objects.exists()
