"""Claims as resolution takes them: what their rows, their texts and their statements say together."""

import pytest

from reports.models import Deal, Text, Weapon
from reports.services.evidence import appearances, claims_of, evidence_of
from tests.services.newsroom import read_as, resolve, said, store, told

BLOCK = "RU>SY:aircraft"
SAID = "Russia will sell Syria MiG-29 jets, minister Test said."
OWN = "The MiG-29 contract was signed in Moscow."
pytestmark = pytest.mark.usefixtures("world")


def sources() -> list[str | None]:
    claims = claims_of(blocks=[BLOCK])
    return [item.source for item in evidence_of(claims, appearances(claim.text_id for claim in claims))]


def quoting(title: str, on: str, *, speakers: tuple[str, ...] = ("Test",), more: str = "") -> None:
    """An article whose own claim is read from `on`, and whose first sentence is a statement."""
    text = store(title, f"{SAID} {OWN} {title} {more}.").article.text
    statements = [said(speaker, of=text.content, on=SAID) for speaker in speakers]
    read_as(text, [told("MiG-29", of=text.content, on=on)], statements)


def test_outlets_that_quote_one_minister_are_one_origin() -> None:
    for outlet in ("First", "Second", "Third"):
        quoting(outlet, SAID, more=" ".join(f"{outlet}{number}" for number in range(60)))
    assert Text.objects.values("story").distinct().count() == 3
    assert len(set(sources())) == 1
    assert None not in sources()
    resolve()
    assert Deal.objects.get().origins_count == 1


@pytest.mark.parametrize(
    ("on", "speakers"), [(OWN, ("Test",)), (f"{SAID} {OWN}", ("Test",)), (SAID, ()), (SAID, ("Test", "Other"))]
)
def test_what_an_article_says_itself_has_no_other_source(on: str, speakers: tuple[str, ...]) -> None:
    quoting("Outlet tells", on, speakers=speakers)
    assert sources() == [None]


def test_a_claim_knows_what_kind_of_weapon_the_catalogue_says_it_is() -> None:
    Weapon.objects.filter(designation="MiG-29").update(description="fighter aircraft")
    quoting("Outlet tells", OWN)
    claims = claims_of(blocks=[BLOCK])
    assert [item.kind for item in evidence_of(claims, {})] == ["fighter aircraft"]
