"""Rows for tests of the faces: a small world, built as the services would leave it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from reports.choices import (
    Category,
    DisputeField,
    NameKind,
    PartyKind,
    SourceKind,
    Stage,
    Stance,
    Tier,
    WorkState,
    tier_of,
)
from reports.models import (
    Article,
    Claim,
    ClaimSpan,
    Deal,
    Dispute,
    DisputeSide,
    LedgerEntry,
    Party,
    PartyName,
    Reading,
    Source,
    Speaker,
    Statement,
    Text,
    Weapon,
    Work,
)
from reports.public_ids import derive, mint
from reports.records import canonical, content_hash

NAMES = {"RU": "Russia", "SY": "Syria", "US": "United States", "PL": "Poland", "DE": "Germany"}


def make_party(code: str) -> Party:
    """The party with this code, with its name and, for a state, a demonym-free alias."""
    party, new = Party.objects.get_or_create(
        code=code,
        defaults={
            "name": NAMES.get(code, code.title()),
            "kind": PartyKind.STATE if len(code) == 2 else PartyKind.NON_STATE,
        },
    )
    if new:
        PartyName.objects.create(party=party, name=party.name, kind=NameKind.NAME)
    return party


def make_weapon(designation: str, family: Weapon | None = None, category: Category = Category.AIRCRAFT) -> Weapon:
    """A weapon of the catalogue; without `family` it is the root of its own."""
    slug = designation.lower().replace("/", "-").replace(" ", "-")
    weapon = Weapon.objects.create(slug=slug, designation=designation, parent=family, family=family, category=category)
    if family is None:
        weapon.family = weapon
        weapon.save()
    return weapon


def make_source(*, sample: bool = False) -> Source:
    name = "armstrack sample corpus" if sample else "Daily Test"
    kind = SourceKind.SAMPLE if sample else SourceKind.NEWSPAPER
    source, _ = Source.objects.get_or_create(
        slug=name.lower().replace(" ", "-"), defaults={"name": name, "kind": kind, "is_sample": sample}
    )
    return source


def make_article(title: str, body: str, *, published: date | None = date(2013, 5, 31), sample: bool = False) -> Article:
    """An article with a text of its own, already read."""
    content = canonical(title, body)
    text = Text.objects.create(
        hash=content_hash(content), content=content, length=len(content), title_length=len(title), language="en"
    )
    Work.objects.create(text=text, state=WorkState.READ)
    Reading.objects.create(text=text, reader="test", language="en", read_at=datetime.now(UTC))
    when = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
    return Article.objects.create(
        text=text,
        source=make_source(sample=sample),
        locator=f"https://news.example/{text.hash[:12]}",
        url=f"https://news.example/{text.hash[:12]}",
        title=title,
        published_at=when,
        retrieved_at=datetime.now(UTC),
    )


def make_deal(
    supplier: str | None,
    recipient: str | None,
    weapon: Weapon | None,
    *,
    stage: Stage = Stage.ORDERED,
    quantity: tuple[int | None, int | None] = (None, None),
    value: tuple[str, str] | None = None,
    reported: date = date(2013, 5, 31),
    **more: Any,
) -> Deal:
    """A deal with its id in the ledger."""
    public_id = mint()
    LedgerEntry.objects.create(public_id=public_id)
    return Deal.objects.create(
        public_id=public_id,
        block="test",
        supplier=make_party(supplier) if supplier else None,
        supplier_missing="" if supplier else "not_stated",
        recipient=make_party(recipient) if recipient else None,
        recipient_missing="" if recipient else "not_stated",
        weapon=weapon,
        family=weapon.family if weapon else None,
        weapon_text=weapon.designation if weapon else "missiles",
        category=weapon.category if weapon else Category.MISSILES,
        stage=stage,
        status=more.get("halt") or stage,
        tier=tier_of(stage, more.get("halt")),
        quantity_min=quantity[0],
        quantity_max=quantity[1],
        quantity_unit="piece",
        value_amount=Decimal(value[0]) if value else None,
        value_currency=value[1] if value else "",
        confidence=0.9,
        articles_count=1,
        texts_count=1,
        origins_count=1,
        first_reported=reported,
        last_reported=reported,
        **more,
    )


def make_claim(
    deal: Deal, article: Article, sentence: str, *, group: int = 0, statement: Statement | None = None
) -> Claim:
    """A claim on `deal` that is read from `sentence`, which must stand in the article."""
    start = article.text.content.index(sentence)
    reading = article.text.readings.get(current=True)
    claim = Claim.objects.create(
        reading=reading,
        text=article.text,
        statement=statement,
        group=group,
        key=derive(article.text.hash, start, deal.public_id, statement),
        supplier=deal.supplier,
        supplier_missing=deal.supplier_missing,
        recipient=deal.recipient,
        recipient_missing=deal.recipient_missing,
        weapon=deal.weapon,
        weapon_text=deal.weapon_text,
        category=deal.category,
        stage=deal.stage,
        quantity_min=deal.quantity_min,
        quantity_max=deal.quantity_max,
        confidence=0.9,
        why=["sell"],
        block="test",
        deal=deal,
    )
    ClaimSpan.objects.create(claim=claim, start=start, end=start + len(sentence))
    return claim


def make_statement(
    deal: Deal, article: Article, sentence: str, speaker: str, party: str, stance: Stance = Stance.ANNOUNCES
) -> Statement:
    """A statement of `speaker`, which is the sentence `sentence` of the article."""
    start = article.text.content.index(sentence)
    of = make_party(party)
    who, _ = Speaker.objects.get_or_create(public_id=derive(speaker, party), defaults={"name": speaker, "party": of})
    statement = Statement.objects.create(
        public_id=derive(article.text.hash, start, speaker),
        reading=article.text.readings.get(current=True),
        text=article.text,
        speaker=who,
        party=of,
        stance=stance,
        quote=False,
        start=start,
        end=start + len(sentence),
    )
    statement.deals.add(deal)
    return statement


def make_dispute(deal: Deal, field: DisputeField, sides: list[tuple[Claim, str]]) -> Dispute:
    dispute = Dispute.objects.create(deal=deal, field=field, why="The numbers exclude one another.")
    DisputeSide.objects.bulk_create(DisputeSide(dispute=dispute, claim=claim, value=value) for claim, value in sides)
    return dispute


def small_world() -> dict[str, Any]:
    """A disputed deal of Russia to Syria with evidence and a statement; one to Poland; one without supplier."""
    mig = make_weapon("MiG-29")
    variant = make_weapon("MiG-29M/M2", mig)
    s300 = make_weapon("S-300", category=Category.AIR_DEFENCE)
    told = "Russia will sell Syria more than ten MiG-29M/M2 jets."
    said = "Damascus ordered ten jets, Mr Test said."
    article = make_article("Jets for Damascus", f"{told} {said} The weather was fine in Moscow.")
    jets = make_deal("RU", "SY", variant, quantity=(11, None), value=("1500000000", "USD"), disputed=True)
    claim = make_claim(jets, article, told)
    statement = make_statement(jets, article, said, "Mr Test", "SY")
    other = make_claim(jets, article, said, statement=statement)
    make_dispute(jets, DisputeField.QUANTITY, [(claim, "at least 11"), (other, "10")])
    jets.chosen = {"quantity": {"rule": "independent_report", "claim": claim.key, "origins": 1}}
    jets.save()
    missiles = make_deal("US", "PL", s300, stage=Stage.DELIVERED, quantity=(2, 2), reported=date(2020, 1, 1))
    unknown = make_deal(None, "SY", None, stage=Stage.CONSIDERED, reported=date(2021, 1, 1))
    return {
        "article": article,
        "jets": jets,
        "missiles": missiles,
        "unknown": unknown,
        "told": told,
        "said": said,
        "statement": statement,
        "tier": Tier.CONTRACTED,
    }
