"""What analysts decided: kept for good, undone rather than deleted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.choices import JudgementKind, labels
from reports.models.constraints import one_of, span_inside
from reports.public_ids import mint


class Judgement(models.Model):
    """A decision. What it is about stands in its anchors; a grade of a source names the source in `decision`."""

    public_id = models.CharField(max_length=12, unique=True, default=mint, editable=False)
    kind = models.CharField(max_length=15, choices=labels(JudgementKind))
    decision = models.JSONField(default=dict, help_text="the corrected field and value, the relation, the grade, ...")
    reason = models.CharField(max_length=500)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgements")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="judgements_undone"
    )
    orphaned = models.BooleanField(
        default=False, help_text="no claim of the current readings matches its anchors, or newer judgements exclude it"
    )

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            # the review queue: what no longer fits
            models.Index(fields=["made_at"], condition=Q(orphaned=True, undone_at=None), name="judgement_orphaned"),
        ]
        constraints = [
            one_of("judgement_kind_known", "kind", JudgementKind),
            models.CheckConstraint(
                name="judgement_undone_by_someone",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class JudgementAnchor(models.Model):
    """A claim that a judgement is about, told by text hash, sentence, roles and value, never by the row of a reading.

    `claim` is the claim of the current reading that matches it, if one does. Verdicts and relations have two sides.
    """

    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="anchors")
    side = models.PositiveSmallIntegerField(default=0, help_text="0, or 1 for the second deal of two")
    text_hash = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    roles = models.CharField(max_length=200, help_text="supplier>recipient:weapon")
    family = models.CharField(max_length=120, blank=True)
    speaker = models.CharField(max_length=12, blank=True, help_text="public id; empty for the article's own voice")
    value = models.JSONField(default=dict, help_text="what the claim said when it was decided on")
    claim = models.ForeignKey("reports.Claim", on_delete=models.SET_NULL, null=True, blank=True, related_name="anchors")

    class Meta:
        ordering = ["judgement", "side", "id"]
        constraints = [
            span_inside("judgement_anchor_span"),
            models.CheckConstraint(name="judgement_anchor_side", condition=Q(side__in=[0, 1])),
        ]
        indexes = [
            # a new reading looks for the judgements on its text
            models.Index(fields=["text_hash"], name="judgement_anchor_text"),
        ]

    def __str__(self) -> str:
        return f"{self.judgement_id}: {self.roles}"
