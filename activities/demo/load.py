"""Builds the demo: the real network, and activities around today.

Everything goes through the doors people use (publish, register), so the demo shows
what the software does and nothing else. No name or number belongs to a person.
"""

import datetime as dt
import json
import uuid
from itertools import cycle
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from activities import registration
from activities.demo import accounts, alliance, catalogue, teachers
from activities.demo.words import ENGLISH, ENGLISH_SUMMARY, GIVEN_NAMES, SURNAMES
from activities.models import ActivityPage, Session
from activities.states import Channel
from activities.vocabulary import RegistrationMode, Repeat
from courses_catalog.models import Course
from home.dates import SHANGHAI
from home.models import NetworkNodePage, SiteSettings
from home.vocabulary import Theme
from learners import households
from learners.models import Learner, Relation, User

DIVISIONS = settings.BASE_DIR / "home" / "demo" / "jiujiang_divisions.csv"
ACTIVITIES = Path(__file__).with_name("activities.json")
WEEK = dt.timedelta(days=7)


def is_loaded() -> bool:
    return ActivityPage.objects.exists()


@transaction.atomic
def load(tell=lambda line: None) -> None:
    """Loads all or nothing; `tell` is given a line before each long step.

    One transaction although registering wants none of its own around it: nobody
    else is there to wait for, and half a demo could never be completed.
    """
    tell("正在导入教学网点 / importing the network …")
    call_command("import_network", str(DIVISIONS), verbosity=0)
    _site_settings()
    accounts.create()
    tell("正在发布活动 / publishing activities …")
    rows = json.loads(ACTIVITIES.read_text(encoding="utf-8"))
    courses = _courses(rows)
    catalogue.load(courses)
    alliance.load()
    people = _people()
    teachers.load()
    for row in rows:
        page = _publish(row, courses)
        _fill(page, row, people)
        if row.get("resident"):
            _register_resident(page)
        _change_dates(page, row)
        if title := row.get("english"):
            _translate(page, title)


def _site_settings() -> None:
    site = Site.objects.get(is_default_site=True)
    site.site_name = settings.SITE_NAME  # else the admin speaks of localhost
    site.save()
    stored = SiteSettings.for_site(site)
    stored.hotline = "0792-12345"
    stored.hotline_hours = "周一到周六 8:30–17:30"
    stored.hotline_hours_en = "Monday to Saturday, 8:30–17:30"
    stored.organiser = "九江市社区教育指导中心（演示）"
    stored.organiser_en = "Jiujiang Community Education Guidance Centre (demo)"
    stored.address = "江西省九江市"
    stored.save()


def _courses(rows) -> dict[str, Course]:
    names = {row["course"]: row for row in rows if row.get("course")}
    return {name: _course(name, row) for name, row in names.items()}


def _course(name: str, row: dict) -> Course:
    course = Course(
        title=f"{name}入门课",
        summary=row["summary"],
        theme=row["theme"],
        audiences=row["audiences"],
        owner_node=NetworkNodePage.objects.get(division_code="360400000000"),
        locale=Locale.get_default(),
    )
    course.tags.add(*row["tags"])
    course.save()
    course.save_revision().publish()
    return course


def _publish(row: dict, courses: dict[str, Course]) -> ActivityPage:
    node = NetworkNodePage.objects.get(division_code=row["node"])
    _contact(node)
    page = ActivityPage(**_fields(row), course=courses.get(row.get("course")))
    node.add_child(instance=page)
    page.tags.add(*row["tags"])
    page.save_revision().publish()
    return page


def _contact(node: NetworkNodePage) -> None:
    if node.phone:
        return
    node.phone = f"0792-8{int(node.division_code[4:]) % 1_000_000:06d}"
    node.opening_hours = "周一到周六 8:30–17:30"
    node.facilities = "教室、活动室、饮水机"
    node.has_step_free_access = True
    node.save()


def _fields(row: dict) -> dict:
    starts_at = first_start(row["first"], row["time"])
    weekly = row["weeks"] > 1
    fields = {
        "title": row["title"],
        "kind": row["kind"],
        "theme": Theme(row["theme"]),
        "audiences": row["audiences"],
        "summary": row["summary"],
        "body": [("paragraph", f"<p>{row['body']}</p>")],
        "venue": row["venue"],
        "directions": row.get("directions", ""),
        "starts_at": starts_at,
        "duration_minutes": row["minutes"],
        "repeat": row.get("repeat") or (Repeat.WEEKLY if weekly else Repeat.NONE),
        "weekdays": row.get("weekdays", []),
        "repeat_count": row["weeks"] * max(1, len(row.get("weekdays", [])))
        if weekly
        else None,
        "registration_mode": RegistrationMode(row["mode"]),
        "capacity": row["capacity"],
        "opens_at": _day_of(row, "opens"),
        "closes_at": _day_of(row, "closes"),
        "delivery": row.get("delivery", "on_site"),
        "join_link": row.get("join_link", ""),
        "min_age": row.get("min_age"),
        "max_age": row.get("max_age"),
        "consent_from_age": row.get("consent_from_age"),
        "hours": row.get("hours"),
        "certificate_min_attendance": row.get("certificate"),
    }
    if row["teacher"]:
        name, introduction = row["teacher"]
        fields["teachers"] = [("teacher", {"name": name, "introduction": introduction})]
    return fields


