"""Files and folders to documents: plain text, Markdown, HTML, JSON and JSON Lines.

A text file has its title on the first line, then a blank line, then the body. A JSON object has the keys of
`ALIASES`; a text or a title is required.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import BinaryIO

from reports.fetch.address import MAX_URL
from reports.fetch.dates import parse_date
from reports.fetch.document import make_document
from reports.fetch.encoding import decode
from reports.fetch.errors import FetchError, Reason
from reports.fetch.page import read_page
from reports.fetch.policy import MEGABYTE
from reports.records import Document

# A book has one megabyte; what is larger is no article, and one text must not hold up a worker.
MAX_FILE = 5 * MEGABYTE
# A JSON array is read at one go, so it is bounded too; JSON Lines, read line by line, are not.
MAX_JSON = 50 * MEGABYTE

TEXT = frozenset({"", ".txt", ".text", ".md", ".markdown"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
JSON = frozenset({".json"})
JSON_LINES = frozenset({".jsonl", ".ndjson"})
SUFFIXES = TEXT | PAGES | JSON | JSON_LINES

# What a key of a JSON object may be called.
ALIASES = {
    "title": ("title", "headline"),
    "body": ("body", "text", "content"),
    "published": ("published", "published_at", "date"),
    "url": ("url", "link"),
    "outlet": ("outlet", "source"),
    "language": ("language", "lang"),
}


def walk(path: Path) -> Iterator[Path]:
    """The files to read under a folder, sorted, or `path` itself where it is no folder.

    Hidden files and folders are left out, and in a folder files of kinds that are not read. Links to folders are not
    followed, so a walk always ends. Raises FetchError (unreadable_file) where `path` does not exist.
    """
    if path.is_dir():
        try:
            entries = sorted(path.iterdir())
        except OSError as error:
            raise _unreadable(path, error) from error
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                if not entry.is_symlink():
                    yield from walk(entry)
            elif entry.suffix.lower() in SUFFIXES:
                yield entry
    elif path.exists():
        yield path
    else:
        raise FetchError(Reason.UNREADABLE_FILE, f"{path} does not exist")


def read_file(path: Path, *, max_bytes: int = MAX_FILE) -> Iterator[Document | FetchError]:
    """The documents in a file; where one cannot be read, the error in its place, so that the rest is not lost.

    `max_bytes` bounds each document. Only JSON files hold several. Raises nothing.
    """
    # A pipe or a device may never end: only regular files are opened by name.
    if not path.is_file():
        yield FetchError(
            Reason.UNREADABLE_FILE, f"{path} {'is no regular file' if path.exists() else 'does not exist'}"
        )
        return
    try:
        with path.open("rb") as file:
            yield from read_stream(file, str(path), max_bytes=max_bytes)
    except OSError as error:
        yield _unreadable(path, error)


def read_stream(file: BinaryIO, name: str, *, max_bytes: int = MAX_FILE) -> Iterator[Document | FetchError]:
    """As `read_file`, from an open file; the suffix of `name` says what it holds (none: text)."""
    suffix = PurePath(name).suffix.lower()
    if suffix in JSON_LINES:
        yield from _json_lines(file, name, max_bytes)
        return
    limit = MAX_JSON if suffix in JSON else max_bytes
    try:
        data = file.read(limit + 1)
        if suffix in JSON:
            yield from _json_file(data, name, max_bytes)
        else:
            yield read_bytes(data, name, max_bytes=max_bytes)
    except FetchError as error:
        yield error
    except OSError as error:
        yield _unreadable(name, error)


def read_bytes(data: bytes, name: str, *, max_bytes: int = MAX_FILE) -> Document:
    """The one document in the bytes of a text, Markdown or HTML file. `name` is its locator.

    Raises FetchError: too_large, empty, binary, bad_encoding, unsupported_type, malformed.
    """
    suffix = PurePath(name).suffix.lower()
    _bounded(len(data), name, max_bytes)
    if not data.strip():
        raise FetchError(Reason.EMPTY, f"{name} is empty")
    try:
        if suffix in PAGES:
            return read_page(data, locator=name)
        text = decode(data)
    except FetchError as error:
        raise error.about(name) from error
    if suffix not in TEXT:  # only now, so that a picture is called binary rather than a file of an unknown kind
        raise FetchError(
            Reason.UNSUPPORTED_TYPE, f"{name} is of no kind that is read ({' '.join(sorted(SUFFIXES)).strip()})"
        )
    title, body = split_text(text, markdown=suffix in (".md", ".markdown"))
    return make_document(title, body, locator=name)


def split_text(text: str, *, markdown: bool = False) -> tuple[str, str]:
    """Title and body of a plain text. A first line that the next line runs on from is no title, nor is an only line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    first = lines[0].strip()
    if markdown and (heading := re.match(r"#{1,6}\s+(.*?)\s*#*$", first)):
        first = heading[1]
    elif len(lines) < 2 or lines[1].strip():
        return "", "\n".join(lines)
    return first, "\n".join(lines[1:]).strip()


