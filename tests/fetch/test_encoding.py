import pytest

from reports.fetch.encoding import declared_in, decode
from reports.fetch.errors import FetchError, Reason

FRENCH = "L’armée française a reçu hier à Toulon les premiers hélicoptères commandés, a indiqué le ministère."
RUSSIAN = "Россия поставит Сирии самолеты в ближайшее время, сообщил представитель компании."
JAPANESE = "防衛省は新しい戦闘機を購入すると発表した。"


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (FRENCH, "utf-8", ""),
        (FRENCH, "utf-8-sig", ""),
        (FRENCH, "utf-16", ""),  # with a mark
        (FRENCH, "utf-16-le", ""),
        (FRENCH, "utf-16-be", ""),
        (FRENCH, "utf-16-be", "utf-16be"),
        (FRENCH, "utf-32", ""),
        (FRENCH, "cp1252", ""),
        (FRENCH, "cp1252", "iso-8859-1"),  # which on the Web means windows-1252
        (FRENCH, "cp1252", "no-such-charset"),
        (FRENCH, "cp1252", "hex"),
        (FRENCH, "utf-8", "iso-8859-1"),  # a header that is wrong, as so often
        (FRENCH, "utf-8", "utf-16"),
        (RUSSIAN, "cp1251", ""),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", ""),
        (RUSSIAN, "utf-16-le", "utf-16"),
        ("The minister’s word: “we’ll buy” – for £2 billion.", "cp1252", ""),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "shift_jis", ""),
        (JAPANESE, "euc_jp", "euc-jp"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        ("\ufffd" * 9, "utf-8", ""),  # somebody else's damage is kept as it came
        ("plain", "ascii", ""),
        ("", "ascii", ""),
    ],
)
def test_text_is_read_in_the_encoding_it_is_in(text: str, codec: str, declared: str) -> None:
    assert decode(text.encode(codec), declared) == text


def test_a_few_broken_bytes_do_not_cost_the_text() -> None:
    data = (FRENCH * 20).encode() + b"\xff" + FRENCH.encode()
    assert decode(data, "utf-8") == FRENCH * 20 + "\ufffd" + FRENCH


def test_a_stray_nul_does_not_cost_the_text() -> None:
    assert decode(FRENCH.encode() * 20 + b"\0.") == FRENCH * 20 + " ."


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and so on",
        b"PK\x03\x04 a document",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0 a photograph",
        b"\x7fELF\x02",
        bytes(1000),
        bytes(range(256)) * 20,
        b"\x01\x02\x03\x04\x05\x06" * 50,
        b"words " + bytes(range(32)) * 10,
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        decode(data)
    assert caught.value.reason is Reason.BINARY


@pytest.mark.parametrize(
    ("data", "declared"),
    [("\ufeff".encode("utf-16-le") + b"\x00\xd8" * 200, ""), (b"\xef\xbb\xbf" + b"\xff\xfe\xfa" * 100, "")],
)
def test_text_that_is_not_in_the_encoding_its_mark_claims_is_refused(data: bytes, declared: str) -> None:
    with pytest.raises(FetchError) as caught:
        decode(data, declared)
    assert caught.value.reason is Reason.BAD_ENCODING


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<html><head><meta charset="windows-1251">', "windows-1251"),
        (b"<META charset=utf-8>", "utf-8"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', "iso-8859-2"),
        (b"<?xml version='1.0' encoding='koi8-r'?>", "koi8-r"),
        (b"<p>charset=utf-8</p>", ""),
        (b" " * 3000 + b"<meta charset=utf-8>", ""),
        (b"", ""),
    ],
)
def test_a_page_says_its_charset_near_its_top(head: bytes, charset: str) -> None:
    assert declared_in(head) == charset
