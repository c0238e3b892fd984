"""The endpoints: read-only, over the selectors and filters that the pages use too."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from rest_framework import status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from reports.api.pagination import Pages
from reports.api.serializers import (
    ArticleSerializer,
    DealSerializer,
    PartySerializer,
    SpeakerSerializer,
    StatementSerializer,
    WeaponSerializer,
    article_detail,
    deal_detail,
)
from reports.filters import ArticleFilter, DealFilter, PartyFilter, StatementFilter, WeaponFilter
from reports.models import Article, Deal, Party, Speaker, Statement, Weapon
from reports.selectors import articles as article_reads
from reports.selectors import deals as deal_reads
from reports.selectors import parties as party_reads
from reports.selectors import statements as statement_reads
from reports.selectors import weapons as weapon_reads


class DealViewSet(viewsets.ReadOnlyModelViewSet[Deal]):
    """Deals. An id that was merged leads to the deal that took it in; a split one answers 410 with its successors."""

    serializer_class = DealSerializer
    filterset_class = DealFilter
    pagination_class = Pages
    lookup_field = "public_id"

    def get_queryset(self) -> QuerySet[Deal]:
        return deal_reads.deals()

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = deal_reads.whereabouts(kwargs["public_id"])
        match found:
            case None:
                raise Http404
            case str():
                place = reverse("api:deal-detail", args=[found], request=request)
                return Response({"moved_to": place}, status.HTTP_301_MOVED_PERMANENTLY, headers={"Location": place})
            case deal_reads.Gone():
                successors = [reverse("api:deal-detail", args=[key], request=request) for key in found.successors]
                return Response({"detail": "This deal is gone.", "successors": successors}, status.HTTP_410_GONE)
        return Response(deal_detail(deal_reads.deal_view(found), self.get_serializer_context()))


class PartyViewSet(viewsets.ReadOnlyModelViewSet[Party]):
    """States, non-state groups and international bodies, with the number of their deals."""

    serializer_class = PartySerializer
    filterset_class = PartyFilter
    pagination_class = Pages
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Party]:
        return party_reads.parties()


class SupplierViewSet(PartyViewSet):
    """Parties that supply in at least one deal, the busiest first."""

    def get_queryset(self) -> QuerySet[Party]:
        return party_reads.suppliers()


class RecipientViewSet(PartyViewSet):
    """Parties that receive in at least one deal, the busiest first."""

    def get_queryset(self) -> QuerySet[Party]:
        return party_reads.recipients()


class WeaponViewSet(viewsets.ReadOnlyModelViewSet[Weapon]):
    """The catalogue's weapons, with the number of deals that name each."""

    serializer_class = WeaponSerializer
    filterset_class = WeaponFilter
    pagination_class = Pages
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Weapon]:
        return weapon_reads.weapons().order_by("-deals_count", "designation")


class StatementViewSet(viewsets.ReadOnlyModelViewSet[Statement]):
    """Who said what about a transfer."""

    serializer_class = StatementSerializer
    filterset_class = StatementFilter
    pagination_class = Pages
    lookup_field = "public_id"

    def get_queryset(self) -> QuerySet[Statement]:
        return statement_reads.statements()


class SpeakerViewSet(viewsets.ReadOnlyModelViewSet[Speaker]):
    """Speakers, the most quoted first."""

    serializer_class = SpeakerSerializer
    pagination_class = Pages
    lookup_field = "public_id"

    def get_queryset(self) -> QuerySet[Speaker]:
        return statement_reads.speakers()


class ArticleViewSet(viewsets.ReadOnlyModelViewSet[Article]):
    """Articles. The full text is shown to signed-in analysts, and to all where the site's owner allows it."""

    serializer_class = ArticleSerializer
    filterset_class = ArticleFilter
    pagination_class = Pages
    lookup_field = "public_id"

    def get_queryset(self) -> QuerySet[Article]:
        return article_reads.articles()

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        full = settings.FULL_TEXT_PUBLIC or request.user.is_authenticated
        view = article_reads.article_view(self.get_object(), full_text=full)
        return Response(article_detail(view, self.get_serializer_context()))
