"""Deterministic rows for tests: one class a model, traits for its states."""

from .activities import ActivityPageFactory
from .courses import CourseFactory, ResourceFactory, SeriesFactory, TeacherFactory
from .learners import LearnerFactory, UserFactory
from .network import HomePageFactory, NodeFactory, small_network
from .registration import RegistrationFactory, RunFactory, SessionFactory

__all__ = [
    "ActivityPageFactory",
    "CourseFactory",
    "HomePageFactory",
    "LearnerFactory",
    "NodeFactory",
    "RegistrationFactory",
    "ResourceFactory",
    "RunFactory",
    "SeriesFactory",
    "SessionFactory",
    "TeacherFactory",
    "UserFactory",
    "small_network",
]
