"""The closed vocabularies of armstrack: the same words in the database, the API and the pages.

Plain string enumerations, no Django, so that the pure rooms use them too. `labels` turns one into the pairs
that a model field wants. The meaning of each word is in docs/METHOD.md and in the comments here.
"""

from enum import StrEnum


class PartyKind(StrEnum):
    STATE = "state"
    NON_STATE = "non_state"
    BODY = "body"  # an international body such as NATO


class OrganisationKind(StrEnum):
    MAKER = "maker"
    EXPORT_AGENCY = "export_agency"
    SERVICE = "service"
    MINISTRY = "ministry"


class SourceKind(StrEnum):
    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    TRADE = "trade"
    OFFICIAL = "official"
    MAGAZINE = "magazine"
    WEB = "web"
    NGO = "ngo"
    SAMPLE = "sample"  # written by armstrack itself, never reporting


class NameKind(StrEnum):
    NAME = "name"
    ALIAS = "alias"
    DEMONYM = "demonym"
    METONYM = "metonym"
    FORMER = "former"


class Origin(StrEnum):
    """Who put a catalogue row there: `sync_catalogue` never touches what an analyst added."""

    CATALOGUE = "catalogue"
    ANALYST = "analyst"


class Category(StrEnum):
    """SIPRI's armament categories, and three that SIPRI leaves out."""

    AIRCRAFT = "aircraft"
    AIR_DEFENCE = "air_defence"
    ANTI_SUBMARINE = "anti_submarine"
    ARMOURED_VEHICLES = "armoured_vehicles"
    ARTILLERY = "artillery"
    ENGINES = "engines"
    MISSILES = "missiles"
    NAVAL_WEAPONS = "naval_weapons"
    SATELLITES = "satellites"
    SENSORS = "sensors"
    SHIPS = "ships"
    OTHER = "other"
    SMALL_ARMS = "small_arms"
    AMMUNITION = "ammunition"
    SERVICES = "services"


class Unroca(StrEnum):
    """The categories of the UN Register of Conventional Arms."""

    TANKS = "I"
    ARMOURED = "II"
    ARTILLERY = "III"
    COMBAT_AIRCRAFT = "IVa"
    COMBAT_DRONES = "IVb"
    ATTACK_HELICOPTERS = "V"
    WARSHIPS = "VI"
    MISSILES = "VIIa"
    MANPADS = "VIIb"
    SMALL_ARMS = "SALW"


class Role(StrEnum):
    """What a party or organisation is in a claim."""

    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    CO_SUPPLIER = "co_supplier"
    CO_RECIPIENT = "co_recipient"
    SELLER = "seller"
    BUYER = "buyer"
    PRODUCER = "producer"
    AUTHORISER = "authoriser"
    FINANCIER = "financier"
    END_USER = "end_user"
    BROKER = "broker"
    TRANSIT = "transit"


class Missing(StrEnum):
    """Why a claim has no supplier or no recipient: three different things."""

    NOT_STATED = "not_stated"
    SAID_UNKNOWN = "said_unknown"
    SEVERAL = "several"


class Stage(StrEnum):
    """How far a transfer is, in order. A deal keeps its stage when it halts."""

    CONSIDERED = "considered"
    REQUESTED = "requested"
    OFFERED = "offered"
    NEGOTIATING = "negotiating"
    INTENT = "intent"  # letter of intent, memorandum
    SELECTED = "selected"  # a design chosen before the contract
    PLEDGED = "pledged"  # a gift announced
    NOTIFIED = "notified"  # notice to a parliament, not yet an export
    LICENSED = "licensed"  # cleared by a government, parliament or regulator of either side
    ORDERED = "ordered"
    DELIVERING = "delivering"
    DELIVERED = "delivered"


class Halt(StrEnum):
    SUSPENDED = "suspended"  # a reported delay too
    CANCELLED = "cancelled"
    REFUSED = "refused"
    LAPSED = "lapsed"
    SEIZED = "seized"


class Tier(StrEnum):
    """For counting. Nothing is ever totalled across tiers."""

    TALK = "talk"
    AUTHORISED = "authorised"
    CONTRACTED = "contracted"
    DELIVERED = "delivered"
    STOPPED = "stopped"


class Mode(StrEnum):
    SALE = "sale"
    AID = "aid"
    LEASE = "lease"
    LOAN = "loan"
    EXCHANGE = "exchange"
    LICENSED_PRODUCTION = "licensed_production"
    UPGRADE = "upgrade"
    UNKNOWN = "unknown"


class Condition(StrEnum):
    NEW = "new"
    SECOND_HAND = "second_hand"
    MODERNISED = "modernised"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    ASSERTED = "asserted"
    DENIED = "denied"
    POSSIBLE = "possible"


