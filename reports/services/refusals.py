"""Why a judgement is refused: one clear sentence each, and nothing is written."""


class Refused(Exception):
    """A judgement cannot be made as asked. The message says why, and names the judgement that stands in its way."""


class Gone(Refused):
    """What the judgement is about is not there any more: a new reading replaced it, or it never was."""


class Standing(Refused):
    """Another analyst, or this one, decided on it already."""


class Contradiction(Refused):
    """It would contradict judgements that stand: two claims would be one deal and not be."""
