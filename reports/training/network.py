"""The network that is trained: a small encoder of text, and heads that score who plays which role of which item.

Everything that a head says is a sum of two parts: what the encoder sees in the windows, and what the named cues of the
rules are worth. Needs torch and transformers (requirements-train.txt); what runs needs neither.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from reports.extraction.impression import STANCES, STATUSES

HIDDEN = 128
WIDTH = 384
DISTANCES = 24
FEATURES = 12  # of a triple


class Between(nn.Module):
    """Scores for each pair of a left and a right vector, by their sum, their product and their distance."""

    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.left = nn.Linear(WIDTH, HIDDEN)
        self.right = nn.Linear(WIDTH, HIDDEN, bias=False)
        self.apart = nn.Embedding(DISTANCES, HIDDEN)
        self.left2 = nn.Linear(WIDTH, HIDDEN // 2)
        self.right2 = nn.Linear(WIDTH, HIDDEN // 2)
        self.out = nn.Linear(HIDDEN + HIDDEN // 2, outputs)
        nn.init.normal_(self.apart.weight, std=0.02)

    def forward(self, left: Tensor, right: Tensor, apart: Tensor) -> Tensor:
        """left [n, W], right [m, W], apart [n, m] (bucket) -> [n, m, outputs]."""
        hidden = torch.relu(self.left(left)[:, None] + self.right(right)[None] + self.apart(apart))
        product = self.left2(left)[:, None] * self.right2(right)[None] / 8
        return self.out(torch.cat([hidden, product], -1))


def head(outputs: int) -> nn.Sequential:
    """One hidden layer over one vector."""
    return nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, outputs))


class Network(nn.Module):
    """The encoder and its heads. `sizes` are how many cues each bag knows."""

    def __init__(self, encoder: nn.Module, sizes: dict[str, int], frozen: int = 1) -> None:
        super().__init__()
        self.encoder = encoder
        for part in (encoder.embeddings, *encoder.encoder.layer[:frozen]):
            for weight in part.parameters():
                weight.requires_grad = False
        self.drop = nn.Dropout(0.15)
        self.role = Between(2)
        self.relation = Between(1)
        self.item = head(1)
        self.absent = head(2)
        self.triple = nn.Linear(FEATURES, 1)
        self.attend = nn.Linear(WIDTH, 1)
        self.status = head(len(STATUSES))
        self.quantity = Between(1)
        self.no_quantity = head(1)
        self.value = Between(1)
        self.no_value = head(1)
        self.statement = head(1 + len(STANCES))
        self.country = Between(1)
        self.no_country = head(1)
        outputs = {
            "role": 2,
            "pair": 1,
            "status": len(STATUSES),
            "quantity": 1,
            "value": 1,
            "voice": 1,
            "manner": len(STANCES),
            "allegiance": 1,
        }
        self.bags = nn.ModuleDict(
            {name: nn.EmbeddingBag(sizes[name], outputs[name], mode="sum") for name in outputs if name in sizes}
        )
        for bag in self.bags.values():
            nn.init.zeros_(bag.weight)
        with torch.no_grad():
            self.triple.weight.zero_()
            self.triple.weight[0, 2] = 1.0
            self.triple.bias.fill_(-1.0)
            self.role.out.bias.fill_(-3.0)
            self.relation.out.bias.fill_(-4.0)
            self.absent[-1].bias.fill_(-4.0)
            self.statement[-1].bias[0] = -1.0

    def read(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Windows [n, L] -> vectors [n, L, W]."""
        return self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)


def pooled(scores: Tensor, left: Tensor, right: Tensor) -> Tensor:
    """Scores of mentions [n, m] as scores of what they are mentions of: a soft best over the pairs.

    left [I, n] and right [C, m] say with 1 which mention belongs to whom.
    """
    top = scores.amax().detach() if scores.numel() else torch.tensor(0.0)
    mass = left @ torch.exp(scores - top) @ right.T
    count = left.sum(1)[:, None] * right.sum(1)[None]
    pooled_scores = torch.log(mass + 1e-12) + top - 0.5 * torch.log(count.clamp(min=1.0))
    return torch.where(count > 0, pooled_scores, torch.full_like(pooled_scores, -4.0))


def triple_features(supplier: Tensor, recipient: Tensor, relation: Tensor, item: Tensor, together: Tensor) -> Tensor:
    """supplier, recipient [I, C] (last column: none), relation [C, C], item [I], together [I, C, C] -> [I, C, C, F]."""
    count = supplier.shape[1]
    clip = 8.0
    s = supplier.clamp(-clip, clip)
    r = recipient.clamp(-clip, clip)

    def ahead(scores: Tensor) -> Tensor:
        if count < 2:
            return torch.zeros_like(scores)
        best, at = scores.max(1, keepdim=True)
        others = scores.scatter(1, at, -clip).max(1, keepdim=True).values
        return torch.where(scores >= best, scores - others, scores - best).clamp(-clip, clip)

    big = (s.shape[0], count, count)
    giving, getting = s[:, :, None].expand(big), r[:, None, :].expand(big)
    turned = (s[:, None, :] + r[:, :, None]).expand(big)
    least = torch.minimum(giving, getting)
    parts = [
        giving,
        getting,
        least,
        ahead(s)[:, :, None].expand(big),
        ahead(r)[:, None, :].expand(big),
        turned / 2,
        relation.clamp(-clip, clip)[None].expand(big),
        item.clamp(-clip, clip)[:, None, None].expand(big),
        together.clamp(max=3.0),
        (together > 0).float(),
        least.amax(0, keepdim=True).expand(big),
        torch.minimum(least, relation.clamp(-clip, clip)[None].expand(big)),
    ]
    return torch.stack(parts, -1)


def vectors(states: Tensor, places: Sequence[tuple[int, int, int]]) -> Tensor:
    """The mean of the states over each place (window, start, end): [n, W]."""
    count, width = states.shape[0], states.shape[1]
    share = torch.zeros((len(places), count * width))
    for row, (window, start, end) in enumerate(places):
        share[row, window * width + start : window * width + end] = 1.0 / (end - start)
    return share @ states.reshape(count * width, -1)
