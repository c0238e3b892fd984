"""Names as lists and registers write them lead to the row that they mean."""

import pytest

from reports.catalogue.load import Catalogue, load_catalogue
from reports.catalogue.records import Generic, Party, WeaponType
from reports.catalogue.resolve import resolve_designation, resolve_party
from reports.choices import Missing
from tests.catalogue.tables import Folder

WEAPONS = [
    "MiG-29,,aircraft,IVa,fighter aircraft,,RU,,Fulcrum,",
    "MiG-29M,MiG-29,aircraft,IVa,fighter aircraft,,RU,,,",
    "F/A-18,,aircraft,IVa,fighter aircraft,,US,Hornet,,Hornet",
    "FGM-148,,missiles,,anti-tank missile,,US,Javelin,,Javelin",
    "HMMWV,,armoured_vehicles,,light vehicle,,US,Humvee,,",
    "Lawrence,,ships,VI,frigate,,US,,,",
    "S-300,,air_defence,,surface-to-air missile system,,RU,,,",
    "Gowind,,ships,VI,corvette,,FR,,,",
    "Tiger,,aircraft,V,attack helicopter,,FR,,,Tiger",
    "Astra missile,,missiles,,air-to-air missile,,IN,,,",
    "Soltam M-71,,artillery,III,howitzer,Soltam,IL,,,",
    "1L119 Nebo,,sensors,,radar,,RU,,,",
    "55Zh6M Nebo,,sensors,,radar,,RU,,,",
    "AN/SPY-1D,,sensors,,radar,,US,,,",
    "Eagle missile,,missiles,,missile,,US,,,",
    "Eagle vehicle,,armoured_vehicles,,vehicle,,CH,,,",
]
GENERICS = ["aircraft engine,engines,piece,", "vehicle,armoured_vehicles,piece,yes", "missile,missiles,piece,yes"]
MAKERS = ["Soltam,IL,maker,,,"]
PARTIES = ["IL,,Israel,,state,,,,,,,,,"]


@pytest.fixture
def small(folder: Folder) -> Catalogue:
    return load_catalogue(folder(weapons=WEAPONS, generics=GENERICS, organisations=MAKERS, parties=PARTIES))


@pytest.mark.parametrize(
    ("text", "designation"),
    [
        ("MiG-29M", "MiG-29M"),
        ("MiG 29", "MiG-29"),
        ("MiG-29SMT", "MiG-29"),
        ("MiG-29M2", "MiG-29M"),
        ("MiG-29s", "MiG-29"),
        ("F-18", "F/A-18"),
        ("F/A-18E Super Hornet", "F/A-18"),
        ("FGM-148 Javelin", "FGM-148"),
        ("HMMWV-UA", "HMMWV"),
        ("Lawrence/Crosley", "Lawrence"),
        ("Crosley/Lawrence", "Lawrence"),
        ("S-300PMU-1", "S-300"),
        ("Gowind class", "Gowind"),
        ("Tiger", "Tiger"),
        ("Astra", "Astra missile"),
        ("M-71", "Soltam M-71"),
        ("M-71 155mm", "Soltam M-71"),
        ("Soltam M-71", "Soltam M-71"),
        ("Soltam MiG-29", "MiG-29"),
        ("1L119", "1L119 Nebo"),
        ("AN/SPY-1D(V)", "AN/SPY-1D"),
    ],
)
def test_a_designation_resolves(small: Catalogue, text: str, designation: str) -> None:
    found = resolve_designation(small, text)
    assert isinstance(found, WeaponType)
    assert found.designation == designation


@pytest.mark.parametrize("text", ["Aircraft engine", "aircraft engines", "aircraft-engine"])
def test_a_generic_noun_resolves_to_its_entry(small: Catalogue, text: str) -> None:
    found = resolve_designation(small, text)
    assert isinstance(found, Generic)
    assert found.noun == "aircraft engine"


@pytest.mark.parametrize(
    "text", ["MiG-2", "MiG-290", "S-3000", "Sea Tiger", "Type-071", "", "-", "MiG", "Eagle", "Nebo", "Astra IL"]
)
def test_what_only_looks_like_a_name_does_not_resolve(small: Catalogue, text: str) -> None:
    assert resolve_designation(small, text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RU", "RU"),
        ("Russia", "RU"),
        ("Hezbollah (Lebanon)*", "hezbollah"),
        ("African Union**", "african-union"),
        ("Bosnia-Herzegovina", "BA"),
        ("Cote d'Ivoire", "CI"),
        ("Viet Nam", "VN"),
        ("Turkiye", "TR"),
        ("Congo", "CG"),
        ("DR Congo", "CD"),
        ("East Germany (GDR)", "east-germany"),
        ("North Yemen", "north-yemen"),
        ("House of Representatives (Libya)*", "lna"),
        ("Kurdistan Regional Government (Iraq)*", "peshmerga"),
        ("Kyiv", "UA"),
        ("Kiev", "UA"),
        ("the Pentagon", "US"),
        ("NATO", "nato"),
        ("houthis", "houthis"),
    ],
)
def test_a_party_resolves_also_as_registers_write_it(shipped: Catalogue, text: str, code: str) -> None:
    found = resolve_party(shipped, text)
    assert isinstance(found, Party)
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Unknown recipient(s)", Missing.SAID_UNKNOWN),
        ("unknown supplier(s)", Missing.SAID_UNKNOWN),
        ("unknown rebel group*", Missing.SAID_UNKNOWN),
        ("Multiple sellers", Missing.SEVERAL),
    ],
)
def test_a_party_that_is_not_known_keeps_its_reason(shipped: Catalogue, text: str, meaning: Missing) -> None:
    assert resolve_party(shipped, text) is meaning


@pytest.mark.parametrize("text", ["", "*", "Atlantis", "Atlantis (Greece)*", "()"])
def test_no_party_is_made_up(shipped: Catalogue, text: str) -> None:
    assert resolve_party(shipped, text) is None


@pytest.mark.parametrize(
    ("text", "designation"),
    [
        ("Amga", "Amga sonar"),
        ("K-6", "Soltam K6"),
        ("1L119", "1L119 Nebo"),
        ("Denel G-5", "G-5"),
        ("T-56", "T56"),
        ("AN/TPS-77", "AN/TPS-77"),
        ("RBS-15 Mk-3", "RBS-15"),
        ("CASA CN-235MPA", "CN-235MPA"),
        ("Mk-48 Mod-6 AT", "Mk-48"),
        ("PT-6", "PT6"),
        ("MTU-4000", "MTU-4000"),
    ],
)
def test_what_registers_and_the_guide_write_resolves(shipped: Catalogue, text: str, designation: str) -> None:
    found = resolve_designation(shipped, text)
    assert isinstance(found, WeaponType)
    assert found.designation == designation
