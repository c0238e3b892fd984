"""The other endpoints of /api/v1/."""

from typing import Any

import pytest
from django.test import Client

from tests.builders import small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, Any]:
    return small_world()


@pytest.mark.parametrize(
    ("address", "key", "values"),
    [
        ("suppliers/", "code", ["RU", "US"]),
        ("recipients/", "code", ["SY", "PL"]),
        ("parties/?name=syr", "code", ["SY"]),
        ("parties/?kind=state", "code", ["PL", "RU", "SY", "US"]),
        ("weapons/?family=MiG-29", "designation", ["MiG-29M/M2", "MiG-29"]),
        ("weapons/?category=air_defence", "designation", ["S-300"]),
        ("statements/?stance=announces", "stance", ["announces"]),
        ("statements/?speaker=test&party=SY", "role", [None]),
        ("statements/?stance=denies", "stance", []),
        ("speakers/", "name", ["Mr Test"]),
        ("articles/?relevant=true", "title", ["Jets for Damascus"]),
        ("articles/?relevant=false", "title", []),
        ("articles/?title=nothing", "title", []),
    ],
)
def test_a_list_gives_what_it_says(
    client: Client, world: dict[str, Any], address: str, key: str, values: list[str]
) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.content
    assert [row[key] for row in answer.json()["results"]] == values


def test_the_full_text_is_for_analysts_unless_the_owner_opens_it(
    client: Client, admin_client: Client, world: dict[str, Any], settings: Any
) -> None:
    address = f"/api/v1/articles/{world['article'].public_id}/"
    shut = client.get(address).json()
    assert shut["text"] is None
    assert shut["claims"][0]["evidence"][0]["text"] == world["told"]
    assert "weather" not in str(shut)
    assert "weather" in admin_client.get(address).json()["text"]
    settings.FULL_TEXT_PUBLIC = True
    assert "weather" in client.get(address).json()["text"]


@pytest.mark.parametrize("name", ["parties", "weapons", "statements", "articles", "suppliers", "recipients", "deals"])
def test_a_page_that_is_not_there_is_a_404(client: Client, name: str) -> None:
    assert client.get(f"/api/v1/{name}/?page=99").status_code == 404
