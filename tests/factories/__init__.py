"""Deterministic rows for tests: one class a model, traits for its states."""

from .activities import ActivityPageFactory
from .learners import LearnerFactory, UserFactory
from .network import HomePageFactory, NodeFactory, small_network
from .registration import RegistrationFactory, RunFactory, SessionFactory

__all__ = [
    "ActivityPageFactory",
    "HomePageFactory",
    "LearnerFactory",
    "NodeFactory",
    "RegistrationFactory",
    "RunFactory",
    "SessionFactory",
    "UserFactory",
    "small_network",
]
