"""Which sentences deny a transfer, and which only hold a negation."""

import pytest

from reports.choices import Polarity
from reports.extraction.config import ReaderConfig
from reports.extraction.denial import denies
from reports.extraction.reader import read
from reports.extraction.scene import survey
from reports.extraction.sentences import split


def denied(sentence: str, config: ReaderConfig) -> bool:
    """Whether a sentence denies that Russia supplies Syria with the first thing that the text names."""
    content = f"S-300 missiles for Syria\n\n{sentence}"
    scene = survey(content, split(content), config.lexicon, config.roles)
    return denies(scene, 1, 0, "RU", "SY")


@pytest.mark.parametrize(
    "sentence",
    [
        "Moscow denied that it had sold S-300 missiles to Syria.",
        "Russia's foreign ministry denied the reports.",
        "Russia has denied a newspaper report that Syria ordered S-300 missiles.",
        "Damascus dismissed the claim as a joke.",
        "Moscow ruled out selling S-300 missiles to Damascus.",
        "There is no such contract, the ministry said.",
        "No contracts were signed with Syria last year, the agency said.",
        "Lavrov said that Moscow planned no new contracts with Syria.",
        "Russia has never supplied S-300 missiles to Syria, the ministry said.",
        "Russia will not deliver the S-300 to Syria, he said.",
        "Moscow denies that Syria uses its weapons.",
        "A Russian official said the report was untrue.",
    ],
)
def test_a_transfer_is_denied(sentence: str, config: ReaderConfig) -> None:
    assert denied(sentence, config)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lavrov said no missile had ever been bought by Syria so quickly.",
        "The ministry would not say how many S-300 missiles were sold to Syria.",
        "The agency did not give a date for the delivery of the S-300.",
        "The Russian maker denied that the S-300 missiles were faulty.",
        "Moscow did not deny that it had sold the S-300 to Syria.",
        "The ministry neither confirmed nor denied the report.",
        "Israel urged the Kremlin not to hand over the S-300.",
        "Moscow denied that Ukraine sold the missiles to Sudan.",
        "Putin said he would not make arms sales conditional on human rights.",
        "The cargo could not be delivered to Syria, a spokesman said.",
        "Damascus has not confirmed the purchase of the S-300.",
        "The second batch of S-300 missiles has not been delivered yet, he said.",
        "The manufacturer had not supplied spare parts as agreed.",
    ],
)
def test_a_negation_alone_denies_nothing(sentence: str, config: ReaderConfig) -> None:
    assert not denied(sentence, config)


def test_a_speakers_denial_makes_the_deal_disputed(config: ReaderConfig) -> None:
    text = (
        "Egypt orders Su-35 jets\n\nEgypt has ordered 20 Su-35 fighter jets from Russia, a newspaper reported.\n\n"
        "Russia's defence ministry denied that a contract for the Su-35 jets with Egypt had been signed."
    )
    reading = read(text, published=None, config=config)
    assert [claim.polarity for claim in reading.claims if claim.statement is not None] == [Polarity.DENIED]
    assert reading.deals[0].disputed
