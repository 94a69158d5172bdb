"""The addresses of the harvest in the admin, and what it writes into histories."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from courses_catalog.harvesting import views
from courses_catalog.harvesting.curating import TAKEN_DOWN


class HarvestMenuItem(MenuItem):
    def is_shown(self, request):
        return views.is_allowed(request.user)


def menu_item(order: int) -> HarvestMenuItem:
    return HarvestMenuItem(
        _("联盟采集"),
        reverse_lazy("harvest_queue"),
        name="harvest",
        icon_name="download",
        order=order,
    )


def addresses() -> list:
    root = "catalogue/harvest/"
    one, member = f"{root}<key:pk>/", f"{root}members/<key:pk>/"
    return [
        path(root, views.queue, name="harvest_queue"),
        path(f"{root}accept/", views.accept, name="harvest_accept"),
        path(f"{root}turn-down/", views.turn_down, name="harvest_turn_down"),
        path(one, views.show_record, name="harvest_record"),
        path(f"{one}settle/", views.settle, name="harvest_settle"),
        path(f"{one}think-again/", views.think_again, name="harvest_think_again"),
        path(member, views.show_member, name="harvest_member"),
        path(f"{member}start/", views.start, name="harvest_start"),
    ]


@hooks.register("register_log_actions")
def speak_of_it(actions):
    @actions.register_action(TAKEN_DOWN)
    class SourceGone(LogFormatter):
        label = _("来源删除，随着撤下")
        message = _("来源网站删除了这条记录，所以撤下了。")
