"""The Django admin. An admin keeps the catalogue, the outlets, the feeds and the people.

Evidence (texts, readings, claims, statements) and everything computed (deals, disputes, ...) is there to look at only:
a deal is changed by a judgement, and a text by a takedown.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from reports import models
from reports.choices import Origin
from reports.services.naming import reread_texts_naming


class ReadOnly(admin.ModelAdmin[Any]):
    """To look at, not to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Kept(admin.ModelAdmin[Any]):
    """Rows of the catalogue: what is added here is an analyst's and outlives every sync.

    A row that came with the catalogue stays the catalogue's, whatever names an analyst adds to it.
    """

    readonly_fields = ("origin",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.origin = Origin.ANALYST
        super().save_model(request, obj, form, change)
        if not change and not isinstance(obj, models.Source):
            self._reread(request, [str(obj)])

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        names = formset.save(commit=False)
        for row in names:
            row.origin = Origin.ANALYST
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()
        self._reread(request, [row.name for row in (*names, *formset.deleted_objects)])

    def _reread(self, request: HttpRequest, names: list[str]) -> None:
        """Let the texts that a changed name stands in be read with it."""
        if names:
            count = reread_texts_naming(names=names, now=timezone.now())
            self.message_user(request, f"{count} texts name {', '.join(names)} and will be read again.")


class PartyNames(admin.TabularInline[Any, Any]):
    model = models.PartyName
    readonly_fields = ("origin",)
    extra = 1


class WeaponNames(admin.TabularInline[Any, Any]):
    model = models.WeaponName
    readonly_fields = ("origin",)
    extra = 1


class OrganisationNames(admin.TabularInline[Any, Any]):
    model = models.OrganisationName
    readonly_fields = ("origin",)
    extra = 1


@admin.register(models.Party)
class PartyAdmin(Kept):
    list_display = ("name", "code", "kind", "region", "origin")
    list_filter = ("kind", "origin")
    search_fields = ("name", "code", "names__name")
    inlines = (PartyNames,)


@admin.register(models.Weapon)
class WeaponAdmin(Kept):
    list_display = ("designation", "family", "category", "origin")
    list_filter = ("category", "origin")
    search_fields = ("designation", "names__name")
    autocomplete_fields = ("parent", "family", "makers", "origin_parties")
    inlines = (WeaponNames,)


@admin.register(models.Organisation)
class OrganisationAdmin(Kept):
    list_display = ("name", "kind", "origin")
    list_filter = ("kind", "origin")
    search_fields = ("name", "names__name")
    autocomplete_fields = ("parties",)
    inlines = (OrganisationNames,)


@admin.register(models.Source)
class SourceAdmin(Kept):
    list_display = ("name", "domain", "country", "kind", "reliability", "origin")
    list_filter = ("kind", "reliability", "is_sample")
    search_fields = ("name", "domain")
    autocomplete_fields = ("country",)


@admin.register(models.Feed)
class FeedAdmin(admin.ModelAdmin[Any]):
    list_display = ("url", "source", "active", "polled_at", "failures", "problem")
    list_filter = ("active",)
    readonly_fields = ("etag", "last_modified", "polled_at", "next_poll_at", "failures", "problem")
    autocomplete_fields = ("source",)


@admin.register(models.Text)
class TextAdmin(ReadOnly):
    list_display = ("title", "hash", "language", "length", "redacted_at")
    list_filter = ("language",)


@admin.register(models.Article)
class ArticleAdmin(ReadOnly):
    list_display = ("title", "source", "published_at", "revision", "superseded")
    list_filter = ("source__is_sample", "superseded")
    search_fields = ("title", "locator", "public_id")


@admin.register(models.Work)
class WorkAdmin(ReadOnly):
    list_display = ("text", "state", "reason", "attempts", "updated_at")
    list_filter = ("state",)


@admin.register(models.Failure)
class FailureAdmin(ReadOnly):
    list_display = ("locator", "reason", "detail", "attempts", "last_at")
    list_filter = ("reason",)


@admin.register(models.Reading)
class ReadingAdmin(ReadOnly):
    list_display = ("text", "reader", "current", "claims_found", "statements_found", "read_at")
    list_filter = ("current", "reader")


@admin.register(models.Claim)
class ClaimAdmin(ReadOnly):
    list_display = ("weapon_text", "supplier", "recipient", "stage", "halt", "polarity", "confidence")
    list_filter = ("stage", "halt", "polarity", "category")
    list_select_related = ("supplier", "recipient")


@admin.register(models.Statement)
class StatementAdmin(ReadOnly):
    list_display = ("speaker", "role", "party", "stance", "quote")
    list_filter = ("stance", "quote")
    list_select_related = ("speaker", "party")


@admin.register(models.Deal)
class DealAdmin(ReadOnly):
    list_display = ("public_id", "supplier", "recipient", "weapon_text", "status", "tier", "disputed")
    list_filter = ("tier", "status", "category", "disputed", "is_sample")
    list_select_related = ("supplier", "recipient")
    search_fields = ("public_id", "weapon_text")


@admin.register(models.Change)
class ChangeAdmin(ReadOnly):
    list_display = ("deal", "field", "old", "new", "cause", "recorded_at")
    list_filter = ("cause", "field")


for computed in (
    models.Story,
    models.Speaker,
    models.Delivery,
    models.Dispute,
    models.Relation,
    models.Package,
    models.Judgement,
    models.LedgerEntry,
):
    admin.site.register(computed, ReadOnly)
