"""Bytes to text: a byte order mark, else UTF-8, else what was declared, else a guess; binary is refused."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED

from reports.fetch.errors import FetchError, Reason

# UTF-32 before UTF-16, whose little-endian mark it begins with.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How files begin that are no text, for a clear message; whatever else is binary is caught by its NULs and controls.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"RIFF", "an image, sound or film"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
# The encodings that texts without a declaration are guessed among, each so unlike the others that a paragraph tells.
# Central European (cp1250) and Turkish (cp1254) are not: French is read as Polish as easily as the other way round.
_GUESSES = [
    "cp1252",
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
]
_GUESS_SAMPLE = 64 * 1024
# Seven-bit encodings, which any UTF-8 decoder would take for plain ASCII.
_ESCAPED = re.compile(r"(iso2022|iso-2022|hz)", re.IGNORECASE)
# What the Web means by these names (WHATWG Encoding Standard).
_ALIASES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_DECLARATION = re.compile(
    rb"""<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_MAX_REPLACED = 0.005
_MAX_CONTROLS = 0.05


def decode(data: bytes, declared: str = "") -> str:
    """`data` as text without a byte order mark. `declared` is a charset somebody named; it may be wrong or unknown.

    Raises FetchError: binary, bad_encoding.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(codec, "replace")
            if text.count("\ufffd") > _MAX_REPLACED * len(text) + 3:
                raise FetchError(Reason.BAD_ENCODING, "much of the text is not in the encoding that its mark claims")
            return _checked(text)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise FetchError(Reason.BINARY, f"this is {what}, not text")
    codec = _known(declared)
    if b"\0" in data:
        return _checked(_wide(data, codec))
    if not _ESCAPED.match(codec):
        try:
            # Text in another encoding is hardly ever valid UTF-8, whatever is declared: so this comes first.
            return _checked(data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    if codec:
        text = data.decode(codec, "replace")
        if text.count("\ufffd") <= _MAX_REPLACED * len(text):
            return _checked(text)
    return _checked(_guessed(data))


def declared_in(data: bytes) -> str:
    """The charset that an HTML or XML document names in its first 2,048 bytes, or nothing."""
    match = _DECLARATION.search(data[:2048])
    return match[1].decode("ascii", "ignore") if match else ""


def _known(declared: str) -> str:
    """The codec behind a name; nothing for an unknown one, or one that no text comes in (`hex`, `utf-7`)."""
    try:
        name = codecs.lookup(declared.strip()).name if declared.strip() else ""
    except (LookupError, ValueError):
        return ""
    name = _ALIASES.get(name, name)
    return name if name.replace("-", "_") in IANA_SUPPORTED and name != "utf-7" else ""


def _wide(data: bytes, codec: str) -> str:
    """Text with NUL bytes: UTF-16 or UTF-32 without a mark, or no text at all."""
    for candidate in filter(None, (codec if codec.startswith(("utf-16", "utf-32")) else "", "utf-16-le", "utf-16-be")):
        try:
            text = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        # The wrong byte order gives letters of scripts that nobody mixes; spaces and line ends tell it apart.
        if "\0" not in text and sum(c in " \n\t" for c in text) * 50 >= len(text):
            return text
    # A stray NUL in a text is a blemish, and becomes a space with the other control characters.
    if data.count(b"\0") <= len(data) * 0.001:
        return decode(data.replace(b"\0", b" "), codec)
    raise FetchError(Reason.BINARY, "this is binary data, not text")


def _guessed(data: bytes) -> str:
    """The likeliest of the usual encodings."""
    best = from_bytes(data[:_GUESS_SAMPLE], cp_isolation=_GUESSES).best()
    text = data.decode(best.encoding, "replace") if best else ""
    if not text or text.count("\ufffd") > _MAX_REPLACED * len(text):
        raise FetchError(Reason.BAD_ENCODING, "the text is in no encoding that is known here; save it as UTF-8")
    return text


def _checked(text: str) -> str:
    """`text`, unless it is full of control characters."""
    sample = text[:_GUESS_SAMPLE]
    controls = sum(unicodedata.category(c) == "Cc" and c not in "\n\r\t\f\v\x1a\x85" for c in sample)
    if controls > _MAX_CONTROLS * len(sample):
        raise FetchError(Reason.BINARY, "this is binary data, not text")
    return text
