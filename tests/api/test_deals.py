"""GET /api/v1/deals/ and its one deal."""

from typing import Any

import pytest
from django.test import Client

from reports.models import Deal, LedgerEntry
from tests.builders import small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, Any]:
    return small_world()


def found(client: Client, query: str) -> list[str]:
    answer = client.get(f"/api/v1/deals/?{query}")
    assert answer.status_code == 200, answer.content
    return [row["weapon"]["text"] for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("query", "weapons"),
    [
        ("", ["missiles", "S-300", "MiG-29M/M2"]),
        ("recipient=SY", ["missiles", "MiG-29M/M2"]),
        ("recipient=sy", ["missiles", "MiG-29M/M2"]),
        ("recipient=Syria&supplier=RU", ["MiG-29M/M2"]),
        ("supplier=RU,US", ["S-300", "MiG-29M/M2"]),
        ("party=PL", ["S-300"]),
        ("weapon=mig-29", ["MiG-29M/M2"]),
        ("weapon=MiG-29M/M2", ["MiG-29M/M2"]),
        ("designation=mig", ["MiG-29M/M2"]),
        ("category=air_defence", ["S-300"]),
        ("status=delivered", ["S-300"]),
        ("tier=talk&tier=contracted", ["missiles", "MiG-29M/M2"]),
        ("disputed=true", ["MiG-29M/M2"]),
        ("tier=&category=air_defence&disputed=&supplier=", ["S-300"]),
        ("reported_after=2020-01-01", ["missiles", "S-300"]),
        ("reported_before=2013-12-31", ["MiG-29M/M2"]),
        ("sort=reported", ["MiG-29M/M2", "S-300", "missiles"]),
        ("sample=true", []),
    ],
)
def test_a_filter_gives_the_deals_that_it_names(
    client: Client, world: dict[str, Any], query: str, weapons: list[str]
) -> None:
    assert found(client, query) == weapons


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("recipient=XQ", "recipient"),
        ("weapon=unobtainium", "weapon"),
        ("tier=everything", "tier"),
        ("disputed=perhaps", "disputed"),
        ("reported_after=yesterday", "reported_after"),
        ("sort=colour", "sort"),
        ("supplier=%00", "supplier"),
    ],
)
def test_a_value_that_means_nothing_is_a_400_that_names_its_field(client: Client, query: str, field: str) -> None:
    answer = client.get(f"/api/v1/deals/?{query}")
    assert answer.status_code == 400
    assert field in answer.json()


def test_a_deal_leads_to_its_sentences_its_dispute_and_its_statement(client: Client, world: dict[str, Any]) -> None:
    deal = client.get(f"/api/v1/deals/{world['jets'].public_id}/").json()
    assert deal["quantity"] == {"min": 11, "max": None, "approximate": False, "unit": "piece", "text": ""}
    assert deal["value"]["amount"] == 1500000000
    assert [item["text"] for item in deal["evidence"]] == [world["told"], world["said"]]
    assert [side["value"] for side in deal["disputes"][0]["sides"]] == ["at least 11", "10"]
    assert deal["disputes"][0]["sides"][1]["evidence"]["speaker"] == "Mr Test"
    assert deal["statements"][0]["text"] == world["said"]
    assert deal["articles"][0]["title"] == "Jets for Damascus"


def test_a_merged_id_leads_to_the_deal_that_took_it_in(client: Client, world: dict[str, Any]) -> None:
    entry = LedgerEntry.objects.create(public_id="00000000", forwards_to_id=world["jets"].public_id)
    LedgerEntry.objects.create(public_id="11111111", forwards_to=entry)
    answer = client.get("/api/v1/deals/11111111/")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith(f"/api/v1/deals/{world['jets'].public_id}/")


def test_a_split_id_is_gone_and_lists_its_successors(client: Client, world: dict[str, Any]) -> None:
    entry = LedgerEntry.objects.create(public_id="22222222")
    entry.successors.add(world["jets"].public_id, world["missiles"].public_id)
    answer = client.get("/api/v1/deals/22222222/")
    assert answer.status_code == 410
    assert len(answer.json()["successors"]) == 2


def test_an_id_that_was_never_minted_is_not_found(client: Client) -> None:
    assert client.get("/api/v1/deals/zzzzzzzz/").status_code == 404


def test_the_api_writes_nothing(admin_client: Client, world: dict[str, Any]) -> None:
    address = f"/api/v1/deals/{world['jets'].public_id}/"
    for method in (admin_client.post, admin_client.put, admin_client.patch, admin_client.delete):
        assert method(address).status_code == 405
    assert Deal.objects.count() == 3


def test_a_list_of_deals_takes_a_fixed_number_of_queries(
    client: Client, world: dict[str, Any], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):  # the count and the page
        client.get("/api/v1/deals/")
