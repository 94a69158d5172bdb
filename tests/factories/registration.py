import datetime as dt
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Page

from activities.models import Registration, Run, Session
from activities.vocabulary import RegistrationMode

from .activities import ActivityPageFactory
from .learners import LearnerFactory, UserFactory

FIRST = dt.datetime(2026, 12, 8, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class RunFactory(DjangoModelFactory):
    """A run of four weeks with ten places, without windows, limits or sessions."""

    activity = factory.SubFactory(
        ActivityPageFactory,
        parent=factory.LazyFunction(Page.get_first_root_node),
        registration_mode=RegistrationMode.WHOLE_RUN,
    )
    node_path = factory.LazyAttribute(lambda run: run.activity.path[:-4])
    first_starts_at = FIRST
    last_ends_at = FIRST + dt.timedelta(days=21, minutes=90)
    capacity = 10

    class Meta:
        model = Run

    class Params:
        full = factory.Trait(capacity=1, taken=1)
        no_waiting = factory.Trait(waiting_capacity=0)


class SessionFactory(DjangoModelFactory):
    """A public session of `run`, on its first day unless told."""

    run = factory.SubFactory(RunFactory)
    activity = factory.SelfAttribute("run.activity")
    starts_at = FIRST
    ends_at = factory.LazyAttribute(lambda one: one.starts_at + dt.timedelta(hours=1.5))
    original_date = factory.LazyAttribute(lambda one: one.starts_at.date())
    node_path = factory.SelfAttribute("run.node_path")
    theme = factory.SelfAttribute("activity.theme")
    created_at = modified_at = FIRST - dt.timedelta(days=30)

    class Meta:
        model = Session


class RegistrationFactory(DjangoModelFactory):
    """A claim that nobody has decided yet."""

    run = factory.SubFactory(RunFactory)
    learner = factory.SubFactory(LearnerFactory)
    acted_by = factory.SubFactory(UserFactory)
    idempotency_key = factory.Sequence(lambda n: f"key-{n}")

    class Meta:
        model = Registration
