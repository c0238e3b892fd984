"""The catalogue's files become one immutable snapshot; a row that is wrong is named."""

import resource
import subprocess
import sys
import timeit
from pathlib import Path

import pytest

from reports.catalogue.additions import AddedName, Additions
from reports.catalogue.load import DATA, Catalogue, load_catalogue
from reports.catalogue.records import CatalogueError, WeaponType
from reports.choices import Category, NameKind, PartyKind, Unit
from tests.catalogue.tables import Folder

MIG = [
    "MiG-29,,aircraft,IVa,fighter aircraft,Mikoyan,RU,,Fulcrum,Fulcrum",
    "MiG-29M,MiG-29,aircraft,IVa,fighter aircraft,Mikoyan,RU,,,",
    'MiG-29M/M2,MiG-29M,aircraft,IVa,"fighter, two seats",Mikoyan,RU,9.61|9-67,,',
]


def test_cells_become_fields(folder: Folder) -> None:
    catalogue = load_catalogue(
        folder(
            parties=["RU,RUS,Russia,Russian Federation,state,Eastern Europe,,,,,,Russian|Russians,Kremlin | Moscow,"],
            weapons=MIG,
            generics=["vehicle,armoured_vehicles,,yes", "shell,ammunition,round,"],
        )
    )
    party = catalogue.party("RU")
    assert party is not None
    assert (party.kind, party.metonyms, party.context) == (PartyKind.STATE, ("Kremlin", "Moscow"), ())
    weapon = catalogue.weapon("MiG-29M/M2")
    assert weapon is not None
    assert (weapon.description, weapon.aliases) == ("fighter, two seats", ("9.61", "9-67"))
    assert [(generic.unit, generic.context) for generic in catalogue.generics] == [
        (Unit.PIECE, True),
        (Unit.ROUND, False),
    ]


def test_a_family_is_followed_to_its_root(folder: Folder) -> None:
    catalogue = load_catalogue(folder(weapons=MIG))
    assert catalogue.family_root("MiG-29M/M2") == "MiG-29"
    assert catalogue.family_root("MiG-29") == "MiG-29"
    assert catalogue.family_root("unknown") == "unknown"


def test_a_loop_of_families_ends(folder: Folder) -> None:
    catalogue = load_catalogue(folder(weapons=["A,B,other,,,,,,,", "B,A,other,,,,,,,"]))
    assert catalogue.family_root("A") in ("A", "B")


@pytest.mark.parametrize("name", ["MiG 29 M/M2", "mig29m/m2", "9.61", "MiG–29M/M2"])
def test_a_weapon_is_found_however_spelled(folder: Folder, name: str) -> None:
    weapon = load_catalogue(folder(weapons=MIG)).weapon_by_name(name)
    assert weapon is not None
    assert weapon.designation == "MiG-29M/M2"


def test_a_name_comes_before_a_demonym_and_today_before_yesterday(folder: Folder) -> None:
    catalogue = load_catalogue(
        folder(
            parties=[
                "old,,Freedonia,,state,,,1900,1950,,,,,",
                "A,,Alphaland,,state,,,,,,,Freedonian,Betaland,",
                "B,,Betaland,,state,,,,,,,,,",
                "F,,Freedonia,,state,,,1950,,,,,,",
            ]
        )
    )
    found = [catalogue.party_by_name(name) for name in ("Betaland", "Freedonia", "Freedonian", "Gammaland")]
    assert [party.code if party else None for party in found] == ["B", "F", "A", None]


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"weapons": ["X,,tanks,,,,,,,"]}, "weapons.csv, line 2: category is 'tanks', which is none of: aircraft"),
        ({"weapons": ["X,,,,,,,,,"]}, "weapons.csv, line 2: category is ''"),
        ({"weapons": [",,other,,,,,,,"]}, "weapons.csv, line 2: designation is empty"),
        ({"weapons": ["X,,other,,,,,,,,extra"]}, "weapons.csv, line 2: 11 cells under 10 columns"),
        ({"weapons": ["X,,other,,,,,,,", "X,,other,,,,,,,"]}, "weapons.csv, line 3: X stands on line 2 already"),
        ({"weapons": ['"X,,other,,,,,,,']}, "weapons.csv, line 2: unexpected end of data"),
        ({"parties": ["RU,,,,state,,,,,,,,,"]}, "parties.csv, line 2: name is empty"),
        ({"parties": ["RU,,Russia,,country,,,,,,,,,"]}, "parties.csv, line 2: kind is 'country'"),
        ({"officials": ["RU,A,king,,,"]}, "officials.csv, line 2: role is 'king'"),
        ({"generics": ["gun,artillery,dozen,"]}, "generics.csv, line 2: unit is 'dozen'"),
        ({"outlets": ["X,,,,blog,"]}, "outlets.csv, line 2: kind is 'blog'"),
        ({"missing_parties": ["someone,maybe"]}, "missing_parties.csv, line 2: meaning is 'maybe'"),
    ],
)
def test_a_malformed_row_is_named(folder: Folder, tables: dict[str, list[str]], message: str) -> None:
    with pytest.raises(CatalogueError) as error:
        load_catalogue(folder(**tables))
    assert str(error.value).startswith(message)


def test_a_file_without_its_key_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "weapons.csv").write_text("name,category\nMiG-29,aircraft\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"weapons\.csv, line 1: there is no column designation"):
        load_catalogue(tmp_path)


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "weapons.csv").write_bytes("designation,category\nFénix,missiles\n".encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"weapons\.csv: cannot be read"):
        load_catalogue(tmp_path)


