"""Where texts come from, and where each one is on its way to a reading."""

from django.db import models
from django.db.models import Q

from reports.choices import Origin, Reliability, SourceKind, WorkState, labels
from reports.models.constraints import one_of


class Source(models.Model):
    """An outlet. Reliability is F (cannot be judged) until someone grades it."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=160)
    domain = models.CharField(max_length=160, blank=True)
    country = models.ForeignKey(
        "reports.Party", on_delete=models.SET_NULL, null=True, blank=True, related_name="outlets"
    )
    language = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=12, choices=labels(SourceKind), default=SourceKind.WEB)
    reliability = models.CharField(max_length=1, choices=labels(Reliability), default=Reliability.F)
    is_sample = models.BooleanField(default=False, help_text="armstrack's own sample corpus, never reporting")
    origin = models.CharField(max_length=10, choices=labels(Origin), default=Origin.CATALOGUE)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["domain"], condition=~Q(domain=""), name="source_domain_once"),
            one_of("source_kind_known", "kind", SourceKind),
        ]

    def __str__(self) -> str:
        return self.name


class Feed(models.Model):
    """An RSS or Atom feed that the scheduler polls, with what the server said last time."""

    url = models.URLField(max_length=1000, unique=True)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, blank=True, related_name="feeds")
    active = models.BooleanField(default=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)
    next_poll_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="polls failed in a row")
    problem = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url


class Failure(models.Model):
    """What could not be taken in, and why: kept, so that nothing is lost in silence."""

    locator = models.CharField(max_length=1000, unique=True)
    feed = models.ForeignKey(Feed, on_delete=models.SET_NULL, null=True, blank=True, related_name="failed_items")
    reason = models.CharField(max_length=40)
    detail = models.CharField(max_length=500)
    attempts = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-last_at"]

    def __str__(self) -> str:
        return f"{self.locator}: {self.reason}"


class Work(models.Model):
    """The state of a text's work. Where a lease ran out, a worker lost it: the sweeper enqueues it again."""

    text = models.OneToOneField("reports.Text", on_delete=models.CASCADE, related_name="work")
    state = models.CharField(max_length=10, choices=labels(WorkState), default=WorkState.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    enqueued_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    bulk = models.BooleanField(default=False, help_text="re-reading, which never starves the news")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "work"
        constraints = [
            one_of("work_state_known", "state", WorkState),
            models.CheckConstraint(
                name="work_leased_until", condition=~Q(state=WorkState.LEASED) | Q(lease_until__isnull=False)
            ),
        ]
        indexes = [
            # the sweeper: what waits or was lost, oldest first
            models.Index(fields=["state", "enqueued_at"], name="work_sweep"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.state}"
