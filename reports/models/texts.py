"""Texts, kept once as they came; articles, their appearances; stories, the texts that copy one another."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from reports.public_ids import mint

models.TextField.register_lookup(Length)


class Story(models.Model):
    """Texts that are copies or light rewrites of one text. Computed."""

    root = models.OneToOneField("reports.Text", on_delete=models.CASCADE, related_name="story_as_root")

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return f"story of {self.root_id}"


class Text(models.Model):
    """A text in its canonical form, frozen at ingest and unique by hash. Every offset counts its code points.

    A takedown blanks `content` with as many blanks and keeps the hash, so that offsets stay true and the same
    words are not taken in again.
    """

    hash = models.CharField(max_length=64, unique=True)
    content = models.TextField()
    length = models.PositiveIntegerField(help_text="code points of the content")
    title_length = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=12, blank=True)
    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, blank=True, related_name="texts")
    redacted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="text_not_empty", condition=Q(length__gt=0)),
            models.CheckConstraint(name="text_length_true", condition=Q(content__length=models.F("length"))),
        ]

    def __str__(self) -> str:
        return self.title or self.hash[:12]

    @property
    def title(self) -> str:
        return self.content[: self.title_length].strip()


class TextBand(models.Model):
    """A number that texts which may be copies share (see `reports/resolution/stories.py`)."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["band", "text"], name="text_band_once")]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.band}"


class Article(models.Model):
    """One appearance of a text: source, URL or file name, revision, times."""

    public_id = models.CharField(max_length=12, unique=True, default=mint, editable=False)
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="articles")
    source = models.ForeignKey("reports.Source", on_delete=models.PROTECT, related_name="articles")
    locator = models.CharField(max_length=1000, help_text="the URL, or the name of the file where there is none")
    url = models.URLField(max_length=1000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)
    superseded = models.BooleanField(default=False, help_text="a later revision of the same locator exists")
    published_at = models.DateTimeField(null=True, blank=True)
    retrieved_at = models.DateTimeField()
    feed = models.ForeignKey("reports.Feed", on_delete=models.SET_NULL, null=True, blank=True, related_name="articles")
    redacted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "locator", "revision"], name="article_revision_once"),
            models.UniqueConstraint(fields=["source", "locator", "text"], name="article_text_once"),
        ]
        indexes = [
            # the list of articles, newest first
            models.Index(fields=["-published_at", "-id"], name="article_newest"),
        ]

    def __str__(self) -> str:
        return self.title or self.locator
