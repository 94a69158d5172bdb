"""Renders the calendar text of every session anew."""

from django.core.management.base import BaseCommand

from activities.feeds import rerender


class Command(BaseCommand):
    help = "Renders all calendar texts with the BASE_URL and UID_DOMAIN of now."

    def handle(self, *args, **options):
        self.stdout.write(f"{rerender.rerender()} sessions rendered")
