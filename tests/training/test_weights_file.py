"""Weights are written whole or not at all."""

import json
from pathlib import Path

import pytest

from reports.training.weights_file import write_weights


def test_weights_are_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text("old", encoding="utf-8")
    write_weights(path, {"models": {"pair": {"bias": -1.5}}})
    assert json.loads(path.read_text(encoding="utf-8")) == {"models": {"pair": {"bias": -1.5}}}
    assert [one.name for one in tmp_path.iterdir()] == ["weights.json"]


def test_what_cannot_be_written_leaves_the_old_weights(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_weights(path, {"lone surrogate \ud800": 1.0})
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["weights.json"]
