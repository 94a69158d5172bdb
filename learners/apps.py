from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearnersConfig(AppConfig):
    name = "learners"
    verbose_name = _("学员")

    def ready(self):
        from learners import checks, signal_handlers  # noqa: F401 - they register
