"""Search in the admin: the table of synonyms, for administrators alone."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import SynonymGroup


class SynonymViewSet(ModelViewSet):
    """For administrators: nobody else holds Django's permissions on synonyms."""

    model = SynonymGroup
    name = "synonyms"
    url_prefix = "synonyms"
    icon = "search"
    menu_label = _("同义词")
    menu_order = 900
    add_to_settings_menu = True
    form_fields = ["words"]
    list_display = ["words"]
    search_fields = ["words"]
    copy_view_enabled = False
    inspect_view_enabled = False


@hooks.register("register_admin_viewset")
def synonyms():
    return SynonymViewSet()
