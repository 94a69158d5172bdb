from django.urls import path

from home import views
from home.style_page import styles
from home.version import switch_version

urlpatterns = [
    path("", views.home, name="home"),
    path("version/", switch_version, name="switch_version"),
    path("place/", views.choose_place, name="choose_place"),
    path("place/set/<key:pk>/", views.set_place, name="set_place"),
    path("place/forget/", views.forget_place, name="forget_place"),
    path("places/", views.find_nodes, name="find_nodes"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("styles/", styles, name="styles"),
]
