"""Which story a text belongs to: found by bands of near-duplicate hashes, kept by its earliest text."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Min

from reports.models import Story, Text, TextBand
from reports.resolution.stories import COPY, bands, overlap, shingles

MOST_CANDIDATES = 50  # a band shared by more texts is a boilerplate, not a story


def join_story(*, text: Text) -> tuple[Story, list[int]]:
    """Put a text into the story of the texts that it copies, or into one of its own.

    Stories that it joins together become one, whose root is the earliest published text. The pks of the texts whose
    story changed come back, for their origins have changed too.
    """
    found = bands(text.content)
    _hold(found)
    TextBand.objects.bulk_create([TextBand(text=text, band=band) for band in set(found)], ignore_conflicts=True)
    candidates = (
        Text.objects.filter(bands__band__in=found, redacted_at=None)
        .exclude(pk=text.pk)
        .distinct()
        .only("pk", "content", "story_id")
        .order_by("pk")[:MOST_CANDIDATES]
    )
    words = shingles(text.content)
    copies = [other for other in candidates if overlap(words, shingles(other.content)) >= COPY]
    if not copies:
        text.story = Story.objects.create(root=text)
        Text.objects.filter(pk=text.pk).update(story=text.story)
        return text.story, []
    stories = {other.story_id for other in copies if other.story_id}
    in_stories = Text.objects.filter(story__in=stories).values_list("pk", flat=True)
    texts = sorted({*in_stories, *(other.pk for other in copies)})
    root = _earliest([*texts, text.pk])
    story = Story.objects.filter(pk__in=stories, root=root).first() or Story.objects.filter(root=root).first()
    if story is None and stories:
        story = Story.objects.filter(pk__in=stories).order_by("pk").first()
        if story:
            story.root_id = root
            story.save()
    story = story or Story.objects.create(root_id=root)
    moved = list(Text.objects.filter(pk__in=texts).exclude(story=story).values_list("pk", flat=True))
    Text.objects.filter(pk__in=[*texts, text.pk]).update(story=story)
    text.story = story
    Story.objects.filter(pk__in=stories).exclude(pk=story.pk).delete()
    return story, moved


def _hold(found: Sequence[int]) -> None:
    """Let copies that are stored at the same time wait for each other: else neither would see the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(band) FROM (SELECT unnest(%s::bigint[]) AS band ORDER BY 1) AS sorted",
            [list(found)],
        )


def leave_stories(*, texts: Collection[int]) -> list[int]:
    """Take texts that will be deleted out of their stories. A story that loses its root gets its next text for one.

    The pks of the texts whose story has another root now.
    """
    moved: list[int] = []
    for story in Story.objects.filter(root__in=texts):
        rest = list(Text.objects.filter(story=story).exclude(pk__in=texts).values_list("pk", flat=True))
        if rest:
            story.root_id = _earliest(rest)
            story.save(update_fields=["root"])
            moved += rest
    return moved


def _earliest(texts: list[int]) -> int:
    """The text whose first article was published first; of those without a day, and ties, the first stored."""
    rows = Text.objects.filter(pk__in=texts).annotate(first=Min("articles__published_at")).values_list("first", "pk")

    def order(row: tuple[datetime | None, int]) -> tuple[bool, float, int]:
        return (row[0] is None, row[0].timestamp() if row[0] else 0.0, row[1])

    return min(rows, key=order)[1]
