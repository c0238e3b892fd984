"""Who may do what: visitors read, analysts judge, admins do everything."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction

ANALYST = "analyst"
ADMIN = "admin"

# What an analyst adds and changes. Evidence and what is computed is read-only for everyone.
ANALYST_EDITS = (
    "judgement",
    "source",
    "feed",
    "party",
    "partyname",
    "weapon",
    "weaponname",
    "organisation",
    "organisationname",
)


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """The account made on first start. Its password is stored nowhere in clear: whoever has this shows it once."""

    name: str
    password: str


@transaction.atomic
def ensure_roles() -> None:
    """Make the groups `analyst` and `admin` and give them their permissions; safe to repeat.

    Analysts see everything of the app and edit what ANALYST_EDITS names; admins may do everything in it and manage
    people. Permissions that someone added by hand stay.
    """
    ours = Permission.objects.filter(content_type__app_label="reports")
    edits = [f"{action}_{model}" for action in ("add", "change") for model in ANALYST_EDITS]
    analyst, _ = Group.objects.get_or_create(name=ANALYST)
    analyst.permissions.add(*ours.filter(codename__startswith="view_"), *ours.filter(codename__in=edits))
    admin, _ = Group.objects.get_or_create(name=ADMIN)
    admin.permissions.add(*ours, *Permission.objects.filter(content_type__app_label="auth"))


@transaction.atomic
def ensure_admin() -> FirstAdmin | None:
    """Make the first admin with a random password; None if there is a superuser already."""
    if User.objects.filter(is_superuser=True).exists():
        return None
    # Someone may have made an ordinary user of that name, who is not to become an admin by it.
    name = "admin" if not User.objects.filter(username="admin").exists() else f"admin-{secrets.token_hex(2)}"
    password = secrets.token_urlsafe(12)
    person = User.objects.create_superuser(username=name, password=password)
    person.groups.add(Group.objects.get_or_create(name=ADMIN)[0])
    return FirstAdmin(name, password)
