"""Names are one thing however they are spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.catalogue.variants import alternatives, fold, singular, variants


@pytest.mark.parametrize(
    ("spelling", "same"),
    [
        ("MiG-29M/M2", "MiG-29 M/M2"),
        ("MiG-29M/M2", "MiG 29M/M2"),
        ("MiG-29M/M2", "Mig29M/M2"),
        ("MiG-29", "MiG‑29"),
        ("MiG-29", "MiG–29"),
        ("MiG-29", "MiG−29"),
        ("F/A-18", "FA-18"),
        ("Côte d'Ivoire", "Cote d’Ivoire"),
        ("the Kremlin", "Kremlin"),
        ("Türkiye", "TURKIYE"),
        ("Ørsted", "orsted"),
        ("Łódź", "Lodz"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_of_one_name_have_one_key(spelling: str, same: str) -> None:
    assert fold(spelling) == fold(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [("MiG-29", "MiG-21"), ("AMV", "AMV+"), ("Niger", "Nigeria"), ("Theseus", "Seus"), ("S-300", "S-3000")],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("nothing", ["", " ", "--", "the", "…"])
def test_a_key_needs_letters_or_digits(nothing: str) -> None:
    assert fold(nothing) in ("", "the")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("F/A-18", {"F/A-18", "F-18", "FA-18", "F18", "F 18", "FA18", "F/A-18s"}),
        ("MiG-29 M/M2", {"MiG-29M/M2", "MiG 29M/M2", "MiG29M/M2", "MiG-29 M/M2"}),
        ("T-72", {"T-72", "T 72", "T72", "T-72s"}),
        ("Gowind-class", {"Gowind", "Gowinds"}),
        ("the Leopard 2", {"Leopard 2", "Leopard-2", "Leopard2"}),
    ],
)
def test_variants_are_made_by_rule(name: str, expected: set[str]) -> None:
    assert expected <= set(variants(name))


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("Leopards", "Leopard"),
        ("MiG-29s", "MiG-29"),
        ("F-16S", "F-16"),
        ("MiG-29S", "MiG-29"),
        ("AWACS", "AWACS"),
        ("Cougar", "Cougar"),
        ("Mass", "Mass"),
        ("As", "As"),
    ],
)
def test_a_plural_loses_its_s(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_a_class_and_a_slashed_prefix_have_other_keys() -> None:
    assert alternatives("F/A-18") == ("F-18",)
    assert alternatives("Type 26 class") == ("Type 26",)
    assert alternatives("MiG-29") == ()


@given(st.text(max_size=40))
def test_every_variant_but_the_alternatives_and_plurals_folds_alike(name: str) -> None:
    keys = {fold(name), *(fold(other) for other in alternatives(name))}
    for variant in variants(name):
        assert fold(variant) in keys or fold(variant.removesuffix("s")) in keys or fold(variant) == fold(name)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(name: str) -> None:
    key = fold(name)
    assert fold(key) in (key, key.removeprefix("the"))


def test_bytes_and_characters_fold_alike() -> None:
    for code in range(128):
        char = chr(code)
        assert fold(f"a{char}b") == fold(f"é{char}b").replace("e", "a", 1), f"character {code}"