def _json_lines(file: BinaryIO, name: str, max_bytes: int) -> Iterator[Document | FetchError]:
    # JSON spells a letter with up to six bytes, so that a line may be longer than the text in it.
    limit = 6 * max_bytes
    number = found = 0
    try:
        while line := file.readline(limit + 1):
            number += 1
            where = f"{name}:{number}"
            if len(line) > limit:
                found += 1
                yield FetchError(Reason.TOO_LARGE, f"{where} is larger than {max_bytes:,} bytes")
                while line and not line.endswith(b"\n"):
                    line = file.readline(limit + 1)
            elif line.strip():
                found += 1
                try:
                    yield _from_object(_parsed(decode(line), where), where, max_bytes)
                except FetchError as error:
                    yield error.about(where)
    except OSError as error:
        yield _unreadable(name, error)
    if not found:
        yield FetchError(Reason.EMPTY, f"{name} is empty")


def _json_file(data: bytes, name: str, max_bytes: int) -> Iterator[Document | FetchError]:
    _bounded(len(data), name, MAX_JSON)
    if not data.strip():
        raise FetchError(Reason.EMPTY, f"{name} is empty")
    try:
        value = _parsed(decode(data), name)
    except FetchError as error:
        raise error.about(name) from error
    if not isinstance(value, list):
        yield _from_object(value, name, max_bytes)
        return
    if not value:
        raise FetchError(Reason.EMPTY, f"{name} is empty")
    for number, item in enumerate(value, start=1):
        try:
            yield _from_object(item, f"{name}:{number}", max_bytes)
        except FetchError as error:
            yield error


def _parsed(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        raise FetchError(Reason.MALFORMED, f"{where} is nested too deep") from None
    except ValueError as error:
        raise FetchError(Reason.MALFORMED, f"{where} is not JSON: {error}") from None


def _from_object(value: object, where: str, max_bytes: int) -> Document:
    if not isinstance(value, Mapping):
        raise FetchError(Reason.MALFORMED, f"{where} is not an object with a title and a text")
    fields = {field: _field(value, names, where) for field, names in ALIASES.items()}
    if not fields["body"].strip():  # an item of a news stream may be its headline alone
        fields |= {"title": "", "body": fields["title"]}
    _bounded(len(fields["body"].encode("utf-8", "replace")), where, max_bytes)
    title, body = fields["title"], fields["body"]
    first, rest = split_text(body)
    if not title.strip() or " ".join(first.split()) == " ".join(title.split()):
        # The text holds its title itself, as a text file does.
        title, body = (first, rest) if rest else ("", body)
    try:
        published = parse_date(fields["published"])
    except ValueError as error:
        raise FetchError(Reason.MALFORMED, f"{where}: {error}; write it as 2013-05-31") from None
    url = _address(fields["url"], where)
    return make_document(
        title,
        body,
        locator=url or where,
        url=url,
        published=published,
        outlet=fields["outlet"],
        language=fields["language"],
    )


def _address(url: str, where: str) -> str:
    url = url.strip()
    if url and not (url.lower().startswith(("http://", "https://")) and url.isprintable() and len(url) <= MAX_URL):
        raise FetchError(Reason.MALFORMED, f"{where}: {url[:80]!r} is not an address that begins with http or https")
    return url


def _field(value: Mapping[str, object], names: tuple[str, ...], where: str) -> str:
    """The first of the names that has a value, which must be a string."""
    for name in names:
        found = value.get(name)
        if found is None or found == "":
            continue
        if not isinstance(found, str):
            raise FetchError(Reason.MALFORMED, f"{where}: {name} is not a string")
        return found
    return ""


def _bounded(size: int, where: str, limit: int) -> None:
    if size > limit:
        raise FetchError(Reason.TOO_LARGE, f"{where} is larger than {limit:,} bytes")


def _unreadable(name: Path | str, error: OSError) -> FetchError:
    return FetchError(Reason.UNREADABLE_FILE, f"{name} cannot be read: {error.strerror or error}")
