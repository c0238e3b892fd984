"""The settings hold what the design promises."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_postgresql_in_utc_with_the_builtin_locale() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('TimeZone'), current_setting('server_encoding'), datlocale FROM pg_database"
            " WHERE datname = current_database()"
        )
        assert cursor.fetchone() == ("UTC", "UTF8", "C.UTF-8")


def test_cache_and_broker_are_databases_of_their_own_and_keys_expire(services: object) -> None:
    cache.set("key", 1)
    assert cache.get("key") == 1
    assert settings.CELERY_BROKER_URL.endswith("virtual_host=0")
    assert str(settings.CACHES["default"]["LOCATION"]).endswith("db=1")
    assert settings.CACHES["default"]["TIMEOUT"]


def test_the_queue_speaks_json_alone() -> None:
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_SERIALIZER == "json"
