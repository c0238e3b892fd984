"""News for tests: documents stored by the real intake, with readings whose claims a test says itself."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from reports.choices import Category, Polarity, Stage, Stance
from reports.models import Article, Deal, Text, Weapon
from reports.records import ClaimRecord, Document, PartyRef, ReadingRecord, Span, StatementRecord, WeaponRef
from reports.services.intake import Stored, store_document
from reports.services.reading import store_reading
from reports.services.resolving import resolve_dirty
from tests.builders import make_party, make_weapon

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FAMILIES = {
    "MiG-29": ("MiG-29", Category.AIRCRAFT),
    "MiG-29M/M2": ("MiG-29", Category.AIRCRAFT),
    "S-300": ("S-300", Category.AIR_DEFENCE),
    "Su-30": ("Su-30", Category.AIRCRAFT),
}


def furnish() -> None:
    """The parties and weapons that the tests speak of."""
    for code in ("RU", "SY", "US", "PL", "IN", "FR"):
        make_party(code)
    roots: dict[str, Weapon] = {}
    for designation, (family, category) in FAMILIES.items():
        made = make_weapon(designation, roots.get(family), category)
        roots.setdefault(designation, made)


def store(title: str, body: str, *, locator: str = "", day: date | None = date(2013, 5, 31), **more: Any) -> Stored:
    """Store a document; without a `locator`, at one of its own."""
    published = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    document = Document(title, body, locator or f"{title}.txt", published=published, language="en")
    return store_document(document=document, now=NOW, **more)


def told(
    weapon: str,
    *,
    of: str,
    on: str,
    supplier: str | None = "RU",
    recipient: str | None = "SY",
    deal: int = 0,
    statement: int | None = None,
    stage: Stage = Stage.ORDERED,
    polarity: Polarity = Polarity.ASSERTED,
    **more: Any,
) -> ClaimRecord:
    """A claim read from the words `on`, which must stand in the text `of`. A weapon of no catalogue has none."""
    family, category = FAMILIES.get(weapon, (None, Category.MISSILES))
    start = of.index(on)
    return ClaimRecord(
        deal=deal,
        statement=statement,
        supplier=PartyRef(supplier, supplier) if supplier else None,
        recipient=PartyRef(recipient, recipient) if recipient else None,
        weapon=WeaponRef(weapon, weapon if family else None, family, category),
        stage=stage,
        evidence=(Span(start, start + len(on)),),
        confidence=0.9,
        why=("test",),
        polarity=polarity,
        **more,
    )


def said(speaker: str, *, of: str, on: str, stance: Stance = Stance.ANNOUNCES, **more: Any) -> StatementRecord:
    """A statement whose sentence is `on`."""
    start = of.index(on)
    fields: dict[str, Any] = {
        "role": "",
        "party": PartyRef("SY", "Syria"),
        "quote": False,
        "via": "",
        "deals": (0,),
    } | more
    return StatementRecord(speaker=speaker, stance=stance, span=Span(start, start + len(on)), **fields)


def read_as(
    text: Text, claims: Sequence[ClaimRecord], statements: Sequence[StatementRecord] = (), reader: str = "reader 1"
) -> None:
    """Store a reading with these claims."""
    record = ReadingRecord(reader=reader, language="en", claims=tuple(claims), statements=tuple(statements))
    store_reading(text=Text.objects.get(pk=text.pk), record=record, now=NOW)


def report(
    title: str, body: str, weapon: str, *, day: date | None = date(2013, 5, 31), locator: str = "", **more: Any
) -> Article:
    """A stored article whose title makes one claim, read but not yet resolved."""
    article = store(title, body, day=day, locator=locator).article
    read_as(article.text, [told(weapon, of=article.text.content, on=title, **more)])
    return article


def resolve() -> None:
    while resolve_dirty():
        pass


def deals() -> dict[str, tuple[Any, ...]]:
    """What the deals show, by public id."""
    columns = ("weapon_text", "stage", "halt", "quantity_min", "articles_count", "texts_count", "origins_count")
    return {deal.public_id: tuple(getattr(deal, name) for name in columns) for deal in Deal.objects.all()}
