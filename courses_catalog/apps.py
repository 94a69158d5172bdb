from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesCatalogConfig(AppConfig):
    name = "courses_catalog"
    verbose_name = _("课程目录")

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from courses_catalog import signal_handlers
        from courses_catalog.models import Course
        from courses_catalog.permissions import OwnerNodePolicy

        # before anything asks for the policy of the type
        register_permission_policy(Course, OwnerNodePolicy(Course))
        signal_handlers.connect()
