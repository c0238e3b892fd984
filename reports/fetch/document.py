"""How a title and a body become a document: cleaned once, here, whatever they came from."""

from datetime import datetime

from reports.fetch.errors import FetchError, Reason, one_line
from reports.records import Document, canonical

_MAX_TITLE = 500


def make_document(
    title: str,
    body: str,
    *,
    locator: str,
    url: str = "",
    published: datetime | None = None,
    outlet: str = "",
    language: str = "",
) -> Document:
    """A document whose title and body are in the clean form of `records.canonical`, each part fit to be stored.

    Raises FetchError: empty.
    """
    # Either half alone is cleaned as the whole is: no NUL, no lone surrogate, one kind of line end.
    title, body = canonical(title, ""), canonical("", body)
    if len(title) > _MAX_TITLE:
        title, body = "", f"{title}\n\n{body}"  # a paragraph, no headline
    if not body.strip():
        raise FetchError(Reason.EMPTY, f"{locator} has no text")
    return Document(
        title=title,
        body=body,
        locator=locator,
        url=url,
        published=published,
        outlet=one_line(outlet, 200),
        language=one_line(language, 35),
    )
