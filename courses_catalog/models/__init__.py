from .course import Course, CourseResource, CourseTag, CourseTeacher
from .record import Record, RecordQuerySet
from .resource import Resource, ResourceTag
from .series import Series, SeriesCourse, SeriesTag
from .teacher import Teacher, TeacherTag

# Every kind of record, in the order they are named in.
RECORDS = (Course, Resource, Series, Teacher)

__all__ = [
    "RECORDS",
    "Course",
    "CourseResource",
    "CourseTag",
    "CourseTeacher",
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
