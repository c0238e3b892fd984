"""A web page to a document: the article alone, as paragraphs, with what the page says of itself."""

import re
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html
from trafilatura import bare_extraction

from reports.fetch.client import Response, charset, get, media_type
from reports.fetch.document import make_document
from reports.fetch.encoding import declared_in, decode
from reports.fetch.errors import FetchError, Reason
from reports.fetch.page_date import stated_date
from reports.fetch.policy import MEGABYTE, FetchPolicy
from reports.records import Document

PAGE_TYPES = ("text/html", "application/xhtml+xml")
# Servers that do not know what a page is call it one of these.
_VAGUE_TYPES = ("", "text/plain", "application/octet-stream", "application/xml", "text/xml")

MAX_PAGE = 5 * MEGABYTE
# Counted as "<", so some two an element: ten times what a heavy news page has.
MAX_TAGS = 60_000
# libxml2 gives up at 256 levels, and what it then returns is no longer the page.
MAX_DEPTH = 250
# Extraction takes time by the square of this: seconds at this number, minutes at ten times it.
MAX_SIBLINGS = 3_000
# Characters of text outside scripts and styles: a long book. Each level of nesting goes through them again.
MAX_TEXT = 1_000_000

_TITLE_TAIL = re.compile(r"\s+[|\N{EN DASH}\N{EM DASH}\N{BULLET}\N{MIDDLE DOT}:-]\s+")


def fetch_page(url: str, policy: FetchPolicy) -> Document:
    """The article at `url`. Raises FetchError."""
    return read_response(get(url, policy, types=PAGE_TYPES))


def read_response(response: Response) -> Document:
    """The article in a response that `client.get` brought. Raises FetchError."""
    return read_page(response.body, url=response.url, content_type=response.content_type)


def read_page(data: bytes, *, url: str = "", content_type: str = "", locator: str = "") -> Document:
    """The article in an HTML page; `locator` says where the page is from when there is no `url`.

    `published` has midnight UTC as its time where the page gives a day only.

    Raises FetchError: unsupported_type, too_large, binary, bad_encoding, malformed, empty.
    """
    where = locator or url or "the page"
    kind = media_type(content_type)
    if kind not in PAGE_TYPES and kind not in _VAGUE_TYPES:
        raise FetchError(Reason.UNSUPPORTED_TYPE, f"{where} is {kind}, not a web page")
    if len(data) > MAX_PAGE:
        raise FetchError(Reason.TOO_LARGE, f"{where} has {len(data):,} bytes, more than {MAX_PAGE:,}")
    if not data.strip():
        raise FetchError(Reason.EMPTY, f"{where} is empty")
    try:
        html = decode(data, charset(content_type) or declared_in(data))
    except FetchError as error:
        raise error.about(where) from error
    tree = _parsed(html, where)
    language, published = _language(tree), stated_date(tree, url)
    try:
        article = bare_extraction(
            tree,
            url=url or None,
            fast=True,  # as good on news as the slow way, and bounded
            with_metadata=True,
            include_comments=False,
            include_formatting=False,
            date_extraction_params={"extensive_search": False},
        )
    except Exception as error:  # whatever a hostile page provokes in the extractor, the caller hears one thing
        raise FetchError(Reason.MALFORMED, f"{where} cannot be taken apart: {type(error).__name__}") from error
    if article is None or isinstance(article, dict) or not (article.text or "").strip():
        raise FetchError(Reason.EMPTY, f"{where} has no article in it")
    outlet = _line(article.sitename)
    title = _title(_line(article.title), outlet)
    return make_document(
        title,
        _body(article.text or "", title),
        locator=locator or url,
        url=_canonical_url(_line(article.url), url),
        published=published,
        outlet=outlet,
        language=language,
    )


def _parsed(html: str, where: str) -> lxml.html.HtmlElement:
    """The tree of a page that is not built to choke its reader."""
    if (tags := html.count("<")) > MAX_TAGS:
        raise FetchError(Reason.TOO_LARGE, f"{where} has {tags:,} tags, more than {MAX_TAGS:,}")
    # Given bytes and told their encoding, libxml2 minds no declaration in the page, which may be wrong.
    parser = lxml.html.HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace").replace(b"\0", b" "), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise FetchError(Reason.EMPTY, f"{where} has no article in it") from error
    depth = length = 0
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise FetchError(Reason.TOO_LARGE, f"{where} is nested more than {MAX_DEPTH} levels deep")
        if event == "start" and len(element) > MAX_SIBLINGS:
            raise FetchError(Reason.TOO_LARGE, f"{where} has more than {MAX_SIBLINGS:,} elements side by side")
        if event == "end":
            length += len(element.tail or "") + (0 if element.tag in ("script", "style") else len(element.text or ""))
    if length > MAX_TEXT:
        raise FetchError(Reason.TOO_LARGE, f"{where} has {length:,} characters of text, more than {MAX_TEXT:,}")
    return tree


def _language(tree: lxml.html.HtmlElement) -> str:
    """The language that the page says it is in, as BCP 47 without its region (`en`), or nothing."""
    stated = str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    primary = re.split(r"[-_]", stated.strip().lower())[0]
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else ""


def _title(title: str, outlet: str) -> str:
    """The headline without the outlet's name behind it, which would make copies of one text look different."""
    parts = _TITLE_TAIL.split(title)
    if outlet and len(parts) > 1 and parts[-1].casefold() == outlet.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |\N{EN DASH}\N{EM DASH}\N{BULLET}\N{MIDDLE DOT}:-")
    return title


def _body(text: str, title: str) -> str:
    """One paragraph a block, a blank line between; the headline, where it is repeated on top, left out."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if len(paragraphs) > 1 and paragraphs[0].casefold() == title.casefold():
        del paragraphs[0]
    return "\n\n".join(paragraphs)


def _canonical_url(stated: str, url: str) -> str:
    """The address that the page gives itself, unless it is on somebody else's host: a page cannot speak for another."""
    try:
        stated = urljoin(url, stated)
        claimed, actual = urlsplit(stated), urlsplit(url)
        if claimed.scheme not in ("http", "https") or not claimed.hostname:
            return url
        if not actual.hostname:
            return stated
    except ValueError:
        return url
    names = sorted((claimed.hostname, actual.hostname), key=len)
    same = names[0] == names[1] or names[1].endswith(f".{_bare(names[0])}") or _bare(names[0]) == _bare(names[1])
    return stated if same else url


def _bare(host: str) -> str:
    return re.sub(r"^(www|m|amp|mobile|edition)\.", "", host)


def _line(value: str | None) -> str:
    return " ".join((value or "").split())
