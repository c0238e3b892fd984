"""Readings and what they gave: claims and statements, each with the span it was read from. Evidence: never edited."""

from django.db import models
from django.db.models import Q

from reports.choices import (
    Bound,
    Category,
    Condition,
    DateBasis,
    DateOf,
    Halt,
    Missing,
    Mode,
    Polarity,
    Precision,
    QuantityOf,
    Role,
    Stage,
    Stance,
    Unit,
    ValueBasis,
    ValueScope,
    labels,
)
from reports.models.constraints import min_not_over_max, one_of, span_inside


class Reading(models.Model):
    """One reader's pass over a text. The newest is current; older rows stay as history, without their claims."""

    text = models.ForeignKey("reports.Text", on_delete=models.CASCADE, related_name="readings")
    reader = models.CharField(max_length=40, help_text="code, weights and catalogue snapshot")
    language = models.CharField(max_length=12, blank=True)
    current = models.BooleanField(default=True)
    set_aside = models.CharField(max_length=200, blank=True)
    unresolved = models.JSONField(default=list, blank=True, help_text="designations that no catalogue row matched")
    claims_found = models.PositiveIntegerField(default=0)
    statements_found = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["-read_at"]
        constraints = [
            models.UniqueConstraint(fields=["text"], condition=Q(current=True), name="reading_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} by {self.reader}"


class Speaker(models.Model):
    """Who said something: a person, an organisation, or a description ("Pentagon officials")."""

    public_id = models.CharField(max_length=12, unique=True, editable=False, help_text="derived from name and party")
    name = models.CharField(max_length=200)
    party = models.ForeignKey(
        "reports.Party", on_delete=models.SET_NULL, null=True, blank=True, related_name="speakers"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """One attributed sentence of one speaker."""

    public_id = models.CharField(
        max_length=12, unique=True, editable=False, help_text="derived from text, span, speaker"
    )
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="statements")
    text = models.ForeignKey("reports.Text", on_delete=models.CASCADE, related_name="statements")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="statements")
    role = models.CharField(max_length=200, blank=True)
    party = models.ForeignKey(
        "reports.Party", on_delete=models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    stance = models.CharField(max_length=12, choices=labels(Stance))
    quote = models.BooleanField(help_text="quotation marks carry the content")
    via = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    groups = models.JSONField(default=list, blank=True, help_text="groups of claims of its text that it is about")
    deals = models.ManyToManyField("reports.Deal", related_name="statements", blank=True)

    class Meta:
        ordering = ["text", "start"]
        constraints = [
            span_inside("statement_span"),
            one_of("statement_stance_known", "stance", Stance),
        ]
        indexes = [
            # a party's and a stance's statements
            models.Index(fields=["party", "stance"], name="statement_party_stance"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id} {self.stance}"


class Claim(models.Model):
    """What an article (or, with a statement, a speaker in it) asserts of one transfer."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="claims")
    text = models.ForeignKey("reports.Text", on_delete=models.CASCADE, related_name="claims")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, null=True, blank=True, related_name="claims")
    group = models.PositiveSmallIntegerField(help_text="claims of one text with one number are about one transfer")
    key = models.CharField(max_length=12, help_text="derived from text hash, span and roles: survives a new reading")
    supplier = models.ForeignKey(
        "reports.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="claims_as_supplier"
    )
    recipient = models.ForeignKey(
        "reports.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="claims_as_recipient"
    )
    supplier_missing = models.CharField(max_length=12, choices=labels(Missing), blank=True)
    recipient_missing = models.CharField(max_length=12, choices=labels(Missing), blank=True)
    weapon = models.ForeignKey("reports.Weapon", on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    weapon_text = models.CharField(max_length=200)
    category = models.CharField(max_length=20, choices=labels(Category))
    stage = models.CharField(max_length=12, choices=labels(Stage))
    halt = models.CharField(max_length=12, choices=labels(Halt), blank=True)
    polarity = models.CharField(max_length=10, choices=labels(Polarity), default=Polarity.ASSERTED)
    mode = models.CharField(max_length=20, choices=labels(Mode), default=Mode.UNKNOWN)
    condition = models.CharField(max_length=12, choices=labels(Condition), default=Condition.UNKNOWN)
    disputed = models.BooleanField(default=False)
    quantity_min = models.PositiveBigIntegerField(null=True, blank=True)
    quantity_max = models.PositiveBigIntegerField(null=True, blank=True)
    quantity_approximate = models.BooleanField(default=False)
    quantity_unit = models.CharField(max_length=10, choices=labels(Unit), default=Unit.PIECE)
    quantity_of = models.CharField(max_length=10, choices=labels(QuantityOf), default=QuantityOf.ORDERED)
    quantity_text = models.CharField(max_length=120, blank=True)
    value_amount = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    value_currency = models.CharField(max_length=3, blank=True)
    value_scope = models.CharField(max_length=10, choices=labels(ValueScope), blank=True)
    value_basis = models.CharField(max_length=20, choices=labels(ValueBasis), blank=True)
    value_text = models.CharField(max_length=120, blank=True)
    confidence = models.FloatField(help_text="the reader's own, 0 to 1")
    why = models.JSONField(default=list, help_text="trigger, roles, rule or score")
    block = models.CharField(max_length=200, help_text="the group of claims that is resolved as a whole")
    deal = models.ForeignKey("reports.Deal", on_delete=models.SET_NULL, null=True, blank=True, related_name="claims")
    credibility = models.PositiveSmallIntegerField(
        default=6, help_text="Admiralty scale, 1 to 6, from independent origins; only an analyst gives a 1"
    )
    added_by = models.ForeignKey(
        "reports.Judgement",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="added_claims",
        help_text="the judgement of an analyst who added what the reader missed",
    )

    class Meta:
        ordering = ["text", "group", "id"]
        constraints = [
            one_of("claim_stage_known", "stage", Stage),
            one_of("claim_halt_known", "halt", Halt, blank=True),
            one_of("claim_category_known", "category", Category),
            min_not_over_max("claim_quantity_ordered", "quantity_min", "quantity_max"),
            models.CheckConstraint(
                name="claim_value_has_currency", condition=Q(value_amount__isnull=True) | ~Q(value_currency="")
            ),
            models.CheckConstraint(name="claim_credibility_range", condition=Q(credibility__gte=1, credibility__lte=6)),
            models.CheckConstraint(name="claim_confidence_range", condition=Q(confidence__gte=0, confidence__lte=1)),
            models.CheckConstraint(
                name="claim_missing_supplier_said",
                condition=Q(supplier__isnull=False) | ~Q(supplier_missing=""),
            ),
            models.CheckConstraint(
                name="claim_missing_recipient_said",
                condition=Q(recipient__isnull=False) | ~Q(recipient_missing=""),
            ),
            # in each group of a reading the article speaks once in its own voice
            models.UniqueConstraint(
                fields=["reading", "group"], condition=Q(statement__isnull=True), name="claim_one_article_voice"
            ),
        ]
        indexes = [
            # resolution takes a block whole
            models.Index(fields=["block"], name="claim_block"),
            # a judgement finds its claim
            models.Index(fields=["key"], name="claim_key"),
            # the review queue: the least certain first
            models.Index(fields=["confidence", "key"], name="claim_least_certain"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id or '?'} to {self.recipient_id or '?'}: {self.weapon_text}"

    @property
    def status(self) -> str:
        """The halt where there is one, else the stage."""
        return self.halt or self.stage


class ClaimParty(models.Model):
    """A party in a further role of a claim (authoriser, producer, co_recipient, ...)."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="others")
    party = models.ForeignKey("reports.Party", on_delete=models.PROTECT, related_name="claim_roles")
    role = models.CharField(max_length=12, choices=labels(Role))
    organisation = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name_plural = "claim parties"
        constraints = [
            models.UniqueConstraint(fields=["claim", "party", "role", "organisation"], name="claim_party_once"),
            one_of("claim_party_role_known", "role", Role),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} as {self.role}"


class ClaimSpan(models.Model):
    """A sentence that carries a claim."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="spans")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["claim", "start"]
        constraints = [
            span_inside("claim_span"),
            models.UniqueConstraint(fields=["claim", "start", "end"], name="claim_span_once"),
        ]

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


class ClaimDate(models.Model):
    """A date of a claim with its precision: the period `start` to `end`, both inclusive."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="dates")
    start = models.DateField()
    end = models.DateField()
    precision = models.CharField(max_length=10, choices=labels(Precision))
    bound = models.CharField(max_length=12, choices=labels(Bound), default=Bound.EXACT)
    basis = models.CharField(max_length=10, choices=labels(DateBasis), default=DateBasis.STATED)
    of = models.CharField(max_length=10, choices=labels(DateOf), default=DateOf.EVENT)
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["claim", "start"]
        constraints = [models.CheckConstraint(name="claim_date_ordered", condition=Q(start__lte=models.F("end")))]

    def __str__(self) -> str:
        return self.words or f"{self.start} to {self.end}"
