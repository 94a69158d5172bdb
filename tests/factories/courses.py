import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from courses_catalog.models import Course
from home.vocabulary import Theme


class CourseFactory(DjangoModelFactory):
    """A live course in the site's own language; say whose with `owner_node`."""

    title = factory.Sequence(lambda n: f"课程{n}")
    theme = Theme.CIVIC
    locale = factory.LazyFunction(Locale.get_default)

    class Meta:
        model = Course
