from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from home import divisions, naming
from home.levels import Level
from home.network_import import Plan, import_divisions

SHOWN = 20


class Command(BaseCommand):
    help = "把区划名单（CSV）导入网络：按代码新建或更新网点，全部成功或一处不改。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="只报告会怎样，不写入"
        )

    def handle(self, *args, file, dry_run, verbosity, **options):
        if not file.is_file():
            raise CommandError(_("找不到文件：%(file)s") % {"file": file})
        plan = import_divisions(divisions.read(file), dry_run=dry_run)
        if plan.bad_rows:
            lines = "\n".join(str(bad) for bad in plan.bad_rows)
            reason = _("有 %(count)s 处要改，一处也没有导入：") % {
                "count": len(plan.bad_rows)
            }
            raise CommandError(f"{reason}\n{lines}")
        if verbosity:
            self._report(plan, dry_run=dry_run)

    def _report(self, plan: Plan, *, dry_run: bool) -> None:
        say = self.stdout.write
        say(_("试运行，没有写入。") if dry_run else _("导入完成。"))
        say(_("新建 %(count)s 个网点") % {"count": len(plan.created)})
        self._created_by_level(plan)
        say(_("改名 %(count)s 个") % {"count": len(plan.changed)})
        for change in plan.changed[:SHOWN]:
            say(f"  {self._change_line(change)}")
        say(_("不变 %(count)s 个") % {"count": plan.unchanged})
        if plan.elsewhere:
            say(
                _("挂在别的上级下面、保持不动的 %(count)s 个")
                % {"count": len(plan.elsewhere)}
            )
        if plan.not_in_file:
            say(
                _("网络里有、文件里没有、保持不动的 %(count)s 个")
                % {"count": plan.not_in_file}
            )

    def _created_by_level(self, plan: Plan) -> None:
        for level in Level:
            count = sum(node.level == level for node in plan.created)
            if count:
                self.stdout.write(f"  {level.label}：{count}")

    @staticmethod
    def _change_line(change) -> str:
        if change.keeps_title:
            return _("%(old)s → %(new)s，编辑起的名字“%(title)s”不动") % {
                "old": change.old_name,
                "new": change.new_name,
                "title": change.node.title,
            }
        title = naming.title(change.new_name, Level(change.node.level))
        return f"{change.node.title} → {title}"
