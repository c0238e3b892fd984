from datetime import UTC, datetime

import lxml.html
import pytest

from reports.fetch.page_date import stated_date

DAY = datetime(2013, 5, 31, tzinfo=UTC)
MORNING = datetime(2013, 5, 31, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("html", "url", "moment"),
    [
        ('<meta property="article:published_time" content="2013-05-31T10:30:00+02:00">', "", MORNING),
        ('<meta name="date" content="2013-05-31">', "", DAY),
        ('<meta name="DC.date.issued" content="2013-05-31">', "", DAY),
        ('<meta itemprop="datePublished" content="2013-05-31">', "", DAY),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2013-05-31"}</script>',
            "",
            DAY,
        ),
        ('<body><time datetime="2013-05-31">Friday</time><p>Text.</p>', "", DAY),
        ('<body><span class="dateline">31 May 2013</span><p>Text.</p>', "", DAY),
        ("<body><p>Text.</p>", "https://example.com/2013/05/31/tanks", DAY),
        # What is about something else than the page is no date of the page.
        ("<body><p>The contract was signed on 31 May 2013.</p><p>2013-05-31</p>", "", None),
        ("<body><div class='date-wide'>" + "The contract of 2013-05-31 is long. " * 5 + "</div>", "", None),
        ('<meta property="og:image" content="https://example.com/2013/05/31/tank.jpg">', "", None),
        ('<meta property="article:modified_time" content="2013-05-31">', "", None),
        ("<script>var date = '2013-05-31';</script><body><p>Text.</p>", "", None),
        ("<footer>Copyright 2013</footer>", "", None),
        ('<meta name="date" content="soon">', "", None),
        ('<meta name="date" content="2013-13-41">', "", None),
        ("", "", None),
    ],
)
def test_a_date_is_taken_from_what_the_page_says_of_itself(html: str, url: str, moment: datetime | None) -> None:
    assert stated_date(lxml.html.document_fromstring(f"<html>{html}</html>"), url) == moment
