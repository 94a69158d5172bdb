from copy import copy

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

# Said in English too, each in a field of its own.
IN_ENGLISH = ("hotline_hours", "organiser")


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """What the header and footer say about who runs this site; blank is not shown."""

    hotline = models.CharField(_("报名和咨询电话"), max_length=40, blank=True)
    hotline_hours = models.CharField(_("电话服务时间"), max_length=120, blank=True)
    hotline_hours_en = models.CharField(
        _("电话服务时间（英文）"),
        max_length=120,
        blank=True,
        help_text=_("英文页面上用；不填就显示中文。"),
    )
    organiser = models.CharField(_("主办单位"), max_length=120, blank=True)
    organiser_en = models.CharField(
        _("主办单位（英文）"),
        max_length=120,
        blank=True,
        help_text=_("英文页面上用；不填就显示中文。"),
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    icp_number = models.CharField(_("ICP备案号"), max_length=60, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=60, blank=True)
    site_id_code = models.CharField(_("网站标识码"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("网站信息")
        verbose_name_plural = _("网站信息")

    def for_reader(self) -> "SiteSettings":
        """A copy to show, never to save: in the reader's language where it is filled
        in; what stays Chinese is marked as such with the rest of the page."""
        shown = copy(self)
        if get_language() == "en":
            for name in IN_ENGLISH:
                setattr(shown, name, getattr(self, f"{name}_en") or getattr(self, name))
        return shown
