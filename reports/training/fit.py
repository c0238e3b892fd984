"""Fits the reader's models from labelled text. Needs scikit-learn (requirements-train.txt).

Nothing that runs imports this.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from reports.extraction.candidates import PAIR, RECIPIENT, SUPPLIER, Candidate, role_cues, weigh_pairs
from reports.extraction.claims import choose, weapon_of
from reports.extraction.config import ReaderConfig
from reports.extraction.fields import counts, prices, stage_cues
from reports.extraction.scene import Scene
from reports.extraction.weigher import BIAS, Weights, probability
from reports.scoring import STATUS, Score, quantity_right, value_right
from reports.training.corpus import Lesson, Match, matches, plays

FOLDS = 5


@dataclass
class Rows:
    """Examples: cues, label, weight, and the number of the lesson each is from."""

    cues: list[dict[str, float]] = field(default_factory=list)
    labels: list[Any] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    lesson: list[int] = field(default_factory=list)
    keys: list[Any] = field(default_factory=list)

    def add(self, cues: dict[str, float], label: Any, weight: float, lesson: int, key: Any = None) -> None:
        self.cues.append(cues)
        self.labels.append(label)
        self.weights.append(weight)
        self.lesson.append(lesson)
        self.keys.append(key)

    def part(self, keep: Sequence[bool]) -> "Rows":
        """The rows where `keep` is true."""
        at = [k for k, good in enumerate(keep) if good]
        return Rows(
            [self.cues[k] for k in at],
            [self.labels[k] for k in at],
            [self.weights[k] for k in at],
            [self.lesson[k] for k in at],
            [self.keys[k] for k in at],
        )


def linear(rows: Rows, strength: float, rare: int = 3) -> dict[str, dict[str, float]]:
    """A logistic model of the rows: {"": weights} for two classes, else {class: weights}.

    Cues that fewer than `rare` rows have are left out.
    """
    seen = Counter(cue for cues in rows.cues for cue in cues)
    kept = [{cue: value for cue, value in cues.items() if seen[cue] >= rare} for cues in rows.cues]
    vectorizer = DictVectorizer(sparse=True)
    matrix = vectorizer.fit_transform(kept)
    model = LogisticRegression(C=strength, max_iter=400, solver="lbfgs")
    model.fit(matrix, rows.labels, sample_weight=rows.weights)
    names = vectorizer.get_feature_names_out()
    tables: dict[str, dict[str, float]] = {}
    classes = [""] if len(model.classes_) == 2 else [str(one) for one in model.classes_]
    for number, name in enumerate(classes):
        table = {cue: round(float(w), 4) for cue, w in zip(names, model.coef_[number], strict=True) if abs(w) >= 0.005}
        table[BIAS] = round(float(model.intercept_[number]), 4)
        tables[name] = table
    return tables


def fold_of(lessons: Sequence[Lesson]) -> list[int]:
    """A fold for each lesson: articles and passages spread evenly, in order."""
    folds, counters = [], {True: 0, False: 0}
    for lesson in lessons:
        folds.append(counters[lesson.article] % FOLDS)
        counters[lesson.article] += 1
    return folds


def role_rows(
    lessons: Sequence[Lesson], found: Sequence[list[Match]], config: ReaderConfig, article_weight: float
) -> tuple[Rows, Rows]:
    """The examples of the two roles: one a (lesson, item, party)."""
    suppliers, recipients = Rows(), Rows()
    for number, (lesson, its) in enumerate(zip(lessons, found, strict=True)):
        weight = article_weight if lesson.article else 1.0
        for (item, party), cues in role_cues(lesson.scene, config.lexicon).items():
            mine = [match for match in its if match.item == item]
            w = weight if mine else weight * 0.5
            suppliers.add(cues, int(any(plays(m.deal, "supplier", party) for m in mine)), w, number, (item, party))
            recipients.add(cues, int(any(plays(m.deal, "recipient", party) for m in mine)), w, number, (item, party))
    return suppliers, recipients


def crossed(rows: Rows, folds: Sequence[int], strength: float, prefix: str) -> list[float]:
    """The score of each row by a model that has not seen its fold."""
    scores = [0.0] * len(rows.cues)
    for fold in range(FOLDS):
        model = linear(rows.part([folds[k] != fold for k in rows.lesson]), strength)
        weights = Weights({prefix: model[""]})
        for k, lesson in enumerate(rows.lesson):
            if folds[lesson] == fold:
                scores[k] = weights.score(prefix, rows.cues[k])
    return scores


def pair_rows(
    lessons: Sequence[Lesson],
    found: Sequence[list[Match]],
    roles: tuple[Rows, Rows],
    scores: tuple[list[float], list[float]],
    article_weight: float,
) -> Rows:
    """The examples of pairs, from the roles' scores."""
    by_lesson: list[dict[tuple[int, str], tuple[float, float]]] = [{} for _ in lessons]
    for at, key, giving, getting in zip(roles[0].lesson, roles[0].keys, *scores, strict=True):
        by_lesson[at][key] = (giving, getting)
    rows = Rows()
    empty = Weights()
    for number, (lesson, its) in enumerate(zip(lessons, found, strict=True)):
        if not by_lesson[number]:
            continue
        weight = article_weight if lesson.article else 1.0
        for candidate in weigh_pairs(lesson.scene, by_lesson[number], empty):
            right = any(
                m.item == candidate.item
                and plays(m.deal, "supplier", candidate.supplier)
                and plays(m.deal, "recipient", candidate.recipient)
                for m in its
            )
            rows.add(
                candidate.cues, int(right), weight, number, (candidate.item, candidate.supplier, candidate.recipient)
            )
    return rows


