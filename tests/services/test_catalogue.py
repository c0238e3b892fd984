"""The catalogue's files and the analysts' rows live side by side in the tables."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from reports.catalogue import records
from reports.catalogue.load import Catalogue
from reports.choices import Category, NameKind, OrganisationKind, Origin, PartyKind, SourceKind
from reports.models import Deal, Organisation, Party, PartyName, Source, Weapon, WeaponName
from reports.services.catalogue import current_catalogue, source_of, sync_catalogue
from tests.builders import make_deal

RUSSIA = records.Party(
    code="RU", name="Russia", kind=PartyKind.STATE, aliases=("Russian Federation",), demonyms=("Russian",)
)
SYRIA = records.Party(code="SY", name="Syria", kind=PartyKind.STATE, metonyms=("Damascus",))
MIG = records.Organisation(name="MiG", parties=("RU",), kind=OrganisationKind.MAKER, aliases=("RAC MiG",))
FAMILY = records.WeaponType(
    designation="MiG-29", category=Category.AIRCRAFT, makers=("MiG",), origin=("RU",), nato_name=("Fulcrum",)
)
VARIANT = records.WeaponType(designation="MiG-29M/M2", category=Category.AIRCRAFT, family="MiG-29")
OUTLET = records.Outlet(
    name="Daily Test", domain="daily.example", country="RU", language="en", kind=SourceKind.NEWSPAPER
)
SMALL = Catalogue(parties=(RUSSIA, SYRIA), organisations=(MIG,), weapons=(FAMILY, VARIANT), outlets=(OUTLET,))

pytestmark = pytest.mark.django_db


def rows() -> list[Any]:
    kinds = (Party, PartyName, Organisation, Weapon, WeaponName, Source)
    links = (Organisation.parties.through, Weapon.makers.through, Weapon.origin_parties.through)
    return [list(kind._default_manager.order_by("pk").values()) for kind in (*kinds, *links)]


@pytest.fixture(autouse=True)
def synced() -> Iterator[None]:
    sync_catalogue(catalogue=SMALL)
    yield


def test_rows_names_and_links_are_there() -> None:
    variant = Weapon.objects.get(designation="MiG-29M/M2")
    family = Weapon.objects.get(designation="MiG-29")
    assert (variant.parent, variant.family, family.parent, family.family) == (family, family, None, family)
    assert [maker.name for maker in family.makers.all()] == ["MiG"]
    assert set(PartyName.objects.values_list("party__code", "name", "kind")) == {
        ("RU", "Russia", NameKind.NAME),
        ("RU", "Russian Federation", NameKind.ALIAS),
        ("RU", "Russian", NameKind.DEMONYM),
        ("SY", "Syria", NameKind.NAME),
        ("SY", "Damascus", NameKind.METONYM),
    }
    assert Source.objects.get().country == Party.objects.get(code="RU")


def test_a_second_run_changes_nothing() -> None:
    before = rows()
    result = sync_catalogue(catalogue=SMALL)
    assert rows() == before
    assert (result.parties, result.weapons, result.organisations, result.sources, result.deleted) == (2, 2, 1, 1, ())


def test_the_whole_catalogue_is_synced_twice_alike() -> None:
    first = sync_catalogue(catalogue=current_catalogue())
    before = rows()
    assert sync_catalogue(catalogue=current_catalogue()) == replace(first, deleted=())
    assert rows() == before


def test_what_an_analyst_added_stays() -> None:
    Party.objects.create(code="atlantis", name="Atlantis", kind=PartyKind.NON_STATE, origin=Origin.ANALYST)
    PartyName.objects.create(
        party=Party.objects.get(code="SY"), name="Levantia", kind=NameKind.ALIAS, origin=Origin.ANALYST
    )
    Weapon.objects.create(slug="x-1", designation="X-1", category=Category.MISSILES, origin=Origin.ANALYST)
    before = rows()
    sync_catalogue(catalogue=SMALL)
    assert rows() == before


def test_a_row_that_an_analyst_took_over_keeps_the_edit() -> None:
    Party.objects.filter(code="SY").update(name="Syrian Arab Republic", origin=Origin.ANALYST)
    sync_catalogue(catalogue=SMALL)
    assert Party.objects.get(code="SY").name == "Syrian Arab Republic"


def test_a_grade_stays_with_its_source() -> None:
    Source.objects.update(reliability="B")
    sync_catalogue(catalogue=SMALL)
    assert Source.objects.get().reliability == "B"


def test_a_row_gone_from_the_files_goes_where_nothing_refers_to_it() -> None:
    deal = make_deal("RU", None, Weapon.objects.get(designation="MiG-29M/M2"))
    fewer = replace(SMALL, parties=(), weapons=(), organisations=())
    result = sync_catalogue(catalogue=fewer)
    assert set(result.deleted) == {"MiG", "SY"}
    assert set(Weapon.objects.values_list("designation", flat=True)) == {"MiG-29", "MiG-29M/M2"}
    assert set(Party.objects.values_list("code", flat=True)) == {"RU"}
    assert Deal.objects.get() == deal


def test_a_changed_row_and_a_name_that_went_follow_the_files() -> None:
    moved = replace(SMALL, parties=(replace(RUSSIA, aliases=()), SYRIA), weapons=(FAMILY, replace(VARIANT, family="")))
    sync_catalogue(catalogue=moved)
    assert not PartyName.objects.filter(name="Russian Federation").exists()
    variant = Weapon.objects.get(designation="MiG-29M/M2")
    assert (variant.parent, variant.family) == (None, variant)


class TestSnapshot:
    def test_it_holds_what_analysts_added(self) -> None:
        PartyName.objects.create(
            party=Party.objects.get(code="SY"),
            name="Levantia",
            kind=NameKind.ALIAS,
            origin=Origin.ANALYST,
            needs_context=True,
        )
        syria = current_catalogue().party("SY")
        assert syria is not None
        assert "Levantia" in syria.aliases
        assert "Levantia" in syria.context

    def test_it_is_made_once_for_what_there_is(self) -> None:
        assert current_catalogue() is current_catalogue()


class TestSourceOf:
    @pytest.mark.parametrize(
        ("domain", "name", "found"),
        [
            ("daily.example", "", "Daily Test"),
            ("en.daily.example", "", "Daily Test"),
            ("", "daily test", "Daily Test"),
            ("other.example", "The Other", "The Other"),
            ("new.example", "", "new.example"),
        ],
    )
    def test_a_source_is_known_by_domain_or_name(self, domain: str, name: str, found: str) -> None:
        source = source_of(domain=domain, name=name)
        assert source.name == found
        assert source_of(domain=domain, name=name) == source
