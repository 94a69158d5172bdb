"""More facts in the index tables; an index that is in use answers on with the new ones
empty until the worker has built it anew."""

from django.db import migrations, models

ADDED = ("traits", "published_on")


def add_columns(apps, schema_editor):
    """Tables made by 0001 today have them already."""
    connection = schema_editor.connection
    for slot in "ab":
        table = f"search_facts_{slot}"
        with connection.cursor() as cursor:
            there = connection.introspection.get_table_description(cursor, table)
            missing = set(ADDED) - {column.name for column in there}
            for name in sorted(missing):
                cursor.execute(f"ALTER TABLE {table} ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")


def ask_for_a_rebuild(apps, schema_editor):
    apps.get_model("search", "IndexState").objects.update(schema=0, schema_before=0)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_searched_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="indexstate",
            name="schema",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="indexstate",
            name="schema_before",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="indexstate",
            name="rebuild_began_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(add_columns, migrations.RunPython.noop),
        migrations.RunPython(ask_for_a_rebuild, migrations.RunPython.noop),
    ]
