"""Publishes and hides what is due. Wagtail's command ends at the first that fails."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.management.commands.publish_scheduled import Command as Stock

from home.scheduled import publish_due


class Command(Stock):
    def handle(self, *args, **options):
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        if failed := publish_due(at=timezone.now()):
            raise CommandError(
                _("没有做成：%(failed)s。原因在日志里。")
                % {"failed": ", ".join(failed)}
            )
