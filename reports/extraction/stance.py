"""The stance of a statement: announces, confirms, denies, declines, criticises, supports, warns or comments."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reports.choices import Stance
from reports.extraction.logistic import Weigher
from reports.extraction.persons import Voice
from reports.extraction.quotation import Quoted
from reports.extraction.words import Word

if TYPE_CHECKING:
    from reports.extraction.attribution import Cue


def features(words: Sequence[Word], cue: "Cue", voice: Voice, quote: Quoted) -> dict[str, float]:
    """Named features of a statement for its stance: the verb, who speaks, what words carry the content."""
    found: dict[str, float] = {f"cue:{cue.kind}": 1.0, f"kind:{voice.kind}": 1.0, f"quote:{quote.words >= 3}": 1.0}
    if cue.verb is not None:
        found[f"group:{cue.verb.group}"] = 1.0
        found[f"lemma:{cue.verb.lemma}"] = 1.0
    if cue.negated:
        found["negated"] = 1.0
    for word in words:
        if not word.mark:
            found[f"word:{word.low}"] = 1.0
    return found


def decide(found: Mapping[str, float], weigher: Weigher) -> Stance:
    """The likeliest stance."""
    return Stance(weigher.best(found))
