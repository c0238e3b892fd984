"""Fits the three models of attribution: is it a statement, whom does its voice speak for, what is its stance."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from reports.extraction.attribution import Candidate, find_candidates
from reports.extraction.config import ReaderConfig
from reports.extraction.scene import survey
from reports.extraction.sentences import split
from reports.records import canonical
from reports.scoring import plain, read_labels, speaker_right

Features = Mapping[str, float]
Weights = dict[str, Any]

STATEMENT_THRESHOLD = 0.42
ALLEGIANCE_THRESHOLD = 0.3
RARE = 3  # a single word that fewer candidates carry is no feature


@dataclass(frozen=True, slots=True)
class Lesson:
    """A candidate with what the labels say: True, False or None (not usable), and the label of the statement it is."""

    candidate: Candidate
    right: bool | None
    label: Mapping[str, Any] | None


def lessons(folder: Path, config: ReaderConfig, held: bool = False, passages: bool = True,
            watch: Callable[[Iterable[Any]], Iterable[Any]] = list) -> list[list[Lesson]]:  # fmt: skip
    """The candidates of every labelled text with their labels, text by text; `held` reads only what is held back."""
    listed = set((folder / "heldback.txt").read_text(encoding="utf-8").split())
    rows = [row for row in read_labels(folder / "dev.jsonl") if (row["id"] in listed) == held]
    texts = [(row, (folder / "text" / f"{row['id']}.txt").read_text(encoding="utf-8")) for row in rows]
    if passages:
        texts += [(row, f"Passage\n\n{row['text']}") for row in read_labels(folder / "passages.jsonl")]
    return [
        _label(_candidates(text, config), row["statements"])
        for row, text in watch(texts)
        if row["statements"] or row["relevant"]
    ]


def _candidates(text: str, config: ReaderConfig) -> list[Candidate]:
    title, _, body = text.partition("\n\n")
    content = canonical(title, body)
    sentences = split(content)
    scene = survey(content, sentences, config.lexicon, config.roles)
    return find_candidates(sentences, scene.parties, None, scene.weapons)


def _label(candidates: Sequence[Candidate], labels: Sequence[Mapping[str, Any]]) -> list[Lesson]:
    right: list[bool | None] = [False] * len(candidates)
    of: list[Mapping[str, Any] | None] = [None] * len(candidates)
    for label in labels:
        words = plain(label["contains"])
        here = [k for k, candidate in enumerate(candidates) if words in plain(candidate.sentence.text)]
        spoken = [k for k in here if speaker_right(label, {"speaker": candidates[k].voice.name})]
        for k in spoken:
            right[k], of[k] = True, label
        if not spoken and len(here) == 1 and not right[here[0]]:
            right[here[0]] = None  # a statement, but the voice was read wrong: teaches neither way
    return [Lesson(*row) for row in zip(candidates, right, of, strict=True)]


def fit_statements(texts: Iterable[Sequence[Lesson]]) -> Weights:
    """Is the candidate a statement?"""
    rows = [lesson for text in texts for lesson in text if lesson.right is not None]
    return _fit([row.candidate.features for row in rows], [bool(row.right) for row in rows], 0.3, STATEMENT_THRESHOLD)


def fit_stances(texts: Iterable[Sequence[Lesson]]) -> Weights:
    """Which stance has it?"""
    rows = [(lesson, lesson.label) for text in texts for lesson in text if lesson.label is not None]
    return _fit([row.candidate.stance_features for row, _ in rows], [label["stance"] for _, label in rows], 0.15, 0.0)


def fit_allegiances(texts: Iterable[Sequence[Lesson]]) -> Weights:
    """Does its voice speak for this state?"""
    found: list[Features] = []
    answers: list[bool] = []
    for text in texts:
        for lesson in text:
            if lesson.label is None:
                continue
            for code, features in lesson.candidate.options.items():
                found.append(features)
                answers.append((lesson.label["country"] or "").lower() == code.lower())
    return _fit(found, answers, 0.3, ALLEGIANCE_THRESHOLD)


def _fit(found: Sequence[Features], answers: Sequence[Any], strength: float, threshold: float) -> Weights:
    """Logistic weights by class; a yes-or-no question has the one class "yes"."""
    counts = Counter(name for features in found for name in features)
    kept = [
        {name: value for name, value in features.items() if not name.startswith("word:") or counts[name] >= RARE}
        for features in found
    ]
    vectors = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=500).fit(vectors.fit_transform(kept), list(answers))
    names = vectors.get_feature_names_out()
    classes = ["yes"] if len(model.classes_) == 2 else [str(label) for label in model.classes_]
    weights = {
        label: {name: round(float(weight), 3) for name, weight in zip(names, row, strict=True) if abs(weight) >= 0.01}
        for label, row in zip(classes, model.coef_, strict=True)
    }
    bias = {label: round(float(value), 4) for label, value in zip(classes, model.intercept_, strict=True)}
    return {"weights": weights, "bias": bias, "threshold": threshold}