def field_rows(
    lessons: Sequence[Lesson], found: Sequence[list[Match]], article_weight: float
) -> tuple[Rows, Rows, Rows]:
    """The examples of status, quantity and value: those of the labelled deals whose item and parties were found."""
    status, quantity, value = Rows(), Rows(), Rows()
    for number, (lesson, its) in enumerate(zip(lessons, found, strict=True)):
        weight = article_weight if lesson.article else 1.0
        codes = set(lesson.scene.codes)
        for match in its:
            supplier = next((c for c in codes if plays(match.deal, "supplier", c)), "")
            recipient = next((c for c in codes if plays(match.deal, "recipient", c)), "")
            accepted = {STATUS[s] for s in match.deal.get("status_ok") or [match.deal["status"]]}
            cues = stage_cues(lesson.scene, match.item, supplier, recipient)
            status.add(cues, STATUS[match.deal["status"]], weight, number, (match.item, accepted))
            for option in counts(lesson.scene, match.item, supplier, recipient):
                given = {"quantity": {"min": option.quantity.min, "max": option.quantity.max}}
                right = bool(match.deal.get("quantity")) and quantity_right(match.deal, given)
                quantity.add(
                    option.cues, int(right), weight, number, (match.item, match.deal.get("key"), given, match.deal)
                )
            for priced in prices(lesson.scene, match.item, supplier, recipient):
                amount = {"value": {"amount": float(priced.money.amount), "currency": priced.money.currency}}
                right = bool(match.deal.get("value")) and value_right({**match.deal, "value_scope": None}, amount)
                value.add(
                    priced.cues, int(right), weight, number, (match.item, match.deal.get("key"), amount, match.deal)
                )
    return status, quantity, value


def accuracy(scores: Sequence[float], labels: Sequence[int]) -> float:
    """The share of rows on the right side of even odds."""
    return float(np.mean([(score > 0) == bool(label) for score, label in zip(scores, labels, strict=True)]))


def pair_threshold(rows: Rows, scores: Sequence[float], lessons: Sequence[Lesson]) -> tuple[float, float]:
    """The probability from which a candidate is taken that is best for F1 of deals over the articles, and that F1."""
    found: dict[int, list[Candidate]] = {n: [] for n, lesson in enumerate(lessons) if lesson.article}
    for cues, (item, supplier, recipient), score, number in zip(rows.cues, rows.keys, scores, rows.lesson, strict=True):
        if number in found:
            found[number].append(Candidate(item, supplier, recipient, cues, 0.0, 0.0, score))
    for its in found.values():
        its.sort(key=lambda candidate: -candidate.score)
    reached: dict[float, float] = {}
    for step in range(10, 60, 2):
        total = Score()
        for number, its in found.items():
            scene = lessons[number].scene
            deals = [_answer(scene, candidate) for candidate in choose(scene, its, step / 100)]
            total.add({**lessons[number].label, "statements": []}, {"deals": deals})
        reached[step / 100] = total.figures("deals")[2]
    return plateau(reached)


