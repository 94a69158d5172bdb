from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesCatalogConfig(AppConfig):
    name = "courses_catalog"
    verbose_name = _("课程目录")

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from courses_catalog import signal_handlers
        from courses_catalog.bulk import importing  # noqa: F401 - registers its tick
        from courses_catalog.harvesting import running  # noqa: F401 - the same
        from courses_catalog.models import RECORDS
        from courses_catalog.nominations import (  # noqa: F401 - they register
            access_words,
            erasing,
            notices,
        )
        from courses_catalog.permissions import OwnerNodePolicy
        from courses_catalog.upkeep import link_checks  # noqa: F401 - the same

        # before anything asks for the policy of a type
        for model in RECORDS:
            register_permission_policy(model, OwnerNodePolicy(model))
        signal_handlers.connect()
