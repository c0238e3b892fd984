"""Writes a trained network as what the reader ships: an 8-bit encoder, the heads, the readable weights of cues."""

import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from reports.extraction.allegiance import ALLEGIANCE
from reports.extraction.attribution import MANNER, VOICE
from reports.extraction.candidates import PAIR, RECIPIENT, SUPPLIER
from reports.extraction.impression import STANCES, STATUSES
from reports.training.examples import Vocabulary
from reports.training.network import Network

_SMALL = 0.02  # a weight below this says nothing


class _States(nn.Module):
    """The encoder as the exporter wants it: two matrices in, the vectors out."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        found: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return found


def write_encoder(network: Network, path: Path) -> None:
    """The encoder as an 8-bit ONNX model."""
    network.eval()
    ids = torch.ones((2, 16), dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            _States(network.encoder).eval(),
            (ids, torch.ones_like(ids)),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["states"],
            dynamic_axes={name: {0: "windows", 1: "tokens"} for name in ("ids", "mask", "states")},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True)


def write_heads(network: Network, path: Path) -> None:
    """The layers over the encoder, in half precision."""
    stored = {
        name: weight.detach().numpy().astype(np.float16)
        for name, weight in network.state_dict().items()
        if not name.startswith(("encoder.", "bags."))
    }
    np.savez_compressed(path, **stored)


def cue_weights(network: Network, vocabulary: Vocabulary) -> dict[str, dict[str, float]]:
    """What each cue is worth, by model: the names that the reader looks up."""
    models = {
        "role": (SUPPLIER, RECIPIENT),
        "pair": (PAIR,),
        "status": tuple(f"status/{name}" for name in STATUSES),
        "quantity": ("quantity",),
        "value": ("value",),
        "voice": (VOICE,),
        ALLEGIANCE: (ALLEGIANCE,),
        "manner": tuple(f"{MANNER}/{name}" for name in STANCES),
    }
    found: dict[str, dict[str, float]] = {}
    for bag, names in models.items():
        table = network.bags[bag].weight.detach().numpy()
        for column, name in enumerate(names):
            found[name] = {
                cue: round(float(table[number, column]), 3)
                for cue, number in vocabulary.names[bag].items()
                if abs(table[number, column]) >= _SMALL
            }
    return found
