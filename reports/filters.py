"""One set of filters for the API and the pages, so that a link on a page and a query to the API mean the same.

Parties are named by code (`SY`, `houthis`; several with commas), weapons by slug, family or designation. A value that
means nothing is an error that names its field, never an empty answer.
"""

import django_filters
import django_filters.fields
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from reports.choices import (
    Category,
    Halt,
    Mode,
    NameKind,
    PartyKind,
    Review,
    Stage,
    Stance,
    Tier,
    labels,
)
from reports.models import Article, Claim, Deal, Party, Source, Statement, Weapon

STATUSES = [*labels(Stage), *labels(Halt)]
TRUTH = [("true", "yes"), ("false", "no")]

Words = list[tuple[str, str]]


class PartiesField(forms.CharField):
    """Parties by code (`SY`, `houthis`) or name, separated by commas, each of which must exist; their rows."""

    def clean(self, value: str | None) -> list[Party]:
        return [self._one(term.strip()) for term in (value or "").split(",") if term.strip()]

    @staticmethod
    def _one(term: str) -> Party:
        if "\x00" not in term:
            code = term.upper() if len(term) == 2 else term.lower()
            found = (
                Party.objects.filter(code=code).first()
                or Party.objects.filter(name__iexact=term).first()
                or Party.objects.filter(names__name__iexact=term).exclude(names__kind=NameKind.DEMONYM).first()
            )
            if found:
                return found
        raise ValidationError(
            f"There is no party “{term}”. Name it by its ISO 3166-1 alpha-2 code, its slug or its name."
        )


class OfParties(django_filters.CharFilter):
    """Rows whose `field_name` is one of the named parties."""

    field_class = PartiesField

    def filter(self, qs: QuerySet[Deal], value: list[Party]) -> QuerySet[Deal]:
        if not value:
            return qs
        names = self.field_name.split(",")
        condition = Q()
        for name in names:
            condition |= Q(**{f"{name}__in": [party.pk for party in value]})
        return qs.filter(condition)


class WeaponField(forms.CharField):
    """The slug or designation of a weapon, which must exist; its row."""

    def clean(self, value: str | None) -> Weapon | None:
        name = (value or "").strip()
        if not name:
            return None
        weapon = (
            None
            if "\x00" in name
            else Weapon.objects.filter(Q(slug=name.lower()) | Q(designation__iexact=name)).first()
        )
        if weapon is None:
            raise ValidationError(
                f"There is no weapon “{name}” in the catalogue. Try `designation` for a part of a name."
            )
        return weapon


class OfWeapon(django_filters.CharFilter):
    """Rows about a weapon or, where it is a family, any of its members."""

    field_class = WeaponField

    def filter(self, qs: QuerySet[Deal], value: Weapon | None) -> QuerySet[Deal]:
        if value is None:
            return qs
        return qs.filter(Q(weapon=value) | Q(family=value) | Q(weapon__parent=value))


