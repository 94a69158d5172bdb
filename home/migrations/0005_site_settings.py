"""Every site has its settings: reading a page never has to write them."""

from django.db import migrations


def make_settings(apps, schema_editor):
    SiteSettings = apps.get_model("home", "SiteSettings")
    for site in apps.get_model("wagtailcore", "Site").objects.all():
        SiteSettings.objects.get_or_create(site=site)


class Migration(migrations.Migration):
    dependencies = [("home", "0004_home_page_and_groups")]
    operations = [migrations.RunPython(make_settings, migrations.RunPython.noop)]
