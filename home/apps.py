from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from home.database_guard import refuse_unfit_locale


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("首页与网点")

    def ready(self):
        connection_created.connect(refuse_unfit_locale)
