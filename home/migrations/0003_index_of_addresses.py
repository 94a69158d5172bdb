"""`url_path` carries no index in Wagtail; pages are found by it in one query."""

from django.db import migrations

NAME = "home_page_url_path"


def create(apps, schema_editor):
    # text_pattern_ops also serves the prefix search of subtrees under any collation
    ops = "text_pattern_ops" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(
        f"CREATE INDEX IF NOT EXISTS {NAME} ON wagtailcore_page (url_path {ops})"
    )


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_official_name"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(create, drop)]
