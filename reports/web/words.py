"""The wording as template filters and tags, built into every template."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context

from reports.models import Statement
from reports.web import wording

register = template.Library()

register.filter("quantity", wording.quantity)
register.filter("value", wording.value)
register.filter("status_words", wording.status)
register.filter("tier_sign", wording.tier_sign)
register.filter("plain", wording.plain)
register.filter("missing_words", wording.missing)
register.filter("certainty", wording.certainty)
register.filter("deal_sentence", wording.deal_sentence)


@register.filter
def ordered_words(deal: Any) -> str:
    """When a deal was ordered, in the precision that was reported."""
    return wording.period(deal.ordered_start, deal.ordered_end, deal.ordered_precision)


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    """A value of a mapping, or None."""
    return mapping.get(key)


@register.simple_tag
def spanned(statement: Statement) -> str:
    """The sentence of a statement, cut from its text."""
    return statement.text.content[statement.start : statement.end]


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """The address of this page with some parameters of the query changed, or dropped where the new value is empty."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for key, new in changes.items():
        query.pop(key, None)
        if new not in (None, ""):
            query[key] = str(new)
    return "?" + query.urlencode() if query else "?"


@register.simple_tag(takes_context=True)
def without(context: Context, key: str, word: str) -> str:
    """The address of this page with one value of one filter taken away."""
    request: HttpRequest = context["request"]
    pairs = [
        (name, given)
        for name, values in request.GET.lists()
        for given in values
        if (name, given) != (key, word) and name != "page"
    ]
    return "?" + urlencode(pairs)
