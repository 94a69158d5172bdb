import logging

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from activities.demo import load


class Command(BaseCommand):
    help = "Loads the demo: the real network and activities around today. Once only."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Demo data is refused where settings.DEMO is off.")
        if load.is_loaded():
            return
        load.load(tell=self.stdout.write)
        # what publishing left to do, so that the first worker finds an empty queue
        self.stdout.write("正在建立搜索 / building the search index …")
        # the first start is read by people: no log among the steps
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        call_command("worker", once=True)
