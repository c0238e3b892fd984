"""The values that analysts give: from JSON, as a form or the database has them, to what resolution takes, and back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from reports.choices import (
    Bound,
    Category,
    Condition,
    DateBasis,
    DateOf,
    Halt,
    Mode,
    Polarity,
    Precision,
    QuantityOf,
    Stage,
    Unit,
    ValueBasis,
    ValueScope,
)
from reports.models import Weapon
from reports.records import Money, Quantity, When
from reports.resolution.judging import CORRECT, NamedWeapon
from reports.services.refusals import Refused

Weapons = Mapping[str, NamedWeapon]
LARGEST = 10**12


def weapons_named(designations: Iterable[str]) -> Weapons:
    """The weapons of the catalogue with these designations."""
    names = set(designations)
    if not names:
        return {}
    return {
        weapon.designation: NamedWeapon(
            weapon.designation,
            Category(weapon.category),
            weapon.designation,
            (weapon.family or weapon).designation,
            weapon.description,
        )
        for weapon in Weapon.objects.filter(designation__in=names).select_related("family")
    }


def value_of(field: str, given: Any, weapons: Weapons) -> object:
    """The typed value of a field of a claim, as `judging.corrected` takes it.

    Raises:
        Refused: there is no such field, or the value does not fit it.
    """
    if field not in CORRECT:
        raise Refused(f"{field!r} is no field to correct: choose one of {', '.join(sorted(CORRECT))}")
    try:
        return _READ[field](given) if field != "weapon" else _weapon(given, weapons)
    except (KeyError, TypeError, ValueError, InvalidOperation) as problem:
        raise Refused(f"{given!r} is no {field}: {problem}") from problem


def _word(words: type[StrEnum]) -> Callable[[Any], StrEnum]:
    return words


def _code(given: Any) -> str | None:
    if given is not None and not isinstance(given, str):
        raise ValueError("the code of a party, or null")
    return given or None


def _weapon(given: Mapping[str, Any], weapons: Weapons) -> NamedWeapon:
    designation = given.get("designation")
    if designation:
        if designation not in weapons:
            raise ValueError("the catalogue has no such designation")
        return weapons[designation]
    text = str(given["text"]).strip()
    if not text:
        raise ValueError("a designation, or words and a category")
    return NamedWeapon(text[:200], Category(given["category"]))


def _quantity(given: Mapping[str, Any] | None) -> Quantity | None:
    if given is None:
        return None
    low, high = (_number(given.get(name)) for name in ("min", "max"))
    if low is None and high is None:
        raise ValueError("it needs a min or a max")
    if low is not None and high is not None and low > high:
        raise ValueError("min is over max")
    return Quantity(
        low,
        high,
        bool(given.get("approximate")),
        Unit(given.get("unit") or Unit.PIECE),
        QuantityOf(given.get("of") or QuantityOf.ORDERED),
        str(given.get("text") or "")[:120],
    )


def _number(given: Any) -> int | None:
    if given is None or given == "":
        return None
    number = int(given)
    if not 0 <= number <= LARGEST:
        raise ValueError(f"a number from 0 to {LARGEST}")
    return number


def _money(given: Mapping[str, Any] | None) -> Money | None:
    if given is None:
        return None
    amount, currency = Decimal(str(given["amount"])), str(given["currency"]).upper()
    if not amount.is_finite() or not 0 < amount < 10**18:
        raise ValueError("an amount above zero")
    if len(currency) != 3 or not currency.isalpha():
        raise ValueError("a currency of three letters, such as USD")
    return Money(
        amount,
        currency,
        ValueScope(given.get("scope") or ValueScope.ITEM),
        ValueBasis(given.get("basis") or ValueBasis.CONTRACT),
        str(given.get("text") or "")[:120],
    )


def _when(of: DateOf) -> Callable[[Mapping[str, Any] | None], When | None]:
    def read(given: Mapping[str, Any] | None) -> When | None:
        if given is None:
            return None
        start = date.fromisoformat(given["start"])
        end = date.fromisoformat(given.get("end") or given["start"])
        if start > end:
            raise ValueError("it ends before it starts")
        return When(
            start,
            end,
            Precision(given.get("precision") or Precision.DAY),
            Bound(given.get("bound") or Bound.EXACT),
            DateBasis.STATED,
            of,
            str(given.get("text") or "")[:120],
        )

    return read


_READ: Mapping[str, Callable[[Any], object]] = {
    "supplier": _code,
    "recipient": _code,
    "stage": _word(Stage),
    "halt": lambda given: Halt(given) if given else None,
    "mode": _word(Mode),
    "condition": _word(Condition),
    "polarity": _word(Polarity),
    "quantity": _quantity,
    "value": _money,
    "ordered": _when(DateOf.ORDER),
    "delivery": _when(DateOf.DELIVERY),
}
