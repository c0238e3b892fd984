"""What cannot be computed again: public ids and the log of changes, append-only. And the blocks that wait."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from reports.choices import Cause, labels
from reports.models.constraints import one_of, span_inside


class LedgerEntry(models.Model):
    """A public id of a deal, minted once. A merged id forwards; a split one lists its successors."""

    public_id = models.CharField(max_length=12, primary_key=True)
    minted_at = models.DateTimeField(auto_now_add=True)
    forwards_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="forwarded")
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "ledger entries"
        constraints = [
            models.CheckConstraint(name="ledger_no_self_forward", condition=~Q(forwards_to=models.F("public_id"))),
        ]

    def __str__(self) -> str:
        return self.public_id


class LedgerKey(models.Model):
    """A claim that an id last held, by text hash, span and roles: what the next partition is matched against."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.CASCADE, related_name="keys")
    before = models.ForeignKey(
        LedgerEntry,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="former_keys",
        help_text="the id that held it before a merge, and has it again when that is undone",
    )
    text_hash = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    roles = models.CharField(max_length=200, help_text="supplier>recipient:weapon")

    class Meta:
        constraints = [
            span_inside("ledger_key_span"),
            models.UniqueConstraint(fields=["text_hash", "start", "end", "roles"], name="ledger_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.text_hash[:8]} {self.start} to {self.end}"


class Change(models.Model):
    """One field of one deal changed: old, new, cause, when it was published and when it was recorded."""

    deal = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=40)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    cause = models.CharField(max_length=20, choices=labels(Cause))
    published_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    transaction = models.BigIntegerField(
        help_text="PostgreSQL's id of the transaction, so that a mirror never skips a late commit"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [one_of("change_cause_known", "cause", Cause)]
        indexes = [
            # a deal's history
            models.Index(fields=["deal", "-id"], name="change_deal"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}.{self.field}"


class DirtyBlock(models.Model):
    """A block whose claims changed since it was last resolved."""

    block = models.CharField(max_length=200, unique=True)
    since = models.DateTimeField(default=timezone.now, help_text="when it was last touched")
    cause = models.CharField(max_length=20, choices=labels(Cause), default=Cause.NEW_REPORT)

    class Meta:
        ordering = ["since"]

    def __str__(self) -> str:
        return self.block
