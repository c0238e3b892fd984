"""Scores what `manage.py extract` prints against labelled articles: pure rules, no Django.

The labels are described in docs/LABELLING.md. A deal is right when supplier, recipient and weapon are; its status,
quantity and value are scored on the deals that are right. A statement is right when it is the labelled sentence and
the labelled speaker; its stance and country are scored on those.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Label = Mapping[str, Any]
Answer = Mapping[str, Any]

# The status words of the reader, and older ones, as the labels' eight.
STATUS = {
    "considered": "considered", "rumoured": "considered", "requested": "considered", "offered": "considered",
    "negotiating": "negotiation", "negotiation": "negotiation", "intent": "negotiation",
    "notified": "approved", "approved": "approved", "selected": "approved", "pledged": "approved",
    "licensed": "approved",
    "ordered": "ordered", "signed": "ordered", "delivering": "delivering", "delivered": "delivered",
    "suspended": "suspended",
    "cancelled": "cancelled", "refused": "cancelled", "lapsed": "cancelled", "seized": "cancelled",
}  # fmt: skip

# Other spellings of parties that are no states.
SLUGS = {
    "libyan-national-army": "lna", "haftar-forces": "lna", "rapid-support-forces": "rsf", "kurdish-forces": "peshmerga",
    "hizbollah": "hezbollah", "huthis": "houthis", "ansar-allah": "houthis", "shiite-militias": "shia-militias",
    "gaza-militants": "palestinian-militants", "EU": "eu",
}  # fmt: skip

_FILLERS = frozenset(["the", "a", "an", "of", "mr", "minister", "president"])


def plain(text: str | None) -> str:
    """Lower-case letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", _ascii(text))


def tokens(text: str | None) -> list[str]:
    """The words of a name, without titles that say nothing."""
    return [word for word in re.findall(r"[a-z0-9]+", _ascii(text)) if word not in _FILLERS]


def _ascii(text: str | None) -> str:
    return unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()


def code(party: object) -> str | None:
    """The code of a party as an answer or a label gives it: a string, {"code": ...}, or None."""
    if isinstance(party, Mapping):
        party = party.get("code") or party.get("name")
    if not party:
        return None
    text = str(party)
    text = text.upper() if len(text) == 2 else text.lower().replace(" ", "-")
    return SLUGS.get(text, text)


def weapon_names(deal: Answer) -> list[str]:
    """The names that an answer gives its weapon."""
    weapon = deal.get("weapon")
    if weapon is None:
        return []
    if isinstance(weapon, str):
        return [weapon]
    return [str(weapon[key]) for key in ("designation", "text", "family", "name") if weapon.get(key)]


def weapon_right(label: Label, answer: Answer) -> bool:
    """One name is an accepted one, or one contains the other; for a generic item the last words agree."""
    accepted = [plain(name) for name in label["weapon"]]
    for name in weapon_names(answer):
        short = plain(name)
        if short in accepted:
            return True
        if len(short) >= 4 and any(short in other or other in short for other in accepted if len(other) >= 4):
            return True
        if label.get("generic") and any(set(tokens(name)[-1:]) & set(tokens(other)[-1:]) for other in label["weapon"]):
            return True
    return False


def deal_right(label: Label, answer: Answer) -> bool:
    """Supplier, recipient and weapon agree."""
    suppliers, recipients = {code(x) for x in label["supplier"]}, {code(x) for x in label["recipient"]}
    supplier, recipient = code(answer.get("supplier")), code(answer.get("recipient"))
    return (
        (supplier in suppliers if suppliers else supplier is None)
        and (recipient in recipients if recipients else recipient is None)
        and weapon_right(label, answer)
    )


def quantity_right(label: Label, answer: Answer) -> bool:
    """Both bounds agree within one; an upper bound is not asked for where the label has none and the answer neither."""
    given = answer.get("quantity") or {}
    wanted = label.get("quantity")
    if not wanted:
        return not (given.get("min") or given.get("max"))
    return _near(wanted.get("min"), given.get("min")) and _near(wanted.get("max"), given.get("max"))


def _near(wanted: int | None, given: int | None) -> bool:
    if wanted is None or given is None:
        return wanted is None and given is None
    return abs(wanted - given) <= 1


def value_right(label: Label, answer: Answer) -> bool:
    """Amount within two per cent and currency agree; of a package's sum, its absence is right too."""
    given, wanted = answer.get("value") or {}, label.get("value")
    package = "package" in (label.get("value_scope"), given.get("scope"))
    if not wanted or (package and not given.get("amount")):
        return not given.get("amount") or package
    amount = float(given.get("amount") or given.get("min") or 0)
    return (
        bool(amount)
        and abs(amount - wanted["amount"]) <= 0.02 * wanted["amount"]
        and str(given.get("currency") or "").upper() == wanted["currency"]
    )


def status_right(label: Label, answer: Answer) -> bool:
    """The status is one of those that the label accepts."""
    accepted = {STATUS[status] for status in label.get("status_ok") or [label["status"]]}
    return STATUS.get(str(answer.get("status"))) in accepted


def speaker_right(label: Label, answer: Answer) -> bool:
    """The last word of the name agrees, or half of its words."""
    speaker = answer.get("speaker")
    wanted = tokens(label["speaker"])
    given = tokens(speaker.get("name") if isinstance(speaker, Mapping) else speaker)
    if not wanted or not given:
        return False
    if wanted[-1] == given[-1]:
        return True
    return len(set(wanted) & set(given)) / min(len(set(wanted)), len(set(given))) >= 0.5


