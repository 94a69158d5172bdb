"""Feeds carry no language, and paths are short: Google takes 256 characters."""

from django.urls import path, re_path, register_converter

from activities.feeds import views
from home.vocabulary import Theme


class ThemeConverter:
    regex = "|".join(Theme.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(ThemeConverter, "theme")

urlpatterns = [
    path("city.ics", views.city, name="feed_city"),
    path("node/<key:pk>.ics", views.node, name="feed_node"),
    path("node/<key:pk>/<theme:theme>.ics", views.node, name="feed_node_theme"),
    path("theme/<theme:theme>.ics", views.theme, name="feed_theme"),
    path("activity/<key:pk>.ics", views.activity, name="feed_activity"),
    path("session/<key:pk>.ics", views.session, name="feed_session"),
    path("mine/<str:token>.ics", views.mine, name="feed_mine"),
    re_path("", views.unknown),
]
