from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.fetch.errors import FetchError, Reason
from reports.fetch.feed import MAX_FEED, MAX_ITEMS, FeedItem, read_feed

URL = "https://example.com/feeds/world.xml"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>World &amp; news</title><language>en-gb</language>
<item><title>Poland &lt;b&gt;orders&lt;/b&gt; tanks</title>
<link>/news/1?a=1&amp;b=2</link><guid isPermaLink="false">n1</guid>
<pubDate>Fri, 31 May 2013 10:00:00 +0200</pubDate>
<description><![CDATA[<p>It has <a href="/x">signed</a>.</p>]]></description></item>
<item><title>Second</title><guid>https://example.com/news/2</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.com/blog/"><title>Blog</title><id>b</id>
<entry><title>First</title><link href="1"/><id>tag:1</id>
<updated>2013-05-31T08:00:00Z</updated><summary>Words</summary></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old</title></channel>
<item rdf:about="https://example.com/1"><title>First</title><link>https://example.com/1</link><dc:date>2013-05-31</dc:date></item>
</rdf:RDF>"""
MOMENT = datetime(2013, 5, 31, 8, tzinfo=UTC)


def test_an_rss_feed_is_read() -> None:
    feed = read_feed(RSS.encode(), url=URL)
    assert (feed.title, feed.language, feed.problem) == ("World & news", "en-gb", "")
    assert feed.items == (
        FeedItem("Poland orders tanks", "https://example.com/news/1?a=1&b=2", MOMENT, "It has signed.", "n1"),
        FeedItem("Second", "https://example.com/news/2", None, "", "https://example.com/news/2"),
    )


def test_an_atom_feed_is_read() -> None:
    (item,) = read_feed(ATOM.encode(), url=URL).items
    assert item == FeedItem("First", "https://example.com/blog/1", MOMENT, "Words", "tag:1")


def test_an_rdf_feed_is_read() -> None:
    (item,) = read_feed(RDF.encode(), url=URL).items
    assert (item.url, item.published) == ("https://example.com/1", datetime(2013, 5, 31, tzinfo=UTC))


@pytest.mark.parametrize(
    "content_type", ["", "text/html", "text/plain; charset=iso-8859-1", "application/octet-stream"]
)
def test_a_feed_under_a_wrong_type_is_read_without_complaint(content_type: str) -> None:
    feed = read_feed(RSS.encode(), url=URL, content_type=content_type)
    assert (len(feed.items), feed.problem) == (2, "")


@pytest.mark.parametrize(
    ("codec", "declared"),
    [("utf-8", "utf-8"), ("cp1251", "windows-1251"), ("utf-16", "utf-16"), ("utf-8-sig", "utf-8")],
)
def test_a_feed_is_read_in_its_encoding(codec: str, declared: str) -> None:
    data = (
        RSS.replace('version="1.0"', f'version="1.0" encoding="{declared}"').replace("Second", "Вторая").encode(codec)
    )
    assert read_feed(data, url=URL).items[1].title == "Вторая"


def test_what_can_be_read_of_a_broken_feed_is_read_and_the_rest_is_told() -> None:
    feed = read_feed(RSS.replace("</channel></rss>", "<item><title>Third & last").encode(), url=URL)
    assert len(feed.items) >= 2
    assert feed.problem.startswith("not well formed")
    assert "\n" not in feed.problem


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "http://[", "mailto:a@b.c"])
def test_an_item_without_an_address_is_left_out_and_told(link: str) -> None:
    feed = read_feed(RSS.replace("https://example.com/news/2", link).encode(), url=URL)
    assert (len(feed.items), feed.problem) == (1, "1 of its items have no address")


def test_an_address_is_told_once_and_too_many_items_are_cut() -> None:
    items = "".join(f"<item><title>n</title><link>https://example.com/{n // 2}</link></item>" for n in range(1200))
    feed = read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), url=URL)
    assert [item.url for item in feed.items] == [f"https://example.com/{n}" for n in range(MAX_ITEMS // 2)]
    assert "1,200 items" in feed.problem


@pytest.mark.parametrize("date", ["nonsense", "31/05/2013 99:99", "99999-01-01", "-1", "Fri, 99 May 2013 10:00:00"])
def test_a_date_that_is_none_costs_the_date_alone(date: str) -> None:
    feed = read_feed(RSS.replace("Fri, 31 May 2013 10:00:00 +0200", date).encode(), url=URL)
    assert len(feed.items) == 2
    assert feed.items[0].title == "Poland orders tanks"


def test_entities_do_not_unfold_into_a_bomb_or_a_file() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE r [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{levels}]>'
    data = RSS.replace("<rss", bomb + "<rss").replace("Second", "&a9;&f;").encode()
    feed = read_feed(data, url=URL)
    assert all(len(item.title) < 1000 and "root:" not in item.title for item in feed.items)


@pytest.mark.parametrize(
    ("data", "content_type", "reason", "words"),
    [
        (b"", "", Reason.EMPTY, "is empty"),
        (b" \n", "", Reason.EMPTY, "is empty"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "text/html", Reason.MALFORMED, "is a web page"),
        (b"<html><body>Hello</body></html>", "", Reason.MALFORMED, "is a web page"),
        (b"{}", "application/json", Reason.MALFORMED, "is not a feed"),
        (b"/etc/passwd", "", Reason.MALFORMED, "is not a feed"),
        (b"http://127.0.0.1/", "", Reason.MALFORMED, "is not a feed"),
        (bytes(range(256)) * 10, "", Reason.MALFORMED, "is not a feed"),
        (b"x" * (MAX_FEED + 1), "", Reason.TOO_LARGE, "more than"),
        (b"<rss version='2.0'><channel><item>" + b"<div>" * 200_000, "", Reason.TOO_LARGE, "more than"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_feed_is_an_error(data: bytes, content_type: str, reason: Reason, words: str) -> None:
    with pytest.raises(FetchError) as caught:
        read_feed(data, url=URL, content_type=content_type)
    assert caught.value.reason is reason
    assert words in caught.value.message


PIECES = st.sampled_from(
    [
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "http://[",
        "https://x.y/z",
        "</link>",
        "<guid>",
        "<pubDate>",
        "2013-99-99",
        "Fri, 31 May 99999",
        "<![CDATA[",
        "]]>",
        "&#0;",
        "&x;",
        "<!DOCTYPE a [",
        "<description>",
        "<a href='http://[:'>",
        "xml:base='http://['",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "<link href='//['/>",
        "\x00",
        "<content type='application/octet-stream'>",
        "====",
        "<georss:point>",
        "1 2 x",
        "<enclosure length='x'/>",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode())))
def test_any_bytes_are_a_feed_or_a_fetch_error(data: bytes) -> None:
    try:
        feed = read_feed(data, url=URL)
    except FetchError as error:
        assert error.message
    else:
        assert len(feed.items) <= MAX_ITEMS
        for item in feed.items:
            assert item.url.startswith(("http://", "https://"))
            (item.title + item.url + item.summary + item.guid).encode()
