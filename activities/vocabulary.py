"""Words of an activity: what kind, how it is delivered, repeated, joined and paid."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    TALK = "talk", _("讲座")
    COURSE_RUN = "course_run", _("课程班")
    TRAINING = "training", _("培训")
    STUDY_TRIP = "study_trip", _("游学")


class Delivery(models.TextChoices):
    ON_SITE = "on_site", _("现场")
    ONLINE = "online", _("线上")
    HYBRID = "hybrid", _("现场和线上都可以")


class Repeat(models.TextChoices):
    NONE = "none", _("只有一次")
    DAILY = "daily", _("每天")
    WEEKLY = "weekly", _("每周")
    MONTHLY = "monthly", _("每月同一个星期几")


class Weekday(models.IntegerChoices):
    """Numbered as `datetime.date.weekday()` does."""

    MONDAY = 0, _("周一")
    TUESDAY = 1, _("周二")
    WEDNESDAY = 2, _("周三")
    THURSDAY = 3, _("周四")
    FRIDAY = 4, _("周五")
    SATURDAY = 5, _("周六")
    SUNDAY = 6, _("周日")


class ChangeKind(models.TextChoices):
    """What differs on one date of a repeated activity."""

    SKIP = "skip", _("这天不排课（没有公布过）")
    CANCEL = "cancel", _("这天取消（告诉大家）")
    MOVE = "move", _("这天改时间或地点")
    EXTRA = "extra", _("加一次")
    NOTE = "note", _("这天加一句说明")


class RegistrationMode(models.TextChoices):
    NONE = "none", _("不用报名，直接来")
    WHOLE_RUN = "whole_run", _("报整个班")
    SINGLE_SESSIONS = "single_sessions", _("一次一次报")


class Fee(models.TextChoices):
    FREE = "free", _("免费")
    PUBLIC_BENEFIT = "public_benefit", _("公益收费")
    PAID = "paid", _("收费，现场交")
