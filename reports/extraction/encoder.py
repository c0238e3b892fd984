"""Runs the small encoder over a text's windows: token numbers in, one vector a token out.

The model (`data/encoder.onnx`, 8-bit) is made by `manage.py train_reader`; docs/READER.md says from what.
"""

from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime

from reports.extraction.encoding import Encoded
from reports.extraction.heads import Array, Heads

MODEL = Path(__file__).parent / "data" / "encoder.onnx"
HEADS = Path(__file__).parent / "data" / "heads.npz"


class Encoder:
    """A loaded model. Safe to share between threads; one thread a call, for workers are many."""

    def __init__(self, path: Path = MODEL) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def states(self, encoded: Encoded) -> list[Array]:
        """For each window its vectors: [tokens, width]."""
        found: list[Array] = [np.zeros((0, 0), np.float32)] * len(encoded.windows)
        order = sorted(range(len(encoded.windows)), key=lambda at: len(encoded.windows[at]))
        for start in range(0, len(order), 4):
            part = order[start : start + 4]
            width = len(encoded.windows[part[-1]])
            ids = np.zeros((len(part), width), np.int64)
            mask = np.zeros((len(part), width), np.int64)
            for row, at in enumerate(part):
                window = encoded.windows[at]
                ids[row, : len(window)] = window
                mask[row, : len(window)] = 1
            (vectors,) = self._session.run(None, {"ids": ids, "mask": mask})
            for row, at in enumerate(part):
                found[at] = vectors[row, : len(encoded.windows[at])]
        return found


@cache
def load() -> tuple[Encoder, Heads]:
    """The encoder and the heads in the repository. Raises FileNotFoundError where they were not made."""
    with np.load(HEADS) as stored:
        heads = Heads({name: stored[name].astype(np.float32) for name in stored.files})
    return Encoder(), heads
