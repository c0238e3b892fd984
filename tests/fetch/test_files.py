import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.fetch.errors import FetchError, Reason
from reports.fetch.files import read_bytes, read_file, read_stream, split_text, walk
from reports.records import Document

BODY = "Poland has signed a contract for 116 tanks.\n\nDeliveries begin next year."


def outcomes(data: bytes | str, name: str, **limits: int) -> list[Document | FetchError]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(raw), name, **limits))


def reasons(found: list[Document | FetchError]) -> list[Reason | None]:
    return [item.reason if isinstance(item, FetchError) else None for item in found]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        (f"Poland orders tanks\n\n{BODY}", "Poland orders tanks", BODY),
        (f"\n\n  Poland orders  tanks \r\n\r\n{BODY}\r\n", "Poland orders  tanks", BODY),
        (f"Poland orders tanks\r\r{BODY}", "Poland orders tanks", BODY),
        ("One line, which is no headline.", "", "One line, which is no headline."),
        ("A line that runs\non.\n\nAnd a second.", "", "A line that runs\non.\n\nAnd a second."),
        ("", "", ""),
    ],
)
def test_a_text_has_its_title_above_a_blank_line(text: str, title: str, body: str) -> None:
    assert split_text(text) == (title, body)


@pytest.mark.parametrize(
    ("text", "title"),
    [("# Poland orders tanks #\nText.", "Poland orders tanks"), ("Poland\n\nText.", "Poland"), ("#tag\nText.", "")],
)
def test_markdown_may_mark_its_title(text: str, title: str) -> None:
    assert split_text(text, markdown=True)[0] == title


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md", "a", "-"])
def test_a_text_file_is_read_in_its_encoding(codec: str, name: str) -> None:
    title, body = "Россия поставит самолеты", "Россия поставит Сирии самолеты, сообщил представитель компании."
    document = read_bytes(f"{title}\r\n\r\n{body}\r\n".encode(codec), name)
    assert document == Document(title, body, locator=name)
    assert document.content == f"{title}\n\n{body}"


def test_control_characters_become_blanks_and_line_ends_one_kind() -> None:
    document = read_bytes(f"A\x07 title\n\n{BODY}\r\nEnd\x1b[31m.\u0085".encode(), "a.txt")
    assert document.title == "A title"
    assert document.body == f"{BODY}\nEnd [31m."


def test_a_page_on_disk_goes_through_the_article_extractor() -> None:
    head = "<html><head><title>Tanks</title></head><body><nav>Menu</nav>"
    html = f"{head}<article><h1>Tanks</h1><p>{BODY * 3}</p></article>"
    document = read_bytes(html.encode(), "dir/a.html")
    assert (document.title, document.locator, document.url) == ("Tanks", "dir/a.html", "")
    assert document.body.startswith("Poland has signed")


