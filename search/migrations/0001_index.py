"""The outbox, and the two sets of index tables of the database in use."""

import django.utils.timezone
from django.db import migrations, models


def create_index(apps, schema_editor):
    from search.engines import BY_VENDOR

    engine = BY_VENDOR[schema_editor.connection.vendor]
    for slot in "ab":
        engine(slot).create()


def drop_index(apps, schema_editor):
    from search.engines import BY_VENDOR

    engine = BY_VENDOR[schema_editor.connection.vendor]
    for slot in "ab":
        engine(slot).drop()


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IndexState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slot", models.CharField(default="a", max_length=1)),
                ("swapped_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="OutboxEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=255)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "待更新的搜索条目",
                "verbose_name_plural": "待更新的搜索条目",
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["id"], name="search_outbox_pending")
                ],
            },
        ),
        migrations.RunPython(create_index, drop_index),
    ]
