"""Importing a file of courses: the dry run, and writing it with its tags.

    python -m bench.bench_import [rows …]

The bar: 100,000 rows in ten minutes on SQLite, so 167 rows a second over both passes.
Filling the search index is a queue of its own beside it and not timed here.
"""

import csv
import io
import subprocess
import sys

from bench.measure import seconds, show, site

ROWS = (10_000,)
BAR = 100_000 / 600


def main() -> None:
    if sys.argv[1:2] == ["one"]:
        measure(int(sys.argv[2]))
        return
    for count in map(int, sys.argv[1:] or ROWS):
        subprocess.run(
            [sys.executable, "-m", "bench.bench_import", "one", str(count)], check=True
        )


def measure(count: int) -> None:
    with site("sqlite"):
        from courses_catalog.bulk.importing import carry_out, check, confirm_now
        from courses_catalog.models import Course

        for name in ("first time", "half of the rows changed"):
            job = _job(_file(count, name))
            checked = seconds(lambda job=job: check(job))
            confirm_now(job)
            written = seconds(lambda job=job: carry_out(job))
            rate = count / (checked + written)
            show(f"{name}: {count} rows, s", check=checked, write=written)
            show("rows a second, and ratio to the bar", rate=rate, ratio=rate / BAR)
            job.file.delete()
        show("courses in the catalogue", count=Course.objects.count())


def _job(content: bytes):
    from django.contrib.auth import get_user_model
    from django.core.files.base import ContentFile

    from courses_catalog.models import ImportJob
    from home.models import NetworkNodePage
    from tests.factories import small_network

    user, is_new = get_user_model().objects.get_or_create(
        username="bench", defaults={"is_superuser": True}
    )
    if is_new:
        small_network()
    node = NetworkNodePage.objects.get(slug="shili")
    job = ImportJob(kind="course", file_name="a.csv", created_by=user, owner_node=node)
    job.file.save("bench.csv", ContentFile(content))
    return job


def _file(count: int, words: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["编号", "名称", "一句话说明", "主题", "给谁", "标签", "课程大纲"])
    for number in range(count):
        said = words if number % 2 else "从头讲起"
        writer.writerow(
            [f"KC-{number}", f"书法第{number}期", said, "公民素养", "老年人"]
            + [f"书法；{number % 100}班", "第一讲 握笔\n第二讲 横"]
        )
    return out.getvalue().encode()


if __name__ == "__main__":
    main()
