import pytest

from reports.resolution.nouns import noun_fits, noun_key, weapon_key
from tests.resolution.telling import generic, told


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (["D-30", "D30", "D 30 howitzers"], "d30"),
        (["Leopard 2A4", "Leopard-2", "Leopard 2 A4 tanks"], "leopard2"),
        (["Kilo-class", "Kilo class diesel-electric submarines"], "kilo-class"),
        (["missiles", "155mm shells", "submarines"], ""),
    ],
)
def test_an_unknown_designation_is_one_however_it_is_spelled(spellings: list[str], key: str) -> None:
    assert {weapon_key(generic("a", words)) for words in spellings} == {key}


def test_a_known_weapon_goes_by_its_family() -> None:
    assert weapon_key(told("a", designation="MiG-29M/M2", weapon_text="the jets")) == "MiG-29"


@pytest.mark.parametrize(
    ("words", "key"), [("Patrol Boats", "boat"), ("patrol boat", "boat"), ("the missiles", "missile"), ("", "")]
)
def test_a_generic_noun_goes_by_its_head_in_the_singular(words: str, key: str) -> None:
    assert noun_key(words) == key


@pytest.mark.parametrize(
    ("words", "kind", "fits"),
    [
        ("fighter jets", "fighter aircraft", True),
        ("helicopters", "fighter aircraft", False),
        ("warplanes", "fighter aircraft", True),
        ("drones", "unmanned aerial vehicle", True),
        ("drones", "combat helicopter", False),
        ("tanks", "main battle tank", True),
        ("tanks", "infantry fighting vehicle", False),
        ("armoured vehicles", "infantry fighting vehicle", True),
        ("air defence systems", "surface-to-air missile system", True),
        ("anything", "", True),
    ],
)
def test_a_noun_fits_the_weapons_that_it_may_mean(words: str, kind: str, fits: bool) -> None:
    assert noun_fits(words, kind) is fits
