"""The pages. Each reads through a selector and renders a template; none writes, but for one button of an admin."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import user_passes_test
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe
from redis.exceptions import RedisError

from reports.filters import ArticleFilter, DealFilter, PartyFilter, StatementFilter, WeaponFilter
from reports.models import Party, Speaker, Weapon
from reports.selectors import articles as article_reads
from reports.selectors import deals as deal_reads
from reports.selectors import overview as overview_reads
from reports.selectors import parties as party_reads
from reports.selectors import statements as statement_reads
from reports.selectors import weapons as weapon_reads
from reports.services.sample import remove_sample
from reports.web.charts import tier_charts
from reports.web.listing import list_page

DEAL_SORTS = [
    ("", "newest report"),
    ("reported", "oldest report"),
    ("supplier", "supplier"),
    ("recipient", "recipient"),
    ("weapon", "weapon"),
    ("-quantity", "largest quantity"),
    ("-articles", "most articles"),
    ("-confidence", "most confident"),
]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    read = overview_reads.overview()
    return render(request, "overview.html", {"overview": read, "tier_charts": tier_charts(read.tiers)})


@require_safe
def deal_list(request: HttpRequest) -> HttpResponse:
    extra = {
        "suppliers": party_reads.suppliers(),
        "recipients": party_reads.recipients(),
        "weapons": weapon_reads.reported_weapons()[:300],
        "sorts": DEAL_SORTS,
    }
    return list_page(request, "deals/list.html", DealFilter, deal_reads.deals(), extra)


@require_safe
def deal(request: HttpRequest, public_id: str) -> HttpResponse:
    found = deal_reads.whereabouts(public_id)
    match found:
        case None:
            raise Http404
        case str():
            return redirect("web:deal", found, permanent=True)
        case deal_reads.Gone():
            return render(request, "deals/gone.html", {"gone": found}, status=410)
    return render(request, "deals/detail.html", {"view": deal_reads.deal_view(found), "deal": found})


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    return list_page(request, "articles/list.html", ArticleFilter, article_reads.articles())


@require_safe
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(article_reads.articles(), public_id=public_id)
    full = settings.FULL_TEXT_PUBLIC or request.user.is_authenticated
    view = article_reads.article_view(found, full_text=full)
    return render(request, "articles/detail.html", {"view": view, "article": found})


@require_safe
def party_list(request: HttpRequest) -> HttpResponse:
    rows = party_reads.parties().order_by("-supplied_count", "-received_count", "name")
    return list_page(request, "parties/list.html", PartyFilter, rows)


@require_safe
def party(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Party, code=code)
    return render(request, "parties/detail.html", {"view": party_reads.party_view(found), "party": found})


@require_safe
def weapon_list(request: HttpRequest) -> HttpResponse:
    rows = weapon_reads.weapons().order_by("-deals_count", "designation")
    return list_page(request, "weapons/list.html", WeaponFilter, rows)


@require_safe
def weapon(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Weapon.objects.select_related("family", "parent"), slug=slug)
    return render(request, "weapons/detail.html", {"view": weapon_reads.weapon_view(found), "weapon": found})


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    return list_page(request, "statements/list.html", StatementFilter, statement_reads.statements())


@require_safe
def speaker(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Speaker.objects.select_related("party"), public_id=public_id)
    rows = statement_reads.statements().filter(speaker=found)
    return list_page(request, "statements/speaker.html", StatementFilter, rows, {"speaker": found})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {"coverage": overview_reads.coverage()})


@require_POST
@user_passes_test(lambda user: user.is_superuser)
def sample_remove(request: HttpRequest) -> HttpResponse:
    """The button that takes the sample corpus out."""
    removed = remove_sample()
    messages.success(request, f"The sample corpus is gone: {removed} articles were taken out.")
    return redirect("web:overview")


@require_GET
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 where database and Redis answer, else 503 with what does not."""
    state = {"database": "ok", "redis": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        state["database"] = type(error).__name__
    try:
        cache.get("healthz")
    except (RedisError, OSError) as error:
        state["redis"] = type(error).__name__
    return JsonResponse(state, status=200 if set(state.values()) == {"ok"} else 503)
