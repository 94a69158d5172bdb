from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """What the header and footer say about who runs this site; blank is not shown."""

    hotline = models.CharField(_("报名和咨询电话"), max_length=40, blank=True)
    hotline_hours = models.CharField(_("电话服务时间"), max_length=120, blank=True)
    organiser = models.CharField(_("主办单位"), max_length=120, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    icp_number = models.CharField(_("ICP备案号"), max_length=60, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=60, blank=True)
    site_id_code = models.CharField(_("网站标识码"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("网站信息")
        verbose_name_plural = _("网站信息")
