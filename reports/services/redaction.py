"""A takedown: the words go, everywhere; what was read from them stays without them, and a tombstone says so."""

from datetime import datetime

from django.db import transaction

from reports.choices import Cause, WorkState
from reports.models import Article, Change, Claim, ClaimDate, Deal, Failure, Reading, Statement, Text, TextBand, Work
from reports.services.queue import enqueue_resolution
from reports.services.resolving import mark_dirty

BLANKED = "[taken down]"


@transaction.atomic
def redact_article(*, public_id: str, now: datetime) -> int:
    """Blank the text of an article, for all its articles, with as many blanks, and the words of its evidence.

    The hash stays, so that the same words are not taken in again; line breaks stay, so that offsets keep their lines.
    How many articles it had; redacting twice changes nothing.

    Raises:
        LookupError: there is no such article.
    """
    article = Article.objects.filter(public_id=public_id).first()
    if article is None:
        raise LookupError(f"there is no article {public_id}")
    text = Text.objects.select_for_update().get(pk=article.text_id)
    articles = Article.objects.filter(text=text)
    if text.redacted_at is None:
        text.content = "".join(c if c == "\n" else " " for c in text.content)
        text.redacted_at = now
        text.save(update_fields=["content", "redacted_at"])
        TextBand.objects.filter(text=text).delete()
    Failure.objects.filter(locator__in=articles.values("locator")).delete()
    articles.update(title="", redacted_at=now)
    _blank_evidence(text)
    Work.objects.filter(text=text).update(state=WorkState.SET_ASIDE, reason="taken down", lease_until=None)
    return articles.count()


def _blank_evidence(text: Text) -> None:
    """The words that claims and statements keep: parties, designations of the catalogue and numbers are no words."""
    claims = Claim.objects.filter(text=text)
    blocks = set(claims.values_list("block", flat=True))
    deals = set(claims.exclude(deal=None).values_list("deal__public_id", flat=True))
    for claim in claims.select_related("weapon"):
        claim.weapon_text = claim.weapon.designation if claim.weapon else claim.category.replace("_", " ")
        claim.quantity_text = claim.value_text = ""
        claim.why = []
        claim.save(update_fields=["weapon_text", "quantity_text", "value_text", "why"])
    ClaimDate.objects.filter(claim__in=claims).update(words="")
    Statement.objects.filter(text=text).update(role="", via="")
    Reading.objects.filter(text=text).update(unresolved=[])
    # a log line or a deal may have taken its words for an unknown weapon from here
    Change.objects.filter(deal__in=deals, field__in=("reported", "weapon_text")).update(old=BLANKED, new=BLANKED)
    Deal.objects.filter(public_id__in=deals, weapon=None).update(weapon_text=BLANKED, quantity_text="")
    mark_dirty(blocks=blocks, cause=Cause.TAKEDOWN)
    enqueue_resolution()
