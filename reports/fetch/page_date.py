"""The date of publication that a page states of itself.

htmldate, given a whole page without a stated date, takes one from the prose; but in an article on arms that is the
date of an order or a delivery. So it is given only the parts of the page that are about the page.
"""

import copy
import re
from datetime import datetime

import lxml.html
from htmldate import find_date

from reports.fetch.dates import parse_date

_ABOUT_DATES = re.compile(r"date|time|publi|posted|created|issued|byline", re.IGNORECASE)
_ABOUT_CHANGES = re.compile(r"modif|update|revis|expir", re.IGNORECASE)
_NAMING = ("name", "property", "itemprop", "class", "id", "http-equiv")
# A date line is short and simple; what is more is a container of prose that has "date" in its name.
_MAX_LINE = 100
_MAX_PARTS = 10


def stated_date(tree: lxml.html.HtmlElement, url: str) -> datetime | None:
    """When the page was published, by its metadata, a `time` element, a date line or its URL; midnight for a day."""
    page = lxml.html.document_fromstring("<html><head></head><body></body></html>")
    head, body = page
    for element in tree.iter("meta", "script", "time", "abbr", "span", "div", "p", "li"):
        if not _says_when(element):
            continue
        # A copy without what follows the element.
        part = copy.deepcopy(element)
        part.tail = None
        (head if element.tag in ("meta", "script") else body).append(part)
    try:
        found = find_date(
            page,
            extensive_search=False,
            original_date=True,
            outputformat="%Y-%m-%dT%H:%M:%S%z",
            url=url or None,
        )
        return parse_date(found or "")
    except Exception:  # a page that trips the search up has no date that could be trusted
        return None


def _says_when(element: lxml.html.HtmlElement) -> bool:
    if element.tag == "script":
        return element.get("type") == "application/ld+json"
    named = " ".join(str(element.get(name) or "") for name in _NAMING)
    if _ABOUT_CHANGES.search(named) or not (element.tag == "time" or _ABOUT_DATES.search(named)):
        return False
    return element.tag == "meta" or _is_line(element)


def _is_line(element: lxml.html.HtmlElement) -> bool:
    """Whether the element holds no more than a date line; looks no further than it must to say no."""
    length = 0
    for number, part in enumerate(element.iter(), start=1):
        tail = "" if part is element else part.tail or ""
        length += len((part.text or "").strip()) + len(tail.strip())
        if number > _MAX_PARTS or length > _MAX_LINE:
            return False
    return True
