"""Reads everything that can be found into a new index."""

import time

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailable
from search.rebuild import RebuildFailed, rebuild, roll_back


class Command(BaseCommand):
    help = "Builds the search index anew beside the one in use, then swaps them."

    def add_arguments(self, parser):
        parser.add_argument(
            "--rollback",
            action="store_true",
            help="let the index answer again that was replaced by the last rebuild",
        )

    def handle(self, *args, rollback, **options):
        began = time.perf_counter()
        try:
            rebuilt = roll_back() if rollback else rebuild()
        except RebuildFailed as error:
            raise CommandError(str(error)) from error
        except EngineUnavailable as error:
            raise CommandError(
                f"The search engine does not answer, nothing was changed: {error}"
            ) from error
        seconds = time.perf_counter() - began
        done = "answer again" if rollback else "indexed"
        self.stdout.write(
            f"{rebuilt.documents} documents {done}, "
            f"{rebuilt.replayed} changes replayed, {seconds:.1f} s"
        )
