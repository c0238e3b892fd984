"""Analysts decide: each verb keeps a judgement for good and lets what it touches be resolved anew. Any can be undone.

One at a time judges: so of two who decide at once on one thing, the second hears of the first, and nothing is lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction

from reports.choices import Cause, JudgementKind, RelationKind, Reliability, WorkState
from reports.models import (
    Claim,
    Deal,
    Judgement,
    JudgementAnchor,
    LedgerEntry,
    Party,
    Reading,
    Relation,
    Source,
    Text,
    Work,
)
from reports.public_ids import derive, mint
from reports.records import Document, Span
from reports.services.anchoring import (
    BY_HAND,
    add_row,
    added_record,
    anchors_for,
    one_deal,
    settle_blocks,
)
from reports.services.decisions import value_of, weapons_named
from reports.services.intake import store_document
from reports.services.queue import enqueue_resolution
from reports.services.refusals import Contradiction, Gone, Refused, Standing
from reports.services.resolving import mark_dirty, resolve_blocks

_LOCK = 7_201_201
MOST_ANCHORS = 50  # a deal of more units is held by its first ones

Side = Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Words:
    """Words outside any text: of a photograph, of a page of a PDF, in another language with their translation."""

    title: str
    words: str
    translation: str = ""
    url: str = ""
    outlet: str = ""
    published: datetime | None = None


def judge_same(*, deals: tuple[str, str], author: User, reason: str) -> Judgement:
    """Two deals are one.

    Raises:
        Refused: they are one id, one is gone, or other judgements say that they are two.
    """
    return _verdict(JudgementKind.SAME, deals, author, reason)


def judge_different(*, deals: tuple[str, str], author: User, reason: str) -> Judgement:
    """Two deals are two, and stay so whatever is read later."""
    return _verdict(JudgementKind.DIFFERENT, deals, author, reason)


def judge_claims_different(*, claims: Sequence[str], others: Sequence[str], author: User, reason: str) -> Judgement:
    """Claims (by key) of one deal are of two: those of the one side, and those of the other."""
    return _decide_on_sides(
        JudgementKind.DIFFERENT, lambda: (_claims(claims), _claims(others)), author=author, reason=reason
    )


def judge_claims_same(*, claims: Sequence[str], others: Sequence[str], author: User, reason: str) -> Judgement:
    """Claims (by key) are of one deal: those of the one side, and those of the other."""
    return _decide_on_sides(
        JudgementKind.SAME, lambda: (_claims(claims), _claims(others)), author=author, reason=reason
    )


def reject_claim(*, claim: str, author: User, reason: str) -> Judgement:
    """A claim (by key) is none: the text does not say so."""
    return _on_claim(JudgementKind.REJECT_CLAIM, claim, {}, author, reason)


def accept_claim(*, claim: str, author: User, reason: str = "read, and found right") -> Judgement:
    """A claim (by key) says what the text says."""
    return _on_claim(JudgementKind.ACCEPT_CLAIM, claim, {}, author, reason)


def correct_field(*, claim: str, field: str, value: Any, author: User, reason: str) -> Judgement:
    """A field of a claim (by key) is another: `value` as `decisions` reads it.

    Raises:
        Refused: no such field, value or party; or someone corrected that field already.
    """
    designation = value.get("designation") if field == "weapon" and isinstance(value, dict) else None
    value_of(field, value, weapons_named([designation] if designation else []))
    if field in ("supplier", "recipient"):
        _known_parties([value])
    return _on_claim(JudgementKind.CORRECT_FIELD, claim, {"field": field, "value": value}, author, reason)


def grade_claim(*, claim: str, credibility: int, author: User, reason: str) -> Judgement:
    """How credible a claim (by key) is, 1 to 6 on the Admiralty scale."""
    if credibility not in range(1, 7):
        raise Refused(f"credibility goes from 1 to 6, not {credibility}")
    return _on_claim(JudgementKind.GRADE, claim, {"credibility": credibility}, author, reason)


@transaction.atomic
def grade_source(*, source: str, reliability: Reliability, author: User, reason: str) -> Judgement:
    """How reliable a source (by slug) is, A to F on the Admiralty scale."""
    _one_at_a_time()
    found = Source.objects.select_for_update().filter(slug=source).first()
    if found is None:
        raise Gone(f"there is no source {source}")
    decision = {"source": source, "reliability": reliability, "before": found.reliability}
    judgement = _keep(JudgementKind.GRADE, decision, author, reason, [])
    Source.objects.filter(pk=found.pk).update(reliability=reliability)
    return judgement


def add_claim(*, text: str, span: Span, claim: dict[str, Any], author: User, reason: str) -> Judgement:
    """A claim that the reader missed: a span of a text (by hash), and its fields as `decisions` reads them.

    Raises:
        Refused: the span is outside the text, or a field does not hold what it should.
    """
    added_record(decision={"claim": claim}, span=span)
    _known_parties([claim.get("supplier"), claim.get("recipient")])
    with transaction.atomic():
        _one_at_a_time()
        found = Text.objects.select_for_update().filter(hash=text, redacted_at=None).first()
        if found is None:
            raise Gone("there is no such text, or it was taken down")
        if not 0 <= span.start < span.end <= found.length:
            raise Refused(f"the span {span.start} to {span.end} is outside the text of {found.length} characters")
        judgement, blocks = _add(found, span, claim, author, reason)
    return _resolved(judgement, blocks)


def add_words(*, words: Words, claim: dict[str, Any], now: datetime, author: User, reason: str) -> Judgement:
    """A claim from words outside any text, which are kept as a text of their own that no reader reads."""
    added_record(decision={"claim": claim}, span=Span(0, 1))
    _known_parties([claim.get("supplier"), claim.get("recipient")])
    if not words.words.strip():
        raise Refused("there are no words to take the claim from")
    body = words.words if not words.translation else f"{words.words}\n\nTranslation: {words.translation}"
    locator = f"analyst:{derive(words.title, body, words.url)}"
    document = Document(words.title, body, locator, words.url, words.published, words.outlet or "analysts")
    with transaction.atomic():
        _one_at_a_time()
        text = store_document(document=document, now=now).article.text
        read = Reading.objects.filter(text=text, current=True).first()
        if read is None:
            Reading.objects.create(text=text, reader=BY_HAND, read_at=now)
            Work.objects.filter(text=text).update(
                state=WorkState.SET_ASIDE, reason="words of an analyst", lease_until=None
            )
        start = text.content.index("\n\n") + 2 if "\n\n" in text.content else 0
        judgement, blocks = _add(text, Span(start, text.length), claim, author, reason)
    return _resolved(judgement, blocks)


def _add(text: Text, span: Span, claim: dict[str, Any], author: User, reason: str) -> tuple[Judgement, set[str]]:
    reading = Reading.objects.filter(text=text, current=True).first()
    if reading is None:
        raise Refused("the text is not read yet")
    public_id = mint()
    anchor = JudgementAnchor(text_hash=text.hash, start=span.start, end=span.end, roles=f"added:{public_id}")
    judgement = _keep(JudgementKind.ADD_CLAIM, {"claim": claim}, author, reason, [anchor])
    anchor.claim = add_row(anchor=anchor, text=text, reading=reading)
    anchor.save(update_fields=["claim"])
    blocks = settle_blocks(claims=[anchor.claim.pk])
    _touch(blocks)
    return judgement, blocks


def relate(*, deal: str, other: str, kind: RelationKind, author: User, reason: str) -> Judgement:
    """How a deal stands to another, such as an option of it."""
    kind = RelationKind(kind)

    def sides() -> tuple[Side, Side]:
        one, two = _deal(deal), _deal(other)
        if one == two:
            raise Refused("a deal is not related to itself")
        if Relation.objects.filter(deal=one, other=two, kind=kind).exists():
            raise Standing(f"{deal} is {kind} {other} already")
        return _of_deal(one), _of_deal(two)

    return _decide_on_sides(JudgementKind.RELATE, sides, decision={"kind": kind}, author=author, reason=reason)


@transaction.atomic
def _undo(judgement: str, author: User, now: datetime) -> tuple[Judgement, set[str]]:
    _one_at_a_time()
    found = Judgement.objects.select_for_update(of=("self",)).filter(public_id=judgement).first()
    if found is None:
        raise Gone(f"there is no judgement {judgement}")
    if found.undone_at is not None:
        raise Standing(f"{found.undone_by} undid it already")
    claims = set(found.anchors.filter(claim__isnull=False).values_list("claim", flat=True))
    held = Claim.objects.filter(pk__in=claims).select_for_update(no_key=True).order_by("pk")
    blocks = set(held.values_list("block", flat=True))
    found.undone_at, found.undone_by, found.orphaned = now, author, False
    found.save(update_fields=["undone_at", "undone_by", "orphaned"])
    match found.kind:
        case JudgementKind.ADD_CLAIM:
            Claim.objects.filter(added_by=found).delete()
            claims = set()
        case JudgementKind.RELATE:
            Relation.objects.filter(judgement=found).delete()
        case JudgementKind.GRADE if "source" in found.decision:
            _regrade(found)
    blocks |= settle_blocks(claims=claims)
    _touch(blocks)
    return found, blocks


def undo(*, judgement: str, author: User, now: datetime) -> Judgement:
    """Take a judgement back (by public id): everything is as if it had not been made, but that both are on record.

    Raises:
        Refused: there is none, or it was undone.
    """
    return _resolved(*_undo(judgement, author, now))


def _regrade(undone: Judgement) -> None:
    """The grade that stands without this one: the newest other, else what was there before the first of those."""
    slug = undone.decision["source"]
    of_source = Judgement.objects.filter(kind=JudgementKind.GRADE, decision__source=slug).order_by("-pk")
    standing = of_source.filter(undone_at=None).first()
    first = of_source.last()
    grade = standing.decision["reliability"] if standing else first.decision["before"] if first else Reliability.F
    Source.objects.filter(slug=slug).update(reliability=grade)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _known_parties(codes: Iterable[str | None]) -> None:
    for code in codes:
        if code and not Party.objects.filter(code=code).exists():
            raise Refused(f"there is no party {code}")


def _claims(keys: Sequence[str]) -> Side:
    """Claims by key, held so that no reading replaces them meanwhile."""
    held = Claim.objects.select_for_update(of=("self",), no_key=True).filter(key__in=set(keys)).order_by("pk")
    found = list(held)
    missing = sorted(set(keys) - {claim.key for claim in found})
    if missing or not found:
        raise Gone(f"no claim {', '.join(missing) or 'was named'}: a new reading may have replaced it")
    return found


def _deal(public_id: str) -> Deal:
    deal = Deal.objects.filter(public_id=public_id).first()
    if deal is not None:
        return deal
    entry = LedgerEntry.objects.filter(public_id=public_id).first()
    if entry is None:
        raise Gone(f"there is no deal {public_id}")
    raise Gone(
        f"the deal {public_id} is gone" + (f": it is {entry.forwards_to_id} now" if entry.forwards_to_id else "")
    )


def _of_deal(deal: Deal) -> Side:
    """The claims that stand for a deal: one for each text and group, the article's own where there is one."""
    voices: dict[tuple[int, int], Claim] = {}
    held = Claim.objects.select_for_update(of=("self",), no_key=True).filter(deal=deal).order_by("pk")
    for claim in held:
        unit = (claim.text_id, claim.group)
        if unit not in voices or (voices[unit].statement_id is not None and claim.statement_id is None):
            voices[unit] = claim
    if not voices:
        raise Gone(f"the deal {deal.public_id} has no claims any more")
    return list(voices.values())[:MOST_ANCHORS]


