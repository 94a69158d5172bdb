from django.urls import path

from courses_catalog import views, views_files, views_lists
from courses_catalog.nominations import views as nominations

urlpatterns = [
    path("", views_lists.courses, name="courses"),
    path("<key:pk>/", views.course, name="course"),
    path("resources/", views_lists.resources, name="resources"),
    path("resources/<key:pk>/", views.resource, name="resource"),
    path("resources/<key:pk>/file/", views_files.resource_file, name="resource_file"),
    path("series/", views_lists.series_list, name="series_list"),
    path("series/<key:pk>/", views.series, name="series"),
    path("teachers/", views_lists.teachers, name="teachers"),
    path("teachers/<key:pk>/", views.teacher, name="teacher"),
    path("teachers/nominate/", nominations.begin, name="nominate"),
    path("teachers/nominate/where/", nominations.where, name="nominate_where"),
    path(
        "teachers/nominate/where/<key:node_id>/",
        nominations.fill_in,
        name="nominate_form",
    ),
    path("teachers/nominate/mine/", nominations.mine, name="my_nomination"),
    path(
        "teachers/nominate/mine/correct/", nominations.correct, name="nominate_correct"
    ),
    path(
        "teachers/nominate/mine/withdraw/",
        nominations.withdraw,
        name="nominate_withdraw",
    ),
    path(
        "teachers/nominate/mine/proofs/<key:pk>/",
        nominations.own_proof,
        name="own_proof",
    ),
]