def test_missing_cells_columns_blank_lines_and_a_byte_order_mark_are_no_errors(tmp_path: Path) -> None:
    (tmp_path / "weapons.csv").write_text("\ufeffdesignation,category\n\nX,other\n,\nY,other\n", encoding="utf-8")
    assert [weapon.designation for weapon in load_catalogue(tmp_path).weapons] == ["X", "Y"]


def test_an_empty_folder_is_an_empty_catalogue(tmp_path: Path) -> None:
    catalogue = load_catalogue(tmp_path)
    assert (catalogue.parties, catalogue.weapons) == ((), ())


def test_the_snapshot_changes_with_what_goes_in(folder: Folder) -> None:
    first = load_catalogue(folder(weapons=MIG))
    again = load_catalogue(folder(weapons=MIG))
    added = load_catalogue(folder(weapons=MIG), Additions(weapon_names=(AddedName("MiG-29", "Baaz"),)))
    changed = load_catalogue(folder(weapons=MIG[:2]))
    assert first.snapshot == again.snapshot == load_catalogue(folder(weapons=MIG), Additions()).snapshot
    assert len({first.snapshot, added.snapshot, changed.snapshot}) == 3
    assert len(first.snapshot) == 8


def test_what_analysts_add_joins(folder: Folder) -> None:
    catalogue = load_catalogue(
        folder(parties=["RU,,Russia,,state,,,,,,,,,"], weapons=MIG, organisations=["Mikoyan,RU,maker,,"]),
        Additions(
            weapons=(WeaponType("Drone X", Category.AIRCRAFT),),
            party_names=(
                AddedName("RU", "Rus"),
                AddedName("RU", "Rusky", NameKind.DEMONYM),
                AddedName("RU", "Lubyanka", NameKind.METONYM, context=True),
            ),
            weapon_names=(AddedName("MiG-29", "Baaz", context=True), AddedName("gone", "Nothing")),
            organisation_names=(AddedName("Mikoyan", "RAC MiG"),),
        ),
    )
    party, weapon = catalogue.party("RU"), catalogue.weapon_by_name("baaz")
    assert party is not None
    assert (party.aliases, party.demonyms, party.metonyms) == (("Rus",), ("Rusky",), ("Lubyanka",))
    assert party.context == ("Lubyanka",)
    assert weapon is not None
    assert weapon.context == ("Fulcrum", "Baaz")
    assert catalogue.weapon("Drone X") is not None
    assert catalogue.weapon_by_name("Nothing") is None
    maker = catalogue.organisation_by_name("rac mig")
    assert maker is not None
    assert maker.name == "Mikoyan"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("reuters.com", "Reuters"),
        ("www.reuters.com", "Reuters"),
        ("uk.reuters.com", "Reuters"),
        ("tass.ru", "TASS"),
        ("Tass", "TASS"),
        ("nothing.example", None),
        ("com", None),
    ],
)
def test_an_outlet_is_found_by_domain_or_name(folder: Folder, asked: str, found: str | None) -> None:
    catalogue = load_catalogue(
        folder(outlets=["Reuters,Reuters.com,GB,en,agency,", "TASS,tass.com,RU,ru,agency,ITAR-TASS|tass.ru"])
    )
    outlet = catalogue.outlet(asked)
    assert (outlet.name if outlet else None) == found


def test_the_shipped_catalogue_answers_the_readers_questions(shipped: Catalogue) -> None:
    roots = {shipped.family_root(weapon.designation) for weapon in shipped.weapons}
    assert "MiG-29" in roots
    assert [root for root in roots if (row := shipped.weapon(root)) is None or row.family] == []
    party = shipped.party_by_name("Kremlin")
    assert party is not None
    assert party.code == "RU"


def test_a_new_interpreter_has_the_whole_in_under_a_second() -> None:
    program = "from reports.catalogue.load import load_catalogue; load_catalogue()"

    def seconds() -> float:
        """Of work: what other programs do meanwhile does not count."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", program], check=True, cwd=DATA.parents[2])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 1


@pytest.mark.parametrize("name", ["MiG-29", "National Advanced Surface-to-Air Missile System", "the Élysée", "no name"])
def test_a_lookup_is_a_matter_of_microseconds(shipped: Catalogue, name: str) -> None:
    shipped.weapon_by_name(name)  # the index is made at the first
    best = min(timeit.repeat(lambda: shipped.weapon_by_name(name), number=1000, repeat=50)) / 1000
    assert best < 10e-6, "half a microsecond on an idle machine (bench/loading.py); other tests may run beside this one"


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Mark Rutte", "2013-05-06", "NL"),
        ("Mark Rutte", "2025-05-06", "nato"),
        ("Mark Rutte", "", "nato"),
        ("Jens Stoltenberg", "2012-01-01", "NO"),
        ("Jens Stoltenberg", "2022-01-01", "nato"),
        ("Donald Tusk", "2010-01-01", "PL"),
        ("Donald Tusk", "2017-01-01", "eu"),
        ("Donald Tusk", "2021-01-01", "eu"),
        ("Donald Tusk", "2024-06-01", "PL"),
        ("Ban Ki-moon", "2005-01-01", "KR"),
        ("Ban Ki-moon", "1999-01-01", "KR"),
        ("Nobody of Nowhere", "2013-05-06", None),
    ],
)
def test_an_official_stands_for_the_party_of_that_day(shipped: Catalogue, name: str, on: str, code: str | None) -> None:
    party = shipped.party_of_person(name, on)
    assert (party.code if party else None) == code


def test_a_capital_that_is_the_seat_of_a_body_means_the_body(shipped: Catalogue) -> None:
    party = shipped.party_by_name("Brussels")
    assert party is not None and party.code == "eu"
    belgian = shipped.party_by_name("Belgian")
    assert belgian is not None and belgian.code == "BE"
