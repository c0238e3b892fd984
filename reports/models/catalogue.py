"""What the world is called: rows that `sync_catalogue` writes from the CSV files, and that analysts add to."""

from django.db import models

from reports.choices import (
    Category,
    NameKind,
    OrganisationKind,
    Origin,
    PartyKind,
    Unroca,
    labels,
)
from reports.models.constraints import one_of


class Party(models.Model):
    """A state, a non-state group or an international body."""

    code = models.CharField(max_length=60, unique=True, help_text="ISO 3166-1 alpha-2 for a state, else a slug")
    alpha3 = models.CharField(max_length=3, blank=True)
    name = models.CharField(max_length=120)
    official_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=labels(PartyKind))
    region = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=60, blank=True, help_text="codes of the states that a group sits in")
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    origin = models.CharField(max_length=10, choices=labels(Origin), default=Origin.CATALOGUE)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "parties"
        constraints = [one_of("party_kind_known", "kind", PartyKind)]

    def __str__(self) -> str:
        return self.name


class PartyName(models.Model):
    """A name under which news speaks of a party."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=labels(NameKind))
    needs_context = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, choices=labels(Origin), default=Origin.CATALOGUE)

    class Meta:
        ordering = ["party", "kind", "name"]
        constraints = [models.UniqueConstraint(fields=["party", "name", "kind"], name="party_name_once")]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A maker, export agency or service, which stands for one party or, if joint, several."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=15, choices=labels(OrganisationKind))
    parties = models.ManyToManyField(Party, related_name="organisations")
    origin = models.CharField(max_length=10, choices=labels(Origin), default=Origin.CATALOGUE)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=labels(NameKind))
    origin = models.CharField(max_length=10, choices=labels(Origin), default=Origin.CATALOGUE)

    class Meta:
        ordering = ["organisation", "kind", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name


class Weapon(models.Model):
    """A designation; `parent` is what it is a variant of, `family` the root of that tree (itself, at the root)."""

    slug = models.SlugField(max_length=140, unique=True)
    designation = models.CharField(max_length=140, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="variants")
    family = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    category = models.CharField(max_length=20, choices=labels(Category))
    unroca = models.CharField(max_length=5, choices=labels(Unroca), blank=True)
    description = models.CharField(max_length=160, blank=True)
    makers = models.ManyToManyField(Organisation, related_name="weapons", blank=True)
    origin_parties = models.ManyToManyField(Party, related_name="weapons", blank=True)
    origin = models.CharField(max_length=10, choices=labels(Origin), default=Origin.CATALOGUE)

    class Meta:
        ordering = ["designation"]
        constraints = [one_of("weapon_category_known", "category", Category)]

    def __str__(self) -> str:
        return self.designation


class WeaponName(models.Model):
    """Another name that means this weapon; spelling variants are made by rule and not listed."""

    weapon = models.ForeignKey(Weapon, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=140)
    needs_context = models.BooleanField(default=False, help_text="also an ordinary word: counts only near other cues")
    origin = models.CharField(max_length=10, choices=labels(Origin), default=Origin.CATALOGUE)

    class Meta:
        ordering = ["weapon", "name"]
        constraints = [models.UniqueConstraint(fields=["weapon", "name"], name="weapon_name_once")]

    def __str__(self) -> str:
        return self.name
