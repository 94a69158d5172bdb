from .activity import ActivityPage, ActivityTag
from .feed import FeedToken, FeedVersion
from .notice import Notice, NoticeKind, NoticeWay
from .registration import Registration, RegistrationEvent
from .run import Run
from .session import Session

__all__ = [
    "ActivityPage",
    "ActivityTag",
    "FeedToken",
    "FeedVersion",
    "Notice",
    "NoticeKind",
    "NoticeWay",
    "Registration",
    "RegistrationEvent",
    "Run",
    "Session",
]
