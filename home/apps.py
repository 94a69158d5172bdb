from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _
from wagtail_localize import compat

from home.database_guard import refuse_unfit_locale

# The days of translations, which it writes in English: one form for both languages.
# Before its models are loaded, for they keep what they find here.
compat.DATE_FORMAT = "%Y-%m-%d"


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("首页与网点")

    def ready(self):
        connection_created.connect(refuse_unfit_locale)
        _use_own_permissions()

        from home import keys, scheduled, signal_handlers  # noqa: F401 - ticks

        keys.register()
        signal_handlers.connect()


def _use_own_permissions() -> None:
    """Before anything of Wagtail looks a policy up, or it would keep the stock one."""
    from wagtail.models import Page
    from wagtail.permissions import register_permission_policy

    from home import page_permissions
    from home.permissions import SubtreePermissionPolicy

    register_permission_policy(Page, SubtreePermissionPolicy())
    page_permissions.install()
