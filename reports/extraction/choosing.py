"""Which candidates are deals: likely enough, not against a better one, not needless beside one."""

from collections.abc import Sequence

from reports.choices import Role
from reports.extraction.candidates import PAIR, Candidate, candidates, role_cues, role_scores
from reports.extraction.config import ReaderConfig
from reports.extraction.impression import Impression
from reports.extraction.missing import one_sided
from reports.extraction.others import others_of
from reports.extraction.reference import fits
from reports.extraction.scene import Scene
from reports.extraction.weapons import head_noun
from reports.extraction.weigher import probability

_MOST_DEALS = 24
_SECOND = 0.5  # how near a second pair for one item must come to the first
_FOLDED = 0.7  # how near a designation must come to a noun that it makes needless


def deals(scene: Scene, seen: Impression, config: ReaderConfig) -> list[Candidate]:
    """The candidates that are read as deals, in order of the text."""
    scores = role_scores(scene, role_cues(scene, config.lexicon), seen, config.weights)
    found = candidates(scene, scores, seen, config.weights)
    chosen = choose(scene, found, config.weights.thresholds.get(PAIR, 0.5))
    return _joined(scene, [*chosen, *one_sided(scene, scores, chosen)])


def choose(scene: Scene, found: Sequence[Candidate], limit: float) -> list[Candidate]:
    """The deals among candidates (best first): likely enough, not against a better one, not needless beside one."""
    chosen: list[Candidate] = []
    best: dict[int, float] = {}
    for candidate in found:
        share = probability(candidate.score)
        if share < limit or len(chosen) >= _MOST_DEALS:
            break
        if share < _SECOND * best.get(candidate.item, 0.0) or _contradicts(candidate, chosen):
            continue
        if _vaguer(candidate, chosen):
            continue
        best.setdefault(candidate.item, share)
        chosen.append(candidate)
    kept = [candidate for candidate in chosen if not _covered(scene, candidate, chosen)]
    return _ordered(scene, kept)


def _ordered(scene: Scene, chosen: Sequence[Candidate]) -> list[Candidate]:
    return sorted(chosen, key=lambda one: (scene.items[one.item].mentions[0], -one.score))


def _joined(scene: Scene, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The deals but those that another one of the same item holds as a joint supplier's or recipient's."""
    kept: list[Candidate] = []
    for candidate in sorted(chosen, key=lambda one: -one.score):
        same = [other for other in kept if other.item == candidate.item]
        if not any(_is_joint(scene, other, candidate) for other in same):
            kept.append(candidate)
    return kept


def _is_joint(scene: Scene, better: Candidate, other: Candidate) -> bool:
    roles = others_of(scene, better.item, better.supplier, better.recipient)
    if (Role.CO_SUPPLIER, other.recipient) in roles or (Role.CO_RECIPIENT, other.supplier) in roles:
        return True
    if better.recipient == other.recipient:
        return (Role.CO_SUPPLIER, other.supplier) in roles
    return better.supplier == other.supplier and (Role.CO_RECIPIENT, other.recipient) in roles


def _contradicts(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether a better candidate has the same item going the other way."""
    return any(
        other.item == candidate.item and (other.supplier, other.recipient) == (candidate.recipient, candidate.supplier)
        for other in chosen
    )


def _vaguer(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether a candidate without one side says less than a better one that has the other side in common."""
    same = [other for other in chosen if other.item == candidate.item]
    if not candidate.supplier:
        return any(other.recipient == candidate.recipient for other in same)
    if not candidate.recipient:
        return any(other.supplier == candidate.supplier for other in same)
    return False


def _covered(scene: Scene, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether "weapons" or "the jets" say no more than what is named already between the two."""
    item = scene.items[candidate.item]
    same = [
        scene.items[other.item]
        for other in chosen
        if other.item != candidate.item
        and (other.supplier, other.recipient) == (candidate.supplier, candidate.recipient)
        and (item.sort == "umbrella" or probability(other.score) > _FOLDED * probability(candidate.score))
    ]
    if item.sort == "umbrella":
        return any(other.sort != "umbrella" for other in same)
    if item.sort != "generic":
        return False
    head = head_noun(scene.weapons[item.mentions[0]])
    return any(other.sort in ("designation", "unknown") and fits(head, other) for other in same)
