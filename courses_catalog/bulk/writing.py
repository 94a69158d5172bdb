"""Writes a planned batch with few queries; the caller holds the transaction.

New records are published without a revision: Wagtail's edit view then opens the
record itself and makes the first revision when somebody saves. A hundred thousand
revisions would hold the same content twice, and are most of the time of an import.
A record that has revisions already gets a new one, since the edit view opens the
latest revision and would otherwise bring the old content back.
"""

from django.utils import timezone
from taggit.models import Tag

from courses_catalog.bulk.planning import TAGS, Plan, Planned, Planner
from courses_catalog.models import Record
from courses_catalog.signals import records_imported
from home.models import ContentVersion


def write(plan: Plan, planner: Planner) -> None:
    for planned in plan.created:
        planned.record = _born(planned, planner)
    created = [planned.record for planned in plan.created]
    planner.model.objects.bulk_create(created, batch_size=500)
    _update(plan.changed, planner.model)
    _tag([*plan.created, *plan.changed], planner.model)
    for planned in plan.changed:
        if planned.record.latest_revision_id:
            _revise(planned.record)
    records = [planned.record for planned in (*plan.created, *plan.changed)]
    if records:
        records_imported.send(sender=planner.model, records=records)
        ContentVersion.grow()


def _born(planned: Planned, planner: Planner) -> Record:
    now = timezone.now()
    values = {key: value for key, value in planned.values.items() if key != TAGS}
    return planner.model(
        owner_node_id=planned.node.pk,
        locale=planner.locale,
        first_published_at=now,
        last_published_at=now,
        **values,
    )


def _update(changed: list[Planned], model) -> None:
    now, fields = timezone.now(), set()
    for planned in changed:
        for key in set(planned.changes) - {TAGS}:
            setattr(planned.record, key, planned.values[key])
            fields.add(key)
        planned.record.modified_at = now
        planned.record.last_published_at = now
    if changed:
        names = [*sorted(fields), "modified_at", "last_published_at"]
        records = [planned.record for planned in changed]
        model.objects.bulk_update(records, names, batch_size=100)


def _tag(planned: list[Planned], model) -> None:
    link = model._meta.get_field("tagged_items").related_model
    tagged = [p for p in planned if TAGS in p.values]
    known = _tags({name for p in tagged for name in p.values[TAGS]})
    pks = [p.record.pk for p in tagged if TAGS in p.changes]
    link.objects.filter(content_object__in=pks).delete()
    link.objects.bulk_create(
        (
            link(content_object_id=p.record.pk, tag=known[name])
            for p in tagged
            if not p.changes or TAGS in p.changes
            for name in p.values[TAGS]
        ),
        batch_size=500,
    )


def _tags(names: set[str]) -> dict[str, Tag]:
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    for name in names - known.keys():
        known[name] = Tag.objects.create(name=name)
    return known


def _revise(record: Record) -> None:
    records = type(record).objects.filter(pk=record.pk)
    revision = records.get().save_revision()
    records.update(live_revision=revision, has_unpublished_changes=False)
