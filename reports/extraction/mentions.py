"""What the reader finds before it asks who plays which role: records only.

A mention is a stretch of the text with what it stands for. Offsets count code points of the canonical text.
"""

from dataclasses import dataclass
from decimal import Decimal

from reports.choices import Category, NameKind, QuantityOf, Unit
from reports.records import PartyRef, Span, When


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `index` in the text, `paragraph` it stands in (the title is sentence 0 of paragraph 0)."""

    index: int
    paragraph: int
    span: Span
    text: str
    title: bool = False


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party named, by name, demonym ("Russian"), metonym ("Moscow"), organisation ("Rosoboronexport") or leader.

    `form` is how; `organisation` and `person` are the names of what stands for the party, where that is how.
    """

    span: Span
    sentence: int
    party: PartyRef
    form: NameKind
    organisation: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A weapon named: by designation (catalogue), by a generic noun (`generic`), or by a form that looks like one.

    `designation` and `family` are None for a generic noun and for an unknown designation (`unknown`).
    """

    span: Span
    sentence: int
    text: str
    designation: str | None
    family: str | None
    category: Category
    generic: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person with what they are ("Director General", "MiG") and whom they speak for, as far as the text says."""

    span: Span
    sentence: int
    name: str
    role: str
    party: PartyRef | None


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number of pieces: "more than 10" is min 11; "up to 50" is max 50; "dozens" has neither."""

    span: Span
    sentence: int
    text: str
    min: int | None
    max: int | None
    approximate: bool
    unit: Unit
    of: QuantityOf = QuantityOf.ORDERED


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """A sum of money; `currency` is ISO 4217."""

    span: Span
    sentence: int
    text: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period, resolved against the day of publication where it is relative."""

    span: Span
    sentence: int
    when: When
