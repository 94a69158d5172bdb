"""The JSON API of the site, put together from what each app shows of itself."""

from django.urls import path, re_path
from django.utils.translation import gettext as _

from activities.api import activities, sessions
from courses_catalog.api import ROUTERS
from home.api import router as nodes
from home.api_access import problem
from home.api_base import PublicAPI, handle_errors

api = PublicAPI(
    title="Shexue",
    version="1",
    description="What the public pages show, for programs. Read only.",
    docs_url=None,
    urls_namespace="api",
)
handle_errors(api)
api.add_router("/nodes", nodes)
api.add_router("/activities", activities)
api.add_router("/sessions", sessions)
for name, router in ROUTERS.items():
    api.add_router(f"/{name}", router)


def unknown(request):
    """Everything else below /api/: never a page of HTML."""
    return problem(_("没有这个地址。接口的说明在 /api/v1/openapi.json。"), 404)


urlpatterns = [path("v1/", api.urls), re_path(r"", unknown)]