def _verdict(kind: JudgementKind, deals: tuple[str, str], author: User, reason: str) -> Judgement:
    def sides() -> tuple[Side, Side]:
        one, other = _deal(deals[0]), _deal(deals[1])
        if one == other:
            words = "merged with itself" if kind == JudgementKind.SAME else "told apart from itself: name its claims"
            raise Refused(f"a deal cannot be {words}")
        return _of_deal(one), _of_deal(other)

    return _decide_on_sides(kind, sides, author=author, reason=reason)


def _decide_on_sides(
    kind: JudgementKind, sides: Any, *, author: User, reason: str, decision: dict[str, Any] | None = None
) -> Judgement:
    with transaction.atomic():
        _one_at_a_time()
        one, other = sides()
        if {claim.pk for claim in one} & {claim.pk for claim in other}:
            raise Refused("a claim stands on both sides")
        if kind in (JudgementKind.SAME, JudgementKind.DIFFERENT):
            _must_fit(kind, one, other)
        anchors = [*anchors_for(claims=one, side=0), *anchors_for(claims=other, side=1)]
        judgement = _keep(kind, decision or {}, author, reason, anchors)
        blocks = settle_blocks(claims=[claim.pk for claim in (*one, *other)])
        _touch(blocks)
    return _resolved(judgement, blocks)


