"""One REDIS_URL, two databases: the broker's, and the next one for the cache."""

from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit


def broker_and_cache(url: str) -> tuple[str, str]:
    """The broker's address (as kombu spells it) and the cache's (as redis-py does).

    >>> broker_and_cache("redis://host:6379")
    ('redis://host:6379/0', 'redis://host:6379/1')
    >>> broker_and_cache("redis+socket:///run/redis.sock")
    ('redis+socket:///run/redis.sock?virtual_host=0', 'unix:///run/redis.sock?db=1')
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if parts.scheme in ("unix", "redis+socket"):
        number = int((query.get("db") or query.get("virtual_host") or ["0"])[0])
        return (
            f"redis+socket://{parts.path}?virtual_host={number}",
            # redis-py unquotes the path itself.
            f"unix://{parts.path}?db={number + 1}",
        )
    number = int(unquote(parts.path).strip("/") or 0)
    broker, cache = (urlunsplit(parts._replace(path=f"/{database}")) for database in (number, number + 1))
    return broker, cache
