"""Reads everything that can be found into a new index."""

import time

from django.core.management.base import BaseCommand, CommandError

from search.rebuild import RebuildFailed, rebuild


class Command(BaseCommand):
    help = "Builds the search index anew beside the one in use, then swaps them."

    def handle(self, *args, **options):
        began = time.perf_counter()
        try:
            rebuilt = rebuild()
        except RebuildFailed as error:
            raise CommandError(str(error)) from error
        seconds = time.perf_counter() - began
        self.stdout.write(
            f"{rebuilt.documents} documents indexed, "
            f"{rebuilt.replayed} changes replayed, {seconds:.1f} s"
        )
