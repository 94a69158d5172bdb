"""The site, and beside it a POST that passes the whole stack and does nothing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from config.urls import urlpatterns as site_patterns


@require_POST
@login_required
def empty(request):
    return HttpResponseRedirect("/my/")


urlpatterns = [path("bench/empty/", empty), *site_patterns]