def _answer(scene: Scene, candidate: Candidate) -> dict[str, Any]:
    weapon = weapon_of(scene, candidate.item, ())
    names = {"designation": weapon.designation, "text": weapon.text, "family": weapon.family}
    return {"supplier": candidate.supplier, "recipient": candidate.recipient, "weapon": names}


def field_threshold(
    rows: Rows, scores: Sequence[float], lessons: Sequence[Lesson], part: str, right: Callable[[Any, Any], bool]
) -> tuple[float, float]:
    """The probability from which a number or sum is taken that makes most labelled deals right, and that share."""
    deals: dict[Any, list[tuple[float, Any]]] = {}
    labels: dict[Any, Any] = {}
    for (item, deal, given, label), score, number in zip(rows.keys, scores, rows.lesson, strict=True):
        if lessons[number].article:
            deals.setdefault((number, item, deal), []).append((probability(score), given))
            labels[number, item, deal] = label
    reached: dict[float, float] = {}
    whole = sum(2 if labels[key].get(part) else 1 for key in deals)
    for step in range(10, 80, 5):
        good = 0
        for key, options in deals.items():
            top, given = max(options, key=lambda option: option[0])
            weight = 2 if labels[key].get(part) else 1  # a number that is there matters more than one that is not
            good += weight * right(labels[key], given if top >= step / 100 else {part: None})
        reached[step / 100] = good / max(1, whole)
    return plateau(reached)


def plateau(reached: dict[float, float]) -> tuple[float, float]:
    """The middle of the limits that are as good as the best, but for a hundredth, and the best figure."""
    best = max(reached.values())
    good = [limit for limit, figure in reached.items() if figure >= best - 0.01]
    return round(sum(good) / len(good), 3), best


def fit(
    lessons: Sequence[Lesson], config: ReaderConfig, *, article_weight: float = 1.5, strength: float = 0.08
) -> tuple[Weights, list[str]]:
    """The weights from the lessons, and a report of how well each model does on folds it has not seen."""
    report: list[str] = []
    folds = fold_of(lessons)
    found = [matches(lesson) for lesson in lessons]
    labelled = sum(len(lesson.label["deals"]) for lesson in lessons if lesson.article)
    matched = sum(len(its) for lesson, its in zip(lessons, found, strict=True) if lesson.article)
    report.append(f"weapons of labelled deals found in articles: {matched} of {labelled}")
    roles = role_rows(lessons, found, config, article_weight)
    scores = (
        crossed(roles[0], folds, strength, SUPPLIER),
        crossed(roles[1], folds, strength, RECIPIENT),
    )
    for name, rows, its in zip((SUPPLIER, RECIPIENT), roles, scores, strict=True):
        report.append(f"{name}: {len(rows.cues)} rows, right {accuracy(its, rows.labels):.3f}")
    pairs = pair_rows(lessons, found, roles, scores, article_weight)
    pair_scores = crossed(pairs, folds, 0.3, PAIR)
    limit, reached = pair_threshold(pairs, pair_scores, lessons)
    report.append(f"deals of articles on unseen folds: F1 {reached:.3f}")
    report.append(
        f"pairs: {len(pairs.cues)} rows, right {accuracy(pair_scores, pairs.labels):.3f}, taken from {limit:.2f}"
    )
    status, quantity, value = field_rows(lessons, found, article_weight)
    limits = {PAIR: limit}
    for name, rows, right in (("quantity", quantity, quantity_right), ("value", value, value_right)):
        limits[name], share = field_threshold(rows, crossed(rows, folds, 0.3, name), lessons, name, right)
        report.append(f"{name} right on unseen folds where a text has candidates: {share:.3f}")
    models = {
        SUPPLIER: linear(roles[0], strength)[""],
        RECIPIENT: linear(roles[1], strength)[""],
        PAIR: linear(pairs, 0.3)[""],
        "quantity": linear(quantity, 0.3)[""],
        "value": linear(value, 0.3)[""],
    }
    models |= {f"status/{name}": table for name, table in linear(status, 0.15).items()}
    return Weights(models, limits), report
