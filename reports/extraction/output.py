"""A reading as `manage.py extract` prints it: plain data, one JSON object per document."""

from decimal import Decimal
from typing import Any

from reports.records import ClaimRecord, PartyRef, ReadingRecord, Span, StatementRecord


def as_dict(reading: ReadingRecord, source: str, content: str = "") -> dict[str, Any]:
    """The documented keys, in order. `content` is the text that the spans count into."""
    out: dict[str, Any] = {
        "source": source,
        "relevant": reading.relevant,
        "language": reading.language,
        "reader": reading.reader,
        "deals": [_deal(claim, content) for claim in reading.deals],
        "statements": [_statement(statement, content) for statement in reading.statements],
    }
    if reading.set_aside:
        out["set_aside"] = reading.set_aside
    if reading.unresolved:
        out["unresolved"] = list(reading.unresolved)
    return out


def _party(party: PartyRef | None) -> dict[str, str] | None:
    return {"code": party.code, "name": party.name} if party else None


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _span(span: Span, content: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": content[span.start : span.end]}


def _deal(claim: ClaimRecord, content: str) -> dict[str, Any]:
    quantity, value = claim.quantity, claim.value
    return {
        "supplier": _party(claim.supplier),
        "recipient": _party(claim.recipient),
        "others": [
            {"role": str(other.role), "code": other.party.code, "name": other.party.name} for other in claim.others
        ],
        "weapon": {
            "designation": claim.weapon.designation,
            "family": claim.weapon.family,
            "category": str(claim.weapon.category),
            "text": claim.weapon.text,
        },
        "quantity": quantity
        and {
            "min": quantity.min,
            "max": quantity.max,
            "approximate": quantity.approximate,
            "unit": str(quantity.unit),
            "of": str(quantity.of),
        },
        "value": value
        and {
            "amount": _number(value.amount),
            "currency": value.currency,
            "scope": str(value.scope),
            "basis": str(value.basis),
        },
        "status": claim.status,
        "stage": str(claim.stage),
        "halt": str(claim.halt) if claim.halt else None,
        "mode": str(claim.mode),
        "disputed": claim.disputed,
        "confidence": claim.confidence,
        "why": list(claim.why),
        "evidence": [_span(span, content) for span in claim.evidence],
    }


def _statement(statement: StatementRecord, content: str) -> dict[str, Any]:
    return {
        "speaker": statement.speaker,
        "role": statement.role or None,
        "country": _party(statement.party),
        "stance": str(statement.stance),
        "quote": statement.quote,
        "via": statement.via or None,
        **_span(statement.span, content),
        "deals": list(statement.deals),
    }
