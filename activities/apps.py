from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("活动")

    def ready(self):
        from activities import signal_handlers
        from activities.feeds import rerender  # noqa: F401 - registers its tick

        signal_handlers.connect()
