"""How well claims become deals: labelled deals of several articles against the clusters that resolution makes.

Labels with one `key` are one deal. B-cubed asks of each labelled deal which share of its cluster belongs with it
(precision) and which share of what belongs with it is in its cluster (recall), and takes the mean over all. Only pairs
of supplier and recipient that two or more articles report are scored: the others are no test.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reports.catalogue.load import Catalogue
from reports.catalogue.records import Generic
from reports.catalogue.resolve import resolve_designation
from reports.choices import Category, Halt, Role, Stage, ValueScope
from reports.records import Money, Quantity, ReadingRecord, content_hash
from reports.resolution.blocks import block_of
from reports.resolution.cluster import cluster
from reports.resolution.records import Evidence, Key, Method
from reports.resolution.stories import COPY, bands, overlap, shingles
from reports.scoring import deal_right

Label = Mapping[str, Any]

# The labels' eight words as stage and halt; a halted deal of a label says nothing of how far it was.
STAGES: Mapping[str, tuple[Stage, Halt | None]] = {
    "considered": (Stage.CONSIDERED, None),
    "negotiation": (Stage.NEGOTIATING, None),
    "approved": (Stage.LICENSED, None),
    "ordered": (Stage.ORDERED, None),
    "delivering": (Stage.DELIVERING, None),
    "delivered": (Stage.DELIVERED, None),
    "suspended": (Stage.ORDERED, Halt.SUSPENDED),
    "cancelled": (Stage.NEGOTIATING, Halt.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class BCubed:
    """Mean precision and recall over `items` labelled deals."""

    precision: float
    recall: float
    items: int

    def __str__(self) -> str:
        return f"B-cubed precision {self.precision:.2f} recall {self.recall:.2f}"


def b_cubed(wanted: Mapping[str, Hashable], given: Mapping[str, Hashable]) -> BCubed:
    """The score of a partition, both as item: cluster. Only items of both are looked at."""
    items = wanted.keys() & given.keys()
    truth, answer = _members(wanted, items), _members(given, items)
    if not items:
        return BCubed(1.0, 1.0, 0)
    precision = recall = 0.0
    for item in items:
        mine, found = truth[wanted[item]], answer[given[item]]
        both = len(mine & found)
        precision += both / len(found)
        recall += both / len(mine)
    return BCubed(precision / len(items), recall / len(items), len(items))


def _members(partition: Mapping[str, Hashable], items: Iterable[str]) -> Mapping[Hashable, set[str]]:
    found: dict[Hashable, set[str]] = defaultdict(set)
    for item in items:
        found[partition[item]].add(item)
    return found


def keys_to_score(labels: Sequence[Label]) -> dict[str, str]:
    """Item ("article#number of its deal"): key, for the pairs that two or more articles report."""
    articles: dict[object, set[str]] = defaultdict(set)
    for label in labels:
        for deal in label["deals"]:
            articles[_pair(deal)].add(label["id"])
    return {
        _item(label, number): deal["key"]
        for label in labels
        for number, deal in enumerate(label["deals"])
        if len(articles[_pair(deal)]) > 1
    }


def _pair(deal: Label) -> object:
    return (tuple(sorted(deal["supplier"])), tuple(sorted(deal["recipient"])))


def _item(label: Label, number: int) -> str:
    return f"{label['id']}#{number}"


def stories_of(contents: Mapping[str, str]) -> dict[str, str]:
    """Article: the first article of its story, as near-duplicate hashing finds it."""
    root: dict[str, str] = {}
    seen: dict[int, list[str]] = defaultdict(list)
    words = {name: shingles(content) for name, content in contents.items()}
    for name, content in contents.items():
        found = bands(content)
        others = sorted({other for band in found for other in seen[band]})
        root[name] = next((root[other] for other in others if overlap(words[name], words[other]) >= COPY), name)
        for band in found:
            seen[band].append(name)
    return root


def labelled_claims(labels: Sequence[Label], contents: Mapping[str, str], catalogue: Catalogue) -> tuple[Evidence, ...]:
    """The labels themselves as claims (`id` is the item), with the weapon as the article spells it."""
    stories = stories_of(contents)
    return tuple(
        _labelled(label, number, contents[label["id"]], stories[label["id"]], catalogue)
        for label in labels
        for number in range(len(label["deals"]))
    )


def _labelled(label: Label, number: int, content: str, story: str, catalogue: Catalogue) -> Evidence:
    deal = label["deals"][number]
    spelling = next((name for name in deal["weapon"] if name.lower() in content.lower()), deal["weapon"][0])
    weapon = resolve_designation(catalogue, spelling)
    named = None if weapon is None or isinstance(weapon, Generic) else weapon
    stage, halt = STAGES[deal["status"]]
    others = [(Role.CO_SUPPLIER, code) for code in deal["supplier"][1:]]
    others += [(Role.CO_RECIPIENT, code) for code in deal["recipient"][1:]]
    supplier, recipient = _first(deal["supplier"]), _first(deal["recipient"])
    return Evidence(
        id=_item(label, number),
        key=Key(content_hash(content), number, number + 1, f"{supplier or '?'}>{recipient or '?'}:{spelling}"),
        group=number,
        published=published(label),
        story=story,
        supplier=supplier,
        recipient=recipient,
        category=weapon.category if weapon else Category.OTHER,
        weapon_text=spelling,
        designation=named.designation if named else None,
        family=(named.family or named.designation) if named else None,
        kind=named.description if named else "",
        stage=stage,
        halt=halt,
        confidence=1.0,
        quantity=_quantity(deal.get("quantity")),
        value=_money(deal),
        others=tuple(others),
        disputed=bool(deal.get("disputed")),
    )


def published(label: Label) -> date | None:
    """The day of a labelled article, where its label has one."""
    return date.fromisoformat(label["published"][:10]) if label.get("published") else None


def _first(codes: Sequence[str]) -> str | None:
    return codes[0] if codes else None


def _quantity(given: Mapping[str, int | None] | None) -> Quantity | None:
    return Quantity(given.get("min"), given.get("max")) if given else None


def _money(deal: Label) -> Money | None:
    value = deal.get("value")
    if not value:
        return None
    scope = ValueScope.PACKAGE if deal.get("value_scope") == "package" else ValueScope.ITEM
    return Money(Decimal(str(value["amount"])), value["currency"], scope)


def read_claims(
    labels: Sequence[Label], contents: Mapping[str, str], readings: Mapping[str, ReadingRecord]
) -> tuple[tuple[Evidence, ...], dict[str, str]]:
    """What a reader found as claims, and item: claim for the labelled deals that it found."""
    stories = stories_of(contents)
    claims: list[Evidence] = []
    found: dict[str, str] = {}
    for label in labels:
        name = label["id"]
        left = list(enumerate(readings[name].deals))
        day = published(label)
        digest = content_hash(contents[name])
        for number, claim in left:
            supplier = claim.supplier.code if claim.supplier else None
            recipient = claim.recipient.code if claim.recipient else None
            spoken = claim.weapon.designation or claim.weapon.text.lower()
            claims.append(
                Evidence(
                    id=f"{name}/{number}",
                    key=Key(
                        digest,
                        min(span.start for span in claim.evidence),
                        max(span.end for span in claim.evidence),
                        f"{supplier or '?'}>{recipient or '?'}:{spoken}",
                    ),
                    group=claim.deal,
                    published=day,
                    story=stories[name],
                    supplier=supplier,
                    recipient=recipient,
                    category=claim.weapon.category,
                    weapon_text=claim.weapon.text,
                    designation=claim.weapon.designation,
                    family=claim.weapon.family,
                    stage=claim.stage,
                    halt=claim.halt,
                    polarity=claim.polarity,
                    confidence=claim.confidence,
                    quantity=claim.quantity,
                    value=claim.value,
                    dates=claim.dates,
                    mode=claim.mode,
                )
            )
        for number, deal in enumerate(label["deals"]):
            hit = next((pair for pair in left if deal_right(deal, _answer(readings[name], pair[0]))), None)
            if hit:
                left.remove(hit)
                found[_item(label, number)] = f"{name}/{hit[0]}"
    return tuple(claims), found


def _answer(reading: ReadingRecord, number: int) -> dict[str, Any]:
    claim = reading.deals[number]
    return {
        "supplier": claim.supplier.code if claim.supplier else None,
        "recipient": claim.recipient.code if claim.recipient else None,
        "weapon": {
            "designation": claim.weapon.designation,
            "family": claim.weapon.family,
            "text": claim.weapon.text,
        },
    }


def partition(claims: Iterable[Evidence], method: Method) -> dict[str, Hashable]:
    """Claim: its deal, block by block as the services do it."""
    return {claim.id: number for number, group in enumerate(clusters(claims, method)) for claim in group}


def clusters(claims: Iterable[Evidence], method: Method) -> Iterator[tuple[Evidence, ...]]:
    """The deals of some claims, block by block."""
    blocks: dict[str, list[Evidence]] = defaultdict(list)
    for claim in claims:
        name = block_of(supplier=claim.supplier, recipient=claim.recipient, category=claim.category)
        blocks[name].append(claim)
    for name in sorted(blocks):
        yield from cluster(blocks[name], method)