def _must_fit(kind: JudgementKind, one: Side, other: Side) -> None:
    """Refuse a verdict that stands already, or that closes a ring of same and different."""
    left = one_deal(claims=[claim.pk for claim in one])
    right = one_deal(claims=[claim.pk for claim in other])
    if kind == JudgementKind.SAME:
        if left & right:
            raise Standing("they are one deal already by other judgements" + _named(left & right, JudgementKind.SAME))
        for judgement, first, second in _apart(left | right):
            if first & (left | right) and second & (left | right):
                raise Contradiction(f"judgement {judgement} says that they are two: undo it first")
        return
    if left & right and not _one_unit(one, other):
        raise Contradiction("other judgements say that they are one deal" + _named(left & right, JudgementKind.SAME))
    for judgement, first, second in _apart(left | right):
        ids, others = {claim.pk for claim in one}, {claim.pk for claim in other}
        if (ids <= first and others <= second) or (ids <= second and others <= first):
            raise Standing(f"judgement {judgement} says so already")


def _one_unit(one: Side, other: Side) -> bool:
    """Whether all is one group of one text, as the reader put it, which an analyst may cut in two."""
    return len({(claim.text_id, claim.group) for claim in (*one, *other)}) == 1


def _apart(claims: set[int]) -> list[tuple[str, set[int], set[int]]]:
    """The standing verdicts that claims are of two deals: (judgement, claims of the one side, of the other)."""
    touched = JudgementAnchor.objects.filter(
        claim__in=claims, judgement__kind=JudgementKind.DIFFERENT, judgement__undone_at=None
    )
    rows = JudgementAnchor.objects.filter(judgement__in=touched.values("judgement"), claim__isnull=False)
    sides: dict[str, tuple[set[int], set[int]]] = {}
    for judgement, side, claim in rows.values_list("judgement__public_id", "side", "claim"):
        sides.setdefault(judgement, (set(), set()))[side].add(claim)
    return [(judgement, one, other) for judgement, (one, other) in sorted(sides.items())]


