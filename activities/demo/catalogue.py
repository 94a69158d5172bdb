"""What hangs on the demo's courses: lessons, resources, teachers, a series."""

import json
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.models import Locale

from courses_catalog.models import (
    Course,
    CourseResource,
    CourseTeacher,
    Resource,
    Series,
    SeriesCourse,
    Teacher,
)

CATALOGUE = Path(__file__).with_name("catalogue.json")
# A4 at 72 points an inch, and a square to write in
PAPER, MARGIN, SQUARE = (595, 842), 42, 85


def load(courses: dict[str, Course]) -> None:
    """`courses` by the word they are called by in activities.json."""
    words = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    resources = [(row["course"], _resource(row, courses)) for row in words["resources"]]
    teachers = [
        (row["course"], _publish(_draft(Teacher, row))) for row in words["teachers"]
    ]
    for name, course in courses.items():
        course.syllabus = "\n".join(words["syllabus"].get(name, []))
        for field, value in words["details"].get(name, {}).items():
            setattr(course, field, value)
        own = [each for at, each in resources if at == name]
        course.course_resources = [
            CourseResource(resource=each, sort_order=place)
            for place, each in enumerate(own)
        ]
        course.course_teachers = [
            CourseTeacher(teacher=each) for at, each in teachers if at == name
        ]
        _publish(course)
    for row in words["series"]:
        series = _draft(Series, row)
        series.series_courses = [
            SeriesCourse(course=courses[name]) for name in row["courses"]
        ]
        _publish(series)


def _resource(row: dict, courses: dict[str, Course]) -> Resource:
    resource = _draft(Resource, {"theme": courses[row["course"]].theme, **row})
    if name := row.get("file"):
        kept = CATALOGUE.with_name(name)
        content = kept.read_bytes() if kept.exists() else practice_sheet()
        resource.file.save(name, ContentFile(content), save=False)
    return _publish(resource)


def _draft(model, row: dict):
    fields = {field.name for field in model._meta.concrete_fields} - {"file"}
    names = fields & set(row)
    record = model(
        owner_node=Course.objects.first().owner_node,
        locale=Locale.get_default(),
        **{name: row[name] for name in names},
    )
    record.tags.add(*row["tags"])
    return record


def _publish(record):
    record.save()
    record.save_revision().publish()
    return record


def practice_sheet() -> bytes:
    """A page of squares with diagonals to write characters in, as PDF."""
    sheet = Image.new("L", PAPER, 255)
    draw = ImageDraw.Draw(sheet)
    for left in range(MARGIN, PAPER[0] - MARGIN - SQUARE + 1, SQUARE):
        for top in range(MARGIN, PAPER[1] - MARGIN - SQUARE + 1, SQUARE):
            _square(draw, left, top)
    pdf = BytesIO()
    sheet.save(pdf, "PDF", title="米字格")
    return pdf.getvalue()


def _square(draw, left: int, top: int) -> None:
    right, bottom, half = left + SQUARE, top + SQUARE, SQUARE // 2
    for line in (
        (left, top, right, bottom),
        (left, bottom, right, top),
        (left, top + half, right, top + half),
        (left + half, top, left + half, bottom),
    ):
        draw.line(line, fill=190)
    draw.rectangle((left, top, right, bottom), outline=90, width=2)
