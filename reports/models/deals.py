"""Deals, deliveries, disputes, relations, packages: a view over claims and judgements, computed again at any time."""

from django.db import models
from django.db.models import Q

from reports.choices import (
    Bound,
    Category,
    Condition,
    DateBasis,
    DisputeField,
    Halt,
    Mode,
    Precision,
    RelationKind,
    Review,
    Role,
    Stage,
    Tier,
    Unit,
    ValueBasis,
    ValueScope,
    labels,
)
from reports.models.constraints import min_not_over_max, one_of


class Deal(models.Model):
    """All claims on one contract or decision for one weapon type: its best current picture."""

    public_id = models.CharField(max_length=12, unique=True, editable=False, help_text="minted once, in the ledger")
    block = models.CharField(max_length=200)
    supplier = models.ForeignKey(
        "reports.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="deals_as_supplier"
    )
    recipient = models.ForeignKey(
        "reports.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="deals_as_recipient"
    )
    supplier_missing = models.CharField(max_length=12, blank=True)
    recipient_missing = models.CharField(max_length=12, blank=True)
    weapon = models.ForeignKey("reports.Weapon", on_delete=models.PROTECT, null=True, blank=True, related_name="deals")
    family = models.ForeignKey(
        "reports.Weapon", on_delete=models.PROTECT, null=True, blank=True, related_name="family_deals"
    )
    weapon_text = models.CharField(max_length=200)
    category = models.CharField(max_length=20, choices=labels(Category))
    stage = models.CharField(max_length=12, choices=labels(Stage))
    halt = models.CharField(max_length=12, choices=labels(Halt), blank=True)
    status = models.CharField(max_length=12, help_text="the halt where there is one, else the stage")
    tier = models.CharField(max_length=12, choices=labels(Tier))
    mode = models.CharField(max_length=20, choices=labels(Mode), default=Mode.UNKNOWN)
    condition = models.CharField(max_length=12, choices=labels(Condition), default=Condition.UNKNOWN)
    quantity_min = models.PositiveBigIntegerField(null=True, blank=True)
    quantity_max = models.PositiveBigIntegerField(null=True, blank=True)
    quantity_approximate = models.BooleanField(default=False)
    quantity_unit = models.CharField(max_length=10, choices=labels(Unit), blank=True)
    quantity_text = models.CharField(max_length=120, blank=True)
    value_amount = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    value_currency = models.CharField(max_length=3, blank=True)
    value_scope = models.CharField(max_length=10, choices=labels(ValueScope), blank=True)
    value_basis = models.CharField(max_length=20, choices=labels(ValueBasis), blank=True)
    ordered_start = models.DateField(null=True, blank=True)
    ordered_end = models.DateField(null=True, blank=True)
    ordered_precision = models.CharField(max_length=10, choices=labels(Precision), blank=True)
    ordered_basis = models.CharField(max_length=10, choices=labels(DateBasis), blank=True)
    disputed = models.BooleanField(default=False)
    review = models.CharField(max_length=10, choices=labels(Review), default=Review.MACHINE)
    confidence = models.FloatField()
    articles_count = models.PositiveIntegerField(default=0)
    texts_count = models.PositiveIntegerField(default=0)
    origins_count = models.PositiveIntegerField(default=0)
    delivered_min = models.PositiveBigIntegerField(null=True, blank=True, help_text="how many have arrived, at least")
    due = models.DateField(null=True, blank=True, help_text="the last day by which an arrival was announced")
    first_reported = models.DateField(null=True, blank=True)
    last_reported = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False, help_text="at least one of its articles is sample data")
    chosen = models.JSONField(
        default=dict, help_text="field: {rule, claim key, origins}: which claim gave the value, and by which rule"
    )
    package = models.ForeignKey(
        "reports.Package", on_delete=models.SET_NULL, null=True, blank=True, related_name="deals"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-last_reported", "-id"]
        constraints = [
            one_of("deal_stage_known", "stage", Stage),
            one_of("deal_halt_known", "halt", Halt, blank=True),
            one_of("deal_tier_known", "tier", Tier),
            one_of("deal_category_known", "category", Category),
            min_not_over_max("deal_quantity_ordered", "quantity_min", "quantity_max"),
            models.CheckConstraint(
                name="deal_value_has_currency", condition=Q(value_amount__isnull=True) | ~Q(value_currency="")
            ),
            models.CheckConstraint(name="deal_confidence_range", condition=Q(confidence__gte=0, confidence__lte=1)),
        ]
        indexes = [
            # the list of deals, newest report first, whole and by each usual filter
            models.Index(fields=["-last_reported", "-id"], name="deal_newest"),
            models.Index(fields=["supplier", "-last_reported", "-id"], name="deal_supplier_newest"),
            models.Index(fields=["recipient", "-last_reported", "-id"], name="deal_recipient_newest"),
            models.Index(fields=["family", "-last_reported", "-id"], name="deal_family_newest"),
            models.Index(fields=["category", "-last_reported", "-id"], name="deal_category_newest"),
            models.Index(fields=["status", "-last_reported", "-id"], name="deal_status_newest"),
            # resolution replaces the deals of a block
            models.Index(fields=["block"], name="deal_block"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id or '?'} to {self.recipient_id or '?'}: {self.weapon_text}"


class DealParty(models.Model):
    """A party in a further role of a deal."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="others")
    party = models.ForeignKey("reports.Party", on_delete=models.PROTECT, related_name="deal_roles")
    role = models.CharField(max_length=12, choices=labels(Role))

    class Meta:
        verbose_name_plural = "deal parties"
        constraints = [models.UniqueConstraint(fields=["deal", "party", "role"], name="deal_party_once")]

    def __str__(self) -> str:
        return f"{self.party_id} as {self.role}"


class Milestone(models.Model):
    """A stage or halt of a deal as it was reported on a day, with the claim that brought it."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="milestones")
    claim = models.ForeignKey("reports.Claim", on_delete=models.CASCADE, related_name="milestones")
    status = models.CharField(max_length=12)
    reported_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["deal", "reported_on", "id"]

    def __str__(self) -> str:
        return f"{self.status} reported {self.reported_on}"


class Delivery(models.Model):
    """How many arrived in a period: an increment, or a running total up to its end."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="deliveries")
    claim = models.ForeignKey("reports.Claim", on_delete=models.CASCADE, related_name="deliveries")
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=labels(Precision), blank=True)
    bound = models.CharField(max_length=12, choices=labels(Bound), default=Bound.EXACT)
    quantity_min = models.PositiveBigIntegerField(null=True, blank=True)
    quantity_max = models.PositiveBigIntegerField(null=True, blank=True)
    quantity_unit = models.CharField(max_length=10, choices=labels(Unit), default=Unit.PIECE)
    running_total = models.BooleanField(default=False)

    class Meta:
        ordering = ["deal", "start", "id"]
        verbose_name_plural = "deliveries"
        constraints = [min_not_over_max("delivery_quantity_ordered", "quantity_min", "quantity_max")]

    def __str__(self) -> str:
        return f"{self.quantity_min or '?'} in {self.start or '?'}"


class Package(models.Model):
    """Deals announced or signed together, often with one value for all, which counts once."""

    public_id = models.CharField(max_length=12, unique=True, editable=False)
    text = models.ForeignKey("reports.Text", on_delete=models.CASCADE, related_name="packages")
    value_amount = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    value_currency = models.CharField(max_length=3, blank=True)
    value_basis = models.CharField(max_length=20, choices=labels(ValueBasis), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="package_value_has_currency", condition=Q(value_amount__isnull=True) | ~Q(value_currency="")
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class Relation(models.Model):
    """How one deal stands to another, by an analyst's judgement. What is only proposed is in no table."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="related_from")
    kind = models.CharField(max_length=15, choices=labels(RelationKind))
    reason = models.CharField(max_length=300)
    judgement = models.ForeignKey("reports.Judgement", on_delete=models.CASCADE, related_name="relations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deal", "other", "kind"], name="relation_once"),
            models.CheckConstraint(name="relation_of_two", condition=~Q(deal=models.F("other"))),
            one_of("relation_kind_known", "kind", RelationKind),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.kind} {self.other_id}"


class Dispute(models.Model):
    """Claims on one deal that cannot all be true."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="disputes")
    field = models.CharField(max_length=10, choices=labels(DisputeField))
    open = models.BooleanField(default=True)
    closed_by = models.CharField(max_length=200, blank=True, help_text="what closed it")
    why = models.CharField(max_length=300, help_text="why the sides cannot all be true")

    class Meta:
        ordering = ["deal", "field"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "field"], name="dispute_once_a_field"),
            one_of("dispute_field_known", "field", DisputeField),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.field}"


class DisputeSide(models.Model):
    """What one claim says on a dispute's field."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="sides")
    claim = models.ForeignKey("reports.Claim", on_delete=models.CASCADE, related_name="dispute_sides")
    value = models.CharField(max_length=200)

    class Meta:
        ordering = ["dispute", "id"]
        constraints = [models.UniqueConstraint(fields=["dispute", "claim"], name="dispute_side_once")]

    def __str__(self) -> str:
        return self.value
