"""Harvests at once, in the foreground; long waits are left to the worker."""

import datetime as dt
import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from courses_catalog.harvesting.running import begin_now, go_on, wake
from courses_catalog.models import AllianceMember, Harvest, HarvestState

LONGEST_WAIT = dt.timedelta(minutes=5)


class Command(BaseCommand):
    help = "采集联盟成员的记录：不写名称就采集全部。不管到没到时间，都马上开始。"

    def add_arguments(self, parser):
        parser.add_argument("member", nargs="?", default="", help="成员的名称")

    def handle(self, *args, member, **options):
        members = AllianceMember.objects.harvested()
        if member:
            members = members.filter(name=member)
            if not members:
                raise CommandError(
                    _("没有启用的、填了采集地址的成员叫“%(name)s”。") % {"name": member}
                )
        failed = [str(each) for each in members if not self._harvest(each)]
        if failed:
            names = {"names": _("、").join(failed)}
            raise CommandError(_("没有采集完：%(names)s") % names)

    def _harvest(self, member: AllianceMember) -> bool:
        run = begin_now(member)
        if run is None:
            self.stdout.write(_("%(name)s：已经在采集。") % {"name": member})
            return True
        while run.is_running:
            go_on(run.pk)
            run = Harvest.objects.get(pk=run.pk)
            if run.is_running and run.wait_until and not self._wait(run):
                return True
        self._tell(run)
        return run.state == HarvestState.DONE

    def _wait(self, run: Harvest) -> bool:
        wait = run.wait_until - timezone.now()
        if wait > LONGEST_WAIT:
            told = _("%(name)s：对方要等到 %(until)s，后台程序会接着采集。")
            until = timezone.localtime(run.wait_until).strftime("%Y-%m-%d %H:%M")
            self.stdout.write(told % {"name": run.member, "until": until})
            return False
        time.sleep(max(0, wait.total_seconds()))
        wake(run)
        return True

    def _tell(self, run: Harvest) -> None:
        counts = {"name": run.member, "reason": run.reason, **_counted(run)}
        told = _(
            "%(name)s：新的 %(new)d 条，有变化 %(changed)d 条，"
            "对方删除 %(deleted)d 条，有错 %(wrong)d 条。%(reason)s"
        )
        self.stdout.write(told % counts)
        for identifier, sentence in run.problems:
            self.stdout.write(f"  {identifier}: {sentence}")


def _counted(run: Harvest) -> dict[str, int]:
    names = ("new", "changed", "deleted", "wrong")
    return {name: run.counts.get(name, 0) for name in names}
