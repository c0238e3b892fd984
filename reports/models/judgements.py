"""What analysts decided: kept for good, undone rather than deleted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.choices import JudgementKind, labels
from reports.models.constraints import one_of
from reports.public_ids import mint


class Judgement(models.Model):
    """A decision, anchored to text hash, sentence, roles and value, never to a row that a reading replaces."""

    public_id = models.CharField(max_length=12, unique=True, default=mint, editable=False)
    kind = models.CharField(max_length=15, choices=labels(JudgementKind))
    anchor = models.JSONField(help_text="text hash, span, roles and value of what was decided")
    decision = models.JSONField(default=dict, help_text="the corrected field and value, the relation, the grade, ...")
    reason = models.CharField(max_length=500)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgements")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="judgements_undone"
    )
    orphaned = models.BooleanField(default=False, help_text="no claim of the current readings matches its anchor")

    class Meta:
        ordering = ["-made_at"]
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