@dataclass
class Score:
    """Counts over articles, and the errors in words where they are asked for."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    sure: list[tuple[float, bool]] = field(default_factory=list)  # of each deal given: confidence, and was it right

    def add(self, label: Label, answer: Answer) -> None:
        """Counts one article."""
        name = str(label.get("id"))
        deals, statements = list(answer.get("deals") or []), list(answer.get("statements") or [])
        relevant = bool(deals)
        self._count("relevant", relevant and bool(label["relevant"]), relevant, bool(label["relevant"]))
        self._add_deals(name, label, deals)
        self._add_pairs(label, deals)
        self._add_statements(name, label, statements)

    def _count(self, name: str, right: int, given: int, wanted: int) -> None:
        self.counts[name + " right"] += right
        self.counts[name + " given"] += given
        self.counts[name + " wanted"] += wanted

    def _add_deals(self, name: str, label: Label, deals: list[Answer]) -> None:
        left = list(deals)
        right = 0
        for wanted in label["deals"]:
            hit = next((deal for deal in left if deal_right(wanted, deal)), None)
            if hit is None:
                self.errors.append(
                    f"MISS deal  {name}: {wanted['supplier']}->{wanted['recipient']} {wanted['weapon'][0]}"
                )
                continue
            left.remove(hit)
            right += 1
            self.sure.append((float(hit.get("confidence") or 0.0), True))
            for part, ok in (
                ("status", status_right(wanted, hit)),
                ("quantity", quantity_right(wanted, hit)),
                ("value", value_right(wanted, hit)),
            ):
                self.counts[part + " right"] += ok
                if wanted.get(part) and part != "status":
                    self.counts[part + " stated"] += 1
                    self.counts[part + " stated right"] += ok
                if not ok:
                    self.errors.append(
                        f"{part.upper():10s} {name}: {wanted['weapon'][0]}"
                        f" wanted {wanted.get(part)} got {hit.get(part)}"
                    )
        self.errors += [
            f"EXTRA deal {name}: {code(deal.get('supplier'))}->{code(deal.get('recipient'))} {weapon_names(deal)[:1]}"
            for deal in left
        ]
        self.sure += [(float(deal.get("confidence") or 0.0), False) for deal in left]
        self._count("deals", right, len(deals), len(label["deals"]))

    def _add_pairs(self, label: Label, deals: Sequence[Answer]) -> None:
        wanted = {(tuple(deal["supplier"]), tuple(deal["recipient"])) for deal in label["deals"]}
        given = {(code(deal.get("supplier")), code(deal.get("recipient"))) for deal in deals}
        right = sum(
            any(_plays(supplier, givers) and _plays(recipient, getters) for supplier, recipient in given)
            for givers, getters in wanted
        )
        self._count("pairs", right, len(given), len(wanted))

    def _add_statements(self, name: str, label: Label, statements: list[Answer]) -> None:
        left = list(statements)
        right = 0
        for wanted in label["statements"]:
            where = plain(wanted["contains"])
            hit = next((one for one in left if where in plain(one.get("text")) and speaker_right(wanted, one)), None)
            if hit is None:
                self.errors.append(f"MISS stmt  {name}: {wanted['speaker']}: {wanted['contains']}")
                continue
            left.remove(hit)
            right += 1
            self.counts["stance right"] += hit.get("stance") == wanted["stance"]
            self.counts["country right"] += code(hit.get("country")) == code(wanted.get("country"))
        self.errors += [f"EXTRA stmt {name}: {one.get('speaker')}: {str(one.get('text'))[:80]}" for one in left]
        self._count("statements", right, len(statements), len(label["statements"]))

    def figures(self, name: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of `relevant`, `pairs`, `deals` or `statements`."""
        right, given, wanted = (self.counts[f"{name} {part}"] for part in ("right", "given", "wanted"))
        precision = right / given if given else 1.0
        recall = right / wanted if wanted else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def share(self, part: str, of: str) -> float | None:
        """The share of `part right` among `of right` ("status" of "deals"); None where there is nothing to share."""
        whole = self.counts[of]
        return self.counts[part] / whole if whole else None

    def reliability(self) -> list[str]:
        """Of the deals by the reader's confidence in them, how many there are and how many are right."""
        lines = []
        for step in range(5):
            its = [right for confidence, right in self.sure if min(int(confidence * 5), 4) == step]
            if its:
                share = _percent(sum(its) / len(its))
                lines.append(f"confidence {step / 5:.1f} to {(step + 1) / 5:.1f}: {len(its):4d} deals, {share} right")
        return lines

    def table(self) -> str:
        """The figures as lines of text."""
        lines = []
        for name in ("relevant", "pairs", "deals", "statements"):
            precision, recall, f1 = self.figures(name)
            right, given, wanted = (self.counts[f"{name} {part}"] for part in ("right", "given", "wanted"))
            lines.append(
                f"{name:11s} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
                f"   (right {right}, given {given}, labelled {wanted})"
            )
        lines.append(
            "on right deals: "
            f"status {_percent(self.share('status right', 'deals right'))}"
            f" quantity {_percent(self.share('quantity right', 'deals right'))}"
            f" (where stated {_percent(self.share('quantity stated right', 'quantity stated'))})"
            f" value {_percent(self.share('value right', 'deals right'))}"
            f" (where stated {_percent(self.share('value stated right', 'value stated'))})"
        )
        lines.append(
            "on right statements: "
            f"stance {_percent(self.share('stance right', 'statements right'))}"
            f" country {_percent(self.share('country right', 'statements right'))}"
        )
        return "\n".join(lines)


def _plays(party: str | None, accepted: Iterable[str]) -> bool:
    codes = {code(one) for one in accepted}
    return party in codes if codes else party is None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}%"


def read_labels(path: Path) -> list[dict[str, Any]]:
    """The labelled articles of a JSON Lines file. Raises ValueError that names the line which is no JSON object."""
    labels: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            label = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}, line {number}: {error}") from error
        labels.append(label)
    return labels
