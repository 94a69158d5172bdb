from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("搜索")

    def ready(self):
        from search import (
            checks,  # noqa: F401 - registers what is wrong with the settings
            signal_handlers,
            tasks,  # noqa: F401 - registers what runs every minute
        )

        signal_handlers.connect()