def first_start(first: int | list[int], time: str) -> dt.datetime:
    """Shanghai time of the first session.

    `first` counts days from today, or is [weekday, weeks from this week].
    """
    today = timezone.now().astimezone(SHANGHAI).date()
    if isinstance(first, int):
        day = today + dt.timedelta(days=first)
    else:
        weekday, weeks = first
        day = today - dt.timedelta(days=today.weekday() - weekday) + weeks * WEEK
    return dt.datetime.combine(day, dt.time.fromisoformat(time), SHANGHAI)


def _day_of(row: dict, name: str) -> dt.datetime | None:
    """Nine in the morning so many days from today; None where the row says nothing."""
    return first_start(row[name], "09:00") if name in row else None


def _people() -> list[tuple[User, Learner]]:
    """Made-up learners, born between 1950 and 1968, each with an account.

    The accounts have no telephone: nobody signs in with them. The learners have
    landlines, which no text goes to, and of a kind no exchange gives out.
    """
    names = [surname + given for given in GIVEN_NAMES for surname in SURNAMES]
    return [_person(number, name) for number, name in enumerate(names)]


def _person(number: int, name: str) -> tuple[User, Learner]:
    account = User.objects.create_user(f"demo-{number + 1}")
    born_on = dt.date(1950 + number % 19, 1 + number % 12, 8)
    phone = f"07920{number + 1:06d}"
    learner = households.add(account, name, Relation.SELF, born_on, phone)
    return account, learner


def _fill(page: ActivityPage, row: dict, people: list[tuple[User, Learner]]) -> None:
    """By turns online by themselves, and by telephone or at the desk."""
    placed, waiting = row.get("fill", (0, 0))
    run = page.runs.first()
    if not run or not placed:
        return
    channels = cycle([Channel.ONLINE, Channel.PHONE, Channel.DESK])
    desk = User.objects.get(username="desk")
    start = page.pk % len(people)
    for number in range(placed + waiting):
        account, learner = people[(start + number) % len(people)]
        channel = next(channels)
        registration.register(
            run=run,
            learner=learner,
            channel=channel,
            acted_by=account if channel == Channel.ONLINE else desk,
            idempotency_key=uuid.uuid4().hex,
        )


def _register_resident(page: ActivityPage) -> None:
    """She has something to look at, change and withdraw from."""
    account = User.objects.get(username="resident")
    registration.register(
        run=page.runs.get(),
        learner=households.self_of(account),
        channel=Channel.ONLINE,
        acted_by=account,
        idempotency_key=uuid.uuid4().hex,
    )


def _change_dates(page: ActivityPage, row: dict) -> None:
    later = list(page.sessions.filter(starts_at__gt=timezone.now()))
    changes = []
    if number := row.get("cancel"):
        changes.append(_change("cancel", later[number], note="老师开会，停一次。"))
    if number := row.get("move"):
        next_day = later[number].original_date + dt.timedelta(days=1)
        words = {"venue": "105教室", "note": "203教室检修，换一天、换一间。"}
        moved = {"new_date": next_day.isoformat(), "new_time": "14:30:00"}
        changes.append(_change("move", later[number], **moved, **words))
    if changes:
        page.schedule_changes = json.dumps(changes)
        page.save_revision().publish()


def _change(kind: str, session: Session, **words: str) -> dict:
    value = {"kind": kind, "date": session.original_date.isoformat(), **words}
    return {"type": "change", "value": value}


def _translate(page: ActivityPage, title: str) -> None:
    """What the translation editor does; the rest stays in the original language."""
    english = Locale.objects.get(language_code="en")
    parent = page.get_parent()
    if not parent.has_translation(english):
        parent.specific.copy_for_translation(english, copy_parents=True, alias=True)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    words = {"title": title, "slug": slugify(title), "summary": ENGLISH_SUMMARY[title]}
    for segment in source.stringsegment_set.select_related("context", "string"):
        text = words.get(segment.context.path) or ENGLISH.get(segment.string.data)
        if text:
            _translate_segment(segment, english, text)
    translation.save_target(publish=True)


def _translate_segment(segment, locale: Locale, text: str) -> None:
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=locale,
        data=text,
    )
