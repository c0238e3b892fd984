"""What resolution takes and gives: frozen records, no database rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from reports.choices import (
    Category,
    Condition,
    Counting,
    DisputeField,
    Halt,
    Missing,
    Mode,
    Polarity,
    Role,
    Stage,
    ValueBasis,
)
from reports.records import Money, Quantity, When


@dataclass(frozen=True, slots=True)
class Method:
    """The numbers of the method. `version` changes with them: the log then says `method_change`."""

    version: str = "1"
    near: timedelta = timedelta(days=180)
    far: timedelta = timedelta(days=3 * 365)
    very_far: timedelta = timedelta(days=6 * 365)
    neighbours: int = 30
    witnesses: int = 4
    same_deal: float = 0.5
    value_tolerance: Decimal = Decimal("0.1")
    quantity_tolerance: Decimal = Decimal("0.1")
    dispute_window: timedelta = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Key:
    """What a claim is, whatever row holds it: text, span and roles. A new reading may shift the span."""

    text_hash: str
    start: int
    end: int
    roles: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim as resolution sees it. Codes and designations stand for rows; `id` is unique among its neighbours.

    `kind` is what the catalogue says the weapon is ("fighter aircraft"), or empty. `source` is the speaker whom the
    article's own voice only repeats here, if so. `counting` is how its number of arrivals counts, where words say so.
    `judged` names the fields that an analyst corrected; a claim that an analyst `added` is judged in every field.
    """

    id: str
    key: Key
    group: int
    published: date | None
    story: str
    supplier: str | None
    recipient: str | None
    category: Category
    weapon_text: str
    stage: Stage
    confidence: float
    designation: str | None = None
    family: str | None = None
    kind: str = ""
    source: str | None = None
    speaker: str | None = None
    speaker_party: str | None = None
    speaker_named: bool = True
    official: bool = False
    sample: bool = False
    supplier_missing: Missing | None = None
    recipient_missing: Missing | None = None
    halt: Halt | None = None
    mode: Mode = Mode.UNKNOWN
    condition: Condition = Condition.UNKNOWN
    polarity: Polarity = Polarity.ASSERTED
    disputed: bool = False
    quantity: Quantity | None = None
    value: Money | None = None
    dates: tuple[When, ...] = ()
    others: tuple[tuple[Role, str], ...] = ()
    counting: Counting | None = None
    judged: frozenset[str] = frozenset()
    added: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        """A total order, by day and then by what and where it is, never by the row that holds it."""
        key = self.key
        return (self.day, key.text_hash, key.start, key.end, key.roles, self.group, self.speaker or "")

    @property
    def of_article(self) -> bool:
        """Whether the article says it in its own voice."""
        return self.speaker is None

    @property
    def unit(self) -> tuple[str, int]:
        """Claims of one text and group are about one transfer."""
        return (self.key.text_hash, self.group)

    @property
    def origin(self) -> str:
        """Where it comes from: the innermost source, a speaker, else the story."""
        innermost = self.speaker or self.source
        return f"speaker:{innermost}" if innermost else f"story:{self.story}"

    @property
    def day(self) -> date:
        """The day of publication; the first of all days where it is not known, so that sorting is total."""
        return self.published or date.min


@dataclass(frozen=True, slots=True)
class Verdict:
    """An analyst's word that claims are about one deal (`same`), or that those of two sides are not.

    The sides are ids of claims; of `same` they are one. `made` orders verdicts, the newest last.
    """

    id: str
    same: bool
    one: frozenset[str]
    other: frozenset[str]
    made: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """The value that an analyst gives a field of a claim: what `judging.corrected` takes."""

    claim: str
    field: str
    value: object


@dataclass(frozen=True, slots=True)
class Judgements:
    """What analysts decided on the claims of a block, matched to them."""

    verdicts: tuple[Verdict, ...] = ()
    rejected: frozenset[str] = frozenset()
    corrections: tuple[Correction, ...] = ()


NONE = Judgements()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which claim gave a field its value, by which rule, and how many origins say the same."""

    rule: str
    claim: str
    origins: int


@dataclass(frozen=True, slots=True)
class Side:
    claim: str
    value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A dispute: claims that cannot all be true. `closed_by` says what closed it, `upheld` which value then stands."""

    field: DisputeField
    why: str
    sides: tuple[Side, ...]
    closed_by: str = ""
    upheld: str = ""

    @property
    def open(self) -> bool:
        return not self.closed_by


@dataclass(frozen=True, slots=True)
class Step:
    """A status as it was first reported."""

    status: str
    reported_on: date | None
    claim: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """How many were reported to arrive, and when; a running total counts all that came before it."""

    claim: str
    quantity: Quantity | None
    when: When | None
    running_total: bool
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What makes deals one package: a story (the hash of its first text) that gives one sum for them together."""

    story: str
    amount: Decimal
    currency: str
    basis: ValueBasis


@dataclass(frozen=True, slots=True)
class Picture:
    """The best current picture of one deal. `delivered` is how many have arrived, in the unit of the quantity."""

    claims: tuple[Evidence, ...]
    supplier: str | None
    recipient: str | None
    supplier_missing: Missing | None
    recipient_missing: Missing | None
    designation: str | None
    family: str | None
    category: Category
    weapon_text: str
    stage: Stage
    halt: Halt | None
    mode: Mode
    condition: Condition
    quantity: Quantity | None
    value: Money | None
    ordered: When | None
    disputed: bool
    confidence: float
    texts: int
    origins: int
    first_reported: date | None
    last_reported: date | None
    sample: bool
    others: tuple[tuple[Role, str], ...] = ()
    bundle: Bundle | None = None
    chosen: Mapping[str, Choice] = field(default_factory=dict)
    milestones: tuple[Step, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    delivered: int | None = None
    due: date | None = None
    credibility: Mapping[str, int] = field(default_factory=dict)
    disputes: tuple[Conflict, ...] = ()
