"""Trains the network on examples. Needs torch; nothing that runs imports this."""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from reports.extraction.encoding import Encoded, code_words, encode, stand_ins
from reports.extraction.heads import distances
from reports.training.examples import Bag, Example, Vocabulary
from reports.training.network import Network, pooled, triple_features, vectors

_TOKENS = 1_500  # a batch, padding included


@dataclass
class Shown:
    """An example with its text encoded for one showing."""

    example: Example
    encoded: Encoded


@dataclass
class Scores:
    """What the network says of one example."""

    supplier: Tensor
    recipient: Tensor
    triple: Tensor
    relation: Tensor
    item: Tensor
    statuses: list[Tensor]
    quantities: list[Tensor]
    values: list[Tensor]
    statement: Tensor
    country: Tensor
    voices: Tensor
    manners: Tensor
    allegiances: list[Tensor]


def show(example: Example, rng: random.Random | None) -> Shown:
    """Encodes the text; with a generator, with stand-ins dealt at random."""
    if rng is None:
        return Shown(example, encode(example.lesson.scene))
    order = list(range(len(stand_ins())))
    words = list(range(len(code_words())))
    rng.shuffle(order)
    rng.shuffle(words)
    return Shown(example, encode(example.lesson.scene, order, words))


def batches(shown: Sequence[Shown]) -> Iterator[list[Shown]]:
    """Examples whose windows together make a batch of bounded size."""
    batch: list[Shown] = []
    longest = count = 0
    for one in shown:
        here = max((len(w) for w in one.encoded.windows), default=0)
        more = len(one.encoded.windows)
        if batch and max(longest, here) * (count + more) > _TOKENS:
            yield batch
            batch, longest, count = [], 0, 0
        batch.append(one)
        longest, count = max(longest, here), count + more
    if batch:
        yield batch