class TruthFilter(django_filters.TypedChoiceFilter):
    """`true` or `false`."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(choices=TRUTH, coerce=lambda value: value == "true", **kwargs)


class WordsField(django_filters.fields.MultipleChoiceField):
    """Words of a vocabulary; an empty one, as a form sends it for "any", counts for nothing."""

    def to_python(self, value: list[str] | None) -> list[str]:
        return [word for word in super().to_python(value) if word]


class OfWords(django_filters.MultipleChoiceFilter):
    """Rows whose field is one of the words."""

    field_class = WordsField


def choice(words: Words, label: str, field_name: str | None = None) -> OfWords:
    """One or several words of a vocabulary, repeated in the query (`?tier=talk&tier=contracted`)."""
    return OfWords(field_name=field_name, choices=words, label=label)


class DealFilter(django_filters.FilterSet):
    """Deals by who, what, how far and when."""

    supplier = OfParties(field_name="supplier,others__party", label="Supplier", method="by_supplier")
    recipient = OfParties(field_name="recipient", label="Recipient", method="by_recipient")
    party = OfParties(field_name="supplier,recipient", label="Supplier or recipient")
    weapon = OfWeapon(label="Weapon")
    designation = django_filters.CharFilter(label="Weapon's name contains", method="by_designation")
    category = choice(labels(Category), "Category")
    status = choice(STATUSES, "Status")
    stage = choice(labels(Stage), "Stage")
    tier = choice(labels(Tier), "Tier")
    mode = choice(labels(Mode), "Mode")
    review = choice(labels(Review), "Review")
    disputed = TruthFilter(label="Disputed")
    reported_after = django_filters.DateFilter(field_name="last_reported", lookup_expr="gte", label="Reported since")
    reported_before = django_filters.DateFilter(field_name="first_reported", lookup_expr="lte", label="Reported until")
    sample = TruthFilter(field_name="is_sample", label="Sample data")
    sort = django_filters.OrderingFilter(
        fields=[
            ("last_reported", "reported"),
            ("supplier__name", "supplier"),
            ("recipient__name", "recipient"),
            ("weapon_text", "weapon"),
            ("quantity_min", "quantity"),
            ("articles_count", "articles"),
            ("confidence", "confidence"),
        ],
        label="Sort",
    )

    class Meta:
        model = Deal
        fields: list[str] = []

    def by_supplier(self, queryset: QuerySet[Deal], name: str, value: list[Party]) -> QuerySet[Deal]:
        return self._by_role(queryset, "supplier", "co_supplier", value)

    def by_recipient(self, queryset: QuerySet[Deal], name: str, value: list[Party]) -> QuerySet[Deal]:
        return self._by_role(queryset, "recipient", "co_recipient", value)

    @staticmethod
    def _by_role(queryset: QuerySet[Deal], role: str, co_role: str, value: list[Party]) -> QuerySet[Deal]:
        if not value:
            return queryset
        keys = [party.pk for party in value]
        shared = Deal.objects.filter(others__role=co_role, others__party__in=keys).values("pk")
        return queryset.filter(Q(**{f"{role}__in": keys}) | Q(pk__in=shared))

    def by_designation(self, queryset: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        if "\x00" in value:
            return queryset.none()
        return queryset.filter(
            Q(weapon_text__icontains=value)
            | Q(weapon__designation__icontains=value)
            | Q(family__designation__icontains=value)
        )


class StatementFilter(django_filters.FilterSet):
    """Statements by who said it, for whom, how they stand to it, and about which deal."""

    speaker = django_filters.CharFilter(method="by_speaker", label="Speaker's name contains")
    party = OfParties(field_name="party", label="Speaks for")
    stance = choice(labels(Stance), "Stance")
    quote = TruthFilter(label="Quoted directly")
    deal = django_filters.CharFilter(field_name="deals__public_id", label="Deal")

    class Meta:
        model = Statement
        fields: list[str] = []

    def by_speaker(self, queryset: QuerySet[Statement], name: str, value: str) -> QuerySet[Statement]:
        if "\x00" in value:
            return queryset.none()
        return queryset.filter(Q(speaker__name__icontains=value) | Q(speaker__public_id=value))


class ArticleFilter(django_filters.FilterSet):
    """Articles by words of the title, outlet, day, and what they bear on."""

    title = django_filters.CharFilter(lookup_expr="icontains", label="Title contains")
    source = django_filters.ModelChoiceFilter(queryset=Source.objects.all(), to_field_name="slug", label="Source")
    published_after = django_filters.DateFilter(
        field_name="published_at", lookup_expr="date__gte", label="Published since"
    )
    published_before = django_filters.DateFilter(
        field_name="published_at", lookup_expr="date__lte", label="Published until"
    )
    relevant = TruthFilter(method="by_relevant", label="Reports a deal")
    deal = django_filters.CharFilter(method="by_deal", label="Deal")

    class Meta:
        model = Article
        fields: list[str] = []

    def by_relevant(self, queryset: QuerySet[Article], name: str, value: bool) -> QuerySet[Article]:
        texts = Claim.objects.values("text")
        return queryset.filter(text__in=texts) if value else queryset.exclude(text__in=texts)

    def by_deal(self, queryset: QuerySet[Article], name: str, value: str) -> QuerySet[Article]:
        return queryset.filter(text__in=Claim.objects.filter(deal__public_id=value).values("text"))


class PartyFilter(django_filters.FilterSet):
    """Parties by any of their names, and kind."""

    name = django_filters.CharFilter(method="by_name", label="Name contains")
    kind = choice(labels(PartyKind), "Kind")

    class Meta:
        model = Party
        fields: list[str] = []

    def by_name(self, queryset: QuerySet[Party], name: str, value: str) -> QuerySet[Party]:
        if "\x00" in value:
            return queryset.none()
        return queryset.filter(
            Q(pk__in=Party.objects.filter(Q(name__icontains=value) | Q(names__name__icontains=value)).values("pk"))
            | Q(code__iexact=value)
        )


class WeaponFilter(django_filters.FilterSet):
    """Weapons by any of their names, category, family, and maker's state."""

    name = django_filters.CharFilter(method="by_name", label="Name contains")
    category = choice(labels(Category), "Category")
    family = OfWeapon(label="Family", method="by_family")
    origin = OfParties(field_name="origin_parties", label="Made in")

    class Meta:
        model = Weapon
        fields: list[str] = []

    def by_name(self, queryset: QuerySet[Weapon], name: str, value: str) -> QuerySet[Weapon]:
        if "\x00" in value:
            return queryset.none()
        named = Weapon.objects.filter(Q(designation__icontains=value) | Q(names__name__icontains=value)).values("pk")
        return queryset.filter(pk__in=named)

    def by_family(self, queryset: QuerySet[Weapon], name: str, value: Weapon | None) -> QuerySet[Weapon]:
        return queryset if value is None else queryset.filter(Q(family=value) | Q(pk=value.pk) | Q(parent=value))
