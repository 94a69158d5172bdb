"""Calendar, registration and subscription; each kind of page brings its own paths."""

from django.urls import include, path

from activities import calendar_views as views

urlpatterns = [
    path("calendar/", views.calendar_list, name="calendar"),
    path("calendar/month/", views.calendar_month, name="calendar_month"),
    path("calendar/week/", views.calendar_week, name="calendar_week"),
    path("", include("activities.registration_urls")),
]
