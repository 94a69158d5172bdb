from .access_log import AccessAct, AccessEntry
from .learner import Learner, LearnerAccess, Relation
from .sms import SmsMessage
from .user import User

__all__ = [
    "AccessAct",
    "AccessEntry",
    "Learner",
    "LearnerAccess",
    "Relation",
    "SmsMessage",
    "User",
]
