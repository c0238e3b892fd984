"""What the encoder sees in a text: for each item and party how they stand to each other, before any rule has spoken.

All numbers are log-odds that are added to what the named cues are worth. `NONE` says nothing of anything.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from reports.extraction.encoder import Encoder
from reports.extraction.encoding import Encoded, Place, encode
from reports.extraction.heads import NOWHERE, Array, Heads, distances, logsumexp, pooled, triple_features
from reports.extraction.scene import Scene

STATUSES = ("considered", "negotiation", "approved", "ordered", "delivering", "delivered", "suspended", "cancelled")
STANCES = ("announces", "confirms", "denies", "declines", "criticises", "supports", "warns", "comments")
WIDTH = 384  # of the encoder's vectors
MOST_ITEMS, MOST_PARTIES = 60, 40
MENTIONS_OF_ITEM, MENTIONS_OF_PARTY = 12, 16

_Key = tuple[str, int]


@dataclass(frozen=True)
class Group:
    """Mentions with their vectors, where they stand (sentence, token), and whose they are [groups, mentions]."""

    vectors: Array
    where: list[tuple[int, int]]
    member: Array


@dataclass
class Impression:
    """The encoder's part of every score of one text."""

    scene: Scene
    heads: Heads
    encoded: Encoded
    states: list[Array]
    codes: tuple[str, ...]
    items: Group
    parties: Group
    roles: Array  # [item mentions, party mentions, 2]
    giving: Array  # [items, codes]
    getting: Array
    absent: Array  # [items, 2]: no supplier, no recipient
    relation: Array  # [codes + 1, codes + 1]
    item: Array  # [items]
    spoken: Array  # [sentences, 1 + stances]
    _sentences: dict[_Key, int] = field(default_factory=dict)

    def triples(self, supplier: Array, recipient: Array, together: Array) -> Array:
        """The scores of (item, supplier, recipient) from the whole scores of the roles: [I, C + 1, C + 1]."""
        weights, bias = self.heads.triple
        found: Array = triple_features(supplier, recipient, self.relation, self.item, together) @ weights + bias
        return found

    def status(self, item: int, supplier: str, recipient: str, only: int | None = None) -> dict[str, float]:
        """Log-odds of each status of a deal; with `only`, from the item's mentions in that sentence."""
        own = np.flatnonzero(self.items.member[item])
        if only is not None:
            own = np.array([k for k in own if self.items.where[k][0] == only], np.int64)
        if not len(own):
            return dict.fromkeys(STATUSES, 0.0)
        mine = self.items.vectors[own]
        pull = self.heads.linear("attend", mine)[:, 0]
        for role, code in ((0, supplier), (1, recipient)):
            if code in self.codes:
                theirs = np.flatnonzero(self.parties.member[self.codes.index(code)])
                if len(theirs):
                    pull = pull + self.roles[np.ix_(own, theirs)][..., role].max(1).clip(-6, 6) * 0.5
        share = np.exp(pull - pull.max())
        share /= share.sum()
        scores = self.heads.single("status", (share[:, None] * mine).sum(0, keepdims=True))[0]
        return dict(zip(STATUSES, scores.tolist(), strict=True))

    def options(self, name: str, item: int, keys: Sequence[_Key]) -> tuple[Array, float]:
        """Scores of the mentions that may be an item's `quantity` or `value`, and of there being none."""
        own = np.flatnonzero(self.items.member[item])
        seen = np.zeros(len(keys), np.float32)
        if not len(own):
            return seen, 0.0
        group = self._group([[key] for key in keys])
        if len(group.where):
            apart = distances([self.items.where[k] for k in own], group.where)
            scores = self.heads.between(name, self.items.vectors[own], group.vectors, apart)[..., 0]
            seen = group.member @ (logsumexp(scores, 0) - 0.5 * math.log(len(own)))
        none = self.heads.single(f"no_{name}", self.items.vectors[own].mean(0, keepdims=True))[0, 0]
        return seen, float(none)

    def stance(self, sentence: int) -> dict[str, float]:
        """Log-odds of each stance of a sentence."""
        return dict(zip(STANCES, self.spoken[sentence, 1:].tolist(), strict=True))

    def allegiance(self, sentence: int) -> tuple[dict[str, float], float]:
        """Log-odds that a voice in a sentence speaks for each party, and for none."""
        place = self.encoded.sentences.get(sentence)
        if place is None:
            return {}, NOWHERE
        vector = _vectors(self.states, [place])
        none = float(self.heads.single("no_country", vector)[0, 0])
        if not self.parties.where:
            return {}, none
        scores = self.heads.between(
            "country", vector, self.parties.vectors, distances([(sentence, 0)], self.parties.where)
        )
        best = pooled(scores[..., 0], np.ones((1, 1), np.float32), self.parties.member)[0]
        return dict(zip(self.codes, best.tolist(), strict=True)), none

    def _group(self, groups: Sequence[Sequence[_Key]]) -> Group:
        return _gather(groups, self.encoded, self.states, self._sentences)


