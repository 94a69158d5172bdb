"""Registering for a run in two steps, and everything one has registered for."""

from django.urls import path

from activities import my_views, registration_views

urlpatterns = [
    path("register/<key:run_id>/", registration_views.begin, name="register"),
    path("register/<key:run_id>/who/", registration_views.who, name="register_who"),
    path(
        "register/<key:run_id>/who/new/",
        registration_views.add_person,
        name="register_add_person",
    ),
    path(
        "register/<key:run_id>/for/<key:learner_id>/",
        registration_views.check,
        name="register_check",
    ),
    path(
        "register/<key:run_id>/for/<key:learner_id>/details/",
        registration_views.details,
        name="register_details",
    ),
    path("my/", my_views.my_registrations, name="my_registrations"),
    path("my/<key:pk>/", my_views.registration, name="my_registration"),
    path("my/<key:pk>/withdraw/", my_views.withdraw, name="my_withdraw"),
]