class Stance(StrEnum):
    ANNOUNCES = "announces"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DECLINES = "declines"
    CRITICISES = "criticises"
    SUPPORTS = "supports"
    WARNS = "warns"
    COMMENTS = "comments"


class Unit(StrEnum):
    PIECE = "piece"
    LAUNCHER = "launcher"
    BATTERY = "battery"
    BATTALION = "battalion"
    ROUND = "round"
    SET = "set"


class QuantityOf(StrEnum):
    ORDERED = "ordered"
    DELIVERED = "delivered"


class Counting(StrEnum):
    """How a number of arrivals counts: by itself, or with all that came before ("10 so far")."""

    INCREMENT = "increment"
    RUNNING_TOTAL = "running_total"


class ValueScope(StrEnum):
    ITEM = "item"
    PACKAGE = "package"


class ValueBasis(StrEnum):
    CONTRACT = "contract"
    NOTIFIED_CEILING = "notified_ceiling"
    LICENCE = "licence"
    AID_VALUATION = "aid_valuation"
    PRESS_ESTIMATE = "press_estimate"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


class DateBasis(StrEnum):
    STATED = "stated"
    INFERRED = "inferred"


class Bound(StrEnum):
    """Whether a date is a day or period, or a limit ("no earlier than autumn")."""

    EXACT = "exact"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"


class DateOf(StrEnum):
    """What happened, or is to happen, at a date of a claim."""

    ORDER = "order"
    DELIVERY = "delivery"
    EVENT = "event"


class Review(StrEnum):
    MACHINE = "machine"
    REVIEWED = "reviewed"
    CONTESTED = "contested"


class Reliability(StrEnum):
    """Admiralty scale of a source; F until someone grades it."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class RelationKind(StrEnum):
    OPTION_OF = "option_of"
    FOLLOW_ON = "follow_on"
    RETRANSFER_OF = "retransfer_of"
    BACKFILL_FOR = "backfill_for"
    REPLACES = "replaces"
    SAME_PACKAGE = "same_package"


class DisputeField(StrEnum):
    EXISTENCE = "existence"
    STAGE = "stage"
    QUANTITY = "quantity"
    VALUE = "value"
    DATE = "date"


class JudgementKind(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    REJECT_CLAIM = "reject_claim"
    CORRECT_FIELD = "correct_field"
    ADD_CLAIM = "add_claim"
    RELATE = "relate"
    GRADE = "grade"
    ACCEPT_CLAIM = "accept_claim"  # read by a person and found right


class Cause(StrEnum):
    """Why a deal changed: news is told apart from a better reader."""

    NEW_REPORT = "new_report"
    SOURCE_CORRECTED = "source_corrected"
    SOURCE_RETRACTED = "source_retracted"
    JUDGEMENT = "judgement"
    READER_UPGRADE = "reader_upgrade"
    METHOD_CHANGE = "method_change"
    TAKEDOWN = "takedown"


class WorkState(StrEnum):
    """Where a text is on its way to a current reading."""

    WAITING = "waiting"
    LEASED = "leased"
    READ = "read"
    SET_ASIDE = "set_aside"  # not English, redacted, ...: kept with its reason
    FAILED = "failed"


TIER_OF_STAGE: dict[Stage, Tier] = {
    Stage.CONSIDERED: Tier.TALK,
    Stage.REQUESTED: Tier.TALK,
    Stage.OFFERED: Tier.TALK,
    Stage.NEGOTIATING: Tier.TALK,
    Stage.INTENT: Tier.TALK,
    Stage.SELECTED: Tier.AUTHORISED,
    Stage.PLEDGED: Tier.AUTHORISED,
    Stage.NOTIFIED: Tier.AUTHORISED,
    Stage.LICENSED: Tier.AUTHORISED,
    Stage.ORDERED: Tier.CONTRACTED,
    Stage.DELIVERING: Tier.DELIVERED,
    Stage.DELIVERED: Tier.DELIVERED,
}

STAGE_ORDER: dict[Stage, int] = {stage: rank for rank, stage in enumerate(Stage)}

HALTED_FOR_GOOD = frozenset({Halt.CANCELLED, Halt.REFUSED, Halt.LAPSED, Halt.SEIZED})


def tier_of(stage: Stage, halt: Halt | None) -> Tier:
    """The tier that a deal is counted in: stopped when it is halted for good, else that of its stage."""
    return Tier.STOPPED if halt in HALTED_FOR_GOOD else TIER_OF_STAGE[stage]


def labels(words: type[StrEnum]) -> list[tuple[str, str]]:
    """The (value, label) pairs of a vocabulary, as a model or form field takes them."""
    return [(word.value, word.value.replace("_", " ")) for word in words]
