"""Is the process alive, and can it serve: for load balancers and monitors."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse


def healthz(request):
    """200 as long as the process answers; asks nothing else."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request):
    """200 when database and cache answer, else 503 naming the part that does not."""
    state = {"database": _database_answers(), "cache": _cache_answers()}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_answers() -> bool:
    try:
        cache.set("readyz", "1", 5)
        return cache.get("readyz") == "1"
    except Exception:  # noqa: BLE001 - each cache library raises errors of its own
        return False
