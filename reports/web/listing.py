"""What every list page does: filter, page, and name the filters that are on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: its field, its value as given, and how it reads."""

    field: str
    given: str
    label: str
    shown: str


def list_page(
    request: HttpRequest,
    template: str,
    filters: type[django_filters.FilterSet],
    rows: QuerySet[Any],
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page of `rows` under the filters of the query; a value that means nothing gives its error, as a 400."""
    if any(word == "" for words in request.GET.lists() for word in words[1]):
        return redirect(f"{request.path}?{said(request.GET)}")  # so that the address is worth keeping
    filterset = filters(request.GET, queryset=rows, request=request)
    valid = filterset.is_valid()
    page = Paginator(filterset.qs if valid else rows.none(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": filterset,
        "form": filterset.form,
        "page": page,
        "rows": page.object_list,
        "chips": chips(filterset),
    }
    context["pages"] = page_numbers(page)
    return render(request, template, context | (extra or {}), status=200 if valid else 400)


def said(query: QueryDict) -> str:
    """The query without the parameters that a form leaves empty."""
    return urlencode([(name, word) for name, words in query.lists() for word in words if word])


def chips(filterset: django_filters.FilterSet) -> Sequence[Chip]:
    """The filters that are on, one a value."""
    found: list[Chip] = []
    for name, field in filterset.form.fields.items():
        words = dict(getattr(field, "choices", ()) or ())
        given = [word for word in filterset.form.data.getlist(name) if word and name != "sort"]
        found.extend(Chip(name, word, str(field.label), str(words.get(word, word))) for word in given)
    return found


def page_numbers(page: Page[Any]) -> Sequence[int | str]:
    """Page numbers to link to, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
