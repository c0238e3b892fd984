"""What analysts decided, applied to claims before they are clustered.

Nothing is lost here: what cannot be applied is named, for the review queue.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from reports.choices import Category, Condition, DateOf, Halt, Missing, Mode, Polarity, Stage
from reports.records import Money, Quantity, When
from reports.resolution.records import Correction, Evidence, Judgements, Verdict

# Fields that say what a transfer is: corrected for one claim, they hold for all claims of its unit.
ROLES = frozenset({"supplier", "recipient", "weapon"})


@dataclass(frozen=True, slots=True)
class NamedWeapon:
    """A weapon as a correction names it."""

    text: str
    category: Category
    designation: str | None = None
    family: str | None = None
    kind: str = ""


def _supplier(claim: Evidence, value: str | None) -> Evidence:
    return replace(claim, supplier=value, supplier_missing=None if value else Missing.NOT_STATED)


def _recipient(claim: Evidence, value: str | None) -> Evidence:
    return replace(claim, recipient=value, recipient_missing=None if value else Missing.NOT_STATED)


def _weapon(claim: Evidence, value: NamedWeapon) -> Evidence:
    return replace(
        claim,
        weapon_text=value.text,
        category=value.category,
        designation=value.designation,
        family=value.family,
        kind=value.kind,
    )


def _ordered(claim: Evidence, value: When | None) -> Evidence:
    rest = tuple(when for when in claim.dates if when.of is not DateOf.ORDER)
    return replace(claim, dates=(replace(value, of=DateOf.ORDER), *rest) if value else rest)


def _delivery(claim: Evidence, value: When | None) -> Evidence:
    rest = tuple(when for when in claim.dates if when.of is not DateOf.DELIVERY)
    return replace(claim, dates=(replace(value, of=DateOf.DELIVERY), *rest) if value else rest)


CORRECT: Mapping[str, Callable[[Evidence, Any], Evidence]] = {
    "supplier": _supplier,
    "recipient": _recipient,
    "weapon": _weapon,
    "stage": lambda claim, value: replace(claim, stage=cast("Stage", value)),
    "halt": lambda claim, value: replace(claim, halt=cast("Halt | None", value)),
    "quantity": lambda claim, value: replace(claim, quantity=cast("Quantity | None", value)),
    "value": lambda claim, value: replace(claim, value=cast("Money | None", value)),
    "ordered": _ordered,
    "delivery": _delivery,
    "mode": lambda claim, value: replace(claim, mode=cast("Mode", value)),
    "condition": lambda claim, value: replace(claim, condition=cast("Condition", value)),
    "polarity": lambda claim, value: replace(claim, polarity=cast("Polarity", value)),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """Claims as analysts left them, and those that they rejected, which are no evidence but stay readable."""

    claims: tuple[Evidence, ...]
    rejected: tuple[Evidence, ...]


def apply(claims: Sequence[Evidence], judgements: Judgements) -> Judged:
    """Corrected claims without the rejected ones.

    A claim that is rejected in the article's own voice takes those of its unit with it, which repeat what it says. A
    correction of a party or the weapon holds for the whole unit.
    """
    if not judgements.rejected and not judgements.corrections:
        return Judged(tuple(claims), ())
    by_id = {claim.id: claim for claim in claims}
    out = {by_id[number].unit for number in judgements.rejected & by_id.keys() if by_id[number].of_article}
    of_claim: dict[str, list[Correction]] = defaultdict(list)
    of_unit: dict[tuple[str, int], list[Correction]] = defaultdict(list)
    for correction in judgements.corrections:
        if correction.claim in by_id:
            of_claim[correction.claim].append(correction)
            if correction.field in ROLES:
                of_unit[by_id[correction.claim].unit].append(correction)
    kept: list[Evidence] = []
    rejected: list[Evidence] = []
    for claim in claims:
        told = claim
        for correction in (*of_unit[claim.unit], *of_claim[claim.id]):
            told = corrected(told, correction.field, correction.value)
        (rejected if claim.id in judgements.rejected or claim.unit in out else kept).append(told)
    return Judged(tuple(kept), tuple(rejected))


def corrected(claim: Evidence, field: str, value: object) -> Evidence:
    """The claim with the value that an analyst gives a field.

    Raises:
        KeyError: there is no such field to correct.
    """
    return replace(CORRECT[field](claim, value), judged=claim.judged | {field})


@dataclass(frozen=True, slots=True)
class Settled:
    """Verdicts that can all hold: groups of claims of one deal, pairs of sides that are not, and what was set aside."""

    together: tuple[frozenset[str], ...]
    apart: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    set_aside: frozenset[str]


def settle(verdicts: Iterable[Verdict]) -> Settled:
    """Take verdicts from the newest to the oldest; one that contradicts newer ones is set aside.

    Contradictions are refused where they are made. They can arise all the same: a new reading may put two sentences
    into one claim on which an analyst decided apart.
    """
    bunches = Bunches()
    apart: list[tuple[str, frozenset[str], frozenset[str]]] = []
    aside: set[str] = set()
    for verdict in sorted(verdicts, key=lambda verdict: (-verdict.made, verdict.id)):
        if verdict.same:
            trial = bunches.copy()
            trial.join(verdict.one | verdict.other)
            if any(trial.meet(one, other) for _, one, other in apart):
                aside.add(verdict.id)
            else:
                bunches = trial
        elif bunches.meet(verdict.one, verdict.other):
            aside.add(verdict.id)
        else:
            apart.append((verdict.id, verdict.one, verdict.other))
    return Settled(tuple(bunches.groups()), tuple(apart), frozenset(aside))


class Bunches:
    """Sets of things that belong together: disjoint sets."""

    def __init__(self, root: Mapping[Hashable, Hashable] | None = None) -> None:
        self._root: dict[Any, Any] = dict(root or {})

    def copy(self) -> "Bunches":
        return Bunches(self._root)

    def of(self, thing: Any) -> Any:
        """The one that stands for all that a thing belongs with."""
        while (above := self._root.get(thing, thing)) != thing:
            thing = above
        return thing

    def join(self, things: Iterable[Any]) -> None:
        for thing in things:
            self._root.setdefault(thing, thing)
        roots = sorted({self.of(thing) for thing in things})
        for root in roots[1:]:
            self._root[root] = roots[0]

    def meet(self, one: Iterable[Any], other: Iterable[Any]) -> bool:
        """Whether something of the one belongs with something of the other."""
        return not {self.of(thing) for thing in one}.isdisjoint({self.of(thing) for thing in other})

    def groups(self) -> list[frozenset[Any]]:
        found: dict[Any, set[Any]] = defaultdict(set)
        for thing in self._root:
            found[self.of(thing)].add(thing)
        return [frozenset(found[root]) for root in sorted(found)]
