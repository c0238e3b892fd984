"""The claims of blocks as resolution takes them: rows to records, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Substr

from reports.choices import (
    Bound,
    Category,
    Condition,
    Counting,
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
from reports.models import Article, Claim, ClaimSpan, Statement
from reports.records import Money, Quantity, When
from reports.resolution.blocks import UNKNOWN
from reports.resolution.counting import counting_of
from reports.resolution.records import Evidence, Key


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the articles of a text say of it: its first day, whether one is official or sample data, how many."""

    published: date | None = None
    official: bool = False
    sample: bool = False
    articles: int = 0


def claims_of(*, blocks: Sequence[str]) -> list[Claim]:
    """The claims of some blocks with all that resolution looks at, held until the transaction ends.

    A text all of whose articles were superseded by corrected ones is no evidence any more.
    """
    standing = Article.objects.filter(text=OuterRef("text"), superseded=False)
    rows = with_everything(Claim.objects.filter(Exists(standing), block__in=blocks))
    # a new reading of one of the texts waits, so that no claim vanishes under the deal that is written
    return list(rows.select_for_update(of=("self",), no_key=True))


def with_everything(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims with all that `evidence_of` looks at."""
    return (
        claims.select_related("text", "text__story__root", "statement__speaker", "statement__party")
        .select_related("supplier", "recipient", "weapon__family")
        .defer("text__content", "text__story__root__content")
        .prefetch_related("spans", "dates", "others__party")
        .order_by("id")
    )


def appearances(texts: Iterable[int]) -> dict[int, Appearance]:
    """The appearance of each text."""
    found: dict[int, Appearance] = {}
    rows = Article.objects.filter(text__in=set(texts)).values_list(
        "text", "published_at", "source__kind", "source__is_sample"
    )
    for text, published, kind, sample in rows:
        so_far = found.get(text, Appearance())
        days = [day for day in (so_far.published, published.date() if published else None) if day]
        found[text] = Appearance(
            min(days, default=None),
            so_far.official or kind == SourceKind.OFFICIAL,
            so_far.sample or sample,
            so_far.articles + 1,
        )
    return found


def evidence_of(claims: Sequence[Claim], seen: Mapping[int, Appearance]) -> list[Evidence]:
    """Claims as records; `id` is the claim's primary key as a string."""
    keys = _keys(claims)
    sources = _sources(claims)
    countings = _countings(claims)
    return [
        replace(
            _record(claim, seen.get(claim.text_id, Appearance()), keys[claim.pk], sources.get(claim.pk)),
            counting=countings.get(claim.pk),
            added=claim.added_by_id is not None,
        )
        for claim in claims
    ]


def _countings(claims: Sequence[Claim]) -> dict[int, Counting]:
    """How the numbers of arrivals count, by the words of their sentences."""
    arrived = {claim.pk: claim.quantity_text for claim in claims if claim.quantity_of == QuantityOf.DELIVERED}
    if not arrived:
        return {}
    sentences = (
        ClaimSpan.objects.filter(claim__in=arrived)
        .annotate(words=Substr("claim__text__content", F("start") + 1, F("end") - F("start")))
        .order_by("-start")
    )
    told = ((pk, counting_of(words, arrived[pk])) for pk, words in sentences.values_list("claim", "words"))
    return {pk: counting for pk, counting in told if counting}


def _sources(claims: Sequence[Claim]) -> dict[int, str]:
    """The speakers whom claims in an article's own voice only repeat: each of their sentences is that speaker's."""
    own = [claim for claim in claims if claim.statement_id is None]
    said: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    rows = Statement.objects.filter(text__in={claim.text_id for claim in own}) if own else Statement.objects.none()
    for text, start, end, speaker in rows.values_list("text", "start", "end", "speaker__public_id"):
        said[text].append((start, end, speaker))
    found = {}
    for claim in own:
        speakers = [
            {who for start, end, who in said[claim.text_id] if start <= span.start and span.end <= end}
            for span in claim.spans.all()
        ]
        shared = set.intersection(*speakers) if speakers else set()
        if len(shared) == 1:
            found[claim.pk] = shared.pop()
    return found


def _keys(claims: Sequence[Claim]) -> dict[int, Key]:
    """What each claim is, whatever row holds it.

    Groups of one text whose claims share span and roles (two lots of one weapon in one sentence) are numbered, so that
    each keeps the id of its own deal.
    """
    plain: dict[int, Key] = {}
    groups: dict[Key, set[int]] = defaultdict(set)
    for claim in claims:
        spans = list(claim.spans.all())
        start = min((span.start for span in spans), default=0)
        end = max((span.end for span in spans), default=1)
        plain[claim.pk] = key = Key(claim.text.hash, start, end, roles_of(claim))
        groups[key].add(claim.group)
    numbers = {(key, group): n for key, found in groups.items() for n, group in enumerate(sorted(found), 1)}
    keys = {}
    for claim in claims:
        key = plain[claim.pk]
        number = numbers[key, claim.group]
        keys[claim.pk] = replace(key, roles=f"{key.roles[:196]}#{number}") if number > 1 else key
    return keys


def roles_of(claim: Claim) -> str:
    """Parties and weapon of a claim as one string: supplier>recipient:weapon."""
    supplier = claim.supplier.code if claim.supplier else UNKNOWN
    recipient = claim.recipient.code if claim.recipient else UNKNOWN
    weapon = claim.weapon.designation if claim.weapon else claim.weapon_text.lower()
    return f"{supplier}>{recipient}:{weapon}"[:200]


def _record(claim: Claim, seen: Appearance, key: Key, source: str | None) -> Evidence:
    statement = claim.statement
    weapon = claim.weapon
    supplier = claim.supplier.code if claim.supplier else None
    recipient = claim.recipient.code if claim.recipient else None
    return Evidence(
        id=str(claim.pk),
        key=key,
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
        kind=weapon.description if weapon else "",
        stage=Stage(claim.stage),
        halt=Halt(claim.halt) if claim.halt else None,
        polarity=Polarity(claim.polarity),
        mode=Mode(claim.mode),
        condition=Condition(claim.condition),
        disputed=claim.disputed,
        confidence=claim.confidence,
        source=source,
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
