"""Import of a whole city beside adding its pages one by one."""

from bench.measure import ROOT, seconds, show, site

ONE_BY_ONE = 100


def main() -> None:
    with site("sqlite"):
        from django.core.management import call_command

        source = str(ROOT / "home" / "demo" / "jiujiang_divisions.csv")

        def run():
            call_command("import_network", source, verbosity=0)

        first, again = seconds(run), seconds(run)
        nodes, each = _nodes(), _one_by_one()
        show("import of the city, s", nodes=nodes, first=first, again=again)
        show("one page at a time, ms a page", stock=each * 1000)
        show("ratio: page by page / import", ratio=each * nodes / first)


def _nodes() -> int:
    from home.models import NetworkNodePage

    return NetworkNodePage.objects.count()


def _one_by_one() -> float:
    """Seconds a page through Wagtail's own add_child."""
    from django.db import transaction

    from home.levels import Level
    from home.models import NetworkNodePage

    parent = NetworkNodePage.objects.filter(level=Level.TOWNSHIP_SCHOOL).first()

    @transaction.atomic
    def add():
        for number in range(ONE_BY_ONE):
            parent.add_child(
                instance=NetworkNodePage(
                    title=f"测试{number}",
                    slug=f"bench-{number}",
                    short_name=f"测试{number}",
                    level=Level.TEACHING_POINT,
                )
            )

    return seconds(add) / ONE_BY_ONE


if __name__ == "__main__":
    main()
