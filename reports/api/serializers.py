"""What the API says of each thing. Numbers stay numbers; words come from `reports/choices.py`."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from reports.models import Article, Deal, Party, Speaker, Statement, Weapon
from reports.selectors.articles import ArticleView
from reports.selectors.deals import Contradiction, DealView, Evidence


def party_ref(party: Party | None) -> dict[str, str] | None:
    """A party as every answer names it."""
    return {"code": party.code, "name": party.name} if party else None


def quantity(row: Any) -> dict[str, Any] | None:
    """The quantity of a deal or claim; None where none is reported."""
    if row.quantity_min is None and row.quantity_max is None and not row.quantity_text:
        return None
    return {
        "min": row.quantity_min,
        "max": row.quantity_max,
        "approximate": row.quantity_approximate,
        "unit": row.quantity_unit,
        "text": row.quantity_text,
    }


def value(row: Any) -> dict[str, Any] | None:
    """The value of a deal or claim as reported; None where none is."""
    if row.value_amount is None:
        return None
    return {
        "amount": float(row.value_amount),
        "currency": row.value_currency,
        "scope": row.value_scope,
        "basis": row.value_basis,
    }


class DealSerializer(serializers.ModelSerializer[Deal]):
    """A deal as lists show it."""

    id = serializers.CharField(source="public_id")
    url = serializers.SerializerMethodField()
    supplier = serializers.SerializerMethodField()
    recipient = serializers.SerializerMethodField()
    weapon = serializers.SerializerMethodField()
    quantity = serializers.SerializerMethodField()
    value = serializers.SerializerMethodField(method_name="get_worth")
    ordered = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    sample = serializers.BooleanField(source="is_sample")

    class Meta:
        model = Deal
        fields = (
            "id",
            "url",
            "supplier",
            "supplier_missing",
            "recipient",
            "recipient_missing",
            "weapon",
            "quantity",
            "value",
            "status",
            "stage",
            "halt",
            "tier",
            "mode",
            "condition",
            "ordered",
            "disputed",
            "review",
            "confidence",
            "counts",
            "first_reported",
            "last_reported",
            "sample",
        )

    def get_url(self, deal: Deal) -> str:
        return reverse("api:deal-detail", args=[deal.public_id], request=self.context.get("request"))

    def get_supplier(self, deal: Deal) -> dict[str, str] | None:
        return party_ref(deal.supplier)

    def get_recipient(self, deal: Deal) -> dict[str, str] | None:
        return party_ref(deal.recipient)

    def get_weapon(self, deal: Deal) -> dict[str, Any]:
        return {
            "designation": deal.weapon.designation if deal.weapon else None,
            "family": deal.family.designation if deal.family else None,
            "category": deal.category,
            "text": deal.weapon_text,
        }

    def get_quantity(self, deal: Deal) -> dict[str, Any] | None:
        return quantity(deal)

    def get_worth(self, deal: Deal) -> dict[str, Any] | None:
        return value(deal)

    def get_ordered(self, deal: Deal) -> dict[str, Any] | None:
        if deal.ordered_start is None:
            return None
        return {
            "start": deal.ordered_start,
            "end": deal.ordered_end,
            "precision": deal.ordered_precision,
            "basis": deal.ordered_basis,
        }

    def get_counts(self, deal: Deal) -> dict[str, int]:
        return {"articles": deal.articles_count, "texts": deal.texts_count, "origins": deal.origins_count}


def evidence_dict(item: Evidence) -> dict[str, Any]:
    """A sentence with the article to cite for it and what was read from it."""
    claim = item.claim
    return {
        "start": item.start,
        "end": item.end,
        "text": item.sentence,
        "article": item.article.public_id if item.article else None,
        "source": item.article.source.name if item.article else None,
        "published": item.published,
        "speaker": claim.statement.speaker.name if claim.statement else None,
        "polarity": claim.polarity,
        "status": claim.status,
        "quantity": quantity(claim),
        "value": value(claim),
        "confidence": claim.confidence,
        "why": claim.why,
    }


def dispute_dict(dispute: Contradiction) -> dict[str, Any]:
    """A dispute with its sides next to each other."""
    return {
        "field": dispute.field,
        "open": dispute.open,
        "why": dispute.why,
        "closed_by": dispute.closed_by or None,
        "sides": [{"value": side.value, "evidence": evidence_dict(side.evidence)} for side in dispute.sides],
    }


def deal_detail(view: DealView, context: Mapping[str, Any]) -> dict[str, Any]:
    """One deal with its evidence, disputes, milestones, deliveries, statements, articles and history."""
    deal = view.deal
    return {
        **DealSerializer(deal, context=dict(context)).data,
        "others": [
            {"role": other.role, **(party_ref(other.party) or {})} for other in deal.others.select_related("party")
        ],
        "chosen": deal.chosen,
        "evidence": [evidence_dict(item) for item in view.evidence],
        "disputes": [dispute_dict(dispute) for dispute in view.disputes],
        "milestones": list(deal.milestones.order_by("reported_on", "id").values("status", "reported_on")),
        "deliveries": list(
            deal.deliveries.values(
                "start", "end", "precision", "bound", "quantity_min", "quantity_max", "quantity_unit", "running_total"
            )
        ),
        "relations": [
            {"kind": relation.kind, "deal": relation.other.public_id, "reason": relation.reason}
            for relation in deal.relations.select_related("other")
        ],
        "statements": [statement_dict(item, item.text.content[item.start : item.end]) for item in view.statements],
        "articles": [ArticleSerializer(article, context=dict(context)).data for article in view.articles],
        "history": [
            {
                "field": change.field,
                "old": change.old,
                "new": change.new,
                "cause": change.cause,
                "published_at": change.published_at,
                "recorded_at": change.recorded_at,
            }
            for change in view.history
        ],
    }


def statement_dict(item: Statement, words: str) -> dict[str, Any]:
    """A statement; `words` is the sentence that it stands in."""
    return {
        "id": item.public_id,
        "speaker": {"id": item.speaker.public_id, "name": item.speaker.name},
        "role": item.role or None,
        "party": party_ref(item.party),
        "stance": item.stance,
        "quote": item.quote,
        "via": item.via or None,
        "start": item.start,
        "end": item.end,
        "text": words,
    }


class StatementSerializer(serializers.ModelSerializer[Statement]):
    """A statement in a list, with its deals and articles."""

    class Meta:
        model = Statement
        fields = ("public_id",)

    def to_representation(self, item: Statement) -> dict[str, Any]:
        articles = list(item.text.articles.all())
        return {
            **statement_dict(item, item.words),  # type: ignore[attr-defined]  # annotated by the selector
            "deals": [deal.public_id for deal in item.deals.all()],
            "articles": [article.public_id for article in articles],
            "sample": any(article.source.is_sample for article in articles),
        }


class PartySerializer(serializers.ModelSerializer[Party]):
    """A party with the number of its deals in each role."""

    url = serializers.SerializerMethodField()
    deals_as_supplier = serializers.IntegerField(source="supplied_count")
    deals_as_recipient = serializers.IntegerField(source="received_count")

    class Meta:
        model = Party
        fields = (
            "code",
            "alpha3",
            "name",
            "official_name",
            "kind",
            "region",
            "country",
            "url",
            "deals_as_supplier",
            "deals_as_recipient",
        )

    def get_url(self, party: Party) -> str:
        return reverse("api:party-detail", args=[party.code], request=self.context.get("request"))


class WeaponSerializer(serializers.ModelSerializer[Weapon]):
    """A weapon of the catalogue with the number of deals that name it."""

    url = serializers.SerializerMethodField()
    family = serializers.CharField(source="family.designation", default=None)
    deals = serializers.IntegerField(source="deals_count")

    class Meta:
        model = Weapon
        fields = ("slug", "designation", "family", "category", "unroca", "description", "url", "deals")

    def get_url(self, weapon: Weapon) -> str:
        return reverse("api:weapon-detail", args=[weapon.slug], request=self.context.get("request"))


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """An article: an appearance of a text. The text itself is in the detail, as far as it may be shown."""

    id = serializers.CharField(source="public_id")
    api_url = serializers.SerializerMethodField()
    source = serializers.SerializerMethodField()  # type: ignore[assignment]  # a declared field, not Field.source
    language = serializers.CharField(source="text.language")
    hash = serializers.CharField(source="text.hash")
    redacted = serializers.SerializerMethodField()
    sample = serializers.BooleanField(source="source.is_sample")

    class Meta:
        model = Article
        fields = (
            "id",
            "api_url",
            "title",
            "url",
            "source",
            "published_at",
            "retrieved_at",
            "revision",
            "superseded",
            "language",
            "hash",
            "redacted",
            "sample",
        )

    def get_api_url(self, article: Article) -> str:
        return reverse("api:article-detail", args=[article.public_id], request=self.context.get("request"))

    def get_source(self, article: Article) -> dict[str, Any]:
        return {"slug": article.source.slug, "name": article.source.name, "reliability": article.source.reliability}

    def get_redacted(self, article: Article) -> bool:
        return article.redacted_at is not None


def article_detail(view: ArticleView, context: Mapping[str, Any]) -> dict[str, Any]:
    """One article with what was read from it; `text` is None where only evidence may be shown."""
    content = view.article.text.content
    return {
        **ArticleSerializer(view.article, context=dict(context)).data,
        "text": content if view.full_text else None,
        "state": view.work.state if view.work else None,
        "state_reason": (view.work.reason or None) if view.work else None,
        "claims": [
            {
                "supplier": party_ref(claim.supplier),
                "recipient": party_ref(claim.recipient),
                "weapon": {
                    "designation": claim.weapon.designation if claim.weapon else None,
                    "text": claim.weapon_text,
                },
                "status": claim.status,
                "polarity": claim.polarity,
                "quantity": quantity(claim),
                "value": value(claim),
                "speaker": claim.statement.speaker.name if claim.statement else None,
                "confidence": claim.confidence,
                "why": claim.why,
                "deal": claim.deal.public_id if claim.deal else None,
                "evidence": [
                    {"start": span.start, "end": span.end, "text": content[span.start : span.end]}
                    for span in claim.spans.all()
                ],
            }
            for claim in view.claims
        ],
        "statements": [
            {
                **statement_dict(item, content[item.start : item.end]),
                "deals": [deal.public_id for deal in item.deals.all()],
            }
            for item in view.statements
        ],
    }


class SpeakerSerializer(serializers.ModelSerializer[Speaker]):
    """Who said something, and how often."""

    id = serializers.CharField(source="public_id")
    party = serializers.SerializerMethodField()
    statements = serializers.IntegerField(source="statements_count")

    class Meta:
        model = Speaker
        fields = ("id", "name", "party", "statements")

    def get_party(self, speaker: Speaker) -> dict[str, str] | None:
        return party_ref(speaker.party)
