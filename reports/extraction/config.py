"""What a reader is configured with: the catalogue's names as an index, the word tables, the weights and the limits."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.catalogue.load import Catalogue
from reports.extraction import gate, lexicon, roles, weigher
from reports.extraction.gate import Gate
from reports.extraction.lexicon import Lexicon
from reports.extraction.roles import RoleTable
from reports.extraction.weigher import Weights

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class ReaderConfig:
    """Everything that reading depends on. What lies beyond the limits is not read."""

    catalogue: Catalogue
    lexicon: Lexicon
    gate: Gate
    roles: RoleTable
    weights: Weights
    snapshot: str  # hash over the reader's data files and the catalogue
    max_characters: int = 100_000
    max_sentences: int = 600


@cache
def tables_hash() -> str:
    """The first eight hex digits of a hash over the reader's data files."""
    digest = hashlib.sha256()
    for path in sorted(DATA.iterdir()):
        if path.suffix in (".csv", ".json"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


def default_config(catalogue: Catalogue) -> ReaderConfig:
    """The configuration that armstrack ships, over the given catalogue snapshot."""
    names = lexicon.build(catalogue)
    snapshot = hashlib.sha256((tables_hash() + catalogue.snapshot).encode()).hexdigest()[:8]
    return ReaderConfig(catalogue, names, gate.build(names), roles.load(), weigher.load(), snapshot)
