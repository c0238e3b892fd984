"""One address, two databases."""

import pytest

from armstrack.redis_url import broker_and_cache


@pytest.mark.parametrize(
    ("url", "broker", "cache"),
    [
        ("redis://h", "redis://h/0", "redis://h/1"),
        ("redis://:p%40ss@h:6380/3", "redis://:p%40ss@h:6380/3", "redis://:p%40ss@h:6380/4"),
        (
            "rediss://h/0?ssl_cert_reqs=required",
            "rediss://h/0?ssl_cert_reqs=required",
            "rediss://h/1?ssl_cert_reqs=required",
        ),
        (
            "redis+socket:///run/a%20b.sock",
            "redis+socket:///run/a%20b.sock?virtual_host=0",
            "unix:///run/a%20b.sock?db=1",
        ),
        ("unix:///run/r.sock?db=2", "redis+socket:///run/r.sock?virtual_host=2", "unix:///run/r.sock?db=3"),
    ],
)
def test_the_cache_is_the_next_database(url: str, broker: str, cache: str) -> None:
    assert broker_and_cache(url) == (broker, cache)