FULL = {
    "title": "Poland orders tanks",
    "text": BODY,
    "date": "2023-01-04",
    "url": "https://example.com/1",
    "outlet": "The Example",
    "lang": "en",
}
READ = Document(
    "Poland orders tanks",
    BODY,
    "https://example.com/1",
    "https://example.com/1",
    datetime(2023, 1, 4, tzinfo=UTC),
    "The Example",
    "en",
)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps(FULL), "a.json"),
        (json.dumps([FULL]), "a.json"),
        (json.dumps(FULL, indent=1).encode("utf-16"), "a.JSON"),
        ("\ufeff" + json.dumps(FULL) + "\r\n\r\n", "a.jsonl"),
        (json.dumps(FULL | {"text": None, "body": BODY, "more": [1]}), "a.ndjson"),
        (json.dumps(FULL | {"title": "", "text": f"{FULL['title']}\n\n{BODY}"}), "a.json"),
        (json.dumps(FULL | {"text": f"{FULL['title']}\n\n{BODY}"}), "a.json"),
    ],
)
def test_json_is_read(data: bytes | str, name: str) -> None:
    assert outcomes(data, name) == [READ]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2013-05-31", datetime(2013, 5, 31, tzinfo=UTC)),
        ("2013-05-31T10:00:00Z", datetime(2013, 5, 31, 10, tzinfo=UTC)),
        ("2013-05-31 10:00+02:00", datetime(2013, 5, 31, 8, tzinfo=UTC)),
        ("Fri, 31 May 2013 10:00:00 +0200", datetime(2013, 5, 31, 8, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_date_of_publication_is_brought_to_utc(written: str, moment: datetime | None) -> None:
    (document,) = outcomes(json.dumps({"text": BODY, "published": written}), "a.json")
    assert isinstance(document, Document)
    assert document.published == moment


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("{", Reason.MALFORMED),
        ("[" * 5000, Reason.MALFORMED),
        ("3", Reason.MALFORMED),
        ("null", Reason.MALFORMED),
        ('"text"', Reason.MALFORMED),
        ("{}", Reason.EMPTY),
        ('{"title": "A headline alone", "text": ""}', None),
        ('{"title": " ", "text": ""}', Reason.EMPTY),
        ('{"text": " \\u0000 "}', Reason.EMPTY),
        ('{"text": 3}', Reason.MALFORMED),
        ('{"text": "x", "title": ["y"]}', Reason.MALFORMED),
        ('{"text": "x", "date": "05/06/2013"}', Reason.MALFORMED),
        ('{"text": "x", "date": "soon"}', Reason.MALFORMED),
        ('{"text": "x", "date": "0001-01-01T00:00+23:00"}', Reason.MALFORMED),
        ('{"text": "x", "url": "javascript:alert(1)"}', Reason.MALFORMED),
        ('{"text": "x", "url": "http://x/\\n"}', None),
        ('{"text": "x", "url": "http://x/\\ny"}', Reason.MALFORMED),
        (json.dumps({"text": "x" * 2000}), Reason.TOO_LARGE),
        ('{"a": "' + "x" * 9000 + '"}', Reason.TOO_LARGE),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_line_is_one_error_and_loses_no_other(item: str, reason: Reason | None) -> None:
    good = json.dumps({"text": "Good words."})
    found = outcomes(f"{good}\n{item}\n{good}\n", "a.jsonl", max_bytes=1000)
    assert reasons(found) == [None, reason, None]
    assert reason is None or "a.jsonl:2" in str(found[1])
    assert "\n" not in str(found[1])


def test_a_bad_item_of_an_array_loses_no_other() -> None:
    found = outcomes(json.dumps([FULL, {}, 3, FULL]), "a.json")
    assert reasons(found) == [None, Reason.EMPTY, Reason.MALFORMED, None]


def test_the_words_of_json_may_be_any_and_come_out_fit_to_be_stored() -> None:
    (document,) = outcomes(
        '{"title": "a\\u0000b\\ud800", "text": "c\\u0000d\\udfff.", "outlet": "e\\u0000\\ud800"}', "a.json"
    )
    assert isinstance(document, Document)
    assert (document.title, document.body) == ("a b", "c d .")
    (document.title + document.body + document.outlet).encode()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", Reason.EMPTY),
        (b" \r\n\t", "a.txt", Reason.EMPTY),
        (b"\xef\xbb\xbf", "a.txt", Reason.EMPTY),
        (b"", "a.json", Reason.EMPTY),
        (b"[]", "a.json", Reason.EMPTY),
        (b"", "a.jsonl", Reason.EMPTY),
        (b"\n \n", "a.jsonl", Reason.EMPTY),
        (b"", "a.html", Reason.EMPTY),
        (b"%PDF-1.4", "a.txt", Reason.BINARY),
        (b"%PDF-1.4", "a.pdf", Reason.BINARY),
        (bytes(range(256)) * 9, "a.md", Reason.BINARY),
        (bytes(range(256)) * 9, "a.json", Reason.BINARY),
        (b"a,b\n1,2", "a.csv", Reason.UNSUPPORTED_TYPE),
        (b"x" * 6_000_000, "a.txt", Reason.TOO_LARGE),
        (b"word " * 10_000_000, "a.txt", Reason.TOO_LARGE),
        (b"<p>" * 2_000_000, "a.html", Reason.TOO_LARGE),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_file_that_holds_no_text_is_one_error_that_names_it(data: bytes, name: str, reason: Reason) -> None:
    found = outcomes(data, name)
    assert reasons(found) == [reason]
    assert name in str(found[0])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_file_that_cannot_be_read_is_one_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")  # opening it would wait for ever
    for name in ("missing.txt", "pipe.txt", "."):
        (error,) = read_file(tmp_path / name)
        assert isinstance(error, FetchError)
        assert error.reason is Reason.UNREADABLE_FILE
        assert str(tmp_path) in error.message


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_text(f"Title\n\n{BODY}")
    assert list(read_file(tmp_path / "a b.txt")) == [Document("Title", BODY, str(tmp_path / "a b.txt"))]


def test_a_walk_is_sorted_and_passes_by_what_is_hidden_or_no_text(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/c.txt", "c/d.HTML", "c/e.png", "c/f", "a.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "c" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = [str(path.relative_to(tmp_path)) for path in walk(tmp_path)]
    assert found == ["a/z.md", "a.jsonl", "b.txt", "c/d.HTML", "c/f"]
    assert list(walk(tmp_path / "c/e.png")) == [tmp_path / "c/e.png"]  # what is named is not passed by


def test_a_walk_of_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FetchError) as caught:
        list(walk(tmp_path / "missing"))
    assert caught.value.reason is Reason.UNREADABLE_FILE


@settings(max_examples=200, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
        st.text(max_size=200).map(lambda text: text.encode("utf-16", "replace")),
        st.dictionaries(
            st.sampled_from(["title", "text", "date", "url", "outlet"]), st.one_of(st.none(), st.text(), st.integers())
        ).map(lambda item: json.dumps(item).encode()),
    ),
    name=st.sampled_from(["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a", "a.bin"]),
)
def test_any_bytes_are_documents_or_fetch_errors(data: bytes, name: str) -> None:
    found = outcomes(data, name, max_bytes=250)
    assert found  # nothing is passed over in silence
    for item in found:
        assert isinstance(item, Document | FetchError)
        if isinstance(item, Document):
            assert item.content.strip()
            assert "\0" not in item.content
            assert len(item.content) <= 2 * 250 + 2
            (item.title + item.body + item.url + item.outlet).encode()
