"""Calendar, registration and subscription; each kind of page brings its own paths."""

from django.urls import include, path

from activities import calendar_views as views
from activities.feeds import subscribe_views

urlpatterns = [
    path("calendar/", views.calendar_list, name="calendar"),
    path("calendar/month/", views.calendar_month, name="calendar_month"),
    path("calendar/week/", views.calendar_week, name="calendar_week"),
    path("subscribe/", subscribe_views.subscribe, name="subscribe"),
    path("my/calendar/", subscribe_views.my_feed, name="my_feed"),
    path(
        "my/calendar/<key:pk>/new/", subscribe_views.make_my_feed, name="make_my_feed"
    ),
    path(
        "my/calendar/<key:pk>/revoke/",
        subscribe_views.revoke_my_feed,
        name="revoke_my_feed",
    ),
    path("", include("activities.registration_urls")),
]
