from django.urls import path

from courses_catalog import views

urlpatterns = [
    path("", views.courses, name="courses"),
    path("<key:pk>/", views.course, name="course"),
]
