"""What kind of witness a claim is, in the order in which claims are believed."""

from reports.resolution.records import Evidence

RANKS = ("hearsay", "independent_report", "named_party", "official_document", "judgement")


def rank(claim: Evidence, field: str = "") -> str:
    """What kind of witness a claim is, for a field of it: the judgement of an analyst comes before all others."""
    if claim.added or field in claim.judged:
        return "judgement"
    if claim.of_article:
        return "official_document" if claim.official else "independent_report"
    if claim.speaker_party and claim.speaker_party in (claim.supplier, claim.recipient):
        return "named_party" if claim.speaker_named else "hearsay"
    return "independent_report" if claim.speaker_named else "hearsay"


def weight(claim: Evidence, field: str = "") -> int:
    """The same as a number: more is better."""
    return RANKS.index(rank(claim, field))
