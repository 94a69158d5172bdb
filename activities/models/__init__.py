from .activity import ActivityPage, ActivityTag
from .feed import FeedToken, FeedVersion
from .registration import Registration, RegistrationEvent
from .run import Run
from .session import Session

__all__ = [
    "ActivityPage",
    "ActivityTag",
    "FeedToken",
    "FeedVersion",
    "Registration",
    "RegistrationEvent",
    "Run",
    "Session",
]
