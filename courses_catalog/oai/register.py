"""Keeps `AnnouncedRecord` in step with the records, in the same transaction."""

from collections import defaultdict
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
    SeriesCourse,
)
from courses_catalog.vocabulary import Licence, ShareScope

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
    """What another platform made is told as ours only where its licence lets us."""
    gone = AnnouncedState.GONE
    is_told = record.live and (not _is_foreign(record) or _may_pass_on(record))
    return STATES.get(record.share_scope, gone) if is_told else gone


def _is_foreign(record) -> bool:
    return bool(getattr(record, "source", ""))


def _may_pass_on(record) -> bool:
    return record.licence in Licence and Licence(record.licence).may_be_passed_on


def note_all(model, records) -> None:
    """As `note` for each of `records`, in a few queries: for imports."""
    keys = {record.translation_key for record in records}
    versions = model.objects.filter(translation_key__in=keys).order_by("-pk")
    originals = {version.translation_key: version for version in versions}
    told = {each.pk: each for each in originals.values()}
    kind, now = KINDS[model], _now()
    known = AnnouncedRecord.objects.filter(kind=kind, number__in=told)
    was_public = dict(known.values_list("number", "was_public"))
    gone = [pk for pk, each in told.items() if state_of(each) == AnnouncedState.GONE]
    known.filter(number__in=gone).exclude(state=AnnouncedState.GONE).update(
        state=AnnouncedState.GONE, stamp=now
    )
    series = _series_of_all(model, told.values())
    AnnouncedRecord.objects.bulk_create(
        [
            AnnouncedRecord(
                kind=kind,
                number=pk,
                state=state_of(each),
                was_public=was_public.get(pk, False)
                or state_of(each) == AnnouncedState.PUBLIC,
                stamp=now,
                node_id=each.owner_node_id,
                theme=each.theme,
                series=series.get(each.translation_key, ""),
            )
            for pk, each in told.items()
            if pk not in gone
        ],
        update_conflicts=True,
        unique_fields=["kind", "number"],
        update_fields=["state", "was_public", "stamp", "node", "theme", "series"],
    )


def _series_of_all(model, records) -> dict:
    """By translation key, as `_series_of` says it; no series holds a resource."""
    if model is not Course:
        return {}
    keys = {record.translation_key for record in records}
    held = SeriesCourse.objects.filter(
        course__translation_key__in=keys,
        series__in=Series.objects.published().filter(share_scope__in=STATES),
    )
    numbers = defaultdict(set)
    for key, pk in held.values_list("course__translation_key", "series"):
        numbers[key].add(pk)
    return {key: _between_spaces(sorted(found)) for key, found in numbers.items()}


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
