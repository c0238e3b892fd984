"""The pages: what each shows, and what it hides."""

from typing import Any

import pytest
from django.test import Client

from reports.models import Article, LedgerEntry
from tests.builders import make_article, small_world

pytestmark = pytest.mark.django_db

PAGES = ["/", "/deals/", "/articles/", "/parties/", "/weapons/", "/statements/", "/about/", "/login/"]


@pytest.fixture
def world() -> dict[str, Any]:
    return small_world()


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:2000]
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_each_page_answers_on_an_empty_database_and_says_what_to_do(client: Client, address: str) -> None:
    page = body(client, address)
    if address not in ("/about/", "/login/"):
        assert "manage.py ingest" in page


@pytest.mark.parametrize("address", PAGES)
def test_each_page_answers_with_data(client: Client, world: dict[str, Any], address: str) -> None:
    assert "<main" in body(client, address)


def test_a_deal_shows_each_figure_beside_its_sentence_and_both_sides_of_its_dispute(
    client: Client, world: dict[str, Any]
) -> None:
    page = body(client, f"/deals/{world['jets'].public_id}/")
    assert "Russia to Syria: MiG-29M/M2 (at least 11)" not in page  # a number is written before what it counts
    assert "Russia to Syria: at least 11 × MiG-29M/M2, USD 1.5 billion" in page
    assert page.count(world["told"]) >= 3  # beside the figure, in the dispute, in the evidence
    assert "The numbers exclude one another." in page
    assert "Mr Test" in page


def test_an_article_shows_visitors_the_sentences_that_carry_evidence_and_analysts_all(
    client: Client, admin_client: Client, world: dict[str, Any]
) -> None:
    address = f"/articles/{world['article'].public_id}/"
    page = body(client, address)
    assert world["told"] in page
    assert "weather" not in page
    assert "words left out" in page
    assert "weather" in body(admin_client, address)


def test_words_of_an_article_are_never_taken_for_markup(client: Client, admin_client: Client) -> None:
    article = make_article("<script>alert(1)</script>", "<img src=x onerror=alert(1)> Nothing else.")
    for address in ("/articles/", f"/articles/{article.public_id}/"):
        page = body(admin_client, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_merged_id_redirects_and_a_split_one_is_gone(client: Client, world: dict[str, Any]) -> None:
    LedgerEntry.objects.create(public_id="00000000", forwards_to_id=world["jets"].public_id)
    moved = client.get("/deals/00000000/")
    assert (moved.status_code, moved["Location"]) == (301, f"/deals/{world['jets'].public_id}/")
    entry = LedgerEntry.objects.create(public_id="22222222")
    entry.successors.add(world["jets"].public_id)
    assert world["jets"].public_id in body(client, "/deals/22222222/", 410)


def test_a_filter_shows_as_a_chip_that_takes_it_away(client: Client, world: dict[str, Any]) -> None:
    page = body(client, "/deals/?recipient=SY&tier=talk")
    assert 'href="?tier=talk"' in page
    assert 'href="?recipient=SY"' in page
    assert "<strong>1</strong> deal" in page


def test_what_a_form_leaves_empty_is_not_in_the_address(client: Client) -> None:
    answer = client.get("/deals/?supplier=&tier=&category=aircraft")
    assert (answer.status_code, answer["Location"]) == (302, "/deals/?category=aircraft")


def test_a_filter_that_means_nothing_is_a_400_with_its_reason(client: Client, world: dict[str, Any]) -> None:
    assert "There is no party “Atlantis”" in body(client, "/deals/?recipient=Atlantis", 400)


def test_nothing_found_says_in_which_sources(client: Client, world: dict[str, Any]) -> None:
    assert "None found in the sources read (English)." in body(client, "/deals/?recipient=PL&tier=talk")


@pytest.mark.parametrize("address", ["/", "/deals/", "/about/"])
def test_every_page_warns_of_sample_data_while_there_is_some(client: Client, address: str) -> None:
    assert "Sample data." not in body(client, address)
    make_article("Sample", "Of nothing.", sample=True)
    assert "Sample data." in body(client, address)


@pytest.mark.parametrize(
    "address", ["/deals/zzzzzzzz/", "/articles/zzzzzzzz/", "/parties/zz/", "/weapons/zz/", "/nowhere"]
)
def test_what_is_not_there_is_a_404_that_leads_on(client: Client, address: str) -> None:
    assert "/deals/" in body(client, address, 404)


def test_the_sample_button_is_an_admins_alone(client: Client, admin_client: Client) -> None:
    make_article("Sample", "Of nothing.", sample=True)
    assert client.post("/sample/remove/").status_code == 302
    assert Article.objects.count() == 1
    assert admin_client.get("/sample/remove/").status_code == 405
    assert admin_client.post("/sample/remove/").status_code == 302
    assert Article.objects.count() == 0


def test_health_is_told_of_database_and_redis(client: Client) -> None:
    assert client.get("/healthz").json() == {"database": "ok", "redis": "ok"}


@pytest.mark.parametrize(
    ("address", "queries"), [("/deals/", 6), ("/statements/", 8), ("/articles/", 5), ("/parties/", 3), ("/weapons/", 3)]
)
def test_a_list_takes_a_fixed_number_of_queries(
    client: Client, world: dict[str, Any], django_assert_num_queries: Any, address: str, queries: int
) -> None:
    with django_assert_num_queries(queries):
        client.get(address)
