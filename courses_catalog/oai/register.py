"""Keeps `AnnouncedRecord` in step with the records, in the same transaction."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from courses_catalog.models import (
    AnnouncedKind,
    AnnouncedRecord,
    AnnouncedState,
    Course,
    Resource,
    Series,
)
from courses_catalog.vocabulary import ShareScope

KINDS = {
    Course: AnnouncedKind.COURSE,
    Resource: AnnouncedKind.RESOURCE,
    Series: AnnouncedKind.SERIES,
}
MODELS = {kind: model for model, kind in KINDS.items()}
STATES = {
    ShareScope.PUBLIC: AnnouncedState.PUBLIC,
    ShareScope.ALLIANCE: AnnouncedState.ALLIANCE,
}


def note(record) -> None:
    """Something about `record` or its publishing changed, or it was deleted."""
    model = type(record)
    versions = model.objects.filter(translation_key=record.translation_key)
    original = versions.order_by("pk").first()
    if original is None or original.pk != record.pk:
        _withdraw(KINDS[model], record.pk)
    if original is not None:
        _announce(original)
    if model is Series:
        _note_courses_of(original or record)


def _now() -> datetime:
    return timezone.now().replace(microsecond=0)


def _withdraw(kind: str, number: int) -> None:
    announced = AnnouncedRecord.objects.filter(kind=kind, number=number)
    announced.exclude(state=AnnouncedState.GONE).update(
        state=AnnouncedState.GONE, stamp=_now()
    )


def state_of(record) -> AnnouncedState:
    gone = AnnouncedState.GONE
    return STATES.get(record.share_scope, gone) if record.live else gone


def _announce(record) -> None:
    kind, state = KINDS[type(record)], state_of(record)
    if state == AnnouncedState.GONE:
        _withdraw(kind, record.pk)
        return
    values = {
        "state": state,
        "stamp": _now(),
        "node_id": record.owner_node_id,
        "theme": record.theme,
        "series": _series_of(record),
    }
    if state == AnnouncedState.PUBLIC:
        values["was_public"] = True
    AnnouncedRecord.objects.update_or_create(
        kind=kind,
        number=record.pk,
        defaults=values,
        create_defaults={"was_public": False, **values},
    )


def _series_of(record) -> str:
    if isinstance(record, Series):
        return _between_spaces([record.pk])
    if not isinstance(record, Course):
        return ""
    key = record.translation_key
    holding = Series.objects.published().filter(
        share_scope__in=STATES, series_courses__course__translation_key=key
    )
    return _between_spaces(sorted(set(holding.values_list("pk", flat=True))))


def _between_spaces(numbers) -> str:
    return f" {' '.join(map(str, numbers))} " if numbers else ""


def _note_courses_of(series: Series) -> None:
    """Those that came into the series or left it change with it."""
    members = Course.objects.filter(series_courses__series=series.pk)
    touched = AnnouncedRecord.objects.filter(kind=AnnouncedKind.COURSE).filter(
        Q(number__in=members.values("pk")) | Q(series__contains=f" {series.pk} ")
    )
    before = dict(touched.values_list("number", "series"))
    for course in Course.objects.filter(pk__in=before):
        if before[course.pk] != _series_of(course):
            _announce(course)
