"""Wagtail's two groups and its workflow, under names that an editor understands.

A group nobody is in and no workflow asks is removed: roles have groups of their own.
"""

from django.db import migrations

MODERATORS, EDITORS = "Moderators", "Editors"
APPROVAL = "Moderators approval"
IN_CHINESE = {MODERATORS: "审核员", EDITORS: "全站编辑", APPROVAL: "审核"}


def speak_chinese(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    unused = Group.objects.filter(name=EDITORS, user=None)
    asked = apps.get_model("wagtailcore", "GroupApprovalTask").objects
    unused.exclude(pk__in=asked.values("groups")).delete()
    for name in (MODERATORS, EDITORS):
        _rename(Group, name)
    for model in ("Workflow", "Task"):
        _rename(apps.get_model("wagtailcore", model), APPROVAL)


def _rename(model, name):
    if not model.objects.filter(name=IN_CHINESE[name]).exists():
        model.objects.filter(name=name).update(name=IN_CHINESE[name])


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0006_site_settings_in_english"),
        # these look for the groups by their English names
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]
    operations = [migrations.RunPython(speak_chinese, migrations.RunPython.noop)]
