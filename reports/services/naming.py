"""A name that an analyst adds joins the next snapshot; only the texts that contain it are read again."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from reports.catalogue.variants import variants
from reports.models import Text
from reports.services.queue import enqueue
from reports.services.reading import ask_for_rereading


def reread_texts_naming(*, names: Sequence[str], now: datetime) -> int:
    """Let the texts that contain one of the names, in any spelling that a rule makes of it, be read again. How many."""
    spelled = Q()
    for spelling in dict.fromkeys(spelling for name in names for spelling in variants(name)):
        spelled |= Q(content__icontains=spelling)
    if not names:
        return 0
    texts = list(Text.objects.filter(spelled, redacted_at=None).order_by("pk").values_list("pk", flat=True))
    asked = ask_for_rereading(texts=texts, now=now)
    enqueue(texts=texts, bulk=True)
    return asked
