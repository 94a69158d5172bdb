import pytest


@pytest.mark.django_db
def test_a_process_that_serves_says_so(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json() == {"database": True, "cache": True}


def test_redis_answers_as_the_cache(redis_url):
    from django.core.cache.backends.redis import RedisCache

    cache = RedisCache(redis_url, {})
    cache.set("a", "书法", 5)
    assert cache.get("a") == "书法"
