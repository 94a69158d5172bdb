"""Deterministic rows for tests: one class a model, traits for its states."""

from .activities import ActivityPageFactory
from .learners import LearnerFactory, UserFactory
from .network import HomePageFactory, NodeFactory, small_network

__all__ = [
    "ActivityPageFactory",
    "HomePageFactory",
    "LearnerFactory",
    "NodeFactory",
    "UserFactory",
    "small_network",
]
