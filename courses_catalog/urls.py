from django.urls import path

from courses_catalog import views, views_files, views_lists

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
]
