"""What is kept: texts, articles, readings, judgements. Stories, deals and disputes are computed from them."""

from reports.models.catalogue import (
    Organisation,
    OrganisationName,
    Party,
    PartyName,
    Weapon,
    WeaponName,
)
from reports.models.deals import (
    Deal,
    DealParty,
    Delivery,
    Dispute,
    DisputeSide,
    Milestone,
    Package,
    Relation,
)
from reports.models.intake import Failure, Feed, Source, Work
from reports.models.judgements import Judgement, JudgementAnchor
from reports.models.ledger import Change, DirtyBlock, LedgerEntry, LedgerKey
from reports.models.readings import (
    Claim,
    ClaimDate,
    ClaimParty,
    ClaimSpan,
    Reading,
    Speaker,
    Statement,
)
from reports.models.texts import Article, Story, Text, TextBand

__all__ = [
    "Article",
    "Change",
    "Claim",
    "ClaimDate",
    "ClaimParty",
    "ClaimSpan",
    "Deal",
    "DealParty",
    "Delivery",
    "DirtyBlock",
    "Dispute",
    "DisputeSide",
    "Failure",
    "Feed",
    "Judgement",
    "JudgementAnchor",
    "LedgerEntry",
    "LedgerKey",
    "Milestone",
    "Organisation",
    "OrganisationName",
    "Package",
    "Party",
    "PartyName",
    "Reading",
    "Relation",
    "Source",
    "Speaker",
    "Statement",
    "Story",
    "Text",
    "TextBand",
    "Weapon",
    "WeaponName",
    "Work",
]
