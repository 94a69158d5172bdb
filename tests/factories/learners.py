import factory
from factory.django import DjangoModelFactory

from learners.models import Learner, User


class UserFactory(DjangoModelFactory):
    username = factory.Sequence(lambda n: f"user{n}")
    phone = factory.Sequence(lambda n: f"1390000{n:04d}")

    class Meta:
        model = User


class LearnerFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"学员{n}")

    class Meta:
        model = Learner
