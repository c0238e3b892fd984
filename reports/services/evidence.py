"""The claims of a block as resolution takes them: rows to records, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

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
    SourceKind,
    Stage,
    Unit,
    ValueBasis,
    ValueScope,
)
from reports.models import Article, Claim
from reports.records import Money, Quantity, When
from reports.resolution.records import Evidence, Key


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the articles of a text say of it: its first day, whether one is official, whether one is sample data."""

    published: date | None
    official: bool
    sample: bool


def claims_of(*, block: str) -> list[Claim]:
    """The claims of a block with all that resolution looks at."""
    return list(
        Claim.objects.filter(block=block)
        .select_related("text", "text__story__root", "statement__speaker", "statement__party", "supplier", "recipient")
        .select_related("weapon__family")
        .defer("text__content", "text__story__root__content")
        .prefetch_related("spans", "dates", Prefetch("others"), "others__party")
        .order_by("id")
    )


def appearances(texts: Iterable[int]) -> dict[int, Appearance]:
    """The appearance of each text."""
    found: dict[int, Appearance] = {}
    rows = Article.objects.filter(text__in=set(texts)).values_list(
        "text", "published_at", "source__kind", "source__is_sample"
    )
    for text, published, kind, sample in rows:
        so_far = found.get(text, Appearance(None, official=False, sample=False))
        days = [day for day in (so_far.published, published.date() if published else None) if day]
        found[text] = Appearance(
            min(days, default=None), so_far.official or kind == SourceKind.OFFICIAL, so_far.sample or sample
        )
    return found


def evidence_of(claims: Iterable[Claim]) -> list[Evidence]:
    """Claims as records; `id` is the claim's primary key as a string."""
    claims = list(claims)
    seen = appearances(claim.text_id for claim in claims)
    return [_record(claim, seen.get(claim.text_id, Appearance(None, official=False, sample=False))) for claim in claims]


def _record(claim: Claim, seen: Appearance) -> Evidence:
    spans = list(claim.spans.all())
    statement = claim.statement
    weapon = claim.weapon
    supplier = claim.supplier.code if claim.supplier else None
    recipient = claim.recipient.code if claim.recipient else None
    roles = f"{supplier or '?'}>{recipient or '?'}:{weapon.designation if weapon else claim.weapon_text.lower()}"
    return Evidence(
        id=str(claim.pk),
        key=Key(
            claim.text.hash,
            min((span.start for span in spans), default=0),
            max((span.end for span in spans), default=1),
            roles[:200],
        ),
        group=claim.group,
        published=seen.published,
        story=claim.text.story.root.hash if claim.text.story else claim.text.hash,
        supplier=supplier,
        recipient=recipient,
        supplier_missing=Missing(claim.supplier_missing) if claim.supplier_missing else None,
        recipient_missing=Missing(claim.recipient_missing) if claim.recipient_missing else None,
        category=Category(claim.category),
        weapon_text=claim.weapon_text,
        designation=weapon.designation if weapon else None,
        family=(weapon.family or weapon).designation if weapon else None,
        stage=Stage(claim.stage),
        halt=Halt(claim.halt) if claim.halt else None,
        polarity=Polarity(claim.polarity),
        mode=Mode(claim.mode),
        condition=Condition(claim.condition),
        disputed=claim.disputed,
        confidence=claim.confidence,
        speaker=statement.speaker.public_id if statement else None,
        speaker_party=statement.party.code if statement and statement.party else None,
        speaker_named=statement is None or _is_name(statement.speaker.name),
        official=seen.official,
        sample=seen.sample,
        quantity=_quantity(claim),
        value=_money(claim),
        dates=tuple(
            When(
                when.start,
                when.end,
                Precision(when.precision),
                Bound(when.bound),
                DateBasis(when.basis),
                DateOf(when.of),
                when.words,
            )
            for when in claim.dates.all()
        ),
        others=tuple(sorted({(Role(other.role), other.party.code) for other in claim.others.all()})),
    )


def _is_name(speaker: str) -> bool:
    """Whether a speaker is named, not described ("Pentagon officials", "a source")."""
    last = speaker.split()[-1:] or [""]
    return last[0][:1].isupper()


def _quantity(claim: Claim) -> Quantity | None:
    if claim.quantity_min is None and claim.quantity_max is None and not claim.quantity_text:
        return None
    return Quantity(
        claim.quantity_min,
        claim.quantity_max,
        claim.quantity_approximate,
        Unit(claim.quantity_unit),
        QuantityOf(claim.quantity_of),
        claim.quantity_text,
    )


def _money(claim: Claim) -> Money | None:
    if claim.value_amount is None:
        return None
    return Money(
        claim.value_amount,
        claim.value_currency,
        ValueScope(claim.value_scope or ValueScope.ITEM),
        ValueBasis(claim.value_basis or ValueBasis.CONTRACT),
        claim.value_text,
    )