def _named(claims: set[int], kind: JudgementKind) -> str:
    found = Judgement.objects.filter(anchors__claim__in=claims, kind=kind, undone_at=None).distinct()
    names = sorted(found.values_list("public_id", flat=True))
    return f" ({', '.join(names)}): undo them first" if names else ""


def _on_claim(kind: JudgementKind, key: str, decision: dict[str, Any], author: User, reason: str) -> Judgement:
    with transaction.atomic():
        _one_at_a_time()
        (claim,) = _claims([key])
        standing = Judgement.objects.filter(anchors__claim=claim, kind=kind, undone_at=None)
        if kind == JudgementKind.CORRECT_FIELD:
            standing = standing.filter(decision__field=decision["field"])
        if before := standing.select_related("author").first():
            raise Standing(f"{before.author} decided on it already, judgement {before.public_id}: undo that first")
        opposite = {
            JudgementKind.ACCEPT_CLAIM: JudgementKind.REJECT_CLAIM,
            JudgementKind.REJECT_CLAIM: JudgementKind.ACCEPT_CLAIM,
        }.get(kind)
        if opposite and (
            contrary := Judgement.objects.filter(anchors__claim=claim, kind=opposite, undone_at=None).first()
        ):
            raise Contradiction(f"judgement {contrary.public_id} says the contrary: undo it first")
        judgement = _keep(kind, decision, author, reason, anchors_for(claims=[claim]))
        blocks = {claim.block} | settle_blocks(claims=[claim.pk])
        _touch(blocks)
    return _resolved(judgement, blocks)


def _keep(
    kind: JudgementKind, decision: dict[str, Any], author: User, reason: str, anchors: Sequence[JudgementAnchor]
) -> Judgement:
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("a judgement needs a reason")
    judgement = Judgement.objects.create(kind=kind, decision=decision, author=author, reason=reason[:500])
    for anchor in anchors:
        anchor.judgement = judgement
    JudgementAnchor.objects.bulk_create(anchors)
    return judgement


def _touch(blocks: Iterable[str]) -> None:
    mark_dirty(blocks=blocks, cause=Cause.JUDGEMENT)
    enqueue_resolution()


def _resolved(judgement: Judgement, blocks: set[str]) -> Judgement:
    """Let the analyst see what came of it at once; a block that a worker is at is left to that worker."""
    resolve_blocks(blocks=sorted(blocks))
    return judgement
