import datetime as dt
from zoneinfo import ZoneInfo

import factory
from wagtail_factories import PageFactory

from activities.models import ActivityPage
from activities.vocabulary import RegistrationMode, Repeat
from home.vocabulary import Theme

SHANGHAI = ZoneInfo("Asia/Shanghai")


class ActivityPageFactory(PageFactory):
    """A live talk, not yet materialised: publish its revision to get sessions."""

    title = factory.Sequence(lambda n: f"活动{n}")
    slug = factory.Sequence(lambda n: f"activity-{n}")
    theme = Theme.CIVIC
    starts_at = dt.datetime(2026, 12, 8, 9, 0, tzinfo=SHANGHAI)
    duration_minutes = 90

    class Meta:
        model = ActivityPage

    class Params:
        weekly = factory.Trait(repeat=Repeat.WEEKLY, repeat_count=4)
        whole_run = factory.Trait(
            registration_mode=RegistrationMode.WHOLE_RUN, capacity=10
        )


def published_activity(parent, **fields) -> ActivityPage:
    """An activity under `parent`, published as an editor would: with its sessions."""
    activity = ActivityPageFactory(parent=parent, **fields)
    return republish(activity)


def republish(activity: ActivityPage, **changes) -> ActivityPage:
    """Changes the newest draft of `activity` and publishes it; read anew."""
    page = ActivityPage.objects.get(pk=activity.pk)
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return ActivityPage.objects.get(pk=activity.pk)


def change(kind, date, **details) -> tuple[str, dict]:
    """One row of `schedule_changes`."""
    row = {"new_date": None, "new_time": None, "venue": "", "note": ""}
    return ("change", {"kind": kind, "date": date, **row, **details})
