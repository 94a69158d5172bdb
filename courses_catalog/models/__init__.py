from .alliance import AllianceMember, AnnouncedKind, AnnouncedRecord, AnnouncedState
from .course import Course, CourseResource, CourseTag, CourseTeacher
from .import_job import WORKING, ImportJob, ImportKind, ImportState
from .record import Record, RecordQuerySet
from .resource import Resource, ResourceTag
from .series import Series, SeriesCourse, SeriesTag
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
    "ImportJob",
    "ImportKind",
    "ImportState",
    "Record",
    "RecordQuerySet",
    "Resource",
    "ResourceTag",
    "Series",
    "SeriesCourse",
    "SeriesTag",
    "Teacher",
    "TeacherTag",
]