def impression(scene: Scene, encoder: Encoder, heads: Heads) -> Impression:
    """What the encoder sees in a text."""
    encoded = encode(scene)
    states = encoder.states(encoded)
    codes = scene.codes[:MOST_PARTIES]
    sentences = _sentences(scene)
    items = _gather(item_keys(scene), encoded, states, sentences)
    parties = _gather(party_keys(scene, codes), encoded, states, sentences)
    count_i, count_c = len(items.member), len(codes)
    relation = np.full((count_c + 1, count_c + 1), -1.0, np.float32)
    roles = np.zeros((len(items.where), len(parties.where), 2), np.float32)
    between = np.zeros((0, 0), np.float32)
    if len(parties.where):
        between = heads.between("relation", parties.vectors, parties.vectors, distances(parties.where, parties.where))[
            ..., 0
        ]
        if len(items.where):
            roles = heads.between("role", items.vectors, parties.vectors, distances(items.where, parties.where))
    relation[:count_c, :count_c] = pooled(between, parties.member, parties.member)
    item = np.full(count_i, NOWHERE, np.float32)
    absent = np.zeros((count_i, 2), np.float32)
    if count_i:
        weight = items.member / np.maximum(items.member.sum(1, keepdims=True), 1.0)
        middle = weight @ items.vectors if len(items.where) else np.zeros((count_i, WIDTH), np.float32)
        absent = heads.single("absent", middle)
        if len(items.where):
            single = heads.single("item", items.vectors)
            item = pooled(single, items.member, np.ones((1, 1), np.float32))[:, 0]
    spoken = np.full((len(scene.sentences), 1 + len(STANCES)), -8.0, np.float32)
    numbers = sorted(encoded.sentences)
    if numbers:
        spoken[numbers] = heads.single("statement", _vectors(states, [encoded.sentences[n] for n in numbers]))
    return Impression(
        scene,
        heads,
        encoded,
        states,
        codes,
        items,
        parties,
        roles,
        pooled(roles[..., 0], items.member, parties.member),
        pooled(roles[..., 1], items.member, parties.member),
        absent,
        relation,
        item,
        spoken,
        sentences,
    )


def item_keys(scene: Scene) -> list[list[_Key]]:
    """The mentions of each item."""
    return [
        [("W", scene.weapons[index].span.start) for index in item.mentions[:MENTIONS_OF_ITEM]]
        for item in scene.items[:MOST_ITEMS]
    ]


def party_keys(scene: Scene, codes: Sequence[str]) -> list[list[_Key]]:
    """The mentions of each party."""
    found: dict[str, list[_Key]] = {code: [] for code in codes}
    for mention in scene.parties:
        mine = found.get(mention.party.code)
        if mine is not None and len(mine) < MENTIONS_OF_PARTY:
            mine.append(("P", mention.span.start))
    return list(found.values())


def _sentences(scene: Scene) -> dict[_Key, int]:
    groups = (("W", scene.weapons), ("P", scene.parties), ("Q", scene.quantities), ("M", scene.sums))
    return {(kind, mention.span.start): mention.sentence for kind, mentions in groups for mention in mentions}


def _vectors(states: Sequence[Array], places: Sequence[Place]) -> Array:
    return np.stack([states[place.window][place.start : place.end].mean(0) for place in places])


def _gather(
    groups: Sequence[Sequence[_Key]], encoded: Encoded, states: Sequence[Array], sentences: dict[_Key, int]
) -> Group:
    places: list[Place] = []
    where: list[tuple[int, int]] = []
    owner: list[int] = []
    for number, group in enumerate(groups):
        for key in group:
            place = encoded.mentions.get(key)
            if place is not None:
                places.append(place)
                where.append((sentences.get(key, 0), place.start))
                owner.append(number)
    member = np.zeros((len(groups), len(places)), np.float32)
    member[owner, range(len(owner))] = 1.0
    vectors = _vectors(states, places) if places else np.zeros((0, 0), np.float32)
    return Group(vectors, where, member)
