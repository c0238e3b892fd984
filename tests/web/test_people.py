"""Who may come in, and what each may change."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from reports.choices import WorkState
from reports.models import Party, PartyName, Work
from reports.services.catalogue import current_catalogue
from reports.services.people import ANALYST, ensure_admin, ensure_roles
from tests.builders import make_article, small_world

pytestmark = pytest.mark.django_db

EVIDENCE = ["text", "article", "reading", "claim", "statement"]
COMPUTED = ["story", "deal", "dispute", "delivery", "relation", "package", "ledgerentry", "change"]


@pytest.fixture
def analyst_client(client: Client) -> Client:
    ensure_roles()
    analyst = User.objects.create_user("ana", password="a password", is_staff=True)
    analyst.groups.add(Group.objects.get(name=ANALYST))
    client.force_login(analyst)
    return client


def test_a_wrong_password_says_so_and_after_five_tries_the_door_is_shut(client: Client) -> None:
    User.objects.create_user("ana", password="right horse")
    wrong = {"username": "ana", "password": "wrong"}
    assert "do not match" in client.post("/login/", wrong).content.decode()
    for _ in range(4):
        answer = client.post("/login/", wrong)
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()
    shut = client.post("/login/", {"username": "ana", "password": "right horse"})
    assert shut.status_code == 429


def test_one_logs_in_to_where_one_was_and_out_again(client: Client) -> None:
    User.objects.create_user("ana", password="right horse")
    answer = client.post("/login/?next=/deals/", {"username": "ana", "password": "right horse", "next": "/deals/"})
    assert answer["Location"] == "/deals/"
    assert "Log out" in client.get("/deals/").content.decode()
    client.post("/logout/")
    assert "Log out" not in client.get("/deals/").content.decode()


def test_the_first_admin_is_made_once_and_the_password_is_right(client: Client) -> None:
    first = ensure_admin()
    assert first is not None
    assert ensure_admin() is None
    client.post("/login/", {"username": first.name, "password": first.password})
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("model", EVIDENCE + COMPUTED)
def test_in_the_admin_evidence_and_what_is_computed_can_only_be_read(admin_client: Client, model: str) -> None:
    small_world()
    assert admin_client.get(f"/admin/reports/{model}/").status_code == 200
    assert admin_client.get(f"/admin/reports/{model}/add/").status_code == 403


@pytest.mark.parametrize("model", ["text", "claim", "deal"])
def test_not_even_an_admin_changes_or_deletes_them(admin_client: Client, model: str) -> None:
    from django.apps import apps

    world = small_world()
    row = apps.get_model("reports", model).objects.first()
    assert admin_client.post(f"/admin/reports/{model}/{row.pk}/change/", {"stage": "ordered"}).status_code == 403
    assert admin_client.post(f"/admin/reports/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert world["jets"].public_id


def test_a_name_that_an_analyst_adds_is_marked_as_theirs(analyst_client: Client) -> None:
    small_world()
    named = make_article("Nothing new", "Guns went to the Levantine republic.")
    party = Party.objects.get(code="SY")
    form: dict[str, Any] = {
        "code": "SY",
        "name": "Syria",
        "kind": "state",
        "names-TOTAL_FORMS": "2",
        "names-INITIAL_FORMS": "1",
        "names-0-id": str(party.names.get().pk),
        "names-0-party": str(party.pk),
        "names-0-name": "Syria",
        "names-0-kind": "name",
        "names-1-party": str(party.pk),
        "names-1-name": "the Levantine republic",
        "names-1-kind": "alias",
    }
    answer = analyst_client.post(f"/admin/reports/party/{party.pk}/change/", form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert PartyName.objects.get(name="the Levantine republic").origin == "analyst"
    assert PartyName.objects.get(name="Syria").origin == "catalogue"
    assert Party.objects.get(code="SY").origin == "catalogue"
    waiting = Work.objects.filter(state=WorkState.WAITING).values_list("text", flat=True)
    assert list(waiting) == [named.text_id], "only the text that names it is read again"
    known = current_catalogue().party_by_name("the Levantine republic")
    assert known is not None
    assert known.code == "SY"


def test_a_visitor_sees_no_admin(client: Client) -> None:
    assert client.get("/admin/reports/deal/").status_code == 302
