"""The reader's own layers say what the trained network says. Needs what training needs; skipped by name without."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs requirements-train.txt")

from reports.catalogue.load import load_catalogue  # noqa: E402
from reports.extraction.candidates import candidates, role_cues, role_scores  # noqa: E402
from reports.extraction.config import names  # noqa: E402
from reports.extraction.encoder import Encoder  # noqa: E402
from reports.extraction.encoding import Encoded  # noqa: E402
from reports.extraction.heads import Heads  # noqa: E402
from reports.extraction.impression import STATUSES, impression  # noqa: E402
from reports.extraction.weigher import Weights  # noqa: E402
from reports.training.corpus import lessons  # noqa: E402
from reports.training.course import pretrained  # noqa: E402
from reports.training.examples import example, vocabulary  # noqa: E402
from reports.training.export import cue_weights, write_heads  # noqa: E402
from reports.training.learn import padded, run, show  # noqa: E402
from reports.training.network import Network  # noqa: E402

GRADED = Path(__file__).parents[1] / "data" / "graded"


class Same(Encoder):
    """The network's own encoder, in full precision, in the reader's clothes."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def states(self, encoded: Encoded) -> list[np.ndarray]:
        ids, mask = padded(encoded.windows)
        with torch.no_grad():
            found = self.network.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.numpy()
        return [found[at, : len(window)] for at, window in enumerate(encoded.windows)]


def test_reader_and_network_say_the_same(tmp_path: Path) -> None:
    torch.manual_seed(3)
    known = names(load_catalogue())
    examples = [example(lesson, known) for lesson in lessons(GRADED, known)[:6]]
    cues = vocabulary(examples)
    network = Network(pretrained(), cues.sizes)
    for bag in network.bags.values():
        bag.weight.data.normal_(0, 0.2)
    network.eval()
    write_heads(network, tmp_path / "heads.npz")
    with np.load(tmp_path / "heads.npz") as stored:
        heads = Heads({name: stored[name].astype(np.float32) for name in stored.files})
    weights = Weights(cue_weights(network, cues), {})
    compared = 0
    for one in examples:
        with torch.no_grad():
            ((_, said),) = run(network, cues, [show(one, None)])
        seen = impression(one.lesson.scene, Same(network), heads)
        scores = role_scores(one.lesson.scene, role_cues(one.lesson.scene, known.lexicon), seen, weights)
        codes = (*one.codes, "")
        for found in candidates(one.lesson.scene, scores, seen, weights):
            giver, getter = codes.index(found.supplier), codes.index(found.recipient)
            assert found.score == pytest.approx(float(said.triple[found.item, giver, getter]), abs=0.05)
            compared += 1
        for status, (item, giver, getter, words, _) in zip(said.statuses, one.statuses, strict=True):
            told = seen.status(item, codes[giver], codes[getter])
            for at, name in enumerate(STATUSES):
                assert told[name] + weights.score(f"status/{name}", words) == pytest.approx(float(status[at]), abs=0.05)
        assert np.abs(seen.spoken - said.statement.numpy()).max() < 0.05
    assert compared > 10
