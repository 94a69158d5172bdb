"""Tells harvesters of what was imported before imports were announced.

Like 0003, for those the register does not hold yet.
"""

from importlib import import_module

from django.db import migrations
from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

first = import_module("courses_catalog.migrations.0003_alliance")
BATCH = 500


def announce(apps, schema_editor) -> None:
    announced = apps.get_model("courses_catalog", "AnnouncedRecord")
    now = timezone.now().replace(microsecond=0)
    for kind in ("course", "resource"):
        records = apps.get_model("courses_catalog", first.KINDS[kind]).objects
        originals = records.values("translation_key").annotate(first=Min("pk"))
        known = announced.objects.filter(kind=kind, number=OuterRef("pk"))
        missing = records.filter(
            ~Exists(known),
            pk__in=originals.values("first"),
            live=True,
            share_scope__in=first.SCOPES,
        )
        # with the stamp of today: whoever has harvested before learns of them
        announced.objects.bulk_create(
            (
                announced(
                    kind=kind,
                    number=record.pk,
                    state=record.share_scope,
                    was_public=record.share_scope == "public",
                    stamp=now,
                    node_id=record.owner_node_id,
                    theme=record.theme,
                    series=first.series_of(apps, kind, record.pk),
                )
                for record in missing.order_by("pk").iterator(chunk_size=BATCH)
            ),
            batch_size=BATCH,
        )


class Migration(migrations.Migration):

    dependencies = [("courses_catalog", "0007_import_failures")]

    operations = [migrations.RunPython(announce, migrations.RunPython.noop)]
