"""A takedown: the words go, everywhere; what was read from them stays without them, and a tombstone says so."""

from datetime import datetime
from typing import Any

from django.db import transaction

from reports.choices import Cause, WorkState
from reports.models import (
    Article,
    Change,
    Claim,
    ClaimDate,
    ClaimParty,
    Deal,
    DisputeSide,
    Failure,
    Judgement,
    JudgementAnchor,
    LedgerKey,
    Reading,
    Speaker,
    Statement,
    Text,
    TextBand,
    Weapon,
    Work,
)
from reports.public_ids import derive
from reports.services.queue import enqueue_resolution
from reports.services.resolving import mark_dirty, resolve_dirty, take_claims

BLANKED = "[taken down]"


def redact_article(*, public_id: str, now: datetime) -> int:
    """Blank the text of an article, for all its articles, with as many blanks, and the words of its evidence.

    The hash stays, so that the same words are not taken in again; line breaks stay, so that offsets keep their lines.
    How many articles it had; redacting twice changes nothing.

    Raises:
        LookupError: there is no such article.
    """
    count = _redact(public_id, now)
    while resolve_dirty():
        pass
    return count


@transaction.atomic
def _redact(public_id: str, now: datetime) -> int:
    article = Article.objects.filter(public_id=public_id).first()
    if article is None:
        raise LookupError(f"there is no article {public_id}")
    text = Text.objects.select_for_update().get(pk=article.text_id)
    articles = Article.objects.filter(text=text)
    if text.redacted_at is not None:
        return articles.count()
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
    blocks = take_claims(texts=[text.pk])
    claims = Claim.objects.filter(text=text)
    for claim in claims.select_related("weapon"):
        claim.weapon_text = claim.weapon.designation if claim.weapon else claim.category.replace("_", " ")
        claim.quantity_text = claim.value_text = ""
        claim.why = []
        claim.save(update_fields=["weapon_text", "quantity_text", "value_text", "why"])
    ClaimParty.objects.filter(claim__in=claims).update(organisation="")
    ClaimDate.objects.filter(claim__in=claims).update(words="")
    DisputeSide.objects.filter(claim__in=claims).update(value=BLANKED)
    Statement.objects.filter(text=text).update(role="", via="")
    _blank_speakers(text)
    Reading.objects.filter(text=text).update(unresolved=[], set_aside="")
    _blank_deals(text)
    _blank_judgements(text)
    mark_dirty(blocks=blocks, cause=Cause.TAKEDOWN)
    enqueue_resolution()


def _blank_speakers(text: Text) -> None:
    """Who is quoted in other texts too keeps the name that stands there; who is not is nameless, with the party."""
    elsewhere = Statement.objects.exclude(text=text).values("speaker")
    for speaker in Speaker.objects.filter(statements__text=text).exclude(pk__in=elsewhere).distinct():
        nameless, _ = Speaker.objects.get_or_create(
            public_id=derive(BLANKED, speaker.party_id), defaults={"name": BLANKED, "party": speaker.party}
        )
        if speaker != nameless:
            Statement.objects.filter(speaker=speaker).update(speaker=nameless)
            speaker.delete()
    Speaker.objects.filter(statements=None).delete()  # an earlier reading may have named some


def _blank_deals(text: Text) -> None:
    """Deals, log lines and ledger keys, of retired ids too, may have taken words for an unknown weapon from here."""
    held = LedgerKey.objects.filter(text_hash=text.hash)
    ids = set(held.values_list("entry", flat=True))
    known = set(Weapon.objects.values_list("designation", flat=True))
    for number, key in enumerate(held.order_by("pk")):
        parties, weapon = key.roles.split(":", 1)
        if weapon not in known:
            key.roles = f"{parties}:{BLANKED}#{number}"
            key.save(update_fields=["roles"])
    lines = Change.objects.filter(deal__in=ids, field__in=("reported", "weapon_text"))
    for side in ("old", "new"):
        told = lines.filter(**{f"{side}__isnull": False})
        pks = [pk for pk, word in told.values_list("pk", side) if word not in known]
        Change.objects.filter(pk__in=pks).update(**{side: BLANKED})
    Deal.objects.filter(public_id__in=ids).update(quantity_text="")
    Deal.objects.filter(public_id__in=ids, weapon=None).update(weapon_text=BLANKED)


def _blank_judgements(text: Text) -> None:
    """Judgements stay; the words that they took from the text go. A reason is the analyst's own."""
    known = set(Weapon.objects.values_list("designation", flat=True))
    for anchor in JudgementAnchor.objects.filter(text_hash=text.hash):
        parties, _, weapon = anchor.roles.partition(":")
        if weapon.partition("#")[0] not in known:
            anchor.roles = f"{parties}:{BLANKED}"
            anchor.save(update_fields=["roles"])
    for judgement in Judgement.objects.filter(anchors__text_hash=text.hash).distinct():
        judgement.decision = _without_words(judgement.decision)
        judgement.save(update_fields=["decision"])


def _without_words(decision: Any) -> Any:
    if isinstance(decision, dict):
        return {name: BLANKED if name == "text" else _without_words(value) for name, value in decision.items()}
    return decision
