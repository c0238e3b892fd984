from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.fetch import page
from reports.fetch.client import Response
from reports.fetch.errors import FetchError, Reason
from reports.fetch.page import fetch_page, read_page, read_response
from reports.fetch.policy import FetchPolicy
from tests.fetch.serving import Site

FIRST = "Poland has signed a contract for 116 Abrams tanks from the United States, the ministry said on Friday."
SECOND = "Deliveries of the vehicles are to begin next year & end in 2026, \u0142\u0105cznie z amunicj\u0105."
ARTICLE = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Poland orders tanks | The Example</title>
<meta property="og:site_name" content="The Example">
<meta property="og:title" content="Poland orders tanks | The Example">
<meta property="article:published_time" content="2023-01-04T10:30:00+01:00">
<link rel="canonical" href="https://www.example.com/news/tanks">
<script>var x = "<p>not this</p>";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Subscribe now</a></li></ul></nav>
<article><h1>Poland orders tanks</h1><p>{FIRST}</p>
<p>{SECOND.replace("&", "&amp;").replace("vehicles", "<b>vehicles</b>")}</p>
</article><footer>Copyright, all rights reserved</footer></body></html>"""
URL = "https://m.example.com/n/1?utm_source=x"


def test_a_page_becomes_its_article() -> None:
    document = read_page(ARTICLE.encode(), url=URL, content_type="text/html")
    assert document.title == "Poland orders tanks"
    assert document.body == f"{FIRST}\n\n{SECOND}"
    assert document.published == datetime(2023, 1, 4, 9, 30, tzinfo=UTC)
    assert (document.outlet, document.language) == ("The Example", "en")
    assert (document.locator, document.url) == (URL, "https://www.example.com/news/tanks")


@pytest.mark.parametrize(
    ("codec", "header", "meta"),
    [
        ("utf-8", "text/html", "utf-8"),
        ("utf-8", "text/html; charset=iso-8859-1", "iso-8859-1"),
        ("cp1250", "text/html; charset=windows-1250", "utf-8"),
        ("cp1250", "text/html", "windows-1250"),
        ("utf-16", "text/html", "utf-8"),
        ("utf-8-sig", "", "windows-1251"),
    ],
)
def test_the_encoding_comes_from_mark_header_or_meta(codec: str, header: str, meta: str) -> None:
    data = ARTICLE.replace('charset="utf-8"', f'charset="{meta}"').encode(codec)
    assert read_page(data, url=URL, content_type=header).body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("stated", "url", "expected"),
    [
        ("https://example.com/a", "https://www.example.com/b", "https://example.com/a"),
        ("https://www.example.com/a", "https://amp.example.com/b", "https://www.example.com/a"),
        ("https://news.example.com/a", "https://example.com/b", "https://news.example.com/a"),
        ("https://other.example/a", "https://example.com/b", "https://example.com/b"),
        ("https://notexample.com/a", "https://example.com/b", "https://example.com/b"),
        ("javascript:alert(1)", "https://example.com/b", "https://example.com/b"),
        ("http://[", "https://example.com/b", "https://example.com/b"),
        ("https://example.com/a", "", "https://example.com/a"),
    ],
)
def test_a_page_may_name_its_own_address_but_nobody_elses(stated: str, url: str, expected: str) -> None:
    data = ARTICLE.replace("https://www.example.com/news/tanks", stated).encode()
    assert read_page(data, url=url, locator="file.html").url == expected


def test_a_date_is_never_guessed_from_the_text() -> None:
    undated = ARTICLE.replace("2023-01-04T10:30:00+01:00", "").replace("on Friday", "on 31 May 2013, 2013-05-31")
    assert read_page(undated.encode(), url=URL).published is None


def test_a_page_that_gives_a_day_only_is_of_midnight() -> None:
    data = ARTICLE.replace("2023-01-04T10:30:00+01:00", "2023-01-04").encode()
    assert read_page(data, url=URL).published == datetime(2023, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "content_type", "reason"),
    [
        (ARTICLE.encode(), "application/pdf", Reason.UNSUPPORTED_TYPE),
        (ARTICLE.encode(), "image/png; x", Reason.UNSUPPORTED_TYPE),
        (b"%PDF-1.4 ...", "text/html", Reason.BINARY),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "", Reason.BINARY),
        (b"", "text/html", Reason.EMPTY),
        (b" \n ", "text/html", Reason.EMPTY),
        (b"<html><body></body></html>", "text/html", Reason.EMPTY),
        (b"<html><head><title>Only a title</title></head><body><script>1</script></body></html>", "", Reason.EMPTY),
        (b"<!-- nothing -->", "", Reason.EMPTY),
        (b"<html>" + b"<div>" * 20_000 + FIRST.encode(), "", Reason.TOO_LARGE),
        (b"<html><p>" + b"<b>a</b> " * 20_000, "", Reason.TOO_LARGE),
        (b"<" * 100_000, "", Reason.TOO_LARGE),
        (b"<p>" + b"word " * 500_000, "", Reason.TOO_LARGE),
        (b"<p>" + b"word " * 10_000_000, "", Reason.TOO_LARGE),
    ],
    ids=lambda value: value[:20] if isinstance(value, bytes) else None,
)
def test_what_is_no_article_is_an_error_with_its_reason(data: bytes, content_type: str, reason: Reason) -> None:
    with pytest.raises(FetchError) as caught:
        read_page(data, url=URL, content_type=content_type)
    assert caught.value.reason is reason
    assert URL in caught.value.message


def test_a_page_is_fetched_and_read_at_one_go(site: Site, policy: FetchPolicy) -> None:
    site.reply("/article", ARTICLE.encode("cp1250"), Content_Type="text/html; charset=windows-1250")
    document = fetch_page(site.reply("/short", status=302, Location="/article"), policy)
    assert document.body == f"{FIRST}\n\n{SECOND}"
    assert document.url == document.locator == site.url("/article")


def test_a_response_of_another_type_is_no_page() -> None:
    with pytest.raises(FetchError) as caught:
        read_response(Response(URL, 200, b"{}", "application/json"))
    assert caught.value.reason is Reason.UNSUPPORTED_TYPE


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div",
        ">",
        "<b>",
        "</",
        "<article>",
        "<h1>",
        "<table><tr><td>",
        "<li>",
        "<script>",
        "<!--",
        "-->",
        "<title>",
        "<meta property='article:published_time' content='",
        "'>",
        "2013-13-41",
        "<link rel=canonical href='http://[",
        "&#0;",
        "&#xD800;",
        "<html lang='\x00'>",
        "<![CDATA[",
        "<?xml version='1.0' encoding='utf-7'?>",
        FIRST,
        "\r\n",
        "<base href='//['>",
        "<script type='application/ld+json'>{\"@type\":[[{",
        "</script>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode())))
def test_any_bytes_are_a_document_or_a_fetch_error(data: bytes) -> None:
    try:
        document = read_page(data, url=URL)
    except FetchError as error:
        assert error.message
    else:
        assert document.body.strip()
        assert "\0" not in document.title + document.body
        assert len(document.body) <= page.MAX_PAGE
        document.content.encode()
