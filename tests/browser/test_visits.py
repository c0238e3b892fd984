"""Visits in a real browser, at desktop and phone width, light and dark; pictures are kept in artefacts/."""

from pathlib import Path
from typing import Any

import pytest

from reports.models import Article
from tests.builders import make_article, small_world

pytestmark = pytest.mark.django_db(transaction=True)

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts"


@pytest.fixture
def world(transactional_db: None) -> dict[str, Any]:
    return small_world()


def test_a_newcomer_finds_the_deals_of_a_country_and_reaches_the_sentence(page: Any, world: dict[str, Any]) -> None:
    page.goto("/")
    page.get_by_label("Recipient").fill("Syria")
    page.get_by_role("button", name="Find deals").click()
    assert page.get_by_role("status").inner_text().startswith("2 deals")
    page.get_by_role("link", name="MiG-29M/M2").click()
    page.get_by_text("the sentence behind it").first.click()
    assert page.locator("details[open] blockquote").inner_text().startswith(world["told"])
    page.get_by_role("link", name="Jets for Damascus").first.click()
    assert page.locator("mark", has_text=world["told"]).is_visible()


def test_both_sentences_of_a_dispute_stand_side_by_side(page: Any, world: dict[str, Any]) -> None:
    page.goto("/deals/?disputed=true")
    page.get_by_role("link", name="MiG-29M/M2").click()
    sides = page.locator(".side")
    assert sides.count() == 2
    assert world["told"] in sides.nth(0).inner_text()
    assert world["said"] in sides.nth(1).inner_text()


def test_filters_work_and_a_chip_takes_one_away(page: Any, world: dict[str, Any]) -> None:
    page.goto("/deals/")
    page.get_by_label("Category").select_option("air_defence")
    page.get_by_role("button", name="Show").click()
    assert "category=air_defence" in page.url
    assert page.get_by_role("status").inner_text().startswith("1 deal")
    page.get_by_role("link", name="Category: air defence").click()
    assert page.get_by_role("status").inner_text().startswith("3 deals")


def test_an_admin_logs_in_and_takes_the_sample_data_out(page: Any, world: dict[str, Any], admin_user: Any) -> None:
    make_article("Sample", "Of nothing.", sample=True)
    page.goto("/deals/")
    page.get_by_role("link", name="Log in to take it out").click()
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    assert page.url.endswith("/deals/")
    page.get_by_role("button", name="Take the sample data out").click()
    assert "The sample corpus is gone" in page.get_by_role("status").first.inner_text()
    assert not Article.objects.filter(source__is_sample=True).exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_screen_or_breaks_the_policy(
    browser: Any, live_server: Any, world: dict[str, Any], width: int, scheme: str
) -> None:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    ARTEFACTS.mkdir(exist_ok=True)
    addresses = {
        "overview": "/",
        "deals": "/deals/",
        "deal": f"/deals/{world['jets'].public_id}/",
        "article": f"/articles/{world['article'].public_id}/",
        "party": "/parties/SY/",
        "weapon": "/weapons/mig-29/",
        "statements": "/statements/",
        "about": "/about/",
    }
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        page.screenshot(path=ARTEFACTS / f"{name}-{scheme}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{address} is too wide"
    assert problems == []
    context.close()
