"""Says whether the search engine answers and holds what the site shows."""

from django.core.management.base import BaseCommand, CommandError

from search.check import check


class Command(BaseCommand):
    help = "Compares the search index with the site; fails when something is off."

    def handle(self, *args, **options):
        report = check()
        for fact in report.facts:
            self.stdout.write(fact)
        if report.problems:
            raise CommandError("\n".join(report.problems))
        self.stdout.write("All is well.")