def padded(windows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Windows as one matrix of token numbers, with its mask."""
    width = max(len(window) for window in windows)
    ids = torch.zeros((len(windows), width), dtype=torch.long)
    mask = torch.zeros((len(windows), width), dtype=torch.long)
    for at, window in enumerate(windows):
        ids[at, : len(window)] = torch.tensor(window)
        mask[at, : len(window)] = 1
    return ids, mask


def bag(network: Network, vocabulary: Vocabulary, name: str, cues: Sequence[dict[str, float]], drop: float) -> Tensor:
    """What the cues of each row are worth: [n, outputs]."""
    rows: list[Bag] = [vocabulary.bag(name, one) for one in cues]
    table = network.bags[name]
    if not rows:
        return torch.zeros((0, table.weight.shape[1]))
    ids = torch.tensor([number for numbers, _ in rows for number in numbers], dtype=torch.long)
    worth = torch.tensor([value for _, values in rows for value in values])
    if drop and len(worth):
        worth = worth * (torch.rand(len(worth)) >= drop) / (1 - drop)
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])[:-1]
    result: Tensor = table(ids, torch.tensor(starts, dtype=torch.long), per_sample_weights=worth)
    return result


def distances_(places: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> Tensor:
    """Buckets of distance between places (sentence, token): [n, m]."""
    return torch.from_numpy(distances(places, others))


class Doc:
    """The places of one shown example in the batch's windows."""

    def __init__(self, shown: Shown, first: int) -> None:
        self.example, self.encoded, self.first = shown.example, shown.encoded, first
        scene = self.example.lesson.scene
        self.sentence_of = {}
        for kind, mentions in (("W", scene.weapons), ("P", scene.parties), ("Q", scene.quantities), ("M", scene.sums)):
            for mention in mentions:
                self.sentence_of[kind, mention.span.start] = mention.sentence

    def gather(
        self, groups: Sequence[Sequence[tuple[str, int]]]
    ) -> tuple[list[tuple[int, int, int]], list[tuple[int, int]], Tensor]:
        """For mentions by group: their places, (sentence, token) and membership [groups, mentions]."""
        places, where, owner = [], [], []
        for number, group in enumerate(groups):
            for key in group:
                place = self.encoded.mentions.get(key)
                if place is not None:
                    places.append((self.first + place.window, place.start, place.end))
                    where.append((self.sentence_of.get(key, 0), place.start))
                    owner.append(number)
        member = torch.zeros((len(groups), len(places)))
        for at, number in enumerate(owner):
            member[number, at] = 1
        return places, where, member


def score(network: Network, vocabulary: Vocabulary, doc: Doc, states: Tensor, drop: float, mute: bool) -> Scores:
    """What the network says of one example, from the states of the batch's windows."""
    one = doc.example
    items, item_where, item_of = doc.gather(one.items)
    parties, party_where, party_of = doc.gather(one.parties)
    w, p = vectors(states, items), vectors(states, parties)
    apart = distances_(item_where, party_where)
    count_i, count_c = len(one.items), len(one.codes)
    roles = network.role(w, p, apart) if len(items) and len(parties) else torch.zeros((len(items), len(parties), 2))
    giving = pooled(roles[..., 0], item_of, party_of)
    getting = pooled(roles[..., 1], item_of, party_of)
    cells = [one.role_cues[i, c] for i in range(count_i) for c in range(count_c)]
    rules = bag(network, vocabulary, "role", cells, drop).view(count_i, count_c, 2) * (0.0 if mute else 1.0)
    weight = item_of / item_of.sum(1, keepdim=True).clamp(min=1)
    middle = weight @ w if len(items) else torch.zeros((count_i, states.shape[-1]))
    absent = network.absent(middle)
    supplier = torch.cat([giving + rules[..., 0], absent[:, :1]], 1)
    recipient = torch.cat([getting + rules[..., 1], absent[:, 1:]], 1)
    between = (
        network.relation(p, p, distances_(party_where, party_where))[..., 0] if len(parties) else torch.zeros((0, 0))
    )
    relation = torch.full((count_c + 1, count_c + 1), -1.0)
    relation[:count_c, :count_c] = pooled(between, party_of, party_of)
    single = network.item(w)[:, 0] if len(items) else torch.zeros(0)
    item = pooled(single[:, None], item_of, torch.ones((1, 1)))[:, 0]
    if not count_i:
        triple = torch.zeros((0, count_c + 1, count_c + 1))
        said, country = _statements(network, doc, states, p, party_where, party_of)
        return Scores(
            supplier,
            recipient,
            triple,
            relation,
            item,
            [],
            [],
            [],
            said,
            country,
            *_voices(network, vocabulary, one, said, country, drop, mute),
        )
    features = triple_features(supplier, recipient, relation, item, torch.tensor(one.together))
    things = bag(network, vocabulary, "pair", one.pair_cues, drop)[:, 0] * (0.0 if mute else 1.0)
    triple = network.triple(features)[..., 0] + things[:, None, None]
    own = [[k for k in range(len(items)) if item_of[i, k]] for i in range(count_i)]
    ruled = bag(network, vocabulary, "status", [cues for *_, cues, _ in one.statuses], drop) * (0.0 if mute else 1.0)
    statuses = [
        _status(network, w, roles, party_of, own[i], giver, getter) + ruled[at]
        for at, (i, giver, getter, _, _) in enumerate(one.statuses)
    ]
    quantities, values = (
        _choices(network, vocabulary, doc, states, w, item_where, own, name, drop, mute)
        for name in ("quantity", "value")
    )
    statement, country = _statements(network, doc, states, p, party_where, party_of)
    spoken = _voices(network, vocabulary, one, statement, country, drop, mute)
    return Scores(
        supplier, recipient, triple, relation, item, statuses, quantities, values, statement, country, *spoken
    )


def _voices(
    network: Network, vocabulary: Vocabulary, one: Example, statement: Tensor, country: Tensor, drop: float, mute: bool
) -> tuple[Tensor, Tensor, list[Tensor]]:
    """For each possible statement whether it is one, its stance, and whom it speaks for (its options, then none)."""
    at = torch.tensor([voice.sentence for voice in one.voices], dtype=torch.long)
    loud = 0.0 if mute else 1.0
    said = statement[at, 0] + loud * bag(network, vocabulary, "voice", [v.features for v in one.voices], drop)[:, 0]
    manner = statement[at, 1:] + loud * bag(network, vocabulary, "manner", [v.manner for v in one.voices], drop)
    rows = [its for voice in one.voices for its in voice.options.values()]
    worth = loud * bag(network, vocabulary, "allegiance", rows, drop)[:, 0]
    allegiances, first = [], 0
    for voice in one.voices:
        numbers = list(voice.options)
        seen = country[voice.sentence]
        allegiances.append(torch.cat([seen[numbers] + worth[first : first + len(numbers)], seen[-1:]]))
        first += len(numbers)
    return said, manner, allegiances


def _status(
    network: Network, w: Tensor, roles: Tensor, party_of: Tensor, own: Sequence[int], giver: int, getter: int
) -> Tensor:
    if not own:
        return torch.zeros(8)
    mine = w[own]
    pull = network.attend(mine)[:, 0]
    for role, code in ((0, giver), (1, getter)):
        if code < party_of.shape[0] and party_of[code].any():
            pull = pull + roles[own][:, party_of[code].bool(), role].amax(1).clamp(-6, 6) * 0.5
    share = torch.softmax(pull, 0)
    result: Tensor = network.status((share[:, None] * mine).sum(0))
    return result


def _choices(
    network: Network,
    vocabulary: Vocabulary,
    doc: Doc,
    states: Tensor,
    w: Tensor,
    where: Sequence[tuple[int, int]],
    own: Sequence[Sequence[int]],
    name: str,
    drop: float,
    mute: bool,
) -> list[Tensor]:
    """For each choice of a number or sum the scores of its options, and of "none" (last)."""
    one = doc.example
    choices = one.quantities if name == "quantity" else one.values
    between, none = (network.quantity, network.no_quantity) if name == "quantity" else (network.value, network.no_value)
    keys = list(dict.fromkeys(key for choice in choices for key, _ in choice.options))
    rules = bag(network, vocabulary, name, [cues for choice in choices for _, cues in choice.options], drop)[:, 0]
    places, spots, member = doc.gather([[key] for key in keys])
    scores = None
    if places and len(w):
        scores = between(w, vectors(states, places), distances_(where, spots))[..., 0] @ member.T
    found, first = [], 0
    for choice in choices:
        mine = list(own[choice.item])
        count = len(choice.options)
        seen = rules[first : first + count] * (0.0 if mute else 1.0)
        first += count
        if scores is not None and mine and count:
            at = [keys.index(key) for key, _ in choice.options]
            here = member.sum(1)[at] > 0
            best = torch.logsumexp(scores[mine][:, at], 0) - 0.5 * math.log(len(mine))
            seen = seen + torch.where(here, best, torch.zeros_like(best))
        last = none(w[mine].mean(0)) if mine else torch.zeros(1)
        found.append(torch.cat([seen, last]))
    return found


def _statements(
    network: Network, doc: Doc, states: Tensor, p: Tensor, party_where: Sequence[tuple[int, int]], party_of: Tensor
) -> tuple[Tensor, Tensor]:
    scene = doc.example.lesson.scene
    numbers = [s.index for s in scene.sentences if s.index in doc.encoded.sentences]
    places = [doc.encoded.sentences[n] for n in numbers]
    vec = vectors(states, [(doc.first + q.window, q.start, q.end) for q in places])
    out = torch.full((len(scene.sentences), 9), -8.0)
    country = torch.full((len(scene.sentences), party_of.shape[0] + 1), -4.0)
    if len(vec):
        out[numbers] = network.statement(vec)
        none = network.no_country(vec)
        if len(p):
            scores = network.country(vec, p, distances_([(n, 0) for n in numbers], party_where))[..., 0]
            best = pooled(scores, torch.eye(len(numbers)), party_of)
        else:
            best = torch.full((len(numbers), party_of.shape[0]), -4.0)
        country[numbers] = torch.cat([best, none], 1)
    return out, country


def loss(scores: Scores, one: Example) -> Tensor:
    """How wrong the scores are."""
    return _wrong_deals(scores, one) + _wrong_fields(scores, one) + _wrong_voices(scores, one)


def _wrong_deals(scores: Scores, one: Example) -> Tensor:
    sure = torch.tensor(1 - one.unsure)
    total = torch.zeros(())
    for said, right in ((scores.supplier, one.supplier), (scores.recipient, one.recipient)):
        wrong = F.binary_cross_entropy_with_logits(said, torch.tensor(right), reduction="none").sum(1)
        total = total + 0.5 * (wrong * sure).sum()
    right = torch.tensor(one.triples)
    wrong = F.binary_cross_entropy_with_logits(scores.triple, right, reduction="none").sum((1, 2))
    total = total + 0.5 * (wrong * sure).sum()
    if right.shape[0]:
        related = right[:, :-1, :-1].amax(0)
        told = F.binary_cross_entropy_with_logits(scores.relation[:-1, :-1], related, reduction="sum")
        is_deal = right.amax((1, 2))
        things = F.binary_cross_entropy_with_logits(scores.item, is_deal, reduction="none")
        total = total + 0.5 * told + 0.3 * (things * sure).sum()
    return total


def _wrong_fields(scores: Scores, one: Example) -> Tensor:
    total = torch.zeros(())
    if one.statuses:
        targets = torch.tensor([target for *_, target in one.statuses])
        total = total - 0.4 * (targets * F.log_softmax(torch.stack(scores.statuses), 1)).sum()
    for part, choices in ((scores.quantities, one.quantities), (scores.values, one.values)):
        for said, choice in zip(part, choices, strict=True):
            if len(choice.options):
                good = torch.tensor(choice.right)
                total = total - 0.4 * (torch.logsumexp(said[good], 0) - torch.logsumexp(said, 0))
    return total


def _wrong_voices(scores: Scores, one: Example) -> Tensor:
    total = torch.zeros(())
    if not scores.statement.shape[0]:
        return total
    spoken = torch.zeros(scores.statement.shape[0])
    for sentence, _, _ in one.statements:
        spoken[sentence] = 1
    total = total + 0.25 * F.binary_cross_entropy_with_logits(scores.statement[:, 0], spoken, reduction="sum")
    if one.statements:
        at = torch.tensor([sentence for sentence, _, _ in one.statements])
        stances = torch.tensor([stance for _, stance, _ in one.statements])
        total = total + 0.2 * F.cross_entropy(scores.statement[at, 1:], stances, reduction="sum")
        taught = [(sentence, party) for sentence, _, party in one.statements if party >= -1]
        if taught:
            none = scores.country.shape[1] - 1
            parties = torch.tensor([party if party >= 0 else none for _, party in taught])
            rows = torch.tensor([sentence for sentence, _ in taught])
            total = total + 0.3 * F.cross_entropy(scores.country[rows], parties, reduction="sum")
    judged = [at for at, voice in enumerate(one.voices) if voice.right is not None]
    if judged:
        truth = torch.tensor([float(bool(one.voices[at].right)) for at in judged])
        total = total + 0.3 * F.binary_cross_entropy_with_logits(scores.voices[judged], truth, reduction="sum")
    manner = [at for at, voice in enumerate(one.voices) if voice.stance >= 0]
    if manner:
        stances = torch.tensor([one.voices[at].stance for at in manner])
        total = total + 0.3 * F.cross_entropy(scores.manners[manner], stances, reduction="sum")
    for said, voice in zip(scores.allegiances, one.voices, strict=True):
        if voice.party >= -1:
            place = list(voice.options).index(voice.party) if voice.party >= 0 else -1
            total = total - 0.4 * F.log_softmax(said, 0)[place]
    return total


def run(
    network: Network, vocabulary: Vocabulary, batch: Sequence[Shown], drop: float = 0.0, mute: bool = False
) -> list[tuple[Example, Scores]]:
    """The network over a batch."""
    windows = [window for one in batch for window in one.encoded.windows]
    if not windows:
        return []
    states = network.read(*padded(windows))
    first = 0
    found = []
    for one in batch:
        doc = Doc(one, first)
        first += len(one.encoded.windows)
        found.append((one.example, score(network, vocabulary, doc, states, drop, mute)))
    return found


def train(
    network: Network,
    vocabulary: Vocabulary,
    examples: Sequence[Example],
    *,
    epochs: int,
    seed: int = 1,
    rate: float = 5e-5,
    head_rate: float = 8e-4,
    cue_rate: float = 4e-3,
    after: Callable[[int], None] | None = None,
    progress: Callable[[Any], Any] = iter,
    passage_share: float = 1.0,
) -> None:
    """Shows the examples some times over, in random order and under random names."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    groups = [
        {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": rate, "weight_decay": 0.01},
        {
            "params": [p for n, p in network.named_parameters() if not n.startswith(("encoder", "bags"))],
            "lr": head_rate,
            "weight_decay": 0.01,
        },
        {"params": list(network.bags.parameters()), "lr": cue_rate, "weight_decay": 0.05},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    base = [group["lr"] for group in optimizer.param_groups]
    tokens = sum(
        (1.0 if one.lesson.article else passage_share) * sum(len(w) for w in encode(one.lesson.scene).windows)
        for one in examples
    )
    steps = max(1, int(epochs * tokens / (_TOKENS * 0.85)))
    step = 0
    for epoch in range(epochs):
        network.train()
        order = [one for one in examples if one.lesson.article or rng.random() < passage_share]
        rng.shuffle(order)
        # alike in length together, so that little is padding; the batches then come in random order
        shown = [show(one, rng) for one in order]
        chunks = [shown[at : at + 400] for at in range(0, len(shown), 400)]
        for chunk in chunks:
            chunk.sort(key=lambda one: max((len(w) for w in one.encoded.windows), default=0))
        groups_ = [batch for chunk in chunks for batch in batches(chunk)]
        rng.shuffle(groups_)
        seen = 0.0
        for batch in progress(groups_):
            share = min(1.0, (step + 1) / (0.06 * steps)) * max(0.05, 1 - step / steps)
            for group, lr in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = lr * share
            mute = rng.random() < 0.25
            total = torch.zeros(())
            weight = 0.0
            for one, scores in run(network, vocabulary, batch, 0.2, mute):
                its = 1.5 if one.lesson.article else 1.0
                total = total + its * loss(scores, one)
                weight += 1
            if not weight:
                continue
            total = total / math.sqrt(weight) / 4
            optimizer.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            seen += float(total.detach())
            step += 1
        print(f"epoch {epoch + 1}: loss {seen / max(1, len(groups_)):.3f}", flush=True)
        if after is not None:
            after(epoch)
