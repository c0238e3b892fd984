"""What passes between the rooms: frozen records, no Django.

Every offset is a count of code points into a text's canonical form (see `canonical`), `end` exclusive.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

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
    Stage,
    Stance,
    Unit,
    ValueBasis,
    ValueScope,
)


def canonical(title: str, body: str) -> str:
    """The canonical form of a text: title, blank line, body; NFC, `\\n` line ends, no trailing blanks on a line.

    The title is one line. Control characters other than tab and newline become spaces, so that offsets stay
    honest in any client. The result is what is hashed, stored, and counted into by every offset.
    """
    title = " ".join(_clean(title).split())
    lines = (line.rstrip() for line in _clean(body).split("\n"))
    return f"{title}\n\n{chr(10).join(lines).strip()}".strip() if title else "\n".join(lines).strip()


def content_hash(content: str) -> str:
    """SHA-256 (hex) of a canonical text."""
    return hashlib.sha256(content.encode()).hexdigest()


def _clean(value: str) -> str:
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co") and c not in "\n\t" else c for c in value)


@dataclass(frozen=True, slots=True)
class Document:
    """One appearance of a text, as `fetch` brings it: not yet stored, not yet read.

    `locator` is the URL, or the name of the file where there is no URL. `published` is aware (UTC) or None.
    """

    title: str
    body: str
    locator: str
    url: str = ""
    published: datetime | None = None
    outlet: str = ""
    language: str = ""

    @property
    def content(self) -> str:
        return canonical(self.title, self.body)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a canonical text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PartyRef:
    """A party as the reader names it: `code` is ISO 3166-1 alpha-2 for a state, else a lower-case slug."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PartyInRole:
    """A party (and, where named, the organisation that stands for it) in a further role of a claim."""

    role: Role
    party: PartyRef
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class WeaponRef:
    """What is transferred: `text` as written; `designation` and `family` from the catalogue, or None."""

    text: str
    designation: str | None
    family: str | None
    category: Category


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many. "More than 10" is min 11; "up to 50" is max 50; "dozens" has neither: `text` keeps the words."""

    min: int | None
    max: int | None
    approximate: bool = False
    unit: Unit = Unit.PIECE
    of: QuantityOf = QuantityOf.ORDERED
    text: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """A value as reported; `currency` is ISO 4217."""

    amount: Decimal
    currency: str
    scope: ValueScope = ValueScope.ITEM
    basis: ValueBasis = ValueBasis.CONTRACT
    text: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A date with its precision: the period `start` to `end` (both inclusive), whether it is a limit, and of what."""

    start: date
    end: date
    precision: Precision
    bound: Bound = Bound.EXACT
    basis: DateBasis = DateBasis.STATED
    of: DateOf = DateOf.EVENT
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """What one voice says of one transfer.

    `statement` is the index of the statement that carries it, or None where the article says it in its own voice.
    `deal` groups the claims of one text that are about one transfer (0, 1, ...): in each group exactly one claim has
    `statement` None; it is the article's own picture of the deal and what `extract` prints. A speaker's claim
    repeats parties and weapon and carries only the fields that the speaker gives.
    """

    deal: int
    statement: int | None
    supplier: PartyRef | None
    recipient: PartyRef | None
    weapon: WeaponRef
    stage: Stage
    evidence: tuple[Span, ...]
    confidence: float
    why: tuple[str, ...]
    supplier_missing: Missing | None = None
    recipient_missing: Missing | None = None
    others: tuple[PartyInRole, ...] = ()
    quantity: Quantity | None = None
    value: Money | None = None
    dates: tuple[When, ...] = ()
    halt: Halt | None = None
    mode: Mode = Mode.UNKNOWN
    condition: Condition = Condition.UNKNOWN
    polarity: Polarity = Polarity.ASSERTED
    disputed: bool = False

    @property
    def status(self) -> str:
        """The halt where there is one, else the stage."""
        return str(self.halt or self.stage)


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """One attributed sentence (`span`) of one speaker. `via` is the medium that the speaker spoke to."""

    speaker: str
    role: str
    party: PartyRef | None
    stance: Stance
    quote: bool
    via: str
    span: Span
    deals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingRecord:
    """What a reader found in a text. `set_aside` gives the reason where it did not read it ("language: fr")."""

    reader: str
    language: str
    claims: tuple[ClaimRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    unresolved: tuple[str, ...] = ()
    set_aside: str = ""

    @property
    def relevant(self) -> bool:
        """Exactly when there is a deal."""
        return bool(self.claims)

    @property
    def deals(self) -> tuple[ClaimRecord, ...]:
        """The article's own picture of each deal, in order."""
        return tuple(claim for claim in self.claims if claim.statement is None)
