"""What a reader is configured with: the catalogue's names as an index, the word tables, the weights and the limits."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.catalogue.load import Catalogue
from reports.extraction import encoder, gate, lexicon, roles, weigher
from reports.extraction.encoder import Encoder
from reports.extraction.gate import Gate
from reports.extraction.heads import Heads
from reports.extraction.lexicon import Lexicon
from reports.extraction.roles import RoleTable
from reports.extraction.weigher import Weights

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Names:
    """What the reader knows by name: enough to find everything that a text mentions."""

    catalogue: Catalogue
    lexicon: Lexicon
    gate: Gate
    roles: RoleTable


@dataclass(frozen=True)
class ReaderConfig(Names):
    """Everything that reading depends on. What lies beyond the limits is not read."""

    weights: Weights
    encoder: Encoder
    heads: Heads
    snapshot: str  # hash over the reader's data files and the catalogue
    max_characters: int = 100_000
    max_sentences: int = 600


@cache
def tables_hash() -> str:
    """The first eight hex digits of a hash over the reader's data files."""
    digest = hashlib.sha256()
    for path in sorted(DATA.iterdir()):
        if path.suffix in (".csv", ".json", ".npz", ".onnx"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


def names(catalogue: Catalogue) -> Names:
    """The names of a catalogue snapshot."""
    found = lexicon.build(catalogue)
    return Names(catalogue, found, gate.build(found), roles.load())


def default_config(catalogue: Catalogue) -> ReaderConfig:
    """The configuration that armstrack ships, over the given catalogue snapshot."""
    known = names(catalogue)
    snapshot = hashlib.sha256((tables_hash() + catalogue.snapshot).encode()).hexdigest()[:8]
    model, heads = encoder.load()
    return ReaderConfig(known.catalogue, known.lexicon, known.gate, known.roles, weigher.load(), model, heads, snapshot)
