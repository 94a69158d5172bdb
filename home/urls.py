from django.urls import path

from home.version import switch_version

urlpatterns = [
    path("version/", switch_version, name="switch_version"),
]
