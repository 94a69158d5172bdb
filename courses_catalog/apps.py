from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesCatalogConfig(AppConfig):
    name = "courses_catalog"
    verbose_name = _("课程目录")
