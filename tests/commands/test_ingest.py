"""What cannot be taken in is said in one line each, kept with its reason, and costs nothing else."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.models import Article, Failure, Text
from tests.fetch.serving import Site, serving
from tests.services.newsroom import store

GOOD = "Moscow sells jets to Damascus\n\nRussia will deliver twelve MiG-29 fighter jets to Syria.\n"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def ingest(capsys: Any, *places: object, **options: Any) -> tuple[list[str], list[str], int]:
    """Lines of output and of complaint (without the progress bar), and the exit status."""
    status = 0
    try:
        call_command("ingest", *map(str, places), **options)
    except CommandError as problem:
        status = problem.returncode
    told = capsys.readouterr()
    lines = [line.strip() for line in re.split(r"[\r\n]", told.err)]
    return told.out.splitlines(), [line for line in lines if line and not line.startswith("ingest:")], status


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n \n", "empty"),
    "binary.txt": (bytes(range(256)) * 8, "binary"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(64), "binary"),
    "huge.txt": (b"All work and no play. " * 2_400_000, "too_large"),
    "bad.json": (b"{", "malformed"),
}


@pytest.mark.parametrize(("name", "reason"), [(name, reason) for name, (_, reason) in BAD.items()])
def test_bad_input_is_one_line_and_is_kept(tmp_path: Path, capsys: Any, name: str, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name][0])
    (tmp_path / "zzz-good.txt").write_text(GOOD)
    out, complaints, status = ingest(capsys, tmp_path)
    assert (len(complaints), status) == (1, 1)
    assert complaints[0].count(str(path)) == 1
    assert out == ["1 new articles, 0 known, 1 failed"]
    failure = Failure.objects.get()
    assert (failure.locator, failure.reason, failure.detail) == (str(path), reason, complaints[0])
    assert Article.objects.get().locator == str(tmp_path / "zzz-good.txt")


def test_another_encoding_is_read(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "latin.txt").write_bytes("Sébastien Lecornu sells Rafales\n\nA “deal” — signed.\n".encode("cp1252"))
    out, complaints, status = ingest(capsys, tmp_path)
    assert (complaints, status) == ([], 0)
    assert Text.objects.get().content.startswith("Sébastien")
    assert out == ["1 new articles, 0 known, 0 failed"]


def test_an_unreadable_place_is_said(tmp_path: Path, capsys: Any) -> None:
    good = tmp_path / "good.txt"
    good.write_text(GOOD)
    missing, dangling = tmp_path / "missing.txt", tmp_path / "dangling.txt"
    dangling.symlink_to(tmp_path / "nowhere")
    out, complaints, status = ingest(capsys, missing, dangling, good)
    assert [line.count(str(path)) for line, path in zip(complaints, (missing, dangling), strict=True)] == [1, 1]
    assert (out, status) == (["1 new articles, 0 known, 2 failed"], 1)
    assert set(Failure.objects.values_list("reason", flat=True)) == {"unreadable_file"}


def test_a_url_that_does_not_answer_is_said(capsys: Any, tmp_path: Path, settings: Any) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/news"
        (tmp_path / "good.txt").write_text(GOOD)
        out, complaints, status = ingest(capsys, url, tmp_path / "good.txt")
    assert (len(complaints), complaints[0].count(url), status) == (1, 1, 1)
    assert out == ["1 new articles, 0 known, 1 failed"]
    assert Failure.objects.get().reason == "connection"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/"]
)
def test_an_address_inside_is_refused(capsys: Any, url: str) -> None:
    _, complaints, status = ingest(capsys, url)
    assert (len(complaints), status) == (1, 1)
    assert Failure.objects.get().reason == "forbidden_address"


def test_a_failure_of_one_line_of_many_keeps_the_rest(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"title": "One", "text": "Jets."}\n{"title"\n{"title": "Two", "text": "Missiles."}\n')
    out, complaints, status = ingest(capsys, path)
    assert (out, status, len(complaints)) == (["2 new articles, 0 known, 1 failed"], 1, 1)
    assert complaints[0].count("news.jsonl") == 1


def test_what_came_in_at_last_is_no_failure_any_more(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    ingest(capsys, path)
    ingest(capsys, path)
    assert Failure.objects.get().attempts == 2
    path.write_text(GOOD)
    assert ingest(capsys, path)[2] == 0
    assert not Failure.objects.exists()


def test_the_day_that_is_given_is_for_documents_without_one(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"title": "One", "text": "Jets.", "date": "2020-02-02"}\n{"title": "Two", "text": "Jets."}\n'
    )
    ingest(capsys, tmp_path, "--published", "2013-05-31")
    days = {article.title: str(article.published_at)[:10] for article in Article.objects.all()}
    assert days == {"One": "2020-02-02", "Two": "2013-05-31"}


def test_a_source_is_given_by_its_slug(tmp_path: Path, capsys: Any) -> None:
    source = store("Other", "Text.").article.source
    (tmp_path / "a.txt").write_text(GOOD)
    ingest(capsys, tmp_path, source=source.slug)
    assert Article.objects.filter(source=source).count() == 2
    with pytest.raises(CommandError, match="no source with the slug"):
        call_command("ingest", str(tmp_path), "--source", "nobody")


@pytest.mark.parametrize("day", ["yesterday", "2013-13-01"])
def test_a_day_that_is_none_is_refused(tmp_path: Path, day: str) -> None:
    with pytest.raises(CommandError, match="--published"):
        call_command("ingest", str(tmp_path), "--published", day)


def test_nobody_reading_is_said(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.management.commands.ingest.SILENCE", 0.3)
    (tmp_path / "a.txt").write_text(GOOD)
    with pytest.raises(CommandError, match="1 texts wait, and no worker reads them"):
        call_command("ingest", str(tmp_path), "--wait")


def test_a_day_that_is_none_is_refused_with_the_form_to_write_it_in(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="“soon” is no day; write it as YYYY-MM-DD"):
        call_command("ingest", str(tmp_path), "--published", "soon")
