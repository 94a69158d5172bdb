import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from courses_catalog.models import Course, Resource, Series, Teacher
from courses_catalog.vocabulary import ResourceKind
from home.vocabulary import Theme


class RecordFactory(DjangoModelFactory):
    """A live record in the site's own language; say whose with `owner_node`."""

    theme = Theme.CIVIC
    locale = factory.LazyFunction(Locale.get_default)

    class Meta:
        abstract = True


class CourseFactory(RecordFactory):
    title = factory.Sequence(lambda n: f"课程{n}")

    class Meta:
        model = Course


class ResourceFactory(RecordFactory):
    """An article; say `kind` with a `file` or `link` for another."""

    title = factory.Sequence(lambda n: f"资源{n}")
    kind = ResourceKind.TEXT
    text = "正文。"

    class Meta:
        model = Resource


class SeriesFactory(RecordFactory):
    title = factory.Sequence(lambda n: f"系列{n}")

    class Meta:
        model = Series


class TeacherFactory(RecordFactory):
    title = factory.Sequence(lambda n: f"教师{n}")

    class Meta:
        model = Teacher
