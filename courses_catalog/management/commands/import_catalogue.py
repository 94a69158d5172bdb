from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses_catalog.bulk.importing import carry_out, check, confirm_now
from courses_catalog.models import ImportJob, ImportKind, ImportState
from home.models import NetworkNodePage
from learners.models import User

SHOWN = 20


class Command(BaseCommand):
    help = "把课程或资源表（xlsx、csv）导入目录；有错的行留在外面，逐行说明。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=ImportKind.values, required=True)
        parser.add_argument("--node", default="", help="没写网点的行归谁：区划代码")
        parser.add_argument("--user", default="", help="以谁的名义：登录名")
        parser.add_argument(
            "--dry-run", action="store_true", help="只报告会怎样，不写入"
        )

    def handle(self, *args, file, kind, node, user, dry_run, **options):
        if not file.is_file():
            raise CommandError(_("找不到文件：%(file)s") % {"file": file})
        job = ImportJob(
            kind=kind,
            file_name=file.name,
            created_by=_person(user),
            owner_node=_place(node),
        )
        with file.open("rb") as content:
            job.file.save(file.name, File(content), save=True)
        check(job)
        if job.state == ImportState.UNREADABLE:
            raise CommandError(job.reason)
        self._report(job)
        if not dry_run and confirm_now(job):
            carry_out(job)
            self.stdout.write(_("导入完成。"))

    def _report(self, job: ImportJob) -> None:
        self.stdout.write(
            _(
                "新建 %(new)s 条，更新 %(changed)s 条，"
                "不变 %(unchanged)s 条，有错 %(wrong)s 条。"
            )
            % {"new": 0, "changed": 0, "unchanged": 0, "wrong": 0, **job.counts}
        )
        for row, column, reason in job.errors[:SHOWN]:
            self.stdout.write(
                _("第 %(row)s 行，%(column)s：%(reason)s")
                % {"row": row, "column": column, "reason": reason}
            )


def _person(name: str):
    """Who is named, else the first administrator."""
    people = User.objects.filter(is_active=True).order_by("pk")
    wanted = {User.USERNAME_FIELD: name} if name else {"is_superuser": True}
    person = people.filter(**wanted).first()
    if person is None:
        raise CommandError(_("没有这个账号，也没有管理员。"))
    return person


def _place(code: str):
    if not code:
        return None
    node = NetworkNodePage.objects.originals().filter(division_code=code).first()
    if node is None:
        raise CommandError(_("没有这个区划代码的网点：%(code)s") % {"code": code})
    return node
