from .alliance import (
    AllianceMember,
    AnnouncedKind,
    AnnouncedRecord,
    AnnouncedState,
    HarvestFormat,
)
from .course import Course, CourseResource, CourseTag, CourseTeacher
from .harvest import Harvest, HarvestedRecord, HarvestedState, HarvestState
from .import_job import WORKING, ImportJob, ImportKind, ImportState
from .link_check import LinkCheck
from .loan import LoanEvent, TeacherLoan
from .nomination import (
    Nomination,
    NominationEvent,
    NominationNotice,
    NominationQuerySet,
    Proof,
)
from .record import Record, RecordQuerySet
from .resource import Resource, ResourceTag
from .series import Series, SeriesCourse, SeriesTag
from .source import Sourced
from .teacher import Teacher, TeacherTag

# Every kind of record, in the order they are named in.
RECORDS = (Course, Resource, Series, Teacher)

__all__ = [
    "RECORDS",
    "WORKING",
    "AllianceMember",
    "AnnouncedKind",
    "AnnouncedRecord",
    "AnnouncedState",
    "Course",
    "CourseResource",
    "CourseTag",
    "CourseTeacher",
    "Harvest",
    "HarvestFormat",
    "HarvestState",
    "HarvestedRecord",
    "HarvestedState",
    "ImportJob",
    "ImportKind",
    "ImportState",
    "LoanEvent",
    "Nomination",
    "NominationEvent",
    "NominationNotice",
    "NominationQuerySet",
    "Proof",
    "LinkCheck",
    "Record",
    "RecordQuerySet",
    "Resource",
    "ResourceTag",
    "Series",
    "SeriesCourse",
    "SeriesTag",
    "Sourced",
    "Teacher",
    "TeacherLoan",
    "TeacherTag",
]
